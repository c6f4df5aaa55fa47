//! A log view: the engine, fed in slices and drawn at most once per animation frame.
//!
//! | module | what it is |
//! |---|---|
//! | [`core`] | engine and inbox; one frame = take in, search, draw, each with its share of time |
//! | [`viewport`], [`wrapping`] | which rows are drawn where, and how high wrapped ones are: arithmetic |
//! | [`painter`], [`row_dom`] | rows as elements, reused by their number |
//! | [`keys`] | keys to commands |
//! | [`search`] | what is typed to what the engine looks for |
//! | [`settings`] | what a user keeps: caps, wrapping, time |
//!
//! [`crate::dock::log_view`] holds all of it, with the sessions that bring the lines, as one handle for components.
//!
//! The browser's scroll bar is real: a spacer has the height of all rows, and a layer of some sixty rows is moved to
//! where the reader looks. Selecting works on row numbers, so a selection spans rows that are not drawn.

pub(crate) mod core;
pub(crate) mod facts;
pub(crate) mod keys;
pub(crate) mod painter;
pub(crate) mod row_dom;
pub(crate) mod save;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod viewport;
pub(crate) mod wrapping;
