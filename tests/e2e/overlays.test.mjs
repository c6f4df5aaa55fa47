// What lies over a page belongs to its place, input methods keep their keys, and copying works or says that it does not.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { configLink } from "./pages/configs.mjs";
import { Environment } from "./pages/environment.mjs";
import { Logs, logsLink, podsOf } from "./pages/logs.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();
const WEB = ["simple-demo", "test", "dev", "web"];

check("a_review_that_is_open_at_back_closes_and_sends_nothing", async ({ page, world, open }) => {
  await open("#/p/simple-demo/test/qa");
  await new Environment(page).heading("qa").waitFor();
  await page.evaluate((link) => { location.hash = link; }, serviceLink(...WEB));
  const [service, review] = [new Service(page, "web"), new Review(page)];
  await service.restart.click();
  await review.apply.waitFor();
  await page.goBack();
  await becomes(() => review.dialog.count(), 0, "Back closes the review");
  await service.drawer.waitFor();
  assert.match(page.url(), /services\/web$/, "and nothing else");
  await page.goBack();
  await new Environment(page).heading("qa").waitFor();
  await page.waitForTimeout(6_000);
  assert.deepEqual(await writes(world), []);
});

check("palette_menu_and_dialogs_close_when_the_place_changes", async ({ page, open }) => {
  const shell = new Shell(page);
  const go = (hash) => page.evaluate((hash) => { location.hash = hash; }, hash);
  await open("#/p/simple-demo");
  await page.locator("[data-env]").first().or(page.getByRole("link", { name: "dev", exact: true }).first()).waitFor();
  await page.keyboard.press("Control+k");
  await shell.palette.waitFor();
  await go("#/settings");
  await shell.palette.waitFor({ state: "detached" }).catch(() => shell.palette.waitFor({ state: "hidden" }));
  await page.keyboard.press("?");
  await shell.shortcuts.waitFor();
  await page.goBack();
  await becomes(() => page.locator("dialog[open]").count(), 0);
  assert.match(page.url(), /#\/settings$/, "Back closes what is on top");
  await go("#/p/simple-demo/test/dev");
  await new Environment(page).heading("dev").waitFor();
  await page.locator("details.menu > summary").first().click();
  await becomes(() => page.locator("details.menu[open]").count(), 1);
  await go("#/p/simple-demo/test/qa");
  await becomes(() => page.locator("details.menu[open]").count(), 0);
});

check("a_review_does_not_open_over_the_page_that_was_gone_to", async ({ page, world, open }) => {
  await open("#/p/simple-demo/test/dev");
  const environment = new Environment(page);
  await environment.row("coupon").getByRole("checkbox", { name: "Select coupon" }).check();
  await world.fault({ method: "GET", path: "/openapi/environments/dev/services/coupon", delay_ms: 2_000, times: 0 });
  await page.getByRole("group", { name: "Actions" }).getByRole("button", { name: "Restart" }).click();
  await page.evaluate(() => { location.hash = "#/settings"; });
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await page.waitForTimeout(3_500);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

check("a_review_closes_when_a_link_leads_elsewhere_and_sends_nothing", async ({ page, world, open }) => {
  await open(serviceLink(...WEB));
  const [service, review] = [new Service(page, "web"), new Review(page)];
  await service.restart.click();
  await review.apply.waitFor();
  await page.evaluate(() => { location.hash = "#/p/simple-demo/test/qa"; });
  await new Environment(page).heading("qa").waitFor();
  await becomes(() => review.dialog.count(), 0, "nothing of the review is left over the other page");
  await page.waitForTimeout(6_000);
  assert.deepEqual(await writes(world), []);
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  const phone = viewport.width < 760;
  check(`back_closes_review_log_and_drawer_in_this_order_${viewport.width}_wide`, { viewport }, async ({ page, open }) => {
    const [environment, service, review] = [new Environment(page), new Service(page, "web"), new Review(page)];
    const logs = new Logs(page);
    await open("#/p/simple-demo/test/dev");
    await environment.heading("dev").waitFor();
    await page.evaluate((link) => { location.hash = link; }, serviceLink(...WEB));
    await service.workload().waitFor();
    await service.drawer.getByRole("link", { name: "Logs of all pods" }).click();
    await logs.rows.waitFor();
    if (!phone) await logs.dock.getByRole("button", { name: "Full screen" }).click();
    await until(async () => page.url(), (url) => /logs\/web\?full=1/.test(url), "the log has an address");
    await page.goBack();
    await (phone ? logs.rows.waitFor({ state: "detached" }) : becomes(() => page.locator(".dock.full").count(), 0));
    assert.match(page.url(), /services\/web$/);
    await service.drawer.waitFor();
    if (!phone) await logs.dock.getByRole("button", { name: "Close the log dock" }).click();
    await service.restart.click();
    await review.apply.waitFor();
    await page.goBack();
    await becomes(() => page.locator("dialog[open]").count(), 0);
    await service.drawer.waitFor();
    await page.goBack();
    await service.drawer.waitFor({ state: "detached" });
    await environment.heading("dev").waitFor();
  });
}

check("the_address_of_a_full_log_has_its_search_and_leads_back_to_it", async ({ page, open, newPage, world }) => {
  const logs = new Logs(page);
  const [pod] = await podsOf(world, "web");
  await open(logsLink("web", { pod, container: "web" }));
  await logs.rows.waitFor();
  await logs.key("F");
  await becomes(() => page.locator(".dock.full").count(), 1);
  await logs.search.fill("GET");
  await until(async () => page.url(), (url) => /q=GET/.test(url) && /full=1/.test(url), "what is searched is in the address");
  const link = page.url();
  await logs.key("Escape");
  await logs.key("Escape");
  await becomes(() => page.locator(".dock.full").count(), 0);
  assert.doesNotMatch(page.url(), /logs/);
  const other = await newPage();
  const stored = await page.evaluate(() => ({ ...sessionStorage }));
  delete stored["zadig-environments-dock"];
  await other.addInitScript((entries) => Object.entries(entries).forEach(([key, value]) => sessionStorage.setItem(key, value)), stored);
  await other.goto(link);
  const again = new Logs(other);
  await again.rows.waitFor();
  await becomes(() => other.locator(".dock.full").count(), 1);
  await becomes(() => again.search.inputValue(), "GET");
  assert.match(other.url(), /full=1/);
  await page.goForward();
  await becomes(() => page.locator(".dock.full").count(), 1, "Forward opens it again");
});

/** Presses a key as an input method does while it composes; gives whether the page took it. */
const composed = (locator, key, init = { isComposing: true }) =>
  locator.evaluate((element, [key, init]) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true, ...init });
    return !element.dispatchEvent(event);
  }, [key, init]);

// Where a key does something, how to come there, and what must not have changed.
const FIELDS = [
  ["palette", "#/p/simple-demo", async (page) => {
    await page.getByRole("link", { name: "dev", exact: true }).first().waitFor();
    await page.keyboard.press("Control+k");
    return page.getByRole("dialog", { name: "Go to …" }).getByRole("combobox").or(page.getByRole("dialog", { name: "Go to …" }).locator("input")).first();
  }, ["Enter", "ArrowDown", "ArrowUp"]],
  ["search of a list", "#/p/simple-demo", (page) => page.getByRole("searchbox").first(), ["Escape"]],
  ["drawer", serviceLink(...WEB), (page) => page.locator(".drawer h2").first(), ["Escape"]],
  ["menu", "#/p/simple-demo/test/dev", async (page) => {
    await page.locator("details.menu > summary").first().click();
    return page.locator("details.menu > summary").first();
  }, ["Escape"]],
  ["page", "#/p/simple-demo", (page) => page.locator("main"), ["/", "j", "k", "r", "p", "?"]],
  ["form of a config", configLink("test/dev", "ConfigMap", "app-settings", "form"), (page) => page.locator(".entry-value").first(), ["s"]],
];

for (const [name, link, reach, keys] of FIELDS) {
  check(`keys_of_an_input_method_do_nothing_in_the_${name.replaceAll(" ", "_")}`, async ({ page, open }) => {
    await open(link);
    const target = await reach(page);
    await target.waitFor();
    const before = await page.evaluate(() => [location.hash, document.querySelectorAll("dialog[open]").length, document.activeElement?.tagName]);
    for (const key of keys) {
      const modifier = key === "s" ? { ctrlKey: true } : {};
      assert.equal(await composed(target, key, { isComposing: true, ...modifier }), false, key);
      assert.equal(await composed(target, key, { keyCode: 229, ...modifier }), false, `${key} as Safari sends it`);
    }
    await page.waitForTimeout(100);
    assert.deepEqual(await page.evaluate(() => [location.hash, document.querySelectorAll("dialog[open]").length, document.activeElement?.tagName]), before);
  });
}

check("keys_of_an_input_method_do_nothing_in_a_log_and_its_search", async ({ page, world, open }) => {
  const [pod] = await podsOf(world, "web");
  await world.logs({ pod, lines: ["one", "two"] });
  await open(logsLink("web", { pod, container: "web", tail: "all" }));
  const logs = new Logs(page);
  await until(() => logs.drawn(), (lines) => lines.includes("two"), "the lines are there");
  await logs.search.fill("中");
  for (const key of ["Enter", "Escape"]) assert.equal(await composed(logs.search, key), false, key);
  assert.equal(await logs.search.inputValue(), "中");
  for (const key of ["f", "w", "F", "Escape", "ArrowDown"]) assert.equal(await composed(logs.rows, key), false, key);
  assert.equal(await page.locator(".dock.full").count(), 0);
  const handle = page.locator(".dock-handle");
  const height = await logs.dock.evaluate((dock) => dock.clientHeight);
  for (const key of ["ArrowUp", "ArrowDown"]) assert.equal(await composed(handle, key), false, key);
  assert.equal(await logs.dock.evaluate((dock) => dock.clientHeight), height);
  const more = logs.view.locator("summary[aria-label='More']");
  await more.click();
  assert.equal(await composed(more, "Escape"), false);
  assert.equal(await page.locator("details.log-menu[open]").count(), 1);
  await more.press("Escape");
  await becomes(() => page.locator("details.log-menu[open]").count(), 0, "the same key by itself closes it");
  // The same key by itself is taken.
  assert.equal(await composed(logs.rows, "F", {}), true);
});

const withoutClipboard = (page, works) =>
  page.addInitScript((works) => {
    window.copied = [];
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = (command) => {
      const field = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      if (command === "copy" && works) window.copied.push(field.value.slice(field.selectionStart, field.selectionEnd));
      return works;
    };
  }, works);

check("without_the_browsers_clipboard_copying_works_in_the_page_and_in_a_dialog", async ({ page, open }) => {
  await withoutClipboard(page, true);
  await open(serviceLink(...WEB));
  const [service, review] = [new Service(page, "web"), new Review(page)];
  await service.drawer.waitFor();
  await page.getByRole("button", { name: /^Copy simple-demo-env-dev|^Copy Namespace/ }).first().or(page.locator(".facts .copy").first()).first().click();
  await becomes(() => page.evaluate(() => window.copied), ["simple-demo-env-dev"]);
  await service.restart.click();
  await review.callTexts();
  await review.dialog.getByRole("button", { name: "Copy curl" }).click();
  await until(() => page.evaluate(() => window.copied[1] ?? ""), (text) => text.startsWith("curl"), "selected inside the dialog");
});

check("a_copy_that_the_browser_refuses_is_said", async ({ page, open }) => {
  await withoutClipboard(page, false);
  await open("#/p/simple-demo/test/dev");
  await page.locator(".facts .copy").first().click();
  const said = page.getByRole("alert").filter({ hasText: "Not copied: the browser does not allow it here" });
  await said.waitFor();
  await said.waitFor({ state: "detached" });
});

check("an_address_in_a_log_line_opens_with_control_and_is_text_otherwise", async ({ page, context, world, open }) => {
  const [pod] = await podsOf(world, "web");
  const address = `${world.base}/config.json`;
  await world.logs({ pod, lines: [`see ${address}, then go on`, "javascript://%0aalert(1) is none"] });
  await open(logsLink("web", { pod, container: "web", tail: "all" }));
  const link = page.locator(".log-url");
  await link.first().waitFor();
  assert.equal(await link.count(), 1);
  assert.deepEqual(
    await link.evaluate((one) => ["href", "target", "rel", "tabindex"].map((name) => one.getAttribute(name))),
    [address, "_blank", "noopener noreferrer", "-1"],
  );
  const opened = [];
  context.on("page", (one) => opened.push(one));
  await link.click();
  await page.waitForTimeout(300);
  assert.equal(opened.length, 0, "a plain click only sets the cursor");
  await link.click({ modifiers: ["Control"] });
  await until(async () => opened.length, (n) => n === 1, "a tab opens");
  assert.equal(await opened[0].evaluate(() => window.opener), null);
});

check("a_heading_that_takes_the_focus_by_program_has_no_ring", async ({ page, open }) => {
  await open("#/p/simple-demo/test/dev/services/order");
  const heading = page.getByRole("dialog", { name: "Service order" }).getByRole("heading", { level: 2 });
  await becomes(() => heading.evaluate((one) => one === document.activeElement && one.matches(":focus-visible")), true);
  assert.equal(await heading.evaluate((one) => getComputedStyle(one).outlineStyle), "none");
});
