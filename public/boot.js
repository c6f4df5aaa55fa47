// Starts the WebAssembly module. A file of its own, so that the page runs under a policy without inline scripts.
// Whatever goes wrong before the module runs is said here in words: a white page helps nobody.

const text = {
  en: {
    noWasm: "This browser has no WebAssembly, or a policy of this page forbids it.",
    load: "A part of the application could not be loaded. The page may be an old copy: reload it once. If that does not help, a file is missing on the server.",
    start: "The application could not start.",
    reload: "Reload",
  },
  zh: {
    noWasm: "此浏览器不支持 WebAssembly，或页面的安全策略禁止了它。",
    load: "应用的一部分未能加载。页面可能是旧的缓存，请刷新一次；若仍不行，则服务器上缺少文件。",
    start: "应用未能启动。",
    reload: "刷新",
  },
}[navigator.language.startsWith("zh") ? "zh" : "en"];

/** Shows a plain failure message in the place of the application. */
function fail(root, sentence, error) {
  console.error(sentence, error);
  root.replaceChildren();
  const box = root.appendChild(document.createElement("div"));
  box.className = "boot-failure";
  box.setAttribute("role", "alert");
  const add = (tag, content) => {
    const element = box.appendChild(document.createElement(tag));
    element.textContent = content;
    return element;
  };
  add("h1", "Zadig Environments");
  add("p", sentence);
  add("pre", String(error?.message ?? error));
  const button = add("button", text.reload);
  button.className = "button";
  button.addEventListener("click", () => location.reload());
}

/** The host's settings, or null where there is no such file. A broken file is reported by the application itself. */
async function readConfig(base) {
  try {
    const answer = await fetch(new URL("config.json", base), { cache: "no-store" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

async function boot() {
  const root = document.getElementById("zadig-environments");
  const base = new URL(".", import.meta.url);
  const script = document.querySelector("script[data-wasm]");
  if (typeof WebAssembly !== "object") {
    return fail(root, text.noWasm, "WebAssembly is undefined");
  }
  let glue, config;
  try {
    const wasm = new URL(script.dataset.wasm, document.baseURI);
    const parts = await Promise.all([
      import(new URL(script.dataset.js, document.baseURI)),
      readConfig(base),
    ]);
    [glue, config] = parts;
    await glue.default({ module_or_path: wasm });
  } catch (error) {
    const forbidden = error instanceof WebAssembly.CompileError || /wasm-unsafe-eval|WebAssembly/.test(String(error));
    return fail(root, forbidden ? text.noWasm : text.load, error);
  }
  try {
    root.replaceChildren();
    glue.mount(root, config ?? undefined);
  } catch (error) {
    fail(root, text.start, error);
  }
}

boot();
