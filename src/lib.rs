//! A browser client for Zadig's environment OpenAPI.
//!
//! # Map
//!
//! From the ground up; a module may use those above it in this table, which `xtask/src/floors.rs` checks. `docs/architecture.md`
//! has the picture, the walks through the code and a glossary.
//!
//! | module | what it is |
//! |---|---|
//! | [`effect`], [`clock`], [`storage`], [`clipboard`] | small helpers over the browser and the reactive graph |
//! | [`outage`] | which reads wait for Zadig to come back |
//! | [`theme`] | the colour theme |
//! | [`api`] | typed client of the OpenAPI, errors, the table of the server's quirks |
//! | [`logs`] | log engine: stream parsing, buffer, search |
//! | [`route`] | typed routes in the URL's hash |
//! | [`domain`] | decisions in plain functions: states, readiness, diagnosis, lists, editing of YAML |
//! | [`i18n`] | every text, in two languages |
//! | [`crash`] | the screen after a panic |
//! | [`config`] | the site's settings |
//! | [`ops`] | the operation engine: plan, confirm, send once, verify by reading back |
//! | [`host`] | what is around the application: its own page, or one that embeds it |
//! | [`prefs`] | the user's preferences |
//! | [`remote`] | a value from elsewhere, and how old it is |
//! | [`session`] | the client, the token, the connection, and what the tab came to know |
//! | [`nav`] | the current route, Back, and the guard of unsaved edits |
//! | [`query`] | values kept fresh while their view is there |
//! | [`drafts`] | edits that are not saved, kept for the tab |
//! | [`operations`] | the operation engine in the application |
//! | [`log_view`] | a log on the screen: frames, virtual rows, keys |
//! | [`log_streams`] | which containers are followed, and the life of each stream |
//! | [`components`] | what two pages share |
//! | [`dock`] | log views in tabs, over all pages |
//! | [`pages`] | one module for each page |
//! | [`lazy`] | entry points of what is loaded later |
//! | [`frame`] | rail, top bar, and what lies over all pages |
//! | [`host_events`] | events for the embedding page |
//! | [`app`] | providers and the choice of page; `mount` for the boot script |

#![warn(clippy::allow_attributes, clippy::allow_attributes_without_reason, clippy::self_named_module_files)]
// Tests share their fixtures as they like, and know their numbers.
#![cfg_attr(not(test), warn(unreachable_pub, clippy::cast_possible_truncation, clippy::cast_sign_loss))]

pub mod api;
pub mod app;
pub(crate) mod clipboard;
pub(crate) mod clock;
#[expect(unreachable_pub, reason = "`#[component]` writes builders that are `pub`")]
pub(crate) mod components;
pub mod config;
pub mod crash;
#[expect(unreachable_pub, reason = "`#[component]` writes builders that are `pub`")]
pub(crate) mod dock;
pub mod domain;
pub(crate) mod drafts;
pub(crate) mod effect;
#[expect(unreachable_pub, reason = "`#[component]` writes builders that are `pub`")]
pub(crate) mod frame;
pub(crate) mod host;
pub(crate) mod host_events;
pub mod i18n;
#[expect(unreachable_pub, reason = "the split macro writes entry points that are `pub`")]
pub(crate) mod lazy;
pub(crate) mod log_streams;
pub(crate) mod log_view;
pub mod logs;
pub(crate) mod nav;
pub(crate) mod operations;
pub mod ops;
pub(crate) mod outage;
#[expect(unreachable_pub, reason = "`#[component]` writes builders that are `pub`")]
pub(crate) mod pages;
pub(crate) mod prefs;
pub(crate) mod query;
pub(crate) mod remote;
pub mod route;
pub(crate) mod session;
pub(crate) mod storage;
pub(crate) mod theme;
