// Helm projects: the API reads them, so everything is shown and nothing is offered that would be refused.
import assert from "node:assert/strict";
import { Environment } from "./pages/environment.mjs";
import { Environments } from "./pages/environments.mjs";
import { Logs } from "./pages/logs.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();
const SIGN = "Helm, read-only here";

check("the_list_offers_no_new_environment_and_says_helm_once", async ({ page, open }) => {
  await open("#/p/helm-demo");
  await new Environments(page).link("dev").waitFor();
  await becomes(() => page.getByText(SIGN).count(), 1);
  await becomes(() => page.getByRole("link", { name: "New environment" }).count(), 0);
  await becomes(() => page.getByRole("link", { name: /Clone/ }).count(), 0);
  await open("#/p/helm-demo/new");
  await page.getByText("Zadig’s API can only read the environments of Helm projects.", { exact: false }).waitFor();
  await open("#/p/simple-demo");
  await page.getByRole("link", { name: "New environment" }).first().waitFor();
  await becomes(() => page.getByText(SIGN).count(), 0);
});

for (const [family, env] of [["test", "dev"], ["production", "prod"]]) {
  check(`services_of_a_${family}_environment_are_shown_without_a_problem_and_without_an_action`, async ({ page, open }) => {
    const environment = new Environment(page);
    await open(`#/p/helm-demo/${family}/${env}`);
    await environment.row("redis").getByText("7.2.4").waitFor();
    await environment.row("redis").getByText("1/1").waitFor();
    await becomes(() => page.getByText(SIGN).count(), 1);
    assert.doesNotMatch(await page.getByRole("main").innerText(), /with problems|\d problems?/);
    await becomes(() => page.getByRole("button", { name: /Add services|Select|Restart|Scale/ }).count(), 0);

    const service = new Service(page, "redis");
    await environment.row("redis").getByRole("link", { name: "redis", exact: true }).click();
    await service.workload().waitFor();
    assert.doesNotMatch(await service.drawer.innerText(), /deleted|Not found/);
    await becomes(() => service.actions.count(), 0);
    await becomes(() => service.tab("Variables").count(), 0);
    await service.tab("Values").click();
    await service.drawer.locator(".cm-content").getByText("replicaCount").waitFor();
    await service.tab("YAML").click();
    await service.drawer.locator(".cm-content").getByText("kind: Deployment").waitFor();
  });
}

check("the_log_of_a_helm_service_opens", async ({ page, open }) => {
  const service = new Service(page, "redis");
  const logs = new Logs(page);
  await open(serviceLink("helm-demo", "test", "dev", "redis"));
  await service.workload().waitFor();
  await service.drawer.getByRole("link", { name: "Logs of all pods" }).click();
  await matches(async () => String(await logs.kept()), /[1-9]/);
});

check("a_project_of_yaml_has_no_tab_for_values", async ({ page, open }) => {
  const service = new Service(page, "web");
  await open(serviceLink("simple-demo", "test", "dev", "web"));
  await service.workload().waitFor();
  await becomes(() => service.tab("YAML").count(), 1);
  await becomes(() => service.tab("Values").count(), 0);
});
