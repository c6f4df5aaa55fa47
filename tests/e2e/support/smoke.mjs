// What must work wherever the page is put: connecting, the list, an environment, a service, a change that is verified, and a
// log stream that arrives as it is written.
import assert from "node:assert/strict";
import { Connect } from "../pages/connect.mjs";
import { Environment } from "../pages/environment.mjs";
import { Projects } from "../pages/projects.mjs";
import { Review } from "../pages/review.mjs";
import { PATIENCE_MS, until } from "./until.mjs";

/**
 * Walks through the application that is open at its first page. `scope` is the page, a frame or an element in it; pods of
 * `world` start eight times as fast.
 */
export async function smoke(scope, { world, token }) {
  await world.clock({ speed: 8 });
  if (token) await new Connect(scope).enter(token);
  await new Projects(scope).project("Simple Demo").click();
  await scope.getByRole("main").getByRole("link", { name: "dev", exact: true }).first().click();
  const [environment, review] = [new Environment(scope), new Review(scope)];
  await environment.heading("dev").waitFor();
  await environment.row("order").getByText("Running").waitFor();
  await environment.row("order").locator(".row-link").click();
  const drawer = scope.locator(".drawer");
  await drawer.getByRole("button", { name: "Restart", exact: true }).click();
  await review.apply.click();
  await scope.getByText(/Done and verified/).first().waitFor({ timeout: 60_000 });
}

/**
 * What the page asked for to start, once it has: the scripts and settings beside the module, and nothing twice. Gives how
 * often each file was asked for.
 */
export async function startsAtOnce(page, base) {
  const asked = {};
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").at(-1);
    asked[name] = (asked[name] ?? 0) + 1;
  });
  await page.goto(base);
  await page.locator(".shell").waitFor();
  const times = await page.evaluate(() => {
    const all = performance.getEntriesByType("resource").map(({ name, startTime, responseEnd }) => ({ name: name.split("/").at(-1), startTime, responseEnd }));
    const of = (test) => all.find(({ name }) => test(name));
    return { load: of((name) => name === "load.js"), config: of((name) => name === "config.json"), boot: of((name) => name === "boot.js") };
  });
  assert.equal(asked["load.js"], 1, JSON.stringify(asked));
  for (const one of ["load", "config"]) {
    assert.ok(times[one].startTime < times.boot.responseEnd, `${one} is asked for before the script that wants it is there: ${JSON.stringify(times)}`);
  }
  return asked;
}

/** Reads a log stream through `base` as the application does, until a line is there; it must not be collected on its way. */
export async function streamsLogs(base, { headers, pod, container }) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(new Error("the stream fell silent")), PATIENCE_MS);
  const query = "projectKey=simple-demo&envName=dev&tails=5";
  const path = `/openapi/logs/sse/pods/${pod}/containers/${container}?${query}`;
  const answer = await fetch(`${base}${path}`, { headers, signal: stop.signal });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /text\/event-stream/);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const lines = () => text.split("\n").filter((line) => line.startsWith("data:")).length;
  await until(
    async () => {
      const { value = "" } = await reader.read();
      text += value;
      return lines();
    },
    (count) => count >= 8,
    "more lines than the tail should arrive while the stream is open",
  );
  clearTimeout(late);
  stop.abort();
}
