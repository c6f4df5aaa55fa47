//! Edits of a list that others change too: what was seen, what is wanted, what is there now.
//!
//! Zadig's call for global variables replaces the whole list (contract 6.5), so what somebody else changed in between would
//! be undone without a word. An [`Edit`] therefore remembers the variable as it was when it was begun. Before anything is
//! planned the list is read again and each edit is held against it: what stands as it was seen takes the edit, what is so
//! already needs none, and the rest is a [`Conflict`] for a person to decide, key by key. Variables nobody edited here go
//! back as they are now, so that the changes of others to them stay.

use super::conflict::{Comparison, compare};
use crate::api::{GlobalVariable, Variable, VariableKind, VariableValue};
use std::collections::BTreeMap;

/// What is wished for one variable.
#[derive(Clone, Debug, PartialEq)]
pub enum EditValue {
    /// It shall have this value; it is added where it is not there.
    Set(VariableValue),
    /// It shall be gone.
    Remove,
}

impl EditValue {
    fn value(&self) -> Option<&VariableValue> {
        match self {
            Self::Set(value) => Some(value),
            Self::Remove => None,
        }
    }
}

/// An edit, and the value that was there when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The variable as it was then; none if it was not there.
    pub seen: Option<GlobalVariable>,
    /// What is wished.
    pub value: EditValue,
}

/// The edits by key.
pub type Edits = BTreeMap<String, Edit>;

/// An edit of something that somebody else changed meanwhile. `None` is "not there".
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The variable.
    pub key: String,
    /// What was seen.
    pub seen: Option<VariableValue>,
    /// What is wished.
    pub mine: Option<VariableValue>,
    /// What is there now.
    pub theirs: Option<VariableValue>,
}

/// Which side of a conflict is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The edit, on top of what is there now.
    Mine,
    /// What is there now; the edit is dropped.
    Theirs,
}

/// Finds a variable by its key.
pub fn find<'a>(list: &'a [GlobalVariable], key: &str) -> Option<&'a GlobalVariable> {
    list.iter().find(|one| one.key == key)
}

/// Whether two values are one to a person: a boolean may come back as a text and the other way round.
pub fn same(left: Option<&VariableValue>, right: Option<&VariableValue>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.to_text() == right.to_text(),
        (None, None) => true,
        _ => false,
    }
}

/// Records an edit of `key`. The first edit of a key keeps the current value as its base; an edit equal to it is dropped.
pub fn record(edits: &mut Edits, key: &str, value: EditValue, now: &[GlobalVariable]) {
    let now = find(now, key);
    let seen = match edits.get(key) {
        Some(edit) => edit.seen.clone(),
        None => now.cloned(),
    };
    match same(value.value(), now.map(|one| &one.value)) {
        true => edits.remove(key),
        false => edits.insert(key.to_owned(), Edit { seen, value }),
    };
}

/// How an edit compares with what is there now, by the rule of [`super::conflict`].
fn comparison(key: &str, edit: &Edit, now: &[GlobalVariable]) -> Comparison {
    let value = |one: Option<&'_ GlobalVariable>| one.map(|one| one.value.clone());
    let (seen, theirs) = (value(edit.seen.as_ref()), value(find(now, key)));
    let alike = |a: &Option<VariableValue>, b: &Option<VariableValue>| same(a.as_ref(), b.as_ref());
    compare(&seen, &edit.value.value().cloned(), &theirs, alike)
}

/// Drops the edits that are so already, because they were saved or because somebody else did the same. Gives whether
/// there were any.
pub fn settle(edits: &mut Edits, now: &[GlobalVariable]) -> bool {
    let before = edits.len();
    edits.retain(|key, edit| comparison(key, edit, now) != Comparison::Same);
    edits.len() != before
}

/// The conflict of one edit with what is there now, if there is one.
pub fn conflict_of(key: &str, edit: &Edit, now: &[GlobalVariable]) -> Option<Conflict> {
    (comparison(key, edit, now) == Comparison::Conflict).then(|| Conflict {
        key: key.to_owned(),
        seen: edit.seen.as_ref().map(|one| one.value.clone()),
        mine: edit.value.value().cloned(),
        theirs: find(now, key).map(|one| one.value.clone()),
    })
}

/// Every conflict, by key.
pub fn conflicts(edits: &Edits, now: &[GlobalVariable]) -> Vec<Conflict> {
    edits.iter().filter_map(|(key, edit)| conflict_of(key, edit, now)).collect()
}

/// Decides conflicts: what is to be kept counts as seen from now on, the rest is dropped.
pub fn resolve(edits: &mut Edits, now: &[GlobalVariable], choices: &BTreeMap<String, Choice>) {
    for (key, choice) in choices {
        match choice {
            Choice::Theirs => {
                edits.remove(key);
            }
            Choice::Mine => {
                if let Some(edit) = edits.get_mut(key) {
                    edit.seen = find(now, key).cloned();
                }
            }
        }
    }
}

/// The whole list to be sent: everything that is there now, each variable with all of its fields, and the edits on top. What
/// is new comes from the project's definition, related to no service, as the server wants it.
pub fn whole(edits: &Edits, now: &[GlobalVariable], definition: &[Variable]) -> Vec<GlobalVariable> {
    let kept = now.iter().filter_map(|one| {
        let one = mended(one, definition);
        match edits.get(&one.key).map(|edit| &edit.value) {
            Some(EditValue::Remove) => None,
            Some(EditValue::Set(value)) => {
                Some(GlobalVariable { value: value.clone(), options: options(&one, definition), ..one })
            }
            None => Some(one),
        }
    });
    let added = edits.iter().filter(|(key, _)| find(now, key).is_none()).filter_map(|(key, edit)| {
        let value = edit.value.value()?.clone();
        Some(GlobalVariable { value, ..template(key, edit, definition) })
    });
    kept.chain(added).collect()
}

/// A variable that is not there yet, or not any more, without its value.
pub fn template(key: &str, edit: &Edit, definition: &[Variable]) -> GlobalVariable {
    let defined = definition.iter().find(|one| one.key == key);
    let blank = GlobalVariable { key: key.to_owned(), ..GlobalVariable::default() };
    match (defined, &edit.seen) {
        (Some(one), _) => GlobalVariable {
            kind: one.kind.clone(),
            options: one.options.clone(),
            desc: one.desc.clone(),
            ..blank
        },
        (None, Some(seen)) => GlobalVariable { related_services: Vec::new(), ..seen.clone() },
        (None, None) => blank,
    }
}

/// A variable whose type or options another client wiped (contract 6.5), with those of the project's definition: an enum
/// without options would have the whole list refused.
pub fn mended(one: &GlobalVariable, definition: &[Variable]) -> GlobalVariable {
    let mut one = one.clone();
    let Some(defined) = definition.iter().find(|defined| defined.key == one.key) else { return one };
    if one.kind.as_str().is_empty() {
        one.kind = defined.kind.clone();
    }
    if one.kind == VariableKind::Enum && one.options.is_empty() {
        one.options.clone_from(&defined.options);
    }
    one
}

/// What may be chosen for an enum: as in Zadig's own pages, what the project defines now counts before what was stored.
pub fn options(one: &GlobalVariable, definition: &[Variable]) -> Vec<String> {
    let defined = definition.iter().find(|defined| defined.key == one.key && !defined.options.is_empty());
    match (&one.kind, defined) {
        (VariableKind::Enum, Some(defined)) => defined.options.clone(),
        _ => one.options.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn global(key: &str, value: &str) -> GlobalVariable {
        GlobalVariable {
            key: key.into(),
            value: value.into(),
            kind: VariableKind::Text,
            desc: format!("about {key}"),
            related_services: vec!["api".into()],
            ..GlobalVariable::default()
        }
    }

    fn set(value: &str) -> EditValue {
        EditValue::Set(value.into())
    }

    fn edited(key: &str, to: EditValue, seen: &[GlobalVariable]) -> Edits {
        let mut edits = Edits::new();
        record(&mut edits, key, to, seen);
        edits
    }

    #[test]
    fn what_stands_as_it_was_seen_takes_the_edit() {
        let now = [global("a", "1"), global("b", "2")];
        let edits = edited("a", set("9"), &now);
        assert_eq!(conflicts(&edits, &now), []);
        let sent = whole(&edits, &now, &[]);
        assert_eq!(sent, [GlobalVariable { value: "9".into(), ..global("a", "1") }, global("b", "2")]);
    }

    #[test]
    fn changes_of_others_to_other_keys_stay_and_are_no_clash() {
        let edits = edited("a", set("9"), &[global("a", "1"), global("b", "2")]);
        let now = [global("b", "theirs"), global("a", "1"), global("c", "new")];
        assert_eq!(conflicts(&edits, &now), []);
        let values: Vec<String> = whole(&edits, &now, &[]).iter().map(|one| one.value.to_text()).collect();
        assert_eq!(values, ["theirs", "9", "new"]);
    }

    #[test]
    fn the_same_key_changed_by_others_is_a_clash_unless_it_is_the_same_change() {
        let edits = edited("a", set("9"), &[global("a", "1")]);
        assert_eq!(conflicts(&edits, &[global("a", "9")]), []);
        let found = conflicts(&edits, &[global("a", "5")]);
        let values = |one: &Conflict| {
            [&one.seen, &one.mine, &one.theirs].map(|value| value.as_ref().map(VariableValue::to_text))
        };
        assert_eq!(values(&found[0]), [Some("1".into()), Some("9".into()), Some("5".into())]);
        assert_eq!(values(&conflicts(&edits, &[])[0]), [Some("1".into()), Some("9".into()), None]);
    }

    #[test]
    fn removing_or_adding_what_others_touched_is_a_clash() {
        let removal = edited("a", EditValue::Remove, &[global("a", "1")]);
        assert_eq!(conflicts(&removal, &[global("a", "1")]), []);
        assert_eq!(conflicts(&removal, &[global("a", "2")]).len(), 1);
        assert_eq!(conflicts(&removal, &[]), [], "gone is what was wished");
        let addition = edited("new", set("x"), &[]);
        assert_eq!(conflicts(&addition, &[global("new", "y")]).len(), 1);
    }

    #[test]
    fn a_decided_clash_is_one_no_more() {
        let mut edits = edited("a", set("9"), &[global("a", "1"), global("b", "1")]);
        record(&mut edits, "b", set("9"), &[global("b", "1")]);
        let now = [global("a", "5"), global("b", "5")];
        let choices = BTreeMap::from([("a".to_owned(), Choice::Mine), ("b".to_owned(), Choice::Theirs)]);
        resolve(&mut edits, &now, &choices);
        assert_eq!(conflicts(&edits, &now), []);
        let values: Vec<String> = whole(&edits, &now, &[]).iter().map(|one| one.value.to_text()).collect();
        assert_eq!(values, ["9", "5"]);
        // And changed once more, it is one again.
        assert_eq!(conflicts(&edits, &[global("a", "6"), global("b", "5")]).len(), 1);
    }

    #[test]
    fn an_edit_that_is_so_already_is_none() {
        let now = [global("a", "1")];
        let mut edits = edited("a", set("12"), &now);
        record(&mut edits, "a", set("1"), &now);
        assert!(edits.is_empty());
        record(&mut edits, "a", set("2"), &now);
        assert!(!settle(&mut edits, &now));
        assert!(settle(&mut edits, &[global("a", "2")]) && edits.is_empty());
        let flag = GlobalVariable { value: true.into(), ..global("flag", "") };
        assert!(edited("flag", set("true"), &[flag]).is_empty());
    }

    #[test]
    fn what_is_new_comes_from_the_definition_and_is_related_to_nobody() {
        let defined = Variable {
            key: "level".into(),
            kind: VariableKind::Enum,
            options: vec!["low".into(), "high".into()],
            desc: "how much".into(),
            ..Variable::default()
        };
        let sent = whole(&edited("level", set("high"), &[]), &[], std::slice::from_ref(&defined));
        assert_eq!(sent[0].options, defined.options);
        assert_eq!((&sent[0].kind, sent[0].desc.as_str()), (&VariableKind::Enum, "how much"));
        assert_eq!(sent[0].related_services, Vec::<String>::new());
        // Removed by somebody else and kept here: the services that took it are not bound any more.
        let again = whole(&edited("a", set("9"), &[global("a", "1")]), &[], &[]);
        assert_eq!((again[0].desc.as_str(), again[0].related_services.len()), ("about a", 0));
    }

    #[test]
    fn an_option_the_project_gained_can_be_chosen() {
        let options = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let defined = Variable {
            key: "level".into(),
            kind: VariableKind::Enum,
            options: options(&["low", "high"]),
            ..Variable::default()
        };
        let stored =
            GlobalVariable { kind: VariableKind::Enum, options: options(&["low"]), ..global("level", "low") };
        let now = [stored];
        let untouched = whole(&Edits::new(), &now, std::slice::from_ref(&defined));
        assert_eq!(untouched, now, "what is not edited goes back as it is");
        let sent = whole(&edited("level", set("high"), &now), &now, &[defined]);
        assert_eq!(sent[0].options, ["low", "high"]);
    }

    #[test]
    fn what_another_client_wiped_is_sent_as_the_project_defines_it() {
        let defined = Variable {
            key: "level".into(),
            kind: VariableKind::Enum,
            options: vec!["low".into()],
            ..Variable::default()
        };
        let wiped = GlobalVariable { kind: VariableKind::Other(String::new()), ..global("level", "low") };
        let sent = whole(&Edits::new(), &[wiped], &[defined]);
        assert_eq!((sent[0].kind.as_str(), sent[0].options.as_slice()), ("enum", &["low".to_owned()][..]));
        assert_eq!(sent[0].related_services, ["api"]);
    }
}
