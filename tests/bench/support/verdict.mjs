// What a measurement must reach.

/** The longest block of the main thread, in milliseconds: what is aimed at, and what must hold. */
const BLOCK = { goal: 20, limit: 50 };
/** The longest time in which lines come and nothing is drawn. First lines of several pods are waited for, up to a second. */
const STALE = { goal: 250, limit: 1_500 };
/** Bytes held for each byte of text. */
const RATIO = 1.3;
/** All elements of the page, the log's rows among them. */
const NODES = 2_000;
/** Megabytes of growth while lines go through the cap. */
const GROWTH = 4;
const NOISE = Number(process.env.BENCH_NOISE ?? 2);

/**
 * Gives what a row of numbers comes to: `verdict` in words, `noise` when only times are over their limits, which another run
 * may show to be the machine's doing, and `failed` when it must count as broken.
 */
export function judge(row) {
  const wrong = [];
  if (row.sent !== undefined && row.received !== row.sent) wrong.push(`${row.received} lines of ${row.sent}`);
  if (row.ratio > RATIO) wrong.push(`${row.ratio} times the text`);
  if (row.nodes > NODES) wrong.push(`${row.nodes} nodes`);
  if (row.growth_mb > GROWTH) wrong.push(`grew by ${row.growth_mb} MB`);
  if (wrong.length > 0) return { verdict: `BROKEN: ${wrong.join(", ")}`, noise: false, failed: true };
  const over = (value, bound) => value !== undefined && value > bound;
  const times = [[row.block_ms, BLOCK, "block"], [row.stale_ms, STALE, "stale"]];
  const beyond = (bound) => times.filter(([value, limits]) => over(value, bound(limits))).map(([, , name]) => name);
  const far = beyond((limits) => limits.limit * NOISE);
  if (far.length > 0) return { verdict: `BROKEN: ${far.join(", ")} over ${NOISE} times the limit`, noise: true, failed: true };
  const late = beyond((limits) => limits.limit);
  if (late.length > 0) return { verdict: `over the limit, within noise: ${late.join(", ")}`, noise: true, failed: false };
  return { verdict: beyond((limits) => limits.goal).length > 0 ? "limit met" : "goal met", noise: false, failed: false };
}
