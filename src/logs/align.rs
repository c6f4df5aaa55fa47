//! Where does a replayed tail join the lines that are kept?
//!
//! The server numbers nothing. After a cut it sends the last *n* lines again and then follows; some of them are
//! known, some new, and if the cut was long, none is known. [`align`] finds the joint, given the last kept lines
//! `K` and the replay `R` as hashes.
//!
//! A **candidate** is a length `p` such that the first `p` lines of `R` are the last lines of `K` (or, if `K` is
//! shorter than `p`, such that `K` ends exactly there). If it is the truth, `R[p..]` is new. All candidates come
//! from one pass: reverse both, and the Z-function gives how far `R` read backwards from each position agrees with
//! `K` read backwards.
//!
//! The **longest** candidate wins, for a line shown twice is worse than a doubt that is said. Then its truth is
//! weighed, since logs repeat themselves:
//!
//! * If the replay is *whole* (fewer lines than asked for: it is all there is) and all lines since the container's
//!   start were counted, the joint is known by counting, and only checked.
//! * A match carries *information*: a line that makes up one n-th of all lines at hand is worth log2(n) bits, so ten blank
//!   lines prove nothing and three request lines prove much. A joint with less than [`CERTAIN_BITS`] might be
//!   chance, with the truth being that nothing joins: doubt, by an unknown number of lines.
//! * A shorter candidate that is itself certain, or so close to the longest that the lines between could be chance,
//!   might be the truth: doubt, by at most the difference. This is what a strictly periodic log comes to.
//!
//! If there is no candidate, the history before the joint may differ: a hole was overlooked earlier, or the server
//! cut a line where it starts its tail. Then the longest certain agreement with the end of `K` is the joint.
//!
//! What no one can tell: a long stretch of lines without any time or counter that is written a second time, exactly
//! while nobody looks, and fills the tail from its first line. It is taken for the first.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

/// How much a match must carry to be taken for certain: chance gives that once in four billion.
pub const CERTAIN_BITS: f32 = 32.0;

/// How many joints with equal hashes are compared by their texts, at most.
const MOST_CHECKED: usize = 16;

/// The identity of a line: equal lines have equal hashes; the alignment verifies the converse where it can.
pub fn hash(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(line.as_bytes());
    hasher.finish()
}

/// What is known beside the lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// The replay has fewer lines than were asked for, so it is the source's whole log.
    pub whole: bool,
    /// How many lines the source has sent in all, if they were counted from its first line on.
    pub total: Option<u64>,
}

/// Where the replay joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// The first `skip` lines of the replay are known already; the rest is new.
    At {
        /// How many lines are known.
        skip: usize,
        /// What may be missing between, if that cannot be excluded.
        doubt: Option<Doubt>,
    },
    /// The replay lies within the kept lines without reaching their end: it looks unfinished.
    Inside,
    /// Nothing joins: lines are missing.
    Nowhere,
}

/// How many lines may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// The most that can be, where known.
    pub at_most: Option<u64>,
}

/// Finds the joint of `kept` (the last lines, oldest first) and `replay`.
///
/// `same(back, at)` is asked to verify a joint: whether the line `back` lines before the end of the kept ones (0 is
/// the last) really is `replay[at]`; it answers true when it no longer has the text.
pub fn align(kept: &[u64], replay: &[u64], known: Known, same: impl Fn(usize, usize) -> bool) -> Joint {
    if replay.is_empty() {
        return Joint::Inside;
    }
    if kept.is_empty() {
        return Joint::At { skip: 0, doubt: None };
    }
    let agreed = backward_agreement(kept, replay);
    let needed = |p: usize| p.min(kept.len());
    let is_candidate = |p: usize| p > 0 && agreed.get(p).is_some_and(|length| *length >= needed(p));
    let verified = |p: usize| (0..needed(p)).all(|back| same(back, p - 1 - back));

    if known.whole
        && let Some(total) = known.total.and_then(|total| usize::try_from(total).ok())
        && is_candidate(total)
        && verified(total)
    {
        return Joint::At { skip: total, doubt: None };
    }
    let mut candidates = (1..=replay.len()).rev().filter(|p| is_candidate(*p));
    let weights = Weights::new(kept, replay);
    let Some(chosen) = candidates.by_ref().take(MOST_CHECKED).find(|p| verified(*p)) else {
        let partly = |p: usize| {
            let length = agreed.get(p).copied().unwrap_or(0);
            (weights.bits(p - length, p) >= CERTAIN_BITS).then_some((length, p))
        };
        let mut certain: Vec<_> = (1..=replay.len()).filter_map(partly).collect();
        // The longest first: comparing texts is the slow part, and equal hashes hardly ever belong to different lines.
        certain.sort_unstable_by(|one, other| other.cmp(one));
        let holds = |(length, p): &&(usize, usize)| (0..*length).all(|back| same(back, p - 1 - back));
        return match certain.iter().take(MOST_CHECKED).find(holds) {
            Some((_, skip)) => Joint::At { skip: *skip, doubt: None },
            None if lies_inside(kept, replay) => Joint::Inside,
            None => Joint::Nowhere,
        };
    };
    let chosen_bits = weights.bits(chosen - needed(chosen), chosen);
    let rival = candidates.rfind(|p| {
        let own = weights.bits(p - needed(*p), *p);
        // Were this one the truth, these lines of the longest would agree by chance.
        let by_chance = weights.bits((*p).max(chosen - needed(chosen)), chosen);
        own >= CERTAIN_BITS || by_chance < CERTAIN_BITS
    });
    let doubt = if chosen_bits < CERTAIN_BITS && !known.whole {
        Some(Doubt { at_most: None })
    } else {
        rival.map(|rival| Doubt { at_most: Some((chosen - rival) as u64) })
    };
    Joint::At { skip: chosen, doubt }
}

/// For each `p` in `0..=replay.len()`: how many lines before `p` agree with the end of `kept`, counted backwards.
fn backward_agreement(kept: &[u64], replay: &[u64]) -> Vec<usize> {
    let pattern: Vec<u64> = kept.iter().rev().take(replay.len()).copied().collect();
    let joined: Vec<u64> = pattern.iter().chain(replay.iter().rev()).copied().collect();
    let z = z_function(&joined, pattern.len());
    let mut agreed: Vec<usize> = z.into_iter().skip(pattern.len()).collect();
    agreed.reverse();
    agreed.insert(0, 0);
    agreed
}

/// `z[i]`: how many items from `i` on equal those from 0 on, at most `most` of them.
fn z_function(items: &[u64], most: usize) -> Vec<usize> {
    let mut z = vec![0usize; items.len()];
    let (mut left, mut right) = (0, 0);
    for at in 1..items.len() {
        let mut length = 0;
        if at < right {
            length = z.get(at - left).copied().unwrap_or(0).min(right - at);
        }
        while length < most && items.get(length) == items.get(at + length) && at + length < items.len() {
            length += 1;
        }
        if let Some(slot) = z.get_mut(at) {
            *slot = length;
        }
        if at + length > right {
            (left, right) = (at, at + length);
        }
    }
    z
}

/// Whether `replay` occurs somewhere in `kept`.
fn lies_inside(kept: &[u64], replay: &[u64]) -> bool {
    let joined: Vec<u64> = replay.iter().chain(kept).copied().collect();
    z_function(&joined, replay.len()).into_iter().skip(replay.len()).any(|length| length >= replay.len())
}

/// How often each line occurs. Its key is a hash already, and is taken for one.
type Counts = HashMap<u64, u32, BuildHasherDefault<Ready>>;

#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The information each line of a replay carries, summed up.
struct Weights {
    sums: Vec<f32>,
}

impl Weights {
    fn new(kept: &[u64], replay: &[u64]) -> Self {
        let count = |lines: &[u64]| {
            let mut counts = Counts::with_capacity_and_hasher(lines.len(), BuildHasherDefault::default());
            lines.iter().for_each(|line| *counts.entry(*line).or_default() += 1);
            counts
        };
        let (in_kept, in_replay) = (count(kept), count(replay));
        // Of both together: a few kept lines alone cannot tell how rare a line is.
        let all = (kept.len() + replay.len()).max(1) as f32;
        let times = |counts: &Counts, line: &u64| counts.get(line).copied().unwrap_or(0) as f32;
        let mut sum = 0.0;
        let mut sums = vec![0.0];
        for line in replay {
            let share = (times(&in_kept, line) + times(&in_replay, line)) / all;
            sum -= share.max(f32::MIN_POSITIVE).log2();
            sums.push(sum);
        }
        Self { sums }
    }

    /// The information of `replay[from..to]`.
    fn bits(&self, from: usize, to: usize) -> f32 {
        let at = |index: usize| self.sums.get(index).copied().unwrap_or(0.0);
        at(to) - at(from)
    }
}
