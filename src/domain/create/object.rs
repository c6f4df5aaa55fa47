//! What can be said about a config object's YAML: its kind, its name, whether it may hold secrets, and what of it belongs
//! to the place it was taken from.
//!
//! The YAML reader decides. A text that it cannot read, as every text is while it is typed, is looked at line by line, so
//! that a half-typed ConfigMap is still one. [`may_be_secret`] errs on the side of silence: what is not clearly something
//! else counts as a Secret.

use crate::api::envcfgs::EnvConfigKind;
use crate::domain::configs::KINDS;
use crate::domain::yaml::fields::{entry, without};
use crate::domain::yaml::parse;
use crate::domain::yaml::tree::Node;

/// What an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its kind.
    pub kind: EnvConfigKind,
    /// Its name.
    pub name: String,
}

/// Why a text is no object that an environment can begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectProblem {
    /// There is nothing.
    Empty,
    /// There is more than one object.
    Several,
    /// It has no kind.
    NoKind,
    /// Zadig manages no such objects.
    OtherKind(String),
    /// It has no name.
    NoName,
}

/// Kind and name of the one object in a text.
///
/// # Errors
/// [`ObjectProblem`].
pub fn object_of(yaml: &str) -> Result<Object, ObjectProblem> {
    if yaml.trim().is_empty() {
        return Err(ObjectProblem::Empty);
    }
    match parse(yaml) {
        Ok(document) if document.second.is_some() => Err(ObjectProblem::Several),
        Ok(document) => {
            let root = document.root.as_ref();
            let entries = root.map(Node::entries).unwrap_or_default();
            let of_kind = entries.iter().filter(|entry| entry.key.text() == Some("kind"));
            let kinds = of_kind.map(|entry| entry.value.text().unwrap_or_default());
            let name = root.and_then(|root| root.at(&["metadata", "name"])).and_then(Node::text);
            object(kinds, name)
        }
        Err(_) => object(kinds(yaml), name(yaml)),
    }
}

fn object<'a>(mut kinds: impl Iterator<Item = &'a str>, name: Option<&str>) -> Result<Object, ObjectProblem> {
    let kind = kinds.next().filter(|kind| !kind.is_empty()).ok_or(ObjectProblem::NoKind)?;
    if kinds.next().is_some() {
        return Err(ObjectProblem::Several);
    }
    let known = KINDS.into_iter().find(|one| one.yaml_kind() == kind);
    let kind = known.ok_or_else(|| ObjectProblem::OtherKind(kind.to_owned()))?;
    let name = name.filter(|name| !name.is_empty()).ok_or(ObjectProblem::NoName)?;
    Ok(Object { kind, name: name.to_owned() })
}

/// The kinds that the lines of a text name.
fn kinds(yaml: &str) -> impl Iterator<Item = &str> {
    yaml.lines()
        .filter_map(entry)
        .filter(|(indent, key, _)| *indent == 0 && *key == "kind")
        .map(|(_, _, kind)| kind)
}

/// `metadata.name`: the least indented `name` of the block.
fn name(yaml: &str) -> Option<&str> {
    let block = yaml.lines().skip_while(|line| !line.starts_with("metadata:")).skip(1);
    let block = block.take_while(|line| line.starts_with(' ') || line.trim().is_empty());
    let entries: Vec<_> = block.filter_map(entry).collect();
    let indent = entries.iter().map(|(indent, ..)| *indent).min()?;
    let found = entries.iter().find(|(at, key, _)| *at == indent && *key == "name");
    found.map(|(_, _, name)| *name)
}

/// Whether a text may hold secrets, so that it must not be kept or shown.
pub fn may_be_secret(yaml: &str) -> bool {
    match object_of(yaml) {
        Ok(object) => object.kind == EnvConfigKind::Secret,
        Err(ObjectProblem::Empty) => false,
        Err(_) => true,
    }
}

/// Fields of `metadata` that belong to one object in one cluster.
const OF_THE_PLACE: [&str; 9] = [
    "namespace",
    "uid",
    "resourceVersion",
    "creationTimestamp",
    "generation",
    "selfLink",
    "managedFields",
    "ownerReferences",
    "finalizers",
];
/// Beginnings of annotations that Kubernetes and its tools write themselves.
const WRITTEN: [&str; 4] = [
    "pv.kubernetes.io/",
    "volume.kubernetes.io/",
    "volume.beta.kubernetes.io/",
    "kubectl.kubernetes.io/last-applied",
];

/// An object as it can be made again elsewhere: without what ties it to its namespace, and for a volume claim without
/// the volume it is bound to, which a second claim would wait for forever. The text is the server's own block YAML.
pub fn portable(yaml: &str) -> String {
    without(yaml, is_of_the_place)
}

fn is_of_the_place(top: &str, indent: usize, key: &str) -> bool {
    match (top, indent) {
        (_, 0) => key == "status",
        ("metadata", 2) => OF_THE_PLACE.contains(&key),
        ("metadata", 4) => WRITTEN.iter().any(|begin| key.starts_with(begin)),
        ("spec", 2) => key == "volumeName",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  annotations:\n    pv.kubernetes.io/bind-completed: \"yes\"\n    team: shop\n  creationTimestamp: \"2026-01-01T00:00:00Z\"\n  finalizers:\n  - kubernetes.io/pvc-protection\n  name: data\n  namespace: shop-env-dev\n  uid: 1-2\nspec:\n  resources:\n    requests:\n      storage: 1Gi\n  volumeName: pvc-1\nstatus:\n  phase: Bound\n";

    #[test]
    fn kind_and_name_are_found() {
        let object = object_of(CLAIM).unwrap();
        assert_eq!((object.kind, object.name.as_str()), (EnvConfigKind::Pvc, "data"));
        let labelled =
            "kind: \"ConfigMap\" # mine\nmetadata:\n    labels:\n        name: other\n    name: 'a'\n";
        assert_eq!(object_of(labelled).unwrap(), Object { kind: EnvConfigKind::ConfigMap, name: "a".into() });
    }

    #[test]
    fn what_is_no_object_is_said() {
        assert_eq!(object_of(" \n"), Err(ObjectProblem::Empty));
        assert_eq!(object_of("metadata:\n  name: a"), Err(ObjectProblem::NoKind));
        assert_eq!(object_of("kind: Deployment"), Err(ObjectProblem::OtherKind("Deployment".into())));
        assert_eq!(object_of("kind: Secret\nmetadata:\n  labels: {}"), Err(ObjectProblem::NoName));
        assert_eq!(object_of("kind: ConfigMap\n---\nkind: Secret"), Err(ObjectProblem::Several));
    }

    #[test]
    fn only_what_is_clearly_no_secret_may_be_kept() {
        assert!(!may_be_secret(CLAIM) && !may_be_secret(""));
        for text in [
            "kind: Secret\nmetadata:\n  name: a",
            "{kind: Secret}",
            "hunter2",
            "kind: ConfigMap\nkind: Secret",
        ] {
            assert!(may_be_secret(text), "{text}");
        }
    }

    #[test]
    fn the_yaml_reader_decides_what_is_a_secret_and_lines_only_while_it_cannot_read() {
        let disguised = "note: \"\nkind: ConfigMap\n\"\n\"kind\": Secret\nmetadata:\n  name: a\n";
        assert!(may_be_secret(disguised));
        let flow = "{kind: ConfigMap, metadata: {name: a}, data: {kind: Secret}}";
        assert_eq!(object_of(flow).unwrap().kind, EnvConfigKind::ConfigMap);
        let half = "kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  b: 'typing";
        assert!(!may_be_secret(half), "a half-typed ConfigMap is kept as a draft");
    }

    #[test]
    fn a_clone_of_an_object_is_not_tied_to_the_old_place() {
        let expected = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  annotations:\n    team: shop\n  name: data\nspec:\n  resources:\n    requests:\n      storage: 1Gi\n";
        assert_eq!(portable(CLAIM), expected);
    }

    #[test]
    fn data_that_looks_like_fields_stays() {
        let map = "kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  namespace: x\n  app.yaml: |\n    status: up\n    uid: 7\n";
        assert_eq!(portable(map), map);
    }
}
