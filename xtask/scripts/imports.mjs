// Short names for what the module imports from its glue. wasm-bindgen names each import with a hash, and a hash does not
// compress: 300 of them, in the module and in the glue, are several kilobytes of the first page.
const IMPORTS = 2;
const CUSTOM = 0;
const FROM = "./app_bg.js";

/** A number as WebAssembly writes it (unsigned LEB128). */
function leb(number) {
  const bytes = [];
  do {
    bytes.push((number & 0x7f) | (number > 0x7f ? 0x80 : 0));
    number >>>= 7;
  } while (number > 0);
  return Buffer.from(bytes);
}

class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** The bytes that `read` goes over. */
  over(read) {
    const from = this.at;
    read();
    return this.bytes.subarray(from, this.at);
  }

  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }

  /** What kind of thing is imported, and its type. */
  kind() {
    const kind = this.number();
    if (kind === 0) this.number();
    else if (kind === 1) (this.take(1), this.limits());
    else if (kind === 2) this.limits();
    else if (kind === 3) this.take(2);
    else throw new Error(`an import of kind ${kind}, which is not known here`);
  }
}

const text = (name) => Buffer.concat([leb(Buffer.byteLength(name)), Buffer.from(name)]);

function importSection(section, names) {
  const reader = new Reader(section);
  const count = reader.number();
  const written = [leb(count)];
  for (let index = 0; index < count; index += 1) {
    const [module, name] = [0, 1].map(() => reader.take(reader.number()).toString());
    const kind = reader.over(() => reader.kind());
    if (module === FROM && !names.has(name)) names.set(name, `_${names.size.toString(36)}`);
    written.push(text(module), text(names.get(name) ?? name), kind);
  }
  return Buffer.concat(written);
}

/** Module and glue with short names between them, and the module without sections that only tools read. */
export function shortImports(module, glue) {
  const names = new Map();
  const written = [module.subarray(0, 8)];
  const reader = new Reader(module, 8);
  while (reader.at < module.length) {
    const id = reader.number();
    let content = reader.take(reader.number());
    if (id === CUSTOM) continue;
    if (id === IMPORTS) content = importSection(content, names);
    written.push(leb(id), leb(content.length), content);
  }
  for (const [name, short] of names) {
    const parts = glue.split(new RegExp(`^(\\s*)${name}: `, "m"));
    if (parts.length !== 3) throw new Error(`the glue has ${name} ${(parts.length - 1) / 2} times`);
    glue = `${parts[0]}${parts[1]}${short}: ${parts[2]}`;
  }
  return { module: Buffer.concat(written), glue };
}
