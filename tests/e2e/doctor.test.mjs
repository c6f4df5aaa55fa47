// The connection check tells apart, as far as a browser can, why Zadig cannot be used.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Connect } from "./pages/connect.mjs";
import { Projects } from "./pages/projects.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const PROBE = "/openapi/projects";

/** Opens the check and waits for its verdict on a step. */
async function verdict(page, step, words) {
  const connect = new Connect(page);
  const failed = connect.step(step, "failed");
  await failed.waitFor();
  const text = await failed.textContent();
  assert.match(text, words);
  const [states, at] = [await connect.steps(), ["Reach", "Api", "Token", "Rights"].indexOf(step)];
  assert.deepEqual(states, ["passed", "passed", "passed", "passed"].map((state, i) => (i < at ? state : i === at ? "failed" : "open")));
  return text;
}

check("a_good_connection_passes_every_step_and_leads_on", async ({ page, open }) => {
  const connect = new Connect(page);
  await open("#/connect");
  await becomes(() => connect.steps(), ["passed", "passed", "passed", "passed"]);
  await matches(() => connect.step("Reach", "passed").textContent(), /answered in \d+ ms/);
  await matches(() => connect.step("Rights", "passed").textContent(), /7 projects/);
  await connect.proceed.click();
  await new Projects(page).heading.waitFor();
});

check("a_gateway_without_zadig_behind_it_is_named", async ({ page, world, open }) => {
  const base = await world.front({ upstream: "http://127.0.0.1:9" });
  await open("#/connect", { base });
  await verdict(page, "Reach", /The proxy returned 502: it cannot reach Zadig/);
});

check("nothing_at_the_pages_own_address_is_named", async ({ page, world, open }) => {
  const base = await world.front();
  await open("#/connect", { base });
  await new Connect(page).proceed.waitFor();
  await world.stopFront(base);
  await new Connect(page).again.click();
  await verdict(page, "Reach", /No response from http:\/\/127\.0\.0\.1:\d+/);
});

check("a_computer_that_is_offline_is_named", async ({ page, context, open }) => {
  await open("#/connect");
  await new Connect(page).proceed.waitFor();
  await context.setOffline(true);
  await new Connect(page).again.click();
  await verdict(page, "Reach", /This computer is offline/);
});

check("an_answer_that_does_not_come_in_time_is_named", async ({ page, world, open }) => {
  await world.fault({ path: PROBE, delay_ms: 600_000, times: 0 });
  await page.clock.install();
  await open("#/connect");
  // The limits of three tries, and the pauses between them, in the page's own time.
  await until(async () => {
    await page.clock.runFor(5_000);
    return new Connect(page).steps();
  }, (steps) => steps.length > 0, "the check ends");
  await verdict(page, "Reach", /did not respond in time/);
});

check("a_site_that_is_no_zadig_is_named", async ({ page, world, open }) => {
  await world.fault({ path: PROBE, status: 404, body: "404 page not found", content_type: "text/plain", times: 0 });
  await open("#/connect");
  await verdict(page, "Api", /it has no Zadig API \(404\)/);
});

check("a_web_page_where_data_was_due_is_named", async ({ page, world, open }) => {
  await world.fault({ path: PROBE, html: true, status: 200, times: 0 });
  await open("#/connect");
  await verdict(page, "Api", /Expected data, received a web page/);
});

check("an_error_of_the_server_is_told_in_its_words", async ({ page, world, open }) => {
  const body = JSON.stringify({ code: 500, description: "mongo is on fire", message: "Internal Error: " });
  await world.fault({ path: PROBE, status: 500, body, times: 0 });
  await open("#/connect");
  await verdict(page, "Api", /mongo is on fire/);
});

check("a_refused_token_fails_its_own_step", { role: null }, async ({ page, world, open }) => {
  const connect = new Connect(page);
  await open("#/connect");
  await connect.enter(world.tokens.expired);
  await verdict(page, "Token", /Zadig rejected the token \(401\)/);
});

check("on_the_connect_page_there_is_one_form_for_the_new_token", { role: null }, async ({ page, world, open }) => {
  const connect = new Connect(page);
  await open("#/connect");
  await connect.enter(world.tokens.expired);
  await connect.step("Token", "failed").waitFor();
  await becomes(() => page.getByLabel("API token").count(), 1);
  await connect.enter(world.tokens.admin);
  await becomes(() => connect.steps(), ["passed", "passed", "passed", "passed"]);
});

check("an_account_that_may_not_list_projects_can_still_go_on", async ({ page, world, open }) => {
  await world.fault({ path: PROBE, status: 403, times: 0 });
  await open("#/connect");
  await verdict(page, "Rights", /Zadig accepts the token but does not let this account list projects \(403\)/);
  await new Connect(page).proceed.waitFor();
});

check("a_second_factor_that_is_wanted_is_named", async ({ page, world, open }) => {
  await world.mfa("verify");
  await open("#/connect");
  await verdict(page, "Token", /Zadig requires multi-factor authentication for this account/);
});

check("another_origin_that_allows_no_reading_is_told_from_one_where_nobody_is", { allow: [/CORS policy/, /ERR_/, /status of 404/] }, async ({ page, world, open }) => {
  const config = { apiBase: world.simulator };
  const base = await world.front({ config, flags: ["--no-csp"] });
  await open("#/connect", { base, ...config });
  assert.match(await verdict(page, "Reach", /does not allow this page to read the response \(CORS\)/), new RegExp(world.simulator));
  const closed = await closedPort();
  const nowhere = await world.front({ config: { apiBase: closed }, flags: ["--no-csp"] });
  // A kept token is for one Zadig only.
  await open("#/connect", { base: nowhere, apiBase: closed });
  assert.match(await verdict(page, "Reach", /The browser could not read a response from/), new RegExp(closed));
});

check("behind_a_proxy_that_adds_the_token_none_is_asked_for", { role: null }, async ({ page, world, open }) => {
  const base = await world.front({ config: { auth: "proxy" } });
  await open("#/connect", { base });
  await page.getByText("This site’s proxy adds the token to requests").waitFor();
  await becomes(() => page.getByLabel("API token").count(), 0);
});

check("a_broken_configuration_is_said_and_the_defaults_hold", async ({ page, world, open }) => {
  const base = await world.front({ config: '{"apiBase": ' });
  await open("#/projects", { base });
  await page.getByRole("alert").getByText("config.json could not be read").waitFor();
  await new Projects(page).project("Simple Demo").waitFor();
});

check("a_misspelt_setting_is_said", async ({ page, world, open }) => {
  const base = await world.front({ config: { apibase: "https://example.com" } });
  await open("#/projects", { base });
  await page.getByRole("alert").getByText(/does not know: apibase/).waitFor();
});

check("检查的结论是中文的", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await world.fault({ path: PROBE, status: 403, times: 0 });
  await open("#/connect");
  await verdict(page, "Rights", /Zadig 接受令牌，但拒绝列出项目（403）/);
});

/** An address at which nobody listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
