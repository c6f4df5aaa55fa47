// What a portal does with the elements: it gives a token when one is asked for, and listens.
const log = document.getElementById("events");

for (const element of document.querySelectorAll("zadig-environments")) {
  // Here the portal would ask its own server, which knows who is logged in.
  element.getToken = ({ again }) => window.portalToken?.(again) ?? null;
  for (const name of ["navigate", "operation", "edits", "needs-token", "error"]) {
    element.addEventListener(`zadig-${name}`, (event) => {
      const line = document.createElement("div");
      line.textContent = `${element.id} ${name} ${JSON.stringify(event.detail)}`;
      log.append(line);
    });
  }
}
