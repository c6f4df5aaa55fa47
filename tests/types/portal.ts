// What a portal in TypeScript writes. It is never run: that it compiles, with every check on, is the test
// (tests/e2e/embedding_types.test.mjs). A line under `@ts-expect-error` must not compile.
import { ZadigEnvironments, type ZadigEventMap, type ZadigNavigateDetail } from "../../public/embed";

declare function myToken(again: boolean): Promise<string>;

export function show(place: HTMLElement): ZadigEnvironments {
  // The tag's name gives the type.
  const element = document.createElement("zadig-environments");
  element.setAttribute("project", "shop");
  element.hashPrefix = "zadig";
  element.readOnly = true;
  // @ts-expect-error: no theme has this name
  element.theme = "pink";
  element.getToken = ({ again }) => myToken(again);
  element.addEventListener("zadig-operation", ({ detail }) => {
    if (detail.outcome === "verified") console.log(detail.operation, detail.project, detail.environment, detail.target);
    // @ts-expect-error: no outcome has this name
    if (detail.outcome === "done") console.log(detail);
  });
  element.addEventListener("zadig-navigate", function ({ detail }) {
    remember(detail);
    this.setAttribute("theme", "dark");
  });
  element.addEventListener("zadig-needs-token", ({ detail: { again } }) => console.log(again));
  element.addEventListener("zadig-error", ({ detail }) => console.log(detail.kind, detail.status ?? "", detail.path ?? ""));
  // The events that every element has are still there.
  element.addEventListener("click", () => element.focus(), { once: true });
  place.append(element);
  return element;
}

function remember({ route, page, environment, production }: ZadigNavigateDetail): void {
  const words: Record<ZadigNavigateDetail["page"], string> = {
    connect: "Connect", projects: "Projects", environments: "Environments", environment: "Environment", create: "New environment", logs: "Log",
    activity: "Activity", settings: "Settings", other: "",
  };
  sessionStorage.setItem("zadig-place", JSON.stringify({ route, title: words[page], environment, production }));
}

export function logOut(element: ZadigEnvironments): void {
  element.token = null;
  // @ts-expect-error: a token is text
  element.token = 1;
}

export async function nextOperation(element: ZadigEnvironments): Promise<ZadigEventMap["zadig-operation"]> {
  return new Promise((resolve) => element.addEventListener("zadig-operation", resolve, { once: true }));
}

export const isOne = (element: Element): element is ZadigEnvironments => element instanceof ZadigEnvironments;
