// Global variables: typed editors, a review of who is hit, the whole list sent, conflicts decided key by key.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Variables, enter, variablesLink } from "./pages/variables.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const DEV = ["simple-demo", "test", "dev"];
const named = (list) => Object.fromEntries(list.map(({ key, ...rest }) => [key, rest]));
const stored = (world, env = "dev", family = "") =>
  world.call(`/openapi/environments/${family}${env}/variable?projectKey=simple-demo`).then(named);
/** Somebody else sets a variable of `dev`. */
const elsewhere = (world, key, value, more = {}) =>
  world.mutate({ project: "simple-demo", env: "dev", set_variable: { key, value, ...more } });

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`a_variable_of_each_type_is_edited_and_the_whole_list_is_sent_on_${version}`, async (given) => {
    const { page, world, variables, review, tray } = await enter(given, DEV, { version });
    const before = await stored(world);
    await variables.field("tracing").check();
    await variables.field("logLevel").selectOption("warn");
    await variables.field("domain").fill("shop.example.com");
    await variables.unfold("limits");
    await variables.yaml("limits").fill("requests:\n  cpu: 200m\n");
    await variables.unfold("welcome");
    await variables.field("welcome").fill("Hello,\n  \nagain.\n");
    await matches(() => variables.bar.innerText(), /5 changed\s+Redeployed: order, payment, service1, service2/);
    assert.deepEqual(await writes(world), []);
    await variables.next.click();
    await review.apply.waitFor();
    assert.deepEqual((await review.changeTexts()).toSorted(), [
      "Variable · domain | demo.example.com | shop.example.com",
      "Variable · limits",
      "Variable · logLevel | info | warn",
      "Variable · tracing | false | true",
      "Variable · welcome",
    ]);
    // A text of several lines is compared line by line.
    const lines = await review.changes.filter({ hasText: "Variable · limits" }).locator(".diff-text").allTextContents();
    for (const line of ["  cpu: 100m", "  cpu: 200m"]) assert.ok(lines.includes(line), `${line} among ${lines.join("\n")}`);
    await becomes(() => review.hits.allInnerTexts(), ["order", "payment", "service1", "service2"]);
    assert.deepEqual(await writes(world), [], "nothing is sent before Apply");
    await review.apply.click();
    await tray.says("Update variables", "dev", /Done and verified/);
    const [call, ...more] = await writes(world);
    assert.deepEqual(more, []);
    assert.equal(call.call, "PUT /openapi/environments/dev/variable");
    assert.deepEqual(call.query, { projectKey: "simple-demo" });
    const values = { tracing: true, logLevel: "warn", domain: "shop.example.com", limits: "requests:\n  cpu: 200m\n", welcome: "Hello,\n  \nagain.\n" };
    const expected = Object.fromEntries(Object.entries(before).map(([key, one]) => [key, { ...one, value: values[key] ?? one.value }]));
    assert.deepEqual(named(call.body.global_variables), expected, "every variable goes back whole");
    assert.deepEqual(await stored(world), expected);
    await variables.bar.waitFor({ state: "detached" });
    await becomes(() => variables.field("domain").inputValue(), "shop.example.com");
    await page.getByRole("main").getByRole("link", { name: /^Services/ }).click();
    await page.getByRole("table", { name: "Services" }).waitFor();
  });
}

check("a_change_rolls_the_services_that_take_it_and_is_verified_when_both_have_rolled", async (given) => {
  const { world, variables, review, tray } = await enter(given, DEV);
  const pods = async (service) => {
    const { scales } = await world.call(`/openapi/environments/dev/services/${service}?projectKey=simple-demo`);
    return scales.flatMap((one) => one.pods.map((pod) => pod.name)).toSorted();
  };
  const before = [await pods("service1"), await pods("service2")];
  await variables.field("cpuLimit").fill("2000m");
  await variables.next.click();
  await review.apply.waitFor();
  await becomes(() => review.hits.allInnerTexts(), ["service1", "service2"]);
  await review.apply.click();
  const seen = [];
  await tray.one("Update variables", "dev").waitFor();
  await tray.says("Update variables", "dev", { test: (text) => (seen.push(text), /Done and verified/.test(text)) });
  assert.ok(seen.some((text) => /service1|service2/.test(text)), `it says whom it waits for: ${seen}`);
  // A rollout is over when the old pods are terminating, as `kubectl rollout status` says. Reading the tray steps the clock,
  // so it stands still now.
  await world.clock({ advance_ms: 10_000 });
  for (const [index, service] of ["service1", "service2"].entries()) {
    const old = (names) => names.filter((pod) => before[index].includes(pod));
    await until(() => pods(service), (names) => names.length > 0 && old(names).length === 0, "every pod is new");
  }
});

check("a_variable_of_a_production_environment_wants_its_name_typed", async (given) => {
  const { world, variables, review, tray } = await enter(given, ["simple-demo", "production", "prod"]);
  const before = await stored(world, "prod", "production/");
  await variables.field("logLevel").selectOption("error");
  await variables.next.click();
  await review.apply.waitFor();
  await becomes(() => review.hits.allInnerTexts(), ["gateway", "order"]);
  await becomes(() => review.apply.isDisabled(), true);
  await review.typed.fill("prod");
  await review.apply.click();
  await tray.says("Update variables", "prod", /Done and verified/);
  const [call, ...more] = await writes(world);
  assert.deepEqual(more, []);
  assert.equal(call.call, "PUT /openapi/environments/production/prod/variable");
  assert.deepEqual(named(call.body.global_variables), { ...before, logLevel: { ...before.logLevel, value: "error" } });
});

check("what_somebody_else_changed_meanwhile_is_decided_key_by_key", async (given) => {
  const { page, world, variables, review, tray } = await enter(given, DEV);
  await variables.field("cpuLimit").fill("mine");
  await variables.field("domain").fill("mine.example.com");
  await variables.field("tracing").check();
  const related = { desc: "CPU resource limit", related_services: ["service1", "service2"] };
  await elsewhere(world, "cpuLimit", "theirs", related);
  await elsewhere(world, "domain", "theirs.example.com");
  await elsewhere(world, "memLimit", "1Gi");
  await variables.next.click();
  await variables.goOn.waitFor();
  await becomes(() => variables.sides("cpuLimit"), ["1000m", "theirs", "mine"]);
  await becomes(() => variables.sides("domain"), ["demo.example.com", "theirs.example.com", "mine.example.com"]);
  await becomes(() => variables.conflicts.locator("[data-conflict]").count(), 2, "other keys are no conflict");
  // Cancelled, everything typed is still there.
  await page.keyboard.press("Escape");
  await variables.conflicts.waitFor({ state: "detached" });
  await becomes(() => variables.field("cpuLimit").inputValue(), "mine");
  await variables.next.click();
  await becomes(() => variables.goOn.isDisabled(), true);
  await variables.side("cpuLimit", "Mine").click();
  await becomes(() => variables.goOn.isDisabled(), true, "every key is to be decided");
  await variables.side("domain", "In Zadig now").click();
  await variables.goOn.click();
  await review.apply.waitFor();
  assert.deepEqual((await review.changeTexts()).toSorted(), ["Variable · cpuLimit | theirs | mine", "Variable · tracing | false | true"]);
  await review.apply.click();
  await tray.says("Update variables", "dev", /Done and verified/);
  const [call, ...more] = await writes(world);
  assert.deepEqual(more, []);
  const sent = named(call.body.global_variables);
  assert.deepEqual([sent.cpuLimit.value, sent.domain.value, sent.memLimit.value], ["mine", "theirs.example.com", "1Gi"]);
  assert.deepEqual(sent.cpuLimit.related_services.toSorted(), ["service1", "service2"]);
});

check("a_change_between_the_review_and_apply_is_not_overwritten", async (given) => {
  const { world, variables, review, tray } = await enter(given, DEV);
  await variables.field("domain").fill("mine.example.com");
  await variables.next.click();
  await review.apply.waitFor();
  await elsewhere(world, "memLimit", "2Gi");
  await review.apply.click();
  await tray.says("Update variables", "dev", /Not sent/);
  assert.deepEqual(await writes(world), []);
  await becomes(() => variables.field("domain").inputValue(), "mine.example.com");
  await variables.next.click();
  await review.apply.click();
  await tray.says("Update variables", "dev", /Done and verified/);
  assert.equal((await stored(world)).memLimit.value, "2Gi");
});

check("a_refresh_never_overwrites_what_is_typed_and_says_what_changed_underneath", async (given) => {
  const { page, world, variables } = await enter(given, DEV);
  await variables.field("domain").fill("half a");
  await elsewhere(world, "domain", "theirs.example.com");
  await elsewhere(world, "memLimit", "3Gi");
  await page.getByRole("button", { name: "Refresh" }).click();
  await becomes(() => variables.field("memLimit").inputValue(), "3Gi");
  await becomes(() => variables.field("domain").inputValue(), "half a");
  await variables.row("domain").getByText("Changed by somebody else in the meantime: theirs.example.com").waitFor();
  await variables.row("domain").getByText("before: demo.example.com").waitFor();
  await variables.undo("domain").click();
  await becomes(() => variables.field("domain").inputValue(), "theirs.example.com");
});

check("a_put_that_fails_keeps_every_character_and_can_be_tried_again", async (given) => {
  const { world, variables, review, tray, page } = await enter(given, DEV);
  const text = "requests:\n  # 中文 comment\n  cpu: 300m\n\n";
  await variables.unfold("limits");
  await variables.yaml("limits").fill(text);
  await variables.field("domain").fill("kept.example.com");
  await world.fault({ method: "PUT", path: "/openapi/environments/dev/variable", status: 500 });
  await variables.next.click();
  await review.apply.click();
  await tray.says("Update variables", "dev", /Failed/);
  await becomes(() => variables.yaml("limits").text(), text);
  // What failed stays in the tray, and covers neither button.
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(viewport);
    await variables.next.click({ trial: true });
    await variables.discard.click({ trial: true });
  }
  await becomes(() => variables.field("domain").inputValue(), "kept.example.com");
  await page.getByRole("main").getByRole("link", { name: /^Services/ }).click();
  await variables.guard.stay.click();
  await variables.next.click();
  await review.apply.click();
  await until(async () => (await stored(world)).limits.value, (value) => value === text, "the second try is stored");
  await tray.says("Update variables", "dev", /Done and verified/);
});

check("yaml_that_is_none_is_never_sent_and_says_where_it_is_wrong", async (given) => {
  const { world, variables, review } = await enter(given, DEV);
  await variables.unfold("limits");
  await variables.yaml("limits").fill("requests:\n  cpu: 1\n  cpu: 2\n");
  await variables.row("limits").getByText("Line 3, column 3: The key “cpu” is duplicated.").waitFor();
  await variables.row("limits").locator(".cm-lintRange-error").waitFor();
  const mark = await world.mark();
  await variables.next.click();
  await variables.bar.getByRole("alert").getByText("limits: Line 3, column 3").waitFor();
  await becomes(() => review.form.count(), 0);
  assert.deepEqual(await world.journal({ after: mark, path: "/openapi/environments/dev/variable" }), []);
  await variables.yaml("limits").fill("requests:\n  cpu: 1\n");
  await variables.bar.getByRole("alert").waitFor({ state: "detached" });
  await variables.next.click();
  await review.apply.waitFor();
});

check("a_variable_is_added_from_the_projects_definition_and_removed_again", async (given) => {
  const { page, world, variables, review, tray } = await enter(given, DEV);
  await variables.add.click();
  const dialog = page.getByRole("dialog", { name: "Add variable" });
  await dialog.getByText("Only variables that the project defines can be added.").waitFor();
  await becomes(() => dialog.locator(".add-list code:first-child").allInnerTexts(), ["unusedSoFar"], "what is there is not offered");
  await dialog.getByRole("button", { name: /unusedSoFar/ }).click();
  await until(() => variables.field("unusedSoFar").evaluate((one) => one === document.activeElement), Boolean, "the new value has the focus");
  await page.keyboard.type("used now");
  await variables.next.click();
  await review.apply.waitFor();
  await becomes(() => review.changeTexts(), ["Variable · unusedSoFar | none | used now"]);
  await review.dialog.getByText("No pods restart.").waitFor();
  await review.apply.click();
  await tray.says("Update variables", "dev", /Done and verified/);
  const { unusedSoFar } = await stored(world);
  assert.deepEqual([unusedSoFar.value, unusedSoFar.type, unusedSoFar.related_services ?? []], ["used now", "string", []]);
  assert.equal(unusedSoFar.desc, "Defined in the project, used by nobody");
  await variables.bar.waitFor({ state: "detached" });
  await variables.remove("unusedSoFar").click();
  await variables.row("unusedSoFar").getByText("removed").waitFor();
  await variables.next.click();
  await review.apply.waitFor();
  await becomes(() => review.changeTexts(), ["Variable · unusedSoFar | used now | none"]);
  await review.apply.click();
  await until(async () => (await writes(world)).length, (n) => n === 2, "the removal is sent");
  await tray.says("Update variables", "dev", /Done and verified/);
  assert.equal((await stored(world)).unusedSoFar, undefined);
});

check("what_services_take_cannot_be_removed_and_they_are_named_with_the_way_to_them", async (given) => {
  const { world, variables, page } = await enter(given, DEV);
  await variables.remove("tracing").click();
  const said = variables.row("tracing").getByRole("alert");
  await said.getByText("Zadig refuses to remove a variable that services use.").waitFor();
  await becomes(() => said.getByRole("link").allInnerTexts(), ["service2", "order"]);
  await becomes(() => variables.bar.count(), 0);
  // Taken by a service after the removal was wished: found when the list is read again.
  await variables.remove("domain").click();
  await elsewhere(world, "domain", "demo.example.com", { related_services: ["web"] });
  await variables.next.click();
  await variables.bar.getByRole("alert").getByText("it is used by web").waitFor();
  assert.deepEqual(await writes(world), []);
  await variables.undo("domain").click();
  await said.getByRole("link", { name: "order" }).click();
  await page.getByRole("dialog", { name: "Service order" }).waitFor();
});

check("leaving_with_edits_asks_but_filters_and_the_matrix_do_not", async (given) => {
  const { page, variables, guard } = await enter(given, DEV);
  await variables.field("domain").fill("typed");
  await page.getByRole("button", { name: "Matrix" }).click();
  await variables.matrix.waitFor();
  await page.getByRole("button", { name: "Table" }).click();
  await variables.search.fill("dom");
  await becomes(() => variables.keys(), ["domain"]);
  await becomes(() => variables.field("domain").inputValue(), "typed");
  await becomes(() => guard.dialog.count(), 0);
  await page.getByRole("main").getByRole("link", { name: /^Services/ }).click();
  await guard.stay.click();
  await becomes(() => variables.field("domain").inputValue(), "typed");
  await variables.discard.click();
  const drop = page.getByRole("dialog", { name: "Discard the changes?" });
  await drop.getByRole("button", { name: "Discard the changes" }).click();
  await variables.bar.waitFor({ state: "detached" });
  await becomes(() => variables.field("domain").inputValue(), "demo.example.com");
  await page.getByRole("main").getByRole("link", { name: /^Services/ }).click();
  await page.getByRole("table", { name: "Services" }).waitFor();
});

check("search_and_filter_live_in_the_link", async ({ page, open }) => {
  await open(variablesLink(...DEV, "?q=limit&service=service1"));
  const variables = new Variables(page);
  await becomes(() => variables.keys(), ["cpuLimit"]);
  await becomes(() => variables.filter.inputValue(), "service1");
  await variables.search.fill("");
  await becomes(() => variables.keys(), ["cpuLimit", "logLevel"]);
  await variables.filter.selectOption("order");
  await becomes(() => variables.keys(), ["logLevel", "tracing"]);
  await becomes(() => page.evaluate(() => location.hash), "#/p/simple-demo/test/dev/variables?service=order");
  await variables.search.fill("nothing like it");
  await page.getByText("No variable matches").waitFor();
  await page.getByRole("button", { name: /Clear/ }).click();
  await becomes(async () => (await variables.keys()).length, 7);
});

check("the_matrix_shows_who_takes_what_and_is_bounded", async ({ page, world, open }) => {
  await open(variablesLink(...DEV, "?view=matrix"));
  const variables = new Variables(page);
  const marks = () => variables.matrix.getByRole("img").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  await becomes(async () => (await marks()).toSorted().slice(0, 3), ["order uses logLevel", "order uses tracing", "payment uses logLevel"]);
  const services = Array.from({ length: 60 }, (_, n) => `svc-${n}`);
  await world.mutate(...Array.from({ length: 150 }, (_, n) => ({
    project: "large", env: "large", set_variable: { key: `v-${n}`, value: `${n}`, type: "string", related_services: services },
  })));
  await open(variablesLink("large", "test", "large", "?view=matrix"));
  await variables.matrix.getByRole("row").nth(1).waitFor();
  await becomes(() => variables.matrix.getByRole("row").count(), 101);
  await becomes(() => variables.matrix.getByRole("columnheader").count(), 41);
  await page.getByRole("button", { name: "Show 20 more services" }).click();
  await becomes(() => variables.matrix.getByRole("columnheader").count(), 61);
  // The head stays in sight.
  await variables.matrix.evaluate((one) => one.scrollTo(0, 1500));
  const [box, head] = [await variables.matrix.boundingBox(), await variables.matrix.locator("thead th").first().boundingBox()];
  assert.ok(Math.abs(head.y - box.y) < 4, `${head.y} at ${box.y}`);
});

check("a_sleeping_environment_and_read_only_mode_offer_no_editor_and_say_why", async ({ page, world, open }) => {
  await world.mutate({ project: "simple-demo", env: "qa", sleeping: true });
  await open(variablesLink("simple-demo", "test", "qa"));
  const variables = new Variables(page);
  await variables.row("domain").getByText("demo.example.com").waitFor();
  await page.getByText("Zadig refuses to update services, variables and replicas until it is woken").waitFor();
  await becomes(() => variables.table.locator("textarea, select, input").count(), 0);
  await becomes(() => variables.add.count(), 0);
  await open(`?ro=1${variablesLink(...DEV)}`);
  await page.getByText("Read-only: variables can be viewed here, not changed.").waitFor();
  await variables.row("limits").getByRole("button", { name: /^Expand limits/ }).click();
  await variables.row("limits").locator("pre").getByText("memory: 128Mi").waitFor();
  await becomes(() => variables.table.locator("textarea, select, input").count(), 0);
  await becomes(() => variables.remove("domain").count(), 0);
});

check("变量在中文界面下编辑", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await open(variablesLink("shangcheng", "test", "dev"));
  const table = page.getByRole("table", { name: "变量" });
  await table.locator('[data-variable="qudao"] select').selectOption("门店");
  await page.getByText("将重新部署：coupon-zh, store").waitFor();
  await page.getByRole("button", { name: "下一步 …" }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator("del").getByText("线上").waitFor();
  await dialog.locator('button[type="submit"]').click();
  await until(async () => (await writes(world)).length, (n) => n > 0, "the change is sent");
});
