// The review: what is asked before anything is sent.

export class Review {
  constructor(page) {
    this.page = page;
    this.dialog = page.locator("dialog[open]");
    this.form = this.dialog.locator("form.review");
    this.heading = this.dialog.getByRole("heading", { level: 2 });
    this.warnings = this.dialog.getByRole("note").getByRole("listitem");
    this.changes = this.dialog.locator(".change-list li");
    this.hits = this.dialog.locator(".hits li");
    this.typed = this.dialog.getByLabel(/^Type .* to confirm$/);
    this.apply = this.dialog.getByRole("button", { name: /^Apply/ });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel", exact: true });
    this.refusal = this.dialog.getByRole("alert");
    this.calls = this.dialog.locator(".call");
  }

  /** The lines about what changes, once they are there, each as `SUBJECT | OLD | NEW`. */
  async changeTexts() {
    await this.changes.first().waitFor();
    return this.changes.evaluateAll((lines) =>
      lines.map((line) => [line.firstElementChild, ...line.querySelectorAll("del, ins, .said")].map((one) => one.textContent).join(" | ")),
    );
  }

  /** The calls as they are shown. */
  async callTexts() {
    const summary = this.dialog.locator("summary").filter({ hasText: /^The calls?$/ });
    await summary.click();
    return this.calls.locator("code").allInnerTexts();
  }
}
