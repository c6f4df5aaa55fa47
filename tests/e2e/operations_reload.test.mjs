// A reload of the tab in each state of an operation: nothing is sent twice, and what became of it is said in the right words.
import assert from "node:assert/strict";
import { Activity, writes } from "./pages/activity.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const WEB = ["simple-demo", "test", "dev", "web"];

/** The drawer of `web`; whatever the browser asks before it leaves is answered with yes. */
async function enter({ page, world, open }, options = {}) {
  await world.reset({ version: "v5.0.0", ...options });
  page.on("dialog", (dialog) => dialog.accept());
  await open(serviceLink(...WEB));
  const service = new Service(page, "web");
  await service.drawer.waitFor();
  return { service, review: new Review(page), activity: new Activity(page) };
}

async function scale({ service, review }, to) {
  await service.scaleTo(to);
  await review.apply.click();
}

/** The line of the scaling on the activity page, after a reload. */
async function reloaded(page, activity) {
  await page.reload();
  await page.locator(".shell").waitFor();
  await activity.open();
  return activity.one("Scale", "dev / web");
}

check("in_its_grace_time_it_is_cancelled_and_never_sent", async (given) => {
  const { page, world } = given;
  const parts = await enter(given);
  await scale(parts, 3);
  await page.getByText(/Starts in/).first().waitFor();
  const line = await reloaded(page, parts.activity);
  await line.getByText("Cancelled: the page was reloaded before it was sent").waitFor();
  await page.waitForTimeout(6_000);
  assert.deepEqual(await writes(world), []);
});

check("with_its_call_on_the_way_it_is_read_back_and_sent_once", async (given) => {
  const { page, world } = given;
  const parts = await enter(given);
  await world.fault({ method: "POST", path: "/openapi/environments/scale", drop: "mid_body", delay_ms: 8_000 });
  await scale(parts, 3);
  await page.getByText("Sending", { exact: true }).first().waitFor();
  const line = await reloaded(page, parts.activity);
  await line.getByText(/The response was lost/).waitFor();
  await until(() => line.innerText(), (text) => /Done and verified|the change was not made/.test(text), "the outcome is said", 60_000);
  assert.ok((await writes(world)).length <= 1, "it is not sent again");
});

check("in_the_middle_of_a_rollout_the_watch_goes_on_and_says_the_outcome", async (given) => {
  const { page, world } = given;
  const parts = await enter(given);
  await scale(parts, 5);
  await until(() => writes(world), (calls) => calls.length === 1, "it is sent");
  await page.getByText(/Accepted/).first().waitFor();
  const line = await reloaded(page, parts.activity);
  await until(() => line.innerText(), (text) => /Done and verified/.test(text), "the outcome is said", 60_000);
  assert.match(await line.innerText(), /simple-demo[\s\S]*2 → 5/);
  assert.equal((await writes(world)).length, 1);
  // The outcome itself outlives one more reload, and what was sent can still be looked at.
  const again = await reloaded(page, parts.activity);
  await again.getByText("Done and verified").waitFor();
  await again.locator("summary").click();
  await again.getByText("POST /openapi/environments/scale").waitFor();
});

// A bare file has no icon: the browser asks for one and logs that it is not there.
const BARE = { allow: [/404/] };

check("a_failure_is_still_one_and_the_token_is_nowhere_in_what_is_kept", BARE, async (given) => {
  const { page, world } = given;
  const parts = await enter(given);
  const body = JSON.stringify({ code: 6081, description: "quota exceeded", extra: {}, message: "伸缩服务失败", type: "error" });
  await world.fault({ method: "POST", path: "/openapi/environments/scale", status: 400, body });
  await scale(parts, 3);
  await page.getByText("Failed", { exact: true }).first().waitFor();
  // What lies in the tab's storage while the page is gone.
  await page.goto(`${world.base}/config.json`);
  const kept = await page.evaluate(() => sessionStorage.getItem("zadig-environments-operations"));
  assert.match(kept, /quota exceeded/);
  assert.ok(!kept.includes(world.tokens.admin));
  await page.goto(`${world.base}/#/activity`);
  await page.locator(".shell").waitFor();
  await matches(() => parts.activity.one("Scale", "dev / web").innerText(), /Failed[\s\S]*quota exceeded/);
  await becomes(() => page.evaluate(() => sessionStorage.getItem("zadig-environments-operations")), null, "taken out of the storage again");
});

check("another_user_does_not_see_what_was_done_before", { role: null, ...BARE }, async ({ page, world, open }) => {
  const { service, review, activity } = await enter({ page, world, open: (hash) => open(hash, { token: world.tokens.admin }) });
  await scale({ service, review }, 3);
  await page.getByText(/Accepted|Done and verified/).first().waitFor();
  await page.goto(`${world.base}/config.json`);
  await page.evaluate((token) => sessionStorage.setItem("zadig-environments-token", token), world.tokens.developer);
  await page.goto(`${world.base}/#/activity`);
  await activity.heading.waitFor();
  await page.getByRole("heading", { name: "No changes were made from this tab" }).waitFor();
});

check("中文页面说明重新加载后的结果", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await world.reset({ version: "v5.0.0" });
  page.on("dialog", (dialog) => dialog.accept());
  await open(serviceLink(...WEB));
  await page.getByLabel("副本数", { exact: true }).first().fill("3");
  await page.getByRole("button", { name: /^伸缩/ }).first().click();
  await page.locator("dialog[open]").locator('button[type="submit"]').click();
  await page.reload();
  await page.goto(`${world.base}/#/activity`);
  await page.getByText("已取消：发送前页面被重新加载").waitFor();
});
