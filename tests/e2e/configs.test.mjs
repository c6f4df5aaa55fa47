// Configs: edited, compared, saved and read back; what somebody else changed meanwhile; what production cannot do.
import assert from "node:assert/strict";
import { Activity, writes } from "./pages/activity.mjs";
import { configLink, Configs, readConfig, setConfig } from "./pages/configs.mjs";
import { Guard } from "./pages/guard.mjs";
import { Review } from "./pages/review.mjs";
import { Tray } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const DEV = "test/dev";
const PROD = "production/prod";
const VERIFIED = /Done and verified/;

/** An object in its editor. */
async function edit({ page, open }, kind, name, view = "yaml") {
  await open(configLink(DEV, kind, name, view));
  const configs = new Configs(page);
  await (view === "yaml" ? configs.isReady() : configs.within.locator("[data-entry]").first().waitFor());
  return { configs, review: new Review(page), tray: new Tray(page), guard: new Guard(page) };
}

/** Applies the open review and waits until the change is verified. */
async function apply({ review, tray }, kind, name) {
  await review.apply.click();
  await until(() => tray.one(kind, `dev / ${name}`).innerText(), (text) => VERIFIED.test(text), "it should be verified");
}

for (const [kind, name, old, now] of [
  ["ConfigMap", "app-settings", "greeting: hello", "greeting: good day"],
  ["Ingress", "demo", "8m", "16m"],
  ["PVC", "uploads", "storage: 20Gi", "storage: 30Gi"],
  ["Secret", "odd-values", 'empty: ""', "empty: bm90IGFueSBtb3Jl"],
]) {
  check(`a_${kind}_is_edited_compared_saved_and_read_back`, async (given) => {
    const there = await edit(given, kind, name);
    const before = await readConfig(given.world, kind, name);
    const mark = await given.world.mark();
    await there.configs.change(old, now);
    await there.configs.standing.getByText("Unsaved changes").waitFor();
    await there.configs.askToSave();
    const lines = (which) => there.review.dialog.locator(`.diff-line.${which} .diff-text`).allTextContents();
    await there.review.dialog.locator(".diff").waitFor();
    assert.equal((await lines("removed")).length, 1);
    assert.equal((await lines("added")).length, 1);
    await apply(there, "Update config", name);
    await becomes(async () => (await readConfig(given.world, kind, name)).includes(now.split(": ").at(-1)), true);
    const sent = await writes(given.world, mark);
    assert.equal(sent.length, 1);
    assert.equal(sent[0].call, "PUT /openapi/environments/envcfgs");
    // Every byte that was not touched goes back as it came.
    assert.equal(sent[0].body.yaml_data, before.replace(old, now));
    await there.configs.standing.getByText("No changes").waitFor();
    const activity = new Activity(given.page);
    await activity.open();
    const told = kind === "Secret" ? / → / : new RegExp(`${old} → .*${now}`);
    await matches(() => activity.one("Update config", `dev / ${name}`).innerText(), told);
    assert.ok(!(await activity.one("Update config", `dev / ${name}`).innerText()).includes(kind === "Secret" ? "bm90" : "apiVersion"));
    await given.world.reset();
  });
}

check("what_is_wrong_is_said_by_line_and_column_and_is_not_sent", async (given) => {
  const { configs } = await edit(given, "ConfigMap", "game-demo");
  const line = (await configs.text()).split("\n").findIndex((text) => text.startsWith("kind:")) + 1;
  await configs.goToEndOf(line);
  await configs.paste("\nbroken: 'x");
  await configs.problem(line + 1, 9).waitFor();
  await becomes(() => configs.save.isDisabled(), true);
  await configs.problem(line + 1, 9).getByRole("button").click();
  await given.page.keyboard.press("End");
  await given.page.keyboard.type("'");
  await configs.problem(line + 1, 9).waitFor({ state: "detached" });
  await configs.change("broken: 'x'\n", "");
  for (const [old, now, words] of [
    ["kind: ConfigMap", "kind: Secret", "“kind” must be ConfigMap, not Secret."],
    ["name: game-demo", "name: other", "“metadata.name” must be game-demo, not other"],
    ['player_initial_lives: "3"', "player_initial_lives: 3", "is a number, not a string"],
    ['  player_initial_lives: "3"\n', '  player_initial_lives: "3"\n  player_initial_lives: "4"\n', "is duplicated"],
  ]) {
    await configs.change(old, now);
    await configs.problems.filter({ hasText: words }).waitFor();
    await becomes(() => configs.save.isDisabled(), true);
    await configs.change(now, old);
    await configs.problems.first().waitFor({ state: "detached" });
  }
});

check("a_change_of_somebody_else_is_shown_and_put_together_with_mine", async (given) => {
  const { configs, review, tray } = await edit(given, "ConfigMap", "app-settings");
  const before = await readConfig(given.world, "ConfigMap", "app-settings");
  const mark = await given.world.mark();
  await configs.change('retries: "3"', "retries: '5'");
  await until(() => configs.save.isEnabled(), Boolean, "it should be possible to save");
  await setConfig(given.world, "ConfigMap", before.replace("hello", "theirs"));
  await configs.save.click();
  await configs.conflict.waitFor();
  await becomes(() => review.dialog.count(), 0);
  assert.deepEqual(await writes(given.world, mark), []);
  await matches(() => configs.conflict.innerText(), /theirs[\s\S]*retries: '5'/);
  await configs.conflict.getByRole("button", { name: "Apply my changes on top of theirs" }).click();
  await matches(() => configs.text(), /theirs[\s\S]*retries: '5'/);
  await configs.askToSave();
  await apply({ review, tray }, "Update config", "app-settings");
  assert.match(await readConfig(given.world, "ConfigMap", "app-settings"), /theirs[\s\S]*retries: "5"/);
});

check("a_save_that_fails_keeps_every_character", { allow: [/500/] }, async (given) => {
  const { configs, review, tray } = await edit(given, "ConfigMap", "app-settings");
  await configs.change("greeting: hello", "greeting: typed with care  # and a comment");
  const typed = await configs.text();
  await given.world.fault({ method: "PUT", path: "/openapi/environments/envcfgs", status: 500, body: "{}" });
  await configs.askToSave();
  await review.apply.click();
  await until(() => tray.one("Update config", "dev / app-settings").innerText(), (text) => /Failed|refused/.test(text), "it should fail");
  await becomes(() => configs.text(), typed);
  await configs.askToSave();
  await apply({ review, tray }, "Update config", "app-settings");
  assert.match(await readConfig(given.world, "ConfigMap", "app-settings"), /typed with care/);
  await given.world.reset();
});

check("leaving_with_edits_asks_and_leaving_drops_them", async (given) => {
  const { configs, guard } = await edit(given, "ConfigMap", "app-settings");
  await configs.change("greeting: hello", "greeting: typed");
  await configs.all.click();
  await guard.stay.click();
  await matches(() => configs.text(), /greeting: typed/);
  await configs.face("By key").click();
  await becomes(() => configs.value("greeting").inputValue(), "typed");
  await configs.all.click();
  await guard.leave.click();
  await configs.row("app-settings").getByRole("link").click();
  await configs.isReady();
  await matches(() => configs.text(), /greeting: hello/);
});

check("both_views_are_of_one_text", async (given) => {
  const { configs } = await edit(given, "ConfigMap", "app-settings", "form");
  await configs.value("greeting").fill("line one\nline two");
  await configs.within.getByLabel("New key").fill("added.txt");
  await configs.within.getByRole("button", { name: "Add a key" }).click();
  await configs.value("added.txt").fill("yes");
  await configs.face("YAML").click();
  await configs.isReady();
  await matches(() => configs.text(), /greeting: \|-\n {4}line one\n {4}line two\n[\s\S]*added\.txt: 'yes'/);
  await configs.change("line two", "line 2");
  await configs.face("By key").click();
  await becomes(() => configs.value("greeting").inputValue(), "line one\nline 2");
  await configs.within.getByRole("button", { name: "Remove added.txt" }).click();
  await configs.entry("added.txt").waitFor({ state: "detached" });
});

check("a_new_object_is_named_created_and_deleted_again", async (given) => {
  await given.open(`#/p/simple-demo/${DEV}/configs/ConfigMap?new=1`);
  const [configs, review, tray] = [new Configs(given.page), new Review(given.page), new Tray(given.page)];
  await given.page.getByLabel("Name", { exact: true }).fill("fresh");
  await configs.face("By key").click();
  await configs.within.getByLabel("New key").fill("a");
  await configs.within.getByRole("button", { name: "Add a key" }).click();
  await configs.value("a").fill("1");
  await configs.askToSave();
  await apply({ review, tray }, "Create config", "fresh");
  await given.page.getByRole("heading", { name: "fresh" }).waitFor();
  assert.match(await readConfig(given.world, "ConfigMap", "fresh"), /a: ['"]1['"]/);
  await configs.remove.click();
  await review.typed.fill("fresh");
  await apply({ review, tray }, "Delete config", "fresh");
  await given.page.getByRole("heading", { name: "This object does not exist" }).waitFor();
});

check("an_object_that_is_there_is_not_replaced_by_a_new_one", async (given) => {
  await given.open(`#/p/simple-demo/${DEV}/configs/Ingress?new=1`);
  const configs = new Configs(given.page);
  await configs.isReady();
  const mark = await given.world.mark();
  await given.page.getByLabel("Name", { exact: true }).fill("demo");
  await configs.askToSave();
  await given.page.getByText("Another Ingress already has this name").waitFor();
  assert.deepEqual(await writes(given.world, mark), []);
});

check("production_is_read_and_says_why_it_cannot_be_edited", async (given) => {
  await given.open(configLink(PROD, "ConfigMap", "app-settings", "yaml"));
  const configs = new Configs(given.page);
  await configs.isReady();
  await given.page.getByText(/No version of Zadig can create or change configs of production/).waitFor();
  const before = await configs.text();
  await configs.content.click();
  await given.page.keyboard.type("x");
  await becomes(() => configs.text(), before);
  await becomes(() => configs.save.count(), 0);
  await configs.remove.click();
  await new Review(given.page).typed.waitFor();
});

check("system_objects_are_folded_away_and_reachable", async (given) => {
  await given.open(configLink(DEV));
  const configs = new Configs(given.page);
  await configs.row("app-settings").waitFor();
  await becomes(() => configs.row("kube-root-ca.crt").isVisible(), false);
  await given.page.locator('[data-kind="ConfigMap"] summary').click();
  await becomes(() => configs.row("kube-root-ca.crt").isVisible(), true);
  await configs.search.fill("demo");
  await becomes(() => given.page.locator("[data-config]:visible").evaluateAll((rows) => rows.map((row) => row.dataset.config)), ["game-demo", "demo-tls", "demo", "demo-tls"]);
});

check("where_an_object_comes_from_and_who_restarts_is_said", async (given) => {
  const { configs, review } = await edit(given, "ConfigMap", "from-git");
  await given.page.getByText("kr-test-org1/config-data").waitFor();
  await given.page.getByText(/imported from a Git repository/).waitFor();
  await given.page.evaluate((hash) => (location.hash = hash), configLink(DEV, "ConfigMap", "game-demo", "yaml"));
  await given.page.getByRole("heading", { name: "game-demo" }).waitFor();
  await configs.isReady();
  await configs.change('player_initial_lives: "3"', "player_initial_lives: '4'");
  await configs.askToSave();
  await becomes(() => review.hits.allInnerTexts(), ["service1", "order"]);
});
