// What the security policy keeps from happening, should text of a server ever be taken for markup or code.
import assert from "node:assert/strict";
import { after } from "node:test";
import { Environment } from "./pages/environment.mjs";
import { suite } from "./support/browser.mjs";
import { servePortal } from "./support/portal.mjs";

const check = suite();
const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

/** What becomes of each attempt in the page: `made`, or the name of the error. */
function attempts(page) {
  return page.evaluate(() => {
    const tried = (attempt) => {
      try {
        attempt();
        return "made";
      } catch (error) {
        return error.name;
      }
    };
    const markup = (text) => () => (document.createElement("div").innerHTML = text);
    const script = (name, text) => () => (document.createElement("script")[name] = text);
    return {
      plain: tried(markup('<span class="chip" aria-hidden="true">one</span>')),
      handler: tried(markup("<img src=x onerror=alert(1)>")),
      script: tried(markup("<script>alert(1)<" + "/script>")),
      frame: tried(markup('<iframe srcdoc="x"></iframe>')),
      address: tried(markup('<a href="java\tscript:alert(1)">x</a>')),
      entity: tried(markup('<a href="&#106;avascript:alert(1)">x</a>')),
      drawing: tried(markup("<svg><animate/onbegin=alert(1)></svg>")),
      text: tried(script("text", "alert(1)")),
      source: tried(script("src", "https://example.com/a.js")),
      parsed: tried(() => new DOMParser().parseFromString("<script>1<" + "/script>", "text/html")),
      another: tried(() => trustedTypes.createPolicy("mine", { createHTML: (text) => text })),
      again: tried(() => trustedTypes.createPolicy("default", { createHTML: (text) => text })),
    };
  });
}

check("text_that_could_run_never_becomes_markup_or_code", { allow: [/./] }, async ({ page, open }) => {
  await open("#/p/simple-demo/test/dev");
  await new Environment(page).row("order").waitFor();
  const { plain, ...refused } = await attempts(page);
  assert.equal(plain, "made", "what Leptos makes of its own fixed text");
  assert.deepEqual([...new Set(Object.values(refused))], ["TypeError"], JSON.stringify(refused));
});

// A portal that requires trusted types needs what boot.js gives the page of its own: a default policy for plain markup.
const STRICT = `<!doctype html><html lang="en"><title>Portal</title>
<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types default zadig-environments">
<script type="module" src="strict.js"></script><script type="module" src="zadig/embed.js"></script>
<zadig-environments id="left" project="simple-demo" environment="dev" language="en"></zadig-environments>`;
const STRICT_SCRIPT = `
trustedTypes.createPolicy("default", { createHTML: (text) => (/<script|on[a-z]+=/i.test(text) ? null : text) });
document.getElementById("left").getToken = () => window.portalToken();`;

check("a_portal_that_requires_trusted_types_can_embed_it", { role: null }, async ({ page, world }) => {
  const server = await servePortal(world, { files: { "strict.html": STRICT, "strict.js": STRICT_SCRIPT } });
  servers.push(server);
  await page.addInitScript((token) => (window.portalToken = () => token), world.tokens.admin);
  await page.goto(`${server.base}strict.html`);
  await new Environment(page.locator("#left")).row("order").getByText("Running").waitFor();
});
