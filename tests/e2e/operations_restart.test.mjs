// Restarting: which pods, on which server, and what is said of a restart that was none.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { visit } from "./pages/service.mjs";
import { passing } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`a_restart_makes_every_pod_anew_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["simple-demo", "test", "dev", "order"]);
    const before = await service.podNames();
    await service.restart.click();
    await becomes(() => review.changeTexts(), ["Pods · Deployment order | 3 pods are replaced"]);
    await review.apply.click();
    await tray.says("Restart", "dev / order", /Done and verified/);
    assert.deepEqual(await writes(world), [
      { call: "POST /openapi/environments/dev/service/order/restart", query: { projectKey: "simple-demo" }, body: null },
    ]);
    const old = async () => (await service.podNames()).filter((pod) => before.includes(pod));
    await passing(given.page, old, (pods) => pods.length === 0, "the old pods are gone");
  });

  check(`a_production_restart_wants_the_name_and_is_framed_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["simple-demo", "production", "prod", "web"]);
    await service.drawer.getByText("Zadig’s API cannot scale or change images in production", { exact: false }).waitFor();
    await becomes(() => service.replicas().count(), 0, "no scaling in production");
    await becomes(() => service.imageForm.count(), 0, "no images in production");
    await service.restart.click();
    await review.dialog.getByText("This changes production.").waitFor();
    await review.dialog.getByText("PRODUCTION", { exact: true }).waitFor();
    await matches(() => review.form.getAttribute("class"), /\bproduction\b/);
    await becomes(() => review.apply.innerText(), "Apply in PRODUCTION");
    await becomes(() => review.apply.isDisabled(), true);
    await becomes(() => review.typed.evaluate((field) => field === document.activeElement), true, "it has the focus");
    await review.typed.fill("web");
    await becomes(() => review.apply.isDisabled(), true, "the environment is part of it");
    await review.typed.fill("prod/web");
    assert.deepEqual(await writes(world), []);
    await review.apply.click();
    await tray.one("Restart", "prod / web").getByText("PRODUCTION").waitFor();
    await tray.says("Restart", "prod / web", /Done and verified/);
    assert.deepEqual(await writes(world), [
      { call: "POST /openapi/environments/production/prod/service/web/restart", query: { projectKey: "simple-demo" }, body: null },
    ]);
  });
}

check("an_answer_of_success_for_a_service_that_is_gone_is_no_success", async (given) => {
  const { world, service, review, tray } = await visit(given, "v3.4.0", ["simple-demo", "test", "dev", "coupon"]);
  await service.restart.click();
  await review.apply.waitFor();
  await world.mutate({ project: "simple-demo", env: "dev", remove_service: "coupon" });
  await review.apply.click();
  const text = await tray.says("Restart", "dev / coupon", /Accepted, but nothing changed|Not sent/);
  assert.match(text, /coupon is not in the environment/);
  assert.deepEqual(await writes(world), [], "what is gone before the call is not called");
});

check("which_workload_restarts_is_said_for_a_service_with_several", async (given) => {
  const { service, review, tray } = await visit(given, "v5.0.0", ["kinds", "test", "dev", "two-workloads"]);
  await service.restart.click();
  const warning = review.warnings.filter({ hasText: "Zadig restarts only the first workload of a service: Deployment two-workloads." });
  await warning.waitFor();
  await matches(() => warning.innerText(), /Not restarted: Deployment two-workloads-back/);
  await becomes(() => review.hits.allInnerTexts(), ["two-workloads: Deployment two-workloads"]);
  await review.apply.click();
  await tray.says("Restart", "dev / two-workloads", /Done and verified/);
});

check("a_service_of_cron_jobs_only_cannot_be_restarted", async (given) => {
  const { service, review } = await visit(given, "v5.0.0", ["kinds", "test", "dev", "cron-active"]);
  await service.restart.click();
  await service.drawer.getByText("Nothing here can be restarted").waitFor();
  await becomes(() => review.dialog.count(), 0);
});
