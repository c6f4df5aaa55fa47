//! The order of a module's functions, so that it compresses better.
//!
//! gzip finds repetitions in the last 32 kB only, and a compiler leaves functions in an order that says nothing about how
//! alike they are. Here each function is followed by the one that shares most rare byte sequences with it; that saves a
//! fortieth of the module at no cost to the browser. wasm-opt does the moving: it sorts functions by name, so this gives
//! them names in the wanted order, which the sorted module then no longer carries.

use std::collections::HashMap;

/// The length of the byte sequences that are compared.
const PIECE: usize = 5;
/// A sequence that more functions share says nothing.
const COMMON: usize = 60;
/// Keeps small functions from being drawn to everything.
const EVENNESS: f64 = 40.0;

/// The module with names that sort its functions; nothing for what cannot be read as a module.
pub fn named(module: &[u8]) -> Option<Vec<u8>> {
    let mut renamed = module.get(..8)?.to_vec();
    let (mut rest, mut imported, mut bodies) = (module.get(8..)?, 0, Vec::new());
    while let Some((&id, after)) = rest.split_first() {
        let (length, after) = number(after)?;
        let (content, next) = after.split_at_checked(length)?;
        match id {
            0 if name_of(content) == Some(b"name") => {}
            _ => renamed.extend_from_slice(rest.get(..rest.len() - next.len())?),
        }
        match id {
            2 => imported = functions_among(content)?,
            10 => bodies = bodies_in(content)?,
            _ => {}
        }
        rest = next;
    }
    renamed.extend(name_section(imported, &order(&bodies)));
    Some(renamed)
}

/// A LEB128 number and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}

fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

fn name_of(custom: &[u8]) -> Option<&[u8]> {
    text(custom).map(|(name, _)| name)
}

/// How many of the imports are functions: they come first in the numbering.
fn functions_among(imports: &[u8]) -> Option<usize> {
    let (count, mut rest) = number(imports)?;
    let mut functions = 0;
    for _ in 0..count {
        rest = text(text(rest)?.1)?.1;
        let (kind, after) = rest.split_first()?;
        rest = match kind {
            0 => {
                functions += 1;
                number(after)?.1
            }
            1 => limits(after.get(1..)?)?,
            2 => limits(after)?,
            3 => after.get(2..)?,
            _ => return None,
        };
    }
    Some(functions)
}

fn limits(bytes: &[u8]) -> Option<&[u8]> {
    let (flags, rest) = bytes.split_first()?;
    let (_, rest) = number(rest)?;
    if flags & 1 == 1 { number(rest).map(|(_, rest)| rest) } else { Some(rest) }
}

fn bodies_in(code: &[u8]) -> Option<Vec<&[u8]>> {
    let (count, mut rest) = number(code)?;
    let mut bodies = Vec::with_capacity(count);
    for _ in 0..count {
        let (body, after) = text(rest)?;
        bodies.push(body);
        rest = after;
    }
    Some(bodies)
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

fn name_section(imported: usize, chain: &[usize]) -> Vec<u8> {
    let mut rank = vec![0; chain.len()];
    for (place, index) in chain.iter().enumerate() {
        if let Some(slot) = rank.get_mut(*index) {
            *slot = place;
        }
    }
    let mut names = leb(rank.len());
    for (index, place) in rank.iter().enumerate() {
        names.extend(leb(imported + index));
        names.extend(sized(format!("f{place:06}").as_bytes()));
    }
    let mut content = sized(b"name");
    content.push(1);
    content.extend(sized(&names));
    let mut section = vec![0];
    section.extend(sized(&content));
    section
}

fn sized(bytes: &[u8]) -> Vec<u8> {
    let mut all = leb(bytes.len());
    all.extend_from_slice(bytes);
    all
}

fn leb(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        #[allow(clippy::cast_possible_truncation, reason = "seven bits")]
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
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
        module.extend([10, 7, 2, 2, 0, 11, 2, 0, 11]);
        module.extend([0, 6, 4, b'n', b'a', b'm', b'e', 9]);
        let renamed = named(&module).unwrap();
        assert_eq!(renamed[..8 + 9 + 9], module[..8 + 9 + 9]);
        let names = String::from_utf8_lossy(&renamed[8 + 9 + 9..]).into_owned();
        assert!(names.contains("f000000") && names.contains("f000001") && !names.contains("f000002"));
        assert_eq!(names.matches("name").count(), 1);
    }

    #[test]
    fn what_is_no_module_is_left_alone() {
        assert_eq!(named(b"\0asm"), None);
        assert_eq!(named(b"\0asm\x01\0\0\0\x0a\x7f"), None);
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for value in [0, 1, 127, 128, 300, 70_000] {
            assert_eq!(number(&leb(value)), Some((value, &[][..])));
        }
    }
}
