//! The words for what the engine says in values.

use crate::api::ErrorKind;
use crate::components::icon::Icon;
use crate::domain::image::ImageProblem;
use crate::domain::state::Health;
use crate::i18n::{Language, Messages, explain_closely, fill, fill_count, missing_permission};
use crate::ops::{
    Danger, Failure, Ignored, Kind, Note, Object, Operation, Outcome, Phase, Problem, Refused, Stale, Target,
    Warning, Why, WorkloadRef,
};

/// The name of a kind of operation.
pub(crate) const fn kind(messages: &Messages, kind: Kind) -> &'static str {
    let t = messages.ops();
    match kind {
        Kind::Scale { .. } => t.scale,
        Kind::Restart => t.restart,
        Kind::RestartPod => t.restart_pod,
        Kind::UpdateImage => t.update_image,
        Kind::AddServices => messages.labels().add_services,
        Kind::UpdateServices => t.update_services,
        Kind::RemoveServices => t.remove_services,
        Kind::UpdateVariables => t.update_variables,
        Kind::CreateConfig => t.create_config,
        Kind::UpdateConfig => t.update_config,
        Kind::DeleteConfig => t.delete_config,
        Kind::CreateEnvironment => t.create_environment,
        Kind::EditEnvironment => t.edit_environment,
        Kind::DeleteEnvironment => t.delete_environment,
        Kind::EnableSharing => t.enable_sharing,
        Kind::DisableSharing => t.disable_sharing,
        Kind::SetPortal => t.set_portal,
        Kind::RemovePortal => t.remove_portal,
    }
}

/// Where an operation acts: `dev / api`.
pub(crate) fn target(target: &Target) -> String {
    match &target.object {
        Object::Environment | Object::Variables | Object::Sharing => target.env.key.clone(),
        Object::Services(names) => format!("{} / {}", target.env.key, names.join(", ")),
        _ => format!("{} / {}", target.env.key, target.name()),
    }
}

pub(super) fn workload(workload: &WorkloadRef) -> String {
    format!("{} {}", workload.kind, workload.name)
}

fn workloads(list: &[WorkloadRef]) -> String {
    list.iter().map(workload).collect::<Vec<_>>().join(", ")
}

/// Why a name has to be typed.
pub(crate) const fn danger(t: &Messages, danger: Danger) -> &'static str {
    match danger {
        Danger::Production => t.ops().danger_production,
        Danger::ScaleToZero => t.ops().danger_zero,
        Danger::Delete => t.ops().danger_delete,
        Danger::SharingOff => t.ops().danger_sharing,
    }
}

/// What to know before saying yes.
pub(crate) fn warning(t: &Messages, warning: &Warning) -> String {
    let (t, l) = (t.ops(), t.lifecycle());
    match warning {
        Warning::ToZero => t.warn_zero.to_owned(),
        Warning::LargeJump { from, to } => {
            fill(t.warn_jump, &[("from", &from.to_string()), ("to", &to.to_string())])
        }
        Warning::OldValueUntilRestart => t.warn_old_value.to_owned(),
        Warning::MayDoNothing => t.warn_nothing.to_owned(),
        Warning::OnlyFirstRestarts { restarts, others } => {
            fill(t.warn_first, &[("restarts", &workload(restarts)), ("others", &workloads(others))])
        }
        Warning::OtherRepository { container, old, new } => {
            fill(t.warn_repository, &[("container", container), ("old", old), ("new", new)])
        }
        Warning::FloatingTag { container } => fill(t.warn_floating, &[("container", container)]),
        Warning::NewestTemplate { service } => fill(t.warn_newest, &[("service", service)]),
        Warning::Unbound { service, keys } => {
            fill(t.warn_unbound, &[("service", service), ("keys", &keys.join(", "))])
        }
        Warning::DeletesResources => t.warn_deletes.to_owned(),
        Warning::KeepMayBeIgnored => t.warn_keep.to_owned(),
        Warning::NamespaceGoes { namespace } => fill(l.warn_namespace_goes, &[("namespace", namespace)]),
        Warning::NamespaceShared { namespace, by } => {
            fill(l.warn_namespace_shared, &[("namespace", namespace), ("names", &by.join(", "))])
        }
        Warning::ResourcesStay => l.warn_stay.to_owned(),
        Warning::SubEnvironmentsGo { certain: true } => l.warn_subs.to_owned(),
        Warning::SubEnvironmentsGo { certain: false } => l.warn_subs_maybe.to_owned(),
        Warning::StartsEmpty => l.warn_empty.to_owned(),
        Warning::SubEnvironmentMayBeIgnored => l.warn_sub_env.to_owned(),
        Warning::Other(text) => (*text).to_owned(),
    }
}

/// Why there is no plan.
pub(crate) fn problem(t: &Messages, language: Language, problem: &Problem) -> String {
    let o = t.ops();
    let named = |template: &str, name: &str| fill(template, &[("name", name)]);
    match problem {
        Problem::NotInProduction => o.problem_production.to_owned(),
        Problem::EnvironmentIs(status) => super::allowed::refused_by_state(t, language, status),
        Problem::UnknownWorkload(of) => named(o.problem_workload, &workload(of)),
        Problem::CannotScale(kind) => fill(o.problem_scale, &[("kind", kind.as_str())]),
        Problem::NoImageCall(kind) => fill(o.problem_image_call, &[("kind", kind.as_str())]),
        Problem::UnknownContainer(name) => named(o.problem_container, name),
        Problem::Twice(name) => named(o.problem_twice, name),
        Problem::Image { container, problem } => {
            fill(o.problem_image, &[("container", container), ("problem", &image_problem(t, problem))])
        }
        Problem::NothingToChange => o.problem_nothing.to_owned(),
        Problem::NothingChosen => o.problem_none.to_owned(),
        Problem::NothingRestarts => o.problem_restarts.to_owned(),
        Problem::UnknownPod(name) | Problem::NotThere(name) => named(o.problem_not_there, name),
        Problem::AlreadyThere(name) => named(o.problem_there, name),
        Problem::NoTemplate(name) => named(o.problem_template, name),
        Problem::Masked => o.problem_masked.to_owned(),
    }
}

/// What is wrong with an image reference.
pub(crate) fn image_problem(t: &Messages, problem: &ImageProblem) -> String {
    let t = t.ops();
    let part = |template: &str, part: &str| fill(template, &[("part", &format!("“{part}”"))]);
    match problem {
        ImageProblem::Empty => t.image_empty.to_owned(),
        ImageProblem::Space => t.image_space.to_owned(),
        ImageProblem::Registry(text) => part(t.image_registry, text),
        ImageProblem::Repository(text) => part(t.image_repository, text),
        ImageProblem::UpperCase(text) => part(t.image_case, text),
        ImageProblem::TooLong => t.image_long.to_owned(),
        ImageProblem::Tag(text) => part(t.image_tag, text),
        ImageProblem::Digest(text) => part(t.image_digest, text),
    }
}

/// Why an operation cannot be made or was not begun.
pub(crate) fn refused(t: &Messages, why: &Refused, busy: Option<&str>) -> String {
    let o = t.ops();
    match why {
        Refused::ReadOnly => o.refused_read_only.to_owned(),
        Refused::Busy { .. } => fill(o.refused_busy, &[("what", busy.unwrap_or("…"))]),
        Refused::Unsendable(problem) => fill(o.refused_unsendable, &[("problem", problem)]),
        Refused::Stale(stale) => fill(o.refused_stale, &[("what", &stale_text(t, stale))]),
        Refused::Unreachable(_) => o.refused_unreachable.to_owned(),
        Refused::Ignored(Ignored::NameDiffers) => o.refused_name.to_owned(),
        Refused::Reloaded => o.cancelled_by_reload.to_owned(),
        Refused::Unknown | Refused::Ignored(_) => o.refused_other.to_owned(),
    }
}

fn stale_text(t: &Messages, stale: &Stale) -> String {
    let o = t.ops();
    let named = |template: &str, name: &str| fill(template, &[("name", name)]);
    match stale {
        Stale::WorkloadGone(name) => named(o.problem_workload, name),
        Stale::ContainerGone(name) => named(o.problem_container, name),
        Stale::ServiceGone(name) => named(o.problem_not_there, name),
        Stale::ServiceThere(name) => named(o.problem_there, name),
        Stale::Changed => o.stale_changed.to_owned(),
    }
}

/// Where an operation stands, with its colour, icon and one line of text.
pub(crate) struct Standing {
    /// How urgent it is.
    pub health: Health,
    /// Its picture.
    pub icon: Icon,
    /// What to read first.
    pub title: String,
    /// What goes with it.
    pub detail: Option<String>,
}

/// Puts an operation's phase into words. `now` is in unix milliseconds.
pub(crate) fn standing(t: &Messages, op: &Operation, now: u64) -> Standing {
    let o = t.ops();
    let busy = |title: String, detail: Option<String>| Standing {
        health: Health::Busy,
        icon: Icon::Busy,
        title,
        detail,
    };
    match &op.phase {
        Phase::Draft | Phase::Confirm => busy(o.in_review.to_owned(), None),
        Phase::Grace { until } => {
            let seconds = until.millis().saturating_sub(now).div_ceil(1000);
            busy(fill(o.grace, &[("n", &seconds.to_string())]), None)
        }
        Phase::Queued => busy(o.queued.to_owned(), None),
        Phase::Sending { step } if op.facts.steps() > 1 => {
            let values = [("n", (step + 1).to_string()), ("of", op.facts.steps().to_string())];
            busy(fill(o.sending_of, &[("n", &values[0].1), ("of", &values[1].1)]), None)
        }
        Phase::Sending { .. } => busy(o.sending.to_owned(), None),
        Phase::Converging(progress) => {
            let has_pods = !progress.old.is_empty() || !progress.new.is_empty();
            let title = match (op.doubt.is_some(), progress.desired) {
                (true, _) => o.doubt.to_owned(),
                (false, 0) => o.converging_plain.to_owned(),
                (false, desired) => {
                    let values = matches!(op.facts.kind, Kind::UpdateServices | Kind::UpdateVariables);
                    let text = if values && has_pods { o.converging_values } else { o.converging };
                    fill(text, &[("ready", &progress.ready.to_string()), ("all", &desired.to_string())])
                }
            };
            let pods = has_pods.then(|| {
                let old = fill(o.old_pods, &[("n", &progress.old.len().to_string())]);
                let new = fill(o.new_pods, &[("n", &progress.new.len().to_string())]);
                format!("{new}, {old}")
            });
            let reason = progress.reason.as_ref().map(|reason| format!("{} {}", reason.word, reason.message));
            let waiting = (!progress.waiting.is_empty()).then(|| progress.waiting.join(", "));
            let parts: Vec<String> = [pods, reason, waiting].into_iter().flatten().collect();
            busy(title, (!parts.is_empty()).then(|| parts.join(" · ")))
        }
        Phase::Ended(Outcome::Unverifiable) if op.doubt.is_some() => Standing {
            health: Health::Unknown,
            icon: Icon::of_health(Health::Unknown),
            title: o.unverifiable_lost.to_owned(),
            detail: None,
        },
        Phase::Ended(outcome) => ended(t, op, outcome),
    }
}

fn ended(t: &Messages, op: &Operation, outcome: &Outcome) -> Standing {
    let o = t.ops();
    let say = |health, title: &str, detail: Option<String>| Standing {
        health,
        icon: Icon::of_health(health),
        title: title.to_owned(),
        detail,
    };
    match outcome {
        Outcome::Verified => say(Health::Ok, o.verified, None),
        Outcome::NothingChanged(why) => {
            let detail = match why {
                Why::OnlyAccepted => o.nothing_only_accepted,
                Why::AnswerLost(_) => o.nothing_lost,
                Why::TargetMissing => o.nothing_missing,
            };
            say(Health::Degraded, o.nothing_changed, Some(detail.to_owned()))
        }
        Outcome::Failed(Failure::Refused { error, .. })
            if op.facts.kind == Kind::RestartPod && error.kind == ErrorKind::NotFound =>
        {
            say(Health::Degraded, o.pod_gone, Some(o.pod_gone_detail.to_owned()))
        }
        Outcome::Failed(why) => {
            // What fails is what follows from them, perhaps for a reason that was there before.
            let saved = op.facts.kind == Kind::UpdateVariables
                && matches!(why, Failure::Rollout(_) | Failure::Environment { .. });
            let saved = if saved { o.values_saved } else { "" };
            say(Health::Failed, o.failed, Some(format!("{saved}{}", failure(t, why))))
        }
        Outcome::GaveUp(_) => {
            let title = fill(o.gave_up, &[("n", &op.watch_minutes().to_string())]);
            say(Health::Degraded, &title, None)
        }
        Outcome::Unverifiable => say(Health::Unknown, o.unverifiable, None),
        Outcome::Lost => say(Health::Unknown, o.lost, Some(o.lost_detail.to_owned())),
        Outcome::Cancelled => say(Health::Idle, o.cancelled, None),
        Outcome::NotSent(Refused::Reloaded) => say(Health::Idle, o.cancelled_by_reload, None),
        Outcome::NotSent(why) => say(Health::Failed, o.not_sent, Some(refused(t, why, None))),
    }
}

/// Why an operation failed.
pub(crate) fn failure(t: &Messages, failure: &Failure) -> String {
    let o = t.ops();
    match failure {
        Failure::Refused { error, done, of } => {
            let uses: Vec<String> = error
                .sub_env_uses()
                .into_iter()
                .map(|one| {
                    fill(o.used_by_sub, &[("service", &one.service), ("names", &one.environments.join(", "))])
                })
                .collect();
            let title = match (done, *of > 1) {
                (0, _) | (_, false) => o.failed_refused.to_owned(),
                (done, true) => fill_count(o.failed_refused_partly, *of, &[("done", &done.to_string())]),
            };
            let words = explain_closely(t, error, false);
            let said = error.message.iter().map(|text| text.trim_end_matches([':', ' ']).to_owned());
            let advice = error.refusal().map(|_| words.advice.to_owned());
            let advice = advice.or_else(|| missing_permission(t, error));
            let details = advice
                .into_iter()
                .chain(said)
                .chain(error.details())
                .chain(uses)
                .collect::<Vec<_>>()
                .join(" · ");
            let status = error.status.map(|status| format!(" ({status})")).unwrap_or_default();
            format!("{title}: {}{status}. {details}", words.title)
        }
        Failure::Rollout(reason) => {
            let code = reason
                .exit_code
                .map(|code| format!(", {}", fill(t.environment().exit_code, &[("code", &code.to_string())])));
            let place = match &reason.container {
                Some(container) => format!("{} / {container}", reason.pod),
                None => reason.pod.clone(),
            };
            let text = format!("{}{} · {place} · {}", reason.word, code.unwrap_or_default(), reason.message);
            fill(o.failed_rollout, &[("reason", text.trim_end_matches([' ', '·']))])
        }
        Failure::Environment { waiting, reason } => {
            let names =
                (!waiting.is_empty()).then(|| fill(o.failed_waiting, &[("names", &waiting.join(", "))]));
            let reason = reason.as_ref().map(|reason| format!("{} {}", reason.word, reason.message));
            [Some(o.failed_environment.to_owned()), names, reason]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ")
        }
        Failure::Partly { done, of } => fill_count(o.failed_partly, *of, &[("done", &done.to_string())]),
        Failure::Reverted { to } => fill(o.failed_reverted, &[("to", &to.to_string())]),
        Failure::ContainerAdded { container } => fill(o.failed_container, &[("name", container)]),
    }
}

/// Something seen after the end.
pub(crate) fn note(t: &Messages, note: &Note) -> String {
    let t = t.ops();
    match note {
        Note::DriftedBack { to } => fill(t.note_drifted, &[("to", &to.to_string())]),
        Note::Recovered => t.note_recovered.to_owned(),
        Note::ChangedLater => t.note_later.to_owned(),
    }
}
