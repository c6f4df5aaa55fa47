// The projects: listed, searched, opened by key.
import assert from "node:assert/strict";
import { Environments } from "./pages/environments.mjs";
import { Projects } from "./pages/projects.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();

check("projects_are_listed_in_the_order_of_their_names_and_lead_to_their_environments", async ({ page, open }) => {
  const projects = new Projects(page);
  await open();
  await projects.project("Bad Day").waitFor();
  const names = await projects.names();
  assert.deepEqual(names.slice(0, 6), ["Bad Day", "Empty", "Helm Demo", "Large", "Simple Demo", "Workload Kinds"]);
  assert.match(names[6], /^商城（演示项目）/);
  await page.getByText("Helm, read-only here").waitFor();
  await projects.project("Simple Demo").click();
  await new Environments(page).link("dev").waitFor();
  assert.equal(await new Shell(page).hash(), "#/p/simple-demo");
});

check("a_search_is_in_the_address_and_comes_back_from_it", async ({ page, open, world }) => {
  const [projects, shell] = [new Projects(page), new Shell(page)];
  await open("#/projects");
  await projects.search.fill("demo");
  await becomes(() => projects.names(), ["Helm Demo", "Simple Demo"]);
  assert.equal(await shell.hash(), "#/projects?q=demo");
  await projects.search.fill("商城");
  await becomes(async () => (await projects.names()).length, 1);
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await projects.search.waitFor();
  await becomes(() => projects.search.inputValue(), "商城");
  await becomes(async () => (await projects.names()).length, 1);
  assert.ok(link.startsWith(world.base));
});

check("a_search_that_finds_nothing_says_so_and_escape_empties_it", async ({ page, open }) => {
  const projects = new Projects(page);
  await open("#/projects?q=nothing-of-that-name");
  await page.getByRole("heading", { name: "No project matches “nothing-of-that-name”" }).waitFor();
  await projects.search.press("Escape");
  await becomes(async () => (await projects.names()).length, 7);
});

check("where_the_list_is_refused_a_project_opens_by_its_key", async ({ page, open, world }) => {
  const [projects, shell] = [new Projects(page), new Shell(page)];
  await world.fault({ path: "/openapi/projects", status: 403, times: 0 });
  await open("#/projects");
  await shell.error("forbidden").waitFor();
  await projects.open.click();
  await page.getByText("Enter the key of a project").waitFor();
  await projects.key.fill("simple-demo");
  await projects.key.press("Enter");
  await new Environments(page).link("dev").waitFor();
  assert.equal(await shell.hash(), "#/p/simple-demo");
});

check("a_key_with_odd_letters_is_carried_as_it_is", async ({ page, open, world }) => {
  const projects = new Projects(page);
  await open("#/projects");
  await projects.key.fill("商/城 100%?");
  const mark = await world.mark();
  await projects.open.click();
  await page.getByRole("heading", { level: 1, name: "商/城 100%?" }).waitFor();
  await becomes(async () => (await world.journal({ after: mark, path: "/openapi/environments" })).map((call) => call.query.projectKey), ["商/城 100%?", "商/城 100%?"]);
});

check("an_account_without_projects_is_told_so_and_may_try_a_key", { role: "viewer" }, async ({ page, open }) => {
  await open("#/projects");
  await page.getByRole("heading", { name: "No projects" }).waitFor();
  await new Projects(page).key.waitFor();
});

check("项目页面说中文", { locale: "zh-CN" }, async ({ page, open }) => {
  await open("#/projects");
  await page.getByRole("heading", { level: 1, name: "项目" }).waitFor();
  await page.getByRole("searchbox", { name: "搜索项目" }).fill("不存在的");
  await page.getByText("没有匹配“不存在的”的项目").waitFor();
});
