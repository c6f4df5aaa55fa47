// Where the token may be, and that it is nowhere else: addresses, storage, page, console, what the server is told.
import assert from "node:assert/strict";
import { after } from "node:test";
import { Connect } from "./pages/connect.mjs";
import { suite } from "./support/browser.mjs";
import { servePortal } from "./support/portal.mjs";
import { smoke } from "./support/smoke.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

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

/** Fails where the token (or one of its parts that says anything) is found; `allowed` names the places it may be in. */
async function hidden({ page, world, told }, token, allowed = []) {
  const [, payload, signature] = token.split(".");
  const found = { ...(await traces(page)), console: told.map((one) => one.text).join("\n") };
  const journal = await world.journal();
  found.addresses = journal.map((one) => JSON.stringify([one.path, one.query])).join("\n");
  found.bodies = journal.map((one) => JSON.stringify(one.body ?? null)).join("\n");
  for (const [place, text] of Object.entries(found)) {
    const there = [token, payload, signature].some((part) => text.includes(part));
    assert.equal(there, allowed.includes(place), `the token in: ${place}`);
  }
}

check("a_token_that_is_not_kept_is_nowhere", { role: null }, async (given) => {
  const { page, world, open } = given;
  await open("");
  await smoke(page, { token: world.tokens.admin });
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
  await smoke(left);
  await hidden(given, world.tokens.admin);
});
