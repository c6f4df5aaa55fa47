// The global variables of an environment.
import { Editor } from "./editor.mjs";
import { Guard } from "./guard.mjs";
import { Review } from "./review.mjs";
import { Tray, takeClocks } from "./tray.mjs";

export class Variables {
  constructor(page) {
    this.page = page;
    this.table = page.getByRole("table", { name: "Variables" });
    this.matrix = page.getByRole("region", { name: "Matrix" });
    this.search = page.getByRole("searchbox", { name: "Search variables" });
    this.filter = page.getByRole("combobox", { name: "Used by" });
    this.add = page.getByRole("button", { name: "Add variable" });
    this.bar = page.getByRole("group", { name: "What changes" });
    this.next = this.bar.getByRole("button", { name: "Review …" });
    this.discard = this.bar.getByRole("button", { name: "Discard" });
    this.conflicts = page.getByRole("dialog", { name: "Somebody else changed the same variables" });
    this.goOn = this.conflicts.getByRole("button", { name: "Continue" });
    this.review = new Review(page);
    this.guard = new Guard(page);
  }

  row(key) {
    return this.table.locator(`[data-variable="${key}"]`);
  }

  /** The keys of the rows drawn, in their order. */
  keys() {
    return this.table.locator("[data-variable]").evaluateAll((rows) => rows.map((row) => row.dataset.variable));
  }

  /** The field, list or switch of a variable; a long value's is there once it is unfolded. */
  field(key) {
    return this.row(key).locator("textarea, select, input");
  }

  async unfold(key) {
    await this.row(key).getByRole("button", { name: new RegExp(`^Expand ${key}\\b`) }).click();
    await this.field(key).or(this.yaml(key).content).first().waitFor();
  }

  /** The editor of a variable that is YAML, once it is unfolded. */
  yaml(key) {
    return new Editor(this.page, this.row(key));
  }

  remove(key) {
    return this.row(key).getByRole("button", { name: `Remove ${key}` });
  }

  undo(key) {
    return this.row(key).getByRole("button", { name: `Undo the change of ${key}` });
  }

  /** The side of a clash: `In Zadig now` or `Mine`. */
  side(key, name) {
    return this.conflicts.locator(`[data-conflict="${key}"] .side`).filter({ hasText: name });
  }

  /** What a clash shows: what was seen, what is there, what is wished. */
  sides(key) {
    return this.conflicts.locator(`[data-conflict="${key}"] pre`).allInnerTexts();
  }
}

export const variablesLink = (project, family, env, query = "") => `#/p/${project}/${family}/${env}/variables${query}`;

/** An environment's variables in a fresh world, with the clocks in the test's hands. */
export async function enter({ page, world, open }, [project, family, env], { query = "", ...options } = {}) {
  await world.reset(options);
  await takeClocks(page, world);
  await open(variablesLink(project, family, env, query));
  const variables = new Variables(page);
  await variables.table.locator("[data-variable]").first().waitFor();
  return { page, world, variables, review: variables.review, guard: variables.guard, tray: new Tray(page) };
}
