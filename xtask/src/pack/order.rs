//! The order of a module's functions, so that it compresses better.
//!
//! gzip finds repetitions in the last 32 kB only, and a compiler leaves functions in an order that says nothing about how
//! alike they are. Here each function is followed by the one that shares most rare byte sequences with it; that saves a
//! fortieth of the module at no cost to the browser. wasm-opt does the moving: it sorts functions by name, so this gives
//! them names in the wanted order, which the sorted module then no longer carries.

use std::collections::HashMap;

use wasm_encoder::{Module, NameMap, NameSection, RawSection};
use wasmparser::{ImportSectionReader, Parser, Payload, TypeRef};

use super::bytes_of;
use crate::failure::{Context, Outcome};

/// The length of the byte sequences that are compared.
const PIECE: usize = 5;
/// A sequence that more functions share says nothing.
const COMMON: usize = 60;
/// Keeps small functions from being drawn to everything.
const EVENNESS: f64 = 40.0;

/// The module with names that sort its functions, in place of those it has. Fails for what cannot be read as a module.
pub fn named(module: &[u8]) -> Outcome<Vec<u8>> {
    let (mut renamed, mut imported, mut bodies) = (Module::new(), 0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("no module")?;
        match &payload {
            Payload::ImportSection(imports) => imported = functions_among(imports)?,
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            Payload::CustomSection(custom) if custom.name() == "name" => continue,
            _ => {}
        }
        if let Some((id, range)) = payload.as_section() {
            renamed.section(&RawSection { id, data: bytes_of(module, range)? });
        }
    }
    renamed.section(&names(imported, &order(&bodies)));
    Ok(renamed.finish())
}

/// How many of the imports are functions: they come first in the numbering.
fn functions_among(imports: &ImportSectionReader) -> Outcome<u32> {
    let mut functions = 0;
    for import in imports.clone().into_imports() {
        let kind = import.context("an import")?.ty;
        functions += u32::from(matches!(kind, TypeRef::Func(_) | TypeRef::FuncExact(_)));
    }
    Ok(functions)
}

/// The functions as a chain of neighbours that are alike, beginning with the largest.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<u32>> = numbered_pieces(bodies);
    let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, own) in pieces.iter().enumerate() {
        own.iter().for_each(|piece| holders.entry(*piece).or_default().push(index));
    }
    holders.retain(|_, list| (2..=COMMON).contains(&list.len()));
    let mut open: Vec<bool> = vec![true; bodies.len()];
    let mut chain: Vec<usize> = Vec::with_capacity(bodies.len());
    let mut next = (0..bodies.len()).max_by_key(|index| bodies.get(*index).map_or(0, |body| body.len()));
    while let Some(current) = next {
        if let Some(mark) = open.get_mut(current) {
            *mark = false;
        }
        chain.push(current);
        let is_open = |index: &usize| open.get(*index) == Some(&true);
        next = likest(&chain, &pieces, &holders, is_open).or_else(|| (0..bodies.len()).find(is_open));
    }
    chain
}

/// The byte sequences of each function, once each, as numbers.
fn numbered_pieces<'a>(bodies: &[&'a [u8]]) -> Vec<Vec<u32>> {
    let mut numbers: HashMap<&'a [u8], u32> = HashMap::new();
    let mut all = Vec::with_capacity(bodies.len());
    for body in bodies {
        let mut own: Vec<u32> = Vec::with_capacity(body.len());
        for piece in body.windows(PIECE) {
            let fresh = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            own.push(*numbers.entry(piece).or_insert(fresh));
        }
        own.sort_unstable();
        own.dedup();
        all.push(own);
    }
    all
}

/// The open function that shares most with the last three of the chain, the last one counting most.
fn likest(
    chain: &[usize],
    pieces: &[Vec<u32>],
    holders: &HashMap<u32, Vec<usize>>,
    is_open: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let mut shared: HashMap<usize, f64> = HashMap::new();
    for (member, weight) in chain.iter().rev().zip([4.0, 2.0, 1.0]) {
        for list in pieces.get(*member)?.iter().filter_map(|piece| holders.get(piece)) {
            #[allow(clippy::cast_precision_loss, reason = "at most COMMON")]
            let worth = weight / list.len() as f64;
            list.iter()
                .filter(|index| is_open(index))
                .for_each(|index| *shared.entry(*index).or_default() += worth);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a function has fewer pieces than a double has digits")]
    let rate = |index: usize, worth: f64| worth / (EVENNESS + pieces.get(index).map_or(0, Vec::len) as f64);
    let rated = shared.into_iter().map(|(index, worth)| (rate(index, worth), index));
    // The number decides between equals, so that the same module always gives the same order.
    rated.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, index)| index)
}

/// A name for each function that begins with its place in the chain.
fn names(imported: u32, chain: &[usize]) -> NameSection {
    let mut places = vec![0; chain.len()];
    for (place, index) in chain.iter().enumerate() {
        if let Some(slot) = places.get_mut(*index) {
            *slot = place;
        }
    }
    let mut functions = NameMap::new();
    for (index, place) in (imported..).zip(places) {
        functions.append(index, &format!("f{place:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&functions);
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_functions_become_neighbours() {
        let (a, b) = (b"abcdefghijklmnop".as_slice(), b"zyxwvutsrqponmlk".as_slice());
        let (a2, b2) = (b"abcdefghijklmnoX".as_slice(), b"zyxwvutsrqponmlX".as_slice());
        // The last of the largest begins.
        assert_eq!(order(&[a, b, a2, b2]), [3, 1, 0, 2]);
    }

    #[test]
    fn every_function_is_named_once_and_old_names_go() {
        // One imported function, two of its own, and a name section that is replaced.
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([2, 7, 1, 1, b'm', 1, b'f', 0, 0]);
        module.extend([3, 3, 2, 0, 0]);
        module.extend([10, 7, 2, 2, 0, 11, 2, 0, 11]);
        module.extend([0, 6, 4, b'n', b'a', b'm', b'e', 9]);
        let renamed = named(&module).unwrap();
        assert_eq!(renamed[..8 + 9 + 5 + 9], module[..8 + 9 + 5 + 9]);
        let names = String::from_utf8_lossy(&renamed[8 + 9 + 5 + 9..]).into_owned();
        assert!(names.contains("f000000") && names.contains("f000001") && !names.contains("f000002"));
        assert_eq!(names.matches("name").count(), 1);
    }

    #[test]
    fn what_is_no_module_is_left_alone() {
        assert!(named(b"\0asm").is_err());
        assert!(named(b"\0asm\x01\0\0\0\x0a\x7f").is_err());
    }

    #[test]
    fn only_imported_functions_count_before_the_first_name() {
        // A function, a table, a memory and a global are imported, each as `m.f`; one function is the module's own.
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([2, 30, 4]);
        for kind in [&[0, 0][..], &[1, 0x70, 1, 0, 9], &[2, 0, 1], &[3, 0x7f, 0]] {
            module.extend([1, b'm', 1, b'f']);
            module.extend(kind);
        }
        module.extend([3, 2, 1, 0, 10, 4, 1, 2, 0, 11]);
        let renamed = named(&module).unwrap();
        assert!(
            renamed.ends_with(&[1, 10, 1, 1, 7, b'f', b'0', b'0', b'0', b'0', b'0', b'0']),
            "{renamed:?}"
        );
    }
}
