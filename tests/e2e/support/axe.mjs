// axe over the page as it stands: nothing serious, in either theme, at either width.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const GRAVE = ["serious", "critical"];

/** Looks at the page as it stands, in both themes and at both widths. */
export async function hold(page, t) {
  await page.evaluate(AXE);
  const [found, lesser] = [[], new Set()];
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const violations = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 4).map((node) => `${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`) }));
      });
      for (const one of violations) {
        const where = `${viewport.width} ${colorScheme}: ${one.id} (${one.impact})\n  ${one.nodes.join("\n  ")}`;
        if (GRAVE.includes(one.impact)) found.push(where);
        else lesser.add(`${one.id} (${one.impact}): ${one.nodes.join("; ")}`);
      }
    }
  }
  lesser.forEach((one) => t.diagnostic(one));
  assert.equal(found.join("\n"), "");
}

