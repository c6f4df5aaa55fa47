//! What exactly the server refuses about environments themselves (`E07`–`E12`): each refusal of the contract by the words
//! it is told with.
//!
//! An [`ErrorKind`](super::ErrorKind) is enough to decide on; a person wants to know which field it was. The same words
//! mean different things from different calls, so a refusal is recognised for these calls only.

use crate::api::endpoint::Endpoint;

/// A refusal of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The project has an environment of this key, of either family.
    KeyTaken,
    /// No key was sent.
    KeyMissing,
    /// No cluster was sent.
    ClusterMissing,
    /// No namespace was sent.
    NamespaceMissing,
    /// No registry was sent.
    RegistryMissing,
    /// No project was sent.
    ProjectMissing,
    /// There is no such project.
    ProjectUnknown,
    /// The project does not deploy Kubernetes YAML.
    NotKubernetesYaml,
    /// The project has no such service.
    ServiceUnknown,
    /// A global variable that the project does not define.
    VariableUndefined,
    /// Kubernetes would not take a config object.
    ConfigRefused,
    /// A resource of this name belongs to another environment in the namespace.
    ResourceTaken,
    /// The registry cannot be used.
    RegistryUnusable,
    /// There is no such cluster, or it cannot be reached.
    ClusterUnusable,
    /// One of Kubernetes' own namespaces, for production.
    NamespaceReserved,
    /// There is no such environment (of this family).
    EnvironmentGone,
    /// Collaborations are based on the environment.
    InCollaboration,
    /// It was not said whether the namespace goes too.
    DeleteModeMissing,
}

impl Refusal {
    /// Every refusal.
    pub const ALL: [Self; 18] = [
        Self::KeyTaken,
        Self::KeyMissing,
        Self::ClusterMissing,
        Self::NamespaceMissing,
        Self::RegistryMissing,
        Self::ProjectMissing,
        Self::ProjectUnknown,
        Self::NotKubernetesYaml,
        Self::ServiceUnknown,
        Self::VariableUndefined,
        Self::ConfigRefused,
        Self::ResourceTaken,
        Self::RegistryUnusable,
        Self::ClusterUnusable,
        Self::NamespaceReserved,
        Self::EnvironmentGone,
        Self::InCollaboration,
        Self::DeleteModeMissing,
    ];

    /// The refusal that a call's description tells of; the first phrase of its list that occurs decides.
    pub fn find(call: Endpoint, description: &str) -> Option<Self> {
        let phrases: &[(&str, Self)] = match call {
            Endpoint::E07 | Endpoint::E08 => CREATING,
            Endpoint::E09 | Endpoint::E10 => EDITING,
            Endpoint::E11 | Endpoint::E12 => DELETING,
            _ => return None,
        };
        let text = description.to_ascii_lowercase();
        phrases.iter().find(|(phrase, _)| text.contains(phrase)).map(|(_, refusal)| *refusal)
    }
}

/// Lower-cased, the narrower before the wider.
const CREATING: &[(&str, Refusal)] = &[
    ("环境已存在", Refusal::KeyTaken),
    ("env key is required", Refusal::KeyMissing),
    ("cluster_id is required", Refusal::ClusterMissing),
    ("namespace is required", Refusal::NamespaceMissing),
    ("registry_id is required", Refusal::RegistryMissing),
    ("project key is required", Refusal::ProjectMissing),
    ("projectkey", Refusal::ProjectMissing),
    ("only support k8s type", Refusal::NotKubernetesYaml),
    ("failed to find service from db", Refusal::ServiceUnknown),
    ("not match the definition", Refusal::VariableUndefined),
    ("dry run", Refusal::ConfigRefused),
    ("dry-run", Refusal::ConfigRefused),
    ("unsupported kind", Refusal::ConfigRefused),
    ("resource is applied by other envs", Refusal::ResourceTaken),
    ("resource ownership conflict", Refusal::ResourceTaken),
    ("无法创建默认的镜像仓库", Refusal::RegistryUnusable),
    ("production environment namespace cannot be set", Refusal::NamespaceReserved),
    ("cluster", Refusal::ClusterUnusable),
    ("kube client", Refusal::ClusterUnusable),
    ("no documents in result", Refusal::ProjectUnknown),
];

const EDITING: &[(&str, Refusal)] = &[
    ("环境不存在", Refusal::EnvironmentGone),
    ("无法创建默认的镜像仓库", Refusal::RegistryUnusable),
    ("projectkey", Refusal::ProjectMissing),
    ("no documents in result", Refusal::EnvironmentGone),
];

const DELETING: &[(&str, Refusal)] = &[
    ("is a base environment", Refusal::InCollaboration),
    ("strconv.parsebool", Refusal::DeleteModeMissing),
    ("projectkey", Refusal::ProjectMissing),
    ("no documents in result", Refusal::EnvironmentGone),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::environments::{self, DeleteMode, NewEnvironment, NewProductionEnvironment};
    use crate::api::error::{Answer, classify};
    use crate::api::{ApiError, Call};

    fn answer<T>(call: &Call<T>, code: i64, title: &str, description: &str) -> ApiError {
        let status = if code >= 6000 { 400 } else { u16::try_from(code).unwrap() };
        let body = match title {
            "" => {
                serde_json::json!({"code": code, "description": description, "message": "Internal Error: "})
            }
            title => {
                serde_json::json!({"code": code, "description": description, "extra": {}, "message": title, "type": "error"})
            }
        };
        classify(call.request().info(), Answer { status, auth_reason: None, body: &body.to_string() })
    }

    #[test]
    fn every_refusal_of_creating_is_recognised() {
        let call = environments::create("p", &NewEnvironment::default());
        let list = |text: &str| format!("1 error occurred:\n\t* {text}\n\n");
        for (code, title, text, refusal) in [
            (500, "", "project key is required".to_owned(), Refusal::ProjectMissing),
            (500, "", "env key is required".to_owned(), Refusal::KeyMissing),
            (500, "", "cluster_id is required".to_owned(), Refusal::ClusterMissing),
            (500, "", "namespace is required".to_owned(), Refusal::NamespaceMissing),
            (500, "", "registry_id is required".to_owned(), Refusal::RegistryMissing),
            (6074, "创建环境失败", "mongo: no documents in result".to_owned(), Refusal::ProjectUnknown),
            (6074, "创建环境失败", "only support k8s type".to_owned(), Refusal::NotKubernetesYaml),
            (
                6074,
                "创建环境失败",
                "failed to find service from db, serviceName:web".to_owned(),
                Refusal::ServiceUnknown,
            ),
            (500, "", list("创建环境失败: 创建环境失败: 环境已存在"), Refusal::KeyTaken),
            (500, "", list("global variables not match the definition"), Refusal::VariableUndefined),
            (500, "", list("创建环境失败: dry run failed: bad"), Refusal::ConfigRefused),
            (
                500,
                "",
                list("创建环境失败: resource is applied by other envs: Deployment/web, env: dev"),
                Refusal::ResourceTaken,
            ),
            (
                500,
                "",
                list("创建环境失败: resource ownership conflict: Deployment/web, env: dev"),
                Refusal::ResourceTaken,
            ),
            (500, "", list("创建环境失败: 无法创建默认的镜像仓库"), Refusal::RegistryUnusable),
            (
                500,
                "",
                list("创建环境失败: cluster c not found: mongo: no documents in result"),
                Refusal::ClusterUnusable,
            ),
        ] {
            assert_eq!(answer(&call, code, title, &text).refusal(), Some(refusal), "{text}");
        }
    }

    #[test]
    fn refusals_of_production_are_recognised() {
        let call = environments::create_production("p", &NewProductionEnvironment::default());
        let text = "namespace kube-system is invalid, production environment namespace cannot be set to these three namespaces: kube-node-lease, kube-public, kube-system";
        assert_eq!(answer(&call, 400, "Bad Request", text).refusal(), Some(Refusal::NamespaceReserved));
        let call = environments::edit_production("p", "e", "r", "a");
        assert_eq!(
            answer(&call, 6076, "更新环境失败", "环境不存在").refusal(),
            Some(Refusal::EnvironmentGone)
        );
        let call = environments::delete_production("p", "e");
        let gone = answer(&call, 6077, "删除环境失败", "mongo: no documents in result");
        assert_eq!(gone.refusal(), Some(Refusal::EnvironmentGone));
    }

    #[test]
    fn refusals_of_editing_and_deleting_are_recognised() {
        let edit = environments::edit("p", "e", "r");
        let bad = answer(&edit, 6401, "创建secret失败", "无法创建默认的镜像仓库");
        assert_eq!(bad.refusal(), Some(Refusal::RegistryUnusable));
        let delete = environments::delete("p", "e", DeleteMode::ForgetOnly);
        for (code, title, text, refusal) in [
            (
                6096,
                "删除对象资源失败",
                "strconv.ParseBool: parsing \"\": invalid syntax",
                Refusal::DeleteModeMissing,
            ),
            (6096, "删除对象资源失败", "projectKey is empty", Refusal::ProjectMissing),
            (500, "", "find product error: mongo: no documents in result", Refusal::EnvironmentGone),
            (500, "", "this is a base environment, collaborations:[c] is related", Refusal::InCollaboration),
        ] {
            assert_eq!(answer(&delete, code, title, text).refusal(), Some(refusal), "{text}");
        }
    }

    #[test]
    fn the_same_words_from_another_call_are_no_such_refusal() {
        let call = environments::list(crate::api::Family::Test, "p");
        assert_eq!(answer(&call, 500, "", "mongo: no documents in result").refusal(), None);
    }
}
