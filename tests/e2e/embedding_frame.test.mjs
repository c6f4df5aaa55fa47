// The page in a frame of another site: what a listed one may do, and that an unlisted one may do nothing.
import assert from "node:assert/strict";
import { after } from "node:test";
import { Environment } from "./pages/environment.mjs";
import { suite } from "./support/browser.mjs";
import { setting } from "./support/program.mjs";
import { serveStatic } from "./support/static.mjs";
import { smoke } from "./support/smoke.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const PARENT = (app) => `<!doctype html><html lang="en"><title>Portal</title><link rel="icon" href="data:,">
<iframe id="zadig" title="Zadig" src="${app}?embed=1#/p/simple-demo/test/dev" width="1000" height="600"></iframe>
<script>
const frame = document.getElementById("zadig");
window.heard = [];
window.addEventListener("message", ({ origin, source, data, ports }) => {
  window.heard.push({ origin, type: data.type });
  if (origin !== new URL("${app}").origin || source !== frame.contentWindow || window.port) return;
  window.port = ports[0];
  window.port.onmessage = ({ data }) => {
    window.heard.push(data);
    if (data.type === "zadig-needs-token" && window.token) window.port.postMessage({ type: "zadig-update", token: window.token });
  };
  window.port.postMessage({ type: "zadig-init", theme: "dark", language: "zh-CN" });
});
</script>`;

/** An application, and a portal on another origin that shows it. `listed` says whether the application knows the portal. */
async function framed({ page, world }, { listed, token }) {
  const settings = {};
  const change = (name) => (name === "config.json" ? { body: JSON.stringify(settings) } : undefined);
  const app = await serveStatic({ app: setting("E2E_APP_DIR"), upstream: world.simulator, change });
  const portal = await serveStatic({ app: "/nowhere", change: () => ({ body: PARENT(app.base) }) });
  servers.push(app, portal);
  settings.embedOrigins = listed ? [portal.origin] : [`${portal.origin}0`, "https://portal.example.com", "*"];
  await page.addInitScript((token) => (window.token = token), token);
  await page.goto(portal.base);
  return { frame: page.frameLocator("#zadig"), heard: () => page.evaluate(() => window.heard), app, portal };
}

check("a_listed_portal_gives_token_theme_and_language_and_everything_works", { role: null }, async (given) => {
  const { page, world } = given;
  const { frame, heard } = await framed(given, { listed: true, token: world.tokens.admin });
  await new Environment(frame).heading("dev").waitFor();
  await frame.locator('.zadig[data-theme="dark"][lang="zh-CN"]').waitFor();
  await becomes(() => frame.locator(".rail, .topbar").count(), 0, "the portal's own frame is enough");
  await page.evaluate(() => window.port.postMessage({ type: "zadig-update", language: "en", theme: "light", route: "#/projects" }));
  await smoke(frame, { world });
  const told = await heard();
  assert.ok(told.some((one) => one.type === "zadig-operation" && one.detail.outcome === "verified"));
  assert.ok(!JSON.stringify(told).includes(world.tokens.admin), "nothing that is told holds the token");
});

check("in_a_frame_too_it_says_what_it_is_made_of", { role: null }, async (given) => {
  const { page, world } = given;
  const { frame } = await framed(given, { listed: true, token: world.tokens.admin });
  await new Environment(frame).heading("dev").waitFor();
  await page.evaluate(() => window.port.postMessage({ type: "zadig-update", language: "en", route: "#/settings/about" }));
  await frame.getByRole("dialog", { name: "About" }).getByText("leptos", { exact: true }).waitFor();
});

check("the_height_the_page_wants_is_told_and_follows_its_content", { role: null }, async (given) => {
  const { page, world } = given;
  const { heard } = await framed(given, { listed: true, token: world.tokens.admin });
  const height = async () => (await heard()).filter((one) => one.type === "zadig-height").at(-1)?.height ?? 0;
  const long = await until(height, (height) => height > 700, "fifteen services want more than the frame has");
  await page.evaluate(() => window.port.postMessage({ type: "zadig-update", route: "#/activity" }));
  await until(height, (height) => height > 0 && height < long, "a short page wants less");
});

check("a_portal_that_is_not_listed_gets_nothing_and_shows_nothing", { role: null, allow: [/./] }, async (given) => {
  const { world } = given;
  const mark = await world.mark();
  const { frame, heard } = await framed(given, { listed: false, token: world.tokens.admin });
  await frame.getByRole("alert").getByText(/This site may not show the page in a frame/).waitFor();
  await becomes(() => frame.locator(".shell").count(), 0);
  assert.deepEqual(await heard(), [], "not even an offer");
  assert.deepEqual(await world.journal({ after: mark, path: "/openapi" }), []);
});

check("another_window_cannot_answer_in_the_portals_place", { role: null }, async (given) => {
  const { page, world } = given;
  const { frame } = await framed(given, { listed: true, token: null });
  await frame.getByLabel(/令牌/).first().waitFor();
  // A second frame of the portal's origin, and the portal itself past the channel: neither is listened to.
  await page.evaluate((token) => {
    const target = document.getElementById("zadig").contentWindow;
    target.postMessage({ type: "zadig-init", token }, "*");
    target.postMessage({ type: "zadig-update", token, theme: "light" }, "*");
    const other = document.body.appendChild(document.createElement("iframe"));
    other.contentWindow.eval(`parent.document.getElementById("zadig").contentWindow.postMessage({ type: "zadig-init", token: "${token}" }, "*")`);
  }, world.tokens.admin);
  await page.waitForTimeout(800);
  await becomes(() => frame.locator('.zadig[data-theme="light"]').count(), 0);
  await frame.getByLabel(/令牌/).first().waitFor();
});
