//! Operations as people see them: the review before anything is sent, the tray that follows what is under way, and the
//! words for every outcome, refusal and warning.

mod allowed;
mod changes;
mod line;
mod problem;
mod revert;
mod review;
mod tray;
pub(crate) mod words;

pub(crate) use allowed::{AroundStatus, RefusalLine, use_refusal};
pub(crate) use line::OperationLine;
pub(crate) use problem::ProblemLine;
pub(crate) use review::ReviewDialog;
pub(crate) use tray::Tray;
