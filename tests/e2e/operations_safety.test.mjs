// Nothing is sent by accident, and nothing that was sent is lost, however the network and the page come and go.
import assert from "node:assert/strict";
import { Activity, writes } from "./pages/activity.mjs";
import { Guard } from "./pages/guard.mjs";
import { visit } from "./pages/service.mjs";
import { pass } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();
const WEB = ["simple-demo", "test", "dev", "web"];

check("a_review_that_is_closed_in_any_way_sends_nothing", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  for (const leave of [() => review.cancel.click(), () => page.keyboard.press("Escape"), () => page.mouse.click(4, 4)]) {
    await service.scaleTo(3);
    await review.apply.waitFor();
    await leave();
    await review.dialog.waitFor({ state: "detached" });
  }
  await service.drawer.waitFor();
  await pass(page, 8_000);
  assert.deepEqual(await writes(world), []);
  await becomes(() => tray.all.count(), 0);
  await new Activity(page).link.click();
  await new Guard(page).leave.click();
  await page.getByRole("heading", { name: "No changes were made from this tab" }).waitFor();
});

check("what_is_called_off_in_the_grace_time_sends_nothing", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Starts in \d s/);
  await pass(page, 3_000);
  await tray.cancel("Scale", "dev / web").click();
  await tray.one("Scale", "dev / web").getByText("Cancelled, nothing was sent").waitFor();
  await becomes(() => tray.cancel("Scale", "dev / web").count(), 0);
  await pass(page, 10_000);
  assert.deepEqual(await writes(world), []);
  await service.workload().getByText("2 replicas").waitFor();
});

check("the_countdown_counts_and_nothing_leaves_before_its_end", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.restart.click();
  await review.dialog.getByText("You can cancel for 5 s after Apply.").waitFor();
  await review.apply.click();
  await tray.says("Restart", "dev / web", /Starts in 5 s/);
  await pass(page, 2_000);
  await tray.says("Restart", "dev / web", /Starts in [23] s/);
  assert.deepEqual(await writes(world), []);
  await tray.says("Restart", "dev / web", /Done and verified/);
  assert.equal((await writes(world)).length, 1);
});

check("closing_the_drawer_and_leaving_the_page_lose_no_outcome", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.restart.click();
  await review.apply.click();
  await tray.says("Restart", "dev / web", /Starts in/);
  await service.close.click();
  await service.drawer.waitFor({ state: "detached" });
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Projects" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
  await tray.says("Restart", "dev / web", /Done and verified/);
  assert.equal((await writes(world)).length, 1);
  // The way back to what was changed.
  await tray.one("Restart", "dev / web").getByRole("link", { name: "dev / web" }).click();
  await service.drawer.waitFor();
});

check("a_network_that_drops_in_the_middle_of_the_watch_loses_no_outcome", async (given) => {
  const { page, context, world, service, review, tray } = { ...given, ...(await visit(given, "v5.0.0", WEB)) };
  await service.restart.click();
  await review.apply.click();
  await tray.says("Restart", "dev / web", /Accepted/);
  await context.setOffline(true);
  await pass(page, 30_000);
  await matches(() => tray.one("Restart", "dev / web").innerText(), /Accepted|waiting/);
  await context.setOffline(false);
  await tray.says("Restart", "dev / web", /Done and verified/);
  assert.equal((await writes(world)).length, 1);
});

check("an_answer_that_is_lost_is_read_back_and_never_sent_twice", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await world.fault({ method: "POST", path: "/openapi/environments/scale", drop: "mid_body" });
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Done and verified/);
  assert.equal((await writes(world)).length, 1);
});

check("an_answer_that_is_lost_before_it_was_done_ends_as_not_done", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await world.fault({ method: "POST", path: "/openapi/environments/scale", html: true, status: 504 });
  await service.scaleTo(3);
  await review.apply.click();
  const text = await tray.says("Scale", "dev / web", /nothing changed/);
  assert.match(text, /The response was lost, and reading back shows that the change was not made/);
  assert.equal((await writes(world)).length, 1);
});

check("what_zadig_refuses_is_told_with_its_own_words", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  const body = JSON.stringify({ code: 6081, description: "environment is sleeping", extra: {}, message: "伸缩失败", type: "error" });
  await world.fault({ method: "POST", path: "/openapi/environments/scale", status: 400, body });
  await service.scaleTo(3);
  await review.apply.click();
  const text = await tray.says("Scale", "dev / web", /^Failed$/m);
  assert.match(text, /Zadig refused it/);
  assert.match(text, /environment is sleeping/);
});

check("nothing_is_sent_if_it_changed_meanwhile", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.scaleTo(3);
  await review.apply.waitFor();
  await world.mutate({ project: "simple-demo", env: "dev", service: { name: "web", replicas: 5 } });
  await review.apply.click();
  const text = await tray.says("Scale", "dev / web", /Not sent/);
  assert.match(text, /It changed in the meantime, so nothing was sent/);
  assert.deepEqual(await writes(world), []);
});

check("two_operations_on_one_service_at_once_are_refused_with_the_reason", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Starts in/);
  await service.restart.click();
  await review.apply.click();
  await review.refusal.filter({ hasText: /Another change to the same object is in progress: Scale dev \/ web/ }).waitFor();
  await review.cancel.click();
  await tray.says("Scale", "dev / web", /Done and verified/);
  assert.deepEqual((await writes(world)).map((one) => one.call), ["POST /openapi/environments/scale"]);
  // Afterwards it goes.
  await service.restart.click();
  await review.apply.click();
  await tray.says("Restart", "dev / web", /Done and verified/);
});
