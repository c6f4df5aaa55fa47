// The drawer of a service: everything about it, at any size, on every version.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Environment } from "./pages/environment.mjs";
import { Service, serviceLink, visit } from "./pages/service.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();

check("a_row_opens_the_drawer_with_a_link_of_its_own_and_escape_gives_the_focus_back", async ({ page, open }) => {
  const [environment, service, shell] = [new Environment(page), new Service(page, "order"), new Shell(page)];
  await open("#/p/simple-demo/test/dev");
  await environment.row("order").getByRole("link", { name: "order", exact: true }).click();
  await service.workload().waitFor();
  assert.match(await shell.hash(), /^#\/p\/simple-demo\/test\/dev\/services\/order$/);
  assert.equal((await shell.focused()).tag, "h2");
  await page.keyboard.press("Escape");
  await service.drawer.waitFor({ state: "detached" });
  await becomes(async () => (await shell.focused()).text.trim(), "order");
});

check("workloads_pods_containers_and_addresses_are_shown", async ({ page, open }) => {
  const service = new Service(page, "gateway");
  await open(serviceLink("simple-demo", "test", "dev", "gateway"));
  await service.workload().getByText("Deployment · 2 replicas").waitFor();
  await becomes(async () => (await service.podNames()).length, 2);
  for (const text of ["gateway:8080", "gateway.simple-demo-env-dev:8080"]) {
    await service.drawer.locator("code").getByText(text, { exact: true }).waitFor();
  }
  await service.drawer.getByText("30080").waitFor();
  const host = service.drawer.getByRole("link", { name: "api.demo.example.com" });
  await matches(() => host.getAttribute("href"), /^http:\/\/api\.demo\.example\.com\//);
  await becomes(() => host.getAttribute("rel"), "noopener noreferrer");

  const [name] = await service.podNames();
  await service.pod(name).getByText("1/1").waitFor();
  await service.pod(name).getByRole("button").click();
  const card = service.drawer.locator('[data-container="gateway"]');
  await card.getByText(/Ready/).first().waitFor();
  await service.pods.getByText("Node", { exact: true }).waitFor();
});

check("cron_jobs_have_schedule_and_last_run", async ({ page, open }) => {
  const service = new Service(page, "cron-partly-suspended");
  await open(serviceLink("kinds", "test", "dev", "cron-partly-suspended"));
  await service.drawer.getByText(/Scheduled · Schedule 0 8 \* \* 1-5 · Last run: .* ago/).waitFor();
  await service.drawer.getByText(/Suspended · Schedule 0 1 1 \* \* · Last run: never/).waitFor();
});

check("release_tags_are_shown", async ({ page, open }) => {
  await open(serviceLink("simple-demo", "production", "prod-canary", "service1"));
  await new Service(page, "service1").workload().getByText("Release: canary-20261120").waitFor();
});

for (const [version, has] of [["v3.4.0", false], ["v5.0.0", true]]) {
  check(`pod_restart_and_yaml_are_${has ? "there" : "absent"}_on_${version}`, async (given) => {
    const { page, world, service, review, tray } = await visit(given, version, ["simple-demo", "test", "dev", "web"]);
    await service.workload().waitFor();
    if (!has) await service.tab("YAML").waitFor({ state: "detached" });
    await becomes(() => service.tab("YAML").count(), has ? 1 : 0);
    const [name] = await service.podNames();
    await service.pod(name).getByRole("button").click();
    await service.drawer.locator('[data-container="web"]').waitFor();
    const restart = service.drawer.getByRole("button", { name: "Restart pod …" });
    await becomes(() => restart.count(), has ? 1 : 0);
    if (!has) return;
    await restart.click();
    await becomes(() => review.changeTexts(), [`Pod · ${name} | 1 pod is replaced`]);
    await review.apply.click();
    await tray.says("Restart pod", `dev / ${name}`, /Done and verified/);
    assert.deepEqual(await writes(world), [
      { call: `POST /openapi/environments/dev/service/web/pod/${name}/restart`, query: { projectKey: "simple-demo" }, body: null },
    ]);
    await service.tab("YAML").click();
    await service.drawer.locator(".cm-content").getByText("kind: Deployment").waitFor();
    await page.reload();
    await service.drawer.locator(".cm-content").getByText("kind: Deployment").waitFor();
  });
}

check("a_link_to_the_yaml_on_a_server_without_it_says_so", async (given) => {
  const { service } = await visit(given, "v3.4.0", ["simple-demo", "test", "dev", "web"], "yaml");
  await service.drawer.getByText("This Zadig has no call for a service’s YAML. It was added in v4.0.0.").waitFor();
});

check("events_of_the_workload_and_its_pods_stand_on_one_timeline", async ({ page, world, open }) => {
  const service = new Service(page, "not-ready");
  await world.clock({ advance_ms: 60_000 });
  await open(serviceLink("bad-day", "test", "bad-day", "not-ready", "events"));
  await service.events.first().waitFor();
  const kinds = await service.events.evaluateAll((all) => all.map((one) => one.dataset.kind));
  assert.ok(kinds.includes("Warning"), `${kinds}`);
  await service.warningsOnly.click();
  await becomes(() => service.warningsOnly.getAttribute("aria-pressed"), "true");
  await becomes(() => service.events.evaluateAll((all) => [...new Set(all.map((one) => one.dataset.kind))]), ["Warning"]);
  await service.drawer.getByText("Readiness probe failed").first().waitFor();
  await service.drawer.getByText(/Events of \d+ objects?/).waitFor();
});

check("warnings_only_of_a_healthy_service_says_what_it_hides", async ({ page, open }) => {
  const service = new Service(page, "service1");
  await open(serviceLink("simple-demo", "test", "dev", "service1", "events"));
  await service.drawer.getByText("Scaled up replica set service1-7cc994479d to 1").waitFor();
  await service.warningsOnly.click();
  await service.drawer.getByRole("heading", { name: "No warnings" }).waitFor();
  await service.drawer.getByText(/\d+ other events are hidden\./).waitFor();
});

check("a_service_of_200_pods_is_bounded_and_works", async (given) => {
  const { page, world, service, review, tray, t } = { ...given, ...(await visit(given, "v5.0.0", ["large", "test", "fleet", "fleet"])) };
  await service.workload().getByText("200 replicas").waitFor();
  await becomes(async () => (await service.podNames()).length, 50);
  const nodes = await new Shell(page).nodes();
  assert.ok(nodes < 6000, `${nodes} nodes`);
  await service.drawer.getByRole("button", { name: "Show 150 more" }).click();
  await becomes(async () => (await service.podNames()).length, 200);
  const all = await new Shell(page).nodes();
  t.diagnostic(`${nodes} nodes with 50 of 200 pods, ${all} with all`);
  assert.ok(all < 6000, `${all} nodes with all pods`);
  const last = (await service.podNames()).at(-1);
  await service.drawer.getByRole("searchbox", { name: "Filter pods" }).fill(last);
  await becomes(() => service.podNames(), [last]);
  // Reading the events of all of them is bounded.
  const mark = await world.mark();
  await service.tab("Events").click();
  await service.events.first().or(service.drawer.getByRole("heading", { name: "No events" })).waitFor();
  const asked = await world.journal({ after: mark });
  assert.ok(asked.filter((call) => /event/i.test(call.path)).length <= 25, "the events of a handful of objects are read");
  await service.tab("Overview").click();
  await service.scaleTo(198);
  await review.apply.click();
  await tray.says("Scale", "fleet / fleet", /Done and verified/);
});

check("an_unknown_service_is_said", async ({ page, open }) => {
  await open(serviceLink("simple-demo", "test", "dev", "no-such-service"));
  await new Service(page, "no-such-service").drawer.getByText("Nothing is running for this service").waitFor();
});

check("服务抽屉说中文", { locale: "zh-CN" }, async ({ page, open }) => {
  await open(serviceLink("shangcheng", "test", "dev", "order").replace("/services/order", ""));
  await page.locator("[data-service]").first().waitFor();
  await page.locator("[data-service] .row-link").first().click();
  const drawer = page.getByRole("dialog", { name: /^服务 / });
  await drawer.getByRole("heading", { name: "工作负载" }).waitFor();
  await drawer.getByRole("heading", { name: "Pod 列表" }).waitFor();
  await drawer.getByRole("link", { name: "事件" }).click();
  await drawer.getByRole("button", { name: "仅看警告" }).waitFor();
});
