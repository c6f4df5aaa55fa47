// One environment: its services, what is wrong with them, and what that costs the server.
import assert from "node:assert/strict";
import { Environment } from "./pages/environment.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite({ config: { refresh: { busySeconds: 1, idleSeconds: 3600 } } });

check("services_show_state_ready_count_and_image", async ({ page, open }) => {
  const environment = new Environment(page);
  await open("#/p/simple-demo/test/dev");
  await environment.heading("dev").waitFor();
  const order = environment.row("order");
  await order.getByText("3 of 3 pods ready").waitFor({ state: "attached" });
  await order.getByText("3/3").waitFor();
  await order.getByText("Running").waitFor();
  await matches(() => order.innerText(), /order/);
  await environment.row("service1").getByText(/20231214162411/).waitFor();
  const services = await environment.services();
  assert.deepEqual(services, [...services].sort((a, b) => a.localeCompare(b, "en", { numeric: true })));
  assert.equal(services.length, 15);
});

check("the_head_names_cluster_registry_namespace_and_who_changed_it", async ({ page, open }) => {
  await open("#/p/simple-demo/production/prod-eu");
  const main = page.getByRole("main");
  await main.getByText("Production EU").waitFor();
  await main.getByText("PRODUCTION").first().waitFor();
  await main.getByText("tke-production").waitFor();
  await main.getByText("koderover.tencentcloudcr.com/test").waitFor();
  await main.getByText("release-bot").waitFor();
});

for (const [service, word, more] of [
  ["crashing", "CrashLoopBackOff", /\d+ restarts · back-off/],
  ["out-of-memory", "CrashLoopBackOff", /\d+ restarts · back-off/],
  ["no-image", /ImagePullBackOff|ErrImagePull/, /manifest|pull|not found/i],
  ["no-node", "FailedScheduling", /0\/3 nodes are available/],
  ["not-ready", "NotReady", /Readiness probe failed/],
]) {
  check(`the_reason_why_${service.replaceAll("-", "_")}_is_not_ready_stands_in_its_row`, async ({ page, open }) => {
    const environment = new Environment(page);
    await open("#/p/bad-day/test/bad-day");
    await environment.row(service).getByText(word).first().waitFor();
    await matches(() => environment.row(service).innerText(), more);
  });
}

check("problems_only_is_toggled_by_button_and_by_key_and_is_in_the_link", async ({ page, open, newPage }) => {
  const [environment, shell] = [new Environment(page), new Shell(page)];
  await open("#/p/bad-day/test/bad-day");
  await environment.row("healthy").waitFor();
  await environment.problemsOnly.click();
  await environment.row("healthy").waitFor({ state: "detached" });
  await environment.row("crashing").waitFor();
  assert.equal(await shell.hash(), "#/p/bad-day/test/bad-day/services?problems=1");
  await environment.search.fill("no-");
  await becomes(() => environment.services(), ["no-image", "no-node"]);
  const link = page.url();

  await environment.search.fill("");
  await environment.problemsOnly.focus();
  await page.keyboard.press("p");
  await environment.row("healthy").waitFor();
  await becomes(() => environment.problemsOnly.getAttribute("aria-pressed"), "false");
  await page.keyboard.press("p");
  await environment.row("healthy").waitFor({ state: "detached" });

  const other = await newPage();
  const stored = await page.evaluate(() => ({ ...sessionStorage }));
  await other.addInitScript((entries) => Object.entries(entries).forEach(([key, value]) => sessionStorage.setItem(key, value)), stored);
  await other.goto(link);
  const again = new Environment(other);
  await becomes(() => again.services(), ["no-image", "no-node"]);
  await becomes(() => again.search.inputValue(), "no-");
});

check("a_healthy_environment_says_that_there_are_no_problems", async ({ page, open }) => {
  await open("#/p/simple-demo/test/dev5/services?problems=1");
  await page.getByRole("heading", { name: "No problems" }).waitFor();
  await page.getByText(/services? (is|are) healthy/).waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await new Environment(page).row("service1").waitFor();
});

check("a_pod_that_fails_while_the_page_is_open_shows_by_itself", async ({ page, world, open }) => {
  const environment = new Environment(page);
  await world.mutate({ project: "simple-demo", env: "qa", status: "updating" });
  await open("#/p/simple-demo/test/qa");
  await environment.row("stock").getByText("1/1").waitFor();
  await world.mutate({ project: "simple-demo", env: "qa", pod: { name: "stock-*", crash: true } });
  await environment.row("stock").getByText("0/1").waitFor();
});

check("an_environment_that_is_not_there_is_said_with_the_way_back", async ({ page, open }) => {
  await open("#/p/simple-demo/test/no-such-env");
  await page.getByRole("heading", { name: "This environment does not exist" }).waitFor();
  await page.getByRole("link", { name: "Go to the environments of simple-demo" }).click();
  await page.getByRole("link", { name: "dev", exact: true }).waitFor();
});

check("an_environment_deleted_under_an_open_page_is_said", async ({ page, world, open }) => {
  const environment = new Environment(page);
  await world.mutate({ project: "simple-demo", env: "qa", status: "deleting" });
  await open("#/p/simple-demo/test/qa");
  await environment.row("stock").waitFor();
  await world.mutate({ project: "simple-demo", env: "qa", delete_env: true });
  await page.getByText(/Not found|This environment does not exist/).first().waitFor();
});

for (const [key, words] of [
  ["asleep", /This environment is sleeping: its workloads are scaled to 0/],
  ["updating", /Zadig is changing this environment/],
  ["failed", /The last change to this environment failed/],
]) {
  check(`the_state_${key}_is_explained`, async ({ page, open }) => {
    await open(`#/p/bad-day/test/${key}`);
    await page.getByRole("note").getByText(words).waitFor();
  });
}

check("an_environment_whose_cluster_is_lost_still_shows_its_services", async ({ page, open }) => {
  await open("#/p/bad-day/test/lost-cluster");
  await new Environment(page).row("healthy").or(page.getByRole("alert")).first().waitFor();
});

check("every_kind_of_workload_has_a_row", async ({ page, open }) => {
  const environment = new Environment(page);
  await open("#/p/kinds/test/dev");
  await environment.row("mysql").getByText("3/3").waitFor();
  await environment.row("cron-suspended").getByText("Suspended", { exact: true }).waitFor();
  await environment.row("cron-active").getByText("Scheduled").waitFor();
  await environment.row("two-containers").getByText(/\d more/).waitFor();
  await environment.row("by-digest").getByText(/sha256|9b2a3c4d/).first().waitFor();
});

check("variables_have_their_own_link", async ({ page, open }) => {
  const environment = new Environment(page);
  await open("#/p/simple-demo/test/dev");
  await environment.tab(/^Variables/).click();
  const table = page.getByRole("table", { name: "Variables" });
  await table.getByText("cpuLimit").waitFor();
  await table.locator('[data-variable="cpuLimit"]').getByRole("link", { name: "service2" }).waitFor();
  assert.equal(await new Shell(page).hash(), "#/p/simple-demo/test/dev/variables");
  await page.reload();
  await table.getByText("cpuLimit").waitFor();
});

check("five_hundred_services_cost_no_more_than_what_is_in_sight", async ({ page, world, open, t }) => {
  const [environment, shell] = [new Environment(page), new Shell(page)];
  const mark = await world.mark();
  await open("#/p/large/test/large");
  await environment.row("svc-000").getByText("1/1").waitFor();
  const looks = async () => (await world.journal({ after: mark, path: "/openapi/environments/large/services/" })).map((call) => call.path.split("/").at(-1));
  const drawn = (await environment.services()).length;
  await until(looks, (all) => new Set(all).size >= drawn, "what is drawn is looked at");
  // A refresh later, still nothing else was asked for.
  const list = "/openapi/environments/large";
  const before = await world.mark();
  await environment.refresh.click();
  await until(() => world.journal({ after: before, path: list }), (all) => all.some((call) => call.path === list), "the page looks again");
  const all = await looks();
  const nodes = await shell.nodes();
  t.diagnostic(`${drawn} of 500 rows drawn, ${nodes} nodes, ${all.length} looks at ${new Set(all).size} services`);
  assert.ok(drawn < 60, `${drawn} rows are drawn`);
  assert.ok(nodes < 2000, `${nodes} nodes`);
  assert.ok(new Set(all).size <= drawn + 8, "only services in sight are looked at");
  await becomes(() => environment.table.getAttribute("aria-rowcount"), "501");
});

check("a_refresh_does_not_look_again_at_every_healthy_service", async ({ page, world, open }) => {
  const environment = new Environment(page);
  await world.mutate({ project: "simple-demo", env: "staging", status: "updating" });
  const mark = await world.mark();
  await open("#/p/simple-demo/test/staging");
  await environment.row("web").getByText("2/2").waitFor();
  const detail = "/openapi/environments/staging";
  const details = async () => (await world.journal({ after: mark, path: detail })).filter((call) => call.path === detail).length;
  await until(details, (count) => count >= 5, "the busy page looks again and again");
  const looks = await world.journal({ after: mark, path: `${detail}/services/web` });
  assert.ok(looks.length <= 2, `the healthy service was looked at ${looks.length} times in a few seconds`);
});

check("环境页面说中文", { locale: "zh-CN" }, async ({ page, open }) => {
  await open("#/p/bad-day/test/asleep");
  await page.getByRole("note").getByText("此环境处于睡眠状态").waitFor();
  await open("#/p/bad-day/test/bad-day");
  const table = page.getByRole("table", { name: "服务" });
  await table.getByText("CrashLoopBackOff").first().waitFor();
  await page.getByRole("button", { name: "仅看异常" }).click();
  await table.locator('[data-service="healthy"]').waitFor({ state: "detached" });
});

check("an_environment_is_not_said_to_be_better_than_its_services", async ({ page, open }) => {
  await open("#/p/bad-day/test/bad-day");
  await new Environment(page).row("crashing").waitFor();
  const head = page.getByRole("main").locator(".page-head .state");
  const [problems] = (await page.getByRole("main").locator(".tab-problems").innerText()).match(/\d+/);
  assert.ok(Number(problems) > 1);
  await becomes(() => head.innerText(), `Normal · ${problems} services with problems`);
  assert.match(await head.getAttribute("class"), /tone-warn/);
  assert.match(await head.getAttribute("title"), /success/);
});

check("a_service_that_could_not_be_applied_says_so", async ({ page, open }) => {
  await open("#/p/bad-day/test/bad-day");
  const row = new Environment(page).row("apply-error");
  await row.getByText("Zadig could not apply it").waitFor();
  await row.getByRole("link", { name: "apply-error", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "Service apply-error" });
  await drawer.getByText(/Zadig could not apply/).first().waitFor();
  await becomes(() => drawer.getByRole("link", { name: "Logs" }).count(), 0, "there is nothing to read");
  await becomes(() => drawer.getByRole("button", { name: /Restart/ }).count(), 0, "there is nothing to restart");
  assert.doesNotMatch(await drawer.innerText(), /scaled to 0/);
});
