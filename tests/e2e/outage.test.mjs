// Zadig goes away under an open page and comes back: no reload, nothing typed is lost.
import assert from "node:assert/strict";
import { Connect } from "./pages/connect.mjs";
import { Environment } from "./pages/environment.mjs";
import { Environments } from "./pages/environments.mjs";
import { Projects } from "./pages/projects.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";
import { LIVELY } from "./support/world.mjs";

const check = suite({ config: LIVELY });

/** Marks the document; a page that was loaded anew has no mark. */
async function markPage(page) {
  await page.evaluate(() => (window.stillTheSame = true));
  return () => page.evaluate(() => window.stillTheSame === true);
}

check("a_list_keeps_its_rows_and_what_was_typed_and_comes_back_by_itself", async ({ page, world, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/p/simple-demo");
  await list.search.fill("prod");
  await becomes(async () => (await list.keys()).length, 3);
  const isSame = await markPage(page);
  await world.stopSimulator();
  await shell.error("gateway").waitFor();
  await becomes(() => shell.connection.textContent(), "Zadig is not responding");
  await becomes(() => list.keys(), ["prod", "prod-canary", "prod-eu"]);
  await list.search.pressSequentially("-e");
  await becomes(() => list.keys(), ["prod-eu"]);
  await world.startSimulator();
  await shell.error("gateway").waitFor({ state: "detached" });
  await becomes(() => shell.connection.textContent(), "admin");
  await becomes(() => list.search.inputValue(), "prod-e");
  await becomes(() => list.keys(), ["prod-eu"]);
  assert.ok(await isSame(), "without a reload");
});

check("the_search_field_keeps_the_focus_while_zadig_goes_and_comes", async ({ page, world, open }) => {
  const [environment, shell] = [new Environment(page), new Shell(page)];
  await open("#/p/simple-demo/test/dev");
  await environment.search.click();
  await page.keyboard.type("or");
  await world.stopSimulator();
  await shell.error("gateway").waitFor();
  await page.keyboard.type("de");
  await world.startSimulator();
  await shell.error("gateway").waitFor({ state: "detached" });
  await page.keyboard.type("r");
  await becomes(() => environment.search.inputValue(), "order");
  await becomes(() => environment.services(), ["order"]);
});

check("what_a_proxy_refuses_beside_what_works_is_asked_ever_less_often", async ({ page, world, open }) => {
  const [own, refused, once] = ["/openapi/environments/dev", "/openapi/environments/dev/envcfgs", "/openapi/system/cluster"];
  const mark = await world.mark();
  const calls = async (path) => (await world.journal({ after: mark, path })).filter((call) => call.path === path).length;
  await world.fault({ path: refused, status: 502, html: true, times: 0 });
  await open("#/p/simple-demo/test/dev/configs");
  await until(() => calls(refused), (n) => n >= 24, "the lists are asked for again");
  await until(() => calls(own), (n) => n >= 4, "the environment is looked at");
  // Its answers say that Zadig is there, and wake nothing: what is read once is still read once.
  assert.equal(await calls(once), 1);
});

check("a_page_opened_during_the_outage_fills_when_zadig_is_back", async ({ page, world, open }) => {
  const [environment, shell] = [new Environment(page), new Shell(page)];
  await world.stopSimulator();
  await open("#/p/simple-demo/production/prod");
  await shell.error("gateway").waitFor();
  await world.startSimulator();
  await environment.row("order").getByText("3/3").waitFor();
  await shell.error("gateway").waitFor({ state: "detached" });
});

check("a_token_being_typed_survives_the_outage", { role: null }, async ({ page, world, open }) => {
  const [connect, shell] = [new Connect(page), new Shell(page)];
  await open("#/projects");
  await connect.enter(world.tokens.expired);
  const dialog = new Connect(page, shell.tokenDialog);
  await dialog.token.fill(world.tokens.admin.slice(0, 20));
  await world.stopSimulator();
  await world.startSimulator();
  await becomes(() => dialog.token.inputValue(), world.tokens.admin.slice(0, 20));
  await dialog.enter(world.tokens.admin);
  await new Projects(page).project("Simple Demo").waitFor();
});

check("the_gateway_going_away_is_told_too", { allow: [/ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE/] }, async ({ page, world, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  const base = await world.front({ config: LIVELY });
  await open("#/p/simple-demo", { base });
  await list.link("dev").waitFor();
  await world.stopFront(base);
  await shell.error("network").getByText("Zadig is not responding", { exact: true }).waitFor();
  assert.equal((await list.keys()).length, 9);
});

check("a_network_that_is_cut_and_mended_is_noticed", async ({ page, context, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await context.setOffline(true);
  await shell.error("network").waitFor();
  await context.setOffline(false);
  await shell.error("network").waitFor({ state: "detached" });
  await becomes(() => shell.connection.textContent(), "admin");
});
