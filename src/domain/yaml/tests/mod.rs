mod check;
mod edit;
#[cfg(not(target_arch = "wasm32"))]
mod random;
mod secret;
