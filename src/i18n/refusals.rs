use super::errors::Explanation;
use crate::api::Refusal;

messages! {
    /// What the server refuses about environments themselves, and what to do about it.
    Refusals {
        key_taken: "The project already has an environment with this key", "项目中已有此标识的环境";
        key_taken_do: "Keys are unique across test and production. Choose another one.", "标识在测试和生产环境之间不能重复，请换一个。";
        key_missing: "The environment has no key", "缺少环境标识";
        key_missing_do: "Give it a name of lowercase letters, digits and hyphens.", "请用小写字母、数字和连字符命名。";
        cluster_missing: "No cluster was chosen", "未选择集群";
        cluster_missing_do: "Choose the cluster to run the environment in.", "请选择环境所在的集群。";
        namespace_missing: "No namespace was given", "缺少命名空间";
        namespace_missing_do: "Enter the namespace; Zadig creates it if it does not exist.", "请填写命名空间；如不存在，Zadig 会创建。";
        registry_missing: "No image registry was chosen", "未选择镜像仓库";
        registry_missing_do: "Choose the registry that images are pulled from.", "请选择拉取镜像的仓库。";
        project_missing: "No project was given", "缺少项目标识";
        project_missing_do: "The link to this page has no project. Start again from the list of environments.", "页面链接中缺少项目，请从环境列表重新开始。";
        project_unknown: "Zadig has no such project", "Zadig 中没有此项目";
        project_unknown_do: "Check the project key; it is case-sensitive.", "请检查项目标识，注意大小写。";
        not_yaml: "This project does not deploy Kubernetes YAML", "此项目不是 Kubernetes YAML 项目";
        not_yaml_do: "Zadig’s API creates environments only for Kubernetes YAML projects. Use Zadig’s own pages.", "Zadig API 只能为 Kubernetes YAML 项目创建环境，请使用 Zadig 页面。";
        service_unknown: "The project has no such service", "项目中没有该服务";
        service_unknown_do: "It was deleted or renamed. Remove it from the new environment, then try again.", "该服务可能已被删除或改名。请从新环境中移除后重试。";
        variable_undefined: "A global variable is not defined in the project", "有全局变量未在项目中定义";
        variable_undefined_do: "Leave it out, or define it in the project first.", "请移除该变量，或先在项目中定义。";
        config_refused: "Kubernetes rejected a config object", "Kubernetes 拒绝了某个配置对象";
        config_refused_do: "The details say which and why. Correct its YAML, then try again.", "详情中说明了是哪个及原因。请修改 YAML 后重试。";
        resource_taken: "A resource with this name belongs to another environment", "同名资源已属于另一个环境";
        resource_taken_do: "Choose a separate namespace, or leave the service out.", "请使用独立的命名空间，或不添加该服务。";
        registry_unusable: "The image registry cannot be used", "镜像仓库无法使用";
        registry_unusable_do: "The registry does not exist, or its credentials are wrong. Choose another one.", "该镜像仓库不存在或凭据有误，请选择其他仓库。";
        cluster_unusable: "The cluster cannot be used", "集群无法使用";
        cluster_unusable_do: "The cluster does not exist, or Zadig cannot reach it. Choose another one.", "该集群不存在或 Zadig 无法连接，请选择其他集群。";
        namespace_reserved: "This namespace is reserved for Kubernetes", "该命名空间为 Kubernetes 保留";
        namespace_reserved_do: "Production environments cannot use kube-node-lease, kube-public or kube-system. Choose another namespace.", "生产环境不能使用 kube-node-lease、kube-public 和 kube-system，请换一个命名空间。";
        gone: "This environment no longer exists", "此环境已不存在";
        gone_do: "It has already been deleted. There is nothing left to do.", "它已被删除，无需再操作。";
        collaboration: "Collaboration modes are based on this environment", "有协作模式基于此环境";
        collaboration_do: "Remove it from the project’s collaboration modes in Zadig first.", "请先在 Zadig 的协作模式中移除此环境。";
        mode_missing: "The request did not say whether to delete the namespace too", "未说明是否同时删除命名空间";
        mode_missing_do: "A proxy between this page and Zadig may have changed the request. Ask its administrator.", "页面与 Zadig 之间可能有代理修改了请求，请联系管理员。";
    }
}

/// The words for a refusal.
pub(crate) fn refusal(t: &Refusals, refusal: Refusal) -> Explanation {
    let (title, advice) = match refusal {
        Refusal::KeyTaken => (t.key_taken, t.key_taken_do),
        Refusal::KeyMissing => (t.key_missing, t.key_missing_do),
        Refusal::ClusterMissing => (t.cluster_missing, t.cluster_missing_do),
        Refusal::NamespaceMissing => (t.namespace_missing, t.namespace_missing_do),
        Refusal::RegistryMissing => (t.registry_missing, t.registry_missing_do),
        Refusal::ProjectMissing => (t.project_missing, t.project_missing_do),
        Refusal::ProjectUnknown => (t.project_unknown, t.project_unknown_do),
        Refusal::NotKubernetesYaml => (t.not_yaml, t.not_yaml_do),
        Refusal::ServiceUnknown => (t.service_unknown, t.service_unknown_do),
        Refusal::VariableUndefined => (t.variable_undefined, t.variable_undefined_do),
        Refusal::ConfigRefused => (t.config_refused, t.config_refused_do),
        Refusal::ResourceTaken => (t.resource_taken, t.resource_taken_do),
        Refusal::RegistryUnusable => (t.registry_unusable, t.registry_unusable_do),
        Refusal::ClusterUnusable => (t.cluster_unusable, t.cluster_unusable_do),
        Refusal::NamespaceReserved => (t.namespace_reserved, t.namespace_reserved_do),
        Refusal::EnvironmentGone => (t.gone, t.gone_do),
        Refusal::InCollaboration => (t.collaboration, t.collaboration_do),
        Refusal::DeleteModeMissing => (t.mode_missing, t.mode_missing_do),
    };
    Explanation { title, advice }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_refusal_has_its_own_sentence_in_both_languages() {
        for texts in [&Refusals::EN, &Refusals::ZH] {
            let titles: BTreeSet<&str> = Refusal::ALL.iter().map(|one| refusal(texts, *one).title).collect();
            let advice: BTreeSet<&str> = Refusal::ALL.iter().map(|one| refusal(texts, *one).advice).collect();
            assert_eq!((titles.len(), advice.len()), (Refusal::ALL.len(), Refusal::ALL.len()));
        }
    }
}
