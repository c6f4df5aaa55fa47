//! A browser client for Zadig's environment OpenAPI.
//!
//! # Map
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`api`] | typed client of the OpenAPI, errors, the table of the server's quirks | nothing of ours |
//! | [`logs`] | log engine: stream parsing, buffer, search | nothing of ours |
//! | [`domain`] | decisions in plain functions: states, lists, diagnosis | `api` types |
//! | [`route`], [`nav`] | typed routes in the URL's hash, and the guard of unsaved edits | `api::Family` |
//! | [`config`], [`prefs`], [`session`] | the site's settings, the user's, and the connection | `api` |
//! | [`outage`] | which reads wait for Zadig to come back | nothing of ours |
//! | [`clipboard`] | copying a text, where the browser lets it and where it does not | nothing of ours |
//! | [`effect`] | effects, compiled once | nothing of ours |
//! | [`host`] | what is around the application: its own page, or one that embeds it | nothing of ours |
//! | [`remote`], [`query`] | values kept fresh while their view is there | `session` |
//! | [`ops`] | the operation engine: plan, confirm, send once, verify by reading back | `api`, `domain` |
//! | [`operations`] | that engine in the application | `ops`, `session` |
//! | [`drafts`] | edits that are not saved, kept for the tab | `domain`, `session` |
//! | [`i18n`] | every text, in two languages | `domain` |
//! | [`follow`] | which containers are followed, and the life of each stream | `api`, `log_view::core` |
//! | [`log_view`] | a log on the screen: frames, virtual rows, selection, keys | `logs`, `follow` |
//! | [`dock`] | log views in tabs, over all pages | all above and `components` |
//! | [`components`] | what two pages share | all above |
//! | [`pages`] | one module per page | all above |
//! | [`parts`] | doors to what is loaded later | all above |
//! | [`telling`], [`crash`] | what the page around hears; what a panic looks like | `ops` |
//! | [`app`] | providers, frame and choice of page; `mount` for the boot script | all |

pub mod api;
pub mod app;
pub mod clipboard;
pub mod clock;
pub mod components;
pub mod config;
pub mod crash;
pub mod dock;
pub mod domain;
pub mod drafts;
pub mod effect;
pub mod follow;
pub mod frame;
pub mod host;
pub mod i18n;
pub mod log_view;
pub mod logs;
pub mod nav;
pub mod operations;
pub mod ops;
pub mod outage;
pub mod pages;
pub mod parts;
pub mod prefs;
pub mod query;
pub mod remote;
pub mod route;
pub mod session;
pub mod storage;
pub mod telling;
pub mod theme;
