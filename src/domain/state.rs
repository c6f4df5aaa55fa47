//! One map from every status word the server has to an icon, a word and a colour.
//!
//! The server names the same state differently in different places (`success` and `succeeded`, `failed` and `error`,
//! `Running` and `running`; contract section 1). All of them fold here; the raw word is kept for the tooltip, and a word
//! nobody knows yet is shown as it came.

/// How urgent a state is; decides icon and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// Needs somebody.
    Failed,
    /// Works in part.
    Degraded,
    /// A word this client does not know, or the server's own `unknown`.
    Unknown,
    /// On its way by itself.
    Busy,
    /// Deliberately not running.
    Idle,
    /// As it should be.
    Ok,
}

impl Health {
    /// The class that sets the colours (`style/state.css`).
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Failed => "tone-bad",
            Self::Degraded => "tone-warn",
            Self::Unknown => "tone-odd",
            Self::Busy => "tone-busy",
            Self::Idle => "tone-idle",
            Self::Ok => "tone-ok",
        }
    }

    /// Whether somebody should look at it.
    pub const fn is_problem(self) -> bool {
        matches!(self, Self::Failed | Self::Degraded | Self::Unknown)
    }
}

/// The words of the interface for states, translated in `i18n::states`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is its own word")]
pub enum Word {
    Success,
    Running,
    Creating,
    Updating,
    Deleting,
    Sleeping,
    Unstable,
    NotStarted,
    Pending,
    Failed,
    Error,
    Unknown,
    Completed,
    Terminating,
    NotReady,
    Waiting,
    Terminated,
    Scheduled,
    Suspended,
    PartlySuspended,
    NoState,
    /// A word the server has and this client does not: shown raw.
    Raw,
}

/// A folded state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// How urgent it is.
    pub health: Health,
    /// The word to show.
    pub word: Word,
    /// What the server said.
    pub raw: String,
}

impl State {
    fn new(health: Health, word: Word, raw: &str) -> Self {
        Self { health, word, raw: raw.to_owned() }
    }

    /// The state of an environment with what else is known: how many of its services have problems, and whether Zadig does
    /// not reach its cluster, so that all it says is old. The word stays Zadig's own.
    pub fn with(mut self, problems: usize, cluster_lost: bool) -> Self {
        if self.health == Health::Ok && problems > 0 {
            self.health = Health::Degraded;
        }
        if cluster_lost && matches!(self.health, Health::Ok | Health::Degraded) {
            self.health = Health::Unknown;
        }
        self
    }

    /// Whether it is a state that ends by itself, so that the page should look often.
    pub fn is_moving(&self) -> bool {
        self.health == Health::Busy
    }
}

/// Folds the `status` of an environment (E01-E04).
pub fn of_environment(raw: &str) -> State {
    let (health, word) = match raw.to_ascii_lowercase().as_str() {
        "success" | "succeeded" => (Health::Ok, Word::Success),
        "running" => (Health::Ok, Word::Running),
        "creating" => (Health::Busy, Word::Creating),
        "updating" => (Health::Busy, Word::Updating),
        "deleting" => (Health::Busy, Word::Deleting),
        "sleeping" => (Health::Idle, Word::Sleeping),
        "unstable" => (Health::Degraded, Word::Unstable),
        "failed" => (Health::Failed, Word::Failed),
        "error" => (Health::Failed, Word::Error),
        "unknown" => (Health::Unknown, Word::Unknown),
        "" => (Health::Unknown, Word::NoState),
        _ => (Health::Unknown, Word::Raw),
    };
    State::new(health, word, raw)
}

/// Folds the `status` of a service in an environment (E03, E04).
pub fn of_service(raw: &str) -> State {
    let (health, word) = match raw.to_ascii_lowercase().as_str() {
        "running" => (Health::Ok, Word::Running),
        "success" | "succeeded" => (Health::Ok, Word::Completed),
        "unstable" => (Health::Degraded, Word::Unstable),
        "unstart" => (Health::Idle, Word::NotStarted),
        "failed" => (Health::Failed, Word::Failed),
        "error" => (Health::Failed, Word::Error),
        "pending" | "creating" => (Health::Busy, Word::Pending),
        "updating" => (Health::Busy, Word::Updating),
        "allsuspend" => (Health::Idle, Word::Suspended),
        "partsuspend" => (Health::Idle, Word::PartlySuspended),
        "nosuspend" => (Health::Ok, Word::Scheduled),
        "unknown" => (Health::Unknown, Word::Unknown),
        // No group matched on the server: a Helm project, or the cluster did not answer.
        "" => (Health::Unknown, Word::NoState),
        _ => (Health::Unknown, Word::Raw),
    };
    State::new(health, word, raw)
}

/// Folds the `status` of a pod; readiness stands apart from the phase, so a running pod that is not ready says so.
pub fn of_pod(raw: &str, ready: bool) -> State {
    let (health, word) = match raw.to_ascii_lowercase().as_str() {
        // "Unstable" is Zadig's word for a container that does not run; an init container that is over does not have to.
        "running" | "unstable" if ready => (Health::Ok, Word::Running),
        "running" => (Health::Degraded, Word::NotReady),
        "pending" => (Health::Busy, Word::Pending),
        "succeeded" | "completed" => (Health::Ok, Word::Completed),
        "failed" => (Health::Failed, Word::Failed),
        "terminating" => (Health::Busy, Word::Terminating),
        "unstable" => (Health::Degraded, Word::Unstable),
        "unknown" | "" => (Health::Unknown, Word::Unknown),
        _ => (Health::Unknown, Word::Raw),
    };
    State::new(health, word, raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_same_state_fold_together() {
        assert_eq!(of_environment("success").word, of_environment("Succeeded").word);
        assert_eq!(of_environment("failed").health, of_environment("error").health);
        assert_eq!(of_service("Running").word, of_service("running").word);
    }

    #[test]
    fn a_word_nobody_knows_is_kept_as_it_came() {
        let state = of_environment("Hibernating");
        assert_eq!((state.word, state.raw.as_str()), (Word::Raw, "Hibernating"));
        assert!(state.health.is_problem());
    }

    #[test]
    fn a_running_pod_that_is_not_ready_is_a_problem() {
        assert_eq!(of_pod("Running", true).health, Health::Ok);
        assert_eq!(of_pod("Running", false).word, Word::NotReady);
        assert_eq!(of_pod("Unstable", true).health, Health::Ok, "only an init container is over");
        assert_eq!(of_pod("Unstable", false).health, Health::Degraded);
    }

    #[test]
    fn every_service_word_of_the_contract_has_a_word_of_ours() {
        for raw in [
            "running",
            "unstable",
            "unstart",
            "error",
            "succeeded",
            "failed",
            "pending",
            "unknown",
            "allsuspend",
            "partsuspend",
            "nosuspend",
            "",
        ] {
            assert_ne!(of_service(raw).word, Word::Raw, "{raw}");
        }
    }

    #[test]
    fn every_environment_word_of_the_contract_has_a_word_of_ours() {
        for raw in [
            "creating", "success", "failed", "updating", "deleting", "sleeping", "unknown", "unstable",
            "error",
        ] {
            assert_ne!(of_environment(raw).word, Word::Raw, "{raw}");
        }
    }
}
