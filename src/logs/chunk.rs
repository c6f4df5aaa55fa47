//! The text of the buffer: large pieces of memory that are filled once and freed whole.
//!
//! A `String` per line costs 24 bytes of header, an allocator's overhead and a fragmented heap; at 200,000 lines
//! that is more than the text of many. So lines lie one behind the other in chunks of [`CHUNK`] bytes, each ended
//! by a line feed, and a line is a [`Place`]: a chunk and an offset packed into four bytes.
//!
//! The line feed is worth its byte: no needle can match across two lines, so a search runs over a whole chunk at
//! once, and copying a range of lines is one copy.

use std::collections::VecDeque;

const OFFSET_BITS: u32 = 18;
/// The size of a full chunk: 256 KiB.
pub const CHUNK: usize = 1 << OFFSET_BITS;
/// The first chunks are smaller, so that a stream of ten lines does not hold 256 KiB.
const FIRST_CHUNK: usize = 16 * 1024;
const OFFSET_MASK: u32 = (1 << OFFSET_BITS) - 1;
const ID_MASK: u32 = (1 << (32 - OFFSET_BITS)) - 1;

/// Where a line starts: the low bits of its chunk's number, and the offset in the chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

impl Place {
    fn id(self) -> u32 {
        self.0 >> OFFSET_BITS
    }

    /// The offset in the chunk.
    pub fn offset(self) -> usize {
        (self.0 & OFFSET_MASK) as usize
    }

    /// Whether both lie in the same chunk.
    pub fn shares_chunk(self, other: Self) -> bool {
        self.id() == other.id()
    }
}

/// A count or an offset; both are far below 2^32.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The chunks in use, oldest first.
#[derive(Debug, Default)]
pub struct Chunks {
    chunks: VecDeque<String>,
    /// The number of the first chunk in use.
    first: u32,
    /// One freed chunk, kept for the next: at the cap, one is freed for each that is filled.
    spare: Option<String>,
}

impl Chunks {
    /// Appends a line, which must not hold a line feed, and returns its place.
    pub fn push(&mut self, line: &str) -> Place {
        let needed = line.len() + 1;
        let fits = self
            .chunks
            .back()
            .is_some_and(|tail| tail.len() + needed <= tail.capacity() && tail.len() < CHUNK);
        if !fits {
            self.add_chunk(needed);
        }
        let id = self.first.wrapping_add(number(self.chunks.len())).wrapping_sub(1) & ID_MASK;
        let Some(tail) = self.chunks.back_mut() else { return Place(0) };
        let place = Place(id << OFFSET_BITS | number(tail.len()));
        tail.push_str(line);
        tail.push('\n');
        place
    }

    fn add_chunk(&mut self, needed: usize) {
        if let Some(full) = self.chunks.back_mut()
            && full.capacity() - full.len() > full.capacity() / 16
        {
            full.shrink_to_fit();
        }
        let size = if self.chunks.len() < 4 { FIRST_CHUNK << self.chunks.len() } else { CHUNK };
        let chunk = match self.spare.take() {
            Some(spare) if needed <= spare.capacity() => spare,
            _ => String::with_capacity(size.max(needed)),
        };
        self.chunks.push_back(chunk);
    }

    /// The text of the chunk that holds `place`.
    pub fn text(&self, place: Place) -> &str {
        let index = place.id().wrapping_sub(self.first) & ID_MASK;
        self.chunks.get(index as usize).map_or("", String::as_str)
    }

    /// Frees the chunks in front of the one that holds `place`; all of them for `None`.
    pub fn free_before(&mut self, place: Option<Place>) {
        let keep_from =
            place.map_or(number(self.chunks.len()), |place| place.id().wrapping_sub(self.first) & ID_MASK);
        for _ in 0..keep_from {
            let Some(mut chunk) = self.chunks.pop_front() else { break };
            self.first = self.first.wrapping_add(1) & ID_MASK;
            if chunk.capacity() == CHUNK {
                chunk.clear();
                self.spare = Some(chunk);
            }
        }
    }

    /// Frees everything, the spare chunk too.
    pub fn clear(&mut self) {
        self.free_before(None);
        self.spare = None;
    }

    /// The memory held, used or not.
    pub fn held_bytes(&self) -> usize {
        let texts: usize = self.chunks.iter().chain(&self.spare).map(String::capacity).sum();
        texts + self.chunks.capacity() * size_of::<String>()
    }
}
