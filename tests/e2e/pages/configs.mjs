// The configs of an environment: the lists, one object, and its editor.
import { until } from "../support/until.mjs";
import { Editor } from "./editor.mjs";

/** The link of an object, or of the lists. */
export const configLink = (env, kind, name, view) =>
  `#/p/simple-demo/${env}/configs${kind ? `/${kind}` : ""}${name ? `/${name}` : ""}${view ? `?view=${view}` : ""}`;

export class Configs extends Editor {
  /** `within` is the page, or the element that embeds the application. */
  constructor(page, within = page) {
    super(page, within);
    this.within = within;
    this.save = within.getByRole("button", { name: /^(Save|Create) …$/ });
    this.discard = within.getByRole("button", { name: "Discard changes" });
    this.remove = within.getByRole("button", { name: "Delete …" });
    this.standing = within.locator(".config-foot").getByRole("status");
    this.conflict = within.locator(".conflict");
    this.all = within.getByRole("link", { name: "All configs" });
    this.search = within.getByRole("searchbox", { name: "Search configs" });
  }

  row(name) {
    return this.within.locator(`[data-config="${name}"]`);
  }

  entry(key) {
    return this.within.locator(`[data-entry="${key}"]`);
  }

  value(key) {
    return this.within.getByLabel(`Value of ${key}`, { exact: true });
  }

  face(name) {
    return this.within.getByRole("button", { name, exact: true });
  }

  problem(line, column) {
    return this.within.locator(`[data-place="${line}:${column}"]`);
  }

  /** Waits until the text may be saved, and opens the review. */
  async askToSave() {
    await until(() => this.save.isEnabled(), Boolean, "it should be possible to save");
    await this.save.click();
  }
}

/** An object as the server has it. */
export async function readConfig(world, kind, name, env = "dev") {
  const answer = await world.call(`/openapi/environments/${env}/envcfg/${name}?projectKey=simple-demo&type=${kind}`);
  return Object.values(answer)[0]?.yaml_data;
}

/** What somebody else does to an object. */
export const setConfig = (world, type, yaml) =>
  world.mutate({ project: "simple-demo", env: "dev", set_config: { type, yaml } });

/** Every text of the page, shadow trees, attributes and fields included. */
export function everything(page) {
  return page.evaluate(() => {
    const parts = [location.href, document.title];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
      for (const { value } of node.attributes ?? []) parts.push(value);
      if (typeof node.value === "string") parts.push(node.value);
      if (node.shadowRoot) walk(node.shadowRoot);
      node.childNodes.forEach(walk);
    };
    walk(document);
    return parts.join("\n");
  });
}
