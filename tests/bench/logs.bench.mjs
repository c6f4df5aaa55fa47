// How the log viewer bears heavy logs, in real Chromium, over real HTTP from the simulator. Prints one JSON object a line.
//
// Units: milliseconds, megabytes (10^6 bytes). `block` is the longest time in which the page could run nothing else, measured
// by a timer that is due every 4 ms; `blocked` the sum of long tasks beyond 50 ms; `stale` the longest time in which lines
// came and nothing was drawn; `ratio` the memory held for lines by their text.
import { chromium } from "playwright-core";
import { setting } from "../e2e/support/program.mjs";
import { World } from "../e2e/support/world.mjs";
import { logsLink, podsOf, Logs } from "../e2e/pages/logs.mjs";
import { until } from "../e2e/support/until.mjs";

const FLAGS = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--enable-precise-memory-info"];
/** 143 characters, as in the peer study. */
const LINE = `{n9} INFO  order-service handled request ${"abcdefghij ".repeat(8).slice(0, 93)}`;
const PATIENCE = 240_000;

/** Runs in the page before anything else. */
function probe() {
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const result = await start(...args);
    window.wasmMemory = result.instance.exports.memory;
    return result;
  };
  const seen = { block: 0, blocked: 0, stale: 0, drawn: 0, frames: 0 };
  window.seen = seen;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    seen.block = Math.max(seen.block, now - last - 4);
    last = now;
    setTimeout(tick, 4);
  };
  tick();
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) seen.blocked += task.duration - 50;
  }).observe({ type: "longtask" });
  window.watchRows = () => {
    Object.assign(seen, { block: 0, blocked: 0, stale: 0, drawn: performance.now(), frames: 0 });
    new MutationObserver(() => {
      const now = performance.now();
      seen.stale = Math.max(seen.stale, now - seen.drawn);
      seen.drawn = now;
      seen.frames += 1;
    }).observe(document.querySelector(".log-layer"), { childList: true });
  };
}

const world = await World.start({ config: { auth: "token", refresh: { busySeconds: 2, idleSeconds: 15 } } });
const browser = await chromium.launch({
  executablePath: setting("E2E_CHROMIUM"),
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...FLAGS],
});

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

/** Kept and dropped lines. */
async function received(logs) {
  const dropped = await logs.status.locator(".log-dropped").allInnerTexts();
  return (await logs.kept()) + Number((dropped[0] ?? "0").match(/[\d,]+/)[0].replaceAll(",", ""));
}

async function memory(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  await client.detach();
  const [held, text] = (await page.locator(".log-memory").getAttribute("data-bytes")).split(" / ").map(Number);
  const heap = await page.evaluate(() => [performance.memory.usedJSHeapSize, window.wasmMemory.buffer.byteLength]);
  const mb = (bytes) => Number((bytes / 1e6).toFixed(1));
  return { js_mb: mb(heap[0]), wasm_mb: mb(heap[1]), ratio: Number((held / text).toFixed(3)) };
}

async function report(name, { page, logs }, lines, more = {}) {
  const seen = await page.evaluate(() => ({ ...window.seen }));
  const round = (n) => Math.round(n * 10) / 10;
  console.log(JSON.stringify({
    what: name, sent: lines, received: await received(logs), block_ms: round(seen.block), blocked_ms: round(seen.blocked),
    stale_ms: round(seen.stale), draws: seen.frames, nodes: await page.evaluate(() => document.querySelectorAll("*").length),
    ...await memory(page), ...more,
  }));
}

async function stream(name, count, rate, settings) {
  const [pod] = await podsOf(world, "web");
  await world.logs({ pod, mode: "numbered", rate, count, begin: "first_stream", format: LINE });
  const view = await openView(logsLink("web", { pod, container: "web", tail: "all" }), settings);
  await until(() => received(view.logs), (now) => now >= count, `${count} lines arrive`, PATIENCE);
  await report(name, view, count);
  return view;
}

/** One letter after the other into the search of a full view, hiding all else. */
async function keystrokes({ page, logs }) {
  await logs.search.fill("o");
  await logs.button("Matches only").click();
  await page.waitForTimeout(1_000);
  await logs.search.fill("");
  await page.waitForTimeout(1_500);
  for (const text of ["r", "re", "req", "0001", "ORDER"]) {
    await page.evaluate(() => Object.assign(window.seen, { block: 0, blocked: 0 }));
    const began = Date.now();
    await logs.search.fill(text);
    // What is said about the search is at most 120 ms old.
    await page.waitForTimeout(150);
    await until(() => logs.found.getAttribute("class"), (name) => !name.includes("busy"), "the search ends", PATIENCE);
    const seen = await page.evaluate(() => ({ ...window.seen }));
    console.log(JSON.stringify({ what: `filter "${text}" on 200,000 lines`, block_ms: Math.round(seen.block * 10) / 10, blocked_ms: Math.round(seen.blocked), done_ms: Date.now() - began }));
  }
}

try {
  const wanted = process.env.BENCH_LOGS ?? "";
  const run = (name) => wanted === "" || name.includes(wanted);
  if (run("small")) await (await stream("100,000 lines at 10,000/s", 100_000, 10_000)).context.close();
  if (run("filter")) {
    const view = await stream("200,000 lines at 20,000/s", 200_000, 20_000);
    await keystrokes(view);
    await view.context.close();
  }
  if (run("cap")) await (await stream("2,000,000 lines through a cap of 200,000", 2_000_000, 60_000)).context.close();
  if (run("five")) {
    await world.mutate({ project: "simple-demo", env: "dev", service: { name: "web", replicas: 5 } });
    await until(() => podsOf(world, "web"), (pods) => pods.length === 5, "five pods run");
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await world.logs({ pod: "web-*", mode: "numbered", rate: 2_000, count: 20_000, begin: "first_stream", format: LINE });
    const view = await openView(logsLink("web", { tail: "all" }));
    await until(() => received(view.logs), (now) => now >= 100_000, "all lines arrive", PATIENCE);
    await view.page.waitForTimeout(2_000);
    await report("five pods at 2,000/s merged", view, 100_000);
    await view.context.close();
  }
} finally {
  await browser.close();
  await world.stop();
}
