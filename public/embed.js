// The custom element <zadig-environments>: the application inside any page, in a shadow tree of its own.
//
//   <script type="module" src="https://static.example.com/zadig/embed.js"></script>
//   <zadig-environments project="shop" environment="dev" theme="dark"></zadig-environments>
//
// Attributes, properties, events and the token are described in embed.d.ts. The module, its styles and config.json are fetched
// once for all elements of a page, from the folder this file lies in.
import { loadEditor, loadModule, parsedConfig, parsedPage, partsOf, readConfig, fetchPart, showFailure, LoadError } from "./load.js";

const HERE = new URL(".", import.meta.url);
const PAGES = new Set(["projects", "connect", "activity", "settings"]);
const ATTRIBUTES = ["api-base", "auth", "chrome", "hash-prefix", "project", "environment", "production", "page", "route",
  "theme", "language", "read-only"];
/** A change of these starts the application anew; the others change it while it runs. */
const FOUNDATIONS = new Set(["api-base", "auth", "chrome", "hash-prefix"]);
/** Attributes that are on by being there. */
const SWITCHES = new Set(["production", "read-only"]);
const PLACE = new Set(["project", "environment", "production", "page", "route"]);

const HOST_STYLE = `
:host { all: initial; display: block; block-size: 100%; min-block-size: 320px; contain: layout; }
:host([hidden]) { display: none; }
`;

let shared;

/** What all elements of the page share; fetched when the first one needs it, and again after a failure. */
function loadShared() {
  shared ??= loadAll().catch((error) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

async function loadAll() {
  const page = new URL("index.html", HERE);
  const config = readConfig(HERE);
  const answer = await fetchPart(page.href, "", { cache: "no-cache" });
  const parts = partsOf(parsedPage(await answer.text()), page);
  const [glue, sheets, text] = await Promise.all([loadModule(parts), loadSheets(parts.styles), config]);
  return { glue, sheets, late: parts.late, config: parsedConfig(text) };
}

const textOf = async ({ href, integrity }) => (await fetchPart(href, integrity)).text();

async function loadSheets(styles) {
  const texts = await Promise.all(styles.map(textOf));
  return Promise.all([HOST_STYLE, ...texts].map((text) => new CSSStyleSheet().replace(text)));
}

/** Adds the styles of what is loaded later to one element; they are fetched once for all. */
async function addLate(shared, shadow) {
  shared.lateSheet ??= textOf(shared.late).then((text) => new CSSStyleSheet().replace(text));
  try {
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, await shared.lateSheet];
  } catch (error) {
    shared.lateSheet = undefined;
    throw error;
  }
}

/** `hash-prefix` is `hashPrefix`. */
function propertyOf(attribute) {
  return attribute.replaceAll(/-./g, (dash) => dash[1].toUpperCase());
}

export class ZadigEnvironments extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #root;
  #mounted;
  #starting;
  #pending = new Set();
  #token;
  #getToken;
  #unsaved = false;

  constructor() {
    super();
    // What was set before this file had loaded is taken over.
    for (const name of ["token", "getToken", ...ATTRIBUTES.map(propertyOf)].filter((name) => Object.hasOwn(this, name))) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  /** Gives a token when one is needed; `again` says that the last one was refused. */
  set getToken(callback) {
    this.#getToken = callback;
  }

  get getToken() {
    return this.#getToken;
  }

  /** Uses a token, or forgets it (null). It cannot be read back. */
  set token(value) {
    this.#token = value ?? undefined;
    if (this.#token === undefined) this.#mounted?.logOut();
    else this.#mounted?.setToken(this.#token);
  }

  /** Whether the user has edits that are not saved: taking the element away would lose them. */
  get unsaved() {
    return this.#unsaved;
  }

  connectedCallback() {
    queueMicrotask(() => this.#settle());
  }

  disconnectedCallback() {
    // An element that is only moved is back before the microtask.
    queueMicrotask(() => this.#settle());
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || (!this.#mounted && !this.#starting)) return;
    if (this.#pending.size === 0) queueMicrotask(() => this.#follow());
    this.#pending.add(name);
  }

  #settle() {
    if (this.isConnected) this.#start();
    else this.#stop();
  }

  async #start() {
    if (this.#mounted || this.#starting) return;
    const starting = (this.#starting = {});
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const root = document.createElement("div");
    root.className = "zadig embedded";
    shadow.replaceChildren(root);
    this.#root = root;
    try {
      const shared = await loadShared();
      const { glue, sheets, config } = shared;
      // Removed, or begun anew, while the parts were fetched.
      if (this.#starting !== starting) return;
      shadow.adoptedStyleSheets = sheets;
      this.#mounted = glue.mount(root, JSON.stringify(this.#config(config)), this.#host(shared, shadow));
    } catch (error) {
      if (this.#starting !== starting) return;
      showFailure(root, error);
      const kind = error instanceof LoadError ? error.kind : "start";
      this.#tell("error", { kind, message: String(error?.message ?? error) });
    } finally {
      if (this.#starting === starting) this.#starting = undefined;
    }
  }

  #stop() {
    this.#starting = undefined;
    this.#pending.clear();
    const mounted = this.#mounted;
    this.#mounted = undefined;
    mounted?.unmount();
    this.#root?.remove();
    this.#root = undefined;
    this.#unsaved = false;
  }

  #config(file) {
    const { embedOrigins, ...config } = file;
    const set = (name, value) => value !== null && (config[name] = value);
    set("apiBase", this.getAttribute("api-base"));
    set("auth", this.getAttribute("auth"));
    if (this.hasAttribute("read-only")) config.readOnly = true;
    return config;
  }

  #host(shared, shadow) {
    const wishes = this.#wishes();
    return {
      files: HERE.href,
      standalone: false,
      bare: this.getAttribute("chrome") === "none",
      hashPrefix: this.getAttribute("hash-prefix") ?? undefined,
      theme: wishes.theme,
      language: wishes.language,
      route: wishes.route,
      editor: loadEditor,
      styles: shared.late && (() => addLate(shared, shadow)),
      emit: (name, detail) => this.#tell(name, detail),
      token: (again) => this.#giveToken(again),
    };
  }

  async #giveToken(again) {
    const token = this.#token;
    if (!again && token !== undefined) return token;
    return (await this.#getToken?.({ again })) ?? undefined;
  }

  #wishes() {
    return {
      theme: this.getAttribute("theme") ?? undefined,
      language: this.getAttribute("language") ?? undefined,
      readOnly: this.hasAttribute("read-only"),
      route: this.#place(),
    };
  }

  #place() {
    const route = this.getAttribute("route");
    if (route !== null) return route.startsWith("#") ? route : `#${route}`;
    const [project, environment, page] = ["project", "environment", "page"].map((name) => this.getAttribute(name));
    if (PAGES.has(page)) return `#/${page}`;
    if (!project) return undefined;
    const parts = ["#/p", encodeURIComponent(project)];
    if (environment) {
      parts.push(this.hasAttribute("production") ? "production" : "test", encodeURIComponent(environment));
      if (page) parts.push(encodeURIComponent(page));
    }
    return parts.join("/");
  }

  /** Carries changed attributes into the application, several at once. */
  #follow() {
    const changed = [...this.#pending];
    this.#pending.clear();
    if (!this.#mounted && !this.#starting) return;
    if (changed.some((name) => FOUNDATIONS.has(name)) || !this.#mounted) {
      this.#stop();
      this.#settle();
      return;
    }
    const { route, ...wishes } = this.#wishes();
    if (route !== undefined && changed.some((name) => PLACE.has(name))) wishes.route = route;
    this.#mounted.update(JSON.stringify(wishes));
  }

  #tell(name, detail) {
    if (name === "edits") this.#unsaved = detail.unsaved;
    this.dispatchEvent(new CustomEvent(`zadig-${name}`, { detail, bubbles: true, composed: true }));
  }
}

// Each attribute is a property too, for frameworks that set those.
for (const attribute of ATTRIBUTES) {
  const isSwitch = SWITCHES.has(attribute);
  Object.defineProperty(ZadigEnvironments.prototype, propertyOf(attribute), {
    configurable: true,
    enumerable: true,
    get() {
      return isSwitch ? this.hasAttribute(attribute) : this.getAttribute(attribute);
    },
    set(value) {
      if (isSwitch) this.toggleAttribute(attribute, Boolean(value));
      else if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  });
}

if (!customElements.get("zadig-environments")) customElements.define("zadig-environments", ZadigEnvironments);
