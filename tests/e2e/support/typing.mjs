// How a field follows the keys.

/**
 * Presses each of `keys` in what has the focus, each once the one before is painted. Gives milliseconds: the `median` and
 * the `slowest` time from a key to its frame (with the test's own way there and back), and the longest `frame` meanwhile,
 * which is 17 where nothing holds the page up.
 */
export async function typed(page, keys) {
  await page.evaluate(() => {
    const typing = { frame: 0, ended: false };
    let last = performance.now();
    const tick = (now) => {
      typing.frame = Math.max(typing.frame, now - last);
      last = now;
      if (!typing.ended) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    window.typing = typing;
  });
  const times = [];
  for (const key of keys) {
    const start = Date.now();
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    times.push(Date.now() - start);
  }
  const frame = await page.evaluate(() => {
    window.typing.ended = true;
    return Math.round(window.typing.frame);
  });
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], slowest: times.at(-1), frame };
}
