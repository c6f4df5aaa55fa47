// What holds for logs over either transport: called once for each by logs.test.mjs and logs-eventsource.test.mjs.
import assert from "node:assert/strict";
import { Logs, logsLink, podsOf } from "../pages/logs.mjs";
import { becomes, until } from "./until.mjs";

const CUTS = 20;
const numbered = (count) => Array.from({ length: count }, (_, index) => `${String(index + 1).padStart(9, "0")} line`);

/** The E45 requests among journal entries. */
async function opened(world, after) {
  return (await world.journal({ after, path: "/openapi/logs/sse" })).length;
}

async function first(world, service) {
  const [pod] = await podsOf(world, service);
  return { pod, container: service };
}

export function transportCases(check) {
  check("a_stream_that_is_cut_twenty_times_shows_the_source_line_by_line", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const at = await first(world, "web");
    const count = 2_700;
    await world.logs({ pod: at.pod, mode: "numbered", rate: 90, count, begin: "first_stream", format: "{n9} line" });
    const mark = await world.mark();
    await open(logsLink("web", { ...at, tail: "all" }));
    for (let cut = 0; cut < CUTS; cut += 1) {
      const before = await logs.kept().catch(() => 0);
      await until(() => logs.kept().catch(() => 0), (kept) => kept > before + 5, `lines after cut ${cut}`);
      await until(() => world.cut({ pod: at.pod }), (broken) => broken > 0, "there is a stream to cut");
    }
    await until(() => logs.kept(), (kept) => kept >= count, "all lines arrive", 70_000);
    assert.deepEqual(await logs.download(), numbered(count));
    const requests = await opened(world, mark);
    assert.ok(requests <= CUTS + 5, `${requests} requests for ${CUTS} cuts`);
  });

  check("a_silent_container_waits_for_its_first_line_with_one_request", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const at = await first(world, "web");
    await world.logs({ pod: at.pod, mode: "silent" });
    const mark = await world.mark();
    await open(logsLink("web", at));
    await logs.empty.getByText("Waiting for the first line").waitFor();
    await page.waitForTimeout(3_000);
    assert.equal(await logs.link(), "waiting");
    assert.equal(await opened(world, mark), 1);
    await world.logs({ pod: at.pod, lines: ["the first line"] });
    await becomes(() => logs.drawn(), ["the first line"]);
    assert.equal(await logs.link(), "live");
  });

  check("a_missing_pod_is_said_to_be_missing_with_few_requests", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const mark = await world.mark();
    await open(logsLink("web", { pod: "web-gone-1", container: "web" }));
    await logs.empty.getByText("No such pod or container").waitFor();
    assert.equal(await logs.link(), "missing");
    await page.waitForTimeout(3_000);
    assert.ok((await opened(world, mark)) <= 2);
    await logs.button("Logs of all its pods").click();
    await until(() => logs.kept(), (kept) => kept > 0, "the logs of the service open");
  });

  check("a_pod_that_goes_away_ends_its_log_and_is_not_asked_for_again", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const at = await first(world, "web");
    await open(logsLink("web", at));
    await until(() => logs.link(), (link) => link === "live", "it is live");
    await world.mutate({ project: "simple-demo", env: "dev", pod: { name: at.pod, delete: true } });
    await until(() => logs.link(), (link) => link === "ended", "it ends", 60_000);
    assert.equal((await logs.drawn()).at(-1), "The log has ended");
    const mark = await world.mark();
    await page.waitForTimeout(4_000);
    assert.equal(await opened(world, mark), 0);
    assert.ok((await world.streams()).open === 0, "its stream was let go");
  });

  check("a_finished_container_is_read_to_its_end_with_one_request", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const job = await world.call("/openapi/environments/dev/services/migrate-once?projectKey=kinds");
    const at = { pod: job.scales[0].pods[0].name, container: "migrate-once" };
    const mark = await world.mark();
    await open(`#/p/kinds/test/dev/logs/migrate-once?${new URLSearchParams(at)}`);
    await until(() => logs.link(), (link) => link === "ended", "it ends");
    const lines = await logs.drawn();
    assert.ok(lines.length > 1, "its last words are there");
    assert.equal(lines.at(-1), "The log has ended");
    await page.waitForTimeout(3_000);
    assert.equal(await opened(world, mark), 1);
    assert.equal((await world.streams()).open, 0, "its stream was let go");
  });

  check("a_crashed_container_is_not_live_and_its_log_goes_on_at_the_next_start", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const at = await first(world, "web");
    // With the clock standing still, nobody starts it again.
    await world.clock({ paused: true });
    await world.mutate({ project: "simple-demo", env: "dev", pod: { name: at.pod, crash: true } });
    await open(logsLink("web", at));
    await until(() => logs.link(), (link) => link === "crashed", "it says that it does not run");
    await logs.status.getByText(/Not running: Error · ended .* ago/).waitFor();
    assert.ok((await logs.drawn()).length > 1, "its last words are there");
    assert.equal((await world.streams()).open, 0, "its stream was let go");
    await world.clock({ advance_ms: 2_000 });
    await logs.status.getByText("Not running: CrashLoopBackOff").waitFor();
    await world.clock({ paused: false });
    await world.clock({ advance_ms: 15_000 });
    await until(() => logs.link(), (link) => link === "live", "it goes on");
    const lines = await logs.download();
    assert.ok(lines.some((line) => /restarted/i.test(line)), "the restart is marked");
  });

  check("a_hidden_tab_lets_go_of_its_stream_and_takes_it_up_again_without_loss", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const at = await first(world, "web");
    const count = 1_500;
    await world.logs({ pod: at.pod, mode: "numbered", rate: 100, count, begin: "first_stream", format: "{n9} line" });
    const mark = await world.mark();
    await open(logsLink("web", { ...at, tail: "all" }));
    await until(() => logs.kept(), (kept) => kept > 50, "lines come");
    await logs.setHidden(true);
    await until(() => world.streams(), ({ open: streams }) => streams === 0, "the stream is let go");
    assert.equal(await logs.link(), "released");
    await page.waitForTimeout(2_000);
    assert.equal(await opened(world, mark), 1, "nothing is asked for while nobody looks");
    assert.ok((await logs.kept()) < count, "lines were missed meanwhile");
    await logs.setHidden(false);
    await until(() => logs.kept(), (now) => now >= count, "all lines arrive");
    assert.deepEqual(await logs.download(), numbered(count));
    assert.equal(await opened(world, mark), 2, "the stream was opened once more");
  });

  check("hostile_lines_are_text", async ({ page, world, open }) => {
    const logs = new Logs(page);
    const at = await first(world, "web");
    await world.logs({ pod: at.pod, mode: "corpus", count: 22 });
    await open(logsLink("web", { ...at, tail: "all" }));
    await until(() => logs.kept(), (kept) => kept === 22, "all lines are kept");
    await logs.key("Home");
    const rows = logs.rows.locator(".log-row");
    await rows.filter({ hasText: "<script>alert('xss')</script><img src=x onerror=alert(1)>" }).waitFor();
    await rows.filter({ hasText: "<U+202E>gpj.exe" }).waitFor();
    await rows.filter({ hasText: "&amp; &lt;entities&gt;" }).waitFor();
    const made = await logs.rows.evaluate((area) => area.querySelectorAll("script, img, a, b, iframe").length);
    assert.equal(made, 0);
    const lines = await logs.download();
    assert.equal(lines.length, 22);
    assert.ok(lines.some((line) => line.length > 100_000), "the long line is kept whole");
    // Two thousand colours in a line, on every row of the screen.
    await world.logs({ pod: at.pod, lines: ["\u001b[31m.\u001b[32m,".repeat(1_000)], repeat: true, count: 200 });
    await until(() => logs.kept(), (kept) => kept > 100, "bombs come");
    await logs.button("Wrap lines (w)").click();
    const nodes = await logs.rows.evaluate((area) => area.querySelectorAll("*").length);
    assert.ok(nodes < 16_000, `${nodes} elements`);
    assert.equal(await logs.link(), "live");
  });
}
