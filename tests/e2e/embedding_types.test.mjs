// The declaration file of the custom element: it compiles, it fits what a portal writes, and it names what there is.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const text = (path) => readFile(file(path), "utf8");

test("a_portal_in_typescript_compiles_against_the_declaration", { timeout: 120_000 }, async () => {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const args = [compiler, "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess",
    "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom",
    file("tests/types/portal.ts")];
  const said = await new Promise((resolve) => execFile(process.execPath, args, (error, out, err) => resolve(error ? out + err : "")));
  assert.equal(said, "");
});

test("every_attribute_and_event_of_the_element_is_declared_and_documented", async () => {
  const [script, declared, told] = await Promise.all([text("public/embed.js"), text("public/embed.d.ts"), text("src/host_events.rs")]);
  const attributes = [...script.match(/const ATTRIBUTES = \[([^\]]*)\]/)[1].matchAll(/"([a-z-]+)"/g)].map(([, name]) => name);
  assert.ok(attributes.length > 8);
  const property = (name) => name.replaceAll(/-./g, (dash) => dash[1].toUpperCase());
  for (const name of attributes) {
    assert.match(declared, new RegExp(`\`${name}(=|\`)`), name);
    assert.match(declared, new RegExp(`^  ${property(name)}: `, "m"), name);
  }
  const operations = [...told.matchAll(/=> "([a-z-]+)",?$/gm)].map(([, word]) => word);
  const outcomes = operations.slice(operations.indexOf("verified"));
  assert.ok(outcomes.length > 5);
  for (const outcome of outcomes) assert.ok(declared.includes(`"${outcome}"`), outcome);
});
