// Editing and deleting environments, and what a sleeping one refuses.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Environment, EnvironmentMenu } from "./pages/environment.mjs";
import { Environments } from "./pages/environments.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { Tray, appears, takeClocks } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();
const SECOND = { label: "harbor.example.com/library" };

async function enter({ page, world, open }, link, ...mutations) {
  await world.reset();
  if (mutations.length > 0) await world.mutate(...mutations);
  await takeClocks(page, world);
  await open(link);
  const menu = new EnvironmentMenu(page);
  await menu.button.waitFor();
  return { page, world, menu, review: new Review(page), tray: new Tray(page) };
}

const listed = async (world, family = "") => (await world.call(`/openapi/environments${family}?projectKey=simple-demo`)).map((one) => one.env_key);

check("the_registry_of_production_changes_without_losing_the_alias", async (given) => {
  const { world, menu, review, tray } = await enter(given, "#/p/simple-demo/production/prod-eu");
  await menu.open(menu.edit);
  await menu.alias.waitFor();
  await becomes(() => menu.alias.inputValue(), "Production EU");
  await menu.registry.selectOption(SECOND);
  const registry = await menu.registry.inputValue();
  await menu.review.click();
  assert.deepEqual((await review.changeTexts()).map((one) => one.split(" | ")[0]), ["Image registry"]);
  await review.typed.fill("prod-eu");
  assert.deepEqual(await writes(world), []);
  await review.apply.click();
  await tray.says("Edit environment", "prod-eu", /Done and verified/);
  const calls = await writes(world);
  assert.deepEqual(calls, [
    {
      call: "PUT /openapi/environments/production/prod-eu",
      query: { projectKey: "simple-demo" },
      body: { registry_id: registry, env_name: "Production EU" },
    },
  ]);
  const env = (await world.call("/openapi/environments/production?projectKey=simple-demo")).find((one) => one.env_key === "prod-eu");
  assert.equal(env.envName, "Production EU");
});

check("an_alias_is_changed", async (given) => {
  const { page, world, menu, review, tray } = await enter(given, "#/p/simple-demo/production/prod-eu");
  await menu.open(menu.edit);
  await menu.alias.fill("Europe");
  await menu.review.click();
  await becomes(() => review.changeTexts(), ["Alias | Production EU | Europe"]);
  await review.typed.fill("prod-eu");
  await review.apply.click();
  await tray.says("Edit environment", "prod-eu", /Done and verified/);
  assert.equal((await writes(world))[0].body.env_name, "Europe");
  await appears(page, page.getByRole("main").getByText("Europe", { exact: true }));
});

check("a_test_environment_sends_its_registry_alone", async (given) => {
  const { world, menu, review, tray } = await enter(given, "#/p/simple-demo/test/dev");
  await menu.open(menu.edit);
  await menu.registry.selectOption(SECOND);
  await becomes(() => menu.alias.count(), 0);
  const registry = await menu.registry.inputValue();
  await menu.review.click();
  await review.apply.click();
  await tray.says("Edit environment", "dev", /Done and verified/);
  assert.deepEqual((await writes(world)).map((one) => [one.call, one.body]), [
    ["PUT /openapi/environments/dev", { registry_id: registry }],
  ]);
});

check("an_edit_without_a_change_cannot_be_reviewed", async (given) => {
  const { menu } = await enter(given, "#/p/simple-demo/test/dev");
  await menu.open(menu.edit);
  await menu.review.click();
  await menu.dialog.getByText("Nothing would change.").waitFor();
});

for (const [name, whole] of [["with", true], ["without", false]]) {
  check(`an_environment_is_deleted_${name}_its_namespace_and_the_page_leads_away`, async (given) => {
    const { page, world, menu, review, tray } = await enter(given, "#/p/simple-demo/test/qa");
    await menu.open(menu.delete);
    await menu.withNamespace.waitFor();
    await becomes(() => menu.withNamespace.isChecked(), false, "off by default");
    await menu.said.filter({ hasText: "Everything in the namespace simple-demo-env-qa stays and keeps running" }).waitFor();
    if (whole) {
      await menu.withNamespace.check();
      await menu.said.filter({ hasText: "If Zadig created the namespace simple-demo-env-qa, it is deleted with everything in it." }).waitFor();
    }
    await menu.review.click();
    const warning = whole ? "is deleted with everything in it" : "The Kubernetes resources stay and keep running.";
    await review.warnings.filter({ hasText: warning }).waitFor();
    await becomes(() => review.apply.isDisabled(), true);
    await review.typed.fill("q");
    await becomes(() => review.apply.isDisabled(), true);
    await review.typed.fill("qa");
    assert.deepEqual(await writes(world), []);
    await review.apply.click();
    await tray.says("Delete environment", "qa", /Done and verified/);
    assert.deepEqual(await writes(world), [
      { call: "DELETE /openapi/environments/qa", query: { projectKey: "simple-demo", isDelete: String(whole) }, body: null },
    ]);
    assert.ok(!(await listed(world)).includes("qa"));
    const list = new Environments(page);
    await appears(page, list.row("dev"));
    await becomes(() => list.row("qa").count(), 0);
    await becomes(() => page.locator("[data-error]").count(), 0, "no error on the way");
  });
}

check("deleting_a_base_says_that_its_sub_environments_go_and_they_do", async (given) => {
  const { world, menu, review, tray } = await enter(given, "#/p/simple-demo/test/base");
  await menu.open(menu.delete);
  await menu.said.filter({ hasText: "all its sub-environments are deleted too" }).waitFor();
  await menu.review.click();
  await review.warnings.filter({ hasText: "All its sub-environments are deleted too, with their resources." }).waitFor();
  await review.typed.fill("base");
  await review.apply.click();
  await tray.says("Delete environment", "base", /Done and verified/);
  const left = await listed(world);
  assert.ok(!left.includes("base") && !left.includes("feature-cart"), `${left}`);
});

check("a_namespace_that_others_use_is_said_to_stay", async (given) => {
  const { world, menu } = await enter(given, "#/p/simple-demo/test/qa");
  const [env] = (await world.call("/openapi/environments?projectKey=simple-demo")).filter((one) => one.env_key === "qa");
  const answer = await fetch(`${world.simulator}/openapi/environments?projectKey=simple-demo`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.tokens.admin}` },
    body: JSON.stringify({ env_key: "guest", cluster_id: env.cluster_id, namespace: env.namespace, registry_id: env.registry_id }),
  });
  assert.equal(answer.status, 200);
  await menu.open(menu.delete);
  await menu.withNamespace.check();
  await menu.said.filter({ hasText: "stays, because it is also used by guest" }).waitFor();
});

check("deleting_production_says_that_everything_in_the_cluster_stays", async (given) => {
  const { page, world, menu, review, tray } = await enter(given, "#/p/simple-demo/production/prod-canary");
  await menu.open(menu.delete);
  await menu.said.filter({ hasText: "Its Kubernetes resources always stay and keep running" }).waitFor();
  await becomes(() => menu.withNamespace.count(), 0);
  await menu.review.click();
  await becomes(() => review.apply.innerText(), "Apply in PRODUCTION");
  await review.typed.fill("prod-canary");
  await review.apply.click();
  await tray.says("Delete environment", "prod-canary", /Done and verified/);
  assert.deepEqual(await writes(world), [
    { call: "DELETE /openapi/environments/production/prod-canary", query: { projectKey: "simple-demo" }, body: null },
  ]);
  await appears(page, new Environments(page).row("prod"));
});

check("an_environment_that_collaborations_hold_is_not_deleted_and_the_reason_is_said", async (given) => {
  const held = { project: "simple-demo", env: "qa", collaborations: ["pairing"] };
  const { page, world, menu, review, tray } = await enter(given, "#/p/simple-demo/test/qa", held);
  await menu.open(menu.delete);
  await menu.review.click();
  await review.typed.fill("qa");
  await review.apply.click();
  const text = await tray.says("Delete environment", "qa", /^Failed$/m);
  assert.match(text, /Zadig refused it: Collaboration modes are based on this environment/);
  assert.match(text, /pairing/, "Zadig’s own words are there too");
  assert.ok((await listed(world)).includes("qa"));
  await new Environment(page).row("web").waitFor();
});

check("what_a_sleeping_environment_refuses_is_disabled_with_the_reason", async ({ page, world, open }) => {
  await world.reset();
  const why = "The environment is sleeping; Zadig would refuse it.";
  await open("#/p/bad-day/test/asleep");
  const add = page.getByRole("button", { name: "Add services" });
  await new Environment(page).row("healthy").waitFor();
  await becomes(() => add.isDisabled(), true);
  await becomes(() => add.getAttribute("title"), why);
  await new Environment(page).row("healthy").getByRole("checkbox").check();
  const bar = page.getByRole("group", { name: "Actions" });
  await becomes(() => bar.getByRole("button", { name: "Restart" }).isDisabled(), true);
  await bar.getByText(why).waitFor();
  await open(serviceLink("bad-day", "test", "asleep", "healthy"));
  const service = new Service(page, "healthy");
  await service.drawer.getByText(why).first().waitFor();
  await becomes(() => service.restart.isDisabled(), true);
  await becomes(() => service.replicas().isDisabled(), true);
  await becomes(() => service.scaleButton().isDisabled(), true);
  await open(serviceLink("bad-day", "test", "asleep", "healthy", "variables"));
  await service.updateService.waitFor();
  await becomes(() => service.updateService.isDisabled(), true);
  await world.mutate({ project: "bad-day", env: "asleep", sleeping: false });
  await open(serviceLink("bad-day", "test", "asleep", "healthy"));
  await service.restart.waitFor();
  await page.waitForFunction(() => !document.querySelector(".workload-actions button").disabled);
  assert.deepEqual(await writes(world), []);
});
