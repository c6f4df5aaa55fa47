// Scaling: from the number typed to what Zadig says afterwards, on the oldest and the newest server.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Guard } from "./pages/guard.mjs";
import { Service, serviceLink, visit } from "./pages/service.mjs";
import { appears, passing } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();

const scaleCall = (service, workload, type, replicas, project = "simple-demo", env = "dev") => ({
  call: "POST /openapi/environments/scale",
  query: {},
  body: {
    project_key: project,
    env_key: env,
    service_name: service,
    workload_name: workload,
    workload_type: type,
    target_replicas: replicas,
  },
});

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`scaling_up_is_verified_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["simple-demo", "test", "dev", "web"]);
    await becomes(() => service.scaleButton().isDisabled(), true, "nothing to apply yet");
    await service.scaleTo(4);
    await review.apply.waitFor();
    await becomes(() => review.changeTexts(), ["Replicas · Deployment web | 2 | 4"]);
    await becomes(() => review.hits.allInnerTexts(), ["web: Deployment web"]);
    await becomes(() => review.typed.count(), 0);
    assert.deepEqual(await writes(world), [], "nothing is sent before Apply");
    await review.apply.click();
    await tray.says("Scale", "dev / web", /Starts in \d s/);
    assert.deepEqual(await writes(world), [], "nothing is sent in the grace time");
    await tray.says("Scale", "dev / web", /Done and verified/);
    assert.deepEqual(await writes(world), [scaleCall("web", "web", "Deployment", 4)]);
    await appears(given.page, service.workload().getByText("4 replicas"));
    await passing(given.page, () => service.podNames(), (pods) => pods.length === 4, "all pods are listed");
  });

  check(`scaling_to_0_warns_and_wants_the_name_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["simple-demo", "test", "dev", "search"]);
    await service.scaleTo(0);
    await review.warnings.filter({ hasText: "Nothing will run." }).waitFor();
    await review.dialog.getByText("Nothing will run afterwards.").waitFor();
    await becomes(() => review.apply.isDisabled(), true);
    await review.typed.fill("other");
    await becomes(() => review.apply.isDisabled(), true);
    await review.typed.fill("search");
    assert.deepEqual(await writes(world), []);
    await review.apply.click();
    await tray.says("Scale", "dev / search", /Done and verified/);
    assert.deepEqual(await writes(world), [scaleCall("search", "search", "StatefulSet", 0)]);
    await appears(given.page, service.drawer.getByText("No pods. The workload may be scaled to 0."));
  });
}

check("a_large_step_is_warned_of", async (given) => {
  const { service, review } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "web"]);
  await service.scaleTo(60);
  await review.warnings.filter({ hasText: "From 2 to 60: a large step." }).waitFor();
  await review.cancel.click();
  await review.dialog.waitFor({ state: "detached" });
  await service.scaleTo(5);
  await review.apply.waitFor();
  await becomes(() => review.warnings.count(), 0);
});

for (const typed of ["-1", "1.5", ""]) {
  check(`replicas_of_“${typed}”_cannot_be_applied`, async (given) => {
    const { service } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "web"]);
    await service.replicas().fill(typed);
    await becomes(() => service.scaleButton().isDisabled(), true);
    await becomes(() => service.replicas().getAttribute("aria-invalid"), "true");
  });
}

check("a_server_that_answers_success_and_does_not_scale_is_found_out", async (given) => {
  const { world, service, review, tray } = await visit(given, "v3.4.0", ["simple-demo", "test", "dev", "web"]);
  const fake = { method: "POST", path: "/openapi/environments/scale", status: 200, body: '{"message":"success"}' };
  await world.fault(fake);
  await service.scaleTo(4);
  await review.warnings.filter({ hasText: "This Zadig version may report success and do nothing." }).waitFor();
  await review.apply.click();
  const text = await tray.says("Scale", "dev / web", /Accepted, but nothing changed/);
  assert.match(text, /Zadig reported success but did nothing/);
  assert.equal((await writes(world)).length, 1);
});

check("replicas_that_drift_back_are_told", async (given) => {
  const { service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "recommend"]);
  await service.scaleTo(8);
  await review.apply.click();
  const text = await tray.says("Scale", "dev / recommend", /went back to 6|now 6/);
  assert.match(text, /autoscaler|undone/);
});

check("typed_replicas_and_images_are_asked_about_before_they_are_lost", async (given) => {
  const { page, service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "order"]);
  const guard = new Guard(page);
  await service.replicas().fill("4");
  await page.keyboard.press("Escape");
  await guard.stay.click();
  await becomes(() => service.replicas().inputValue(), "4");
  await service.scaleTo(4);
  await review.apply.click();
  await tray.says("Scale", "dev / order", /Done and verified/);
  await service.imageForm.click();
  await service.drawer.locator(".image-edit input").first().fill("registry.example.com/shop/order:typed");
  await page.keyboard.press("Escape");
  await guard.leave.click();
  await service.drawer.waitFor({ state: "detached" });
});

for (const [name, version, can] of [
  ["node-agent", "v5.0.0", false],
  ["clone-set", "v3.4.0", null],
  ["clone-set", "v5.0.0", true],
]) {
  check(`whether_${name}_can_be_scaled_on_${version}_is_shown`, async ({ page, world, open }) => {
    await world.reset({ version });
    await open(serviceLink("kinds", "test", "dev", name));
    const service = new Service(page, name);
    // v3.4.0 tells nothing at all of kinds it does not know.
    await (can === null ? service.drawer.getByRole("heading", { level: 2 }) : service.workload()).waitFor();
    await becomes(() => service.replicas().count(), can ? 1 : 0);
  });
}
