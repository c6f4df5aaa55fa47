// What the page (boot.js) and the custom element (embed.js) share: finding the parts of the application, loading them with
// their checksums, and saying in words what went wrong.

const WORDS = {
  en: {
    noWasm: "This browser has no WebAssembly, or it is switched off.",
    forbidden: "The security policy of this page (CSP) forbids a part of the application:",
    missing: "A file of the application is missing on the server:",
    changed: "A file of the application is not the one that was built; its checksum differs:",
    unreachable: "A file of the application could not be fetched:",
    stale: "This page is an old copy; a newer one was installed since. Reload it.",
    foreign: "This site may not show the page in a frame: its address is not listed in embedOrigins of config.json.",
    start: "The application could not start.",
    reload: "Reload",
  },
  zh: {
    noWasm: "此浏览器不支持 WebAssembly，或已将其关闭。",
    forbidden: "此页面的安全策略（CSP）禁止了应用的一部分：",
    missing: "服务器上缺少应用的文件：",
    changed: "应用的文件与构建结果不一致，校验和不同：",
    unreachable: "无法获取应用的文件：",
    stale: "此页面是旧的副本，之后已安装新版本。请刷新。",
    foreign: "此站点不得以框架显示该页面：其地址未列入 config.json 的 embedOrigins。",
    start: "应用未能启动。",
    reload: "刷新",
  },
};

/** The words for the browser's language. */
export const words = WORDS[navigator.language.startsWith("zh") ? "zh" : "en"];

/** A failure with a sentence for people. `kind` is one of the keys of the words. */
export class LoadError extends Error {
  constructor(kind, detail) {
    super(`${words[kind]} ${detail}`.trim());
    this.name = "LoadError";
    this.kind = kind;
  }
}

let pages;

/** Parses an index.html of this application; nothing in it runs or loads. Under Trusted Types only this function may. */
export function parsedPage(text) {
  pages ??= globalThis.trustedTypes?.createPolicy("zadig-environments", { createHTML: (page) => page });
  return new DOMParser().parseFromString(pages ? pages.createHTML(text) : text, "text/html");
}

/** Where the parts are that an index.html names: module, glue, styles, and the checksums that Trunk wrote. */
export function partsOf(document, base) {
  const at = (address) => new URL(address, base).href;
  const script = document.querySelector("script[data-wasm]");
  if (!script) throw new LoadError("stale", "");
  const wasm = at(script.dataset.wasm);
  const links = [...document.querySelectorAll("link[href]")].map((link) => ({
    rel: link.getAttribute("rel"),
    href: at(link.getAttribute("href")),
    integrity: link.getAttribute("integrity") ?? "",
  }));
  return {
    js: at(script.dataset.js),
    wasm,
    integrity: links.find((link) => link.href === wasm)?.integrity ?? "",
    styles: links.filter((link) => link.rel === "stylesheet"),
    late: script.dataset.late && { href: at(script.dataset.late), integrity: script.dataset.lateIntegrity ?? "" },
  };
}

/** Adds the styles of what is loaded later to the page. */
export function addStyles({ href, integrity }) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    if (integrity) link.integrity = integrity;
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => {
      link.remove();
      reject(new LoadError("missing", href));
    });
    link.href = href;
    document.head.append(link);
  });
}

/** Fetches a file and holds it to its checksum. Browsers ignore the checksum of a preload, so it is given here again. */
export async function fetchPart(href, integrity, options = {}) {
  let answer;
  try {
    answer = await fetch(href, integrity ? { ...options, integrity } : options);
  } catch (error) {
    throw await explained(href, integrity, error);
  }
  if (!answer.ok) throw new LoadError("missing", `${href} (${answer.status})`);
  return answer;
}

/** Why a file did not come: it is not there, or it is there and another than was built. */
async function explained(href, integrity, error) {
  const again = await fetch(href, { cache: "no-store" }).catch(() => null);
  if (!again) return new LoadError("unreachable", `${href} (${error.message})`);
  if (!again.ok) return new LoadError("missing", `${href} (${again.status})`);
  return integrity ? new LoadError("changed", href) : new LoadError("unreachable", `${href} (${error.message})`);
}

/** Loads and starts the module; gives its exports (`mount`). Fails with a LoadError. */
export async function loadModule(parts) {
  if (typeof WebAssembly !== "object") throw new LoadError("noWasm", "");
  const broken = [];
  const note = (event) => broken.push(`${event.effectiveDirective} ${event.blockedURI}`);
  document.addEventListener("securitypolicyviolation", note);
  try {
    const [glue, module] = await Promise.all([importGlue(parts.js), fetchPart(parts.wasm, parts.integrity)]);
    await glue.default({ module_or_path: module });
    return glue;
  } catch (error) {
    // The browser tells of a violation after the call failed.
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (broken.length > 0) throw new LoadError("forbidden", broken.join(", "));
    if (/unsafe-eval|content security policy/i.test(String(error))) throw new LoadError("forbidden", error.message);
    throw error instanceof LoadError ? error : new LoadError("start", String(error?.message ?? error));
  } finally {
    document.removeEventListener("securitypolicyviolation", note);
  }
}

async function importGlue(href) {
  try {
    return await import(href);
  } catch (error) {
    throw await explained(href, "", error);
  }
}

/** The code editor, fetched when the first one opens. */
export const loadEditor = () => import("./editor.js");

/**
 * The host's settings as text, or null where there is no such file. The application itself reports a broken file.
 *
 * The page asks for it before any script runs, and this takes that answer. Where the server does not say how long it may be
 * kept, the browser may have answered from an old copy, so it is asked once more.
 */
export async function readConfig(base) {
  const address = new URL("config.json", base);
  try {
    let answer = await fetch(address);
    if (!answer.headers.has("cache-control")) answer = await fetch(address, { cache: "no-cache" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** The settings as an object; an empty one where the text is none. */
export function parsedConfig(text) {
  try {
    const value = JSON.parse(text ?? "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** Shows a failure in the place of the application. */
export function showFailure(root, error) {
  console.error(error);
  const box = document.createElement("div");
  box.className = "boot-failure";
  box.setAttribute("role", "alert");
  const add = (tag, content) => {
    const element = box.appendChild(document.createElement(tag));
    element.textContent = content;
    return element;
  };
  add("h1", "Zadig Environments");
  add("p", error instanceof LoadError ? error.message : words.start);
  if (!(error instanceof LoadError)) add("pre", String(error?.message ?? error));
  const button = add("button", words.reload);
  button.className = "button";
  button.addEventListener("click", () => location.reload());
  root.replaceChildren(box);
}
