// A code editor, wherever it stands.

export class Editor {
  /** `within` holds one editor. */
  constructor(page, within) {
    this.page = page;
    this.content = within.locator(".cm-content");
    this.lines = within.locator(".cm-line");
    this.problems = within.getByRole("list", { name: "Problems" }).getByRole("listitem");
  }

  /** The text of a small object, as the editor shows it. */
  async text() {
    return this.content.evaluate((content) => {
      const line = (one) => {
        const copy = one.cloneNode(true);
        copy.querySelectorAll("button").forEach((button) => button.remove());
        return copy.textContent;
      };
      return [...content.querySelectorAll(".cm-line")].map(line).join("\n");
    });
  }

  /** Puts the cursor at the end of a line, counted from 1. */
  async goToEndOf(line) {
    await this.content.click();
    await this.page.keyboard.press("Control+Home");
    for (let at = 1; at < line; at += 1) await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("End");
  }

  /** Pastes a text. */
  paste(text) {
    return this.content.evaluate((content, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Replaces the whole text. */
  async fill(text) {
    await this.content.click();
    await this.page.keyboard.press("Control+a");
    await this.paste(text);
  }

  /** Changes one part of the whole text. */
  async change(old, now) {
    const text = await this.text();
    if (!text.includes(old)) throw new Error(`${old} is not in:\n${text}`);
    await this.fill(text.replace(old, now));
  }

  /** Waits until it can be typed in. */
  async isReady() {
    await this.content.waitFor();
  }
}
