// Themes, languages and motion change at once and are remembered.
import assert from "node:assert/strict";
import { Environments } from "./pages/environments.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();
const background = (page) => page.evaluate(() => getComputedStyle(document.querySelector(".zadig")).backgroundColor);
const lightness = async (page) => {
  const [r, g, b] = (await background(page)).match(/[\d.]+/g).map(Number);
  return (r + g + b) / 3;
};

check("the_theme_goes_round_without_a_reload_and_is_remembered", async ({ page, open }) => {
  await open("#/p/simple-demo");
  await new Environments(page).link("dev").waitFor();
  await page.evaluate(() => (window.stillTheSame = true));
  const button = () => page.getByRole("button", { name: /^Theme: / });
  await becomes(() => button().getAttribute("aria-label"), "Theme: system");
  const light = await background(page);
  await button().click();
  await page.getByRole("button", { name: "Theme: light" }).click();
  await page.getByRole("button", { name: "Theme: dark" }).waitFor();
  const dark = await background(page);
  assert.notEqual(dark, light);
  assert.ok(await page.evaluate(() => window.stillTheSame));
  await page.reload();
  await page.getByRole("button", { name: "Theme: dark" }).waitFor();
  await becomes(() => background(page), dark);
});

check("without_a_choice_the_theme_follows_the_system", { colorScheme: "dark" }, async ({ page, open }) => {
  await open("#/settings");
  await becomes(async () => (await lightness(page)) < 80, true);
  await page.emulateMedia({ colorScheme: "light" });
  await becomes(async () => (await lightness(page)) > 200, true);
});

check("the_language_changes_without_a_reload_and_is_remembered", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/simple-demo?q=prod");
  await list.link("prod").waitFor();
  await becomes(() => page.locator("html").getAttribute("lang"), "en");
  await page.evaluate(() => (window.stillTheSame = true));
  await page.getByRole("button", { name: "Switch to Chinese" }).click();
  const table = page.getByRole("table", { name: "环境" });
  await table.getByRole("columnheader", { name: "命名空间" }).waitFor();
  await table.getByText("正常").first().waitFor();
  await becomes(() => page.locator("html").getAttribute("lang"), "zh-CN");
  await becomes(() => page.getByRole("searchbox", { name: "搜索环境" }).inputValue(), "prod");
  assert.ok(await page.evaluate(() => window.stillTheSame));
  await page.reload();
  await page.getByRole("button", { name: "切换到英文" }).click();
  await list.table.getByText("Normal").first().waitFor();
});

check("没有选择时语言跟随浏览器", { locale: "zh-CN" }, async ({ page, open }) => {
  await open("#/settings");
  await page.getByRole("heading", { level: 1, name: "设置" }).waitFor();
  await becomes(() => page.locator("html").getAttribute("lang"), "zh-CN");
});

check("a_language_there_is_no_translation_for_gets_english", { locale: "fr-FR" }, async ({ page, open }) => {
  await open("#/settings");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

check("settings_take_effect_at_once", async ({ page, world, open }) => {
  await open("#/settings");
  const group = (name) => page.getByRole("group", { name });
  await group("Theme").getByRole("button", { name: "Dark" }).click();
  await becomes(async () => (await lightness(page)) < 80, true);
  await group("Read-only").getByRole("button", { name: "On" }).click();
  await page.getByRole("banner").getByText("Read-only").waitFor();
  await group("Refresh automatically").getByRole("button", { name: "Off" }).click();
  await world.mutate({ project: "simple-demo", env: "qa", status: "updating" });
  await page.evaluate(() => (location.hash = "#/p/simple-demo"));
  const list = new Environments(page);
  await list.row("qa").getByText("Updating").waitFor();
  await world.mutate({ project: "simple-demo", env: "qa", status: "success" });
  await list.refresh.click();
  await list.row("qa").getByText("Normal").waitFor();
});

check("with_reduced_motion_nothing_pulses", { reducedMotion: "reduce" }, async ({ page, open }) => {
  await open("#/p/bad-day");
  await new Environments(page).row("updating").getByText("Updating", { exact: true }).waitFor();
  const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running" && one.effect.getComputedTiming().duration > 10).length);
  assert.equal(moving, 0);
});

check("what_is_in_transition_pulses_otherwise", async ({ page, open }) => {
  await open("#/p/bad-day");
  await new Environments(page).row("updating").getByText("Updating", { exact: true }).waitFor();
  await becomes(() => page.evaluate(() => document.getAnimations().some((one) => one.effect.getComputedTiming().iterations === Infinity)), true);
});

check("production_is_framed_and_named_on_its_page", async ({ page, open }) => {
  await open("#/p/simple-demo/production/prod");
  await page.getByRole("heading", { level: 1, name: "prod" }).waitFor();
  assert.match(await page.title(), /^PRODUCTION · /);
  await page.getByRole("main").getByText("PRODUCTION").first().waitFor();
});
