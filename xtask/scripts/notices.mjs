// Lists everything of others that ends in the page, with its licence: the crates that are compiled into the module, Rust's own
// library, and the npm packages that are bundled into its scripts. Trunk runs this after each build (Trunk.toml); the About
// dialog shows the file it writes. Nothing is fetched.
// Usage: node notices.mjs FOLDER (Trunk's own folder without one)
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense|copyright)/i;
const TARGET = "wasm32-unknown-unknown";

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

const run = (program, args) =>
  execFileSync(program, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });

/** The crates that are compiled into the module: neither tests nor build scripts nor macros, which run elsewhere. */
export function crates() {
  const tree = run("cargo", ["tree", "--offline", "--target", TARGET, "--package", "zadig-environments",
    "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
  const used = new Set([...tree.matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `${name} ${version}`));
  const metadata = JSON.parse(run("cargo", ["metadata", "--offline", "--format-version", "1", "--filter-platform", TARGET]));
  return metadata.packages
    .filter((one) => one.source && used.has(`${one.name} ${one.version}`))
    .map((one) => ({
      name: one.name,
      version: one.version,
      licence: one.license ?? "",
      source: one.repository ?? one.homepage ?? "",
      authors: one.authors.map((author) => author.replace(/\s*<.*>/, "")),
      folder: dirname(one.manifest_path),
    }));
}

/** The names of the packages that a script for the browser takes in: `a` and `@a/b` of `import … from "a/x"`. */
export function imported(script) {
  // A script that uses Node's own modules is a tool.
  if (/from\s+["']node:/.test(script)) return [];
  const names = [...script.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"'./][^"']*)["']/g)].map(([, name]) => name);
  return names.map((name) => name.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/"));
}

/** The packages of `wanted` and what they depend on, as places in package-lock.json. */
export function closure(lock, wanted) {
  const found = new Set();
  const add = (name, from) => {
    // Node's own way: the nearest node_modules upwards.
    for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
      const place = `${base}${base && "/"}node_modules/${name}`;
      if (lock.packages[place] && !found.has(place)) {
        found.add(place);
        const { dependencies = {}, peerDependencies = {} } = lock.packages[place];
        Object.keys({ ...dependencies, ...peerDependencies }).forEach((next) => add(next, place));
      }
      if (lock.packages[place] || !base) return;
    }
  };
  wanted.forEach((name) => add(name, ""));
  return [...found].sort();
}

/** The npm packages that the page's scripts bundle. */
function packages() {
  const listed = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.js", "*.mjs", "*.ts"]);
  const ours = listed.split("\0").filter((name) => name && !name.startsWith("tests/") && existsSync(join(ROOT, name)));
  const wanted = new Set(ours.flatMap((name) => imported(readFileSync(join(ROOT, name), "utf8"))));
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  return closure(lock, [...wanted]).map((place) => {
    const folder = join(ROOT, place);
    const { name, version, license, author, repository } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const address = typeof repository === "string" ? repository : (repository?.url ?? "");
    return {
      name,
      version,
      licence: license ?? "",
      source: address.replace(/^git\+/, "").replace(/\.git$/, ""),
      authors: [typeof author === "string" ? author.replace(/\s*<.*>/, "") : author?.name].filter(Boolean),
      folder,
    };
  });
}

/** Rust's own library is in every module; it may be used under the Apache licence. */
function rust() {
  const version = run("rustc", ["--version"]).split(" ")[1] ?? "";
  return { name: "The Rust standard library", version, licence: "MIT OR Apache-2.0", source: "https://github.com/rust-lang/rust",
    authors: ["The Rust Project contributors"], folder: null };
}

/** The texts of a part's licence: its own files, or else the text of the licence it names, with its authors. */
export function textsOf(part, apache) {
  const names = part.folder ? readdirSync(part.folder).filter((name) => LICENCE_FILE.test(name)).sort() : [];
  const own = names.flatMap((name) => {
    try {
      return [readFileSync(join(part.folder, name), "utf8").trim()];
    } catch {
      // A folder of that name.
      return [];
    }
  });
  if (own.length > 0) return own;
  const holder = `Copyright (c) ${part.authors.join(", ") || `the authors of ${part.name}`}`;
  if (/Apache-2\.0/.test(part.licence)) return [holder, apache.trim()];
  if (/\bMIT\b/.test(part.licence)) return [`${holder}\n\n${MIT.trim()}`];
  throw new Error(`${part.name} ${part.version} (${part.licence || "no licence named"}) comes without the text of its licence`);
}

/** The list as the About dialog reads it: parts point into `texts`, because most share a few. */
export function notices(parts, apache) {
  const texts = [];
  const place = (text) => {
    const known = texts.indexOf(text);
    return known >= 0 ? known : texts.push(text) - 1;
  };
  const listed = parts.map((part) => {
    const { name, version, licence, source } = part;
    return { name, version, licence, source, texts: textsOf(part, apache).map(place) };
  });
  return { licence: place(apache.trim()), parts: listed, texts };
}

/** The commit that was built, where there is one. */
function commit() {
  try {
    return run("git", ["rev-parse", "--short=10", "HEAD"]).trim();
  } catch {
    return "";
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
  if (!folder) throw new Error("which folder?");
  const apache = readFileSync(join(ROOT, "LICENSE"), "utf8");
  const byName = (a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en");
  const list = notices([rust(), ...[...crates(), ...packages()].sort(byName)], apache);
  writeFileSync(join(folder, "notices.json"), JSON.stringify({ commit: commit(), ...list }));
}
