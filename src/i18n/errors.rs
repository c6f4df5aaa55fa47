use super::{Messages, refusals};
use crate::api::{ApiError, ErrorKind, KnownDetail, MfaNeed};

messages! {
    /// What went wrong and what to do: a title and an advice for each kind of error.
    Errors {
        part_missing: "A part of the application could not be loaded. Try again; if it stays so, reload the page: a newer version may have been installed.", "应用的一部分未能加载。请重试；若仍不行，请刷新页面：可能已安装新版本。";
        network: "Zadig does not answer", "Zadig 无响应";
        network_do: "The server or the way to it is down. The page keeps trying; what you typed stays.", "服务器或网络不可用。页面会继续重试，已输入的内容不会丢失。";
        timeout: "No answer in time", "响应超时";
        timeout_do: "The server took too long. For reads the page tries again by itself.", "服务器响应过慢。读取操作会自动重试。";
        aborted: "The request was stopped", "请求已中止";
        aborted_do: "The browser gave it up. Try again.", "浏览器放弃了该请求，请重试。";
        token: "There is no usable token", "没有可用的令牌";
        token_do: "Enter an API token to go on.", "请输入 API 令牌后继续。";
        unauthorized: "Zadig does not accept the token", "Zadig 不接受该令牌";
        unauthorized_do: "It is wrong, expired, or was replaced. Enter a new one; the page stays as it is.", "令牌有误、已过期或已被替换。请输入新的令牌，页面内容会保留。";
        forbidden: "This account may not do this", "此账号无权执行此操作";
        forbidden_do: "Ask a project administrator for the right, or use another account’s token.", "请向项目管理员申请权限，或使用其他账号的令牌。";
        mfa_enroll: "A second factor must be set up first", "需要先设置多因素认证";
        mfa_enroll_do: "Sign in to Zadig and set up multi-factor authentication there, then take a new token.", "请登录 Zadig 设置多因素认证，然后获取新的令牌。";
        mfa_verify: "A second factor is wanted", "需要多因素认证";
        mfa_verify_do: "Sign in to Zadig, pass the second factor there, then take a new token.", "请登录 Zadig 完成多因素认证，然后获取新的令牌。";
        licence: "Zadig’s licence does not cover this", "Zadig 许可证不支持此功能";
        licence_do: "It is missing, expired, or of a smaller edition. Whoever runs Zadig can check it under System Settings.", "许可证缺失、已过期，或版本较低。请由 Zadig 管理员在系统设置中检查。";
        not_found: "Not there", "不存在";
        not_found_do: "It was deleted, or the link names a wrong project or key. Keys are case-sensitive.", "它已被删除，或链接中的项目或标识有误。标识区分大小写。";
        route: "This server does not know the call", "此服务器不支持该调用";
        route_do: "Zadig is older or newer than the call, or the address leads elsewhere. Check the address on the connection page.", "Zadig 版本不支持该调用，或地址指向别处。请在连接页面检查地址。";
        method: "This server refuses the method", "此服务器拒绝该请求方法";
        method_do: "A proxy in front may forbid it, or the Zadig version differs. Whoever runs it can allow it.", "前面的代理可能禁止了它，或 Zadig 版本不同。请由管理员放行。";
        busy: "The environment is being changed", "环境正在变更";
        busy_do: "Zadig allows one change at a time. Try again when it has finished.", "Zadig 一次只允许一个变更，请在完成后重试。";
        conflict: "Something stands against it", "存在冲突";
        conflict_do: "It was changed meanwhile or is still used elsewhere. Look at the details, then decide.", "它在此期间已被修改，或仍在别处使用。请查看详情后再决定。";
        exists: "There is one already", "已经存在";
        exists_do: "Choose another name, or change the one that is there.", "请换一个名称，或修改已有的那一个。";
        sleeping: "The environment sleeps", "环境处于睡眠状态";
        sleeping_do: "Zadig refuses changes until it is woken. That is done in Zadig itself; the API has no call for it.", "唤醒之前 Zadig 会拒绝变更。请在 Zadig 中唤醒，API 没有对应的调用。";
        invalid: "Zadig refused what was sent", "Zadig 拒绝了提交的内容";
        invalid_silent: "It gives no reason. A field may be missing, or of the wrong kind.", "未给出原因，可能缺少字段或字段类型有误。";
        unauthorized_proxy: "This site’s proxy adds the token: only whoever runs this site can renew it.", "令牌由本站的代理添加，只有本站的管理者可以更新它。";
        licence_unknown: "Zadig could not check its licence", "Zadig 无法检查许可证";
        licence_unknown_do: "Its licence service does not answer. Whoever runs Zadig can look into it.", "许可证服务没有响应，请由 Zadig 管理员检查。";
        invalid_do: "The details say what it did not like.", "详情中说明了原因。";
        gateway: "The proxy cannot reach Zadig", "代理无法连接到 Zadig";
        gateway_do: "Something in front of Zadig answered for it. The page keeps trying.", "Zadig 前面的代理代为应答。页面会继续重试。";
        server: "Zadig failed", "Zadig 内部错误";
        server_do: "The server reports an error of its own. The details help whoever runs it.", "服务器报告了自身的错误，详情有助于管理员排查。";
        server_silent: "Zadig failed without a word", "Zadig 出错且未说明原因";
        undecodable: "The answer cannot be read", "无法解析响应";
        undecodable_do: "A web page or a broken answer came where data was due. A proxy or login page may stand in between.", "本应返回数据，却返回了网页或不完整的内容。中间可能有代理或登录页。";
        empty: "The answer is empty", "响应为空";
        empty_do: "The server said yes and sent nothing. Try again.", "服务器返回成功但没有内容，请重试。";
        share_not_base: "Sub-environments are not turned on here", "此环境未开启子环境";
        share_not_base_do: "Zadig has portal services only for base environments. Enable sub-environments first.", "Zadig 只支持基准环境的入口服务，请先开启子环境。";
        share_no_istio: "Istio is not installed in this cluster", "此集群未安装 Istio";
        share_no_istio_do: "Zadig could not make Istio’s objects. The namespace may already carry Istio’s label: install Istio and enable again, or disable to clean up.", "Zadig 无法创建 Istio 资源，命名空间可能已带有 Istio 标签。请安装 Istio 后重新开启，或关闭以清理。";
        share_licence: "Sub-environments need an Enterprise licence", "子环境需要企业版许可证";
        share_licence_do: "Zadig’s licence is missing, expired, or of a smaller edition. Whoever runs Zadig can check it under System Settings. Nothing was changed.", "Zadig 许可证缺失、已过期，或版本较低。请由 Zadig 管理员在系统设置中检查。未做任何变更。";
        share_forbidden: "This account may not configure sub-environments here", "此账号无权配置此处的子环境";
        share_forbidden_do: "It takes the right to edit the configuration of this project’s test environments. A project administrator can give it.", "需要编辑该项目测试环境配置的权限，请向项目管理员申请。";
        share_missing: "There is no such test environment", "测试环境不存在";
        share_missing_do: "It was deleted or renamed meanwhile, or it is a production environment: those have no sub-environments.", "它在此期间已被删除或改名，或属于生产环境（生产环境没有子环境）。";
        share_cluster: "Zadig does not know the environment’s cluster any more", "Zadig 中已没有该环境的集群";
        share_cluster_do: "It was taken out of Zadig. Whoever runs Zadig can connect it again.", "集群已从 Zadig 中移除，请由 Zadig 管理员重新接入。";
        share_route: "This Zadig has no sub-environments in its API", "此 Zadig 的 API 不支持子环境";
        share_route_do: "The call is missing at this address: another version, or something else answers there. Use Zadig’s own pages.", "该地址没有此调用：版本不同，或由其他服务应答。请使用 Zadig 页面。";
        share_route_check: "This Zadig cannot say which workloads lack a Kubernetes Service", "此 Zadig 无法列出缺少 Kubernetes Service 的工作负载";
        share_route_check_do: "Neither spelling of the call is known there. It is only for information: enabling does not need it.", "两种写法的路径均不存在。该检查仅供参考，不影响开启。";
        share_sleeping: "The environment sleeps, so sub-environments stay as they are", "环境处于睡眠状态，无法变更子环境";
        share_sleeping_do: "Wake it in Zadig first; the API has no call for it.", "请先在 Zadig 中唤醒，API 没有对应的调用。";
        portal_none: "This service has no portal to remove", "此服务没有可移除的入口";
        portal_none_do: "Its gateway is not there: it was removed before, or never set.", "网关不存在：已被移除，或从未设置。";
        portal_no_gateway: "The cluster has no istio-ingressgateway", "集群中没有 istio-ingressgateway";
        portal_no_gateway_do: "Portal services go through Istio’s ingress gateway in istio-system. Whoever runs the cluster can install it.", "入口服务依赖 istio-system 中的 Istio 入口网关，请由集群管理员安装。";
        portal_no_address: "Istio’s ingress gateway has no address", "Istio 入口网关没有地址";
        portal_no_address_do: "No load balancer gave it one, so nothing could be reached through it. Whoever runs the cluster can look into it.", "负载均衡未分配地址，无法通过它访问。请由集群管理员检查。";
        portal_malformed: "Zadig could not read the portal hosts", "Zadig 无法解析入口配置";
        portal_malformed_do: "What you typed is still here. Check hosts and ports; the details have the server’s words.", "已输入的内容仍保留。请检查主机和端口，详情中有服务器的说明。";
        stale: "What you see is from {age} ago.", "当前显示的是 {age}前的数据。";
        server_said: "Zadig said", "Zadig 返回";
        call: "Call", "调用";
        status: "HTTP status", "HTTP 状态";
        code: "Zadig’s code", "Zadig 错误码";
        excerpt: "The answer begins", "响应开头";
        copy_report: "the report", "报告";
        meaning: "meaning: {text}", "含义：{text}";
    }
}

/// What an error means and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: &'static str,
    /// What the user can do.
    pub advice: &'static str,
}

/// The words for an error. `by_proxy` says that the user has no token of their own to renew.
pub fn explain(t: &Messages, error: &ApiError, by_proxy: bool) -> Explanation {
    if let Some(refusal) = error.refusal() {
        return refusals::refusal(t.refusals(), refusal);
    }
    let texts = t.errors();
    if let Some(words) = of_sharing(texts, error) {
        return words;
    }
    let silent = error.message.is_none() && error.description.is_none();
    let (title, advice) = match error.kind {
        ErrorKind::Unauthorized if by_proxy => (texts.unauthorized, texts.unauthorized_proxy),
        ErrorKind::InvalidInput if silent => (texts.invalid, texts.invalid_silent),
        ErrorKind::Server if licence_is_unknown(error) => (texts.licence_unknown, texts.licence_unknown_do),
        ErrorKind::Network => (texts.network, texts.network_do),
        ErrorKind::Timeout => (texts.timeout, texts.timeout_do),
        ErrorKind::Aborted => (texts.aborted, texts.aborted_do),
        ErrorKind::InvalidToken => (texts.token, texts.token_do),
        ErrorKind::Unauthorized => (texts.unauthorized, texts.unauthorized_do),
        ErrorKind::Forbidden => (texts.forbidden, texts.forbidden_do),
        ErrorKind::Mfa(MfaNeed::Enroll) => (texts.mfa_enroll, texts.mfa_enroll_do),
        ErrorKind::Mfa(MfaNeed::Verify | MfaNeed::Other) => (texts.mfa_verify, texts.mfa_verify_do),
        ErrorKind::Licence => (texts.licence, texts.licence_do),
        ErrorKind::NotFound => (texts.not_found, texts.not_found_do),
        ErrorKind::RouteMissing => (texts.route, texts.route_do),
        ErrorKind::MethodNotAllowed => (texts.method, texts.method_do),
        ErrorKind::Busy => (texts.busy, texts.busy_do),
        ErrorKind::Conflict => (texts.conflict, texts.conflict_do),
        ErrorKind::AlreadyExists => (texts.exists, texts.exists_do),
        ErrorKind::Sleeping => (texts.sleeping, texts.sleeping_do),
        ErrorKind::InvalidInput => (texts.invalid, texts.invalid_do),
        ErrorKind::Gateway => (texts.gateway, texts.gateway_do),
        ErrorKind::Server if silent => (texts.server_silent, texts.server_do),
        ErrorKind::Server => (texts.server, texts.server_do),
        ErrorKind::Undecodable => (texts.undecodable, texts.undecodable_do),
        ErrorKind::EmptyBody => (texts.empty, texts.empty_do),
    };
    Explanation { title, advice }
}

/// The refusals of sub-environments and portal services (`E39`-`E44`, `H6`) in words of their own: what the general ones say
/// is true for them too, and helps less.
fn of_sharing(texts: &Errors, error: &ApiError) -> Option<Explanation> {
    let id = error.call.id;
    if !matches!(id, "E39" | "E40" | "E41" | "E42" | "E43" | "E44" | "H6") {
        return None;
    }
    let (title, advice) = match (error.known_detail(), error.kind) {
        (Some(KnownDetail::NotBaseEnv), _) => (texts.share_not_base, texts.share_not_base_do),
        (Some(KnownDetail::IstioMissing), _) => (texts.share_no_istio, texts.share_no_istio_do),
        (Some(KnownDetail::NoGatewayAddress), _) => (texts.portal_no_address, texts.portal_no_address_do),
        (Some(KnownDetail::NoGateway), _) => (texts.portal_no_gateway, texts.portal_no_gateway_do),
        (Some(KnownDetail::NoPortal), _) if id == "E44" => (texts.portal_none, texts.portal_none_do),
        (_, ErrorKind::Licence) => (texts.share_licence, texts.share_licence_do),
        (_, ErrorKind::Sleeping) => (texts.share_sleeping, texts.share_sleeping_do),
        (_, ErrorKind::Forbidden) => (texts.share_forbidden, texts.share_forbidden_do),
        (_, ErrorKind::NotFound) if id == "H6" => (texts.share_cluster, texts.share_cluster_do),
        (_, ErrorKind::NotFound) => (texts.share_missing, texts.share_missing_do),
        (_, ErrorKind::RouteMissing) if id == "E39" => (texts.share_route_check, texts.share_route_check_do),
        (_, ErrorKind::RouteMissing | ErrorKind::MethodNotAllowed) => {
            (texts.share_route, texts.share_route_do)
        }
        (_, ErrorKind::InvalidInput) if id == "E44" => (texts.portal_malformed, texts.portal_malformed_do),
        _ => return None,
    };
    Some(Explanation { title, advice })
}

/// The licence service is a program of its own and may be out of reach (contract 0.3).
fn licence_is_unknown(error: &ApiError) -> bool {
    error.description.as_deref().is_some_and(|text| text.contains("failed to validate zadig license status"))
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
        explain(language.messages(), &error, false).title
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
            let general = title(&Request::get("E01", "/x"), 404, "Invalid path: /x", language);
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
