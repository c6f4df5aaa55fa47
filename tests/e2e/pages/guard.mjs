// The question before edits are lost.

export class Guard {
  constructor(page) {
    this.page = page;
    this.dialog = page.getByRole("dialog", { name: "Leave without saving?" });
    this.stay = this.dialog.getByRole("button", { name: "Keep editing" });
    this.leave = this.dialog.getByRole("button", { name: "Discard the changes" });
  }
}
