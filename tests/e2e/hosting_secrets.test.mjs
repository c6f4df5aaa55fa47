// Where the token may be, and that it is nowhere else: addresses, storage, page, console, downloads, what the server is told.
// The same for a value that the simulated cluster keeps in a Secret.
import assert from "node:assert/strict";
import { after } from "node:test";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { About } from "./pages/about.mjs";
import { Connect } from "./pages/connect.mjs";
import { Logs, logsLink } from "./pages/logs.mjs";
import { suite } from "./support/browser.mjs";
import { servePortal } from "./support/portal.mjs";
import { setting } from "./support/program.mjs";
import { smoke } from "./support/smoke.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

/** What the Secret `db-credentials` of the demo environment holds, plain and as Kubernetes carries it. */
const SECRET = ["planted-secret-7f3a", Buffer.from("planted-secret-7f3a").toString("base64").replace(/=+$/, "")];

/** Everything a page keeps or shows, with its shadow trees and the values of its fields. */
function traces(page) {
  return page.evaluate(() => {
    const texts = [];
    const walk = (root) => {
      texts.push(root.innerHTML ?? "");
      for (const element of root.querySelectorAll("*")) {
        if ("value" in element) texts.push(String(element.value));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document.documentElement);
    return {
      page: texts.join("\n"),
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      cookie: document.cookie,
      address: location.href,
      history: JSON.stringify(history.state),
    };
  });
}

/**
 * Fails where the token (or one of its parts that says anything) or the secret is found; `allowed` names the places the token
 * may be in, `more` are texts to search besides.
 */
async function hidden({ page, world, told }, token, allowed = [], more = {}) {
  const [, payload, signature] = token.split(".");
  const found = { ...(await traces(page)), console: told.map((one) => one.text).join("\n"), ...more };
  const journal = await world.journal();
  found.addresses = journal.map((one) => JSON.stringify([one.path, one.query])).join("\n");
  found.bodies = journal.map((one) => JSON.stringify(one.body ?? null)).join("\n");
  for (const [place, text] of Object.entries(found)) {
    const there = [token, payload, signature].some((part) => text.includes(part));
    assert.equal(there, allowed.includes(place), `the token in: ${place}`);
    assert.ok(!SECRET.some((value) => text.includes(value)), `the secret in: ${place}`);
  }
}

check("a_token_that_is_not_kept_is_nowhere", { role: null }, async (given) => {
  const { page, world, open } = given;
  await open("");
  await smoke(page, { world, token: world.tokens.admin });
  await page.goto(`${world.base}/#/activity`);
  await hidden(given, world.tokens.admin);
});

check("a_token_that_is_kept_is_in_the_tabs_storage_only_and_gone_after_logging_out", { role: null }, async (given) => {
  const { page, world, open } = given;
  await open("#/connect");
  const connect = new Connect(page);
  await connect.enter(world.tokens.admin, { keep: true });
  await connect.proceed.click();
  await hidden(given, world.tokens.admin, ["session"]);
  await page.goto(`${world.base}/#/connect`);
  await connect.logOut.click();
  await connect.token.waitFor();
  await hidden(given, world.tokens.admin);
});

check("a_refused_token_is_in_no_error", { role: null, allow: [/status of 401/] }, async (given) => {
  const { page, world, open } = given;
  const wrong = "eyJhbGciOiJub25lIn0.eyJwbGFudGVkIjoic2VjcmV0In0.cGxhbnRlZC1zaWduYXR1cmU";
  await open("#/connect");
  await new Connect(page).enter(wrong, { keep: true });
  await new Connect(page).step("Token", "failed").waitFor();
  await hidden(given, wrong);
});

check("a_token_that_a_portal_gives_is_nowhere_in_the_portal", { role: null }, async (given) => {
  const { page, world } = given;
  const server = await servePortal(world);
  servers.push(server);
  await page.addInitScript((token) => (window.portalToken = () => token), world.tokens.admin);
  await page.goto(`${server.base}portal.html`);
  const left = page.locator("#left");
  await left.locator(".crumbs a").first().click();
  await smoke(left, { world });
  await hidden(given, world.tokens.admin);
});

check("what_can_be_saved_or_copied_holds_neither_the_token_nor_a_secret", { role: null }, async (given) => {
  const { page, context, world, open } = given;
  const token = world.tokens.admin;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => {
    window.copied = [];
    const { writeText } = Clipboard.prototype;
    Clipboard.prototype.writeText = function (text) {
      window.copied.push(text);
      return writeText.call(this, text);
    };
  });
  await open("#/connect");
  await new Connect(page).enter(token, { keep: true });
  await new Connect(page).proceed.click();

  // A service that reads the Secret: everything its drawer shows, and every button in it that copies.
  const drawer = page.locator(".drawer");
  for (const panel of ["overview", "events", "variables", "yaml"]) {
    await page.goto(`${world.base}/#/p/simple-demo/test/dev/services/service2?panel=${panel}`);
    await drawer.getByRole("heading", { name: "service2" }).first().waitFor();
    const copy = drawer.getByRole("button", { name: /^Copy/ });
    if (panel === "yaml") await copy.first().waitFor();
    for (const button of await copy.all()) await button.click();
  }
  // A log, saved; the log writes the token of nobody.
  await page.goto(`${world.base}/${logsLink("service2")}`);
  const logs = new Logs(page);
  await logs.rows.locator(".log-row .log-text").first().waitFor();
  const saved = (await logs.download()).join("\n");
  assert.ok(saved.length > 0);
  await page.goto(`${world.base}/#/settings/about`);
  await new About(page).part("leptos").waitFor();
  const copied = await page.evaluate(() => window.copied.join("\n"));
  assert.match(copied, /kind: Deployment/, "the YAML was copied");
  await hidden(given, token, ["session"], { saved, copied });
});

check("no_file_of_the_built_page_holds_a_token_or_a_secret", { role: null }, async ({ world }) => {
  const folder = setting("E2E_APP_DIR");
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  assert.ok(files.some(({ name }) => name === "notices.json"));
  for (const { parentPath, path, name } of files) {
    const content = await readFile(join(parentPath ?? path, name), "latin1");
    for (const text of [...Object.values(world.tokens), ...SECRET]) assert.ok(!content.includes(text), name);
  }
});
