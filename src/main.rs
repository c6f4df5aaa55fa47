//! Entry point of the WebAssembly module. It only installs the panic hook: `boot.js` then calls `mount`.

fn main() {
    zadig_environments::crash::install();
}
