// The log dock: one view at a time, as a reader uses it.
import { readFile } from "node:fs/promises";

export class Logs {
  constructor(page) {
    this.page = page;
    this.dock = page.getByRole("region", { name: "Log dock" });
    this.tabs = this.dock.locator(".dock-tab-name");
    this.view = this.dock.locator(".dock-panel:not(.off)");
    this.rows = this.view.getByRole("log");
    this.search = this.view.getByRole("textbox", { name: /^Search/ });
    this.found = this.view.locator(".log-found");
    this.pill = this.view.locator(".log-pill");
    this.status = this.view.locator(".log-status");
    this.empty = this.view.locator(".log-empty");
    this.details = this.view.getByRole("complementary", { name: "Details of the line" });
  }

  button(name) {
    return this.view.getByRole("button", { name, exact: true });
  }

  /** The stable word of the connection's state. */
  link() {
    return this.status.locator("[data-link]").getAttribute("data-link");
  }

  /** The texts drawn now, notes and all. */
  drawn() {
    return this.rows.locator(".log-row .log-text").allInnerTexts();
  }

  /** How many rows are kept. */
  async kept() {
    const text = (await this.status.locator(".log-count").innerText()).split("/").at(-1);
    return Number((text.match(/of ([\d,]+)/)?.[1] ?? text.match(/[\d,]+/)?.[0] ?? "0").replaceAll(",", ""));
  }

  /** Everything kept, through the download. */
  async download(what = "Download all kept lines") {
    await this.view.locator("summary[aria-label='More']").click();
    const [file] = await Promise.all([
      this.page.waitForEvent("download"),
      this.view.getByRole("button", { name: what }).click(),
    ]);
    const text = await readFile(await file.path(), "utf8");
    return text.split("\n").slice(0, -1);
  }

  key(key) {
    return this.rows.press(key);
  }

  /** Hides the browser's tab, or shows it, as far as the page can tell. */
  setHidden(hidden) {
    return this.page.evaluate((now) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => now });
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (now ? "hidden" : "visible") });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, hidden);
  }
}

/** The link of a log view in the demo project. */
export function logsLink(service, query = {}, env = "dev") {
  const text = new URLSearchParams(query).toString();
  return `#/p/simple-demo/test/${env}/logs/${service}${text && `?${text}`}`;
}

/** The pods of a service, with its first container, as the server says. */
export async function podsOf(world, service, env = "dev") {
  const detail = await world.call(`/openapi/environments/${env}/services/${service}?projectKey=simple-demo`);
  return detail.scales.flatMap((scale) => scale.pods.map((pod) => pod.name));
}
