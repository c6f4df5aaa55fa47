// What a reader does with a log: choosing the past, marking, wrapping, expanding, taking lines and links away.
import assert from "node:assert/strict";
import { Logs, logsLink, podsOf } from "./pages/logs.mjs";
import { LIVELY } from "./support/world.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite({ config: LIVELY });

/** Opens the log of the first pod of `web`, which writes these lines. */
async function written({ world, open }, lines, query = {}) {
  const [pod] = await podsOf(world, "web");
  await world.logs({ pod, lines });
  await open(logsLink("web", { pod, container: "web", tail: "all", ...query }));
  return pod;
}

const asked = async (world, after) => (await world.journal({ after, path: "/openapi/logs/sse" })).map((entry) => entry.query);

check("numbers_choose_the_past_as_in_k9s", async ({ page, world, open }) => {
  const logs = new Logs(page);
  const [pod] = await podsOf(world, "web");
  await world.logs({ pod, mode: "numbered", count: 3_000, format: "{n9} line" });
  await open(logsLink("web", { pod, container: "web" }));
  await until(() => logs.kept(), (kept) => kept === 1_000, "the newest thousand");
  const mark = await world.mark();
  await logs.key("1");
  await until(() => logs.kept(), (kept) => kept === 3_000, "everything");
  await until(() => logs.drawn(), (lines) => lines[0] === "000000001 line", "it begins at the start");
  await logs.key("4");
  await until(() => asked(world, mark), (queries) => queries.some((query) => query.since === "15m"), "since is asked for");
  await becomes(() => logs.view.getByRole("combobox", { name: "Since" }).inputValue(), "15m");
  await logs.key("0");
  await until(() => logs.kept(), (kept) => kept === 1_000, "the newest thousand again");
  await until(() => logs.drawn(), (lines) => lines.at(-1) === "000003000 line", "the end is followed");
});

check("a_zadig_that_cannot_limit_by_time_says_so_and_is_not_asked", async ({ page, world, open }) => {
  await world.reset({ version: "v3.4.0" });
  const logs = new Logs(page);
  await open(logsLink("web"));
  await until(() => logs.kept(), (kept) => kept > 0, "lines come");
  const mark = await world.mark();
  await logs.key("3");
  await logs.status.getByText("This Zadig cannot limit logs by time").waitFor();
  await becomes(() => logs.view.getByRole("combobox", { name: "Since" }).count(), 0);
  assert.deepEqual(await asked(world, mark), []);
});

check("first_lines_of_several_pods_are_shown_in_the_order_they_were_written", async ({ page, world, open }) => {
  const logs = new Logs(page);
  const pods = await podsOf(world, "web");
  const stamp = (n) => new Date(Date.UTC(2026, 10, 24, 7, 0, n)).toISOString();
  const lines = Array.from({ length: 60 }, (_, n) => `${stamp(n)} line ${n}`);
  // One pod has the even lines, the other the odd ones; a stack frame goes with its line.
  for (const [which, pod] of pods.entries()) {
    const own = lines.filter((_, n) => n % 2 === which);
    await world.logs({ pod, lines: own.flatMap((line, at) => (at === 5 ? [line, `at a.b(C.java:${which})`] : [line])) });
  }
  await open(logsLink("web"));
  await until(() => logs.kept(), (kept) => kept === 62, "all lines come");
  const shown = (await logs.download()).map((line) => line.split("\t")[1]);
  const expected = lines.flatMap((line, n) => (n === 10 || n === 11 ? [line, `at a.b(C.java:${n - 10})`] : [line]));
  assert.deepEqual(shown, expected);
});

check("marks_stay_with_their_lines_and_lead_from_one_to_the_next", async (given) => {
  const { page } = given;
  const logs = new Logs(page);
  await written(given, Array.from({ length: 500 }, (_, n) => `line ${n}`));
  await until(() => logs.kept(), (kept) => kept === 500, "all lines are there");
  const cursor = logs.rows.locator(".log-row.cursor .log-text");
  await logs.key("Home");
  await logs.key("ArrowDown");
  await logs.key("m");
  await logs.key("End");
  await logs.key("ArrowUp");
  await logs.key("m");
  await logs.key("]");
  await becomes(() => cursor.allInnerTexts(), ["line 1"]);
  await logs.key("]");
  await becomes(() => cursor.allInnerTexts(), ["line 499"]);
  await logs.key("[");
  await becomes(() => cursor.allInnerTexts(), ["line 1"]);
  await becomes(() => logs.rows.locator(".log-row.marked .log-text").allInnerTexts(), ["line 1"]);
  await logs.key("m");
  await becomes(() => logs.rows.locator(".log-row.marked").count(), 0);
});

check("long_lines_wrap_times_are_shown_and_the_view_is_cleared", async (given) => {
  const { page, world } = given;
  const logs = new Logs(page);
  const long = "word ".repeat(200).trim();
  const pod = await written(given, ["2026-11-24T07:01:02.345Z INFO one", long, "plain"]);
  await until(() => logs.kept(), (kept) => kept === 3, "all lines are there");
  const row = logs.rows.locator(".log-row").nth(1);
  assert.equal((await row.boundingBox()).height, 20);
  await logs.key("w");
  await until(async () => (await row.boundingBox()).height, (height) => height > 60, "it wraps");
  const times = () => logs.rows.locator(".log-time").allInnerTexts();
  await logs.key("t");
  await until(times, (all) => all.every((time) => /^\d\d:\d\d:\d\d\.\d{3}$/.test(time)), "arrival");
  await logs.key("t");
  await until(times, ([one, two, three]) => /:01:02\.345$/.test(one) && two === "" && three === "", "the line's own time");
  await logs.key("Shift+C");
  await until(() => logs.kept(), (kept) => kept === 0, "the view is empty");
  await world.logs({ pod, lines: ["after the clear"] });
  await becomes(() => logs.drawn(), ["after the clear"]);
});

check("a_json_line_is_opened_into_its_fields_and_a_field_becomes_a_filter", async (given) => {
  const { page } = given;
  const logs = new Logs(page);
  const entry = (n) => JSON.stringify({ level: n % 2 ? "error" : "info", msg: `call ${n}`, http: { status: n % 2 ? 503 : 200, path: "/api/orders" } });
  await written(given, Array.from({ length: 20 }, (_, n) => entry(n)));
  await until(() => logs.kept(), (kept) => kept === 20, "all lines are there");
  await logs.key("Home");
  await logs.key("ArrowDown");
  await logs.key("Enter");
  await logs.details.getByRole("row", { name: /msg call 1/ }).waitFor();
  await logs.details.getByRole("row", { name: /http\.path \/api\/orders/ }).waitFor();
  await logs.details.getByRole("row", { name: /http\.status 503/ }).getByRole("button", { name: "Only lines with this value" }).click();
  await becomes(() => logs.search.inputValue(), "@http.status=503");
  await logs.status.getByText("10 of 20 lines").waitFor();
  await logs.key("Escape");
  await logs.details.waitFor({ state: "detached" });
  await logs.search.fill("");
  // Warnings and errors have counts that narrow the view.
  await logs.status.getByRole("button", { name: "10 errors" }).click();
  await until(() => logs.drawn(), (lines) => lines.length === 10 && lines.every((line) => line.includes("503")), "errors only");
});

check("a_download_is_the_text_of_the_log_and_never_holds_the_token", async (given) => {
  const { page, world } = given;
  const logs = new Logs(page);
  await written(given, ["one", "two three", "\u001b[31mred\u001b[0m"]);
  await until(() => logs.kept(), (kept) => kept === 3, "all lines are there");
  assert.deepEqual(await logs.download(), ["one", "two three", "red"]);
  await logs.search.fill("two");
  await logs.button("Matches only").click();
  await logs.status.getByText("1 of 3 lines").waitFor();
  assert.deepEqual(await logs.download("Download what is shown"), ["two three"]);
  const pods = await podsOf(world, "web");
  await given.open(logsLink("web"));
  await until(() => logs.kept(), (kept) => kept > 3, "the service's log opens");
  const text = (await logs.download()).join("\n");
  assert.ok(pods.some((pod) => text.includes(`${pod}/web\t`)), "lines say where they are from");
  const token = world.tokens.admin;
  for (const secret of [token, ...token.split("."), "Bearer"]) {
    assert.ok(!text.includes(secret), "the token stays out of it");
  }
});

check("a_link_brings_back_the_pods_that_were_shown_and_the_filter", async ({ page, context, world, open, newPage }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const logs = new Logs(page);
  const pods = await podsOf(world, "web");
  for (const pod of pods) await world.logs({ pod, lines: ["alpha", "beta"].map((word) => `${word} of ${pod}`) });
  await open(logsLink("web"));
  await until(() => logs.kept(), (kept) => kept === 4, "all lines are there");
  await logs.view.locator("summary", { hasText: "of 2 pods" }).click();
  await logs.view.locator(`[data-pod="${pods[1]}"]`).getByRole("button", { name: "Only this one" }).click();
  await logs.search.fill("beta");
  await logs.button("Matches only").click();
  await becomes(() => logs.drawn(), [`beta of ${pods[1]}`]);
  await logs.view.locator("summary[aria-label='More']").click();
  await logs.button("Copy a link to this view").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await newPage();
  const token = await page.evaluate(() => sessionStorage.getItem("zadig-environments-token"));
  await other.addInitScript((kept) => sessionStorage.setItem("zadig-environments-token", kept), token);
  await other.goto(link);
  const again = new Logs(other);
  await becomes(() => again.drawn(), [`beta of ${pods[1]}`]);
  await again.view.locator("summary", { hasText: "1 of 2 pods" }).waitFor();
});

check("how_much_is_kept_is_set_in_the_settings_and_holds_for_open_logs", async (given) => {
  const { page, world } = given;
  const logs = new Logs(page);
  await written(given, Array.from({ length: 3_000 }, (_, n) => `line ${n}`));
  await until(() => logs.kept(), (kept) => kept === 3_000, "all lines are there");
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Settings" }).click();
  const page_ = page.getByRole("main");
  const lines = page_.getByRole("textbox", { name: "Lines kept per log" });
  await lines.fill("1,000");
  await lines.press("Tab");
  await until(() => logs.kept(), (kept) => kept === 1_000, "older lines go");
  await logs.status.getByText("2,000 older dropped").waitFor();
  await lines.fill("7");
  await lines.press("Tab");
  await becomes(() => lines.inputValue(), "1000", "too few is the least there can be");
  await lines.fill("many");
  await lines.press("Tab");
  await becomes(() => lines.inputValue(), "1000");
  const most = page_.getByRole("textbox", { name: "Megabytes kept per log" });
  await most.fill("8");
  await most.press("Tab");
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("zadig-environments-logs")));
  assert.deepEqual([kept.lines, kept.megabytes], [1_000, 8]);
  assert.equal(JSON.stringify(kept).includes(world.tokens.admin), false);
});
