// Logs over the browser's EventSource, with the token in the address as this site allows.
import { transportCases } from "./support/logs-cases.mjs";
import { suite } from "./support/browser.mjs";

transportCases(suite({
  config: { logStream: "eventsource", logStreamQueryToken: true, logHiddenSeconds: 1, refresh: { busySeconds: 1, idleSeconds: 2 } },
}));
