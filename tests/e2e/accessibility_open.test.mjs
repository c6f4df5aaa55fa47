// axe finds nothing serious in anything that can be open over a page: drawer, dialogs, menus, the log dock.
import { Environment } from "./pages/environment.mjs";
import { Guard } from "./pages/guard.mjs";
import { Logs, logsLink } from "./pages/logs.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { Tray, takeClocks } from "./pages/tray.mjs";
import { hold } from "./support/axe.mjs";
import { suite } from "./support/browser.mjs";

const check = suite();
const still = { reducedMotion: "reduce" };
const WEB = ["simple-demo", "test", "dev", "web"];
const panel = (name) => serviceLink(...WEB, name);

for (const [name, hash, ready] of [
  ["drawer", serviceLink(...WEB), (page) => page.locator('[data-workload="web"]')],
  ["drawer_that_says_why", serviceLink("bad-day", "test", "bad-day", "half-rolled"), (page) => page.locator(".why")],
  ["drawer_of_production", serviceLink("simple-demo", "production", "prod", "web"), (page) => page.locator('[data-workload="web"]')],
  ["events", panel("events"), (page) => page.getByText("No events")],
  ["variables_of_a_service", panel("variables"), (page) => page.locator('[data-variable="port"]')],
  ["yaml_of_a_service", panel("yaml"), (page) => page.locator(".cm-content")],
  ["values_of_a_helm_service", serviceLink("helm-demo", "test", "dev", "redis", "values"), (page) => page.locator(".cm-content")],
]) {
  check(`the_${name}_can_be_used_by_everybody`, still, async ({ page, open, t }) => {
    await open(hash);
    await ready(page).first().waitFor();
    await hold(page, t);
  });
}

check("a_pod_and_the_form_of_images_can_be_used_by_everybody", still, async ({ page, open, t }) => {
  const service = new Service(page, "web");
  await open(serviceLink(...WEB));
  await service.workload().waitFor();
  await service.imageForm.click();
  const [name] = await service.podNames();
  await service.pod(name).getByRole("button").click();
  await service.drawer.locator('[data-container="web"]').waitFor();
  await hold(page, t);
});

for (const [family, env] of [["test", "dev"], ["production", "prod"]]) {
  check(`the_review_of_a_restart_in_${family}_can_be_used_by_everybody`, still, async ({ page, open, t }) => {
    const [service, review] = [new Service(page, "web"), new Review(page)];
    await open(serviceLink("simple-demo", family, env, "web"));
    await service.restart.click();
    await review.apply.waitFor();
    await hold(page, t);
  });
}

check("the_bar_of_several_services_and_the_dialog_that_adds_some_can_be_used_by_everybody", still, async ({ page, open, t }) => {
  await open("#/p/simple-demo/test/dev");
  const environment = new Environment(page);
  await environment.row("coupon").getByRole("checkbox", { name: "Select coupon" }).check();
  await page.getByRole("group", { name: "Actions" }).waitFor();
  await hold(page, t);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Add services" }).click();
  await page.locator("dialog[open]").waitFor();
  await hold(page, t);
});

check("what_ended_badly_and_the_activity_page_can_be_used_by_everybody", still, async ({ page, world, open, t }) => {
  await takeClocks(page, world);
  const [service, review, tray] = [new Service(page, "web"), new Review(page), new Tray(page)];
  await world.fault({ method: "POST", path: "/openapi/environments/image/deployment", status: 403, times: 1 });
  await open(serviceLink(...WEB));
  await service.workload().waitFor();
  await service.imageForm.click();
  await service.image("Deployment web · web").fill("koderover.tencentcloudcr.com/test/web:x");
  await service.reviewImages.click();
  await review.apply.click();
  await tray.says("Update image", "dev / web", /refused/i);
  await hold(page, t);
  await page.evaluate(() => { location.hash = "#/activity"; });
  await new Guard(page).leave.click();
  await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor();
  await page.locator(".op-more > summary").first().click();
  await hold(page, t);
});

for (const [name, act] of [
  ["dock", async () => {}],
  ["menus_of_the_dock", async ({ logs }) => logs.view.locator("summary[aria-label='More']").click()],
  ["details_of_a_line", async ({ logs }) => {
    await logs.key("ArrowUp");
    await logs.key("Enter");
    await logs.details.waitFor();
  }],
  ["log_on_the_whole_screen", async ({ logs }) => {
    await logs.search.fill("GET");
    await logs.key("F");
  }],
]) {
  check(`the_${name}_can_be_used_by_everybody`, still, async ({ page, open, t }) => {
    const logs = new Logs(page);
    await open(logsLink("web"));
    await logs.rows.locator(".log-row").first().waitFor();
    await act({ page, logs });
    await hold(page, t);
  });
}
