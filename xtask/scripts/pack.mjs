// Puts the split module in the place of the whole one in a page that Trunk built: names by content, checksums, one style
// sheet for the first page and one for what is loaded later, minified scripts.
// Usage: node pack.mjs PAGE PARTS   (PARTS: app.js and app_bg.wasm of wasm-bindgen, parts.js and *.wasm of the splitter)
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "lightningcss";
import { minifySync } from "rolldown/experimental";

const [page, parts] = process.argv.slice(2);
const read = (folder, name) => readFileSync(join(folder, name));
const short = (...contents) => contents.reduce((hash, one) => hash.update(one), createHash("sha256")).digest("hex").slice(0, 16);
const checksum = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

/** A replacement that must happen: a tool that writes something else than expected is noticed here, not in a browser. */
function replace(text, what, by) {
  const changed = text.replaceAll(what, by);
  if (changed === text) throw new Error(`nothing to replace: ${what}`);
  return changed;
}

function minified(name, text) {
  const { code, errors } = minifySync(name, text, { module: true });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  return code;
}

/** Parts are held to their checksums, and come from hosts that call a module something else than application/wasm. */
const INSTANTIATE = `
async function instantiate(coming, imports) {
  const answer = await coming;
  if (!answer.ok) throw new Error(answer.url + ": " + answer.status);
  return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
`;

function linkModule(text, name, files) {
  let code = replace(text, "WebAssembly.instantiateStreaming(src, imports)", "instantiate(src, imports)") + INSTANTIATE;
  code = replace(code, '"./app.js"', `"./${name}.js"`);
  for (const [file, content] of files) {
    const fetched = `fetch(new URL("./${file}", import.meta.url))`;
    const held = `fetch(new URL("./${name}_${file}", import.meta.url), { integrity: "${checksum(content)}" })`;
    code = replace(code, fetched, held);
  }
  return minified("parts.js", code);
}

function styleSheet(names) {
  const code = Buffer.concat(names.map((name) => read(page, name)));
  return transform({ filename: "style.css", code, minify: true }).code;
}

let html = read(page, "index.html").toString();
const [, oldGlue] = html.match(/data-js="([^"]+)"/);
const [, oldModule] = html.match(/data-wasm="([^"]+)"/);

const main = read(parts, "app_bg.wasm");
const glue = read(parts, "app.js").toString();
const link = read(parts, "parts.js").toString();
const later = readdirSync(parts).filter((name) => name.endsWith(".wasm") && name !== "app_bg.wasm").sort();
const files = later.map((name) => [name, read(parts, name)]);
const name = `zadig-environments-${short(main, glue, link, ...files.map(([, content]) => content))}`;

// Only where it is imported from: the module knows it by its old name.
const renamed = replace(replace(glue, /from (["'])\.\/__wasm_split\.js\1/g, `from "./${name}_parts.js"`), "app_bg.wasm", `${name}_bg.wasm`);
const written = new Map([
  [`${name}_bg.wasm`, main],
  [`${name}.js`, minified("app.js", renamed)],
  [`${name}_parts.js`, linkModule(link, name, files)],
  ...files.map(([file, content]) => [`${name}_${file}`, content]),
]);

/** Styles of what lies in the parts only: they come with the first part that is fetched (`src/lazy/`). */
const LATE = /^(logs|log-menus|log-rows|log-colours|ops|editor|configs|create|sharing|matrix|variables|about|service|extras)-/;

const sheets = [...html.matchAll(/<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\s*/g)];
const names = sheets.map(([, file]) => file);
const style = styleSheet(names.filter((file) => !LATE.test(file)));
const styleName = `style-${short(style)}.css`;
written.set(styleName, style);
const late = styleSheet(names.filter((file) => LATE.test(file)));
const lateName = `late-${short(late)}.css`;
written.set(lateName, late);

for (const file of [oldGlue, oldModule, ...sheets.map(([, file]) => file)]) rmSync(join(page, file));
for (const [file, content] of written) writeFileSync(join(page, file), content);

const preload = (rel, file, more = "") =>
  `<link rel="${rel}" href="./${file}" crossorigin="anonymous" integrity="${checksum(written.get(file))}"${more}>`;
sheets.forEach(([tag], index) => {
  const one = `<link rel="stylesheet" href="./${styleName}" integrity="${checksum(style)}"/>\n    `;
  html = html.replace(tag, index === 0 ? one : "");
});
// Only those of the parts that were just replaced.
html = html.replace(/<link rel="(?:modulepreload|preload)"[^>]*>/g, (tag) => ([oldGlue, oldModule].some((file) => tag.includes(file)) ? "" : tag));
html = replace(html, `data-js="${oldGlue}" data-wasm="${oldModule}"`, `data-js="${name}.js" data-wasm="${name}_bg.wasm" data-late="${lateName}" data-late-integrity="${checksum(late)}"`);
html = replace(html, "</head>", [
  preload("modulepreload", `${name}.js`),
  preload("modulepreload", `${name}_parts.js`),
  preload("preload", `${name}_bg.wasm`, ' as="fetch" type="application/wasm"'),
  "</head>",
].join("\n    "));
// The scripts that start the page, for browsers; people read them in public/, and embed.js as it is.
for (const file of ["boot.js", "load.js", "frame.js"]) writeFileSync(join(page, file), minified(file, read(page, file).toString()));
html = html.replace(/<!--[\s\S]*?-->\s*/g, "");
writeFileSync(join(page, "index.html"), html.replace(/\n\s*\n+/g, "\n"));
