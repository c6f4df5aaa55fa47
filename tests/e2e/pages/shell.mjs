// The frame around every page.

export class Shell {
  constructor(page) {
    this.page = page;
    this.navigation = page.getByRole("navigation", { name: "Main navigation" });
    this.crumbs = page.getByRole("navigation", { name: "Breadcrumbs" });
    this.main = page.getByRole("main");
    this.heading = page.getByRole("heading", { level: 1 });
    this.connection = page.locator("header").getByRole("status");
    this.palette = page.getByRole("dialog", { name: "Go to …" });
    this.shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    this.tokenDialog = page.getByRole("dialog", { name: "Connect to Zadig" });
  }

  /** The notice of an error of this kind. */
  error(kind) {
    return this.page.locator(`[data-error="${kind}"]`);
  }

  /** The role and text of what has the focus. */
  focused() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      return { tag: element.tagName.toLowerCase(), text: element.textContent, name: element.getAttribute("aria-label") };
    });
  }

  nodes() {
    return this.page.evaluate(() => document.querySelectorAll("*").length);
  }

  hash() {
    return this.page.evaluate(() => location.hash);
  }
}
