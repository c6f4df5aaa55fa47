// The projects page.

export class Projects {
  constructor(page) {
    this.page = page;
    this.heading = page.getByRole("heading", { level: 1, name: "Projects" });
    this.search = page.getByRole("searchbox", { name: "Search projects" });
    this.key = page.getByLabel("Open a project by its key");
    this.open = page.getByRole("button", { name: "Open", exact: true });
  }

  project(name) {
    return this.page.getByRole("main").getByRole("link", { name, exact: true });
  }

  /** The names shown, in their order. */
  names() {
    return this.page.getByRole("main").getByRole("listitem").getByRole("link").allTextContents();
  }
}
