// Any static host: a sub-path, no rewrite rules, no headers; and what a page that cannot start says.
import assert from "node:assert/strict";
import { after } from "node:test";
import { suite } from "./support/browser.mjs";
import { setting } from "./support/program.mjs";
import { smoke, startsAtOnce } from "./support/smoke.mjs";
import { serveStatic } from "./support/static.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

async function host(world, options = {}) {
  const server = await serveStatic({ app: setting("E2E_APP_DIR"), prefix: "/a/b/", upstream: world.simulator, ...options });
  servers.push(server);
  return server;
}

/** The sentence in the place of the application. */
const failure = (page) => page.getByRole("alert").filter({ has: page.getByRole("heading", { name: "Zadig Environments" }) });
const config = (settings) => (name) => (name === "config.json" ? { body: JSON.stringify(settings) } : undefined);

check("under_a_sub_path_everything_works_and_nothing_outside_it_is_asked_for", { role: null }, async ({ page, world }) => {
  const server = await host(world);
  await page.goto(server.base);
  await smoke(page, { world, token: world.tokens.admin });
  await page.goto(`${server.base}#/p/simple-demo/test/dev/services/order`);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Connect to Zadig" }).waitFor();
  const outside = server.asked.filter((path) => !path.startsWith("/a/b/"));
  assert.deepEqual(outside, []);
});

check("scripts_and_settings_are_fetched_beside_the_module", { role: null }, async ({ page, world, newPage }) => {
  assert.equal((await startsAtOnce(page, world.base))["config.json"], 1, "the gateway says how long it may be kept");
  // A host that says nothing about it is asked once more, so that an old copy never counts.
  const server = await host(world);
  assert.equal((await startsAtOnce(await newPage(), server.base))["config.json"], 2);
});

check("the_settings_can_be_changed_after_the_build", { role: null }, async ({ page, world }) => {
  const server = await host(world, { change: config({ title: "Delivery" }) });
  await page.goto(server.base);
  await page.getByText("Delivery", { exact: true }).waitFor();
});

check("no_other_site_is_asked_for_anything", { role: null }, async ({ page, world }) => {
  const server = await host(world);
  const others = [];
  page.on("request", (request) => new URL(request.url()).origin !== server.origin && others.push(request.url()));
  await page.goto(server.base);
  await smoke(page, { world, token: world.tokens.admin });
  assert.deepEqual(others, []);
});

check("the_page_may_call_the_configured_zadig_and_no_other_site", { role: null, allow: [/./] }, async ({ page, world, told }) => {
  const server = await host(world, { change: config({ apiBase: world.simulator }) });
  await page.goto(server.base);
  await page.locator(".shell").waitFor();
  const reach = (address) => page.evaluate((address) => fetch(address, { mode: "no-cors" }).then(() => "reached", () => "refused"), address);
  assert.equal(await reach(`${world.simulator}/openapi/projects`), "reached");
  assert.equal(await reach(`${world.base}/index.html`), "refused");
  assert.ok(told.some((one) => /connect-src/.test(one.text)), "the policy refused it, not the network");
});

check("a_missing_module_is_named_with_its_status", { allow: [/./] }, async ({ page, world }) => {
  const server = await host(world, { change: (name) => (name.endsWith(".wasm") ? { status: 404 } : undefined) });
  await page.goto(server.base);
  await failure(page).getByText(/A file of the application is missing on the server: .*_bg\.wasm \(404\)/).waitFor();
});

check("a_missing_script_is_named_with_its_status", { allow: [/./] }, async ({ page, world }) => {
  const server = await host(world, { change: (name) => (/environments-.*\.js$/.test(name) ? { status: 404 } : undefined) });
  await page.goto(server.base);
  await failure(page).getByText(/missing on the server: .*\.js \(404\)/).waitFor();
});

check("a_module_that_was_changed_on_its_way_does_not_run", { allow: [/./] }, async ({ page, world }) => {
  const change = async (name, file) => (name.endsWith(".wasm") ? { body: Buffer.concat([await file(), Buffer.from([0, 1, 0])]) } : undefined);
  const server = await host(world, { change });
  await page.goto(server.base);
  await failure(page).getByText(/is not the one that was built; its checksum differs/).waitFor();
  await becomes(() => page.locator(".shell").count(), 0);
});

check("a_policy_that_forbids_webassembly_is_named", { allow: [/./] }, async ({ page, world }) => {
  const headers = { "content-security-policy": "script-src 'self'" };
  const server = await host(world, { change: (name) => (name === "index.html" ? { headers } : undefined) });
  await page.goto(server.base);
  await failure(page).getByText(/security policy of this page \(CSP\) forbids a part of the application: .*wasm/).waitFor();
});

check("a_browser_without_webassembly_is_told_so", { allow: [/./] }, async ({ page, world }) => {
  const server = await host(world);
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto(server.base);
  await failure(page).getByText("This browser has no WebAssembly, or it is switched off.").waitFor();
});

check("a_page_whose_script_does_not_arrive_says_so_without_any_script", { allow: [/./] }, async ({ page, world }) => {
  const server = await host(world, { change: (name) => (name === "boot.js" ? { status: 404 } : undefined) });
  await page.goto(server.base);
  await page.getByText(/This page does not start/).waitFor({ state: "visible" });
});

check("a_slow_network_shows_progress_and_no_alarm", { role: null }, async ({ page, context, world }) => {
  const server = await host(world);
  const network = await context.newCDPSession(page);
  const conditions = { offline: false, latency: 1_500, downloadThroughput: 80_000, uploadThroughput: 80_000 };
  await network.send("Network.emulateNetworkConditions", conditions);
  await page.goto(server.base, { waitUntil: "commit" });
  const [shell, alarm] = [page.locator(".shell"), page.getByText(/This page does not start/)];
  await page.getByText(/Zadig Environments … \d\/\d/).waitFor({ timeout: 30_000 });
  const begun = Date.now();
  while ((await shell.count()) === 0) {
    assert.equal(await alarm.isVisible(), false, "nothing is wrong");
    assert.ok(Date.now() - begun < 60_000, "it starts");
    await page.waitForTimeout(250);
  }
});

check("an_old_index_from_a_cache_is_replaced_by_the_new_one", { role: null, allow: [/./] }, async ({ page, world }) => {
  let loads = 0;
  const change = async (name, file) => {
    if (name !== "index.html" || loads++ > 0) return undefined;
    return { body: String(await file()).replaceAll(/zadig-environments-[0-9a-f]+/g, "zadig-environments-0123456789abcdef") };
  };
  const server = await host(world, { change });
  await page.goto(server.base);
  await page.locator(".shell").waitFor();
  assert.ok(loads >= 2);
});

check("一个无法启动的页面用中文说明原因", { locale: "zh-CN", allow: [/./] }, async ({ page, world }) => {
  const server = await host(world, { change: (name) => (name.endsWith(".wasm") ? { status: 404 } : undefined) });
  await page.goto(server.base);
  await failure(page).getByText(/服务器上缺少应用的文件：/).waitFor();
});
