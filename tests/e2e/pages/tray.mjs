// What is under way and what just ended; and the clocks, which let a test skip the times of waiting.
import { until } from "../support/until.mjs";

/** One look of a test moves both clocks by this much. */
const STEP_MS = 1000;
const PATIENCE_MS = 45_000;
const clocks = new WeakMap();

/**
 * Puts the clocks of the page and of the simulator into the test's hands, so that what happens when does not depend on
 * the machine. To be called before the page is opened; time passes with [`pass`] and [`passing`].
 */
export async function takeClocks(page, world) {
  await page.clock.install();
  await world.clock({ paused: true });
  clocks.set(page, world);
}

/** Lets a time pass. */
export async function pass(page, ms) {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await clocks.get(page).clock({ advance_ms: Math.min(left, STEP_MS) });
    await page.clock.fastForward(Math.min(left, STEP_MS));
  }
}

/** Lets time pass until `holds` says yes to what `read` gives; gives what was read. */
export function passing(page, read, holds, what, step = STEP_MS) {
  const look = async () => {
    const value = await read();
    if (!holds(value)) await pass(page, step);
    return value;
  };
  return until(look, holds, what, PATIENCE_MS);
}

/** Lets time pass until something is to be seen. */
export function appears(page, locator) {
  return passing(page, () => locator.first().isVisible(), Boolean, `${locator} should be there`);
}

/** A list of operations: the tray, or the activity page. */
export class Operations {
  constructor(page, within) {
    this.page = page;
    this.region = within;
    this.all = within.locator("[data-op]");
  }

  /** The operation with this kind and target, as in `Scale`, `dev / order`; the newest. */
  one(kind, target) {
    return this.all.filter({ hasText: kind }).filter({ has: this.page.getByRole("link", { name: target, exact: true }) }).first();
  }

  /** Waits, with time passing in steps, until an operation's text fits a pattern; gives the text. */
  async says(kind, target, pattern, step) {
    const one = this.one(kind, target);
    await one.waitFor();
    const read = async () => ((await one.count()) > 0 ? one.innerText() : "(gone)");
    return passing(this.page, read, (text) => pattern.test(text), `${kind} ${target} should say ${pattern}`, step);
  }

  cancel(kind, target) {
    return this.one(kind, target).getByRole("button", { name: "Cancel" });
  }
}

export class Tray extends Operations {
  constructor(page) {
    super(page, page.getByRole("region", { name: "Activity" }));
  }
}
