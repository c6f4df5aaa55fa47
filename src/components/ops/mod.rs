//! Operations as people see them: the review before anything is sent, the tray that follows what is under way, and the
//! words for every outcome, refusal and warning.

mod allowed;
mod changes;
mod line;
mod problem;
mod revert;
mod review;
mod tray;
pub mod words;

pub use allowed::{AroundStatus, RefusalLine, use_refusal};
pub use line::OperationLine;
pub use problem::ProblemLine;
pub use review::ReviewDialog;
pub use tray::Tray;
