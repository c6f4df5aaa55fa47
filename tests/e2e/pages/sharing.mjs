// The sub-environments of an environment, and its portal services.
import { Review } from "./review.mjs";
import { Tray, takeClocks } from "./tray.mjs";

export class Sharing {
  constructor(page) {
    this.page = page;
    this.root = page.locator(".sharing");
    this.enable = page.getByRole("button", { name: "Enable sub-environments …" });
    this.disable = page.getByRole("button", { name: "Disable sub-environments …" });
    this.checkAgain = page.getByRole("button", { name: "Check again" });
    this.obstacle = page.locator("#sharing-obstacle");
    this.licence = page.locator("[data-licence]");
    this.subs = page.getByRole("region", { name: "Its sub-environments" });
    this.curl = page.getByRole("region", { name: "Send a request to a sub-environment" });
    this.portals = page.getByRole("region", { name: "Portal services" });
  }

  /** The page where it says that the environment stands so: `off`, `on`, `partial`, `turning-on` … */
  standing(word) {
    return this.page.locator(`.sharing[data-standing="${word}"]`);
  }

  /** What is wanted before: `istio` or `services`. */
  requirement(id) {
    return this.page.locator(`[data-requirement="${id}"]`);
  }

  check(id) {
    return this.page.locator(`[data-check="${id}"]`);
  }

  /** The state of each check, by its id. */
  checks() {
    return this.page.locator("[data-check]").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.dataset.check, one.dataset.state])));
  }

  portalLink(service) {
    return this.portals.locator(`a[data-portal="${service}"]`);
  }
}

/** The hosts of one service. */
export class Portal {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole("region", { name: "Portal services" });
    this.unreadable = page.locator("[data-unreadable]");
    this.changed = page.locator("[data-changed]");
    this.add = page.getByRole("button", { name: "Add a host" });
    this.discard = page.getByRole("button", { name: "Discard", exact: true });
    this.set = page.getByRole("button", { name: "Set portal service …" });
    this.remove = page.getByRole("button", { name: "Remove portal service …" });
  }

  heading(service) {
    return this.page.getByRole("heading", { level: 3, name: `Hosts of ${service}`, exact: true });
  }

  host(n) {
    return this.page.getByLabel(`Host of row ${n}`, { exact: true });
  }

  port(n) {
    return this.page.getByLabel(`Port of row ${n}`, { exact: true });
  }

  takeOut(n) {
    return this.page.getByRole("button", { name: `Remove row ${n}`, exact: true });
  }

  /** What is said about a row, counted from 1. */
  problem(n) {
    return this.page.locator(`[data-row="${n - 1}"] .problem`);
  }

  /** The rows as `HOST PORT PROTOCOL`. */
  rows() {
    return this.page.locator("[data-row]").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("input, select")].map((one) => one.value).join(" ")));
  }
}

/** The link of an environment's sub-environments, with the portal of a service where one is named. */
export function sharingLink(env, service = "", project = "simple-demo", family = "test") {
  return `#/p/${project}/${family}/${env}/sub-environment${service && `/${service}`}`;
}

/** The page in a fresh world, with the clocks in the test's hands; `options` are those of the world. */
export async function visitSharing({ page, world, open }, env, { service = "", mutate, faults = [], ...options } = {}) {
  await world.reset({ version: "v5.0.0", fixed_portal: false, ...options });
  if (mutate) await world.mutate(mutate);
  if (faults.length > 0) await world.fault(...faults);
  await takeClocks(page, world);
  await open(sharingLink(env, service));
  const sharing = new Sharing(page);
  await sharing.root.waitFor();
  return { page, world, sharing, portal: new Portal(page), review: new Review(page), tray: new Tray(page) };
}
