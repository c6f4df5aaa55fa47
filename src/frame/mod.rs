//! The frame around every page: rail, top bar, and what lies over all pages.

mod rail;
mod row_click;
mod shell;

pub(crate) use shell::Shell;
