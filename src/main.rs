//! Entry point that Trunk builds.
fn main() {}
