// Sub-environments: what is needed before, on and off with checks that take their time, and every refusal in words.
import assert from "node:assert/strict";
import { Activity, writes } from "./pages/activity.mjs";
import { Environment } from "./pages/environment.mjs";
import { Review } from "./pages/review.mjs";
import { Sharing, sharingLink, visitSharing } from "./pages/sharing.mjs";
import { Shell } from "./pages/shell.mjs";
import { Tray, appears, pass, passing } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();
const ENABLE = "POST /openapi/environments/dev/share/enable";
const TEXT = { content_type: "text/plain", times: 0 };

check("enabling_is_reviewed_and_its_five_checks_turn_one_after_the_other", async (given) => {
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev");
  await sharing.standing("off").waitFor();
  await becomes(() => sharing.requirement("istio").getAttribute("data-state"), "ok");
  await sharing.enable.click();
  await review.warnings.filter({ hasText: "deleted and recreated" }).waitFor();
  await review.warnings.filter({ hasText: "stay out of routing" }).waitFor();
  assert.ok((await review.changeTexts()).includes("Sub-environments | off | on"));
  assert.ok((await review.hits.allTextContents()).includes("web"));
  assert.deepEqual(await writes(world), [], "nothing is sent before Apply");
  await review.apply.click();
  await appears(page, sharing.standing("turning-on"));
  // The label is there at once; the proxies only when every pod was made anew.
  await passing(page, () => sharing.checks(), (checks) => checks.label === "met" && checks.proxies === "waiting", "the checks turn one by one", 500);
  await matches(() => sharing.check("proxies").innerText(), /\d s so far/);
  await tray.says("Enable sub-environments", "dev", /Done and verified/);
  await appears(page, sharing.standing("on"));
  assert.deepEqual(await sharing.checks(), { label: "met", "virtual-services": "met", proxies: "met", pods: "met", services: "note" });
  await matches(() => sharing.check("proxies").innerText(), /after \d+ s/);
  assert.deepEqual(await writes(world), [{ call: ENABLE, query: { projectKey: "simple-demo" }, body: null }]);
  assert.equal((await world.call("/openapi/environments/dev/check/sharenv/enable/ready?projectKey=simple-demo")).is_ready, true);
});

check("a_check_that_fails_for_a_while_is_waited_for_and_told_with_its_time", async (given) => {
  const pending = { project: "simple-demo", env: "dev", service: { name: "web", image: "registry.example/web:pending" } };
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev", { mutate: pending });
  await pass(page, 6_000);
  await sharing.enable.click();
  await review.apply.click();
  const only = (checks) => checks.proxies === "met" && checks["virtual-services"] === "met" && checks.pods === "waiting";
  await passing(page, () => sharing.checks(), only, "only the pods are waited for");
  await pass(page, 20_000);
  await matches(() => sharing.check("pods").innerText(), /waiting\s+[23]\d s so far/);
  await becomes(() => sharing.standing("turning-on").count(), 1);
  await world.mutate({ ...pending, service: { name: "web", image: "registry.example/web:2" } });
  await tray.says("Enable sub-environments", "dev", /Done and verified/);
  await appears(page, sharing.standing("on"));
  await matches(() => sharing.check("pods").innerText(), /after (\d+ s|1 min)/);
  assert.equal((await writes(world)).length, 1, "a check that fails is looked at again, nothing is sent again");
});

check("checks_that_cannot_be_read_for_a_while_are_asked_for_again", async (given) => {
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev");
  await sharing.enable.click();
  await review.apply.click();
  await appears(page, sharing.standing("turning-on"));
  const body = JSON.stringify({ code: 500, description: "failed to query VirtualService", message: "Internal Error: " });
  await world.fault({ path: "/openapi/environments/dev/check/sharenv", status: 500, body, times: 0 });
  const error = new Shell(page).error("server");
  await appears(page, error);
  await matches(() => error.innerText(), /retried at growing intervals/);
  await sharing.check("label").waitFor();
  await pass(page, 8_000);
  await world.clearFaults();
  await tray.says("Enable sub-environments", "dev", /Done and verified/);
  await error.waitFor({ state: "detached" });
  assert.equal((await writes(world)).length, 1);
});

check("workloads_without_a_kubernetes_service_are_listed_by_name_and_are_no_obstacle", async (given) => {
  const mutate = { project: "simple-demo", env: "dev", service: { name: "web", has_service: false } };
  const { sharing } = await visitSharing(given, "dev", { mutate });
  const services = sharing.requirement("services");
  await services.getByText("2 workloads have no Kubernetes Service").waitFor();
  await becomes(() => services.getByRole("listitem").allInnerTexts(), ["notify-worker Deployment", "web Deployment"]);
  await becomes(() => services.getAttribute("data-state"), "note");
  await becomes(() => sharing.enable.isEnabled(), true);
});

check("both_spellings_of_the_check_are_tried_and_a_404_text_is_no_obstacle", async (given) => {
  const faults = [{ path: "/openapi/environments/dev/check/workloads", status: 404, body: "Invalid path: /openapi/x", ...TEXT }];
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev", { faults });
  await sharing.requirement("services").getByText("This Zadig cannot say which workloads lack a Kubernetes Service").waitFor();
  const tried = (await world.journal({ path: "/openapi/environments/dev/check/workloads" })).map((call) => call.path.split("/").at(-1));
  assert.deepEqual(tried.slice(0, 2), ["k8services", "k8sservices"]);
  await becomes(() => page.getByRole("alert").count(), 0, "it is not shown as an error");
  await sharing.enable.click();
  await review.apply.click();
  await tray.says("Enable sub-environments", "dev", /Done and verified/);
});

check("the_documented_spelling_is_used_where_only_that_is_known", async (given) => {
  const faults = [
    { path: "/openapi/environments/dev/check/workloads/k8services", status: 404, body: "Invalid path: /openapi/x", ...TEXT },
    { path: "/openapi/environments/dev/check/workloads/k8sservices", status: 200, body: '["lonely."]', times: 0 },
  ];
  const { sharing } = await visitSharing(given, "dev", { faults });
  const services = sharing.requirement("services");
  await services.getByText("1 workload has no Kubernetes Service").waitFor();
  await becomes(() => services.getByRole("listitem").allInnerTexts(), ["lonely"]);
});

check("without_istio_it_is_said_before_anything_is_tried", async (given) => {
  const faults = [{ path: "/openapi/cluster/istio/check", status: 200, body: "false", times: 0 }];
  const { world, sharing } = await visitSharing(given, "dev", { faults });
  await sharing.requirement("istio").getByText("Istio is not installed in the cluster").waitFor();
  await becomes(() => sharing.enable.isDisabled(), true);
  await matches(() => sharing.obstacle.innerText(), /the cluster has no Istio/);
  // It was installed meanwhile.
  await world.clearFaults();
  await sharing.checkAgain.click();
  await sharing.requirement("istio").getByText("Istio is installed in the cluster").waitFor();
  await becomes(() => sharing.enable.isEnabled(), true);
  assert.deepEqual(await writes(world), []);
});

check("a_refusal_for_missing_istio_is_told_and_what_is_half_set_up_can_be_cleaned_up", async (given) => {
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev");
  const description = "the server could not find the requested resource (post virtualservices.networking.istio.io)";
  const body = JSON.stringify({ code: 500, description, message: "Internal Error: " });
  await world.fault({ method: "POST", path: "/openapi/environments/dev/share/enable", status: 500, body });
  // What the server had done by then: the label is on the namespace.
  const checks = { namespace_has_istio_label: true, virtualservice_deployed: false, pods_have_istio_proxy: false, workloads_ready: true, workloads_have_k8s_service: false };
  await world.fault({ path: "/openapi/environments/dev/check/sharenv", skip: 1, status: 200, body: JSON.stringify({ is_ready: false, checks }), times: 0 });
  await sharing.enable.click();
  await review.apply.click();
  await tray.says("Enable sub-environments", "dev", /Zadig refused it: Istio is not installed in this cluster/);
  await appears(page, sharing.standing("partial"));
  await becomes(() => sharing.enable.isEnabled(), true);
  await becomes(() => sharing.disable.isEnabled(), true);
  await becomes(() => sharing.check("virtual-services").getAttribute("data-state"), "unmet");
});

check("a_licence_that_does_not_cover_it_is_told_in_words", async (given) => {
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev", { licence: "basic" });
  await becomes(() => sharing.licence.count(), 0);
  await sharing.enable.click();
  await review.apply.click();
  await tray.says("Enable sub-environments", "dev", /Sub-environments need an Enterprise licence/);
  await sharing.licence.getByText("Zadig refused the last change because of its licence").waitFor();
  await sharing.standing("off").waitFor();
  await new Activity(page).open();
  await matches(() => new Activity(page).one("Enable sub-environments", "dev").innerText(), /Enterprise licence/);
  assert.deepEqual((await writes(world)).map((one) => one.call), [ENABLE]);
});

check("a_sleeping_environment_says_what_would_be_refused_before_it_is_tried", async (given) => {
  const mutate = { project: "simple-demo", env: "dev", sleeping: true };
  const { world, sharing } = await visitSharing(given, "dev", { mutate });
  await sharing.obstacle.getByText("the environment is sleeping").waitFor();
  await becomes(() => sharing.enable.isDisabled(), true);
  assert.deepEqual(await writes(world), []);
});

check("an_account_without_the_right_reads_which_right_it_takes", async ({ world, page, open }) => {
  await world.reset({});
  await open(sharingLink("dev"), { token: world.tokens.viewer });
  const error = new Shell(page).error("forbidden");
  await error.getByText("This account is not allowed to configure sub-environments here").waitFor();
  await error.getByText("permission to edit the configuration").waitFor();
});

check("disabling_wants_the_name_says_which_sub_environments_go_and_sees_them_go", async (given) => {
  const { page, world, sharing, review, tray } = await visitSharing(given, "base");
  await sharing.standing("on").waitFor();
  await sharing.subs.getByText("None is known to this tab.").waitFor();
  await sharing.subs.getByText(/Other test environments in the same cluster/).click();
  await becomes(() => sharing.subs.locator('[data-sub="feature-cart"]').count(), 1, "it may be one");
  // Zadig names the sub-environment when it refuses to remove one of its services.
  await page.evaluate((hash) => (location.hash = hash), "#/p/simple-demo/test/base");
  const environment = new Environment(page);
  await environment.row("order").getByRole("checkbox").check();
  await page.getByRole("group", { name: "Actions" }).getByRole("button", { name: "Delete services" }).click();
  await review.typed.fill("order");
  await review.apply.click();
  await tray.says("Delete services", "base / order", /Sub-environments that use order: feature-cart/);
  await page.evaluate((hash) => (location.hash = hash), sharingLink("base"));
  const known = sharing.subs.getByRole("list", { name: "Sub-environment of base, as known to this tab" });
  await known.getByRole("link", { name: "feature-cart" }).waitFor();
  await sharing.disable.click();
  assert.ok((await review.changeTexts()).includes("Environment | feature-cart | none"), `${await review.changeTexts()}`);
  await review.warnings.filter({ hasText: "including those that this page does not know" }).waitFor();
  await becomes(() => review.apply.isDisabled(), true);
  await review.typed.fill("base");
  await review.apply.click();
  await appears(page, sharing.standing("turning-off"));
  await tray.says("Disable sub-environments", "base", /Done and verified/);
  await appears(page, sharing.standing("off"));
  const sent = (await writes(world)).filter((one) => one.call.includes("share"));
  assert.deepEqual(sent, [{ call: "DELETE /openapi/environments/base/share/enable", query: { projectKey: "simple-demo" }, body: null }]);
  const left = await world.call("/openapi/environments?projectKey=simple-demo");
  assert.ok(!left.some((one) => one.env_key === "feature-cart"));
});

check("the_command_for_a_sub_environment_has_the_header_and_can_be_copied", async (given) => {
  await given.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page, sharing } = await visitSharing(given, "base");
  await sharing.curl.getByText("Enter a sub-environment and an address").waitFor();
  await sharing.curl.getByLabel("Sub-environment").fill("feature-cart");
  await sharing.curl.getByLabel("Address").fill("shop.example.com");
  await sharing.curl.getByText("curl -H 'x-env: feature-cart' 'http://shop.example.com/'").waitFor();
  await sharing.curl.getByRole("button", { name: "Copy the command" }).click();
  await sharing.curl.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "curl -H 'x-env: feature-cart' 'http://shop.example.com/'");
});

check("the_hint_about_creating_them_depends_on_the_version", async (given) => {
  const { page, sharing } = await visitSharing(given, "base", { version: "v3.4.0" });
  await sharing.standing("on").waitFor();
  await page.evaluate((hash) => (location.hash = hash), "#/p/simple-demo/test/base/services/order");
  await page.getByRole("dialog", { name: "Service order" }).waitFor();
  await page.evaluate((hash) => (location.hash = hash), sharingLink("base"));
  await sharing.subs.getByText("None is known to this tab.").waitFor();
  assert.ok((await sharing.subs.innerText()).includes("Zadig’s API does not say which environments are sub-environments"));
});

check("production_has_no_tab_for_it_and_the_link_says_why", async ({ page, world, open }) => {
  await world.reset({});
  await open(sharingLink("prod", "", "simple-demo", "production"));
  await page.getByRole("heading", { name: "Production has no sub-environments" }).waitFor();
  await becomes(() => new Environment(page).tab("Sub-environments").count(), 0);
  const asked = (await world.journal()).map((call) => call.path).filter((path) => path.includes("share") || path.includes("check"));
  assert.deepEqual(asked, []);
});

check("the_tab_is_a_link_and_a_change_survives_leaving_it", async (given) => {
  const { page, world, sharing, review, tray } = await visitSharing(given, "dev");
  await sharing.enable.click();
  await review.apply.click();
  await appears(page, sharing.standing("turning-on"));
  await new Environment(page).tab("Services").click();
  await tray.says("Enable sub-environments", "dev", /Done and verified/);
  await tray.one("Enable sub-environments", "dev").getByRole("link", { name: "dev" }).click();
  await appears(page, sharing.standing("on"));
  assert.equal((await writes(world)).length, 1);
});

check("中文的确认框用中文说明会删除所有子环境", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await world.reset({});
  const mark = await world.mark();
  await open(sharingLink("base"));
  await page.getByRole("button", { name: "关闭子环境 …" }).click();
  const review = new Review(page);
  await review.warnings.filter({ hasText: "Zadig 会删除此基准环境的所有子环境" }).waitFor();
  assert.deepEqual((await review.changeTexts())[0], "子环境 | 开启 | 关闭");
  assert.deepEqual(await writes(world, mark), []);
});

check("中文界面说明子环境的开启条件", { locale: "zh-CN" }, async ({ page, world, open }) => {
  await world.reset({});
  await world.fault({ path: "/openapi/cluster/istio/check", status: 200, body: "false", times: 0 });
  await open(sharingLink("dev"));
  await page.getByText("集群未安装 Istio", { exact: true }).waitFor();
  await page.getByText("1 个工作负载没有 Kubernetes Service").waitFor();
  await page.getByText("Zadig 会拒绝：集群未安装 Istio。").waitFor();
  await becomes(() => new Sharing(page).root.locator("button:disabled").count(), 1);
  assert.equal(await new Review(page).dialog.count() + (await new Tray(page).all.count()), 0);
});
