// The drawer of one service.
import { Review } from "./review.mjs";
import { Tray, takeClocks } from "./tray.mjs";

export class Service {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.drawer = page.getByRole("dialog", { name: `Service ${name}`, exact: true });
    this.actions = this.drawer.getByRole("group", { name: "Actions" });
    this.restart = this.actions.getByRole("button", { name: "Restart" });
    this.close = this.drawer.getByRole("button", { name: "Close", exact: true });
    this.pods = this.drawer.getByRole("table", { name: "Pods" });
    this.imageForm = this.drawer.getByText("Update image", { exact: true });
    this.reviewImages = this.drawer.getByRole("button", { name: "Update image …" });
    this.updateService = this.drawer.getByRole("button", { name: "Update services …" });
    this.warningsOnly = this.drawer.getByRole("button", { name: "Warnings only" });
    this.events = this.drawer.locator("[data-kind]");
  }

  tab(name) {
    return this.drawer.getByRole("navigation").getByRole("link", { name, exact: true });
  }

  workload(name = this.name) {
    return this.drawer.locator(`[data-workload="${name}"]`);
  }

  replicas(workload = this.name) {
    return this.workload(workload).getByLabel("Replicas", { exact: true });
  }

  scaleButton(workload = this.name) {
    return this.workload(workload).getByRole("button", { name: "Scale …" });
  }

  /** Asks for a number of replicas; the review opens. */
  async scaleTo(replicas, workload = this.name) {
    await this.replicas(workload).fill(String(replicas));
    await this.scaleButton(workload).click();
  }

  /** The field for the image of a container; `place` is `KIND WORKLOAD · CONTAINER`. */
  image(place) {
    return this.drawer.getByLabel(place, { exact: true });
  }

  /** What stands under the field for an image. */
  imageHint(place) {
    return this.drawer.locator(".image-edit").filter({ has: this.page.getByLabel(place, { exact: true }) }).locator("p");
  }

  revert() {
    return this.drawer.getByRole("button", { name: /^Revert to/ });
  }

  pod(name) {
    return this.pods.locator(`[data-pod="${name}"]`);
  }

  podNames() {
    return this.pods.locator("[data-pod]").evaluateAll((rows) => rows.map((row) => row.dataset.pod));
  }

  /** The row of a variable's editor. */
  variable(key) {
    return this.drawer.locator(`[data-variable="${key}"]`);
  }
}

/** The link of a service's drawer. */
export function serviceLink(project, family, env, service, panel = "") {
  return `#/p/${project}/${family}/${env}/services/${service}${panel && `?panel=${panel}`}`;
}

/** A service's drawer in a fresh world of some version, with the clocks in the test's hands. */
export async function visit({ page, world, open }, version, [project, family, env, name], panel = "") {
  await world.reset({ version });
  await takeClocks(page, world);
  await open(serviceLink(project, family, env, name, panel));
  const service = new Service(page, name);
  await service.drawer.waitFor();
  return { page, world, service, review: new Review(page), tray: new Tray(page) };
}
