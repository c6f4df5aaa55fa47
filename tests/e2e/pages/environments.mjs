// The list of a project's environments.

export class Environments {
  constructor(page) {
    this.page = page;
    this.table = page.getByRole("table", { name: "Environments" });
    this.search = page.getByRole("searchbox", { name: "Search environments" });
    this.states = page.getByRole("group", { name: "States" });
    this.kinds = page.getByRole("group", { name: "Kind of environment" });
    this.refresh = page.getByRole("button", { name: "Refresh" });
  }

  /** The row of an environment. */
  row(key) {
    const link = this.page.getByRole("link", { name: key, exact: true });
    return this.table.getByRole("row").filter({ has: link });
  }

  link(key) {
    return this.table.getByRole("link", { name: key, exact: true });
  }

  star(key) {
    return this.table.getByRole("button", { name: new RegExp(`(Add|Remove) ${key} (to|from) favourites`) });
  }

  /** The keys drawn, in their order. */
  keys() {
    return this.table.locator("a.row-link").allTextContents();
  }

  sortBy(column) {
    return this.table.getByRole("columnheader", { name: column }).getByRole("button").click();
  }

  state(word) {
    return this.states.getByRole("button", { name: new RegExp(`^${word}`) });
  }

  kind(word) {
    return this.kinds.getByRole("button", { name: word, exact: true });
  }
}
