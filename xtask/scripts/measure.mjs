// Measures every file of a built page and proves that its WebAssembly compiles. Prints one JSON object a line.
// Usage: node measure.mjs FOLDER [--precompress]
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [folder, option] = process.argv.slice(2);

function* files(at) {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const path = join(at, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (!/\.(gz|br)$/.test(entry.name)) yield path;
  }
}

for (const path of files(folder)) {
  const bytes = readFileSync(path);
  if (path.endsWith(".wasm")) {
    // A browser refuses what this refuses; the build alone would not notice.
    new WebAssembly.Module(bytes);
  }
  // Smaller blocks fit the module's sections better.
  const gzip = gzipSync(bytes, { level: 9, memLevel: 7 });
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  if (option === "--precompress" && /\.(html|js|css|wasm|svg|json)$/.test(path)) {
    writeFileSync(`${path}.gz`, gzip);
    writeFileSync(`${path}.br`, brotli);
  }
  const file = relative(folder, path).split(sep).join("/");
  console.log(JSON.stringify({ file, raw: bytes.length, gzip: gzip.length, brotli: brotli.length }));
}
