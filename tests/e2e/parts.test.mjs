// The parts of the module that load later: what the first page fetches, and what happens when a part does not come.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Environment } from "./pages/environment.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { becomes } from "./support/until.mjs";

const BUDGET = 400_000;
const check = suite();

/** What was fetched of the application itself, by name, with its size after gzip. */
function fetched(page) {
  const files = new Map();
  page.on("response", async (answer) => {
    const { pathname } = new URL(answer.url());
    if (/^\/(openapi|api|__sim)\//.test(pathname)) return;
    files.set(pathname.split("/").pop(), gzipSync(await answer.body().catch(() => Buffer.alloc(0)), { level: 9 }).length);
  });
  return files;
}

const later = (files) => [...files.keys()].filter((name) => /_split_|_chunk_|editor\.js|notices/.test(name));
const total = (files) => [...files.values()].reduce((sum, size) => sum + size, 0);

for (const [name, hash, there] of [
  ["the_list_of_environments", "#/p/simple-demo", (page) => page.getByRole("table").getByRole("link", { name: "dev", exact: true })],
  ["an_environment", "#/p/simple-demo/test/dev", (page) => new Environment(page).row("order")],
]) {
  check(`${name}_as_the_first_page_fetches_no_more_than_it_needs`, async ({ page, open, t }) => {
    const files = fetched(page);
    await open(hash);
    await there(page).waitFor();
    await page.waitForLoadState("networkidle");
    t.diagnostic(`${files.size} files, ${total(files)} bytes after gzip`);
    assert.deepEqual(later(files), []);
    assert.ok(total(files) > 100_000 && total(files) <= BUDGET, `${total(files)} bytes`);
  });
}

check("a_part_is_fetched_once_and_only_when_it_is_needed", async ({ page, open }) => {
  const files = fetched(page);
  const counts = new Map();
  page.on("request", (request) => counts.set(request.url(), (counts.get(request.url()) ?? 0) + 1));
  await open("#/p/simple-demo/test/dev");
  const environment = new Environment(page);
  for (const name of ["order", "gateway"]) {
    await environment.row(name).getByRole("link", { name, exact: true }).click();
    await new Service(page, name).workload().waitFor();
    await page.keyboard.press("Escape");
    await new Service(page, name).drawer.waitFor({ state: "detached" });
  }
  assert.ok(later(files).some((name) => name.includes("_split_services")));
  assert.ok(!later(files).some((name) => /_split_(logs|editors)/.test(name)), later(files).join());
  for (const [address, count] of counts) if (/_split_|_chunk_/.test(address)) assert.equal(count, 1, address);
});

check("a_part_that_does_not_come_is_said_and_can_be_tried_again", { allow: [/_split_services|split module|Failed to fetch|404|503/] }, async ({ page, open }) => {
  let broken = true;
  await page.route(/_split_services/, (route) => (broken ? route.fulfill({ status: 503, body: "" }) : route.continue()));
  await open(serviceLink("simple-demo", "test", "dev", "order"));
  const said = page.getByRole("alert").filter({ hasText: "Part of the application could not be loaded." });
  await said.waitFor();
  // The rest of the page goes on.
  await new Environment(page).row("gateway").waitFor();
  broken = false;
  await said.getByRole("button", { name: "Try again" }).click();
  await new Service(page, "order").workload().waitFor();
});

check("a_part_that_was_changed_on_its_way_does_not_run", { allow: [/./] }, async ({ page, open }) => {
  await page.route(/_split_services/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: Buffer.concat([await answer.body(), Buffer.from([0, 1, 0])]) });
  });
  await open(serviceLink("simple-demo", "test", "dev", "order"));
  await page.getByRole("alert").filter({ hasText: "Part of the application could not be loaded." }).waitFor();
  await becomes(() => new Service(page, "order").workload().count(), 0);
});
