// axe finds nothing serious on any page, in either theme, at either width.
import { Connect } from "./pages/connect.mjs";
import { Create } from "./pages/create.mjs";
import { EnvironmentMenu } from "./pages/environment.mjs";
import { Shell } from "./pages/shell.mjs";
import { Variables, variablesLink } from "./pages/variables.mjs";
import { hold } from "./support/axe.mjs";
import { suite } from "./support/browser.mjs";

const check = suite();
const still = { reducedMotion: "reduce" };

for (const [name, hash, text] of [
  ["projects", "#/projects", "Simple Demo"],
  ["environments", "#/p/simple-demo", "feature-cart"],
  ["environments_in_every_state", "#/p/bad-day", "hibernating"],
  ["a_test_environment", "#/p/bad-day/test/bad-day", "CrashLoopBackOff"],
  ["a_production_environment", "#/p/simple-demo/production/prod", "3/3"],
  ["variables", "#/p/simple-demo/test/dev/variables", "cpuLimit"],
  ["the_matrix_of_variables", "#/p/simple-demo/test/dev/variables?view=matrix", "cpuLimit"],
  ["variables_of_production", "#/p/simple-demo/production/prod/variables", "logLevel"],
  ["sub_environments_that_are_off", "#/p/simple-demo/test/dev/sub-environment", "1 workload has no Kubernetes Service"],
  ["sub_environments_that_are_on", "#/p/simple-demo/test/base/sub-environment/gateway", "This server does not return the hosts"],
  ["sub_environments_in_production", "#/p/simple-demo/production/prod/sub-environment", "Production has no sub-environments"],
  ["configs", "#/p/simple-demo/test/dev/configs", "game-demo"],
  ["a_config_as_yaml", "#/p/simple-demo/test/dev/configs/ConfigMap/game-demo?view=yaml", "player_initial_lives"],
  ["a_secret", "#/p/simple-demo/test/dev/configs/Secret/db-credentials", "19 bytes"],
  ["a_new_config", "#/p/simple-demo/test/dev/configs/Secret?new=1", "No keys yet"],
  ["a_new_environment", "#/p/simple-demo/new", "New environment"],
  ["a_new_production_environment", "#/p/simple-demo/new?family=production", "A production environment starts without services"],
  ["the_services_of_a_clone", "#/p/simple-demo/new?from=dev&step=services", "cart-api"],
  ["the_variables_of_a_new_environment", "#/p/simple-demo/new?step=variables", "cpuLimit"],
  ["the_configs_of_a_clone", "#/p/simple-demo/new?from=dev&step=configs", "game-demo"],
  ["the_review_of_a_clone", "#/p/simple-demo/new?from=dev&step=review", "Fix these first:"],
  ["settings", "#/settings", "Read-only"],
  ["the_connection", "#/connect", "answered in"],
  ["an_empty_project", "#/p/empty", "No environments yet"],
  ["a_filter_without_a_match", "#/p/simple-demo?q=nowhere", "No environment matches"],
  ["an_environment_that_is_not_there", "#/p/simple-demo/test/nope", "This environment does not exist"],
  ["an_unknown_page", "#/nowhere", "Page not found"],
]) {
  check(`${name}_can_be_used_by_everybody`, still, async ({ page, open, t }) => {
    await open(hash);
    await page.getByRole("main").getByText(text).first().waitFor();
    await hold(page, t);
  });
}

check("the_connect_form_with_a_refused_token_can_be_used_by_everybody", { ...still, role: null }, async ({ page, open, t }) => {
  await open("#/projects");
  await new Connect(page).enter("令牌");
  await page.getByText("This cannot be a token").waitFor();
  await hold(page, t);
});

for (const [name, item] of [["menu", null], ["edit", "edit"], ["delete", "delete"]]) {
  check(`the_${name}_of_an_environment_can_be_used_by_everybody`, still, async ({ page, open, t }) => {
    await open("#/p/simple-demo/test/dev");
    const menu = new EnvironmentMenu(page);
    await menu.button.click();
    if (item) {
      await menu[item].click();
      await menu.review.waitFor();
    }
    await hold(page, t);
  });
}

check("a_config_of_a_new_environment_and_what_is_wrong_with_it_can_be_used_by_everybody", still, async ({ page, open, t }) => {
  await open("#/p/simple-demo/new?from=dev&step=configs");
  const create = new Create(page);
  await create.main.getByRole("checkbox", { name: "db-credentials" }).check();
  await create.unfold("Secret db-credentials");
  await create.addObject("ConfigMap", "kind: ConfigMap\nmetadata:\n  name: ports\ndata:\n  web: 80\n");
  await create.yaml("ConfigMap ports").problems.first().waitFor();
  await hold(page, t);
});

check("an_error_can_be_read_by_everybody", still, async ({ page, world, open, t }) => {
  const body = JSON.stringify({ code: 6065, description: "the detail", extra: {}, message: "列出服务组失败", type: "error" });
  await world.fault({ path: "/openapi/environments", status: 400, body, times: 0 });
  await open("#/p/simple-demo");
  await new Shell(page).error("server").getByText("Details", { exact: true }).click();
  await hold(page, t);
});

check("edited_variables_their_conflicts_and_the_question_before_leaving_can_be_used_by_everybody", still, async ({ page, world, open, t }) => {
  await open(variablesLink("simple-demo", "test", "dev"));
  const variables = new Variables(page);
  await variables.field("domain").fill("mine");
  await variables.unfold("limits");
  await variables.yaml("limits").fill("a: [");
  await variables.remove("memLimit").click();
  await variables.remove("tracing").click();
  await variables.next.click();
  await variables.bar.getByRole("alert").waitFor();
  await hold(page, t);
  await variables.undo("limits").click();
  await world.mutate({ project: "simple-demo", env: "dev", set_variable: { key: "domain", value: "theirs" } });
  await variables.next.click();
  await variables.goOn.waitFor();
  await hold(page, t);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("main").getByRole("link", { name: /^Services/ }).click();
  await variables.guard.stay.waitFor();
  await hold(page, t);
});

check("the_palette_can_be_used_by_everybody", still, async ({ page, open, t }) => {
  await open("#/p/simple-demo");
  await page.keyboard.press("Control+k");
  await new Shell(page).palette.getByRole("option").first().waitFor();
  await hold(page, t);
});

check("the_shortcuts_can_be_read_by_everybody", still, async ({ page, open, t }) => {
  await open("#/p/simple-demo");
  await page.keyboard.press("?");
  await new Shell(page).shortcuts.waitFor();
  await hold(page, t);
});

check("the_dialog_for_a_new_token_can_be_used_by_everybody", still, async ({ page, world, open, t }) => {
  await world.fault({ path: "/openapi/environments", status: 401, times: 0 });
  await open("#/p/simple-demo");
  await new Shell(page).tokenDialog.waitFor();
  await hold(page, t);
});

check("每一页在中文界面下都没有障碍", { ...still, locale: "zh-CN" }, async ({ page, open, t }) => {
  await open("#/p/shangcheng");
  await page.getByRole("main").getByText("预发布").waitFor();
  await hold(page, t);
});
