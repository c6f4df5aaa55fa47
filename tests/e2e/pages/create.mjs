// Making an environment: the steps, and the panel that follows Apply.
import { Editor } from "./editor.mjs";

export class Create {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.heading = this.main.getByRole("heading", { level: 1 });
    this.steps = this.main.getByRole("navigation", { name: "Steps" });
    this.name = this.main.getByLabel("Name", { exact: true });
    this.alias = this.main.getByLabel("Alias", { exact: true });
    this.cluster = this.main.getByLabel("Cluster", { exact: true });
    this.registry = this.main.getByLabel("Image registry", { exact: true });
    this.namespace = this.main.getByLabel("Namespace", { exact: true });
    this.base = this.main.getByLabel("Sub-environment of", { exact: true });
    this.next = this.main.getByRole("button", { name: "Next", exact: true });
    this.discard = this.main.getByRole("button", { name: "Discard", exact: true });
    this.apply = this.main.getByRole("button", { name: "Create …", exact: true });
    this.toFix = this.main.getByRole("alert").getByRole("listitem");
    this.panel = this.main.locator(".create-progress");
    this.addConfig = this.main.getByRole("group", { name: "Add a config" });
  }

  /** Goes to a step by its link. */
  async step(name) {
    await this.steps.getByRole("link", { name }).click();
    await this.main.getByRole("heading", { level: 2, name, exact: true }).waitFor();
  }

  service(name) {
    return this.main.locator(`[data-service="${name}"]`);
  }

  /** Chooses a service and opens its images and variables. */
  async choose(name) {
    await this.service(name).getByRole("checkbox", { name, exact: true }).check();
    await this.service(name).locator("summary").click();
  }

  image(service, container) {
    return this.service(service).getByLabel(`Image · ${container}`, { exact: true });
  }

  variable(service, key) {
    return this.service(service).locator(`[data-variable="${key}"]`);
  }

  global(key) {
    return this.main.locator(`[data-variable="${key}"]`);
  }

  /** A config object, by its title. */
  config(title) {
    return this.main.getByRole("group", { name: title, exact: true });
  }

  /** The editor of an object. */
  yaml(title) {
    return new Editor(this.page, this.config(title));
  }

  /** Adds an object of a kind, and types its YAML over what it begins with. */
  async addObject(kind, yaml) {
    await this.addConfig.getByRole("button", { name: kind, exact: true }).click();
    await this.yaml("new object").fill(yaml);
  }

  /** Unfolds an object that was taken from elsewhere. */
  async unfold(title) {
    await this.config(title).getByRole("button", { name: title, exact: true }).click();
    await this.yaml(title).isReady();
  }

  /** Opens the review in the engine's dialog. */
  async toReview() {
    await this.step("Review");
    await this.apply.click();
  }

  /** The request as the last step shows it. */
  async request() {
    await this.main.getByText("The request", { exact: true }).click();
    return JSON.parse(await this.main.locator(".create-json pre").innerText());
  }

  /** What the tab keeps, as text. */
  kept() {
    return this.page.evaluate(() =>
      Object.entries({ ...sessionStorage })
        .filter(([key]) => key.startsWith("zadig-environments-draft"))
        .map(([, value]) => value)
        .join("\n"),
    );
  }
}

/** The link of a new environment. */
export const createLink = (project, query = "") => `#/p/${project}/new${query && `?${query}`}`;
