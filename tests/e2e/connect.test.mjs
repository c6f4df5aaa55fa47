// The way in: the token, where it is kept, and where it never is.
import assert from "node:assert/strict";
import { Connect } from "./pages/connect.mjs";
import { Environments } from "./pages/environments.mjs";
import { Projects } from "./pages/projects.mjs";
import { Shell } from "./pages/shell.mjs";
import { KEPT_TOKEN, suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();
const nobody = { role: null };

check("without_a_token_the_form_stands_in_place_of_the_page_and_leads_to_what_the_link_named", nobody, async ({ page, world, open }) => {
  const [connect, list] = [new Connect(page), new Environments(page)];
  const before = await world.mark();
  await open("#/p/simple-demo?q=prod");
  await connect.heading.waitFor();
  assert.deepEqual(await world.journal({ after: before }), [], "nothing is asked without a token");
  await connect.enter(world.tokens.admin);
  await list.link("prod").waitFor();
  await becomes(() => list.keys(), ["prod", "prod-canary", "prod-eu"]);
  assert.equal(await new Shell(page).hash(), "#/p/simple-demo?q=prod");
});

for (const [what, token] of [
  ["a_space", "eyJhbGciOi JIUzI1NiJ9"],
  ["a_letter_outside_ascii", "eyJhbGciOiéJIUzI1NiJ9"],
  ["a_chinese_letter", "令牌"],
]) {
  check(`a_token_with_${what}_is_refused_before_any_request`, nobody, async ({ page, world, open }) => {
    const connect = new Connect(page);
    const before = await world.mark();
    await open("#/projects");
    await connect.enter(token);
    await page.getByText("This cannot be a token").waitFor();
    await becomes(() => connect.token.getAttribute("aria-invalid"), "true");
    await becomes(() => connect.token.inputValue(), token, "what was typed stays");
    assert.deepEqual(await world.journal({ after: before }), []);
  });
}

check("an_empty_field_is_told_from_an_illegal_token", nobody, async ({ page, open }) => {
  const connect = new Connect(page);
  await open("#/connect");
  await connect.submit.click();
  await page.getByText("Paste the token first.").waitFor();
});

check("a_token_copied_with_bearer_and_a_line_end_is_taken", nobody, async ({ page, world, open }) => {
  const [connect, projects] = [new Connect(page), new Projects(page)];
  await open("#/projects");
  await connect.enter(` Bearer ${world.tokens.admin} `);
  await projects.project("Simple Demo").waitFor();
});

check("a_refused_token_is_explained_over_the_page_and_a_good_one_brings_it_back", nobody, async ({ page, world, open }) => {
  const [connect, shell, list] = [new Connect(page), new Shell(page), new Environments(page)];
  await open("#/p/simple-demo");
  await connect.enter("eyJhbGciOiJIUzI1NiJ9.eyJ3cm9uZyI6MX0.c2lnbmF0dXJl");
  await shell.tokenDialog.getByText("Zadig no longer accepts the token").waitFor();
  await becomes(() => shell.connection.textContent(), "Token needed");
  await new Connect(page, shell.tokenDialog).enter(world.tokens.admin);
  await list.link("dev").waitFor();
  await shell.tokenDialog.waitFor({ state: "hidden" });
});

check("a_token_that_is_revoked_under_an_open_page_is_asked_for_without_losing_the_page", async ({ page, world, open }) => {
  const [shell, list] = [new Shell(page), new Environments(page)];
  await open("#/p/simple-demo?q=prod");
  await list.link("prod-eu").waitFor();
  await world.fault({ path: "/openapi/environments", status: 401, times: 0 });
  await list.refresh.click();
  const dialog = new Connect(page, shell.tokenDialog);
  await dialog.token.waitFor();
  await becomes(() => list.table.locator(".row-link").count(), 3, "the rows stay behind the dialog");
  await world.clearFaults();
  await dialog.enter(world.tokens.admin);
  await shell.tokenDialog.waitFor({ state: "hidden" });
  await becomes(() => list.search.inputValue(), "prod");
  await shell.error("unauthorized").waitFor({ state: "hidden" });
});

check("the_page_says_who_is_signed_in_and_until_when", nobody, async ({ page, world, open }) => {
  const connect = new Connect(page);
  await open("#/connect");
  await connect.enter(world.tokens.developer);
  await page.getByText(/^Signed in as .*developer/i).waitFor();
  await page.getByText(/^The token expires on \d{4}-\d\d-\d\d/).waitFor();
  await connect.proceed.click();
  await new Projects(page).heading.waitFor();
});

check("a_token_is_gone_with_a_reload_unless_it_was_to_be_kept", nobody, async ({ page, world, open }) => {
  const [connect, projects] = [new Connect(page), new Projects(page)];
  await open("#/projects");
  await connect.enter(world.tokens.admin);
  await projects.project("Simple Demo").waitFor();
  await page.reload();
  await connect.heading.waitFor();
  await connect.enter(world.tokens.admin, { keep: true });
  await projects.project("Simple Demo").waitFor();
  await page.reload();
  await projects.project("Simple Demo").waitFor();
  const kept = await page.evaluate(([key]) => [sessionStorage.getItem(key), JSON.stringify(localStorage)], [KEPT_TOKEN]);
  assert.equal(kept[0], world.tokens.admin);
  assert.ok(!kept[1].includes(world.tokens.admin), "never in localStorage");
  await page.goto(`${new URL("#/connect", page.url())}`);
  await connect.keep.waitFor();
  await becomes(() => connect.keep.isChecked(), true, "the box says what is so");
});

check("forgetting_the_token_removes_it_everywhere_and_stops_asking", nobody, async ({ page, world, open }) => {
  const [connect, projects] = [new Connect(page), new Projects(page)];
  await open("#/connect");
  await connect.enter(world.tokens.admin, { keep: true });
  await connect.proceed.waitFor();
  await connect.logOut.click();
  await connect.logOut.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage)), "{}");
  const mark = await world.mark();
  await page.reload();
  await connect.heading.waitFor();
  await page.goto(`${world.base}/#/projects`);
  await connect.heading.waitFor();
  await becomes(() => projects.heading.count(), 0);
  assert.deepEqual(await world.journal({ after: mark }), []);
});

check("the_token_appears_nowhere_but_in_the_header", nobody, async ({ page, world, open, told }) => {
  const [connect, list] = [new Connect(page), new Environments(page)];
  const token = world.tokens.developer;
  const mark = await world.mark();
  await open("#/connect");
  await connect.enter(token);
  await connect.proceed.waitFor();
  const pictures = [await picture(page)];
  // An error's details and its report are places where a token could slip in.
  await world.fault({ path: "/openapi/environments", status: 500, body: '{"code":500,"message":"x","description":"y"}', times: 2 });
  await page.goto(`${world.base}/#/p/simple-demo`);
  await page.getByRole("alert").getByText("Details", { exact: true }).click();
  pictures.push(await picture(page));
  await page.getByRole("button", { name: "Try again" }).click();
  await list.link("dev").waitFor();
  pictures.push(await picture(page));

  const seen = [...pictures, ...told.map((one) => one.text)].join("\n");
  for (const part of [token, token.split(".")[1], token.split(".")[2]]) {
    assert.ok(!seen.includes(part), "the token is in the page, its address, its storage or its console");
  }
  const calls = await until(() => world.journal({ after: mark }), (all) => all.length > 2, "calls were made");
  assert.deepEqual([...new Set(calls.map((call) => call.token_in))], ["header"]);
  assert.ok(calls.every((call) => !`${call.raw_path}?${call.raw_query}${call.body}`.includes(token)));
});

/** Everything of a page in which a token could stand. */
function picture(page) {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    const urls = [location.href, ...performance.getEntries().map((entry) => entry.name)];
    const stores = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, JSON.stringify(history.state)];
    return [document.documentElement.outerHTML, ...fields, ...urls, ...stores].join("\n");
  });
}

check("连接页面说中文", { role: null, locale: "zh-CN" }, async ({ page, open }) => {
  await open("#/projects");
  await page.getByRole("heading", { level: 1, name: "连接 Zadig" }).waitFor();
  await page.getByLabel("API 令牌").fill("令牌");
  await page.getByRole("button", { name: "连接", exact: true }).click();
  await page.getByText("这不是有效的令牌").waitFor();
});
