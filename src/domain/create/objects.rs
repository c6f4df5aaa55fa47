//! The config objects of a draft: what is wrong with each, and its text as it is shown.

use super::draft::ConfigDraft;
use super::object::{Object, ObjectProblem, object_of};
use crate::api::envcfgs::EnvConfigKind;
use crate::domain::yaml::secret::Sealed;
use crate::domain::yaml::{Expectation, Problem, check_value, validate};
use std::sync::Arc;

/// What was found in the text of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    id: u64,
    yaml: String,
    /// Its kind and name.
    pub object: Result<Object, ObjectProblem>,
    /// What is wrong with it, by line and column.
    pub problems: Vec<Problem>,
}

/// What was found in every object of a draft. A text is read once, however often the rest of the draft changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objects(Vec<Arc<Read>>);

impl Objects {
    /// Reads what `before` does not know yet.
    pub fn read(configs: &[ConfigDraft], before: Option<&Self>) -> Self {
        let known = |config: &ConfigDraft| {
            let mut all = before?.0.iter();
            all.find(|one| one.id == config.id && one.yaml == config.yaml).cloned()
        };
        let anew = |config: &ConfigDraft| {
            let object = object_of(&config.yaml);
            let problems = problems(&config.yaml, object.as_ref().ok());
            Arc::new(Read { id: config.id, yaml: config.yaml.clone(), object, problems })
        };
        Self(configs.iter().map(|one| known(one).unwrap_or_else(|| anew(one))).collect())
    }

    /// What was found in the object of this id.
    pub fn of(&self, id: u64) -> Option<&Read> {
        self.0.iter().find(|one| one.id == id).map(Arc::as_ref)
    }

    /// Whether an earlier object of the draft has the same kind and name.
    pub fn is_twice(&self, id: u64) -> bool {
        let Some(Ok(own)) = self.of(id).map(|read| &read.object) else { return false };
        self.0.iter().take_while(|one| one.id != id).any(|one| one.object.as_ref() == Ok(own))
    }
}

fn expected(object: &Object) -> Expectation<'static> {
    Expectation { kind: object.kind.clone(), ..Expectation::default() }
}

/// What no environment can begin with is read as plain YAML: its kind and name are complained about elsewhere.
fn problems(yaml: &str, object: Option<&Object>) -> Vec<Problem> {
    match object {
        Some(object) => validate(yaml, &expected(object)),
        None => check_value(yaml),
    }
}

/// The text of an object as it is shown and edited: a Secret's values are masks until they are revealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    sealed: Option<Sealed>,
    hidden: bool,
}

impl Masked {
    /// Takes a text in. What is a Secret, or may be one and was not typed here just now, and cannot be masked value by
    /// value, is hidden whole.
    pub fn new(yaml: &str) -> Self {
        match object_of(yaml) {
            Ok(object) if object.kind != EnvConfigKind::Secret => Self::open(yaml),
            Err(ObjectProblem::Empty) => Self::open(yaml),
            Ok(_) => match Sealed::seal(yaml) {
                Ok(sealed) => Self { text: sealed.text.clone(), sealed: Some(sealed), hidden: false },
                Err(_) => Self { hidden: true, ..Self::default() },
            },
            Err(_) => Self { hidden: true, ..Self::default() },
        }
    }

    /// Shows a text as it is.
    pub fn open(yaml: &str) -> Self {
        Self { text: yaml.to_owned(), sealed: None, hidden: false }
    }

    /// Whether nothing of the text can be shown unasked.
    pub fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Takes an edited text; gives the whole of it, as it would be sent.
    pub fn edit(&mut self, text: String) -> String {
        self.text = text;
        match &self.sealed {
            Some(sealed) => sealed.open(&self.text),
            None => self.text.clone(),
        }
    }

    /// Shows what stands behind a mask.
    pub fn reveal(&mut self, mask: &str) {
        if let Some(sealed) = &self.sealed {
            self.text = sealed.reveal(&self.text, mask);
        }
    }

    /// What is wrong, by the lines as they are shown; `None` where they are those of the whole text.
    pub fn problems(&self) -> Option<Vec<Problem>> {
        let sealed = self.sealed.as_ref()?;
        let object = object_of(&self.text).ok()?;
        Some(sealed.validate(&self.text, &expected(&object)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::yaml::Fault;

    fn config(id: u64, yaml: &str) -> ConfigDraft {
        ConfigDraft { id, yaml: yaml.into(), ..ConfigDraft::default() }
    }

    const MAP: &str = "kind: ConfigMap\nmetadata:\n  name: a\n";
    const SECRET: &str = "kind: Secret\nmetadata:\n  name: a\ndata:\n  key: aHVudGVyMg==\n";

    #[test]
    fn an_object_is_checked_by_its_own_kind() {
        let text = format!("{MAP}data:\n  port: 80\n");
        let objects = Objects::read(&[config(0, &text), config(1, "kind: Pod\na: 1\na: 2\n")], None);
        let faults = |id| objects.of(id).unwrap().problems.iter().map(|one| &one.fault).collect::<Vec<_>>();
        assert!(matches!(faults(0)[..], [Fault::NotText { .. }]), "{:?}", faults(0));
        assert!(matches!(faults(1)[..], [Fault::DuplicateKey(_)]), "{:?}", faults(1));
        assert_eq!(objects.of(1).unwrap().object, Err(ObjectProblem::OtherKind("Pod".into())));
        assert!(objects.of(2).is_none());
    }

    #[test]
    fn a_text_that_did_not_change_is_not_read_again() {
        let before = Objects::read(&[config(0, MAP), config(1, SECRET)], None);
        let after = Objects::read(&[config(0, MAP), config(1, MAP)], Some(&before));
        assert!(Arc::ptr_eq(&before.0[0], &after.0[0]));
        assert!(after.is_twice(1) && !after.is_twice(0));
        assert!(!before.is_twice(1), "a Secret and a ConfigMap may share a name");
    }

    #[test]
    fn values_of_a_secret_are_masks_and_are_sent_as_they_were() {
        let mut shown = Masked::new(SECRET);
        assert!(!shown.text.contains("aHVudGVyMg=="), "{}", shown.text);
        assert_eq!(shown.problems(), Some(vec![]), "a mask is not blamed for being no base64");
        let edited = shown.text.replace("name: a", "name: b");
        assert_eq!(shown.edit(edited), SECRET.replace("name: a", "name: b"));
        let mask = shown.text.lines().last().unwrap().trim_start_matches("  key: ").to_owned();
        shown.reveal(&mask);
        assert!(shown.text.contains("aHVudGVyMg=="), "{}", shown.text);
    }

    #[test]
    fn what_may_be_a_secret_and_cannot_be_masked_is_hidden_whole() {
        for text in ["kind: Secret\nmetadata:\n  name: a\ndata: {key: \"x", "hunter2"] {
            let shown = Masked::new(text);
            assert!(shown.is_hidden() && shown.text.is_empty(), "{text}");
        }
        assert!(!Masked::new("").is_hidden() && !Masked::new(MAP).is_hidden());
        assert_eq!(Masked::open("hunter2").text, "hunter2");
    }

    #[test]
    fn what_is_not_masked_has_the_problems_of_the_whole_text() {
        let mut shown = Masked::new(MAP);
        assert_eq!(shown.problems(), None);
        assert_eq!(shown.edit("kind:".into()), "kind:");
    }
}
