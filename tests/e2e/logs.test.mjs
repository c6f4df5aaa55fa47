// Logs over fetch, and what a reader does with them.
import assert from "node:assert/strict";
import { Logs, logsLink, podsOf } from "./pages/logs.mjs";
import { LIVELY } from "./support/world.mjs";
import { transportCases } from "./support/logs-cases.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite({ config: { ...LIVELY, logHiddenSeconds: 1 } });
transportCases(check);

const PLACE = { project: "simple-demo", env: "dev" };

async function numbered(world, open, rule, query = {}) {
  const [pod] = await podsOf(world, "web");
  await world.logs({ pod, mode: "numbered", begin: "first_stream", format: "{n9} line of the test", ...rule });
  await open(logsLink("web", { pod, container: "web", tail: "all", ...query }));
  return pod;
}

check("a_rollout_is_followed_new_pods_join_and_old_ones_are_marked", async ({ page, world, open }) => {
  const logs = new Logs(page);
  await open(logsLink("web"));
  await logs.view.getByText("2 of 2 pods").waitFor();
  const before = await podsOf(world, "web");
  await world.mutate({ ...PLACE, service: { name: "web", rollout: true } });
  await until(() => podsOf(world, "web"), (now) => now.length === 2 && !now.some((pod) => before.includes(pod)), "the rollout ends", 60_000);
  await logs.view.locator("summary", { hasText: "of 4 pods" }).click();
  for (const pod of before) {
    await logs.view.locator(`.log-pod-entry.over[data-pod="${pod}"]`).waitFor();
  }
  const fresh = (await podsOf(world, "web"))[0];
  await logs.view.locator(`[data-pod="${fresh}"]`).getByRole("button", { name: "Only this one" }).click();
  const names = async () => new Set(await logs.rows.locator(".log-row > .log-pod").allInnerTexts());
  await until(names, ({ size }) => size === 1, "only the new pod's lines are there");
});

check("any_scrolling_releases_the_end_and_the_pill_leads_back", async ({ page, world, open }) => {
  const logs = new Logs(page);
  await numbered(world, open, { rate: 100, count: 100_000 });
  await until(() => logs.kept(), (kept) => kept > 60, "lines come");
  await logs.rows.hover();
  await page.mouse.wheel(0, -200);
  await logs.pill.waitFor();
  const seen = (await logs.drawn())[20];
  const kept = await logs.kept();
  await until(() => logs.kept(), (now) => now > kept + 60, "lines go on coming");
  assert.equal((await logs.drawn())[20], seen, "what is read stays where it is");
  await matches(() => logs.pill.innerText(), /\d+ new/);
  await logs.pill.click();
  await logs.pill.waitFor({ state: "detached" });
  await logs.key("ArrowUp");
  await logs.key("PageUp");
  await logs.pill.waitFor();
  await logs.key("End");
  await logs.pill.waitFor({ state: "detached" });
});

check("a_pause_freezes_the_view_and_loses_nothing", async ({ page, world, open }) => {
  const logs = new Logs(page);
  const count = 600;
  await numbered(world, open, { rate: 150, count });
  await until(() => logs.kept(), (kept) => kept > 30, "lines come");
  await logs.key("p");
  const frozen = await logs.drawn();
  await until(() => logs.pill.innerText(), (text) => /Paused, [\d,]{2,} new/.test(text), "lines wait");
  assert.deepEqual(await logs.drawn(), frozen);
  await logs.key("p");
  await until(() => logs.kept(), (kept) => kept === count, "all arrive");
  assert.equal((await logs.download()).length, count);
});

check("a_selection_over_rows_that_are_not_drawn_is_copied_whole", async ({ page, world, context, open }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const logs = new Logs(page);
  await numbered(world, open, { count: 2_000, rate: 100_000 });
  await until(() => logs.kept(), (kept) => kept === 2_000, "all lines are there");
  await logs.key("Home");
  const rows = logs.rows.locator(".log-row");
  const from = await rows.nth(2).boundingBox();
  const to = await rows.nth(6).boundingBox();
  await page.mouse.move(from.x + 40, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + 60, to.y + 8, { steps: 3 });
  await page.mouse.up();
  await logs.key("c");
  await logs.status.getByText("5 lines copied").waitFor();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual((await read()).trim().split("\n").map((line) => Number(line.slice(0, 9))), [3, 4, 5, 6, 7]);
  await logs.key("Control+a");
  await logs.key("Control+c");
  await logs.status.getByText("2,000 lines copied").waitFor();
  assert.equal((await read()).trim().split("\n").length, 2_000);
});

check("a_search_counts_while_lines_stream_in_and_goes_from_match_to_match", async ({ page, world, open }) => {
  const logs = new Logs(page);
  await numbered(world, open, { rate: 300, count: 3_000 });
  await logs.key("/");
  await page.keyboard.type("00 line");
  await until(() => logs.found.innerText(), (text) => Number(text.match(/\d+/)) > 2, "matches are counted");
  const early = Number((await logs.found.innerText()).match(/\d+/));
  await until(() => logs.found.innerText(), (text) => Number(text.match(/\d+/)) > early + 2, "more are found");
  await until(() => logs.kept(), (kept) => kept === 3_000, "all arrive");
  await page.keyboard.press("Escape");
  await logs.search.fill("00 line");
  await page.keyboard.press("Enter");
  await logs.found.getByText(/^\d+ of 30$/).waitFor();
  await logs.button("Matches only").click();
  await until(() => logs.drawn(), (lines) => lines.every((line) => line.includes("00 line")), "others are hidden");
  await logs.status.getByText("30 of 3,000 lines").waitFor();
  await logs.button("Regular expression").click();
  await logs.search.fill("(");
  await logs.view.getByRole("alert").getByText("Not a valid regular expression").waitFor();
  assert.equal((await logs.drawn()).length > 0, true, "what was shown stays");
  await logs.search.fill("^0{6}2.0 ");
  await until(() => logs.drawn(), (lines) => lines.length === 10, "the expression counts");
});

check("a_match_is_opened_in_its_context_and_fields_filter", async ({ page, world, open }) => {
  const logs = new Logs(page);
  const [pod] = await podsOf(world, "web");
  const lines = Array.from({ length: 60 }, (_, n) => JSON.stringify({ level: n % 10 ? "info" : "error", msg: `call ${n}`, status: n % 10 ? 200 : 503 }));
  await world.logs({ pod, lines });
  await open(logsLink("web", { pod, container: "web", tail: "all", q: "@status>=500", only: "1" }));
  await becomes(async () => (await logs.drawn()).length, 6);
  await logs.rows.locator(".log-row").nth(2).dblclick();
  await logs.details.getByRole("row", { name: /status 503/ }).waitFor();
  await logs.details.locator(".log-around").getByText("call 21").waitFor();
  await logs.details.getByRole("button", { name: "Show in the whole log" }).click();
  await until(() => logs.drawn(), (now) => now.some((line) => line.includes("call 21")), "the rows around it are shown");
  await logs.key("Escape");
  await logs.details.waitFor({ state: "detached" });
});

check("the_dock_survives_navigation_and_a_link_opens_the_same_view", async ({ page, context, world, open, newPage }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const logs = new Logs(page);
  await open("#/p/simple-demo/test/dev/services/web");
  const [pod] = await podsOf(world, "web");
  await page.getByRole("link", { name: `Logs of ${pod}` }).click();
  await until(() => logs.kept(), (kept) => kept > 0, "the log opens");
  const mark = await world.mark();
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  assert.equal(await logs.link(), "live");
  assert.equal((await world.journal({ after: mark, path: "/openapi/logs/sse" })).length, 0, "the stream goes on");
  await logs.search.fill("GET");
  await logs.view.locator("summary[aria-label='More']").click();
  await logs.button("Copy a link to this view").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await newPage();
  const kept = await page.evaluate(() => sessionStorage.getItem("zadig-environments-token"));
  await other.addInitScript((token) => sessionStorage.setItem("zadig-environments-token", token), kept);
  await other.goto(link);
  const again = new Logs(other);
  await until(() => again.kept(), (now) => now > 0, "the same log opens");
  await becomes(() => again.search.inputValue(), "GET");
  await other.getByRole("heading", { level: 1, name: "dev" }).waitFor();
  await other.reload();
  await until(() => again.kept(), (now) => now > 0, "a reload brings it back");
});

check("the_dock_is_resized_by_keyboard_and_fills_the_page_by_one_key", async ({ page, open }) => {
  const logs = new Logs(page);
  await open(logsLink("web"));
  const handle = page.getByRole("separator", { name: "Height of the log dock" });
  const before = (await logs.dock.boundingBox()).height;
  await handle.press("ArrowUp");
  await becomes(async () => (await logs.dock.boundingBox()).height, before + 32);
  await logs.key("Shift+F");
  await becomes(async () => (await logs.dock.boundingBox()).height, 900);
  await logs.key("Escape");
  await becomes(async () => (await logs.dock.boundingBox()).height, before + 32);
});

check("six_containers_share_four_streams_and_all_are_read", async ({ world, page, open }) => {
  const logs = new Logs(page);
  await open(logsLink("order"));
  await logs.view.getByText("6 of 6 pods").waitFor();
  await logs.status.getByText("4 of 4 streams").waitFor();
  const most = [];
  await until(
    async () => {
      most.push((await world.streams()).open);
      return new Set((await logs.download()).map((line) => line.split("\t")[0])).size;
    },
    (sources) => sources === 6,
    "every container gets its turn",
    60_000,
  );
  // The server notices the end of a stream a moment after the page has ended it and begun the next.
  const lasting = most.slice(1).map((open, index) => Math.min(open, most[index]));
  assert.ok(Math.max(...lasting) <= 4, `at most four streams: ${most}`);
});

check("a_log_on_the_whole_screen_has_the_keys_and_the_page_behind_it_has_none", async ({ page, open }) => {
  const logs = new Logs(page);
  await open(logsLink("web"));
  await logs.dock.getByRole("button", { name: "Full screen" }).click();
  const inert = () => page.locator(".shell > main, .shell > .rail, .shell > .topbar").evaluateAll((all) => all.map((one) => one.inert));
  await becomes(inert, [true, true, true]);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  await becomes(() => logs.search.evaluate((field) => field === document.activeElement), true);
  await logs.dock.getByRole("button", { name: "Exit full screen" }).click();
  await becomes(inert, [false, false, false]);
});

check("the_tab_in_front_has_a_stream_first_and_the_others_say_that_they_pause", async ({ page, world, open }) => {
  const logs = new Logs(page);
  const services = ["web", "order", "gateway", "stock", "coupon", "payment"];
  const links = [];
  for (const service of services) {
    const [pod] = await podsOf(world, service);
    links.push(logsLink(service, { pod, container: service }));
  }
  await open(links[0]);
  for (const link of links.slice(1)) {
    await logs.rows.locator(".log-row").first().waitFor();
    await page.evaluate((hash) => { location.hash = hash; }, link);
  }
  await becomes(() => logs.tabs.count(), services.length);
  await until(() => logs.link(), (link) => link === "live", "the newest tab is read");
  const paused = logs.dock.locator(".tab-paused");
  await until(() => paused.count(), (count) => count === 2, "two of six tabs pause");
  await logs.status.getByText(/^Paused: /).waitFor();
  assert.ok((await world.streams()).open <= 4);
  // A tab that pauses is read as soon as it is looked at.
  await logs.tabs.filter({ has: page.locator(".tab-paused") }).first().click();
  await until(() => logs.link(), (link) => link === "live" || link === "waiting", "it goes on");
  await until(() => paused.count(), (count) => count === 2, "another one pauses in its place");
});
