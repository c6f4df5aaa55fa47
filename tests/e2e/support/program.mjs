// Child programs that say `listening on ADDRESS` first and end when their standard input does.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const START_LIMIT_MS = 30_000;
const KEPT_LINES = 30;

/** What the environment tells the tests; `cargo xtask test e2e` sets it, README.md says how to do so by hand. */
export function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run \`cargo xtask test e2e\`, or see tests/e2e/README.md`);
  }
  return value;
}

/**
 * Starts a program and waits until it listens.
 *
 * Gives its address, the first lines it said, and `stop()`, which waits until it is gone. Fails with its last words when
 * it ends early.
 */
export async function startProgram(path, args, { firstLines = 1 } = {}) {
  const child = spawn(path, [...args, "--exit-with-stdin"], { stdio: ["pipe", "pipe", "pipe"] });
  const said = [];
  const note = (line) => {
    said.push(line);
    if (said.length > KEPT_LINES) said.shift();
  };
  createInterface({ input: child.stderr }).on("line", note);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = [];
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${path} did not start:\n${said.join("\n")}`)), START_LIMIT_MS);
    const settle = (act) => (value) => {
      clearTimeout(timer);
      act(value);
    };
    child.once("error", settle(reject));
    ended.then((code) => settle(reject)(new Error(`${path} ended with ${code}:\n${said.join("\n")}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (lines.length === firstLines) settle(resolve)();
    });
  });
  const address = lines[0].replace("listening on ", "").trim();
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { address, lines, said, stop };
}
