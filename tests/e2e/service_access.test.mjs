// The drawer, the review, the tray and the activity page can be used by everybody: axe, both themes, a phone's width.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Activity } from "./pages/activity.mjs";
import { Service, serviceLink, visit } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";

const check = suite();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** No serious barrier in either theme, and no scrolling sideways on a phone. */
async function hold(page) {
  await page.evaluate(AXE);
  const found = [];
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const grave = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        const of = violations.filter((one) => ["serious", "critical"].includes(one.impact));
        return of.map((one) => `${one.id}: ${one.nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join("; ")}`);
      });
      found.push(...grave.map((one) => `${viewport.width} ${colorScheme} ${one}`));
    }
    const wide = await page.evaluate(() => {
      const all = [document.scrollingElement, ...document.querySelectorAll(".drawer-body, .drawer, dialog[open], .tray, main")];
      return all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.tagName}.${one.className}: ${one.scrollWidth} > ${one.clientWidth}`);
    });
    found.push(...wide.map((one) => `${viewport.width} scrolls sideways: ${one}`));
  }
  assert.equal(found.join("\n"), "");
}

const still = { reducedMotion: "reduce" };
for (const [name, args, ready] of [
  ["overview", ["simple-demo", "test", "dev", "order"], (service) => service.workload()],
  ["production_overview", ["simple-demo", "production", "prod", "order"], (service) => service.workload()],
  ["events", ["bad-day", "test", "bad-day", "crashing", "events"], (service) => service.events.first()],
  ["variables", ["simple-demo", "test", "dev", "service2", "variables"], (service) => service.variable("cpuLimit")],
  ["yaml", ["simple-demo", "test", "dev", "web", "yaml"], (service) => service.drawer.locator(".cm-content")],
]) {
  check(`the_${name}_can_be_used_by_everybody`, still, async ({ page, open }) => {
    const service = new Service(page, args[3]);
    await open(serviceLink(...args));
    await ready(service).waitFor();
    if (await service.imageForm.count()) await service.imageForm.click();
    await hold(page);
  });
}

check("review_tray_and_activity_can_be_used_by_everybody", still, async (given) => {
  const { page, service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "production", "prod", "web"]);
  await service.restart.click();
  await review.callTexts();
  await hold(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await review.typed.fill("prod/web");
  await review.apply.click();
  await tray.says("Restart", "prod / web", /Starts in/);
  await hold(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await tray.says("Restart", "prod / web", /Done and verified/);
  const activity = new Activity(page);
  await page.evaluate(() => (location.hash = "#/activity"));
  await activity.heading.waitFor();
  await activity.details("Restart", "prod / web");
  await hold(page);
});
