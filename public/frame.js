// The page inside another site's frame.
//
// Only sites listed in `embedOrigins` of config.json may show it (each compared whole: scheme, host and port), and all sites
// around it must be listed. The page then offers its parent one end of a message channel, addressed to the listed origin: the
// browser hands it to that site alone. Everything after goes through the channel, so no other frame can answer in its place,
// and messages that any window may send are never looked at.
//
//   page -> parent   { type: "zadig-ready", version: 1 } with a port, once a second until it is answered
//   parent -> port   { type: "zadig-init", token?, theme?, language?, readOnly?, route? }, later the same as "zadig-update"
//   port -> parent   { type: "zadig-needs-token", again }, "zadig-navigate", "zadig-operation", "zadig-edits", "zadig-error" with detail,
//                    { type: "zadig-height", height }
import { LoadError } from "./load.js";

const OFFERS = 20;
const OFFER_EVERY_MS = 1000;
/** How long the page waits for the site around it before it asks the user for a token. */
const TOKEN_WAIT_MS = 4000;

/** The sites around this page, the nearest first, where the browser tells. */
const around = () => (location.ancestorOrigins ? [...location.ancestorOrigins] : null);

/** Takes the list of allowed origins; gives the host's side for `mount`, or fails with a sentence. */
export function admit(origins, root) {
  const allowed = Array.isArray(origins) ? origins.filter((origin) => typeof origin === "string") : [];
  const known = around();
  const listed = known ? known.every((origin) => allowed.includes(origin)) : allowed.length > 0;
  if (!listed) throw new LoadError("foreign", known ? `(${known.join(", ")})` : "");
  return new Frame(known ? known.slice(0, 1) : allowed, root);
}

class Frame {
  #port;
  #mounted;
  #latest = {};
  #wanting = [];

  constructor(targets, root) {
    this.root = root;
    this.#offer(targets, OFFERS);
    this.emit = (name, detail) => this.#port?.postMessage({ type: `zadig-${name}`, detail });
    this.token = (again) => this.#token(again);
  }

  #offer(targets, left) {
    if (this.#port || left === 0) return;
    for (const target of targets) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => this.#hear(port1, data);
      window.parent.postMessage({ type: "zadig-ready", version: 1 }, target, [port2]);
    }
    setTimeout(() => this.#offer(targets, left - 1), OFFER_EVERY_MS);
  }

  #hear(port, data) {
    if (data?.type !== "zadig-init" && data?.type !== "zadig-update") return;
    // The first answer decides who is spoken to.
    this.#port ??= port;
    if (port !== this.#port) return;
    const { type, token, ...options } = data;
    this.#latest = { ...this.#latest, ...options };
    if (typeof token === "string") {
      if (this.#wanting.length > 0) this.#wanting.splice(0).forEach((give) => give(token));
      else if (this.#mounted) this.#mounted.setToken(token);
      else this.#latest.token = token;
    }
    this.#mounted?.update(JSON.stringify(options));
    if (type === "zadig-init") this.#measure();
  }

  /** The token, asked of the site around; nothing where it does not answer in time. */
  #token(again) {
    const { token } = this.#latest;
    delete this.#latest.token;
    if (token) return Promise.resolve(token);
    this.#port?.postMessage({ type: "zadig-needs-token", again });
    return new Promise((resolve) => {
      this.#wanting.push(resolve);
      setTimeout(() => {
        this.#wanting = this.#wanting.filter((one) => one !== resolve);
        resolve(undefined);
      }, TOKEN_WAIT_MS);
    });
  }

  /** Takes the mounted application and tells the site around how high it wants to be. */
  attach(mounted) {
    this.#mounted = mounted;
    const { token, ...options } = this.#latest;
    mounted.update(JSON.stringify(options));
    const main = this.root.querySelector(".main");
    const sizes = new ResizeObserver(() => this.#measure());
    const follow = () => {
      sizes.disconnect();
      for (const child of main.children) sizes.observe(child);
      this.#measure();
    };
    new MutationObserver(follow).observe(main, { childList: true });
    follow();
  }

  #measure() {
    const main = this.root.querySelector(".main");
    if (!main || !this.#port) return;
    const start = main.getBoundingClientRect().top - main.scrollTop;
    const ends = [...main.children].map((child) => child.getBoundingClientRect().bottom);
    const frame = this.root.getBoundingClientRect().height - main.clientHeight;
    const height = Math.ceil(Math.max(0, ...ends) - start + Math.max(0, frame));
    this.#port.postMessage({ type: "zadig-height", height });
  }
}
