// Starts the application in its own page. A file of its own, so that the page runs under a policy without inline scripts.
// Whatever goes wrong before the module runs is said in words: a white page helps nobody.
import { LoadError, addStyles, loadEditor, loadModule, parsedConfig, parsedPage, partsOf, readConfig, showFailure } from "./load.js";

const RELOADED = "zadig-environments-reloaded";
/** How long nothing may arrive; the sentence then takes its own 12 s to show (base.css). */
const STALLED_MS = 60_000;

/** Lets the page call this site and the configured Zadig, and nobody else, whatever runs in it later. */
function narrowPolicy({ apiBase }) {
  let other = "";
  try {
    const origin = new URL(apiBase || ".", location.href).origin;
    if (origin !== location.origin) other = ` ${origin}`;
  } catch {
    // No address: the application reports it.
  }
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = `connect-src 'self'${other}`;
  document.head.append(meta);
}

// What a piece of markup may not hold: elements that run or load something, handlers, and addresses with a scheme other than
// the web's. Looked for inside of tags only: words may say anything.
const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*?/.source;
const ACTIVE = new RegExp(
  [
    /<(?:script|iframe|frame|frameset|object|embed|link|meta|base|style)\b/.source,
    `${TAG}${/(?<=[\s"'/])(?:on[a-z]+|srcdoc)\s*=/.source}`,
    `${TAG}${/(?<=[\s"':/])(?:href|src|action|formaction|to|from|values)\s*=\s*["']?(?!https?:\/\/|#|\.?\/)[^"'>]*[:&]/.source}`,
  ].join("|"),
  "i",
);

/**
 * Makes markup from text only where it is plain. Leptos makes elements that never change from text that is compiled in; all
 * that comes from a server becomes text nodes, and if any ever became markup by mistake, it could still run nothing.
 */
function guardMarkup() {
  globalThis.trustedTypes?.createPolicy("default", { createHTML: (text) => (ACTIVE.test(text) ? null : text) });
}

/** Whether the server has a newer index.html than the one that runs: it names another module. */
async function isStale(parts) {
  try {
    const page = location.href.replace(/#.*/, "");
    const answer = await fetch(page, { cache: "reload" });
    const fresh = partsOf(parsedPage(await answer.text()), page);
    return fresh.wasm !== parts.wasm || fresh.js !== parts.js;
  } catch {
    return false;
  }
}

/** Reloads once; says no where that was tried already or cannot be remembered. */
function reloadOnce(mark) {
  try {
    if (sessionStorage.getItem(RELOADED) === mark) return false;
    sessionStorage.setItem(RELOADED, mark);
  } catch {
    return false;
  }
  location.reload();
  return true;
}

/**
 * Says how many files have arrived, instead of the sentence that shows itself after a while: on a slow network nothing is
 * wrong. The sentence comes back when nothing has arrived for long. A file with a checksum arrives as a whole, so its bytes
 * cannot be counted. Gives what ends it.
 */
function progress(root) {
  const [wait, late] = [".boot-wait", ".boot-late"].map((name) => root.querySelector(name));
  const title = wait.textContent;
  const all = document.querySelectorAll("link[href]:not([rel=icon]), script[src]").length;
  let timer;
  const look = () => {
    const arrived = performance.getEntriesByType("resource").length;
    wait.textContent = `${title} ${Math.min(arrived, all)}/${all}`;
    late.remove();
    clearTimeout(timer);
    timer = setTimeout(() => root.append(late), STALLED_MS);
  };
  const observer = new PerformanceObserver(look);
  observer.observe({ type: "resource" });
  look();
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

async function boot() {
  const root = document.getElementById("zadig-environments");
  const end = progress(root);
  const query = new URLSearchParams(location.search);
  let parts;
  try {
    guardMarkup();
    parts = partsOf(document, document.baseURI);
    const module = loadModule(parts);
    module.catch(() => {});
    const files = new URL(".", import.meta.url);
    const text = await readConfig(files);
    const config = parsedConfig(text);
    narrowPolicy(config);
    const frame = window.parent === window ? null : (await import("./frame.js")).admit(config.embedOrigins, root);
    const host = { ...frame, files: files.href, standalone: true, bare: query.get("embed") === "1", editor: loadEditor, styles: parts.late && (() => addStyles(parts.late)) };
    const glue = await module;
    end();
    root.replaceChildren();
    const mounted = glue.mount(root, text ?? undefined, host);
    frame?.attach(mounted);
  } catch (error) {
    end();
    const stale = parts && error instanceof LoadError && error.kind === "missing" && (await isStale(parts));
    if (stale && reloadOnce(parts.wasm)) return;
    showFailure(root, stale ? new LoadError("stale", "") : error);
  }
}

boot();
