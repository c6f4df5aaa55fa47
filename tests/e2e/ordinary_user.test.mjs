// The main paths as an ordinary user, who has the rights on test environments, no others, and is told no version.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Environment } from "./pages/environment.mjs";
import { Logs } from "./pages/logs.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { Tray, takeClocks } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();
const ROLE = { role: "developer" };

async function visit({ page, world, open }, version, link) {
  await world.reset({ version });
  await takeClocks(page, world);
  await open(link);
  return { service: new Service(page, "web"), review: new Review(page), tray: new Tray(page) };
}

for (const version of ["v3.4.0", "v5.0.0", "next"]) {
  const web = serviceLink("simple-demo", "test", "dev", "web");

  check(`an_ordinary_user_restarts_scales_and_updates_an_image_on_${version}`, ROLE, async (given) => {
    const { service, review, tray } = await visit(given, version, web);
    await service.restart.click();
    await review.apply.click();
    await tray.says("Restart", "dev / web", /Done and verified/);
    await service.scaleTo(3);
    await review.apply.click();
    await tray.says("Scale", "dev / web", /Done and verified/);
    await service.imageForm.click();
    await service.image("Deployment web · web").fill("koderover.tencentcloudcr.com/test/web:ordinary");
    await service.reviewImages.click();
    await review.apply.click();
    await tray.says("Update image", "dev / web", /Done and verified/);
    assert.equal((await writes(given.world)).length, 3);
  });

  check(`what_an_ordinary_user_sees_of_a_service_on_${version}`, ROLE, async (given) => {
    const { page, open } = given;
    const { service } = await visit(given, version, web);
    await service.workload().waitFor();
    // No version is told: whether a pod restarts and there is YAML is found by the routes.
    await becomes(() => service.tab("YAML").count(), version === "v3.4.0" ? 0 : 1);
    const [name] = await service.podNames();
    await service.pod(name).getByRole("button").click();
    const restart = service.drawer.getByRole("button", { name: "Restart pod …" });
    await becomes(() => restart.count(), version === "v3.4.0" ? 0 : 1);
    await becomes(() => service.drawer.getByText(/Rendered from revision \d+ of its template/).count(), version === "next" ? 1 : 0);
    await service.tab("Events").click();
    await service.events.first().or(service.drawer.getByText("No events")).first().waitFor();
    await open("#/p/simple-demo/test/dev/variables");
    await page.locator('[data-variable="cpuLimit"]').waitFor();
    await open("#/p/simple-demo/test/dev/configs");
    await page.locator('[data-config="app-settings"]').waitFor();
  });
}

for (const version of ["v5.0.0", "next"]) {
  check(`an_ordinary_user_reads_a_log_on_${version}`, ROLE, async (given) => {
    const { world, open, page } = given;
    await world.reset({ version });
    await open(serviceLink("simple-demo", "test", "dev", "web"));
    const service = new Service(page, "web");
    await service.drawer.getByRole("link", { name: "Logs of all pods" }).click();
    await matches(async () => String(await new Logs(page).kept()), /[1-9]/);
  });
}

check("a_pod_restart_of_an_ordinary_user_takes_the_path_the_server_knows", ROLE, async (given) => {
  const { service, review, tray } = await visit(given, "next", serviceLink("simple-demo", "test", "dev", "web"));
  await service.workload().waitFor();
  const [name] = await service.podNames();
  await service.pod(name).getByRole("button").click();
  await service.drawer.getByRole("button", { name: "Restart pod …" }).click();
  await review.apply.click();
  await tray.says("Restart pod", `dev / ${name}`, /Done and verified/);
});

check("production_without_the_right_names_the_permission_on_next", ROLE, async ({ page, world, open }) => {
  await world.reset({ version: "next" });
  await open("#/p/simple-demo/production/prod");
  await page.getByText("This account is not allowed to do this").first().waitFor();
  await page.getByText("Missing permission: ProductionEnv.View").first().waitFor();
});

check("without_the_right_to_see_production_the_test_environments_stay", ROLE, async ({ page, world, open }) => {
  await world.reset({ version: "next" });
  await open("#/p/simple-demo");
  await page.getByRole("link", { name: "dev", exact: true }).waitFor();
});

check("a_licence_service_that_does_not_answer_stops_nobody", async ({ page, world, open }) => {
  await world.reset({ licence_unreachable: true });
  await open("#/p/simple-demo/test/dev");
  await new Environment(page).row("web").waitFor();
  assert.equal(await page.getByText("Zadig had an internal error").count(), 0);
  await page.getByRole("link", { name: "web", exact: true }).click();
  await new Service(page, "web").workload().waitFor();
  await becomes(() => new Service(page, "web").tab("YAML").count(), 1);
});

check("an_unknown_project_is_said_in_the_words_of_the_server_on_next", async ({ page, world, open }) => {
  await world.reset({ version: "next" });
  await open("#/p/ghost");
  await page.getByText("产品不存在: ghost").first().waitFor();
});
