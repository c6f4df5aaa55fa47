// What is typed for a new environment outlives steps, pages and reloads; what it begins with can come from another one.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Create, createLink } from "./pages/create.mjs";
import { EnvironmentMenu } from "./pages/environment.mjs";
import { Environments } from "./pages/environments.mjs";
import { Review } from "./pages/review.mjs";
import { Shell } from "./pages/shell.mjs";
import { Tray, takeClocks } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const SECRET = "planted-secret-7f3a";
/** The same, as Kubernetes keeps it. */
const ENCODED = Buffer.from(SECRET).toString("base64");
const named = (list) => Object.fromEntries(list.map(({ key, ...rest }) => [key, rest]));

check("a_reload_in_the_middle_keeps_what_was_typed_but_no_secret", async ({ page, world, open }) => {
  await open(createLink("simple-demo"));
  const create = new Create(page);
  await create.name.fill("qa-2");
  await create.namespace.fill("mine");
  await create.step("Services");
  await create.choose("web");
  await create.image("web", "web").fill("r/web:draft");
  await create.step("Configs");
  await create.addObject("ConfigMap", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: banner\n");
  await create.config("ConfigMap banner").waitFor();
  await create.addObject("Secret", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: door\nstringData:\n  key: hunter2\n");
  await create.config("Secret door").waitFor();
  const kept = await create.kept();
  assert.match(kept, /banner/);
  assert.ok(!kept.includes("hunter2") && !kept.includes(world.tokens.admin), "neither secret nor token is kept");
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await create.main.getByText("The YAML was not kept after the reload, because it may contain secrets.").waitFor();
  await create.yaml("ConfigMap banner").isReady();
  await matches(() => create.yaml("ConfigMap banner").text(), /name: banner/);
  await create.step("Basics");
  await becomes(() => create.name.inputValue(), "qa-2");
  await becomes(() => create.namespace.inputValue(), "mine");
  await create.step("Services");
  await create.service("web").locator("summary").click();
  await becomes(() => create.image("web", "web").inputValue(), "r/web:draft");
  await create.step("Review");
  await becomes(() => create.apply.isDisabled(), true, "the Secret has to be entered again, or removed");
});

check("a_draft_is_taken_up_again_and_can_be_discarded", async ({ page, open }) => {
  await open(createLink("simple-demo"));
  const create = new Create(page);
  await create.name.fill("later");
  await new Shell(page).crumbs.getByRole("link", { name: "simple-demo" }).click();
  await page.getByRole("link", { name: "New environment", exact: true }).click();
  await create.main.getByText("Your earlier entries were restored.").waitFor();
  await becomes(() => create.name.inputValue(), "later");
  await page.goBack();
  await page.goForward();
  await becomes(() => create.name.inputValue(), "later");
  await create.discard.click();
  await page.waitForFunction(() => document.querySelector("#create-name")?.value === "");
  assert.equal(await create.kept(), "");
});

check("leaving_with_a_typed_secret_asks_first", async ({ page, open }) => {
  await open(createLink("simple-demo", "step=configs"));
  const create = new Create(page);
  await create.addObject("Secret", "kind: Secret\nmetadata:\n  name: door\n");
  await create.step("Basics");
  await new Shell(page).crumbs.getByRole("link", { name: "simple-demo" }).click();
  await page.locator("dialog[open]").waitFor();
  assert.match(page.url(), /\/new/);
});

check("a_clone_has_images_bindings_and_only_the_configs_that_were_chosen", async ({ page, world, open }) => {
  await world.reset();
  await world.mutate({ project: "simple-demo", env: "dev", service: { name: "web", image: "r/web:of-dev" } });
  await takeClocks(page, world);
  await open("#/p/simple-demo");
  await new Environments(page).row("dev").getByRole("link", { name: "Clone dev" }).click();
  const [create, review, tray] = [new Create(page), new Review(page), new Tray(page)];
  await create.main.getByText("Copied from dev:").waitFor();
  await becomes(() => create.heading.innerText(), "Clone of dev");
  await becomes(() => create.name.inputValue(), "", "a clone has a name of its own");
  await create.name.fill("dev-2");
  await create.step("Services");
  await create.service("web").locator("summary").click();
  await becomes(() => create.image("web", "web").inputValue(), "r/web:of-dev");
  await create.step("Configs");
  const take = (name) => create.main.getByRole("group", { name: "Copy from dev" }).getByRole("checkbox", { name });
  for (const box of await take(/./).all()) await becomes(() => box.isChecked(), false, "nothing is taken by itself");
  await take("ConfigMap game-demo").check();
  await create.unfold("ConfigMap game-demo");
  assert.doesNotMatch(await create.yaml("ConfigMap game-demo").text(), /namespace:|uid:|creationTimestamp:/);
  await take("Secret db-credentials").check();
  await create.unfold("Secret db-credentials");
  await matches(() => create.yaml("Secret db-credentials").text(), /••••/, "values are masks");
  await create.step("Review");
  const shown = await create.request();
  assert.equal(shown.env_configs[1].yaml_data, "••••••••");
  const page_text = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!page_text.includes(SECRET) && !page_text.includes(ENCODED), "the secret is nowhere in the page");
  const kept = await create.kept();
  assert.ok(!kept.includes(SECRET) && !kept.includes(ENCODED));
  await create.apply.click();
  await review.apply.click();
  await tray.says("Create environment", "dev-2", /Done and verified/);
  const [call, ...more] = await writes(world);
  assert.deepEqual(more, []);
  const web = call.body.services.find((one) => one.service_name === "web");
  assert.deepEqual(web.containers.map((one) => one.image), ["r/web:of-dev"]);
  const before = await world.call("/openapi/environments/dev/variable?projectKey=simple-demo");
  const after = await world.call("/openapi/environments/dev-2/variable?projectKey=simple-demo");
  const related = (list) => Object.fromEntries(Object.entries(named(list)).map(([key, one]) => [key, [...one.related_services].sort()]).sort());
  assert.deepEqual(related(after), related(before), "the same services follow the same variables");
  assert.deepEqual(call.body.env_configs.map((one) => one.common_env_cfg_type), ["ConfigMap", "Secret"]);
  assert.ok(call.body.env_configs[1].yaml_data.includes(ENCODED), "the Secret is sent whole");
});

check("a_clone_in_which_nothing_was_decided_is_read_again", async ({ page, world, open }) => {
  await world.reset();
  await open(createLink("simple-demo", "from=dev&step=variables"));
  const create = new Create(page);
  await becomes(() => create.global("cpuLimit").getByRole("textbox").inputValue(), "1000m");
  await becomes(() => create.kept(), "");
  await world.mutate({ project: "simple-demo", env: "dev", set_variable: { key: "cpuLimit", value: "7777m" } });
  await new Shell(page).crumbs.getByRole("link", { name: "simple-demo" }).click();
  await page.getByRole("link", { name: "New environment", exact: true }).waitFor();
  await page.goBack();
  await becomes(() => create.global("cpuLimit").getByRole("textbox").inputValue(), "7777m");
  await create.global("cpuLimit").getByRole("textbox").fill("mine");
  await until(() => create.kept(), (kept) => kept.includes("mine"), "what was decided is kept");
});

check("what_is_wrong_in_a_config_is_marked_by_line_and_keeps_the_environment_from_being_made", async ({ page, open }) => {
  await open(createLink("simple-demo", "step=configs"));
  const create = new Create(page);
  await create.addConfig.getByRole("button", { name: "ConfigMap", exact: true }).click();
  const editor = create.yaml("new object");
  await editor.isReady();
  await matches(() => editor.text(), /^kind: ConfigMap$/m, "it begins with what the kind needs");
  await page.waitForFunction(() => document.activeElement?.classList.contains("code-place"), null, { timeout: 5_000 });
  await editor.fill("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ports\ndata:\n  web: 80\n");
  const ports = create.yaml("ConfigMap ports");
  await ports.problems.filter({ hasText: "6:8" }).waitFor();
  await create.step("Review");
  await create.toFix.filter({ hasText: /Line 6: / }).waitFor();
  await becomes(() => create.apply.isDisabled(), true);
  await create.step("Configs");
  await ports.isReady();
  await ports.change("80", '"80"');
  await ports.problems.first().waitFor({ state: "detached" });
});

check("a_secret_that_was_typed_is_masked_when_it_is_seen_again_and_shows_one_value_when_asked", async ({ page, open }) => {
  await open(createLink("simple-demo", "step=configs"));
  const create = new Create(page);
  await create.addObject("Secret", `apiVersion: v1\nkind: Secret\nmetadata:\n  name: door\ndata:\n  key: ${ENCODED}\n  other: ${ENCODED}\n`);
  await create.config("Secret door").waitFor();
  const fold = create.config("Secret door").getByRole("button", { name: "Secret door", exact: true });
  await fold.click();
  await fold.click();
  await create.yaml("Secret door").isReady();
  assert.ok(!(await create.yaml("Secret door").text()).includes(ENCODED), "folding it masks it");
  await create.step("Basics");
  await create.step("Configs");
  const door = create.yaml("Secret door");
  await door.isReady();
  assert.ok(!(await door.text()).includes(ENCODED), "both values are masks");
  await create.config("Secret door").getByRole("button", { name: "Reveal" }).first().click();
  await until(() => door.text(), (text) => text.split(ENCODED).length === 2, "one value is shown");
});

check("an_environment_is_cloned_from_its_page_and_the_palette", async ({ page, open }) => {
  await open("#/p/simple-demo/test/qa");
  const menu = new EnvironmentMenu(page);
  await menu.open(menu.clone);
  await becomes(() => new Create(page).heading.innerText(), "Clone of qa");
  await page.goBack();
  await menu.button.waitFor();
  await page.keyboard.press("Control+k");
  const { palette } = new Shell(page);
  await palette.getByRole("combobox").fill("clone");
  await palette.getByRole("option", { name: /Clone qa/ }).click();
  await page.waitForURL(/new\?from=qa/);
});

check("what_the_project_lost_is_left_out_of_a_clone_and_named", async ({ page, world, open }) => {
  await world.reset();
  await world.mutate({ project: "simple-demo", env: "qa", set_variable: { key: "ghost", value: "1" } });
  await open(createLink("simple-demo", "from=qa"));
  const create = new Create(page);
  await create.main.getByText("no longer defined in the project): ghost").waitFor();
});
