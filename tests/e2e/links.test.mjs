// No link leads nowhere, and no page is wider than a phone.
import assert from "node:assert/strict";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();

/** A page of each kind, with a text that shows that it is there. */
const PAGES = [
  ["#/connect", "Connection check"],
  ["#/projects", "Simple Demo"],
  ["#/p/simple-demo", "feature-cart"],
  ["#/p/shangcheng", "开发环境"],
  ["#/p/empty", "No environments yet"],
  ["#/p/simple-demo/test/dev", "notify-worker"],
  ["#/p/simple-demo/production/prod", "notify-worker"],
  ["#/p/bad-day/test/bad-day", "CrashLoopBackOff"],
  ["#/p/shangcheng/test/a-very-long-environment-name-that-somebody-really-uses-for-it", "internationalization-translation-memory-synchronisation-service"],
  ["#/p/simple-demo/test/dev/variables", "cpuLimit"],
  ["#/settings", "Read-only"],
  ["#/no/such/page", "Page not found"],
];

async function shown(page, text) {
  await page.getByRole("main").getByText(text).first().waitFor();
}

check("every_link_on_every_page_leads_to_a_page", async ({ page, open }) => {
  const links = new Map();
  await open();
  for (const [hash, text] of PAGES) {
    await page.evaluate((to) => (location.hash = to), hash);
    await shown(page, text);
    const found = await page.locator("a[href]:not(.skip-link)").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const href of found) links.set(href, hash);
  }
  const elsewhere = [...links.keys()].filter((href) => !href.startsWith("#/"));
  assert.deepEqual(elsewhere, [], "every link is one of this application's");
  const heading = new Shell(page).heading;
  for (const [href, from] of links) {
    await page.evaluate((to) => (location.hash = to), href);
    await heading.first().waitFor({ state: "attached" });
    await becomes(() => page.getByText("Page not found").count(), 0, `${href} on ${from} leads nowhere`);
  }
});

check("a_link_that_leads_nowhere_is_shown_with_the_way_back", async ({ page, open }) => {
  await open("#/p/simple-demo/test/dev/no-such-tab");
  await page.getByText("The link “#/p/simple-demo/test/dev/no-such-tab” does not lead to a page").waitFor();
  await page.getByRole("link", { name: "Go to projects" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
});

check("each_page_has_one_first_heading_and_one_main_part", async ({ page, open }) => {
  await open();
  for (const [hash, text] of PAGES) {
    await page.evaluate((to) => (location.hash = to), hash);
    await shown(page, text);
    await becomes(() => page.getByRole("heading", { level: 1 }).count(), 1, hash);
    await becomes(() => page.getByRole("main").count(), 1, hash);
  }
});

for (const [name, width, locale] of [["phone", 390, "en-US"], ["narrow_phone", 320, "en-US"], ["phone_in_chinese", 390, "zh-CN"]]) {
  check(`no_page_scrolls_sideways_on_a_${name}`, { viewport: { width, height: 844 }, locale }, async ({ page, open }) => {
    const wide = [];
    await open();
    for (const [hash, text] of PAGES) {
      await page.evaluate((to) => (location.hash = to), hash);
      if (locale === "en-US") await shown(page, text);
      else await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const over = await page.evaluate(() => [document.documentElement, document.querySelector("main")]
        .map((box) => box.scrollWidth - box.clientWidth));
      if (Math.max(...over) > 0) wide.push(`${hash}: ${over.join(", ")} px too wide`);
    }
    assert.deepEqual(wide, []);
  });
}

check("on_a_phone_every_control_is_within_the_page", { viewport: { width: 390, height: 844 } }, async ({ page, open }) => {
  const out = [];
  await open();
  for (const [hash, text] of PAGES) {
    await page.evaluate((to) => (location.hash = to), hash);
    await shown(page, text);
    const found = await page.evaluate(controlsOutside);
    out.push(...found.map((what) => `${hash}: ${what}`));
  }
  assert.deepEqual(out, []);
});

/** What can be pressed and lies outside the window, unless a part that scrolls by itself or an ellipsis holds it. */
function controlsOutside() {
  const held = (one) => {
    for (let at = one.parentElement; at && at.tagName !== "MAIN"; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const inside = box.left >= -1 && box.right <= innerWidth + 1;
      if (overflowX !== "visible" && inside) return /auto|scroll/.test(overflowX) || one.getBoundingClientRect().left < box.right - 16;
    }
    return false;
  };
  return [...document.querySelectorAll("a, button, input")]
    .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest(".skip-link"))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
    })
    .filter((one) => !held(one))
    .map((one) => one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 40));
}
