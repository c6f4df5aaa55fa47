// What was done from this tab, with its outcome and its call, and without the token.
import assert from "node:assert/strict";
import { Activity, writes } from "./pages/activity.mjs";
import { serviceLink, visit } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { passing } from "./pages/tray.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();
const WEB = ["simple-demo", "test", "dev", "web"];

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
  assert.match(texts[0], /Restart[\s\S]*Cancelled, nothing was sent/);
  assert.match(texts[1], /Scale[\s\S]*ago[\s\S]*Done and verified/);
  await becomes(() => tray.all.count(), 0, "the tray does not say the same again");

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
  await becomes(() => activity.all.count(), 2);
});

check("leaving_in_the_grace_time_asks_nothing_and_the_change_can_still_be_cancelled", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", WEB);
  await service.scaleTo(3);
  await review.apply.click();
  await tray.says("Scale", "dev / web", /Starts in/);
  const activity = new Activity(page);
  await activity.open();
  assert.equal(await page.locator("dialog[open]").count(), 0, "what was applied is not unsaved");
  await activity.cancel("Scale", "dev / web").click();
  await activity.says("Scale", "dev / web", /nothing was sent/);
  assert.deepEqual(await writes(world), []);
});

check("problems_seen_before_a_change_ended_are_not_told_any_more", async (given) => {
  const { page, service, review, tray } = await visit(given, "v5.0.0", WEB);
  const recent = page.locator(".rail-more", { hasText: "simple-demo" });
  await service.restart.click();
  await review.apply.click();
  const counted = () => recent.locator(".rail-problems").count();
  await passing(page, counted, (count) => count === 1, "its pods are not ready for a while");
  const activity = new Activity(page);
  await activity.open();
  await activity.says("Restart", "dev / web", /Done and verified/);
  await becomes(counted, 0, "nobody has looked since");
  await page.goBack();
  await service.drawer.waitFor();
  // The page is looked at again: what it finds is told, until the old pod is gone.
  await passing(page, counted, (count) => count === 0, "all its pods run");
});

check("an_empty_activity_says_what_will_stand_there", async ({ page, open }) => {
  await open("#/activity");
  await page.getByRole("heading", { name: "No changes were made from this tab" }).waitFor();
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
  // The page stays, and goes on. Without this the context would be closed under a browser that still puts the question
  // away, which has crashed it.
  await tray.says("Restart", "dev / web", /Starts in|Restarting|\d of \d/);
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
