//! The server's fixed sentences (contract 0.4), with English.
//!
//! Codes are reused (6076 stands for three titles), so a title counts as known only where code and text agree.
//! The server's own words are always shown too; this is a help for readers of English, not a replacement.

/// Declares an enumeration of fixed sentences with their English.
macro_rules! known {
    ($(#[$outer:meta])* $name:ident { $($variant:ident, $zh:literal, $en:literal;)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each variant is documented by its English sentence")]
        pub enum $name { $($variant,)+ }

        impl $name {
            /// Every sentence.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The sentence in English.
            pub fn english(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }

            /// The sentence as the server writes it.
            pub fn original(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }
        }
    };
}

known! {
    /// A title: the server's `message` together with its `code`.
    KnownTitle {
        ListTemplates, "列出模板失败", "Listing templates failed";
        DeleteProject, "删除项目失败", "Deleting the project failed";
        ListServiceGroups, "列出服务组失败", "Listing the services failed";
        CreateEnv, "创建环境失败", "Creating the environment failed";
        ListEnvs, "列出环境失败", "Listing environments failed";
        UpdateEnv, "更新环境失败", "Updating the environment failed";
        UpdateEnvConfig, "更新环境资源配置失败", "Updating the environment's config failed";
        SleepEnv, "环境睡眠失败", "Putting the environment to sleep failed";
        DeleteEnv, "删除环境失败", "Deleting the environment failed";
        GetEnv, "获取环境失败", "Reading the environment failed";
        SetPortal, "设置入口服务失败", "Setting the portal service failed";
        GetPortal, "获取入口服务配置失败", "Reading the portal service failed";
        RestartService, "重启服务失败", "Restarting the service failed";
        ScaleService, "伸缩服务失败", "Scaling the service failed";
        UpdateImage, "更新服务镜像失败", "Updating the image failed";
        GetService, "获取服务失败", "Reading the service failed";
        DeletePod, "删除服务Pod失败", "Deleting the pod failed";
        ListServiceConfigs, "列出服务配置失败", "Listing configs failed";
        UpdateServiceConfig, "更新服务配置失败", "Updating the config failed";
        UpdateService, "更新服务失败", "Updating the service failed";
        ListServiceEvents, "列出服务事件失败", "Listing events failed";
        ListObjects, "列出对象资源失败", "Listing objects failed";
        ServiceUsedBySubEnv, "删除服务失败，待删除服务存在于子环境中", "The service is still part of a sub-environment";
        UpdateObject, "更新对象资源失败", "Updating the object failed";
        DeleteObject, "删除对象资源失败", "Deleting the object failed";
        GetPodDetail, "获取Pod详情失败", "Reading the pod failed";
        CreateNamespace, "创建用户namespace失败", "Creating the namespace failed";
        CreateSecret, "创建secret失败", "Creating the secret failed";
        ListOperationLog, "获取操作日志列表失败", "Reading the operation log failed";
        Licence, "用户许可证不可用，请检查许可证后重试", "The licence is not available; check it and try again";
        Internal, "Internal Error: ", "Internal error";
        BadRequest, "Bad Request", "Bad request";
        NotFound, "Request Not Found", "Not found";
    }
}

known! {
    /// A sentence that occurs inside a `description`.
    KnownDetail {
        EnvExists, "环境已存在", "An environment with this key already exists";
        EnvMissing, "环境不存在", "The environment does not exist";
        EnvBusy, "环境正处于不能更新的状态", "The environment is being changed and cannot be updated now";
        BadRegistry, "无法创建默认的镜像仓库", "The image registry cannot be used";
        DeploymentImage, "更新 Deployment 容器镜像失败", "Updating the Deployment's image failed";
        StatefulSetImage, "更新 StatefulSet 容器镜像失败", "Updating the StatefulSet's image failed";
        CronJobImage, "更新 CronJob 容器镜像失败", "Updating the CronJob's image failed";
        Sleeping, "nvironment is sleeping", "The environment is sleeping";
        IstioMissing, "could not find the requested resource", "The cluster does not know Istio's objects: Istio is not installed there";
        NoGatewayAddress, "lb doesn't have ip address or hostname", "Istio's ingress gateway has no address from a load balancer";
        NoGateway, "istio-ingressgateway", "The cluster has no istio-ingressgateway";
        NoPortal, "gateways.networking.istio.io", "This service has no portal";
        NoDocuments, "mongo: no documents in result", "There is no such environment or object here";
        ModifiedMeanwhile, "modified since last update", "Services were changed since they were read";
        LockHeld, "failed to acquire lock", "Another change to this project is in progress";
        NotBaseEnv, "doesn't enable share environment or is not base environment", "Sub-environments are not enabled here";
        LicenceUnreachable, "failed to validate zadig license status", "The licence service cannot be reached";
    }
}

impl KnownTitle {
    /// The code that belongs to the title.
    pub fn code(self) -> i64 {
        match self {
            Self::ListTemplates => 6042,
            Self::DeleteProject => 6063,
            Self::ListServiceGroups => 6065,
            Self::CreateEnv => 6074,
            Self::ListEnvs => 6075,
            Self::UpdateEnv | Self::UpdateEnvConfig | Self::SleepEnv => 6076,
            Self::DeleteEnv => 6077,
            Self::GetEnv => 6078,
            Self::SetPortal | Self::GetPortal => 6079,
            Self::RestartService => 6080,
            Self::ScaleService => 6081,
            Self::UpdateImage => 6082,
            Self::GetService => 6083,
            Self::DeletePod => 6086,
            Self::ListServiceConfigs => 6088,
            Self::UpdateServiceConfig => 6089,
            Self::UpdateService => 6092,
            Self::ListServiceEvents => 6093,
            Self::ListObjects | Self::ServiceUsedBySubEnv => 6094,
            Self::UpdateObject => 6095,
            Self::DeleteObject => 6096,
            Self::GetPodDetail => 6153,
            Self::CreateNamespace => 6400,
            Self::CreateSecret => 6401,
            Self::ListOperationLog => 6652,
            Self::Licence => 7050,
            Self::Internal => 500,
            Self::BadRequest => 400,
            Self::NotFound => 404,
        }
    }

    /// The title that has both this code and this text.
    pub fn find(code: i64, message: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|title| title.code() == code && title.original().trim() == message.trim())
    }

    /// The title with this text, whatever its code: for titles repeated inside a description.
    pub fn by_text(message: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|title| title.original().trim() == message.trim())
    }
}

impl KnownDetail {
    /// The first sentence, in order of declaration, that occurs in `description`.
    pub fn find(description: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|detail| description.contains(detail.original()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reused_code_needs_its_own_text() {
        assert_eq!(KnownTitle::find(6076, "更新环境失败"), Some(KnownTitle::UpdateEnv));
        assert_eq!(KnownTitle::find(6076, "环境睡眠失败"), Some(KnownTitle::SleepEnv));
        assert_eq!(KnownTitle::find(6076, "创建环境失败"), None);
        assert_eq!(KnownTitle::find(6074, "something else"), None);
    }

    #[test]
    fn every_title_is_found_by_its_own_code_and_text() {
        for title in KnownTitle::ALL {
            assert_eq!(KnownTitle::find(title.code(), title.original()), Some(*title));
            assert!(title.english().is_ascii());
        }
    }

    #[test]
    fn what_istio_lacks_is_told_apart() {
        for (text, detail) in [
            (
                "the server could not find the requested resource (post virtualservices.networking.istio.io)",
                KnownDetail::IstioMissing,
            ),
            (
                "failed to get default istio ingress gateway address: 获取入口服务配置失败: istio default gateway's lb doesn't have ip address or hostname",
                KnownDetail::NoGatewayAddress,
            ),
            (
                "failed to get istio default ingress gateway istio-ingressgateway in ns istio-system, err: services \"istio-ingressgateway\" not found",
                KnownDetail::NoGateway,
            ),
            ("gateways.networking.istio.io \"api-gateway\" not found", KnownDetail::NoPortal),
            (
                "failed to query env `dev` in project `shop`: mongo: no documents in result",
                KnownDetail::NoDocuments,
            ),
        ] {
            assert_eq!(KnownDetail::find(text), Some(detail), "{text}");
        }
    }

    #[test]
    fn a_fixed_sentence_is_found_inside_a_description() {
        let text = "1 error occurred:\n\t* 创建环境失败: 创建环境失败: 环境已存在\n\n";
        assert_eq!(KnownDetail::find(text), Some(KnownDetail::EnvExists));
        assert_eq!(KnownDetail::find("Environment is sleeping"), Some(KnownDetail::Sleeping));
    }
}
