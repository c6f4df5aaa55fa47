// The connect page and its doctor. The form also stands in a dialog: `within` says where to look.

export class Connect {
  constructor(page, within = page) {
    this.page = page;
    this.heading = page.getByRole("heading", { level: 1, name: "Connect to Zadig" });
    this.token = within.getByLabel("API token");
    this.keep = within.getByRole("checkbox", { name: /Keep it until this tab is closed/ });
    this.submit = within.getByRole("button", { name: "Connect", exact: true });
    this.logOut = page.getByRole("button", { name: "Forget the token" });
    this.proceed = page.getByRole("link", { name: "Continue to the projects" });
    this.again = page.getByRole("button", { name: "Try again" });
  }

  async enter(token, { keep = false } = {}) {
    await this.token.fill(token);
    if (keep) await this.keep.check();
    await this.submit.click();
  }

  /** One step of the connection check: Reach, Api, Token or Rights; `state` is passed, failed or open. */
  step(name, state) {
    return this.page.locator(`[data-step="${name}"][data-state="${state}"]`);
  }

  /** How all steps stand, in their order. */
  steps() {
    return this.page.locator("[data-step]").evaluateAll((all) => all.map((one) => one.dataset.state));
  }
}
