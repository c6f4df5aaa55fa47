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
    child.kill("SIGTERM");
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
