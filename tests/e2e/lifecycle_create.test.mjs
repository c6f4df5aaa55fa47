// Making an environment: from the first letter to what Zadig says of it afterwards.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Create, createLink } from "./pages/create.mjs";
import { Environment } from "./pages/environment.mjs";
import { Review } from "./pages/review.mjs";
import { Tray, appears, takeClocks } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();
const IMAGE = "koderover.tencentcloudcr.com/test/web";
const REGISTRIES = "/openapi/system/registry";
const DEFINITIONS = "/openapi/projects/project/globalVariable";

async function begin({ page, world, open }, { version = "v5.0.0", query = "", faults = [] } = {}) {
  await world.reset({ version });
  if (faults.length > 0) await world.fault(...faults);
  await takeClocks(page, world);
  await open(createLink("simple-demo", query));
  const create = new Create(page);
  await create.name.waitFor();
  return { page, world, create, review: new Review(page), tray: new Tray(page) };
}

/** Another person makes an environment at the same time. */
async function meanwhile(world, path, body) {
  const answer = await fetch(`${world.simulator}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.tokens.admin}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, await answer.text());
  return world.mark();
}

const named = (list) => Object.fromEntries(list.map(({ key, ...rest }) => [key, rest]));

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`an_environment_is_made_and_watched_until_its_services_are_ready_on_${version}`, async (given) => {
    const { page, world, create, review, tray } = await begin(given, { version });
    await create.name.fill("qa-2");
    await becomes(() => create.namespace.inputValue(), "simple-demo-env-qa-2", "the namespace follows the name");
    await create.cluster.locator("option:checked").filter({ hasText: "local" }).waitFor({ state: "attached" });
    await create.next.click();
    await create.choose("web");
    await create.image("web", "web").fill(`${IMAGE}:next`);
    await create.variable("web", "port").getByRole("textbox").fill("8081");
    await create.step("Global variables");
    await create.global("cpuLimit").getByText("used by web").waitFor();
    await create.global("cpuLimit").getByRole("textbox").fill("2000m");
    await create.global("unusedSoFar").getByRole("checkbox").uncheck();
    await create.step("Configs");
    await create.addObject("ConfigMap", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: banner\ndata:\n  text: hello\n");
    await create.toReview();
    const changes = await review.changeTexts();
    for (const line of ["Environment | none | qa-2", `Image · web · web | none | ${IMAGE}:next`, "Variable · cpuLimit | none | 2000m", "ConfigMap · banner | none | banner"]) {
      assert.ok(changes.includes(line), `${line} in ${changes.join("\n")}`);
    }
    assert.deepEqual(await writes(world), [], "nothing is sent before Apply");
    await review.apply.click();
    await create.panel.getByRole("heading", { name: "Creating qa-2" }).waitFor();
    await tray.says("Create environment", "qa-2", /Done and verified/);
    await create.panel.getByRole("heading", { name: "qa-2 was created", exact: true }).waitFor();
    const [call, ...more] = await writes(world);
    assert.deepEqual(more, []);
    assert.equal(call.call, "POST /openapi/environments");
    assert.deepEqual(call.query, { projectKey: "simple-demo" });
    const { env_key, namespace, services, global_variables, env_configs, sub_env } = call.body;
    assert.deepEqual([env_key, namespace, sub_env], ["qa-2", "simple-demo-env-qa-2", undefined]);
    assert.deepEqual(services.map((one) => one.service_name), ["web"]);
    assert.deepEqual(services[0].containers.map((one) => one.image), [`${IMAGE}:next`]);
    const variables = named(services[0].variable_kvs);
    assert.deepEqual([variables.port.value, variables.port.use_global_variable], ["8081", false]);
    assert.equal(variables.cpuLimit.use_global_variable, true);
    const globals = named(global_variables);
    assert.equal(globals.cpuLimit.value, "2000m");
    assert.deepEqual([globals.logLevel.type, globals.logLevel.options.length > 1], ["enum", true], "types are sent too");
    assert.equal(globals.unusedSoFar, undefined);
    assert.equal(env_configs[0].common_env_cfg_type, "ConfigMap");
    assert.equal(await create.kept(), "", "what was made is kept no longer");
    await create.panel.getByRole("link", { name: "Open qa-2" }).click();
    await appears(page, new Environment(page).row("web"));
  });
}

check("a_service_that_never_gets_its_image_is_the_reason_of_the_failure", async (given) => {
  const { create, review, tray } = await begin(given);
  await create.name.fill("qa-2");
  await create.step("Services");
  await create.choose("web");
  await create.image("web", "web").fill(`${IMAGE}:missing`);
  await create.toReview();
  await review.apply.click();
  const text = await tray.says("Create environment", "qa-2", /^Failed$/m);
  assert.match(text, /ImagePullBackOff/);
  assert.match(text, /web-\w+/, "the pod is named");
  await create.panel.getByRole("heading", { name: "qa-2 was created, but has problems" }).waitFor();
  await create.panel.getByRole("link", { name: "Open qa-2" }).waitFor();
});

check("a_service_that_never_gets_ready_fails_the_environment_with_its_name", async (given) => {
  const { world, create, review, tray } = await begin(given);
  await create.name.fill("qa-2");
  await create.step("Services");
  await create.choose("web");
  await create.image("web", "web").fill(`${IMAGE}:unready`);
  await create.choose("coupon");
  await create.toReview();
  await review.apply.click();
  await tray.says("Create environment", "qa-2", /of \d ready[^]*web/);
  const text = await tray.says("Create environment", "qa-2", /^Failed$/m, 10_000);
  assert.match(text, /The environment failed · Not ready: web · NotReady/);
  assert.equal((await writes(world)).length, 1);
});

check("a_name_is_checked_while_it_is_typed", async (given) => {
  const { world, create } = await begin(given);
  for (const [name, said] of [
    ["dev", "The project already has a test environment with this name."],
    ["prod", "The project already has a production environment with this name."],
    ["Dev", "Only lowercase letters (a-z), digits and hyphens."],
    ["质量", "Only lowercase letters (a-z), digits and hyphens."],
    ["envcfgs", "Zadig uses this word in its paths, so the environment would be unreachable."],
  ]) {
    await create.name.fill(name);
    await create.main.getByText(said).waitFor();
    await becomes(() => create.name.getAttribute("aria-invalid"), "true", name);
  }
  await create.name.fill("dev");
  await create.step("Review");
  await becomes(() => create.apply.isDisabled(), true);
  await matches(() => create.toFix.first().innerText(), /^Name: The project already has a test environment with this name\.$/);
  assert.deepEqual(await writes(world), []);
});

check("a_key_that_was_taken_meanwhile_by_the_other_family_is_refused_in_words", async (given) => {
  const { world, create, review, tray } = await begin(given);
  await create.name.fill("qa-2");
  await create.step("Review");
  await create.apply.click();
  await review.apply.waitFor();
  const [registry] = await world.call(REGISTRIES);
  const place = { cluster_id: "0123456789abcdef12345678", namespace: "elsewhere", registry_id: registry.registry_id };
  const mark = await meanwhile(world, "/openapi/environments/production?projectKey=simple-demo", { ...place, env_key: "qa-2" });
  await review.apply.click();
  const text = await tray.says("Create environment", "qa-2", /^Failed$/m);
  assert.match(text, /Zadig refused it: The project already has an environment with this key/);
  assert.match(text, /Keys are unique across test and production/);
  assert.equal((await writes(world, mark)).length, 1);
  await create.panel.getByRole("heading", { name: "qa-2 was not created" }).waitFor();
  await create.panel.getByRole("button", { name: "Back to the form" }).click();
  await create.step("Basics");
  await becomes(() => create.name.inputValue(), "qa-2", "nothing typed is lost");
});

check("an_environment_made_meanwhile_by_somebody_else_sends_nothing", async (given) => {
  const { world, create, review, tray } = await begin(given);
  await create.name.fill("qa-2");
  await create.toReview();
  await review.apply.waitFor();
  const [registry] = await world.call(REGISTRIES);
  const place = { cluster_id: "0123456789abcdef12345678", namespace: "elsewhere", registry_id: registry.registry_id };
  const mark = await meanwhile(world, "/openapi/environments?projectKey=simple-demo", { ...place, env_key: "qa-2" });
  await review.apply.click();
  const text = await tray.says("Create environment", "qa-2", /Not sent/);
  assert.match(text, /It changed in the meantime, so nothing was sent/);
  assert.deepEqual(await writes(world, mark), []);
});

check("where_registries_are_refused_the_id_is_typed_and_a_bad_one_is_refused_in_words", async (given) => {
  const refused = { path: REGISTRIES, status: 403, body: "", times: 0 };
  const { world, create, review, tray } = await begin(given, { faults: [refused] });
  await create.main.getByText("The registries could not be listed; enter the registry ID.").waitFor();
  await create.name.fill("qa-2");
  await create.registry.fill("nowhere");
  await create.toReview();
  await review.apply.click();
  const text = await tray.says("Create environment", "qa-2", /^Failed$/m);
  assert.match(text, /Zadig refused it: The image registry cannot be used/);
  const [call] = await writes(world);
  assert.equal(call.body.registry_id, "nowhere");
});

check("a_global_variable_that_the_project_lost_is_refused_in_words", async (given) => {
  const { world } = given;
  const ghost = { key: "ghost", value: "x", type: "string", options: [], desc: "" };
  const stale = { path: DEFINITIONS, body: JSON.stringify({ variables: [ghost], production_variables: [] }), status: 200, times: 0 };
  const { create, review, tray } = await begin(given, { faults: [stale] });
  await create.name.fill("qa-2");
  await create.step("Global variables");
  await create.global("ghost").waitFor();
  await create.toReview();
  await review.apply.click();
  const text = await tray.says("Create environment", "qa-2", /^Failed$/m);
  assert.match(text, /Zadig refused it: A global variable is not defined in the project/);
  assert.match(text, /Leave it out, or define it in the project first/);
  assert.deepEqual(named((await writes(world))[0].body.global_variables).ghost.value, "x");
});

check("a_namespace_in_use_is_warned_of_and_allowed", async (given) => {
  const { create, review } = await begin(given);
  await create.name.fill("qa-2");
  await create.namespace.fill("simple-demo-env-dev");
  await create.main.getByText("Also used by dev.").waitFor();
  await create.main.getByRole("button", { name: "Follow the name" }).click();
  await becomes(() => create.namespace.inputValue(), "simple-demo-env-qa-2");
  await create.namespace.fill("simple-demo-env-dev");
  await create.toReview();
  await review.warnings.filter({ hasText: "The namespace simple-demo-env-dev is also used by dev." }).waitFor();
  await becomes(() => review.apply.isDisabled(), false);
});

check("a_production_environment_begins_empty_and_wants_its_name_typed", async (given) => {
  const { page, world, create, review, tray } = await begin(given, { query: "family=production" });
  await create.main.getByText("A production environment starts without services.").waitFor();
  await create.name.fill("prod-us");
  await create.alias.fill("Production US");
  await create.cluster.selectOption({ label: "local" });
  await create.namespace.fill("kube-system");
  await create.main.getByText("Zadig refuses kube-node-lease, kube-public and kube-system for production.").waitFor();
  await create.step("Review");
  await becomes(() => create.apply.isDisabled(), true);
  assert.deepEqual(await writes(world), []);
  await create.step("Basics");
  await create.namespace.fill("prod-us");
  await create.toReview();
  await review.warnings.filter({ hasText: "It starts without services; add them afterwards." }).waitFor();
  await becomes(() => review.apply.isDisabled(), true);
  await review.typed.fill("prod-us");
  await review.apply.click();
  await tray.says("Create environment", "prod-us", /Done and verified/);
  const [call, ...more] = await writes(world);
  assert.deepEqual(more, []);
  assert.equal(call.call, "POST /openapi/environments/production");
  assert.deepEqual(call.body, {
    env_key: "prod-us",
    env_name: "Production US",
    cluster_id: "0123456789abcdef12345678",
    namespace: "prod-us",
    registry_id: call.body.registry_id,
  });
  await create.panel.getByRole("link", { name: "Open and add services" }).click();
  await appears(page, new Environment(page).heading("prod-us"));
});

check("被拒绝的命名空间用中文说明", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await world.reset();
  const description = "namespace live is invalid, production environment namespace cannot be set to these three namespaces: kube-node-lease, kube-public, kube-system";
  const body = JSON.stringify({ code: 400, description, extra: {}, message: "Bad Request", type: "error" });
  await world.fault({ method: "POST", path: "/openapi/environments/production", status: 400, body });
  await takeClocks(page, world);
  await open(createLink("simple-demo", "family=production"));
  const main = page.getByRole("main");
  await main.getByLabel("名称", { exact: true }).fill("live");
  await main.getByRole("button", { name: "下一步" }).click();
  await main.getByRole("button", { name: "创建 …" }).click();
  await page.locator("dialog[open]").getByLabel("输入“live”以确认").fill("live");
  await page.locator("dialog[open]").getByRole("button", { name: "应用到生产环境" }).click();
  await appears(page, main.getByText("该命名空间为 Kubernetes 保留"));
  await main.getByText("请换一个命名空间").first().waitFor();
  assert.equal((await writes(world)).length, 1);
});
