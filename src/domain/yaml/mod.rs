//! YAML as a person edits it: where it is wrong, and changes that touch nothing else.
//!
//! A text is the truth here, never a tree that is written out again: comments, order, quotes and the line breaks of a script
//! in a ConfigMap belong to whoever typed them. So everything works on the text and the places in it:
//!
//! - [`tree`] reads a text into nodes that know their place ([`parse`]).
//! - [`check`] says what is wrong, by line and column: [`validate`] for a Kubernetes object that Zadig manages,
//!   [`check_value`] for any other YAML, such as the value of a variable.
//! - [`documents`] compares texts of several objects and hides the values of the Secrets among them.
//! - [`data`] lists the entries of `data`, `stringData` and `binaryData`.
//! - [`edit`] sets, renames and removes one entry and leaves every other byte as it was.
//! - [`fields`] leaves out what belongs to one place, or what Kubernetes writes by itself.
//! - [`secret`] takes the values out of a Secret's text and puts them back in.
//! - [`same`] says whether what a server gives back is what was written.
//! - [`scalar`] knows which plain words are no strings, and how to write a string so that it stays one.

pub mod check;
pub mod data;
pub mod documents;
pub mod edit;
pub mod fields;
mod lines;
pub mod same;
pub mod scalar;
pub mod secret;
pub mod tree;

#[cfg(test)]
mod tests;

pub use check::{Expectation, Fault, Problem, Severity, check_value, validate};
pub use tree::{Place, parse};
