// The custom element, twice on one page of a foreign portal that has its own styles, links and keys.
import assert from "node:assert/strict";
import { after } from "node:test";
import { Environment } from "./pages/environment.mjs";
import { Review } from "./pages/review.mjs";
import { suite } from "./support/browser.mjs";
import { servePortal } from "./support/portal.mjs";
import { smoke } from "./support/smoke.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

/** Opens the portal; it gives the tokens of `give`, one for each time it is asked, the last one again and again. */
async function portal({ page, world }, { give = [world.tokens.admin], hash = "" } = {}) {
  const server = await servePortal(world);
  servers.push(server);
  await page.addInitScript((give) => {
    window.given = 0;
    window.portalToken = () => give[Math.min(window.given++, give.length - 1)];
  }, give);
  await page.goto(`${server.base}portal.html${hash}`);
  const [left, right] = [page.locator("#left"), page.locator("#right")];
  return { server, left, right, events: (who) => page.locator("#events div").filter({ hasText: new RegExp(`^${who}`) }).allTextContents() };
}

check("two_elements_show_two_places_each_in_its_language_and_theme", { role: null }, async (given) => {
  const { left, right } = await portal(given);
  await new Environment(left).row("order").getByText("Running").waitFor();
  await right.getByRole("heading", { level: 1 }).filter({ hasText: /bad-day|Bad/i }).waitFor();
  await right.getByText("只读", { exact: true }).first().waitFor({ state: "attached" });
  const look = (element) => element.locator(".zadig").evaluate((root) => [root.lang, root.dataset.theme]);
  assert.deepEqual([await look(left), await look(right)], [["en", "light"], ["zh-CN", "dark"]]);
  assert.equal(await given.page.title(), "Internal portal");
  await becomes(() => given.page.locator("html").getAttribute("lang"), "en");
  assert.equal(new URL(given.page.url()).hash, "");
});

check("one_element_does_everything_while_the_other_stays_where_it_is", { role: null }, async (given) => {
  const { left, right, events } = await portal(given);
  await right.getByRole("heading", { level: 1 }).waitFor();
  const before = await right.getByRole("heading", { level: 1 }).innerText();
  await left.locator(".crumbs a").first().click();
  // The walk also restarts a service and waits until that is verified.
  await smoke(left, { world: given.world });
  await becomes(() => right.getByRole("heading", { level: 1 }).innerText(), before);
  const told = await events("left operation");
  assert.match(told.join(), /"operation":"restart","outcome":"verified","project":"simple-demo","environment":"dev","production":false,"target":"order"/);
  assert.match((await events("left navigate")).join(), /"route":"#\/p\/simple-demo\/test\/dev\/services"/);
  assert.equal(new URL(given.page.url()).hash, "", "routes stay inside");
});

check("routes_behind_a_prefix_live_in_the_location_and_leave_the_portals_own_anchors_alone", { role: null }, async (given) => {
  const { page } = given;
  const { right } = await portal(given, { hash: "#zadig/p/simple-demo" });
  const link = right.getByRole("main").getByRole("link", { name: "dev", exact: true }).first();
  await link.hover();
  await becomes(() => link.getAttribute("href"), "#zadig/p/simple-demo/test/dev/services");
  await link.click();
  await becomes(() => new URL(page.url()).hash, "#zadig/p/simple-demo/test/dev/services");
  await page.getByRole("link", { name: "News" }).click();
  await right.getByRole("heading", { level: 1, name: "dev" }).waitFor();
  await page.goBack();
  await page.goBack();
  await until(() => right.getByRole("heading", { level: 1 }).innerText(), (text) => text !== "dev", "Back goes up");
});

check("the_portals_styles_stay_outside_and_its_tokens_come_in", { role: null }, async (given) => {
  const { page } = given;
  const { left, right } = await portal(given);
  await new Environment(left).row("order").waitFor();
  const colour = (element, selector, name) => element.locator(selector).first().evaluate((one, name) => getComputedStyle(one)[name], name);
  assert.equal(await colour(left, ".row-link", "letterSpacing"), "normal");
  assert.equal(await colour(left, ".zadig", "fontSize"), "13px");
  const accent = (element) => element.locator(".zadig").evaluate((root) => getComputedStyle(root).getPropertyValue("--accent"));
  assert.equal((await accent(left)).trim(), "rgb(200 0 100)");
  assert.notEqual((await accent(right)).trim(), "rgb(200 0 100)");
  assert.equal(await page.locator("h1").first().evaluate((one) => getComputedStyle(one).letterSpacing), "2px", "nor do ours go out");
});

check("keys_belong_to_the_element_that_has_the_focus", { role: null }, async (given) => {
  const { page } = given;
  const { left, right } = await portal(given);
  await new Environment(left).row("order").waitFor();
  await page.locator("h1").first().click();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("?");
  await becomes(() => page.locator("dialog[open]").count(), 0, "a key in the portal is the portal's");
  await left.locator(".row-link").first().focus();
  await page.keyboard.press("?");
  await left.locator("dialog[open]").waitFor();
  await becomes(() => right.locator("dialog[open]").count(), 0);
});

check("attributes_change_it_while_it_runs", { role: null }, async (given) => {
  const { left } = await portal(given);
  await new Environment(left).row("order").waitFor();
  await left.evaluate((element) => {
    element.setAttribute("theme", "dark");
    element.setAttribute("language", "zh-CN");
    element.setAttribute("read-only", "");
    element.setAttribute("environment", "staging");
  });
  await left.locator('.zadig[data-theme="dark"][lang="zh-CN"]').waitFor();
  await left.getByText("只读", { exact: true }).first().waitFor({ state: "attached" });
  await left.getByRole("heading", { level: 1, name: "staging" }).waitFor();
  const stored = await given.page.evaluate(() => localStorage.getItem("zadig-environments") ?? "{}");
  assert.ok(!/"theme":"dark"/.test(stored), "what the portal wants is not stored as the user's choice");
});

check("edits_ask_before_a_route_of_the_portal_and_the_portal_hears_of_them", { role: null }, async (given) => {
  const { left, events } = await portal(given);
  const unsaved = () => left.evaluate((element) => element.unsaved);
  await new Environment(left).row("service2").getByRole("link", { name: "service2" }).click();
  await left.getByRole("dialog", { name: "Service service2" }).getByRole("link", { name: "Variables", exact: true }).click();
  const field = left.locator('[data-variable="env1"]').getByRole("textbox");
  await field.waitFor();
  assert.equal(await unsaved(), false);
  await field.fill("typed");
  assert.equal(await unsaved(), true);
  await left.evaluate((element) => element.setAttribute("environment", "staging"));
  const question = left.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await becomes(() => field.inputValue(), "typed");
  await left.getByRole("link", { name: "Events", exact: true }).click();
  await question.getByRole("button", { name: "Discard the changes" }).click();
  await field.waitFor({ state: "detached" });
  await becomes(unsaved, false);
  assert.deepEqual(await events("left edits"), ['left edits {"unsaved":true}', 'left edits {"unsaved":false}']);
});

check("properties_do_what_attributes_do_also_before_the_script_has_loaded", { role: null }, async (given) => {
  const { page } = given;
  const { left } = await portal(given);
  await new Environment(left).row("order").waitFor();
  await left.evaluate((element) => Object.assign(element, { theme: "dark", readOnly: true, environment: "staging" }));
  await left.locator('.zadig[data-theme="dark"]').waitFor();
  await left.getByRole("heading", { level: 1, name: "staging" }).waitFor();
  assert.deepEqual(
    await left.evaluate((one) => [one.getAttribute("read-only"), one.theme, one.readOnly, one.production, one.hashPrefix]),
    ["", "dark", true, false, null],
  );
  // Before a class takes an element over, what is set on it is its own; it must not hide what the class does.
  const taken = await page.evaluate(() => {
    const early = document.createElement("zadig-early");
    Object.assign(early, { project: "shop", readOnly: true });
    customElements.define("zadig-early", class extends customElements.get("zadig-environments") {});
    document.body.append(early);
    customElements.upgrade(early);
    const found = [early.getAttribute("project"), early.hasAttribute("read-only"), Object.hasOwn(early, "project")];
    early.remove();
    return found;
  });
  assert.deepEqual(taken, ["shop", true, false]);
});

check("a_refused_token_is_renewed_by_the_portal_without_a_question", { role: null }, async (given) => {
  const { left } = await portal(given, { give: ["not.a.token", "not.a.token", given.world.tokens.admin] });
  await new Environment(left).row("order").getByText("Running").waitFor();
  await becomes(() => left.locator("dialog[open]").count(), 0);
});

check("a_portal_without_a_token_is_told_and_the_user_is_asked", { role: null }, async (given) => {
  const { left, events } = await portal(given, { give: [null] });
  await left.getByLabel("API token").waitFor();
  assert.deepEqual(await events("left needs-token"), ['left needs-token {"again":false}']);
  await left.evaluate((element, token) => (element.token = token), given.world.tokens.admin);
  await new Environment(left).row("order").getByText("Running").waitFor();
  assert.equal(await left.evaluate((element) => element.token), undefined, "a token cannot be read back");
});

check("removed_it_is_silent_and_added_again_it_works", { role: null }, async (given) => {
  const { page, world } = given;
  const { left, right } = await portal(given);
  await new Environment(left).row("order").waitFor();
  await page.evaluate(() => document.querySelectorAll("zadig-environments").forEach((one) => one.remove()));
  await page.waitForTimeout(300);
  const mark = await world.mark();
  await page.waitForTimeout(3500);
  assert.deepEqual(await world.journal({ after: mark }), [], "nothing is asked for any more");
  for (let round = 0; round < 5; round++) {
    await page.evaluate(() => {
      const element = document.createElement("zadig-environments");
      element.id = "left";
      element.setAttribute("project", "simple-demo");
      element.setAttribute("environment", "dev");
      element.getToken = () => window.portalToken();
      document.querySelector("section").replaceChildren(element);
    });
    await new Environment(left).row("order").waitFor();
  }
  await becomes(() => right.count(), 0);
  await left.evaluate((element) => document.body.append(element));
  await new Environment(left).row("order").waitFor();
});

check("the_review_of_a_change_opens_over_the_portal", { role: null }, async (given) => {
  const { left } = await portal(given);
  await new Environment(left).row("order").locator(".row-link").click();
  await left.locator(".drawer").getByRole("button", { name: "Restart", exact: true }).click();
  await new Review(left).apply.waitFor();
  const [drawer, element] = [await left.locator(".drawer").boundingBox(), await left.boundingBox()];
  assert.ok(drawer.x >= element.x - 1 && drawer.x + drawer.width <= element.x + element.width + 1, "the drawer stays in its element");
});
