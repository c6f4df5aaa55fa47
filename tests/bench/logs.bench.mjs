// How the log viewer bears heavy logs, in real Chromium, over real HTTP from the simulator. Prints one JSON object a line and
// fails when a limit is broken.
//
// Units: milliseconds, megabytes (10^6 bytes). `block` is the longest time in which the page could run nothing else, measured
// by a timer that is due every 4 ms; `blocked` the sum of what long tasks take beyond 50 ms; `stale` the longest time in which
// lines came and nothing was drawn; `js` and `wasm` the memory after a garbage collection; `ratio` the memory held for lines
// by their text; `nodes` all elements of the page. `verdict` says what was reached: `goal`, `limit`, or which number is over.
//
// Lines lost, memory and nodes are counted and must hold exactly. Times depend on what else the machine does: a run whose times
// are over the limit is made again, the best of BENCH_RUNS (3) counts, and it fails only beyond BENCH_NOISE (2) times the limit.
//
//     BENCH_LOGS=small    only the runs whose name contains this: small, filter, cap, five
import { chromium } from "playwright-core";
import { setting } from "../e2e/support/program.mjs";
import { World } from "../e2e/support/world.mjs";
import { logsLink, podsOf, Logs } from "../e2e/pages/logs.mjs";
import { until } from "../e2e/support/until.mjs";
import { browserArguments, probe, received, sample } from "./support/probe.mjs";
import { judge } from "./support/verdict.mjs";

/** 143 characters, as in the peer study. */
const LINE = `{n9} INFO  order-service handled request ${"abcdefghij ".repeat(8).slice(0, 93)}`;
const PATIENCE = 240_000;
const RUNS = Number(process.env.BENCH_RUNS ?? 3);
/** Looking costs the page time, so it is not looked at often. */
const GLANCE_MS = 500;

const world = await World.start({ config: { auth: "token", refresh: { busySeconds: 2, idleSeconds: 15 } } });
const browser = await chromium.launch({ executablePath: setting("E2E_CHROMIUM"), args: browserArguments() });
let broken = false;

async function openView(hash, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.addInitScript(probe);
  await page.addInitScript(([token, kept]) => {
    if (location.protocol === "about:") return;
    sessionStorage.setItem("zadig-environments-token", token);
    localStorage.setItem("zadig-environments-logs", kept);
  }, [world.tokens.admin, JSON.stringify({ height: 700, ...settings })]);
  await page.goto(`${world.base}/${hash}`);
  const logs = new Logs(page);
  await logs.rows.waitFor();
  await page.evaluate(() => window.watchRows());
  return { context, page, logs };
}

/** Waits until so many lines have come, without asking the page all the time. */
async function arrives({ page }, count) {
  const look = async () => {
    await page.waitForTimeout(GLANCE_MS);
    return page.evaluate(received);
  };
  await until(look, (now) => now >= count, `${count} lines arrive`, PATIENCE);
}

function print(row) {
  console.log(JSON.stringify(row));
}

/** Makes a run until its times are within the limit, at most RUNS times; prints the best and judges it. */
async function measure(name, run, more) {
  let best;
  for (let turn = 1; turn <= RUNS; turn += 1) {
    const { row, view } = await run();
    const { verdict, noise, failed } = judge(row);
    const counts = best === undefined || !noise || row.block_ms < best.row.block_ms;
    if (counts) best = { row: { ...row, runs: turn, verdict }, failed };
    const again = noise && turn < RUNS;
    if (!again && more) await more(view);
    await view.context.close();
    if (!again) break;
    console.log(`${name}: ${verdict} in run ${turn} (block ${row.block_ms} ms); once more`);
  }
  print(best.row);
  broken ||= best.failed;
}

async function stream(name, count, rate, options = {}) {
  const [pod] = await podsOf(world, "web");
  await world.logs({ pod, mode: "numbered", rate, count, begin: "first_stream", format: LINE });
  const view = await openView(logsLink("web", { pod, container: "web", tail: "all" }));
  let early;
  if (options.settled) {
    await arrives(view, options.settled);
    early = await sample(view.page);
    await view.page.evaluate(() => window.watchRows());
  }
  await arrives(view, count);
  const row = { what: name, sent: count, ...(await sample(view.page)) };
  // At the cap nothing may grow any more; a chunk or a garbage collection more or less is no growth.
  if (early) row.growth_mb = Number((row.wasm_mb + row.js_mb - early.wasm_mb - early.js_mb).toFixed(1));
  return { row, view };
}

/** One letter after the other into the search of a full view, hiding all else. */
async function keystrokes({ page, logs }) {
  await logs.search.fill("o");
  await logs.button("Matches only").click();
  await page.waitForTimeout(1_000);
  await logs.search.fill("");
  await page.waitForTimeout(1_500);
  for (const text of ["r", "re", "req", "0001", "ORDER"]) {
    await page.evaluate(() => window.watchRows());
    const began = Date.now();
    await logs.search.fill(text);
    // What is said about the search is at most 120 ms old.
    await page.waitForTimeout(150);
    await until(() => logs.found.getAttribute("class"), (name) => !name.includes("busy"), "the search ends", PATIENCE);
    const done_ms = Date.now() - began;
    const { block_ms, blocked_ms } = await sample(page);
    const row = { what: `filter "${text}" on 200,000 lines`, block_ms, blocked_ms, done_ms };
    const { verdict, failed } = judge(row);
    print({ ...row, verdict });
    broken ||= failed;
  }
}

async function five() {
  await world.logs({ pod: "web-*", mode: "numbered", rate: 2_000, count: 20_000, begin: "first_stream", format: LINE });
  const view = await openView(logsLink("web", { tail: "all" }));
  await arrives(view, 100_000);
  // A line shown twice would come now.
  await view.page.waitForTimeout(2_000);
  return { row: { what: "five pods at 2,000/s merged", sent: 100_000, ...(await sample(view.page)) }, view };
}

try {
  const wanted = process.env.BENCH_LOGS ?? "";
  const chosen = (name) => wanted === "" || name.includes(wanted);
  if (chosen("small")) {
    const name = "100,000 lines at 10,000/s";
    await measure(name, () => stream(name, 100_000, 10_000));
  }
  if (chosen("filter")) {
    const name = "200,000 lines at 20,000/s";
    await measure(name, () => stream(name, 200_000, 20_000), keystrokes);
  }
  if (chosen("cap")) {
    const name = "2,000,000 lines through a cap of 200,000";
    await measure(name, () => stream(name, 2_000_000, 60_000, { settled: 400_000 }));
  }
  if (chosen("five")) {
    await world.mutate({ project: "simple-demo", env: "dev", service: { name: "web", replicas: 5 } });
    await until(() => podsOf(world, "web"), (pods) => pods.length === 5, "five pods run");
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await measure("five pods at 2,000/s merged", five);
  }
} finally {
  await browser.close();
  await world.stop();
}
if (broken) process.exitCode = 1;
