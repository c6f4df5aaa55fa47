//! What is said of errors by the pages that are loaded later: refusals of writes, and what sub-environments and portal
//! services need.

use super::{Explanation, Messages, explain, refusals};
use crate::api::{ApiError, Endpoint, ErrorKind, KnownDetail};

messages! {
    /// What goes wrong with sub-environments and portal services.
    ShareErrors {
        share_not_base: "Sub-environments are not enabled here", "此环境未开启子环境";
        share_not_base_do: "Zadig has portal services only for base environments. Enable sub-environments first.", "Zadig 只支持基准环境的入口服务，请先开启子环境。";
        share_no_istio: "Istio is not installed in this cluster", "此集群未安装 Istio";
        share_no_istio_do: "Zadig could not create Istio’s objects. The namespace may already have Istio’s label: install Istio and enable again, or disable to clean up.", "Zadig 无法创建 Istio 资源，命名空间可能已带有 Istio 标签。请安装 Istio 后重新开启，或关闭以清理。";
        share_licence: "Sub-environments need an Enterprise licence", "子环境需要企业版许可证";
        share_licence_do: "Zadig’s licence is missing, expired, or for a lower edition. A Zadig administrator can check it under System Settings. Nothing was changed.", "Zadig 许可证缺失、已过期，或版本较低。请由 Zadig 管理员在系统设置中检查。未做任何变更。";
        share_forbidden: "This account is not allowed to configure sub-environments here", "此账号无权配置此处的子环境";
        share_forbidden_do: "It needs permission to edit the configuration of this project’s test environments. A project administrator can grant it.", "需要编辑该项目测试环境配置的权限，请向项目管理员申请。";
        share_missing: "This test environment does not exist", "测试环境不存在";
        share_missing_do: "It was deleted or renamed in the meantime, or it is a production environment: those have no sub-environments.", "它在此期间已被删除或改名，或属于生产环境（生产环境没有子环境）。";
        share_cluster: "Zadig no longer has the environment’s cluster", "Zadig 中已没有该环境的集群";
        share_cluster_do: "It was removed from Zadig. A Zadig administrator can connect it again.", "集群已从 Zadig 中移除，请由 Zadig 管理员重新接入。";
        share_route: "This Zadig’s API does not support sub-environments", "此 Zadig 的 API 不支持子环境";
        share_route_do: "The call does not exist at this address: it is another version, or another server responds there. Use Zadig’s own pages.", "该地址没有此调用：版本不同，或由其他服务器响应。请使用 Zadig 页面。";
        share_route_check: "This Zadig cannot say which workloads lack a Kubernetes Service", "此 Zadig 无法列出缺少 Kubernetes Service 的工作负载";
        share_route_check_do: "Neither path of the call exists there. The check is only for information: enabling does not need it.", "两种写法的路径均不存在。该检查仅供参考，不影响开启。";
        share_sleeping: "The environment is sleeping, so sub-environments cannot be changed", "环境处于睡眠状态，无法变更子环境";
        share_sleeping_do: "Wake it up in Zadig first; the API has no call for it.", "请先在 Zadig 中唤醒，API 没有对应的调用。";
        portal_none: "This service has no portal to remove", "此服务没有可移除的入口";
        portal_none_do: "Its gateway does not exist: it was removed before, or never set.", "网关不存在：已被移除，或从未设置。";
        portal_no_gateway: "The cluster has no istio-ingressgateway", "集群中没有 istio-ingressgateway";
        portal_no_gateway_do: "Portal services go through Istio’s ingress gateway in istio-system. A cluster administrator can install it.", "入口服务依赖 istio-system 中的 Istio 入口网关，请由集群管理员安装。";
        portal_no_address: "Istio’s ingress gateway has no address", "Istio 入口网关没有地址";
        portal_no_address_do: "No load balancer assigned one, so nothing can be reached through it. A cluster administrator can look into it.", "负载均衡未分配地址，无法通过它访问。请由集群管理员检查。";
        portal_malformed: "Zadig could not read the portal hosts", "Zadig 无法解析入口配置";
        portal_malformed_do: "What you typed is kept. Check hosts and ports; the details show the server’s message.", "已输入的内容仍保留。请检查主机和端口，详情中有服务器的说明。";
    }
}

/// The words for an error, with the sentences that single calls have for their refusals; as [`explain`] otherwise.
pub fn explain_closely(t: &Messages, error: &ApiError, by_proxy: bool) -> Explanation {
    if let Some(refusal) = error.refusal() {
        return refusals::refusal(t.refusals(), refusal);
    }
    of_sharing(t.share_errors(), error).unwrap_or_else(|| explain(t, error, by_proxy))
}

/// The refusals of sub-environments and portal services (`E39`-`E44`, `H6`) in words of their own: what the general ones say
/// is true for them too, and helps less.
fn of_sharing(texts: &ShareErrors, error: &ApiError) -> Option<Explanation> {
    let endpoint = error.call.endpoint;
    if !matches!(
        endpoint,
        Endpoint::E39
            | Endpoint::E40
            | Endpoint::E41
            | Endpoint::E42
            | Endpoint::E43
            | Endpoint::E44
            | Endpoint::H6
    ) {
        return None;
    }
    let (title, advice) = match (error.known_detail(), error.kind) {
        (Some(KnownDetail::NotBaseEnv), _) => (texts.share_not_base, texts.share_not_base_do),
        (Some(KnownDetail::IstioMissing), _) => (texts.share_no_istio, texts.share_no_istio_do),
        (Some(KnownDetail::NoGatewayAddress), _) => (texts.portal_no_address, texts.portal_no_address_do),
        (Some(KnownDetail::NoGateway), _) => (texts.portal_no_gateway, texts.portal_no_gateway_do),
        (Some(KnownDetail::NoPortal), _) if endpoint == Endpoint::E44 => {
            (texts.portal_none, texts.portal_none_do)
        }
        (_, ErrorKind::Licence) => (texts.share_licence, texts.share_licence_do),
        (_, ErrorKind::Sleeping) => (texts.share_sleeping, texts.share_sleeping_do),
        (_, ErrorKind::Forbidden) => (texts.share_forbidden, texts.share_forbidden_do),
        (_, ErrorKind::NotFound) if endpoint == Endpoint::H6 => (texts.share_cluster, texts.share_cluster_do),
        (_, ErrorKind::NotFound) => (texts.share_missing, texts.share_missing_do),
        (_, ErrorKind::RouteMissing) if endpoint == Endpoint::E39 => {
            (texts.share_route_check, texts.share_route_check_do)
        }
        (_, ErrorKind::RouteMissing | ErrorKind::MethodNotAllowed) => {
            (texts.share_route, texts.share_route_do)
        }
        (_, ErrorKind::InvalidInput) if endpoint == Endpoint::E44 => {
            (texts.portal_malformed, texts.portal_malformed_do)
        }
        _ => return None,
    };
    Some(Explanation { title, advice })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::error::{Answer, classify};
    use crate::api::{Request, portal, share, system};
    use crate::i18n::Language;
    use std::collections::BTreeSet;

    fn shape_a(code: i64, message: &str, description: &str) -> String {
        serde_json::json!({"code": code, "message": message, "description": description, "extra": {}, "type": "error"})
            .to_string()
    }

    fn shape_b(description: &str) -> String {
        serde_json::json!({"code": 500, "message": "Internal Error: ", "description": description})
            .to_string()
    }

    /// What an answer to a call is called in a language.
    fn title(request: &Request, status: u16, body: &str, language: Language) -> &'static str {
        let error = classify(request.info(), Answer { status, auth_reason: None, body });
        explain_closely(language.messages(), &error, false).title
    }

    #[test]
    fn every_refusal_of_sub_environments_and_portals_has_its_own_sentence_in_both_languages() {
        let check = share::workloads_without_service("p", "e").request().clone();
        let (on, off) =
            (share::enable("p", "e").request().clone(), share::disable("p", "e").request().clone());
        let ready = share::readiness("p", "e", share::ShareOperation::Enable).request().clone();
        let (get, set) =
            (portal::get("p", "e", "s").request().clone(), portal::set("p", "e", "s", &[]).request().clone());
        let istio = system::istio_installed("c").request().clone();
        let missing = shape_b("failed to query env `e` in project `p`: mongo: no documents in result");
        let not_base = "%s doesn't enable share environment or is not base environment";
        let licence = shape_a(7050, "用户许可证不可用，请检查许可证后重试", "");
        let set_title = "设置入口服务失败";
        let get_title = "获取入口服务配置失败";
        let cases: Vec<(&str, &Request, u16, String)> = vec![
            ("missing", &check, 500, missing.clone()),
            ("missing", &ready, 500, missing),
            (
                "missing",
                &set,
                400,
                shape_a(
                    6079,
                    set_title,
                    "failed to query env `e` in project `p`: mongo: no documents in result",
                ),
            ),
            ("forbidden", &check, 403, String::new()),
            ("forbidden", &on, 403, String::new()),
            ("forbidden", &get, 403, String::new()),
            (
                "check route",
                &check,
                404,
                "Invalid path: /openapi/environments/e/check/workloads/k8services".into(),
            ),
            ("route", &on, 404, "Invalid path: /openapi/environments/e/share/enable".into()),
            ("route", &ready, 404, "Invalid path: /openapi/x".into()),
            ("sleeping", &on, 500, shape_b("Environment is sleeping")),
            ("sleeping", &off, 500, shape_b("Environment is sleeping")),
            (
                "istio",
                &on,
                500,
                shape_b(
                    "the server could not find the requested resource (post virtualservices.networking.istio.io)",
                ),
            ),
            ("licence", &on, 400, licence.clone()),
            ("licence", &off, 400, licence.clone()),
            ("licence", &set, 400, licence),
            ("not base", &get, 400, shape_a(6079, get_title, not_base)),
            ("not base", &set, 400, shape_a(6079, set_title, not_base)),
            (
                "no gateway",
                &get,
                400,
                shape_a(6079, get_title, "services \"istio-ingressgateway\" not found"),
            ),
            (
                "no address",
                &get,
                400,
                shape_a(6079, get_title, "istio default gateway's lb doesn't have ip address or hostname"),
            ),
            (
                "no portal",
                &set,
                400,
                shape_a(6079, set_title, "gateways.networking.istio.io \"s-gateway\" not found"),
            ),
            (
                "malformed",
                &set,
                400,
                shape_a(400, "Bad Request", "invalid character 'x' looking for beginning of value"),
            ),
            ("cluster", &istio, 500, shape_b("mongo: no documents in result")),
        ];
        for language in [Language::English, Language::Chinese] {
            let told: BTreeSet<(&str, &str)> = cases
                .iter()
                .map(|(name, request, status, body)| (*name, title(request, *status, body, language)))
                .collect();
            let names: BTreeSet<&str> = told.iter().map(|(name, _)| *name).collect();
            let titles: BTreeSet<&str> = told.iter().map(|(_, title)| *title).collect();
            assert_eq!((names.len(), titles.len()), (told.len(), told.len()), "{told:?}");
            let general = title(&Request::get(Endpoint::E01, "/x"), 404, "Invalid path: /x", language);
            assert!(!titles.contains(general), "{general} is not a sentence of its own");
        }
    }

    #[test]
    fn other_failures_of_these_calls_keep_the_general_words() {
        let on = share::enable("p", "e").request().clone();
        let texts = &Language::English.messages().errors();
        assert_eq!(title(&on, 502, "<html>", Language::English), texts.gateway);
        assert_eq!(
            title(&on, 500, &shape_b("failed to validate zadig license status, error: x"), Language::English),
            texts.licence_unknown
        );
        assert_eq!(title(&on, 500, &shape_b("something else"), Language::English), texts.server);
    }
}
