// The About dialog: every part that others made, with its licence, wherever the application runs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { closure, imported, textsOf } from "../../xtask/scripts/notices.mjs";
import { About } from "./pages/about.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { servePortal } from "./support/portal.mjs";
import { setting } from "./support/program.mjs";
import { serveStatic } from "./support/static.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));
const built = async () => JSON.parse(await readFile(join(setting("E2E_APP_DIR"), "notices.json"), "utf8"));

check("it_opens_from_the_settings_and_closes_back_to_them", async ({ page, open }) => {
  await open("#/settings");
  const [about, shell] = [new About(page), new Shell(page)];
  await page.getByRole("link", { name: "Show", exact: true }).click();
  await about.dialog.getByText(/^Version \d+\.\d+\.\d+$/).waitFor();
  await about.part("leptos").waitFor();
  assert.equal(await shell.hash(), "#/settings/about");
  await page.keyboard.press("Escape");
  await about.dialog.waitFor({ state: "hidden" });
  await becomes(() => shell.hash(), "#/settings");
  await page.getByRole("link", { name: "Show", exact: true }).click();
  await about.close.click();
  await about.dialog.waitFor({ state: "hidden" });
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

check("it_opens_from_the_palette_and_by_its_link_without_a_token", { role: null }, async ({ page, open }) => {
  await open("#/settings/about");
  await new About(page).part("wasm-bindgen").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  const { palette } = new Shell(page);
  await palette.getByRole("combobox").fill("about");
  await palette.getByRole("option", { name: "About" }).waitFor();
  await page.keyboard.press("Enter");
  await new About(page).part("wasm-bindgen").waitFor();
});

check("a_licence_is_unfolded_in_full_and_is_not_on_the_page_before", async ({ page, open }) => {
  await open("#/settings/about");
  const about = new About(page);
  const line = about.part("memchr");
  await line.waitFor();
  await becomes(() => about.dialog.locator("pre").count(), 0);
  await line.getByText("memchr", { exact: true }).click();
  await line.locator("pre").filter({ hasText: "The MIT License" }).waitFor();
  await line.getByRole("link", { name: /^https:\/\// }).waitFor();
  await about.dialog.getByText("Licence of this application").click();
  await about.dialog.locator("pre").filter({ hasText: "Apache License" }).first().waitFor();
});

check("a_list_that_was_left_out_is_told_and_can_be_asked_for_again", { allow: [/404/] }, async ({ page, world, open }) => {
  let there = false;
  const change = (name) => (name === "notices.json" && !there ? { status: 404 } : undefined);
  const server = await serveStatic({ app: setting("E2E_APP_DIR"), prefix: "/a/b/", upstream: world.simulator, change });
  servers.push(server);
  await open("#/settings/about", { base: server.base.replace(/\/$/, "") });
  const about = new About(page);
  await about.dialog.getByRole("alert").getByText(/\/a\/b\/notices\.json: 404/).waitFor();
  there = true;
  await about.dialog.getByRole("button", { name: "Try again" }).click();
  await about.part("leptos").waitFor();
});

check("in_a_portal_the_list_comes_from_the_applications_own_folder", { role: null }, async ({ page, world }) => {
  const server = await servePortal(world);
  servers.push(server);
  await page.addInitScript((token) => (window.portalToken = () => token), world.tokens.admin);
  await page.goto(`${server.base}portal.html`);
  const left = page.locator("#left");
  await left.getByRole("heading", { level: 1 }).waitFor();
  await left.evaluate((element) => element.setAttribute("route", "#/settings/about"));
  await new About(left).part("leptos").waitFor();
  assert.ok(server.asked.includes("/zadig/notices.json"));
  await left.evaluate((element) => element.setAttribute("language", "zh-CN"));
  await left.getByRole("dialog", { name: "关于" }).getByText("第三方组件", { exact: true }).waitFor();
});

check("在手机上也能看到全部组件", { locale: "zh-CN", viewport: { width: 390, height: 844 } }, async ({ page, open }) => {
  await open("#/settings/about");
  const about = new About(page, { name: "关于" });
  await about.part("leptos").waitFor();
  const box = await about.dialog.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390);
  assert.ok(await about.dialog.evaluate((one) => one.scrollWidth <= one.clientWidth), "nothing stands out at the side");
});

test("every_crate_of_the_module_is_listed_with_a_text", async () => {
  const { parts, texts, licence } = await built();
  assert.match(texts[licence], /Apache License/);
  const args = ["tree", "--offline", "--target", "wasm32-unknown-unknown", "--package", "zadig-environments",
    "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
  const tree = execFileSync("cargo", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const crates = new Set([...tree.matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `${name} ${version}`));
  crates.delete([...crates].find((name) => name.startsWith("zadig-environments ")));
  const listed = new Set(parts.map((part) => `${part.name} ${part.version}`));
  assert.deepEqual([...crates].filter((name) => !listed.has(name)), []);
  assert.ok(crates.size > 50);
  for (const part of parts) {
    assert.ok(part.licence, part.name);
    assert.ok(part.texts.some((at) => texts[at].length > 200), `${part.name} has the text of its licence`);
  }
});

test("a_bundled_script_is_read_for_the_packages_it_takes_in", () => {
  const script = `import { a } from "@codemirror/view";\nimport b from 'style-mod/x';\nimport "./own.js";\nconst c = await import("w3c-keyname");`;
  assert.deepEqual(imported(script), ["@codemirror/view", "style-mod", "w3c-keyname"]);
  assert.deepEqual(imported(`import { x } from "node:fs";\nimport y from "esbuild-wasm";`), [], "a tool is not in the page");
});

test("what_a_package_depends_on_is_listed_too_the_nearest_version_of_it", () => {
  const lock = { packages: {
    "": {},
    "node_modules/a": { dependencies: { b: "1", c: "1" } },
    "node_modules/a/node_modules/b": { dependencies: { c: "1" } },
    "node_modules/b": {},
    "node_modules/c": { dependencies: { a: "1" } },
    "node_modules/unused": {},
  } };
  assert.deepEqual(closure(lock, ["a"]), ["node_modules/a", "node_modules/a/node_modules/b", "node_modules/c"]);
});

test("a_part_without_a_licence_file_gets_the_text_it_names_and_its_authors", () => {
  const part = { name: "a", version: "1", licence: "MIT", authors: ["A. Author"], folder: null };
  assert.match(textsOf(part, "apache")[0], /^Copyright \(c\) A\. Author\n\nPermission is hereby granted/);
  assert.deepEqual(textsOf({ ...part, licence: "MIT OR Apache-2.0" }, "apache"), ["Copyright (c) A. Author", "apache"]);
  assert.throws(() => textsOf({ ...part, licence: "Zlib" }, "apache"), /without the text of its licence/);
});
