// The services of an environment: added, updated with their variables, deleted, on the oldest and the newest server.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Environment } from "./pages/environment.mjs";
import { Review } from "./pages/review.mjs";
import { Service, visit } from "./pages/service.mjs";
import { Tray, appears, takeClocks } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();

/** An environment's page in a fresh world of some version. */
async function enter({ page, world, open }, version, link, mutation) {
  await world.reset({ version });
  if (mutation) await world.mutate(mutation);
  await takeClocks(page, world);
  await open(link);
  const environment = new Environment(page);
  await environment.table.locator("[data-service]").first().waitFor();
  return { page, world, environment, review: new Review(page), tray: new Tray(page) };
}

const box = (environment, name) => environment.row(name).getByRole("checkbox", { name: `Select ${name}` });
const bar = (page) => page.getByRole("group", { name: "Actions" });
const named = (list) => Object.fromEntries(list.map(({ key, ...rest }) => [key, rest]));

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`a_service_is_added_with_its_variables_on_${version}`, async (given) => {
    const gone = { project: "simple-demo", env: "dev", remove_service: "service1" };
    const { page, world, environment, review, tray } = await enter(given, version, "#/p/simple-demo/test/dev", gone);
    await becomes(() => environment.row("service1").count(), 0);
    await page.getByRole("button", { name: "Add services" }).click();
    await review.dialog.getByRole("checkbox", { name: "service1", exact: true }).check();
    await becomes(() => review.dialog.getByRole("checkbox", { name: "web", exact: true }).count(), 0, "what is there is not offered");
    await review.dialog.getByRole("button", { name: "Review …" }).click();
    await review.apply.waitFor();
    const changes = await review.changeTexts();
    for (const line of ["Service · service1 | is added", "Binding · service1 · cpuLimit | none | follows the global variable"]) {
      assert.ok(changes.includes(line), `${changes}`);
    }
    assert.deepEqual(await writes(world), [], "nothing is sent before Apply");
    await review.apply.click();
    await tray.says("Add services", "dev / service1", /Done and verified/);
    const [call, ...more] = await writes(world);
    assert.deepEqual(more, []);
    assert.equal(call.call, "POST /openapi/environments/service/yaml");
    assert.deepEqual(call.query, { projectKey: "simple-demo" });
    assert.equal(call.body.env_key, "dev");
    assert.deepEqual(call.body.service_list.map((one) => one.service_name), ["service1"]);
    const variables = named(call.body.service_list[0].variable_kvs);
    assert.deepEqual(Object.keys(variables).sort(), ["cpuLimit", "logLevel", "memLimit"], "the template’s defaults are left to the server");
    assert.ok(Object.values(variables).every((one) => one.use_global_variable));
    assert.equal(variables.logLevel.type, "enum");
    await appears(page, environment.row("service1"));
  });

  check(`a_service_is_deleted_with_its_name_typed_on_${version}`, async (given) => {
    const { page, world, environment, review, tray } = await enter(given, version, "#/p/simple-demo/test/dev");
    await box(environment, "coupon").check();
    await bar(page).getByText("1 selected").waitFor();
    await bar(page).getByRole("button", { name: "Delete services" }).click();
    await review.dialog.getByText("This cannot be undone.").waitFor();
    await review.warnings.filter({ hasText: "The Kubernetes resources are deleted too." }).waitFor();
    await becomes(() => review.apply.isDisabled(), true);
    assert.deepEqual(await writes(world), []);
    await review.typed.fill("coupon");
    await review.apply.click();
    await tray.says("Delete services", "dev / coupon", /Done and verified/);
    const [call, ...more] = await writes(world);
    assert.deepEqual(more, []);
    assert.equal(call.call, "DELETE /openapi/environments/service/yaml");
    assert.deepEqual(call.query, { projectKey: "simple-demo" });
    assert.equal(call.body.env_key, "dev");
    assert.deepEqual(call.body.service_names, ["coupon"]);
    assert.notEqual(call.body.not_delete_resource, true);
  });

  check(`a_deletion_that_sub_environments_forbid_names_them_on_${version}`, async (given) => {
    const { page, world, environment, review, tray } = await enter(given, version, "#/p/simple-demo/test/base");
    await box(environment, "order").check();
    await bar(page).getByRole("button", { name: "Delete services" }).click();
    await review.typed.fill("order");
    await review.apply.click();
    const text = await tray.says("Delete services", "base / order", /^Failed$/m);
    assert.match(text, /Zadig refused it/);
    assert.match(text, /Sub-environments that use order: feature-cart/);
    assert.equal((await writes(world)).length, 1);
    await environment.row("order").waitFor();
  });
}

check("kubernetes_resources_are_kept_where_the_version_can", async (given) => {
  const { page, world, environment, review, tray } = await enter(given, "v5.0.0", "#/p/simple-demo/test/dev");
  await box(environment, "coupon").check();
  await bar(page).getByRole("checkbox", { name: "Keep the Kubernetes resources" }).check();
  await bar(page).getByRole("button", { name: "Delete services" }).click();
  await review.apply.waitFor();
  await becomes(() => review.warnings.count(), 0);
  await review.typed.fill("coupon");
  await review.apply.click();
  await tray.says("Delete services", "dev / coupon", /Done and verified/);
  assert.equal((await writes(world))[0].body.not_delete_resource, true);
});

check("where_the_version_cannot_keep_resources_that_is_not_promised", async (given) => {
  const { page, environment, review } = await enter(given, "v3.4.0", "#/p/simple-demo/test/dev");
  await box(environment, "coupon").check();
  const keep = bar(page).getByRole("checkbox", { name: "Keep the Kubernetes resources" });
  if ((await keep.count()) === 0) return;
  await keep.check();
  await bar(page).getByRole("button", { name: "Delete services" }).click();
  await review.warnings.filter({ hasText: "Zadig before v3.4.1 deletes the Kubernetes resources anyway." }).waitFor();
});

check("a_production_service_is_deleted_by_the_production_call", async (given) => {
  const { page, world, environment, review, tray } = await enter(given, "v5.0.0", "#/p/simple-demo/production/prod-eu");
  await box(environment, "coupon").check();
  await bar(page).getByRole("button", { name: "Delete services" }).click();
  await becomes(() => review.apply.innerText(), "Apply in PRODUCTION");
  await review.typed.fill("prod-eu/coupon");
  await review.apply.click();
  await tray.says("Delete services", "prod-eu / coupon", /Done and verified/);
  assert.deepEqual((await writes(world)).map((one) => one.call), ["DELETE /openapi/environments/production/service/yaml"]);
});

check("each_type_of_variable_has_its_editor", async (given) => {
  const { service } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "service2"], "variables");
  await service.variable("cpuLimit").getByRole("checkbox", { name: "Follow the global variable" }).waitFor();
  await becomes(() => service.variable("cpuLimit").getByRole("checkbox").isChecked(), true);
  await becomes(() => service.variable("cpuLimit").getByRole("textbox").isDisabled(), true, "what follows is not typed");
  await becomes(() => service.variable("cpuLimit").getByRole("textbox").inputValue(), "1000m", "the value it follows");
  await becomes(() => service.variable("tracing").getByRole("combobox").inputValue(), "false");
  await matches(() => service.variable("limits").getByRole("textbox").inputValue(), /requests:\n/);
  await service.variable("env1").getByRole("textbox").waitFor();
});

check("giving_up_a_binding_is_warned_of_and_sent_as_a_boolean", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "service2"], "variables");
  await service.variable("tracing").getByRole("checkbox", { name: "Follow the global variable" }).uncheck();
  await service.variable("tracing").getByRole("combobox").selectOption("true");
  await service.updateService.click();
  await review.warnings.filter({ hasText: "service2 no longer follows the global value of tracing" }).waitFor();
  const changes = await review.changeTexts();
  assert.ok(changes.includes("Binding · service2 · tracing | follows the global variable | own value"), `${changes}`);
  assert.ok(changes.includes("Variable · service2 · tracing | false | true"), `${changes}`);
  await review.apply.click();
  await tray.says("Update services", "dev / service2", /Done and verified/);
  const sent = named((await writes(world))[0].body.service_list[0].variable_kvs);
  assert.equal(sent.tracing.use_global_variable, false);
  assert.equal(sent.tracing.value, true);
  assert.equal(sent.tracing.type, "bool");
});

check("an_enumeration_is_chosen_from_its_options", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "web"], "variables");
  const select = service.variable("logLevel").getByRole("combobox");
  await becomes(() => select.locator("option").allTextContents(), ["Default: info", "debug", "info", "warn", "error"]);
  await select.selectOption("warn");
  await service.updateService.click();
  await review.apply.click();
  await tray.says("Update services", "dev / web", /Done and verified/);
  assert.equal(named((await writes(world))[0].body.service_list[0].variable_kvs).logLevel.value, "warn");
});

check("what_the_server_knows_of_secrets_is_nowhere_in_the_page", async (given) => {
  const { page } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "service2"]);
  await new Service(page, "service2").workload().waitFor();
  const all = await page.evaluate(() => `${document.documentElement.outerHTML}${JSON.stringify({ ...localStorage })}`);
  assert.ok(!all.includes("planted-secret-7f3a"));
  assert.ok(!all.includes(given.world.tokens.admin), "the token is kept in the tab's own storage only");
});
