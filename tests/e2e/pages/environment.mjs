// One environment.

export class Environment {
  constructor(page) {
    this.page = page;
    this.table = page.getByRole("table", { name: "Services" });
    this.search = page.getByRole("searchbox", { name: "Search services or images" });
    this.problemsOnly = page.getByRole("button", { name: "Problems only" });
    this.refresh = page.getByRole("button", { name: "Refresh" });
  }

  heading(key) {
    return this.page.getByRole("heading", { level: 1, name: key, exact: true });
  }

  row(service) {
    return this.table.locator(`[data-service="${service}"]`);
  }

  /** The services drawn, in their order. */
  services() {
    return this.table.locator("[data-service]").evaluateAll((rows) => rows.map((row) => row.dataset.service));
  }

  tab(name) {
    return this.page.getByRole("main").getByRole("navigation").getByRole("link", { name });
  }
}

/** What can be done to an environment as a whole. */
export class EnvironmentMenu {
  constructor(page) {
    this.page = page;
    this.button = page.getByRole("main").locator("summary").and(page.getByLabel("Environment actions"));
    this.clone = page.getByRole("link", { name: "Clone …" });
    this.edit = page.getByRole("button", { name: "Edit …" });
    this.delete = page.getByRole("button", { name: "Delete …" });
    this.dialog = page.locator("dialog[open]");
    this.registry = this.dialog.getByLabel("Image registry");
    this.alias = this.dialog.getByLabel("Alias");
    this.withNamespace = this.dialog.getByRole("checkbox", { name: "Also delete the namespace and its resources" });
    this.said = this.dialog.getByRole("note").getByRole("listitem");
    this.review = this.dialog.getByRole("button", { name: "Review …" });
  }

  async open(item) {
    await this.button.click();
    await item.click();
  }
}
