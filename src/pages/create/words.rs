//! Steps and issues in words.

use crate::components::editor::words::fault;
use crate::components::icon::Icon;
use crate::domain::create::{Issue, ObjectProblem};
use crate::i18n::{Messages, fill};
use crate::route::CreateStep;

/// The name of a step.
pub(crate) const fn step(t: &Messages, step: CreateStep) -> &'static str {
    let t = t.create();
    match step {
        CreateStep::Basics => t.step_basics,
        CreateStep::Services => t.step_services,
        CreateStep::Variables => t.step_variables,
        CreateStep::Configs => t.step_configs,
        CreateStep::Review => t.step_review,
    }
}

/// What is wrong with a field, or to be known about it.
pub(crate) fn issue(messages: &Messages, issue: &Issue) -> String {
    let t = messages.create();
    let text = match issue {
        Issue::Missing => t.issue_missing,
        Issue::NameForm => t.issue_name_form,
        Issue::NameReserved => t.issue_name_reserved,
        Issue::NameTaken { production: false } => t.issue_name_taken,
        Issue::NameTaken { production: true } => t.issue_name_taken_production,
        Issue::NamespaceForm => t.issue_namespace_form,
        Issue::NamespaceLong => t.issue_namespace_long,
        Issue::NamespaceRefused => t.issue_namespace_refused,
        Issue::NamespaceShared { by } => {
            return fill(t.issue_namespace_shared, &[("names", &by.join(", "))]);
        }
        Issue::BaseSleeps => t.issue_base_sleeps,
        Issue::NotDefined => t.issue_not_defined,
        Issue::NotAnOption => t.issue_option,
        Issue::Invalid(problem) => {
            let (line, words) = (problem.place.line.to_string(), fault(messages, &problem.fault));
            return fill(t.issue_line, &[("line", &line), ("words", &words)]);
        }
        Issue::Dropped => t.issue_dropped,
        Issue::Twice => t.issue_twice,
        Issue::Object(problem) => match problem {
            ObjectProblem::Empty => t.issue_object_empty,
            ObjectProblem::Several => t.issue_object_several,
            ObjectProblem::NoKind => t.issue_object_no_kind,
            ObjectProblem::NoName => t.issue_object_no_name,
            ObjectProblem::OtherKind(kind) => return fill(t.issue_object_kind, &[("kind", kind)]),
        },
    };
    text.to_owned()
}

/// The picture of a step by whether something in it is to be fixed.
pub(crate) const fn icon(problems: usize) -> Icon {
    match problems {
        0 => Icon::Check,
        _ => Icon::Alert,
    }
}
