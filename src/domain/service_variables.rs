//! The variables of a service in an environment: what is known of them, what an edit sends, and whether somebody else
//! changed them meanwhile.
//!
//! The API tells the template's defaults and which variables follow a global one, never the value of any other (contract,
//! `E03`). What is not edited is therefore not sent (contract 6.4), and a change made by others shows in what is rendered
//! (`H9`, servers from v4.0.0) or, on older servers, only as an update of the environment.

use std::collections::{BTreeMap, BTreeSet};

use super::conflict::{Comparison, compare};
use crate::api::environments::Environment;
use crate::api::services::ServiceUpdate;
use crate::api::{Variable, VariableValue};

/// What the user made of a variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A value of its own.
    Own(VariableValue),
    /// The global variable's value.
    Follow,
}

/// Edits by key. What is not here keeps its value and its binding.
pub type Edits = BTreeMap<String, Edit>;

/// What is known of one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The variable as the template defines it.
    pub variable: Variable,
    /// The global variable's value, where the environment has one of this name.
    pub global: Option<VariableValue>,
    /// Whether this service takes it.
    pub bound: bool,
}

impl Row {
    /// The value in use, where it is known: that of the global variable it follows.
    pub fn in_use(&self) -> Option<&VariableValue> {
        self.global.as_ref().filter(|_| self.bound)
    }

    /// What an edit makes of it: bound or not, and the value as far as it is known.
    fn with<'a>(&'a self, edit: &'a Edit) -> (bool, Option<&'a VariableValue>) {
        match edit {
            Edit::Own(value) => (false, Some(value)),
            Edit::Follow => (true, self.global.as_ref()),
        }
    }

    fn stored(&self) -> (bool, Option<&VariableValue>) {
        (self.bound, self.in_use())
    }
}

/// The variables of a service, as its template has them.
pub fn rows(environment: &Environment, service: &str) -> Vec<Row> {
    let row = |variable: &Variable| {
        let global = environment.global_variables.iter().find(|one| one.key == variable.key);
        Row {
            variable: variable.clone(),
            bound: global.is_some_and(|one| one.related_services.iter().any(|name| name == service)),
            global: global.map(|one| one.value.clone()),
        }
    };
    template(environment, service).iter().map(row).collect()
}

fn template<'a>(environment: &'a Environment, service: &str) -> &'a [Variable] {
    let summary = environment.services.iter().find(|one| one.name == service);
    summary.map(|one| one.template_variables.as_slice()).unwrap_or_default()
}

/// The keys of a service that follow a global variable: an update that does not send them unbinds them (contract 6.4).
pub fn bound_keys(environment: &Environment, service: &str) -> BTreeSet<String> {
    let bound = environment.global_variables.iter();
    let bound = bound.filter(|one| one.related_services.iter().any(|name| name == service));
    bound.map(|one| one.key.clone()).collect()
}

/// The update that makes these edits and leaves everything else as it is.
pub fn update(environment: &Environment, service: &str, edits: &Edits) -> ServiceUpdate {
    let globals = &environment.global_variables;
    let mut update = ServiceUpdate::keeping(service, template(environment, service), globals);
    for (key, edit) in edits {
        match edit {
            Edit::Own(value) => update.set(key, value.clone()),
            Edit::Follow => globals.iter().find(|one| one.key == *key).is_some_and(|one| update.bind(one)),
        };
    }
    update
}

/// What was known of a service at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Its variables.
    pub rows: Vec<Row>,
    /// The YAML as rendered, where the server tells it (`H9`).
    pub rendered: Option<String>,
    /// When the environment was last updated, Unix seconds.
    pub updated: i64,
    /// Who did.
    pub by: String,
}

impl Seen {
    /// What an answer of `E03` and, where there is one, of `H9` tell of a service.
    pub fn of(environment: &Environment, service: &str, rendered: Option<String>) -> Self {
        Self {
            rows: rows(environment, service),
            // The server answers failures with an empty text (contract, `H9`).
            rendered: rendered.filter(|text| !text.trim().is_empty()),
            updated: environment.update_time,
            by: environment.update_by.clone(),
        }
    }

    fn row(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.variable.key == key)
    }
}

/// What somebody else did since an edit began.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// These edited variables are bound otherwise, follow another value, or were defined anew.
    Variables(Vec<VariableConflict>),
    /// What is rendered for the service is another text.
    Rendered {
        /// The text when the edit began.
        base: String,
        /// The text now.
        now: String,
    },
    /// The environment was updated; whether that touched this service, the server does not tell.
    Environment {
        /// When, Unix seconds.
        at: i64,
        /// Who.
        by: String,
    },
}

/// An edited variable that somebody else changed.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableConflict {
    /// The variable.
    pub key: String,
    /// As it was when the edit began; none if it was not there.
    pub base: Option<Row>,
    /// As it is now; none if it is gone.
    pub now: Option<Row>,
}

/// Compares what was seen when the edits began with what is there now. Nothing edited is nothing to lose.
pub fn conflict(base: &Seen, now: &Seen, edits: &Edits) -> Option<Conflict> {
    if edits.is_empty() {
        return None;
    }
    let variables: Vec<VariableConflict> =
        edits.iter().filter_map(|(key, edit)| variable_conflict(base, now, key, edit)).collect();
    if !variables.is_empty() {
        return Some(Conflict::Variables(variables));
    }
    match (&base.rendered, &now.rendered) {
        (Some(before), Some(after)) if before == after => None,
        (Some(before), Some(after)) => Some(Conflict::Rendered { base: before.clone(), now: after.clone() }),
        _ if base.updated == now.updated => None,
        _ => Some(Conflict::Environment { at: now.updated, by: now.by.clone() }),
    }
}

fn variable_conflict(base: &Seen, now: &Seen, key: &str, edit: &Edit) -> Option<VariableConflict> {
    let (before, after) = (base.row(key), now.row(key));
    let conflicts = match (before, after) {
        (Some(before), Some(after)) => {
            let same = |a: &(bool, Option<&VariableValue>), b: &(bool, Option<&VariableValue>)| a == b;
            let comparison = compare(&before.stored(), &after.with(edit), &after.stored(), same);
            // What another made of it is known where it is bound; what is bound by nobody shows in the text rendered.
            comparison == Comparison::Conflict || before.variable != after.variable
        }
        (before, after) => before != after,
    };
    let row = |row: Option<&Row>| row.cloned();
    conflicts.then(|| VariableConflict { key: key.to_owned(), base: row(before), now: row(after) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::GlobalVariable;
    use crate::api::environments::ServiceSummary;

    fn variable(key: &str) -> Variable {
        Variable { key: key.into(), value: "default".into(), ..Variable::default() }
    }

    fn global(key: &str, value: &str, services: &[&str]) -> GlobalVariable {
        GlobalVariable {
            key: key.into(),
            value: value.into(),
            related_services: services.iter().map(|one| (*one).to_owned()).collect(),
            ..GlobalVariable::default()
        }
    }

    /// `cpu` follows its global variable, `level` could, `port` cannot.
    fn environment() -> Environment {
        let service = ServiceSummary {
            name: "svc".into(),
            template_variables: ["cpu", "level", "port"].map(variable).into(),
            ..ServiceSummary::default()
        };
        Environment {
            services: vec![service],
            global_variables: vec![global("cpu", "9", &["svc"]), global("level", "info", &["other"])],
            update_time: 7,
            ..Environment::default()
        }
    }

    fn seen(rendered: Option<&str>) -> Seen {
        Seen::of(&environment(), "svc", rendered.map(str::to_owned))
    }

    fn own(key: &str, value: &str) -> Edits {
        Edits::from([(key.to_owned(), Edit::Own(value.into()))])
    }

    fn keys(found: Option<Conflict>) -> Vec<String> {
        match found {
            Some(Conflict::Variables(list)) => list.into_iter().map(|one| one.key).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_row_says_what_is_known_and_no_more() {
        let rows = rows(&environment(), "svc");
        let known: Vec<_> =
            rows.iter().map(|row| (row.bound, row.in_use().map(VariableValue::to_text))).collect();
        assert_eq!(known, [(true, Some("9".to_owned())), (false, None), (false, None)]);
        assert_eq!(rows[1].global.as_ref().map(VariableValue::to_text), Some("info".to_owned()));
    }

    #[test]
    fn an_update_sends_what_is_bound_and_what_was_edited() {
        let mut edits = own("port", "80");
        edits.insert("level".into(), Edit::Follow);
        let sent = update(&environment(), "svc", &edits);
        let sent: Vec<_> = sent
            .variables()
            .iter()
            .map(|one| (one.key.as_str(), one.value.to_text(), one.use_global_variable))
            .collect();
        let text = |text: &str| text.to_owned();
        assert_eq!(
            sent,
            [("cpu", text("9"), true), ("level", text("info"), true), ("port", text("80"), false)]
        );
    }

    #[test]
    fn the_same_state_is_no_conflict_and_neither_is_an_edit_of_nothing() {
        for rendered in [None, Some("a: 1")] {
            assert_eq!(conflict(&seen(rendered), &seen(rendered), &own("port", "80")), None);
        }
        assert_eq!(conflict(&seen(Some("a: 1")), &seen(Some("a: 2")), &Edits::new()), None);
    }

    #[test]
    fn an_edited_variable_that_was_bound_or_unbound_by_others_is_a_conflict() {
        let mut theirs = environment();
        theirs.global_variables[0].related_services.clear();
        theirs.global_variables[1].related_services.push("svc".into());
        let now = Seen::of(&theirs, "svc", None);
        assert_eq!(keys(conflict(&seen(None), &now, &own("cpu", "2"))), ["cpu"]);
        assert_eq!(keys(conflict(&seen(None), &now, &own("level", "warn"))), ["level"]);
        // What they did to a variable that is not edited here stays as they made it.
        assert_eq!(
            conflict(&seen(Some("a")), &Seen { rendered: Some("a".into()), ..now }, &own("port", "1")),
            None
        );
    }

    #[test]
    fn the_same_binding_made_by_others_is_no_conflict() {
        let mut theirs = environment();
        theirs.global_variables[1].related_services.push("svc".into());
        let edits = Edits::from([("level".to_owned(), Edit::Follow)]);
        assert_eq!(conflict(&seen(None), &Seen::of(&theirs, "svc", None), &edits), None);
    }

    #[test]
    fn another_value_of_the_global_variable_that_is_left_is_a_conflict() {
        let mut theirs = environment();
        theirs.global_variables[0].value = "12".into();
        assert_eq!(keys(conflict(&seen(None), &Seen::of(&theirs, "svc", None), &own("cpu", "9"))), ["cpu"]);
    }

    #[test]
    fn an_edited_variable_that_was_defined_anew_or_is_gone_is_a_conflict() {
        let mut theirs = environment();
        theirs.services[0].template_variables[2].value = "other".into();
        assert_eq!(keys(conflict(&seen(None), &Seen::of(&theirs, "svc", None), &own("port", "1"))), ["port"]);
        theirs.services.clear();
        assert_eq!(keys(conflict(&seen(None), &Seen::of(&theirs, "svc", None), &own("port", "1"))), ["port"]);
    }

    #[test]
    fn a_change_of_an_unbound_value_shows_in_what_is_rendered_or_as_an_update() {
        let edits = own("port", "80");
        let found = conflict(&seen(Some("port: 1")), &seen(Some("port: 2")), &edits);
        assert_eq!(found, Some(Conflict::Rendered { base: "port: 1".into(), now: "port: 2".into() }));
        let later = |rendered: Option<&str>| Seen { updated: 8, by: "li".into(), ..seen(rendered) };
        let updated = Some(Conflict::Environment { at: 8, by: "li".into() });
        assert_eq!(conflict(&seen(None), &later(None), &edits), updated);
        assert_eq!(
            conflict(&seen(Some("a")), &later(Some(" ")), &edits),
            updated,
            "an empty text tells nothing"
        );
        assert_eq!(conflict(&seen(Some("a")), &later(Some("a")), &edits), None, "other services may change");
    }
}
