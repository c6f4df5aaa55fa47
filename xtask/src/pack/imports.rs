//! Short names for what the module imports from its glue.
//!
//! wasm-bindgen names each import with a hash, and a hash does not compress: 300 of them, in the module and in the glue, are
//! several kilobytes of the first page.

use std::collections::HashMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{ImportSectionReader, Parser, Payload};

use super::bytes_of;
use crate::failure::{Context, Outcome, failed};

/// Where the module finds its glue.
const GLUE: &str = "./app_bg.js";

/// The module and its glue with short names between them, and the module without sections that only tools read.
pub fn shortened(module: &[u8], glue: &str) -> Outcome<(Vec<u8>, String)> {
    let (mut names, mut written) = (HashMap::new(), Module::new());
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("no module")?;
        match &payload {
            Payload::CustomSection(_) => {}
            Payload::ImportSection(imports) => {
                written.section(&renamed(imports, &mut names)?);
            }
            other => {
                if let Some((id, range)) = other.as_section() {
                    written.section(&RawSection { id, data: bytes_of(module, range)? });
                }
            }
        }
    }
    Ok((written.finish(), renamed_in_glue(glue, &names)?))
}

/// The imports with short names for those of the glue, which are noted in `names`.
fn renamed(imports: &ImportSectionReader, names: &mut HashMap<String, String>) -> Outcome<ImportSection> {
    let mut section = ImportSection::new();
    for import in imports.clone().into_imports() {
        let import = import.context("an import")?;
        let kind = RoundtripReencoder.entity_type(import.ty).context("the kind of an import")?;
        if import.module == GLUE {
            let next = format!("_{}", base36(names.len()));
            let short = names.entry(import.name.to_owned()).or_insert(next);
            section.import(import.module, short, kind);
        } else {
            section.import(import.module, import.name, kind);
        }
    }
    Ok(section)
}

/// The glue lists what it gives as properties, each on a line of its own: `    name: function(…`.
fn renamed_in_glue(glue: &str, names: &HashMap<String, String>) -> Outcome<String> {
    let mut found: HashMap<&str, usize> = HashMap::new();
    let mut lines = Vec::new();
    for line in glue.split('\n') {
        let name = line.split_once(": ").map(|(before, _)| before.trim_start());
        match name.and_then(|name| names.get_key_value(name)) {
            Some((name, short)) => {
                *found.entry(name).or_default() += 1;
                lines.push(line.replacen(name, short, 1));
            }
            None => lines.push(line.to_owned()),
        }
    }
    for name in names.keys() {
        let times = found.get(name.as_str()).copied().unwrap_or_default();
        if times != 1 {
            return failed(format!("the glue has {name} {times} times"));
        }
    }
    Ok(lines.join("\n"))
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        digits.extend(digit);
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, EntityType};

    fn module(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut section = ImportSection::new();
        for (from, name) in imports {
            section.import(from, name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&section).section(&CustomSection { name: "producers".into(), data: (&[]).into() });
        module.finish()
    }

    #[test]
    fn imports_of_the_glue_get_short_names_on_both_sides() {
        let long = module(&[(GLUE, "__wbg_now_1f"), ("./parts.js", "load"), (GLUE, "__wbg_log_2e")]);
        let glue = "const all = {\n    __wbg_log_2e: function() {\n    },\n    __wbg_now_1f: now,\n}\n";
        let (short, glue) = shortened(&long, glue).unwrap();
        let mut bare = Module::new();
        let mut section = ImportSection::new();
        for (from, name) in [(GLUE, "_0"), ("./parts.js", "load"), (GLUE, "_1")] {
            section.import(from, name, EntityType::Function(0));
        }
        assert_eq!(short, bare.section(&section).clone().finish());
        assert_eq!(glue, "const all = {\n    _1: function() {\n    },\n    _0: now,\n}\n");
    }

    #[test]
    fn an_import_that_the_glue_does_not_have_is_named() {
        let failure = shortened(&module(&[(GLUE, "__wbg_now_1f")]), "nothing\n").unwrap_err();
        assert!(failure.0.contains("__wbg_now_1f 0 times"), "{failure}");
    }

    #[test]
    fn short_names_count_in_digits_and_letters() {
        assert_eq!([0, 9, 10, 35, 36, 1296].map(base36), ["0", "9", "a", "z", "10", "100"]);
    }
}
