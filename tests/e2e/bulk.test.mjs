// Several services at once: one review, a result for each.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Environment } from "./pages/environment.mjs";
import { Review } from "./pages/review.mjs";
import { Shell } from "./pages/shell.mjs";
import { Tray, passing, takeClocks } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const check = suite();
const IMAGES = "koderover.tencentcloudcr.com/test";

class Bulk {
  constructor({ page }) {
    this.page = page;
    this.environment = new Environment(page);
    this.review = new Review(page);
    this.tray = new Tray(page);
    this.bar = page.getByRole("group", { name: "Actions" });
    this.restart = this.bar.getByRole("button", { name: "Restart" });
    this.images = this.bar.getByRole("button", { name: "Update images" });
  }

  async choose(...names) {
    for (const name of names) await this.environment.row(name).getByRole("checkbox", { name: `Select ${name}` }).check();
    await this.bar.getByText(`${names.length} selected`).waitFor();
  }
}

async function enter(given, version, link) {
  await given.world.reset({ version });
  await takeClocks(given.page, given.world);
  await given.open(link);
  const bulk = new Bulk(given);
  await bulk.environment.table.locator("[data-service]").first().waitFor();
  return bulk;
}

for (const version of ["v3.4.0", "v5.0.0"]) {
  check(`several_services_restart_and_one_that_is_refused_says_so_on_${version}`, async (given) => {
    const { world } = given;
    const bulk = await enter(given, version, "#/p/simple-demo/test/dev");
    const body = JSON.stringify({ code: 6080, description: "the cluster refused it", extra: {}, message: "重启失败", type: "error" });
    await world.fault({ method: "POST", path: "/openapi/environments/dev/service/stock/restart", status: 400, body, times: 0 });
    await bulk.choose("coupon", "stock", "web");
    await bulk.restart.click();
    await bulk.review.apply.waitFor();
    await becomes(() => bulk.review.heading.innerText(), "Review 3 changes");
    await becomes(() => bulk.review.hits.allInnerTexts(), ["coupon: Deployment coupon", "stock: Deployment stock", "web: Deployment web"]);
    assert.deepEqual(await writes(world), []);
    await bulk.review.apply.click();
    const failed = await bulk.tray.says("Restart", "dev / stock", /^Failed$/m);
    assert.match(failed, /the cluster refused it/);
    for (const name of ["coupon", "web"]) await bulk.tray.says("Restart", `dev / ${name}`, /Done and verified/);
    const calls = (await writes(world)).map((one) => one.call).sort();
    assert.deepEqual(calls, ["coupon", "stock", "web"].map((name) => `POST /openapi/environments/dev/service/${name}/restart`));
  });
}

check("what_cannot_be_restarted_is_left_out_with_its_name", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/simple-demo/test/dev");
  await bulk.choose("cleanup", "web");
  await bulk.restart.click();
  await bulk.review.apply.waitFor();
  await becomes(() => bulk.review.hits.allInnerTexts(), ["web: Deployment web"]);
  await bulk.review.cancel.click();
  await bulk.bar.getByText(/Left out: cleanup: Nothing here can be restarted/).waitFor();
  assert.deepEqual(await writes(given.world), []);
});

check("a_group_can_be_called_off_one_by_one", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/simple-demo/test/dev");
  await bulk.choose("coupon", "web");
  await bulk.restart.click();
  await bulk.review.apply.click();
  await bulk.tray.cancel("Restart", "dev / coupon").click();
  await bulk.tray.says("Restart", "dev / coupon", /Cancelled, nothing was sent/);
  await bulk.tray.says("Restart", "dev / web", /Done and verified/);
  assert.deepEqual((await writes(given.world)).map((one) => one.call), ["POST /openapi/environments/dev/service/web/restart"]);
});

check("a_group_in_production_wants_the_environment_s_name", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/simple-demo/production/prod");
  await bulk.choose("coupon", "web");
  await becomes(() => bulk.images.count(), 0, "no images in production");
  await bulk.restart.click();
  await bulk.review.dialog.getByText("This changes production.").waitFor();
  await becomes(() => bulk.review.apply.isDisabled(), true);
  await bulk.review.typed.fill("prod");
  await bulk.review.apply.click();
  for (const name of ["coupon", "web"]) await bulk.tray.says("Restart", `prod / ${name}`, /Done and verified/);
  const calls = (await writes(given.world)).map((one) => one.call).sort();
  assert.deepEqual(calls, ["coupon", "web"].map((name) => `POST /openapi/environments/production/prod/service/${name}/restart`));
});

check("images_of_several_services_go_in_one_review_one_call_each", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/simple-demo/test/dev");
  await bulk.choose("coupon", "order", "web");
  await bulk.images.click();
  const field = (place) => bulk.review.dialog.getByLabel(place, { exact: true });
  await field("Deployment coupon · coupon").fill(`${IMAGES}/coupon:20261122-1`);
  await field("Deployment order · metrics-agent").fill("prom/statsd-exporter:v0.27.0");
  await field("Deployment web · web").waitFor();
  await bulk.review.dialog.getByRole("button", { name: "Review …" }).click();
  await bulk.review.apply.waitFor();
  await becomes(() => bulk.review.heading.innerText(), "Review 2 changes");
  assert.deepEqual(await writes(given.world), []);
  await bulk.review.apply.click();
  for (const name of ["coupon", "order"]) await bulk.tray.says("Update image", `dev / ${name}`, /Done and verified/);
  const sent = (await writes(given.world)).map(({ call, body }) => [call, body.service_name, body.container_name, body.image]);
  assert.deepEqual(sent.sort(), [
    ["POST /openapi/environments/image/deployment/dev", "coupon", "coupon", `${IMAGES}/coupon:20261122-1`],
    ["POST /openapi/environments/image/deployment/dev", "order", "metrics-agent", "prom/statsd-exporter:v0.27.0"],
  ]);
});

check("several_services_are_deleted_in_one_call_with_the_environment_s_name", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/simple-demo/test/dev");
  await bulk.choose("coupon", "stock");
  await bulk.bar.getByRole("button", { name: "Delete services" }).click();
  const label = await bulk.review.dialog.locator("label").innerText();
  const name = label.replace("Type “", "").replace("” to confirm", "");
  await bulk.review.typed.fill(name);
  await bulk.review.apply.click();
  await bulk.tray.all.first().waitFor();
  await bulk.tray.says("Delete services", /^dev/, /Done and verified/);
  const [call, ...more] = await writes(given.world);
  assert.deepEqual(more, []);
  assert.deepEqual(call.body.service_names, ["coupon", "stock"]);
});

check("clearing_the_selection_takes_the_bar_away", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/simple-demo/test/dev");
  await bulk.choose("coupon");
  await bulk.bar.getByRole("button", { name: "Clear selection" }).click();
  await bulk.bar.waitFor({ state: "detached" });
});

check("twelve_services_of_500_restart_and_the_page_stays_small", async (given) => {
  const bulk = await enter(given, "v5.0.0", "#/p/large/test/large");
  const names = Array.from({ length: 12 }, (_, i) => `svc-${String(i).padStart(3, "0")}`);
  await bulk.choose(...names);
  await bulk.restart.click();
  await bulk.review.apply.waitFor();
  await becomes(() => bulk.review.heading.innerText(), "Review 12 changes");
  await bulk.review.apply.click();
  const region = bulk.tray.region;
  await region.getByText(/8 more/).waitFor();
  assert.ok((await bulk.tray.all.count()) <= 4);
  const nodes = await new Shell(given.page).nodes();
  given.t.diagnostic(`${nodes} nodes`);
  assert.ok(nodes < 6000, `${nodes} nodes`);
  await given.page.evaluate(() => (location.hash = "#/activity"));
  const states = given.page.getByRole("main").locator("[data-op-state]");
  await states.nth(11).waitFor();
  await passing(given.page, () => states.allInnerTexts(), (all) => all.length === 12 && all.every((text) => text === "Done and verified"), "all are done");
  assert.equal((await writes(given.world)).length, 12);
});
