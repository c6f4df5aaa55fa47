// Rows and dialogs under the hand: text can be selected, a double click does no harm, a phone reaches everything.
import assert from "node:assert/strict";
import { Environment } from "./pages/environment.mjs";
import { Environments } from "./pages/environments.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();

check("the_text_of_a_row_is_selected_with_the_mouse_and_a_click_beside_it_opens_the_row", async ({ page, open }) => {
  const environment = new Environment(page);
  await open("#/p/bad-day/test/bad-day");
  const reason = environment.row("crashing").locator(".reason b");
  await reason.waitFor();
  const box = await reason.boundingBox();
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  assert.match(await page.evaluate(() => getSelection().toString()), /rashLoopBack/);
  assert.equal(await page.locator(".drawer").count(), 0, "selecting opens nothing");
  await page.evaluate(() => getSelection().removeAllRanges());
  await reason.click();
  await new Service(page, "crashing").drawer.waitFor();
});

check("a_click_in_a_row_with_control_opens_another_tab_and_controls_in_a_row_keep_their_clicks", async ({ page, context, open }) => {
  await open("#/p/simple-demo");
  const environments = new Environments(page);
  await environments.link("dev").waitFor();
  const [other] = await Promise.all([
    context.waitForEvent("page"),
    environments.row("dev").locator(".c-age").click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await matches(() => other.url(), /test\/dev(\/services)?$/);
  await environments.star("dev").click();
  assert.match(page.url(), /#\/p\/simple-demo$/);
  await environments.row("dev").locator(".c-age").click();
  await new Environment(page).heading("dev").waitFor();
});

check("a_double_click_on_an_action_leaves_its_review_open", async ({ page, open }) => {
  const [service, review] = [new Service(page, "web"), new Review(page)];
  await open(serviceLink("simple-demo", "test", "dev", "web"));
  await service.restart.dblclick();
  await review.apply.waitFor();
  await page.waitForTimeout(500);
  await becomes(() => review.apply.count(), 1);
});

check("on_a_phone_the_key_is_whole_and_the_palette_is_there", { viewport: { width: 390, height: 844 } }, async ({ page, open }) => {
  await open("#/p/simple-demo");
  const environments = new Environments(page);
  await environments.link("dev").waitFor();
  const cut = await page.locator(".env-table a.row-link").evaluateAll((links) =>
    links.filter((link) => link.scrollWidth > link.clientWidth && link.nextElementSibling?.clientWidth > 0).map((link) => link.textContent));
  assert.deepEqual(cut, []);
  await page.getByRole("banner").or(page.locator(".topbar")).getByRole("button", { name: /Go to/ }).click();
  await new Shell(page).palette.waitFor();
});

check("what_was_seen_of_an_environment_stands_in_the_list_the_title_and_the_shortlist", async ({ page, open }) => {
  await open("#/p/bad-day/test/bad-day");
  await new Environment(page).row("crashing").waitFor();
  await matches(() => page.title(), /^8 with problems · bad-day/);
  await page.getByRole("img", { name: "8 services with problems" }).waitFor();
  await page.evaluate(() => { location.hash = "#/p/bad-day"; });
  const environments = new Environments(page);
  await environments.row("bad-day").getByText("Normal · 8 services with problems").waitFor();
  await becomes(() => environments.row("bad-day").locator(".state.tone-warn").count(), 1);
  await environments.row("lost-cluster").getByText("Normal · the cluster is disconnected").waitFor();
  await becomes(() => environments.row("lost-cluster").locator(".state.tone-ok").count(), 0, "never green");
});
