//! Entry point of the WebAssembly module. It only installs the panic hook: `boot.js` then calls `mount`.

fn main() {
    zadig_environments::app::install_panic_hook();
}
