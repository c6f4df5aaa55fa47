//! Words for what is wrong with a variable, and values as one line.

use crate::api::VariableValue;
use crate::components::editor;
use crate::domain::variables::Fault;
use crate::i18n::{Messages, fill};

/// Why Zadig would refuse a row.
pub(crate) fn fault(messages: &Messages, fault: &Fault) -> String {
    let t = messages.variables();
    match fault {
        Fault::NotAnOption => t.not_an_option.to_owned(),
        Fault::NotBool => t.not_bool.to_owned(),
        Fault::Yaml(problem) => {
            let message = editor::words::fault(messages, &problem.fault);
            let (line, column) = (problem.place.line.to_string(), problem.place.column.to_string());
            fill(t.not_yaml, &[("line", &line), ("column", &column), ("message", &message)])
        }
        Fault::NotDefined => t.not_defined.to_owned(),
        Fault::Taken(services) => fill(t.taken, &[("services", &services.join(", "))]),
    }
}

/// A value as it stands in a sentence: a word for what is not there and for an empty text.
pub(crate) fn value(t: &Messages, value: Option<&VariableValue>) -> String {
    match value.map(VariableValue::to_text) {
        None => t.ops().not_there.to_owned(),
        Some(text) if text.is_empty() => t.ops().unset.to_owned(),
        Some(text) => text,
    }
}

/// A text of several lines as one, for a preview.
pub(crate) fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ↵ ")
}
