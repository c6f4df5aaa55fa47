//! Configuration objects of a namespace: ConfigMap, Secret, Ingress, PVC (contract E23-E31).
//!
//! The cluster keeps objects, not texts: what is sent is parsed, gets its namespace and label, and is printed
//! again with sorted keys. Comments and key order of the sender are lost, as on a real cluster.

use crate::clock::Millis;
use serde::Serialize;
use serde_yaml_ng::{Mapping, Value};

/// Kind of a configuration object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigKind {
    /// Ingress.
    Ingress,
    /// ConfigMap.
    ConfigMap,
    /// Secret.
    Secret,
    /// PersistentVolumeClaim; the API calls it `PVC`.
    Pvc,
}

impl ConfigKind {
    /// Reads `common_env_cfg_type`; case matters.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "Ingress" => Some(Self::Ingress),
            "ConfigMap" => Some(Self::ConfigMap),
            "Secret" => Some(Self::Secret),
            "PVC" => Some(Self::Pvc),
            _ => None,
        }
    }

    /// The word of the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::ConfigMap => "ConfigMap",
            Self::Secret => "Secret",
            Self::Pvc => "PVC",
        }
    }

    /// The word in YAML.
    pub fn yaml_kind(self) -> &'static str {
        if self == Self::Pvc { "PersistentVolumeClaim" } else { self.name() }
    }

    /// Plural as in Kubernetes' error texts.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Ingress => "ingresses.networking.k8s.io",
            Self::ConfigMap => "configmaps",
            Self::Secret => "secrets",
            Self::Pvc => "persistentvolumeclaims",
        }
    }
}

/// `git_repo_config` of `source_detail`.
#[derive(Clone, Debug, Serialize)]
pub struct GitRepo {
    /// Code host.
    pub codehost_key: String,
    /// Owner.
    pub owner: String,
    /// Repository.
    pub repo: String,
    /// Branch.
    pub branch: String,
    /// Files of values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values_paths: Vec<String>,
}

/// `source_detail`: present when the object came from a repository.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Repository.
    pub git_repo_config: GitRepo,
    /// Path in it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub load_path: String,
}

/// An object in a namespace.
#[derive(Clone, Debug)]
pub struct Config {
    /// Kind.
    pub kind: ConfigKind,
    /// Name.
    pub name: String,
    /// Unix seconds.
    pub created: i64,
    /// Who wrote it through Zadig, may be empty.
    pub update_by: String,
    /// The object as printed.
    pub yaml: String,
    /// Where it came from.
    pub source: Option<Source>,
    /// Carries the label that hides it from lists.
    pub backup: bool,
}

/// What a YAML text says about itself.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// `kind`.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    value: Value,
}

/// Parses one Kubernetes object. Fails with the parser's sentence, as Kubernetes' converter words it.
pub fn parse(yaml: &str) -> Result<Parsed, String> {
    let value: Value =
        serde_yaml_ng::from_str(yaml).map_err(|e| format!("error converting YAML to JSON: yaml: {e}"))?;
    let text = |v: Option<&Value>| v.and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = text(value.get("kind"));
    if kind.is_empty() {
        return Err("Object 'Kind' is missing in the given YAML".into());
    }
    let name = text(value.get("metadata").and_then(|m| m.get("name")));
    Ok(Parsed { kind, name, value })
}

impl Parsed {
    /// Prints the object as the cluster would keep it in this namespace and project.
    pub fn print(mut self, namespace: &str, project: &str, created: Millis) -> String {
        let uid = uid(namespace, &self.kind, &self.name, created);
        if let Some(root) = self.value.as_mapping_mut() {
            root.remove("status");
            let meta = root.entry("metadata".into()).or_insert_with(|| Value::Mapping(Mapping::new()));
            if let Some(meta) = meta.as_mapping_mut() {
                meta.remove("managedFields");
                meta.remove("resourceVersion");
                meta.insert("namespace".into(), namespace.into());
                meta.insert("uid".into(), uid.into());
                meta.insert("creationTimestamp".into(), rfc3339(created / 1000).into());
                let labels = meta.entry("labels".into()).or_insert_with(|| Value::Mapping(Mapping::new()));
                if let Some(labels) = labels.as_mapping_mut() {
                    labels.insert("s-product".into(), project.into());
                }
            }
        }
        sort(&mut self.value);
        crate::yaml::print(&self.value)
    }
}

/// The object's uid: the same for the same name and creation time.
fn uid(namespace: &str, kind: &str, name: &str, created: Millis) -> String {
    let seed = format!("{namespace}/{kind}/{name}")
        .bytes()
        .fold(created as u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
    super::pod::uuid(&mut fastrand::Rng::with_seed(seed))
}

fn sort(value: &mut Value) {
    match value {
        Value::Mapping(map) => {
            let mut entries: Vec<(Value, Value)> = std::mem::take(map).into_iter().collect();
            entries.sort_by(|a, b| a.0.as_str().cmp(&b.0.as_str()));
            for (key, mut inner) in entries {
                sort(&mut inner);
                map.insert(key, inner);
            }
        }
        Value::Sequence(list) => list.iter_mut().for_each(sort),
        _ => {}
    }
}

/// Seconds since 1970 as `2006-01-02T15:04:05Z` (civil-from-days).
pub fn rfc3339(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    let (h, m, s) = (rest / 3600, rest % 3600 / 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
}

/// Replaces the system variables Zadig knows in ConfigMap values.
pub fn substitute(yaml: &str, project: &str, env: &str, namespace: &str) -> String {
    yaml.replace("$Product$", project).replace("$EnvName$", env).replace("$Namespace$", namespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_sorts_forces_the_namespace_and_drops_comments() {
        let yaml = "kind: ConfigMap # mine\nmetadata:\n  name: a\n  namespace: other\ndata:\n  b: |\n    x=1\n    y=2\n  a: \"3\"\napiVersion: v1\n";
        let parsed = parse(yaml).expect("it is YAML");
        assert_eq!((parsed.kind.as_str(), parsed.name.as_str()), ("ConfigMap", "a"));
        let uid = uid("ns", "ConfigMap", "a", 1_690_186_199_000);
        let expected = format!(
            "apiVersion: v1\ndata:\n  a: \"3\"\n  b: |\n    x=1\n    y=2\nkind: ConfigMap\nmetadata:\n  creationTimestamp: \"2023-07-24T08:09:59Z\"\n  labels:\n    s-product: p\n  name: a\n  namespace: ns\n  uid: {uid}\n"
        );
        assert_eq!(parsed.print("ns", "p", 1_690_186_199_000), expected);
    }

    #[test]
    fn a_word_that_yaml_1_1_reads_otherwise_is_quoted() {
        let parsed =
            parse("kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  yes: \"yes\"\n").expect("it is YAML");
        assert!(parsed.print("ns", "p", 0).contains("data:\n  \"yes\": \"yes\"\n"));
    }

    #[test]
    fn bad_yaml_is_reported() {
        assert!(parse("a: [").is_err_and(|e| e.starts_with("error converting YAML to JSON: yaml: ")));
        assert!(parse("a: b").is_err());
    }
}
