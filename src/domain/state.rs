//! What every status of the server means: how urgent it is, and which word is shown for it.
//!
//! The server names the same state differently in different places (`success` and `succeeded`, `failed` and `error`;
//! contract section 1). Here they have the same meaning; the server's word is kept for the tooltip, and a word nobody knows
//! yet is shown as it came.

use crate::api::environments::{EnvStatus, ServiceStatus};
use crate::api::services::PodStatus;

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

/// What a status means.
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

/// The state of an environment, by its `status` (E01-E04).
pub fn of_environment(status: &EnvStatus) -> State {
    let (health, word) = match status {
        EnvStatus::Success | EnvStatus::Succeeded => (Health::Ok, Word::Success),
        EnvStatus::Running => (Health::Ok, Word::Running),
        EnvStatus::Creating => (Health::Busy, Word::Creating),
        EnvStatus::Updating => (Health::Busy, Word::Updating),
        EnvStatus::Deleting => (Health::Busy, Word::Deleting),
        EnvStatus::Sleeping => (Health::Idle, Word::Sleeping),
        EnvStatus::Unstable => (Health::Degraded, Word::Unstable),
        EnvStatus::Failed => (Health::Failed, Word::Failed),
        EnvStatus::Error => (Health::Failed, Word::Error),
        EnvStatus::Unknown => (Health::Unknown, Word::Unknown),
        EnvStatus::Unset => (Health::Unknown, Word::NoState),
        EnvStatus::Other(_) => (Health::Unknown, Word::Raw),
    };
    State::new(health, word, status.as_str())
}

/// The state of a service in an environment, by its `status` (E03, E04).
pub fn of_service(status: &ServiceStatus) -> State {
    let (health, word) = match status {
        ServiceStatus::Running => (Health::Ok, Word::Running),
        ServiceStatus::Succeeded => (Health::Ok, Word::Completed),
        ServiceStatus::Unstable => (Health::Degraded, Word::Unstable),
        ServiceStatus::NotStarted => (Health::Idle, Word::NotStarted),
        ServiceStatus::Failed => (Health::Failed, Word::Failed),
        ServiceStatus::Error => (Health::Failed, Word::Error),
        ServiceStatus::Pending => (Health::Busy, Word::Pending),
        ServiceStatus::Updating => (Health::Busy, Word::Updating),
        ServiceStatus::AllSuspended => (Health::Idle, Word::Suspended),
        ServiceStatus::PartlySuspended => (Health::Idle, Word::PartlySuspended),
        ServiceStatus::NotSuspended => (Health::Ok, Word::Scheduled),
        ServiceStatus::Unknown => (Health::Unknown, Word::Unknown),
        // No group matched on the server: a Helm project, or the cluster did not answer.
        ServiceStatus::Unset => (Health::Unknown, Word::NoState),
        ServiceStatus::Other(_) => (Health::Unknown, Word::Raw),
    };
    State::new(health, word, status.as_str())
}

/// The state of a pod, by its `status`; readiness stands apart from the phase, so a running pod that is not ready says so.
pub fn of_pod(status: &PodStatus, ready: bool) -> State {
    let (health, word) = match status {
        // "Unstable" is Zadig's word for a container that does not run; an init container that is over does not have to.
        PodStatus::Running | PodStatus::Unstable if ready => (Health::Ok, Word::Running),
        PodStatus::Running => (Health::Degraded, Word::NotReady),
        PodStatus::Unstable => (Health::Degraded, Word::Unstable),
        PodStatus::Pending => (Health::Busy, Word::Pending),
        PodStatus::Succeeded | PodStatus::Completed => (Health::Ok, Word::Completed),
        PodStatus::Failed => (Health::Failed, Word::Failed),
        PodStatus::Terminating => (Health::Busy, Word::Terminating),
        PodStatus::Unknown => (Health::Unknown, Word::Unknown),
        PodStatus::Other(_) => (Health::Unknown, Word::Raw),
    };
    State::new(health, word, status.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(word: &str) -> State {
        of_environment(&EnvStatus::from(word))
    }

    fn service(word: &str) -> State {
        of_service(&ServiceStatus::from(word))
    }

    #[test]
    fn words_for_the_same_state_have_the_same_meaning() {
        assert_eq!(environment("success").word, environment("Succeeded").word);
        assert_eq!(environment("failed").health, environment("error").health);
        assert_eq!(service("Running").word, service("running").word);
        assert_eq!(service("success").word, service("succeeded").word);
    }

    #[test]
    fn a_word_nobody_knows_is_kept_as_it_came() {
        let pod = of_pod(&PodStatus::from("Hibernating"), true);
        for state in [environment("Hibernating"), service("Hibernating"), pod] {
            assert_eq!((state.word, state.raw.as_str()), (Word::Raw, "Hibernating"));
            assert!(state.health.is_problem());
        }
    }

    #[test]
    fn a_running_pod_that_is_not_ready_is_a_problem() {
        assert_eq!(of_pod(&PodStatus::Running, true).health, Health::Ok);
        assert_eq!(of_pod(&PodStatus::Running, false).word, Word::NotReady);
        assert_eq!(of_pod(&PodStatus::Unstable, true).health, Health::Ok, "only an init container is over");
        assert_eq!(of_pod(&PodStatus::Unstable, false).health, Health::Degraded);
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
            assert_ne!(service(raw).word, Word::Raw, "{raw}");
        }
    }

    #[test]
    fn every_environment_word_of_the_contract_has_a_word_of_ours() {
        for raw in [
            "creating", "success", "failed", "updating", "deleting", "sleeping", "unknown", "unstable",
            "error",
        ] {
            assert_ne!(environment(raw).word, Word::Raw, "{raw}");
        }
    }

    #[test]
    fn an_environment_looks_as_the_operations_take_it() {
        for word in [
            "creating",
            "success",
            "succeeded",
            "running",
            "failed",
            "error",
            "updating",
            "deleting",
            "sleeping",
            "unstable",
            "unknown",
            "",
            "hibernating",
        ] {
            let (status, health) = (EnvStatus::from(word), environment(word).health);
            assert_eq!(status.is_success(), health == Health::Ok, "{word}");
            assert_eq!(status.is_failed(), health == Health::Failed, "{word}");
            assert_eq!(status.is_moving(), health == Health::Busy, "{word}");
        }
    }
}
