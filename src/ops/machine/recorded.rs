//! What of an operation's life is written down, and an operation made of it again; see [`crate::ops::saved`].

use serde::{Deserialize, Serialize};

use super::{Aftercare, OpId, Operation, Phase};
use crate::api::ApiError;
use crate::ops::outcome::Note;
use crate::ops::plan::Facts;
use crate::ops::timestamp::Timestamp;
use crate::ops::verify::Rules;

/// The times of an operation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in crate::ops) struct Times {
    pub created: Timestamp,
    pub confirmed: Option<Timestamp>,
    pub sent: Option<Timestamp>,
    pub answered: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    /// When the present watch began.
    pub watch: Timestamp,
}

/// What is known of an operation beside what it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::ops) struct History {
    pub times: Times,
    pub doubt: Option<ApiError>,
    pub notes: Vec<(Timestamp, Note)>,
    pub aftercare: Option<(Aftercare, Timestamp)>,
}

impl Operation {
    /// An operation from before a reload; its number is given by the registry.
    pub(in crate::ops) fn recorded(facts: Facts, rules: Rules, phase: Phase, history: History) -> Self {
        let History { times, doubt, notes, aftercare } = history;
        let Times { created, confirmed, sent, answered, ended, watch } = times;
        let draft = Self::draft(OpId(0), None, facts, rules, created);
        Self { phase, confirmed, sent, answered, ended, watch, doubt, notes, aftercare, ..draft }
    }

    /// What is written down of it.
    pub(in crate::ops) fn history(&self) -> History {
        let times = Times {
            created: self.created,
            confirmed: self.confirmed,
            sent: self.sent,
            answered: self.answered,
            ended: self.ended,
            watch: self.watch,
        };
        History { times, doubt: self.doubt.clone(), notes: self.notes.clone(), aftercare: self.aftercare }
    }
}
