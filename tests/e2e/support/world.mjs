// A simulated Zadig with the gateway and the built page in front of it, on free ports of its own.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setting, startProgram } from "./program.mjs";

/** What every world starts with, named in full so that a reset leads back to it. */
const DEFAULTS = { version: "v5.0.0", licence: "enterprise", scale: 0, speed: 1, seed: 1 };
/** The address, and a token for each of the simulator's four accounts. */
const SIMULATOR_LINES = 5;

/** Pages that look again every second while something moves and every two seconds otherwise: the tests need not wait. */
export const LIVELY = { refresh: { busySeconds: 1, idleSeconds: 2 } };

export class World {
  #simulator;
  #fronts = [];
  #folder;
  #dirty = false;
  #ruled = false;

  /** Starts a simulator with `options` (as `/__sim/reset` takes them) and a gateway with `config` as its config.json. */
  static async start({ options = {}, config } = {}) {
    const world = new World();
    world.options = { ...DEFAULTS, ...options };
    world.#folder = await mkdtemp(join(tmpdir(), "zadig-e2e-"));
    await world.startSimulator();
    world.base = await world.front({ config });
    return world;
  }

  /** Starts the simulator: at first on a free port, later again on the same one. */
  async startSimulator() {
    const flags = Object.entries(this.options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const listen = this.simulator?.replace("http://", "") ?? "127.0.0.1:0";
    const args = ["--listen", listen, ...flags];
    this.#simulator = await startProgram(setting("E2E_SIM_BIN"), args, { firstLines: SIMULATOR_LINES });
    this.simulator = this.#simulator.address;
    this.tokens = Object.fromEntries(this.#simulator.lines.slice(1).map((line) => line.split(" ").slice(1, 3)));
  }

  /** Ends the simulator as a crash would: connections break. */
  async stopSimulator() {
    await this.#simulator.stop();
  }

  /** One more gateway. Gives its address. */
  async front({ config, upstream = this.simulator, flags = [], app = setting("E2E_APP_DIR") } = {}) {
    const args = ["--app", app, "--upstream", upstream, "--listen", "127.0.0.1:0", ...flags];
    if (config) {
      const file = join(this.#folder, `config-${this.#fronts.length}.json`);
      await writeFile(file, typeof config === "string" ? config : JSON.stringify(config));
      args.push("--config", file);
    }
    const program = await startProgram(setting("E2E_GATEWAY_BIN"), args);
    this.#fronts.push(program);
    return program.address;
  }

  /** Ends the gateway at `base`. */
  async stopFront(base) {
    await this.#fronts.find((front) => front.address === base).stop();
  }

  /** Ends everything. */
  async stop() {
    await Promise.all([this.#simulator.stop(), ...this.#fronts.map((front) => front.stop())]);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** What the programs last said on standard error. */
  words() {
    return [this.#simulator, ...this.#fronts].flatMap((program) => program.said).join("\n");
  }

  async #control(method, path, body) {
    const answer = await fetch(`${this.simulator}/__sim/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const value = await answer.json();
    if (!answer.ok) throw new Error(`/__sim/${path}: ${value.error}`);
    return value;
  }

  /** Makes the world new, with `options` in place of what it was started with. */
  async reset(options = {}) {
    await this.#control("POST", "reset", { ...this.options, ...options });
    this.#dirty = Object.keys(options).length > 0;
  }

  /** Undoes what the last test did. */
  async tidy() {
    await this.#control("DELETE", "faults");
    if (this.#ruled) await this.#control("DELETE", "logs");
    this.#ruled = false;
    if (this.#dirty) await this.reset();
  }

  /** Makes calls go wrong; see the simulator's README for the members. */
  async fault(...faults) {
    await this.#control("POST", "faults", faults);
  }

  /** Decides what containers write; see the simulator's README for the rules. */
  async logs(...rules) {
    this.#ruled = true;
    await this.#control("POST", "logs", rules);
  }

  /** Breaks the open log streams that fit `which` (all), or ends them with `how: "close"`. Gives how many. */
  async cut(which = {}) {
    return (await this.#control("POST", "streams/cut", which)).cut;
  }

  /** The open log streams. */
  async streams() {
    return this.#control("GET", "streams");
  }

  async clearFaults() {
    await this.#control("DELETE", "faults");
  }

  /** Changes the world behind the page's back. */
  async mutate(...edits) {
    this.#dirty = true;
    await this.#control("POST", "mutate", edits);
  }

  /** Sets or steps the simulated clock: `paused`, `speed`, `advance_ms`. */
  async clock(change) {
    this.#dirty = true;
    return this.#control("POST", "clock", change);
  }

  /** Turns the policy of a second factor on (`enroll`, `verify`) or `off`. */
  async mfa(kind) {
    this.#dirty = true;
    await this.#control("POST", "mfa", { mfa: kind });
  }

  /** The requests the simulator received after entry `after` whose path begins with `path`. */
  async journal({ after = 0, path = "" } = {}) {
    return this.#control("GET", `journal?after=${after}&path=${encodeURIComponent(path)}`);
  }

  /** The number of the journal's last entry. */
  async mark() {
    return (await this.journal()).at(-1)?.n ?? 0;
  }

  /** Calls the simulated Zadig as an administrator, past the page. */
  async call(path, { method = "GET", body } = {}) {
    const answer = await fetch(`${this.simulator}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.tokens.admin}` },
      body: body && JSON.stringify(body),
    });
    return answer.json();
  }
}
