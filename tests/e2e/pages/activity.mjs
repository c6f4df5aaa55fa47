// The activity page.
import { Operations } from "./tray.mjs";

export class Activity extends Operations {
  constructor(page) {
    super(page, page.getByRole("main").locator(".op-list"));
    this.heading = page.getByRole("heading", { level: 1, name: "Activity" });
    this.link = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: /Activity/ });
  }

  async open() {
    await this.link.click();
    await this.heading.waitFor();
  }

  /** Opens an operation's changes and calls. */
  async details(kind, target) {
    await this.one(kind, target).locator("summary").click();
  }
}

/** What was sent to Zadig to change something since entry `after` of the journal, as the contract writes it. */
export async function writes(world, after = 0) {
  const calls = await world.journal({ after });
  return calls
    .filter((call) => call.method !== "GET")
    .map(({ method, raw_path, query, body }) => ({ call: `${method} ${raw_path}`, query, body: body === "" ? null : JSON.parse(body) }));
}
