//! What two pages share. A component takes signals and callbacks and knows no endpoint.

pub mod code_input;
pub mod copy;
pub mod dialog;
pub mod diff;
pub mod editor;
pub mod empty;
pub mod error_notice;
pub mod freshness;
pub mod guard;
pub mod icon;
pub mod image_name;
pub mod keys;
pub mod menu;
pub mod ops;
pub mod palette;
pub mod pick;
pub mod production_word;
pub mod rail;
pub mod rows;
pub mod search;
pub mod shell;
pub mod shortcuts;
pub mod skeleton;
pub mod state_badge;
pub mod summary;
pub mod value_input;
