//! Tests of the log engine, one file per idea.

mod align;
mod ansi;
mod buffer;
mod engine;
mod level;
mod opening;
mod reconnect;
mod search;
mod slices;
mod sse;
mod structured;
mod zadig;
