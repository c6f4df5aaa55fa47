// nginx and Caddy as deploy/ configures them: the real programs in front of the simulated Zadig.
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { suite } from "./support/browser.mjs";
import { startProxy, tryContainer } from "./support/proxies.mjs";
import { smoke, startsAtOnce, streamsLogs } from "./support/smoke.mjs";

const check = suite();

/** A pod of a service that the walk leaves alone: those of a restarted one may be gone. */
async function pod(world) {
  const detail = await world.call("/openapi/environments/dev/services/gateway?projectKey=simple-demo");
  const [first] = detail.scales.flatMap((one) => one.pods);
  return { pod: first.name, container: first.containers[0].name };
}

for (const kind of ["nginx", "caddy"]) {
  const behind = (options, body) => async (given) => {
    const { world } = given;
    const proxy = await startProxy(kind, { upstream: world.simulator, token: options.token?.(world) });
    try {
      await body({ ...given, proxy });
    } finally {
      await proxy.stop();
    }
  };

  check(`everything_works_behind_${kind}_with_the_users_token`, { role: null }, behind({}, async ({ page, proxy, world }) => {
    await page.goto(proxy.base);
    await smoke(page, { world, token: world.tokens.admin });
    await streamsLogs(proxy.base, { headers: { authorization: `Bearer ${world.tokens.admin}` }, ...(await pod(world)) });
  }));

  check(`scripts_and_settings_are_fetched_beside_the_module_behind_${kind}`, { role: null }, behind({}, async ({ page, proxy }) => {
    assert.equal((await startsAtOnce(page, proxy.base))["config.json"], 1);
  }));

  const added = { token: (world) => world.tokens.admin };
  check(`${kind}_adds_the_token_and_no_browser_sees_it`, { role: null }, behind(added, async ({ page, proxy, world }) => {
    const seen = [];
    page.on("request", async (request) => seen.push(request.url(), JSON.stringify(await request.allHeaders())));
    page.on("response", async (answer) => seen.push(JSON.stringify(await answer.allHeaders())));
    await page.goto(proxy.base);
    await smoke(page, { world });
    await streamsLogs(proxy.base, { headers: {}, ...(await pod(world)) });
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]));
    assert.ok(![...seen, kept].some((text) => text.includes(world.tokens.admin)), "the token must stay in the proxy");
  }));

  check(`${kind}_refuses_calls_that_another_site_makes`, { role: null }, behind(added, async ({ proxy, world }) => {
    const before = await world.mark();
    const call = (site) => fetch(`${proxy.base}/openapi/projects/project`, { headers: { "sec-fetch-site": site } });
    for (const site of ["cross-site", "same-site"]) assert.equal((await call(site)).status, 403, site);
    assert.deepEqual(await world.journal({ after: before, path: "/openapi" }), []);
    assert.notEqual((await call("same-origin")).status, 403);
  }));

  check(`${kind}_sends_security_cache_and_compression_headers`, { role: null }, behind({}, async ({ proxy }) => {
    const names = await readdir(proxy.app);
    const wasm = names.find((name) => name.endsWith(".wasm"));
    await writeFile(join(proxy.app, `${wasm}.gz`), gzipSync("small"));
    await writeFile(join(proxy.app, `${wasm}.br`), brotliCompressSync("smaller"));
    const get = async (path, encoding = "identity") => fetch(`${proxy.base}/${path}`, { headers: { "accept-encoding": encoding } });
    const index = await get("");
    const policy = index.headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'.* frame-ancestors 'none'/);
    assert.equal(index.headers.get("x-content-type-options"), "nosniff");
    assert.equal(index.headers.get("referrer-policy"), "no-referrer");
    assert.equal(index.headers.get("cache-control"), "no-cache");
    const module = await get(wasm);
    assert.equal(module.headers.get("content-type"), "application/wasm");
    // A hash is written without its leading zeroes.
    const hashed = names.filter((name) => /-[0-9a-f]{10,}/.test(name) && !/\.(gz|br)$/.test(name));
    assert.ok(hashed.length > 10);
    for (const name of hashed) assert.match((await get(name)).headers.get("cache-control"), /immutable/, name);
    assert.equal((await get(wasm, "gzip")).headers.get("content-encoding"), "gzip");
    for (const name of ["config.json", "boot.js", "embed.js", "notices.json"]) assert.equal((await get(name)).headers.get("cache-control"), "no-cache", name);
    assert.equal((await get("nothing-here")).status, 404);
  }));
}

check("nginx_accepts_the_configuration_that_the_container_starts_with", { role: null }, async ({ world }) => {
  const { code, said } = await tryContainer(world.simulator);
  assert.equal(code, 0, said);
});
