//! Tests of the log engine, one file per idea.

mod align;
mod ansi;
mod buffer;
mod engine;
mod level;
mod reconnect;
mod search;
mod sse;
mod structured;
mod zadig;
