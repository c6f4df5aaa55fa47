// One browser and one world for each test file, a fresh browser context for each test.
//
// A test fails if its page throws, logs an error or breaks the content security policy, whatever else it asserts. When a
// test fails its picture and text go to tests/e2e/results.
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { setting } from "./program.mjs";
import { PATIENCE_MS } from "./until.mjs";
import { World } from "./world.mjs";

const RESULTS = fileURLToPath(new URL("../results", import.meta.url));
const TEST_LIMIT_MS = 120_000;
const FLAGS = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking"];
/** Where a token the user chose to keep lies; tests that are not about connecting begin with one. */
export const KEPT_TOKEN = "zadig-environments-token";

/** The failures that a browser itself logs for calls that are meant to fail. */
const LOADING = /^Failed to load resource/;

/**
 * Declares a file's tests: gives `check(name, options?, body)`.
 *
 * `body` gets `{ page, context, world, open, told, t }`: `open(hash)` loads the page at a link with a token of `role`
 * (`admin`; null for none), `told` is what the page logged. Options of a test: `locale`, `colorScheme`, `viewport`,
 * `role`, `reducedMotion`, and `allow`, patterns of logged errors that belong to the test.
 */
export function suite(worldOptions = {}) {
  const shared = {};
  before(async () => {
    [shared.world, shared.browser] = await Promise.all([World.start(worldOptions), launched()]);
  });
  after(async () => {
    await shared.browser?.close();
    await shared.world?.stop();
  });
  return (name, options, body = options) => {
    const chosen = typeof options === "function" ? {} : options;
    test(name, { timeout: TEST_LIMIT_MS }, (t) => run(t, name, shared, chosen, body));
  };
}

function launched() {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: setting("E2E_CHROMIUM"), args: [...sandbox, ...FLAGS] });
}

async function run(t, name, shared, options, body) {
  // A browser that died takes its own test with it, not the rest of the file.
  if (!shared.browser.isConnected()) shared.browser = await launched();
  const { world, browser } = shared;
  await world.tidy();
  const { locale = "en-US", colorScheme = "light", viewport = { width: 1440, height: 900 }, reducedMotion } = options;
  const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion });
  context.setDefaultTimeout(PATIENCE_MS);
  const told = [];
  const page = await listened(context, told);
  const open = opener(page, world, options.role === undefined ? "admin" : options.role);
  try {
    await body({ page, context, world, open, told, t, newPage: () => listened(context, told) });
    const faults = told.filter((one) => isFault(one, options.allow ?? []));
    if (faults.length > 0) {
      throw new Error(`the page reported:\n${faults.map((one) => `${one.type}: ${one.text}`).join("\n")}`);
    }
  } catch (error) {
    await keep(name, page, world, told, error);
    throw error;
  } finally {
    await context.close();
  }
}

async function listened(context, told) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  page.on("console", (message) => told.push({ type: message.type(), text: message.text(), url: message.location().url }));
  page.on("pageerror", (error) => told.push({ type: "pageerror", text: error.stack ?? error.message }));
  return page;
}

function isFault({ type, text, url }, allow) {
  if (type !== "error" && type !== "pageerror") return false;
  if (LOADING.test(text) && /\/(openapi|api)\//.test(url)) return false;
  return !allow.some((pattern) => pattern.test(text));
}

function opener(page, world, role) {
  return async (hash = "", { base = world.base, token = role && world.tokens[role], apiBase } = {}) => {
    if (token) {
      await page.addInitScript(([key, value]) => {
        // Only once in a tab: a test that logs out must stay logged out. An empty page has no storage.
        if (location.protocol === "about:") return;
        if (!sessionStorage.getItem(`seeded ${key}`)) sessionStorage.setItem(key, value);
        sessionStorage.setItem(`seeded ${key}`, "1");
      }, [apiBase ? `${KEPT_TOKEN}:${apiBase}` : KEPT_TOKEN, token]);
    }
    await page.goto(`${base}/${hash}`);
    await page.locator(".shell").waitFor();
  };
}

/** Writes what the page looked like and said. A page that is gone has nothing to say. */
async function keep(name, page, world, told, error) {
  await mkdir(RESULTS, { recursive: true });
  const slug = name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  const file = join(RESULTS, `${basename(process.argv[1] ?? "test", ".test.mjs")}--${slug}`);
  const body = await page.locator("body").innerText({ timeout: 2000 }).catch(() => "(the page is gone)");
  const log = told.map((one) => `${one.type}: ${one.text}`).join("\n");
  const text = [error.stack, page.url(), body, log, world.words()].join("\n\n----------\n\n");
  await writeFile(`${file}.txt`, text);
  await page.screenshot({ path: `${file}.png`, timeout: 5000 }).catch(() => {});
}
