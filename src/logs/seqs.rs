//! Ascending sequence numbers in four bytes each.

use std::collections::VecDeque;

/// An ascending list of sequence numbers that grows at its end and is forgotten from its start.
#[derive(Debug, Default)]
pub struct Seqs {
    base: u64,
    list: VecDeque<u32>,
}

impl Seqs {
    /// Appends a number greater than all before.
    pub fn push(&mut self, seq: u64) {
        if self.list.is_empty() {
            self.base = seq;
        }
        let delta = match u32::try_from(seq - self.base) {
            Ok(delta) => delta,
            Err(_) => self.rebase(seq),
        };
        if self.list.len() == self.list.capacity() {
            self.list.reserve_exact((self.list.len() / 8).max(64));
        }
        self.list.push_back(delta);
    }

    /// Counts from the first number still listed; after four billion rows.
    fn rebase(&mut self, seq: u64) -> u32 {
        let shift = self.list.front().copied().unwrap_or_default();
        self.list.iter_mut().for_each(|delta| *delta -= shift);
        self.base += u64::from(shift);
        u32::try_from(seq - self.base).unwrap_or(u32::MAX)
    }

    /// Forgets all numbers below `first`.
    pub fn forget_before(&mut self, first: u64) {
        while self.get(0).is_some_and(|seq| seq < first) {
            self.list.pop_front();
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number at `index`.
    pub fn get(&self, index: usize) -> Option<u64> {
        self.list.get(index).map(|delta| self.base + u64::from(*delta))
    }

    /// How many listed numbers are below `seq`; also the index of `seq` if it is listed.
    pub fn rank(&self, seq: u64) -> usize {
        self.list.partition_point(|delta| self.base + u64::from(*delta) < seq)
    }

    /// Whether `seq` is listed.
    pub fn contains(&self, seq: u64) -> bool {
        self.get(self.rank(seq)) == Some(seq)
    }

    /// The memory held.
    pub fn held_bytes(&self) -> usize {
        self.list.capacity() * size_of::<u32>()
    }
}
