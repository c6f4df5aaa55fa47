// The code editor: it loads when it is needed, works under the policy and inside a foreign page, and stays quick.
import assert from "node:assert/strict";
import { after } from "node:test";
import { configLink, Configs } from "./pages/configs.mjs";
import { suite } from "./support/browser.mjs";
import { servePortal } from "./support/portal.mjs";
import { typed } from "./support/typing.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));
const APP = configLink("test/dev", "ConfigMap", "app-settings", "yaml");
/** So many lines of a text are in the document at most, however long it is. */
const DRAWN = 200;
const KEYS = "0123456789abcdefghij";

check("the_editor_is_fetched_when_the_first_one_opens_and_needs_no_inline_style", async ({ page, open }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await open(configLink("test/dev"));
  const configs = new Configs(page);
  await configs.row("app-settings").waitFor();
  assert.equal(fetched.filter((path) => path.endsWith("/editor.js")).length, 0);
  await configs.row("app-settings").getByRole("link").click();
  await configs.isReady();
  assert.equal(fetched.filter((path) => path.endsWith("/editor.js")).length, 1);
  const inline = await page.evaluate(() => {
    const roots = [document, document.querySelector(".code-place").shadowRoot];
    return roots.map((root) => root.querySelectorAll("style").length);
  });
  assert.deepEqual(inline, [0, 0]);
});

check("escape_and_tab_leave_the_editor_and_tab_alone_indents", async ({ page, open }) => {
  await open(APP);
  const configs = new Configs(page);
  await configs.isReady();
  const inside = () => page.evaluate(() => document.activeElement?.classList.contains("code-place"));
  await configs.goToEndOf(1);
  await page.keyboard.press("Tab");
  assert.equal(await inside(), true);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await inside(), false);
  await page.getByText("Ctrl+S saves. Escape, then Tab, leaves the editor").waitFor();
});

check("control_and_s_open_the_review_with_what_was_typed_last", async ({ page, open }) => {
  await open(APP);
  const configs = new Configs(page);
  await configs.isReady();
  await page.keyboard.press("Control+s");
  await configs.change("hello", "hurried");
  await page.keyboard.press("Control+s");
  await page.locator("dialog[open] .diff-line.added").filter({ hasText: "hurried" }).waitFor();
});

check("without_its_file_the_editor_is_a_plain_field", { allow: [/editor\.js|Failed to (load|fetch)/] }, async ({ page, open }) => {
  await page.route("**/editor.js", (route) => route.abort());
  await open(APP);
  const field = page.locator("textarea.code-field");
  await page.getByText(/could not be loaded/).waitFor();
  await field.fill((await field.inputValue()).replace("hello", "typed: 'x"));
  await page.getByRole("list", { name: "Problems" }).waitFor();
  await new Configs(page).discard.waitFor();
});

check("a_config_map_of_one_megabyte_is_edited_smoothly", async ({ page, open, t }) => {
  await open(configLink("test/dev", "ConfigMap", "big-dictionary", "yaml"));
  const configs = new Configs(page);
  await configs.isReady();
  await configs.goToEndOf(5);
  t.diagnostic(`a key in 1 MB: ${JSON.stringify(await typed(page, KEYS))} ms`);
  assert.ok((await configs.lines.count()) < DRAWN);
  await matches(() => configs.text(), /0123456789abcdefghij/);
  await configs.discard.waitFor();
  const before = Date.now();
  await configs.askToSave();
  await page.locator("dialog[open] .diff-line.added").waitFor();
  t.diagnostic(`the review of 1 MB opens in ${Date.now() - before} ms`);
  await becomes(() => page.locator("dialog[open] .diff-line.added").count(), 1);
});

check("the_editor_works_inside_a_foreign_page", { role: null }, async ({ page, world }) => {
  const server = await servePortal(world);
  servers.push(server);
  await page.addInitScript((token) => (window.portalToken = () => token), world.tokens.admin);
  await page.goto(`${server.base}portal.html`);
  const left = page.locator("#left");
  await left.getByRole("heading", { level: 1 }).waitFor();
  await left.evaluate((element, route) => element.setAttribute("route", route), APP);
  const configs = new Configs(page, left);
  await configs.isReady();
  await configs.change("greeting: hello", "greeting: 'x");
  await configs.problems.first().waitFor();
  await configs.change("greeting: 'x", "greeting: embedded");
  await configs.face("By key").click();
  await becomes(() => configs.value("greeting").inputValue(), "embedded");
});

check("a_value_of_one_megabyte_is_edited_by_key_smoothly_and_arrives_whole", async ({ page, open, t }) => {
  await open(configLink("test/dev", "ConfigMap", "big-dictionary", "form"));
  const configs = new Configs(page);
  await configs.isReady();
  await configs.content.getByText(/./).first().waitFor();
  assert.match(await configs.content.getAttribute("aria-label"), /^Value of dictionary\.properties/);
  await configs.goToEndOf(5);
  t.diagnostic(`a key in a value of 1 MB: ${JSON.stringify(await typed(page, KEYS))} ms`);
  assert.ok((await configs.lines.count()) < DRAWN);
  await configs.discard.waitFor();
  await page.keyboard.press("Z");
  // What was typed a moment ago is saved too.
  await page.keyboard.press("Control+s");
  const added = page.locator("dialog[open] .diff-line.added");
  await added.getByText(/0123456789abcdefghijZ/).waitFor();
  assert.equal(await added.count(), 1);
});
