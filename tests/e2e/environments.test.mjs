// The environments of a project: test and production as one list, filtered and sorted in the address.
import assert from "node:assert/strict";
import { Environments } from "./pages/environments.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

// Looking again by itself is seen only where something moves: at rest these pages would wait an hour.
const check = suite({ config: { refresh: { busySeconds: 1, idleSeconds: 3600 } } });

const ALL = ["base", "dev", "dev5", "feature-cart", "prod", "prod-canary", "prod-eu", "qa", "staging"];

check("test_and_production_stand_in_one_list_and_production_says_so", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await becomes(() => list.keys(), ALL);
  await matches(() => list.row("prod").innerText(), /PRODUCTION/);
  assert.doesNotMatch(await list.row("dev").innerText(), /PRODUCTION/);
  await matches(() => list.row("qa").innerText(), /QA 环境[\s\S]*Normal[\s\S]*chen\.jie[\s\S]*3 h ago/);
});

check("search_state_kind_and_order_are_in_the_address_and_come_back_in_a_fresh_page", async ({ page, open, newPage }) => {
  const list = new Environments(page);
  await open("#/p/bad-day");
  await list.link("bad-day").waitFor();
  await list.search.fill("bad-day");
  await list.state("Failed").click();
  await list.state("Normal").click();
  await list.kind("Test").click();
  await list.sortBy("State");
  await list.sortBy("State");
  await becomes(() => list.keys(), ["bad-day", "lost-cluster", "failed"]);
  const hash = await new Shell(page).hash();
  const query = new URLSearchParams(hash.split("?")[1]);
  assert.deepEqual([query.get("q"), query.getAll("state").sort(), query.get("family"), query.get("sort"), query.get("desc")],
    ["bad-day", ["failed", "success"], "test", "state", "1"]);

  const other = await newPage();
  const token = await page.evaluate(() => ({ ...sessionStorage }));
  await other.addInitScript((entries) => Object.entries(entries).forEach(([key, value]) => sessionStorage.setItem(key, value)), token);
  await other.goto(page.url());
  const again = new Environments(other);
  await becomes(() => again.keys(), await list.keys());
  await becomes(() => again.search.inputValue(), "bad-day");
  await becomes(() => again.state("Failed").getAttribute("aria-pressed"), "true");
  await becomes(() => again.kind("Test").getAttribute("aria-pressed"), "true");
  await becomes(() => again.table.getByRole("columnheader", { name: "State" }).getAttribute("aria-sort"), "descending");
});

check("filters_that_hide_everything_say_so_and_are_cleared_at_once", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/simple-demo?q=nowhere&family=production&sort=updated");
  await page.getByRole("heading", { name: "No environment matches" }).waitFor();
  await page.getByText("9 environments are hidden").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await becomes(async () => (await list.keys()).length, 9);
  assert.equal(await new Shell(page).hash(), "#/p/simple-demo?sort=updated");
});

check("back_leaves_the_page_and_forward_brings_its_filters_back", async ({ page, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/projects");
  await page.getByRole("main").getByRole("link", { name: "Simple Demo", exact: true }).click();
  await list.link("dev").waitFor();
  await list.search.fill("prod");
  await becomes(async () => (await list.keys()).length, 3);
  await list.link("prod-eu").click();
  await page.getByRole("heading", { level: 1, name: "prod-eu" }).waitFor();
  await page.goBack();
  await becomes(() => list.keys(), ["prod", "prod-canary", "prod-eu"]);
  await becomes(() => list.search.inputValue(), "prod");
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
  await page.goForward();
  await becomes(() => list.keys(), ["prod", "prod-canary", "prod-eu"]);
  assert.equal(await shell.hash(), "#/p/simple-demo?q=prod");
});

check("a_state_that_changes_in_zadig_shows_by_itself", async ({ page, world, open }) => {
  const list = new Environments(page);
  await world.mutate({ project: "simple-demo", env: "qa", status: "updating" });
  await open("#/p/simple-demo");
  await list.row("qa").getByText("Updating").waitFor();
  await matches(() => list.state("Updating").innerText(), /1$/);
  await world.mutate({ project: "simple-demo", env: "staging", status: "failed" });
  await list.row("staging").getByText("Failed").waitFor();
  await world.mutate({ project: "simple-demo", env: "qa", status: "success", update_by: "zhang.wei" });
  await list.row("qa").getByText("Normal").waitFor();
  await list.row("qa").getByText("zhang.wei").waitFor();
});

check("the_servers_moving_order_moves_no_row", async ({ page, world, open }) => {
  const list = new Environments(page);
  await world.mutate({ project: "simple-demo", env: "dev", status: "updating" });
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  const orders = new Set();
  const call = async () => (await world.call("/openapi/environments?projectKey=simple-demo")).map((env) => env.env_key ?? env.envKey).join();
  for (let i = 0; i < 4; i += 1) orders.add(await call());
  assert.ok(orders.size > 1, "the server's order does move");
  await list.link("qa").evaluate((link) => link.setAttribute("data-was-here", ""));
  const mark = await world.mark();
  await until(() => world.journal({ after: mark, path: "/openapi/environments" }), (calls) => calls.length >= 6, "the page looks again");
  await becomes(() => list.keys(), ALL);
  const kept = await list.link("qa").evaluate((link) => link.hasAttribute("data-was-here"));
  assert.ok(kept, "the row is still the same element, so it keeps the focus and what is selected in it");
});

check("without_a_licence_for_production_the_test_environments_stay", async ({ page, world, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await world.reset({ licence: "basic" });
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await becomes(() => list.keys(), ALL.filter((key) => !key.startsWith("prod")));
  const notice = shell.error("licence");
  await notice.getByText("Zadig’s licence does not cover this").waitFor();
  await notice.getByText("The production environments could not be read; test is shown.").waitFor();
  await notice.getByText("用户许可证不可用，请检查许可证后重试").waitFor();
});

check("without_rights_on_production_the_test_environments_stay", async ({ page, world, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await world.fault({ path: "/openapi/environments/production", status: 403, times: 0 });
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await shell.error("forbidden").getByText("This account is not allowed to do this").waitFor();
});

check("a_project_without_environments_says_why_and_an_unknown_one_the_same", async ({ page, open }) => {
  await open("#/p/empty");
  await page.getByRole("heading", { name: "No environments yet" }).waitFor();
  await page.getByText("Project “empty” has no environments that this account can see").waitFor();
  await page.evaluate(() => (location.hash = "#/p/no-such-project"));
  await page.getByText("Project “no-such-project” has no environments").waitFor();
});

check("favourites_survive_a_reload_and_are_at_hand_in_the_navigation", async ({ page, open }) => {
  const [list, shell] = [new Environments(page), new Shell(page)];
  await open("#/p/simple-demo");
  await list.star("qa").click();
  await list.star("prod").click();
  await shell.navigation.getByRole("link", { name: "qa" }).waitFor();
  await page.reload();
  await list.link("qa").waitFor();
  await becomes(() => list.star("qa").getAttribute("aria-pressed"), "true");
  await becomes(() => list.star("dev").getAttribute("aria-pressed"), "false");
  await list.star("qa").click();
  await shell.navigation.getByRole("link", { name: "qa" }).waitFor({ state: "hidden" });
  await shell.navigation.getByRole("link", { name: "prod" }).click();
  await page.getByRole("heading", { level: 1, name: "prod", exact: true }).waitFor();
});

check("a_whole_row_opens_its_environment", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/simple-demo");
  await list.row("staging").click();
  await page.getByRole("heading", { level: 1, name: "staging" }).waitFor();
});

check("an_unknown_state_is_shown_as_zadig_wrote_it", async ({ page, open }) => {
  const list = new Environments(page);
  await open("#/p/bad-day");
  await list.row("hibernating").getByText(/hibernating-2/i).waitFor();
  for (const [key, word] of [["failed", "Failed"], ["creating", "Creating"], ["deleting", "Deleting"], ["asleep", "Sleeping"], ["unknown", "Unknown"], ["unstable", "Unstable"]]) {
    await list.row(key).getByText(word, { exact: true }).waitFor();
  }
});

check("环境列表说中文", { locale: "zh-CN" }, async ({ page, open }) => {
  await open("#/p/bad-day");
  const table = page.getByRole("table", { name: "环境" });
  await table.getByText("睡眠中").waitFor();
  await table.getByText("8 小时前").waitFor();
  await page.getByRole("group", { name: "状态分布" }).getByRole("button", { name: /^失败/ }).click();
  await becomes(() => table.locator("a.row-link").allTextContents(), ["failed"]);
});
