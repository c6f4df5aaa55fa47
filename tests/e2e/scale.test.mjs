// 5,000 environments: opened, filtered, scrolled and walked through with a bounded page.
import assert from "node:assert/strict";
import { Environments } from "./pages/environments.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const ENVIRONMENTS = 5000;
const MOST_NODES = 2000;
const check = suite({ options: { scale: ENVIRONMENTS }, config: { refresh: { busySeconds: 5, idleSeconds: 60 } } });

const shown = (page) => page.getByRole("main").getByRole("status").first().textContent();

async function opened(page, open, hash = "#/p/scale") {
  const list = new Environments(page);
  await open(hash);
  await list.table.getByRole("link").first().waitFor();
  return list;
}

check("five_thousand_environments_open_with_a_bounded_page", async ({ page, open, t }) => {
  const started = performance.now();
  const list = await opened(page, open);
  t.diagnostic(`opened in ${Math.round(performance.now() - started)} ms`);
  await becomes(() => shown(page), "5,000");
  assert.equal((await list.keys())[0], "env-00000");
  await becomes(() => list.table.getAttribute("aria-rowcount"), "5001");
  const nodes = await new Shell(page).nodes();
  t.diagnostic(`${nodes} nodes`);
  assert.ok(nodes < MOST_NODES, `${nodes} nodes`);
});

check("every_keystroke_filters_all_of_them", async ({ page, open, t }) => {
  const list = await opened(page, open);
  await list.search.focus();
  const times = [];
  let typed = "";
  for (const key of "0499") {
    typed += key;
    times.push(await keystroke(page, key));
    await becomes(() => shown(page), `${matching(typed).toLocaleString("en")} of 5,000`);
  }
  t.diagnostic(`from input to painted rows: ${times.map((time) => `${time.toFixed(0)} ms`).join(", ")}`);
  assert.deepEqual((await list.keys()).slice(0, 2), ["env-00499", "env-04990"]);
  assert.ok(await new Shell(page).nodes() < MOST_NODES);
  await list.search.press("Escape");
  await becomes(() => shown(page), "5,000");
});

check("states_and_kinds_are_counted_over_all_of_them", async ({ page, open }) => {
  const list = await opened(page, open);
  await matches(() => list.state("Normal").innerText(), /3,335$/);
  await matches(() => list.state("Failed").innerText(), /416$/);
  await list.kind("Production").click();
  await becomes(() => shown(page), "500 of 5,000");
  await matches(() => list.state("Sleeping").innerText(), /84$/);
  await list.state("Sleeping").click();
  await becomes(() => shown(page), "84 of 5,000");
});

check("the_last_row_is_reached_by_scrolling", async ({ page, open, t }) => {
  const list = await opened(page, open);
  const main = page.getByRole("main");
  await main.evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await list.link("env-04999").waitFor();
  const box = await list.link("env-04999").boundingBox();
  assert.ok(box.y > 0 && box.y + box.height <= 900, "and it is in sight");
  const nodes = await new Shell(page).nodes();
  assert.ok(nodes < MOST_NODES, `${nodes} nodes`);
  const longest = await scrollThrough(page);
  t.diagnostic(`longest frame while scrolling through: ${longest.toFixed(0)} ms`);
  await main.evaluate((scroller) => scroller.scrollTo(0, 0));
  await list.link("env-00000").waitFor();
  await list.link("env-04999").waitFor({ state: "detached" });
});

check("the_keyboard_walks_past_the_edge_of_what_is_drawn", async ({ page, open }) => {
  const list = await opened(page, open);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim().slice(0, 80));
  for (let i = 0; i <= 60; i += 1) await page.keyboard.press("j");
  await becomes(focused, "env-00060");
  const box = await list.link("env-00060").boundingBox();
  assert.ok(box.y > 0 && box.y + box.height <= 900, "the row with the focus is in sight");
  for (let i = 0; i < 45; i += 1) await page.keyboard.press("k");
  await becomes(focused, "env-00015");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "env-00015" }).waitFor();
});

check("keys_that_are_faster_than_frames_lose_no_row", async ({ page, open }) => {
  await opened(page, open);
  await page.evaluate(async () => {
    const channel = new MessageChannel();
    // Lets everything run that was asked for, and no frame be drawn.
    const task = () => new Promise((resolve) => {
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });
    for (let pressed = 0; pressed <= 60; pressed += 1) {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, composed: true, cancelable: true }));
      await task();
    }
    channel.port1.close();
  });
  await becomes(() => page.evaluate(() => document.activeElement.textContent.trim().slice(0, 9)), "env-00060");
});

check("sorting_turns_all_of_them_round", async ({ page, open }) => {
  const list = await opened(page, open);
  await list.sortBy("Environment");
  await becomes(async () => (await list.keys())[0], "env-04999");
  await list.sortBy("State");
  await list.table.getByRole("row").nth(1).getByText("Failed").waitFor();
});

/** How many of the simulator's environments have the text in their key or, every third, in their alias. */
function matching(text) {
  const words = (i) => [`env-${String(i).padStart(5, "0")}`, i % 3 === 0 ? `Environment number ${i}` : ""];
  return Array.from({ length: ENVIRONMENTS }, (_, i) => words(i)).filter((all) => all.some((one) => one.includes(text))).length;
}

/** Presses a key in the search field; gives the time from the input event to the frame after the rows changed. */
async function keystroke(page, key) {
  await page.evaluate(() => {
    window.painted = new Promise((resolve) => {
      let started;
      document.activeElement.addEventListener("input", () => {
        started = performance.now();
        // The page's own listener runs after this one; two frames later what it did is on the screen.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
      }, { once: true, capture: true });
    });
  });
  await page.keyboard.press(key);
  return page.evaluate(() => window.painted);
}

/** Scrolls through the whole list in big steps; gives the longest time between two frames. */
function scrollThrough(page) {
  return page.getByRole("main").evaluate((scroller) => new Promise((resolve) => {
    let [last, longest, at] = [performance.now(), 0, scroller.scrollHeight];
    const step = (now) => {
      longest = Math.max(longest, now - last);
      last = now;
      at -= 6000;
      scroller.scrollTo(0, at);
      if (at > 0) requestAnimationFrame(step);
      else resolve(longest);
    };
    requestAnimationFrame(step);
  }));
}
