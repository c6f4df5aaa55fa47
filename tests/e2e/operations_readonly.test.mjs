// In read-only mode, however it comes about, no page offers anything that would change something.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Environment } from "./pages/environment.mjs";
import { serviceLink } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();

/** The words on buttons that change something. */
const ACTS =
  /\b(Restart|Scale|Update|Add services|Delete|Create|Edit|Enable|Disable|Set portal|Apply|Select|Save|New|Clone|Discard|Add variable|Remove|Review)\b/;

const PAGES = [
  ["#/p/simple-demo", (page) => page.getByRole("link", { name: "dev", exact: true })],
  ["#/p/simple-demo/test/dev", (page) => new Environment(page).row("web")],
  ["#/p/simple-demo/production/prod", (page) => new Environment(page).row("web")],
  ["#/p/simple-demo/test/dev/variables", (page) => page.locator('[data-variable="cpuLimit"]')],
  ["#/p/simple-demo/production/prod/variables", (page) => page.locator('[data-variable="cpuLimit"]')],
  ["#/p/simple-demo/test/dev/configs", (page) => page.locator('[data-config="app-settings"]')],
  ["#/p/simple-demo/test/dev/configs/ConfigMap/app-settings?view=yaml", (page) => page.locator(".cm-content")],
  ["#/p/simple-demo/test/dev/configs/Secret/db-credentials", (page) => page.locator('[data-entry="password"]')],
  [serviceLink("simple-demo", "test", "dev", "web"), (page) => page.locator('[data-workload="web"]')],
  [serviceLink("simple-demo", "production", "prod", "web"), (page) => page.locator('[data-workload="web"]')],
  ["#/p/simple-demo/test/dev/sub-environment", (page) => page.locator('.sharing[data-standing="off"]')],
  ["#/p/simple-demo/test/base/sub-environment/gateway", (page) => page.getByRole("heading", { name: "Hosts of gateway" })],
  [serviceLink("simple-demo", "test", "dev", "web", "variables"), (page) => page.locator('[data-variable="port"]')],
];

/** Pages that say in read-only mode that they are of no use then. */
const refused = (page) => page.getByText("Read-only mode: nothing can be created.");
const USELESS = [
  ["#/p/empty", (page) => page.getByText("No environments yet")],
  ["#/p/simple-demo/new", refused],
  ["#/p/simple-demo/new?from=dev&step=configs", refused],
  ["#/p/simple-demo/new?family=production", refused],
];

/** What on the page could change something: by its words, and every field that takes a value. */
async function offered(page) {
  const controls = await page.locator("button:visible, a.button:visible, a.star:visible, input[type=checkbox]:visible, summary:visible").evaluateAll((all) =>
    all.filter((one) => !one.disabled).map((one) => `${one.textContent} ${one.getAttribute("aria-label") ?? ""}`.trim()),
  );
  return controls.filter((text) => ACTS.test(text));
}

/** Every tab that an environment has, whichever there are. */
async function tabs(page) {
  const links = page.getByRole("main").getByRole("navigation").getByRole("link");
  return links.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
}

async function nowhere(page, visit) {
  for (const [hash, there] of [...PAGES, ...USELESS]) {
    await visit(hash);
    await there(page).first().waitFor();
    assert.deepEqual(await offered(page), [], `${hash} offers nothing`);
    await becomes(() => page.locator("input[type=number]:visible, textarea:visible:enabled").count(), 0, hash);
  }
  await visit("#/p/simple-demo/test/dev");
  await new Environment(page).row("web").waitFor();
  for (const hash of await tabs(page)) {
    await visit(hash);
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    assert.deepEqual(await offered(page), [], `${hash} offers nothing`);
  }
}

check("without_read_only_mode_each_of_these_pages_offers_something", async ({ page, open }) => {
  for (const [hash, there] of PAGES) {
    await open(hash);
    await there(page).first().waitFor();
    assert.notDeepEqual(await offered(page), [], `${hash} offers something`);
  }
});

check("a_link_with_ro_is_read_only", async ({ page, world, open }) => {
  const mark = await world.mark();
  await nowhere(page, (hash) => open(`?ro=1${hash}`));
  await page.locator("header").getByText("Read-only").waitFor();
  assert.deepEqual(await writes(world, mark), []);
});

check("a_configuration_can_make_it_read_only", async ({ page, world, open }) => {
  const base = await world.front({ config: { readOnly: true } });
  await nowhere(page, (hash) => open(hash, { base }));
  await open("#/settings", { base });
  await page.getByText("Set by this site’s configuration or by the link.").waitFor();
});

check("the_settings_can_make_it_read_only_and_back", async ({ page, open }) => {
  await open("#/settings");
  const choice = page.getByRole("group", { name: "Read-only" });
  await choice.getByText("On", { exact: true }).click();
  await nowhere(page, (hash) => page.evaluate((hash) => (location.hash = hash), hash));
  await page.evaluate(() => (location.hash = "#/settings"));
  await choice.getByText("Off", { exact: true }).click();
  await page.evaluate((hash) => (location.hash = hash), serviceLink("simple-demo", "test", "dev", "web"));
  await page.locator('[data-workload="web"]').getByRole("button", { name: "Scale …" }).waitFor();
});

check("a_review_that_is_open_when_read_only_mode_begins_sends_nothing", async ({ page, world, open, newPage }) => {
  await open(serviceLink("simple-demo", "test", "dev", "web"));
  const mark = await world.mark();
  await page.getByRole("group", { name: "Actions" }).getByRole("button", { name: "Restart" }).click();
  await page.locator("dialog[open]").getByRole("button", { name: "Apply" }).waitFor();
  // The preference is shared by all tabs of a browser; another tab turns it on.
  const other = await newPage();
  await other.goto(`${world.base}/#/settings`);
  const choice = other.getByRole("group", { name: "Read-only" });
  await choice.getByText("On", { exact: true }).click();
  await page.reload();
  await page.locator('[data-workload="web"]').waitFor();
  assert.deepEqual(await offered(page), []);
  assert.deepEqual(await writes(world, mark), []);
});
