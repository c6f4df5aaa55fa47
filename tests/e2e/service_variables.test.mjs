// The variables of a service: what is not edited keeps the value it has in the environment, which nobody can read.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink, visit } from "./pages/service.mjs";
import { pass, passing } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();

const SERVICE2 = ["simple-demo", "test", "dev", "service2"];
const PROJECT = "projectKey=simple-demo";
const byKey = (list) => list.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** What follows a global variable in `service2` of `dev`, as it is sent in every update. */
const BOUND = {
  cpuLimit: { key: "cpuLimit", value: "1000m", type: "string", desc: "CPU resource limit", use_global_variable: true },
  limits: {
    key: "limits",
    value: "requests:\n  cpu: 100m\n  memory: 128Mi\nlimits:\n  cpu: 1000m\n  memory: 512Mi\n",
    type: "yaml",
    desc: "Resources",
    use_global_variable: true,
  },
  tracing: { key: "tracing", value: false, type: "bool", desc: "Send traces", use_global_variable: true },
};
const own = (key, value, desc) => ({ key, value, type: "string", desc, use_global_variable: false });
const ENV1 = own("env1", "edited", "Name shown on the page");
const CPU_LIMIT = own("cpuLimit", "2000m", "CPU resource limit");

/** The values the environment has, as its YAML shows them (servers from v4.0.0). */
async function inUse(world) {
  const path = `/openapi/environments/service/yaml?${PROJECT}&envName=dev&serviceName=service2`;
  const answer = await fetch(`${world.base}${path}`, { headers: { authorization: `Bearer ${world.tokens.admin}` } });
  const text = await answer.text();
  return Object.fromEntries([...text.matchAll(/- name: (\w+)\n\s+value: "([^"\n]*)"/g)].map(([, key, value]) => [key, value]));
}

const CASES = [
  ["none_edited", async () => {}, Object.values(BOUND), {}],
  ["one_edited", (service) => service.variable("env1").getByRole("textbox").fill("edited"), [ENV1, ...Object.values(BOUND)], { env1: "edited" }],
  [
    "one_unbound",
    async (service) => {
      const row = service.variable("cpuLimit");
      await row.getByRole("checkbox", { name: "Follow the global variable" }).uncheck();
      // It begins with the value it had, so that unbinding alone changes nothing.
      await becomes(() => row.getByRole("textbox").inputValue(), "1000m");
      await row.getByRole("textbox").fill("2000m");
    },
    [CPU_LIMIT, BOUND.limits, BOUND.tracing],
    { cpuLimit: "2000m" },
  ],
];

check("an_update_counts_the_pods_on_the_new_values_not_those_from_before", async (given) => {
  const { service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "order"], "variables");
  await service.variable("memLimit").getByRole("textbox").fill("3Gi");
  await service.updateService.click();
  await review.apply.click();
  const seen = new Set();
  await passing(given.page, async () => {
    const text = await tray.one("Update services", "dev / order").innerText();
    for (const [told] of text.matchAll(/\d+ of \d+ (?:ready|on the new values)/g)) seen.add(told);
    return text;
  }, (text) => /Done and verified/.test(text), "the update is verified", 500);
  const all = [...seen].join(" | ");
  assert.match(all, /^0 of (\d+) on the new values/, "none is at the beginning");
  assert.doesNotMatch(all, /ready/);
});

for (const version of ["v3.4.0", "v5.0.0"]) {
  for (const [name, edit, expected, changed] of CASES) {
    check(`an_update_with_${name}_sends_what_is_bound_and_edited_and_keeps_the_rest_on_${version}`, async (given) => {
      const { world, service, review, tray } = await visit(given, version, SERVICE2, "variables");
      const before = version === "v5.0.0" && (await inUse(world));
      await edit(service);
      await service.updateService.click();
      await review.apply.click();
      await tray.says("Update services", "dev / service2", /Done and verified/);
      const [call, ...more] = await writes(world);
      assert.deepEqual(more, []);
      assert.equal(call.call, "PUT /openapi/environments/dev/services");
      const [update, ...others] = call.body.service_list;
      assert.deepEqual([others, Object.keys(call.body), Object.keys(update)], [[], ["service_list"], ["service_name", "variable_kvs"]]);
      assert.deepEqual(byKey(update.variable_kvs), byKey(expected));
      if (before) {
        assert.equal(before.env1, "set for this environment", "the environment has values that the template has not");
        assert.deepEqual(await inUse(world), { ...before, ...changed });
      }
      const globals = await world.call(`/openapi/environments/dev/variable?${PROJECT}`);
      const bound = globals.filter((one) => one.related_services?.includes("service2")).map((one) => one.key).sort();
      assert.deepEqual(bound, expected.filter((one) => one.use_global_variable).map((one) => one.key).sort());
    });
  }

  check(`two_browsers_that_edit_the_variables_of_one_service_get_the_conflict_on_${version}`, async (given) => {
    const { page, world, service, review, tray } = await visit(given, version, SERVICE2, "variables");
    await service.variable("port").getByRole("textbox").fill("8080");
    // What is there when an edit begins is read then.
    await page.waitForLoadState("networkidle");
    await world.call("/openapi/environments/dev/services?" + PROJECT, {
      method: "PUT",
      body: { service_list: [{ service_name: "service2", variable_kvs: [...Object.values(BOUND), own("env1", "theirs", "")] }] },
    });
    await service.updateService.click();
    const conflict = service.drawer.getByRole("alert", { name: "Changed by somebody else" });
    await conflict.getByText("Nothing was sent, and your edits are kept.").waitFor();
    if (version === "v5.0.0") await matches(() => conflict.locator(".diff-text").allTextContents().then((all) => all.join("\n")), /set for this environment[\s\S]*theirs/);
    else await conflict.getByText(/updated the environment .* ago/).waitFor();
    assert.equal(await review.dialog.count(), 0);
    assert.equal((await writes(world)).length, 1, "only theirs was sent");
    assert.equal(await service.variable("port").getByRole("textbox").inputValue(), "8080");
    // Zadig refuses an update while theirs is under way.
    await pass(page, 20_000);
    await conflict.getByRole("button", { name: "Keep my edits and review" }).click();
    await review.apply.click();
    await tray.says("Update services", "dev / service2", /Done and verified/);
    const sent = (await writes(world)).at(-1).body.service_list[0].variable_kvs;
    assert.deepEqual(byKey(sent), byKey([...Object.values(BOUND), own("port", "8080", "Port")]), "their value is not undone");
  });

  check(`a_variable_that_others_unbound_meanwhile_is_named_on_${version}`, async (given) => {
    const { page, world, service, review } = await visit(given, version, SERVICE2, "variables");
    await service.variable("cpuLimit").getByRole("checkbox").uncheck();
    await service.variable("cpuLimit").getByRole("textbox").fill("2000m");
    await page.waitForLoadState("networkidle");
    await world.call("/openapi/environments/dev/services?" + PROJECT, {
      method: "PUT",
      body: { service_list: [{ service_name: "service2", variable_kvs: [BOUND.limits, BOUND.tracing] }] },
    });
    await service.updateService.click();
    await service.drawer.locator('[data-conflict="cpuLimit"]').filter({ hasText: "follows the global variable (1000m) → own value" }).waitFor();
    assert.equal(await review.dialog.count(), 0);
    await service.drawer.getByRole("button", { name: "Discard my edits" }).click();
    await service.drawer.getByRole("alert", { name: "Changed by somebody else" }).waitFor({ state: "detached" });
    await becomes(() => service.variable("cpuLimit").getByRole("textbox").inputValue(), "");
  });
}

check("a_review_that_would_undo_a_binding_made_meanwhile_sends_nothing", async (given) => {
  const { world, service, review, tray } = await visit(given, "v5.0.0", SERVICE2, "variables");
  await service.variable("env1").getByRole("textbox").fill("mine");
  await service.updateService.click();
  await review.apply.waitFor();
  await world.call("/openapi/environments/dev/services?" + PROJECT, {
    method: "PUT",
    body: { service_list: [{ service_name: "service2", variable_kvs: [BOUND.limits, BOUND.tracing] }] },
  });
  await review.apply.click();
  await tray.says("Update services", "dev / service2", /It changed in the meantime, so nothing was sent/);
  assert.equal((await writes(world)).length, 1);
  await becomes(() => service.variable("env1").getByRole("textbox").inputValue(), "mine");
});

check("a_field_is_empty_until_it_is_edited_and_says_the_default", async (given) => {
  const { service } = await visit(given, "v5.0.0", SERVICE2, "variables");
  const field = service.variable("env1").getByRole("textbox");
  assert.deepEqual([await field.inputValue(), await field.getAttribute("placeholder")], ["", "Default: demo"]);
  await becomes(() => service.variable("cpuLimit").getByRole("textbox").inputValue(), "1000m");
  // A switch that is not bound has three ways: it may be left alone.
  const tracing = service.variable("tracing");
  await tracing.getByRole("checkbox").uncheck();
  await becomes(() => tracing.getByRole("combobox").locator("option").allInnerTexts(), ["Default: false", "true", "false"]);
  await tracing.getByRole("button", { name: "Undo" }).click();
  await becomes(() => tracing.getByRole("checkbox").isChecked(), true);
  await field.fill("x");
  await field.fill("");
  await service.variable("env1").getByRole("button", { name: "Undo" }).waitFor();
  await service.updateService.click();
  const review = new Review(service.page);
  assert.ok((await review.changeTexts()).includes("Variable · service2 · env1 | not readable | not set"), `${await review.changeTexts()}`);
  await review.cancel.click();
  await service.drawer.getByRole("link", { name: "See the values in use in the YAML" }).click();
  await service.page.getByRole("button", { name: "Discard the changes" }).click();
  await service.drawer.locator(".cm-content").getByText("set for this environment").waitFor();
});

check("where_the_server_has_no_yaml_there_is_no_link_to_it", async (given) => {
  const { service } = await visit(given, "v3.4.0", SERVICE2, "variables");
  await service.variable("env1").waitFor();
  await becomes(() => service.drawer.getByRole("link", { name: "See the values in use in the YAML" }).count(), 0);
});

check("in_chinese_the_conflict_is_said_too", { locale: "zh-CN", viewport: { width: 390, height: 844 } }, async ({ page, world, open }) => {
  await world.reset({ version: "v5.0.0" });
  await open(serviceLink(...SERVICE2, "variables"));
  const row = page.locator('[data-variable="env1"]');
  await row.getByRole("textbox").fill("我的");
  await page.waitForLoadState("networkidle");
  await world.call("/openapi/environments/dev/services?" + PROJECT, {
    method: "PUT",
    body: { service_list: [{ service_name: "service2", variable_kvs: [...Object.values(BOUND), own("cpu", "99m", "")] }] },
  });
  await page.getByRole("button", { name: /^更新服务/ }).click();
  await page.getByRole("alert", { name: "已被他人修改" }).getByText("您的修改已保留").waitFor();
});
