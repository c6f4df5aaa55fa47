//! Editing an environment config: what is system's own, what a new object starts as, and the [`Buffer`] that an editor
//! works on.

mod buffer;

pub use buffer::{Buffer, Shown};

use crate::api::envcfgs::EnvConfigKind;
use crate::domain::yaml::fields::compared_text;
use crate::domain::yaml::secret::compared;

/// Every kind, in the order of the page.
pub const KINDS: [EnvConfigKind; 4] =
    [EnvConfigKind::ConfigMap, EnvConfigKind::Secret, EnvConfigKind::Ingress, EnvConfigKind::Pvc];

/// Whether an object belongs to the cluster, to Istio, Helm or Zadig itself: hardly anybody wants to edit it. Lists tell no
/// more than the name.
pub fn is_system(kind: &EnvConfigKind, name: &str) -> bool {
    match kind {
        EnvConfigKind::ConfigMap => {
            matches!(name, "kube-root-ca.crt" | "istio-ca-root-cert" | "openshift-service-ca.crt")
        }
        EnvConfigKind::Secret => {
            name.ends_with("registry-secret")
                || name.starts_with("sh.helm.release.")
                || name.starts_with("default-token-")
        }
        _ => false,
    }
}

/// Both texts of an object as they may be shown: without the values of a Secret, and without what Kubernetes writes by itself,
/// which is nobody's change.
pub fn shown_texts(kind: &EnvConfigKind, old: &str, new: &str) -> (String, String) {
    let (old, new) = (compared_text(old), compared_text(new));
    match kind {
        EnvConfigKind::Secret => compared(&old, &new),
        _ => (old, new),
    }
}

/// What a new object of this kind starts as; its name is still to be given.
pub fn template(kind: &EnvConfigKind) -> String {
    let (version, rest) = match kind {
        EnvConfigKind::Secret => ("v1", "type: Opaque\ndata: {}\n"),
        EnvConfigKind::Ingress => (
            "networking.k8s.io/v1",
            "spec:\n  rules:\n    - host: app.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: app\n                port:\n                  number: 80\n",
        ),
        EnvConfigKind::Pvc => (
            "v1",
            "spec:\n  accessModes:\n    - ReadWriteOnce\n  resources:\n    requests:\n      storage: 1Gi\n",
        ),
        _ => ("v1", "data: {}\n"),
    };
    format!("apiVersion: {version}\nkind: {}\nmetadata:\n  name:\n{rest}", kind.yaml_kind())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::yaml::{Expectation, Fault, validate};

    #[test]
    fn what_the_cluster_made_is_told_from_what_people_made() {
        assert!(is_system(&EnvConfigKind::ConfigMap, "kube-root-ca.crt"));
        assert!(is_system(&EnvConfigKind::Secret, "default-registry-secret"));
        assert!(!is_system(&EnvConfigKind::Secret, "kube-root-ca.crt"));
        assert!(!is_system(&EnvConfigKind::ConfigMap, "app-settings"));
    }

    #[test]
    fn a_new_object_lacks_its_name_and_nothing_else() {
        for kind in KINDS {
            let text = template(&kind);
            let problems = validate(&text, &Expectation { kind, ..Expectation::default() });
            assert_eq!(
                problems.iter().map(|one| one.fault.clone()).collect::<Vec<_>>(),
                [Fault::NameMissing],
                "{text}"
            );
        }
    }
}
