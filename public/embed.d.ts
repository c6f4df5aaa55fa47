// Types of the custom element <zadig-environments> (embed.js).

/** A failed call to Zadig, or a failed start of the application. */
export interface ZadigErrorDetail {
  /** `network`, `unauthorized`, `forbidden`, `server`, …; for a failed start `missing`, `forbidden`, `noWasm`, … */
  kind: string;
  status?: number | null;
  message?: string | null;
  method?: string;
  path?: string;
}

/** Where the user is. */
export interface ZadigNavigateDetail {
  /** The place as a link, `#/p/shop/test/dev/services`: good as the `route` attribute of a later element. */
  route: string;
  page: "connect" | "projects" | "environments" | "environment" | "create" | "logs" | "activity" | "settings" | "other";
  project: string | null;
  environment: string | null;
  production: boolean;
  service: string | null;
}

/** How a change ended. */
export interface ZadigOperationDetail {
  /** `scale`, `restart`, `update-image`, `update-variables`, … */
  operation: string;
  outcome:
    | "verified"
    | "nothing-changed"
    | "failed"
    | "still-converging"
    | "unverifiable"
    | "unknown"
    | "cancelled"
    | "not-sent";
  project: string;
  environment: string;
  production: boolean;
  target: string;
}

/** The user began to edit something, or has no edits any more. */
export interface ZadigEditsDetail {
  /** Whether there are edits that are not saved. */
  unsaved: boolean;
}

/** A token is needed and neither `token` nor `getToken` gave one that counts; the user sees a form meanwhile. */
export interface ZadigNeedsTokenDetail {
  /** Whether one was refused. */
  again: boolean;
}

export interface ZadigEventMap {
  "zadig-navigate": CustomEvent<ZadigNavigateDetail>;
  "zadig-operation": CustomEvent<ZadigOperationDetail>;
  "zadig-edits": CustomEvent<ZadigEditsDetail>;
  "zadig-needs-token": CustomEvent<ZadigNeedsTokenDetail>;
  "zadig-error": CustomEvent<ZadigErrorDetail>;
}

/**
 * The application inside a page.
 *
 * Attributes:
 * - `api-base`: origin (and path prefix) of Zadig; absent means the page's own origin. `auth="proxy"`: a proxy adds the token.
 * - `project`, `environment` (with `production` for a production one), `page` (`services`, `variables`, `projects`,
 *   `activity`, `settings`, `connect`): the place shown; or `route`, a link of the application, in their stead.
 * - `theme` (`system`, `light`, `dark`), `language` (`en`, `zh-CN`), `read-only`: change at once while it runs.
 * - `chrome="none"`: without rail and top bar. `hash-prefix="zadig"`: the place lives in the location as `#zadig/p/…`;
 *   absent, it stays inside the element.
 *
 * Each attribute is a property too (`hashPrefix`, `readOnly`); null or false takes it away.
 *
 * A token is never an attribute: set the property, or a callback that gives one when it is needed.
 *
 * Every design token `--x` of style/tokens.css is overridden from outside as `--zadig-x`.
 */
export declare class ZadigEnvironments extends HTMLElement {
  apiBase: string | null;
  auth: "token" | "proxy" | null;
  chrome: "none" | null;
  hashPrefix: string | null;
  project: string | null;
  environment: string | null;
  production: boolean;
  page: string | null;
  route: string | null;
  theme: "system" | "light" | "dark" | null;
  language: "en" | "zh-CN" | null;
  readOnly: boolean;

  /** Uses a token, or forgets it (null). It is kept in memory and cannot be read back. */
  set token(value: string | null);
  /** Gives a token when one is needed; `again` says that the last one was refused. */
  getToken?: (need: { again: boolean }) => string | null | undefined | Promise<string | null | undefined>;

  /** Whether the user has edits that are not saved. Ask before the element is taken away: it cannot be held back. */
  readonly unsaved: boolean;

  addEventListener<K extends keyof ZadigEventMap>(
    type: K,
    listener: (this: ZadigEnvironments, event: ZadigEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "zadig-environments": ZadigEnvironments;
  }
}
