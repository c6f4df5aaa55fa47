//! Cuts the built module into parts that load when they are needed (`src/lazy/entries.rs` has the entry points).
//!
//! Trunk knows one module, so this comes after it: the module as cargo made it, with its relocations, is split; the first
//! part goes through wasm-bindgen, which leaves the names that the others are linked by; each part through wasm-opt; the
//! names between the first part and its glue are shortened; and `scripts/pack.mjs` puts all of them in the place of the
//! whole module that Trunk packed.

mod imports;
mod order;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Outcome, Required, failed};
use crate::process;
use crate::workspace::Workspace;

/// What browsers have had for years and rustc uses; the parts do not carry the list that wasm-opt would read.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The compiler's options for a build that will be split. Source paths are cut short: they are of the machine that builds.
pub fn rustflags() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.map(|home| format!("--remap-path-prefix={}/registry/src/=", home.display()));
    let fixed = ["--cfg=erase_components", "--cfg=split", "-Clink-args=--emit-relocs"].map(str::to_owned);
    // Cargo's own separator, so that a path may hold blanks.
    fixed.into_iter().chain(sources).collect::<Vec<_>>().join("\x1f")
}

/// Splits the module that cargo built last and packs its parts into `page`.
pub fn pack(workspace: &Workspace, page: &Path) -> Outcome<()> {
    let module = workspace.target.join("wasm32-unknown-unknown/release/zadig-environments.wasm");
    let scratch = workspace.target.join("split");
    let (cut, parts) = (scratch.join("cut"), scratch.join("parts"));
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&parts).context("a folder for the parts")?;
    split(workspace, &module, &cut)?;
    bind(workspace, &cut.join("app.wasm"), &parts)?;
    optimise(workspace, &cut, &parts)?;
    shorten(&parts)?;
    fs::rename(cut.join("__wasm_split.js"), parts.join("parts.js")).context("the splitter's link module")?;
    let mut command = workspace.command("node");
    command.arg("xtask/scripts/pack.mjs").arg(page).arg(&parts);
    process::run("Packing the parts into the page", &mut command)
}

fn split(workspace: &Workspace, module: &Path, into: &Path) -> Outcome<()> {
    let mut command = workspace.command("wasm-split-cli");
    command.arg(module).arg(into).args(["--out-name", "app"]).env("RUST_LOG", "error");
    process::run("Splitting the module", &mut command)
}

fn bind(workspace: &Workspace, main: &Path, into: &Path) -> Outcome<()> {
    let mut command = workspace.command("wasm-bindgen");
    command.arg(main).arg("--out-dir").arg(into);
    command.args(["--out-name", "app", "--target", "web", "--no-typescript", "--keep-lld-exports"]);
    process::run("Writing the JavaScript around the first part", &mut command)?;
    if into.join("snippets").exists() {
        return failed("a crate brings JavaScript of its own, which the packing does not know yet");
    }
    Ok(())
}

/// Every part through wasm-opt, from where the tools before left it into `parts`.
fn optimise(workspace: &Workspace, cut: &Path, parts: &Path) -> Outcome<()> {
    let main = parts.join("app_bg.wasm");
    shrink(workspace, "Optimising the first part (30 to 60 s)", &main, &main)?;
    let mut later: Vec<PathBuf> = fs::read_dir(cut)
        .context("the parts")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "wasm"))
        .filter(|path| !path.ends_with("app.wasm"))
        .collect();
    later.sort();
    for part in later {
        let name = part.file_name().or_say("a part without a name")?;
        shrink(workspace, &format!("Optimising {}", name.display()), &part, &parts.join(name))?;
    }
    Ok(())
}

/// Makes a module small, and then its functions neighbours of their likes.
fn shrink(workspace: &Workspace, title: &str, from: &Path, to: &Path) -> Outcome<()> {
    process::run(title, wasm_opt(workspace, from, to).arg("-Oz"))?;
    let module = fs::read(to).context("an optimised part")?;
    let named = order::named(&module).context("wasm-opt wrote what cannot be read")?;
    fs::write(to, named).context("a part with names")?;
    process::run("Ordering its functions", wasm_opt(workspace, to, to).arg("--reorder-functions-by-name"))?;
    // Once more, in that order: what the first round has made alike is shared now. Nothing lies below the first kilobyte but
    // the end of the stack, so a sum of an address and a small constant cannot wrap.
    process::run("Optimising once more", wasm_opt(workspace, to, to).args(["--low-memory-unused", "-Oz"]))
}

/// Short names between the first part and its glue.
fn shorten(parts: &Path) -> Outcome<()> {
    let (module, glue) = (parts.join("app_bg.wasm"), parts.join("app.js"));
    let content = fs::read(&module).context("the first part")?;
    let script = fs::read_to_string(&glue).context("the JavaScript around the first part")?;
    let (content, script) = imports::shortened(&content, &script)?;
    fs::write(module, content).context("the first part")?;
    fs::write(glue, script).context("the JavaScript around the first part")
}

/// The bytes of a section.
fn bytes_of(module: &[u8], range: Range<u64>) -> Outcome<&[u8]> {
    let (start, end) = (usize::try_from(range.start), usize::try_from(range.end));
    let bytes = start.ok().zip(end.ok()).and_then(|(start, end)| module.get(start..end));
    bytes.or_say("a section that leaves the module")
}

fn wasm_opt(workspace: &Workspace, from: &Path, to: &Path) -> Command {
    let mut command = workspace.command("wasm-opt");
    command.arg("--quiet").args(FEATURES).arg(from).arg("-o").arg(to);
    command
}
