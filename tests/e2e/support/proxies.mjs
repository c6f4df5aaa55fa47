// The real nginx and Caddy with the configurations of deploy/, on a free port, in front of the simulator and the built page.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setting } from "./program.mjs";
import { until } from "./until.mjs";

const DEPLOY = fileURLToPath(new URL("../../../deploy", import.meta.url));

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts `kind` (`nginx` or `caddy`). With `token` the proxy adds it and config.json says so. */
export async function startProxy(kind, { upstream, token }) {
  const folder = await mkdtemp(join(tmpdir(), `zadig-${kind}-`));
  const [app, conf] = [join(folder, "app"), join(folder, "conf")];
  await cp(setting("E2E_APP_DIR"), app, { recursive: true });
  await mkdir(conf);
  if (token) await writeFile(join(app, "config.json"), JSON.stringify({ auth: "proxy" }));
  const port = await freePort();
  const start = { nginx: startNginx, caddy: startCaddy }[kind];
  const child = await start({ folder, app, conf, port, upstream, token });
  const said = [];
  child.stderr.on("data", (data) => said.push(String(data)));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const base = `http://127.0.0.1:${port}`;
  const answers = () => fetch(base).then((answer) => answer.ok, () => false);
  await until(answers, (ok) => ok || child.exitCode !== null, `${kind} should answer: ${said.join("")}`);
  if (child.exitCode !== null) throw new Error(`${kind} ended:\n${said.join("")}`);
  const stop = async () => {
    // At once: an open stream would be waited for.
    child.kill(kind === "nginx" ? "SIGTERM" : "SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { base, app, said, stop };
}

async function tokenFile(kind, name, conf, token) {
  const example = await readFile(join(DEPLOY, kind, `${name}.example`), "utf8");
  await writeFile(join(conf, name), example.replace("REPLACE-WITH-THE-TOKEN", token));
}

async function startNginx({ folder, app, conf, port, upstream, token }) {
  await cp(join(DEPLOY, "nginx/headers.conf"), join(conf, "headers.conf"));
  if (token) await tokenFile("nginx", "zadig-token.conf", conf, token);
  const values = { ZADIG_LISTEN: `127.0.0.1:${port}`, ZADIG_APP: app, ZADIG_CONF: conf, ZADIG_UPSTREAM: upstream };
  const template = await readFile(join(DEPLOY, "nginx/zadig-environments.conf.template"), "utf8");
  const site = template.replaceAll(/\$\{(ZADIG_\w+)\}/g, (_, name) => values[name]);
  await writeFile(join(conf, "site.conf"), site);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  const main = `daemon off; pid ${folder}/pid; error_log stderr; worker_processes 1; events {}
http { ${temporary.join(" ")} access_log off;
  types { text/html html; text/javascript js; text/css css; application/wasm wasm; application/json json; image/svg+xml svg; }
  include ${conf}/site.conf; }`;
  await writeFile(join(conf, "nginx.conf"), process.getuid?.() === 0 ? `user root;\n${main}` : main);
  return spawn(setting("E2E_NGINX_BIN"), ["-p", folder, "-e", "stderr", "-c", join(conf, "nginx.conf")], { stdio: ["ignore", "ignore", "pipe"] });
}

async function startCaddy({ folder, app, conf, port, upstream, token }) {
  if (token) await tokenFile("caddy", "zadig-token.caddy", conf, token);
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, ZADIG_SITE: `http://127.0.0.1:${port}`,
    ZADIG_APP: app, ZADIG_CONF: conf, ZADIG_UPSTREAM: upstream };
  const args = ["run", "--config", join(DEPLOY, "caddy/Caddyfile"), "--adapter", "caddyfile"];
  return spawn(setting("E2E_CADDY_BIN"), args, { env, stdio: ["ignore", "ignore", "pipe"] });
}

/** The container's files as deploy/Containerfile lays them out, in a folder of the same shape. */
async function layOut(root, settings) {
  const instructions = (await readFile(join(DEPLOY, "Containerfile"), "utf8")).replaceAll("\\\n", " ");
  const lines = (word) => [...instructions.matchAll(new RegExp(`^${word} +(.*)$`, "gm"))].map(([, rest]) => rest.trim().split(/\s+/));
  const given = Object.fromEntries(lines("ENV").flat().map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  for (const words of lines("COPY")) {
    const target = words.pop();
    for (const source of words) {
      const from = source === "dist/" ? setting("E2E_APP_DIR") : join(DEPLOY, "..", source);
      await cp(from, join(root, target, target.endsWith("/") && source !== "dist/" ? source.split("/").at(-1) : ""), { recursive: true });
    }
  }
  return { ...given, ...settings };
}

/**
 * What nginx says of the container's configuration: the image's own nginx.conf, which needs no root rights, and the template
 * filled as the image fills it. Gives `{ code, said }`.
 */
export async function tryContainer(upstream) {
  const root = await mkdtemp(join(tmpdir(), "zadig-container-"));
  const values = await layOut(root, { ZADIG_UPSTREAM: upstream });
  const filter = new RegExp(values.NGINX_ENVSUBST_FILTER);
  const inside = (path) => (path.startsWith("/") ? join(root, path) : path);
  const template = await readFile(join(root, "etc/nginx/templates/default.conf.template"), "utf8");
  const filled = template.replaceAll(/\$\{?(\w+)\}?/g, (whole, name) => (name in values && filter.test(name) ? inside(values[name]) : whole));
  await mkdir(join(root, "etc/nginx/conf.d"), { recursive: true });
  await mkdir(join(root, "tmp"));
  await writeFile(join(root, "etc/nginx/conf.d/default.conf"), filled);
  const places = ["proxy", "client_body", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${root}/tmp/${name};`);
  const main = `pid ${root}/tmp/nginx.pid; error_log stderr; events {}
http { ${places.join(" ")} access_log off; default_type application/octet-stream; include ${root}/etc/nginx/conf.d/*.conf; }`;
  await writeFile(join(root, "etc/nginx/nginx.conf"), main);
  const child = spawn(setting("E2E_NGINX_BIN"), ["-t", "-e", "stderr", "-p", root, "-c", join(root, "etc/nginx/nginx.conf")]);
  const said = [];
  child.stderr.on("data", (data) => said.push(String(data)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  await rm(root, { recursive: true, force: true });
  return { code, said: said.join("") };
}
