// The dialog that says what this is and what it is made of. Give it the page, a frame or an element.

export class About {
  constructor(scope, { name = "About" } = {}) {
    this.dialog = scope.getByRole("dialog", { name, exact: true });
    this.parts = this.dialog.getByRole("listitem");
    this.close = this.dialog.getByRole("button", { name: "Close" });
  }

  /** The line of a part. */
  part(name) {
    return this.parts.filter({ has: this.dialog.page().getByText(name, { exact: true }) });
  }
}
