// What is measured in the page, and how it is read.

export function browserArguments() {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return [...sandbox, "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--enable-precise-memory-info"];
}

/** Runs in the page before anything else. */
export function probe() {
  const start = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const result = await start(...args);
    window.wasmMemory = result.instance.exports.memory ?? window.wasmMemory;
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
  let watched;
  /** Begins to measure (anew). */
  window.watchRows = () => {
    Object.assign(seen, { block: 0, blocked: 0, stale: 0, drawn: performance.now(), frames: 0 });
    last = performance.now();
    watched?.disconnect();
    watched = new MutationObserver(() => {
      const now = performance.now();
      seen.stale = Math.max(seen.stale, now - seen.drawn);
      seen.drawn = now;
      seen.frames += 1;
    });
    watched.observe(document.querySelector(".log-layer"), { childList: true });
  };
}

/** In the page: how many lines it has received, kept and dropped ones. */
export function received() {
  const number = (selector, pattern) => {
    const text = document.querySelector(selector)?.textContent ?? "";
    return Number((text.match(pattern)?.at(-1) ?? "0").replaceAll(",", ""));
  };
  return number(".log-count", /[\d,]+/g) + number(".log-dropped", /[\d,]+/g);
}

/** Everything that was measured since the last beginning. */
export async function sample(page) {
  const seen = await page.evaluate(() => ({ ...window.seen }));
  const lines = await page.evaluate(received);
  const [held, text] = (await page.locator(".log-memory").getAttribute("data-bytes")).split(" / ").map(Number);
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  await client.detach();
  const [js, wasm, nodes] = await page.evaluate(() => [
    performance.memory.usedJSHeapSize, window.wasmMemory.buffer.byteLength, document.querySelectorAll("*").length,
  ]);
  const tenths = (value) => Math.round(value * 10) / 10;
  return {
    received: lines, block_ms: tenths(seen.block), blocked_ms: tenths(seen.blocked), stale_ms: tenths(seen.stale), draws: seen.frames,
    nodes, js_mb: tenths(js / 1e6), wasm_mb: tenths(wasm / 1e6), ratio: Number((held / text).toFixed(3)),
  };
}
