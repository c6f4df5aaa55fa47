//! The global variables of an environment as rows: searched, filtered by who takes them, with the edits on top and what is
//! wrong with each; and which services a change would hit.

use super::environments::natural;
use super::three_way::{self, Conflict, EditValue, Edits, conflict_of, find, mended, options, template};
use super::yaml;
use crate::api::{GlobalVariable, Variable, VariableKind, VariableValue};
use crate::route::ServiceView;
use std::collections::BTreeSet;

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// The variable: as it is, with the value that is wished.
    pub variable: GlobalVariable,
    /// The value that is there; none if the variable is not.
    pub stored: Option<VariableValue>,
    /// What is done to it.
    pub change: Change,
    /// What somebody else made of it since the edit was begun.
    pub conflict: Option<Conflict>,
    /// Why Zadig would refuse it.
    pub fault: Option<Fault>,
}

/// What is done to a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Change {
    /// Nothing.
    #[default]
    None,
    /// It gets another value.
    Value,
    /// It is new.
    Added,
    /// It goes.
    Removed,
}

/// Why a value or a removal would be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not one of the enum's options.
    NotAnOption,
    /// Neither true nor false.
    NotBool,
    /// Not YAML, and where.
    Yaml(yaml::Problem),
    /// The project does not define it (any more).
    NotDefined,
    /// Services take it, so it cannot be removed.
    Taken(Vec<String>),
}

/// Every variable with the edits on top, by key.
pub fn rows(now: &[GlobalVariable], edits: &Edits, definition: &[Variable]) -> Vec<Row> {
    let there = now.iter().map(|one| mended(one, definition));
    let new = edits.iter().filter(|(key, _)| find(now, key).is_none());
    let new = new.map(|(key, edit)| template(key, edit, definition));
    let mut rows: Vec<Row> = there
        .chain(new)
        .map(|one| {
            let edit = edits.get(&one.key);
            let stored = find(now, &one.key).map(|one| one.value.clone());
            let mut row = Row { variable: one, stored, ..Row::default() };
            row.variable.options = options(&row.variable, definition);
            if let Some(edit) = edit {
                row.change = match (&edit.value, find(now, &row.variable.key)) {
                    (EditValue::Remove, _) => Change::Removed,
                    (EditValue::Set(_), None) => Change::Added,
                    (EditValue::Set(_), Some(_)) => Change::Value,
                };
                if let EditValue::Set(value) = &edit.value {
                    row.variable.value = value.clone();
                }
                row.conflict = conflict_of(&row.variable.key, edit, now);
                row.fault = fault(&row, definition);
            }
            row
        })
        .collect();
    rows.sort_by(|a, b| natural(&a.variable.key, &b.variable.key));
    rows
}

fn fault(row: &Row, definition: &[Variable]) -> Option<Fault> {
    let one = &row.variable;
    let defined = definition.iter().any(|defined| defined.key == one.key);
    match row.change {
        Change::None => None,
        Change::Removed => {
            (!one.related_services.is_empty()).then(|| Fault::Taken(sorted(&one.related_services)))
        }
        Change::Added if !defined => Some(Fault::NotDefined),
        Change::Added | Change::Value => value_fault(&one.kind, &one.options, &one.value),
    }
}

/// What is wrong with a value of this kind, as the server would find it (contract 6.4).
pub fn value_fault(kind: &VariableKind, options: &[String], value: &VariableValue) -> Option<Fault> {
    match kind {
        VariableKind::Enum => {
            let text = value.to_text();
            (!options.contains(&text)).then_some(Fault::NotAnOption)
        }
        VariableKind::Bool => value.as_bool().is_none().then_some(Fault::NotBool),
        VariableKind::Yaml => yaml::check_value(&value.to_text()).into_iter().next().map(Fault::Yaml),
        _ => None,
    }
}

/// The rows a view shows: those with the searched text in key, value or description, taken by its service.
pub fn select(rows: &[Row], view: &ServiceView) -> Vec<Row> {
    let needle = crate::domain::text_case::lowercase(view.search.trim());
    let has = |text: &str| crate::domain::text_case::lowercase(text).contains(&needle);
    let found = |row: &&Row| {
        let one = &row.variable;
        // The stored value too: a row must not vanish while its value is typed.
        let stored = || row.stored.as_ref().is_some_and(|value| has(&value.to_text()));
        needle.is_empty() || has(&one.key) || has(&one.desc) || has(&one.value.to_text()) || stored()
    };
    let taken =
        |row: &&Row| view.taken_by.is_empty() || row.variable.related_services.contains(&view.taken_by);
    rows.iter().filter(found).filter(taken).cloned().collect()
}

/// Every service that takes one of the variables.
pub fn services(rows: &[Row]) -> Vec<String> {
    let all: Vec<String> = rows.iter().flat_map(|row| row.variable.related_services.clone()).collect();
    sorted(&all)
}

/// The services that are rendered anew when the edits are saved: those related, in the list that is stored, to a variable
/// whose value changes.
pub fn hit(edits: &Edits, now: &[GlobalVariable]) -> Vec<String> {
    let changed = edits.iter().filter(|(_, edit)| matches!(edit.value, EditValue::Set(_)));
    let all: Vec<String> = changed
        .filter_map(|(key, _)| three_way::find(now, key))
        .flat_map(|one| one.related_services.clone())
        .collect();
    sorted(&all)
}

/// The variables the project defines that the environment does not have yet.
pub fn addable(now: &[GlobalVariable], edits: &Edits, definition: &[Variable]) -> Vec<Variable> {
    let mut free: Vec<Variable> = definition
        .iter()
        .filter(|one| find(now, &one.key).is_none() && !edits.contains_key(&one.key))
        .cloned()
        .collect();
    free.sort_by(|a, b| natural(&a.key, &b.key));
    free
}

/// Names in the order of people, each once.
fn sorted(names: &[String]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect();
    names.sort_by(|a, b| natural(a, b));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::three_way::record;

    fn global(key: &str, value: &str, services: &[&str]) -> GlobalVariable {
        GlobalVariable {
            key: key.into(),
            value: value.into(),
            kind: VariableKind::Text,
            related_services: services.iter().map(|one| (*one).to_owned()).collect(),
            ..GlobalVariable::default()
        }
    }

    fn keys(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.variable.key.as_str()).collect()
    }

    #[test]
    fn rows_are_in_the_order_of_people_whatever_the_servers_is() {
        let now = [global("v10", "", &[]), global("v2", "", &[]), global("a", "", &[])];
        assert_eq!(keys(&rows(&now, &Edits::new(), &[])), ["a", "v2", "v10"]);
    }

    #[test]
    fn the_search_finds_keys_values_and_descriptions_and_the_filter_who_takes_them() {
        let described = GlobalVariable { desc: "Domain of all".into(), ..global("b", "x", &["api", "web"]) };
        let all = rows(&[global("a", "demo.EXAMPLE.com", &["api"]), described], &Edits::new(), &[]);
        let view = |search: &str, taken_by: &str| ServiceView {
            search: search.into(),
            taken_by: taken_by.into(),
            ..ServiceView::default()
        };
        assert_eq!(keys(&select(&all, &view("example", ""))), ["a"]);
        assert_eq!(keys(&select(&all, &view("domain", ""))), ["b"]);
        assert_eq!(keys(&select(&all, &view("", "web"))), ["b"]);
        assert_eq!(keys(&select(&all, &view("", ""))), ["a", "b"]);
    }

    #[test]
    fn an_edited_row_shows_the_wish_and_what_happened_meanwhile() {
        let before = [global("a", "1", &["api"]), global("b", "1", &[])];
        let mut edits = Edits::new();
        record(&mut edits, "a", EditValue::Set("2".into()), &before);
        record(&mut edits, "b", EditValue::Remove, &before);
        let now = [global("a", "3", &["api"]), global("b", "1", &["web"])];
        let found = rows(&now, &edits, &[]);
        assert_eq!((found[0].variable.value.to_text(), found[0].change), ("2".into(), Change::Value));
        assert_eq!(found[0].conflict.as_ref().unwrap().theirs, Some("3".into()));
        assert_eq!(found[1].fault, Some(Fault::Taken(vec!["web".into()])));
    }

    #[test]
    fn a_value_the_server_would_refuse_is_a_fault() {
        let options = vec!["info".to_owned(), "warn".to_owned()];
        let check = |kind: VariableKind, value: &str| value_fault(&kind, &options, &value.into());
        assert_eq!(check(VariableKind::Enum, "loud"), Some(Fault::NotAnOption));
        assert_eq!(check(VariableKind::Enum, "warn"), None);
        assert_eq!(check(VariableKind::Bool, "yes"), Some(Fault::NotBool));
        assert_eq!(check(VariableKind::Bool, "true"), None);
        assert_eq!(check(VariableKind::Text, "a: [anything"), None);
    }

    #[test]
    fn yaml_that_is_none_says_where() {
        let check = |text: &str| value_fault(&VariableKind::Yaml, &[], &text.into());
        assert_eq!(check("requests:\n  cpu: 100m\n"), None);
        assert_eq!(check(""), None);
        let Some(Fault::Yaml(problem)) = check("a: 1\nb: [1\nc: 2\n") else { panic!("no YAML") };
        assert_eq!(problem.place.line, 3);
        let Some(Fault::Yaml(problem)) = check("a: 1\na: 2\n") else { panic!("twice") };
        assert_eq!((problem.place.line, problem.place.column), (2, 1));
    }

    #[test]
    fn only_stored_relations_of_changed_values_are_hit() {
        let now = [global("a", "1", &["web", "api"]), global("b", "1", &["api"]), global("c", "1", &["job"])];
        let mut edits = Edits::new();
        record(&mut edits, "a", EditValue::Set("2".into()), &now);
        record(&mut edits, "b", EditValue::Set("2".into()), &now);
        record(&mut edits, "new", EditValue::Set("2".into()), &now);
        assert_eq!(hit(&edits, &now), ["api", "web"]);
    }

    #[test]
    fn only_what_the_project_defines_and_the_environment_lacks_can_be_added() {
        let defined = |key: &str| Variable { key: key.into(), ..Variable::default() };
        let definition = [defined("a"), defined("c"), defined("b")];
        let mut edits = Edits::new();
        record(&mut edits, "c", EditValue::Set("".into()), &[]);
        let free = addable(&[global("a", "1", &[])], &edits, &definition);
        assert_eq!(free.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["b"]);
        record(&mut edits, "zzz", EditValue::Set("".into()), &[]);
        let undefined = rows(&[], &edits, &definition);
        assert_eq!(undefined.last().unwrap().fault, Some(Fault::NotDefined));
    }
}
