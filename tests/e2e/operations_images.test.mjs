// New images: containers that exist, references that are checked, rollouts that are followed to their end.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { visit } from "./pages/service.mjs";
import { appears, pass } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();
const IMAGES = "koderover.tencentcloudcr.com/test";

const imageCall = (kind, service, workload, container, image, project = "kinds") => ({
  call: `POST /openapi/environments/image/${kind}/dev`,
  query: {},
  body: { product_name: project, env_name: "dev", service_name: service, name: workload, container_name: container, image },
});

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`two_containers_of_a_workload_get_new_images_in_one_review_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["kinds", "test", "dev", "two-containers"]);
    await service.imageForm.click();
    await becomes(() => service.reviewImages.isDisabled(), true);
    const before = await service.image("Deployment two-containers · app").inputValue();
    await service.image("Deployment two-containers · app").fill(`${IMAGES}/app:20261122-2`);
    await service.image("Deployment two-containers · proxy").fill("envoyproxy/envoy:v1.29.0");
    await service.reviewImages.click();
    await review.apply.waitFor();
    await becomes(() => review.changeTexts(), [
      `Image · Deployment two-containers · app | ${before} | ${IMAGES}/app:20261122-2`,
      "Image · Deployment two-containers · proxy | envoyproxy/envoy:v1.28.0 | envoyproxy/envoy:v1.29.0",
    ]);
    await becomes(() => review.warnings.count(), 0);
    assert.equal((await review.callTexts()).length, 2);
    assert.deepEqual(await writes(world), []);
    await review.apply.click();
    await tray.says("Update image", "dev / two-containers", /Done and verified/);
    assert.deepEqual(await writes(world), [
      imageCall("deployment", "two-containers", "two-containers", "app", `${IMAGES}/app:20261122-2`),
      imageCall("deployment", "two-containers", "two-containers", "proxy", "envoyproxy/envoy:v1.29.0"),
    ]);
    await appears(given.page, service.workload().getByText("20261122-2"));
  });

  check(`a_cron_job_gets_a_new_image_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["kinds", "test", "dev", "cron-active"]);
    await service.imageForm.click();
    await service.image("CronJob hourly-sync · hourly-sync").fill(`${IMAGES}/sync:20261122-5`);
    await service.reviewImages.click();
    await review.apply.click();
    await tray.says("Update image", "dev / cron-active", /Done and verified/);
    assert.deepEqual(await writes(world), [
      imageCall("cronjob", "cron-active", "hourly-sync", "hourly-sync", `${IMAGES}/sync:20261122-5`),
    ]);
  });

  check(`a_stateful_set_gets_a_new_image_on_${version}`, async (given) => {
    const { world, service, review, tray } = await visit(given, version, ["kinds", "test", "dev", "mysql"]);
    await service.imageForm.click();
    await service.image("StatefulSet mysql · mysql").fill(`${IMAGES}/mysql:8.0.41`);
    await service.reviewImages.click();
    await review.apply.click();
    await tray.says("Update image", "dev / mysql", /Accepted, \d of 3 ready/);
    await tray.says("Update image", "dev / mysql", /Done and verified/);
    assert.deepEqual(await writes(world), [imageCall("statefulset", "mysql", "mysql", "mysql", `${IMAGES}/mysql:8.0.41`)]);
  });

  check(`an_image_that_cannot_be_pulled_fails_with_its_reason_on_${version}`, async (given) => {
    const { world, page, service, review, tray } = await visit(given, version, ["simple-demo", "test", "dev", "stock"]);
    await service.imageForm.click();
    const field = service.image("Deployment stock · stock");
    const before = await field.inputValue();
    await field.fill(`${IMAGES}/stock:missing-1`);
    await service.reviewImages.click();
    await review.apply.click();
    const text = await tray.says("Update image", "dev / stock", /^Failed$/m);
    assert.match(text, /New pods do not start: ImagePullBackOff · stock-/);
    // What failed stays until it is read.
    await pass(page, 20_000);
    await tray.one("Update image", "dev / stock").getByText(/ImagePullBackOff/).waitFor();

    // And back with one click.
    await service.revert().click();
    await becomes(() => field.inputValue(), before);
    await service.reviewImages.click();
    await becomes(() => review.changeTexts(), [`Image · Deployment stock · stock | ${IMAGES}/stock:missing-1 | ${before}`]);
    await review.apply.click();
    await tray.says("Update image", "dev / stock", /Done and verified/);
    assert.deepEqual((await writes(world)).map((one) => one.body.image), [`${IMAGES}/stock:missing-1`, before]);
  });
}

// Looks fall at other moments of the crash loop with other steps of the clock; the exit code is told all the same.
for (const [tag, reason, step] of [
  ["crash-1", /New pods do not start: CrashLoopBackOff, exit code 1 /, 1000],
  ["crash-2", /New pods do not start: CrashLoopBackOff, exit code 1 /, 500],
  ["oom-1", /New pods do not start: (CrashLoopBackOff|OOMKilled), exit code 137 /],
  ["pending-1", /New pods do not start: .*(FailedScheduling|Unschedulable|Pending)/],
]) {
  check(`the_reason_of_a_rollout_of_${tag}_is_told`, async (given) => {
    const { service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "payment"]);
    await service.imageForm.click();
    await service.image("Deployment payment · payment").fill(`${IMAGES}/payment:${tag}`);
    await service.reviewImages.click();
    await review.apply.click();
    const text = await tray.says("Update image", "dev / payment", /^(Failed|Done and verified)$/m, step);
    assert.match(text, reason);
  });
}

for (const [typed, problem] of [
  ["", "empty"],
  ["with blank:1", "contains a space"],
  [`${IMAGES}/Payment:1`, /uppercase letters in “Payment”|uppercase letters/],
  [`${IMAGES}/payment:a:b`, /tag|repository/],
  [`${IMAGES}/payment@sha256:12`, /digest/],
]) {
  check(`“${typed.replace(IMAGES, "…")}”_is_refused_while_it_is_typed`, async (given) => {
    const { world, service, review } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "payment"]);
    await service.imageForm.click();
    const place = "Deployment payment · payment";
    await service.image(place).fill(typed);
    await service.imageHint(place).filter({ hasText: problem }).waitFor();
    await becomes(() => service.image(place).getAttribute("aria-invalid"), "true");
    await service.image(place).press("Enter");
    await becomes(() => review.dialog.count(), 0);
    assert.deepEqual(await writes(world), []);
  });
}

check("another_repository_and_a_moving_tag_are_warned_of", async (given) => {
  const { service, review } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "payment"]);
  await service.imageForm.click();
  await service.image("Deployment payment · payment").fill("elsewhere.example.com/payment:latest");
  await service.imageHint("Deployment payment · payment").filter({ hasText: /^now / }).waitFor();
  await service.reviewImages.click();
  await review.apply.waitFor();
  const warnings = (await review.warnings.allInnerTexts()).join("\n");
  assert.match(warnings, /payment: another repository, elsewhere\.example\.com\/payment instead of koderover/);
  assert.match(warnings, /payment: the tag can move/);
});

check("only_kinds_with_an_image_call_have_a_field", async (given) => {
  const { service } = await visit(given, "v5.0.0", ["kinds", "test", "dev", "node-agent"]);
  await service.workload().waitFor();
  await becomes(() => service.imageForm.count(), 0);
});

check("what_is_typed_stays_while_the_drawer_refreshes", async (given) => {
  const { world, service } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "payment"]);
  await service.imageForm.click();
  const field = service.image("Deployment payment · payment");
  await field.fill(`${IMAGES}/payment:half-typed`);
  await world.mutate({ project: "simple-demo", env: "dev", service: { name: "payment", replicas: 3 } });
  await service.drawer.getByRole("button", { name: "Refresh" }).click();
  await service.workload().getByText("3 replicas").waitFor();
  await becomes(() => field.inputValue(), `${IMAGES}/payment:half-typed`);
  assert.equal(await service.imageForm.locator("..").evaluate((one) => one.open), true, "the form stays open");
});

check("the_outcome_of_a_failed_image_update_has_the_way_back", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "stock"]);
  await service.imageForm.click();
  const before = await service.image("Deployment stock · stock").inputValue();
  await service.image("Deployment stock · stock").fill(`${IMAGES}/stock:missing-1`);
  await service.reviewImages.click();
  await review.apply.click();
  await tray.says("Update image", "dev / stock", /^Failed$/m);
  await service.close.click();
  await tray.one("Update image", "dev / stock").getByRole("button", { name: "Revert …" }).click();
  await becomes(() => review.changeTexts(), [`Image · Deployment stock · stock | ${IMAGES}/stock:missing-1 | ${before}`]);
  await review.apply.click();
  await tray.says("Update image", "dev / stock", /Done and verified/);
  assert.equal((await writes(world)).length, 2);
  await becomes(() => tray.one("Update image", "dev / stock").getByRole("button", { name: "Revert …" }).count(), 0, "nothing to go back from");
});
