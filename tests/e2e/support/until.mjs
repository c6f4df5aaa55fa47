// Waiting for conditions instead of for time.
import assert from "node:assert/strict";

/** How long a condition may take; generous, because test machines are busy. Nothing waits longer than it has to. */
export const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 40;

/** Reads again and again until `holds` says yes; gives what was read. Fails with what was read last. */
export async function until(read, holds, what, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) assert.fail(`${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** Reads until it equals `wanted`; fails with the difference. */
export async function becomes(read, wanted, message) {
  const same = (value) => {
    try {
      assert.deepEqual(value, wanted);
      return true;
    } catch {
      return false;
    }
  };
  let last;
  try {
    await until(async () => (last = await read()), same, message ?? "it should become equal");
  } catch {
    assert.deepEqual(last, wanted, message);
  }
}

/** Reads until it matches; fails with what was read last. */
export async function matches(read, pattern, message) {
  await until(read, (text) => pattern.test(text), message ?? `it should match ${pattern}`);
}
