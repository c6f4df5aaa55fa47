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
