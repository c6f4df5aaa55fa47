//! The log engine: everything between a byte of the stream and a row on the screen, without a browser in it.
//!
//! One directory, one job each, from the wire to the view:
//!
//! | module                    | its one idea                                                                        |
//! |---------------------------|-------------------------------------------------------------------------------------|
//! | [`sse`]                   | bytes to events, split anywhere                                                     |
//! | [`zadig`]                 | events to lines: the server's carriage returns undone                               |
//! | [`replay`], [`align`], [`held`], [`rate`] | after a cut, what of the repeated tail is new; a gap said where lines are missing |
//! | [`opening`]               | the first lines of several sources, sorted by the time stamps they carry            |
//! | [`level`]                 | how serious a line is                                                               |
//! | [`feed`]                  | one source through all of these                                                     |
//! | [`chunk`], [`buffer`]     | lines in capped memory, addressed by a number that is never used again              |
//! | [`ansi`], [`style`]       | what may be shown of a line, and in which colours                                   |
//! | [`fields`], [`time`]      | what structured lines say, read when asked                                          |
//! | [`query`], [`matcher`], [`literal`], [`needle`], [`search`], [`seqs`] | finding and filtering in slices, while lines stream in |
//! | [`engine`], [`view`], [`row`] | sources in, rows out                                                            |
//! | [`sink`], [`notify`]      | what a reader of streams needs of a view; waiting without polling                   |
//!
//! Three rules hold throughout. **Nothing is lost or repeated in silence**: a dropped line is counted, a cut one
//! says by how much, a gap is a row. **Nothing takes long**: every call does bounded work, searches run in slices.
//! **Memory follows the text**: a line of usual length is held in about 1.1 times its size.
//!
//! Everything here is deterministic: times are arguments, and the same bytes at the same times give the same rows,
//! however the bytes were split.

pub mod align;
pub mod ansi;
pub mod buffer;
pub mod chunk;
pub mod engine;
pub mod feed;
pub mod fields;
pub mod held;
pub mod level;
pub mod links;
pub mod literal;
pub mod matcher;
pub mod needle;
pub mod note;
pub mod notify;
pub mod opening;
pub mod query;
pub mod rate;
pub mod replay;
pub mod row;
pub mod search;
pub mod seqs;
pub mod sink;
pub mod source;
pub mod sse;
pub mod style;
pub mod time;
pub mod trace;
pub mod view;
pub mod zadig;

// Property tests need a random number source, which a browser's test build does not get for nothing.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
