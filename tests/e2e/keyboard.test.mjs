// Everything can be done from the keyboard, and the focus is where the reader is.
import assert from "node:assert/strict";
import { Environments } from "./pages/environments.mjs";
import { Projects } from "./pages/projects.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite({ config: { refresh: { busySeconds: 1, idleSeconds: 2 } } });
const focusedText = (page) => page.evaluate(() => document.activeElement.textContent.trim().slice(0, 80));

check("the_first_tab_stop_skips_the_navigation", async ({ page, open }) => {
  const shell = new Shell(page);
  await open("#/p/simple-demo");
  await new Environments(page).link("dev").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await focusedText(page), "Skip to content");
  await page.keyboard.press("Enter");
  await becomes(async () => (await shell.focused()).tag, "main");
  assert.equal(await shell.hash(), "#/p/simple-demo", "the address stays");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
});

check("slash_searches_and_escape_empties_then_leaves", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("qa");
  await becomes(() => list.keys(), ["qa"]);
  await becomes(() => list.search.inputValue(), "qa", "the slash itself is not typed");
  await page.keyboard.press("Escape");
  await becomes(async () => (await list.keys()).length, 9);
  assert.equal(await list.search.evaluate((field) => field === document.activeElement), true);
  await page.keyboard.press("Escape");
  assert.equal(await list.search.evaluate((field) => field === document.activeElement), false);
});

check("j_and_k_walk_the_rows_and_enter_opens_one", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  for (const [key, row] of [["j", "base"], ["j", "dev"], ["j", "dev5"], ["k", "dev"]]) {
    await page.keyboard.press(key);
    await becomes(() => focusedText(page), row);
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "dev", exact: true }).waitFor();
  await page.goBack();
  await list.link("dev5").waitFor();
});

check("the_row_with_the_focus_keeps_it_while_the_list_refreshes", async ({ page, world, open }) => {
  const list = new Environments(page);
  await world.mutate({ project: "simple-demo", env: "dev", status: "updating" });
  await open("#/p/simple-demo");
  await list.link("qa").focus();
  const mark = await world.mark();
  await until(() => world.journal({ after: mark, path: "/openapi/environments" }), (calls) => calls.length >= 4, "the page looks again");
  assert.equal(await focusedText(page), "qa");
  await page.keyboard.press("j");
  await becomes(() => focusedText(page), "staging");
});

check("question_mark_shows_the_shortcuts_and_escape_closes_them", async ({ page, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/p/simple-demo");
  await list.link("qa").focus();
  await page.keyboard.press("?");
  await shell.shortcuts.getByText("Go to a page, project or environment").waitFor();
  await page.keyboard.press("Escape");
  await shell.shortcuts.waitFor({ state: "hidden" });
  assert.equal(await focusedText(page), "qa", "the focus is back where it was");
});

check("shortcuts_do_nothing_while_a_dialog_is_open", async ({ page, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await page.keyboard.press("?");
  await shell.shortcuts.waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("/");
  assert.equal(await shell.shortcuts.evaluate((dialog) => dialog.contains(document.activeElement)), true);
});

check("the_palette_leads_to_an_environment_by_a_few_letters", async ({ page, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await page.keyboard.press("Control+k");
  await shell.palette.waitFor();
  await page.keyboard.type("prod-e");
  const options = shell.palette.getByRole("option");
  await becomes(() => options.count(), 1);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "prod-eu" }).waitFor();
  await shell.palette.waitFor({ state: "hidden" });
});

check("the_palette_is_walked_with_the_arrows_and_says_when_nothing_fits", async ({ page, open }) => {
  const shell = new Shell(page);
  await open("#/settings");
  await page.keyboard.press("Control+k");
  const options = shell.palette.getByRole("option");
  await options.filter({ hasText: "Bad Day" }).waitFor();
  const field = shell.palette.getByRole("combobox");
  const chosen = () => shell.palette.getByRole("option", { selected: true }).allTextContents();
  const all = await options.allTextContents();
  assert.deepEqual(await chosen(), [all[0]]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await becomes(chosen, [all[2]]);
  const active = await field.getAttribute("aria-activedescendant");
  await becomes(() => page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowUp");
  await becomes(chosen, [all[1]]);
  await field.fill("nothing of that name");
  await shell.palette.getByText("No matching page, project or environment of this project").waitFor();
  await page.keyboard.press("Escape");
  await shell.palette.waitFor({ state: "hidden" });
  await page.keyboard.press("Control+k");
  await becomes(() => field.inputValue(), "", "it begins anew");
});

check("the_palette_opens_out_of_a_search_field", async ({ page, open }) => {
  const [projects, shell] = [new Projects(page), new Shell(page)];
  await open("#/projects");
  await projects.search.click();
  await page.keyboard.press("Control+k");
  await shell.palette.getByRole("combobox").waitFor();
  assert.equal(await shell.palette.getByRole("combobox").evaluate((field) => field === document.activeElement), true);
});

check("r_refreshes", async ({ page, world, open }) => {
  const list = new Environments(page);
  await world.fault({ path: "/openapi/environments/production", status: 403, times: 1 });
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await page.keyboard.press("r");
  await list.link("prod").waitFor();
});

check("a_page_is_told_by_its_title_and_the_focus_goes_to_its_heading", async ({ page, open }) => {
  const [projects, list, shell] = [new Projects(page), new Environments(page), new Shell(page)];
  await open();
  await projects.project("Simple Demo").waitFor();
  assert.equal(await page.title(), "Projects · Zadig Environments");
  await projects.project("Simple Demo").click();
  await list.link("prod").waitFor();
  assert.equal(await page.title(), "simple-demo · Projects · Zadig Environments");
  await becomes(async () => (await shell.focused()).tag, "h1");
  await list.link("prod").click();
  await becomes(() => page.title(), "PRODUCTION · prod · simple-demo · Projects · Zadig Environments");
  await becomes(async () => (await shell.focused()).text, "prod");
  await shell.crumbs.getByRole("link", { name: "simple-demo" }).click();
  await becomes(async () => (await shell.focused()).text, "simple-demo");
  await shell.navigation.getByRole("link", { name: "Settings" }).click();
  await becomes(() => page.title(), "Settings · Zadig Environments");
  await becomes(async () => (await shell.focused()).text, "Settings");
});

check("every_control_shows_where_the_focus_is", async ({ page, open }) => {
  await open("#/p/simple-demo");
  await new Environments(page).link("dev").waitFor();
  const bare = [];
  for (let i = 0; i < 30; i += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      // The ring may be drawn by the element, by what holds it, or by a pseudo element that covers its row.
      const looks = [element, element.parentElement, element.closest("[role=row]")].filter(Boolean)
        .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")]);
      const ringed = looks.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
      return { ringed, what: element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40) };
    });
    if (stop && !stop.ringed) bare.push(stop.what);
  }
  assert.deepEqual(bare, []);
});
