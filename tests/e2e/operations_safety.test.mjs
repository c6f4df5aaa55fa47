// Nothing is sent by accident, nothing that was sent is lost, and nothing that was typed or kept secret leaks.
import assert from "node:assert/strict";
import { Activity, writes } from "./pages/activity.mjs";
import { Service, serviceLink, visit } from "./pages/service.mjs";
import { appears, pass } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { until } from "./support/until.mjs";

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
  assert.equal(await tray.all.count(), 0);
  await new Activity(page).link.click();
  await page.getByRole("heading", { name: "Nothing was changed from this tab" }).waitFor();
});

check("what_is_called_off_in_the_grace_time_sends_nothing", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Starts in \d s/);
  await pass(page, 3_000);
  await tray.cancel("Scale", "dev / web").click();
  await tray.one("Scale", "dev / web").getByText("Called off, nothing was sent").waitFor();
  assert.equal(await tray.cancel("Scale", "dev / web").count(), 0);
  await pass(page, 10_000);
  assert.deepEqual(await writes(world), []);
  await service.workload().getByText("2 replicas").waitFor();
});

check("the_countdown_counts_and_nothing_leaves_before_its_end", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.restart.click();
  await review.dialog.getByText("After Apply there are 5 s to call it off.").waitFor();
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
  assert.match(await tray.one("Restart", "dev / web").innerText(), /Accepted|waiting/);
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
  assert.match(text, /The answer was lost, and reading back shows that it was not done/);
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
  assert.match(text, /It changed meanwhile, so nothing was sent/);
  assert.deepEqual(await writes(world), []);
});

check("two_operations_on_one_service_at_once_are_refused_with_the_reason", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Starts in/);
  await service.restart.click();
  await review.apply.click();
  await review.refusal.filter({ hasText: /Another change of the same thing is under way: Scale dev \/ web/ }).waitFor();
  await review.cancel.click();
  await tray.says("Scale", "dev / web", /Done and verified/);
  assert.deepEqual((await writes(world)).map((one) => one.call), ["POST /openapi/environments/scale"]);
  // Afterwards it goes.
  await service.restart.click();
  await review.apply.click();
  await tray.says("Restart", "dev / web", /Done and verified/);
});

check("activity_lists_each_operation_with_its_outcome_and_its_call_without_the_token", async (given) => {
  const { page, context, world, service, review, tray } = { ...given, ...(await visit(given, "v5.0.0", WEB)) };
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Done and verified/);
  await service.restart.click();
  await review.apply.click();
  await tray.cancel("Restart", "dev / web").click();
  const activity = new Activity(page);
  await activity.open();
  const texts = await activity.all.allInnerTexts();
  assert.equal(texts.length, 2);
  assert.match(texts[0], /Restart[\s\S]*Called off, nothing was sent/);
  assert.match(texts[1], /Scale[\s\S]*ago[\s\S]*Done and verified/);
  assert.equal(await tray.all.count(), 0, "the tray does not say the same again");

  await activity.details("Scale", "dev / web");
  const line = activity.one("Scale", "dev / web");
  await line.getByText("Replicas · Deployment web").waitFor();
  await line.getByText("POST /openapi/environments/scale").waitFor();
  await line.getByText('"target_replicas": 3').waitFor();
  await line.getByRole("button", { name: "Copy curl" }).click();
  const curl = await until(() => page.evaluate(() => navigator.clipboard.readText()), (text) => text.startsWith("curl"), "the call is copied");
  assert.match(curl, /-X POST/);
  assert.match(curl, new RegExp(`${world.base}/openapi/environments/scale`));
  assert.match(curl, /[Aa]uthorization: Bearer \S+/);
  assert.ok(!curl.includes(world.tokens.admin), "the token stays here");
  assert.ok(!(await page.content()).includes(world.tokens.admin), "the token is not in the page");

  // Left and come back to.
  await page.goBack();
  await service.drawer.waitFor();
  await activity.open();
  assert.equal(await activity.all.count(), 2);
});

check("an_empty_activity_says_what_will_stand_there", async ({ page, open }) => {
  await open("#/activity");
  await page.getByRole("heading", { name: "Nothing was changed from this tab" }).waitFor();
});

check("leaving_the_tab_with_something_under_way_is_asked_about", async (given) => {
  const { page, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.restart.click();
  await review.apply.click();
  await tray.says("Restart", "dev / web", /Starts in/);
  const asked = new Promise((resolve) => {
    page.once("dialog", (dialog) => dialog.dismiss().then(() => resolve(dialog.type())));
    page.once("close", () => resolve("closed without a question"));
  });
  await page.close({ runBeforeUnload: true });
  assert.equal(await asked, "beforeunload");
});

check("操作记录和结果说中文", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await open(serviceLink(...WEB));
  const drawer = page.getByRole("dialog", { name: "服务 web" });
  await drawer.getByRole("button", { name: "重启" }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByText("应用后有 5 秒可以撤回。").waitFor();
  await dialog.getByRole("button", { name: "应用", exact: true }).click();
  const tray = page.getByRole("region", { name: "操作记录" });
  await tray.getByText(/\d 秒后开始/).waitFor();
  await tray.getByRole("button", { name: "撤回" }).click();
  await tray.getByText("已撤回，未发送任何请求").waitFor();
  assert.deepEqual(await writes(world, 0), []);
});
