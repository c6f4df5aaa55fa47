// A foreign page without any framework that embeds the application: deploy/example, served as it is, with the built page in
// its folder `zadig/` and Zadig on the same origin.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setting } from "./program.mjs";
import { serveStatic } from "./static.mjs";

const EXAMPLE = fileURLToPath(new URL("../../../deploy/example", import.meta.url));
export const PORTAL_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/** Starts the portal. `files` are pages of its own by name; `config` is the application's config.json. */
export function servePortal(world, { files = {}, config } = {}) {
  const headers = { "content-security-policy": PORTAL_POLICY };
  const change = async (name) => {
    if (name === "zadig/config.json" && config) return { body: JSON.stringify(config) };
    // What a browser asks every site for.
    if (name === "favicon.ico") return { body: "" };
    if (name in files) return { body: files[name], headers };
    const inside = name.match(/^zadig\/(.*)$/);
    const place = inside ? join(setting("E2E_APP_DIR"), inside[1] || "index.html") : join(EXAMPLE, name);
    return readFile(place).then((body) => ({ body, headers: inside ? {} : headers }), () => ({ status: 404 }));
  };
  return serveStatic({ app: EXAMPLE, upstream: world.simulator, change });
}
