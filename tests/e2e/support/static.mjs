// The plainest host there is: a folder under a path, no rewrite rules, no headers of its own. `/openapi` goes to the simulator.
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml",
  ".json": "application/json", ".ts": "text/plain",
};

/**
 * Serves `app` under `prefix`. `change(name, file)` may answer in a file's place: `{ status, body, headers }`; `file()` reads
 * it. Gives `{ base, origin, asked, stop }`: `asked` lists the paths outside `/openapi` that were asked for.
 */
export async function serveStatic({ app, prefix = "/", upstream, change = () => undefined }) {
  const asked = [];
  const server = createServer(async (incoming, answer) => {
    const path = decodeURIComponent(new URL(incoming.url, "http://x").pathname);
    if (upstream && path.startsWith("/openapi/")) return pass(incoming, answer, upstream);
    asked.push(path);
    const name = path.endsWith("/") ? "index.html" : path.slice(prefix.length);
    const file = () => readFile(join(app, normalize(`/${name}`)));
    const inside = path.startsWith(prefix);
    const instead = inside ? await change(name, file) : { status: 404 };
    const { status = 200, headers = {}, body } = instead ?? {};
    const content = body ?? (status === 200 ? await file().catch(() => null) : "");
    answer.writeHead(content === null ? 404 : status, { "content-type": TYPES[extname(name)] ?? "text/plain", ...headers });
    answer.end(content ?? "no such file");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { base: `${origin}${prefix}`, origin, asked, stop };
}

function pass(incoming, answer, upstream) {
  const target = new URL(incoming.url, upstream);
  const onward = request(target, { method: incoming.method, headers: { ...incoming.headers, host: target.host } }, (reply) => {
    answer.writeHead(reply.statusCode, reply.headers);
    reply.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  answer.on("close", () => onward.destroy());
  incoming.pipe(onward);
}
