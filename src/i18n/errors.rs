use super::{Messages, fill};
use crate::api::permissions::permission_for;
use crate::api::{ApiError, ErrorKind, MfaNeed};

messages! {
    /// What went wrong and what to do: a title and an advice for each kind of error.
    Errors {
        part_missing: "Part of the application could not be loaded. Try again; if it still fails, reload the page: a newer version may have been installed.", "应用的一部分未能加载。请重试；若仍不行，请刷新页面：可能已安装新版本。";
        network: "Zadig is not responding", "Zadig 无响应";
        network_do: "The server or the network is down. The page keeps trying; what you typed is kept.", "服务器或网络不可用。页面会继续重试，已输入的内容不会丢失。";
        timeout: "The request timed out", "响应超时";
        timeout_do: "The server took too long. Reads are retried automatically.", "服务器响应过慢。读取操作会自动重试。";
        aborted: "The request was aborted", "请求已中止";
        aborted_do: "The browser stopped it. Try again.", "浏览器中止了该请求，请重试。";
        token: "No usable token", "没有可用的令牌";
        token_do: "Enter an API token to continue.", "请输入 API 令牌后继续。";
        unauthorized: "Zadig does not accept the token", "Zadig 不接受该令牌";
        unauthorized_do: "It is wrong, expired, or was replaced. Enter a new one; the page stays as it is.", "令牌有误、已过期或已被替换。请输入新的令牌，页面内容会保留。";
        forbidden: "This account is not allowed to do this", "此账号无权执行此操作";
        forbidden_do: "Ask a project administrator for permission, or use another account’s token.", "请向项目管理员申请权限，或使用其他账号的令牌。";
        permission: "Missing permission: {name}", "缺少权限：{name}";
        mfa_enroll: "Multi-factor authentication must be set up first", "需要先设置多因素认证";
        mfa_enroll_do: "Sign in to Zadig and set it up there, then get a new token.", "请登录 Zadig 设置多因素认证，然后获取新的令牌。";
        mfa_verify: "Multi-factor authentication is required", "需要多因素认证";
        mfa_verify_do: "Sign in to Zadig and complete it there, then get a new token.", "请登录 Zadig 完成多因素认证，然后获取新的令牌。";
        licence: "Zadig’s licence does not cover this", "Zadig 许可证不支持此功能";
        licence_do: "It is missing, expired, or for a lower edition. A Zadig administrator can check it under System Settings.", "许可证缺失、已过期，或版本较低。请由 Zadig 管理员在系统设置中检查。";
        not_found: "Not found", "不存在";
        not_found_do: "It was deleted, or the project or key in the link is wrong. Keys are case-sensitive.", "它已被删除，或链接中的项目或标识有误。标识区分大小写。";
        route: "This server does not support the call", "此服务器不支持该调用";
        route_do: "This version of Zadig does not have it, or the address leads elsewhere. Check the address on the connection page.", "Zadig 版本不支持该调用，或地址指向别处。请在连接页面检查地址。";
        method: "This server does not allow the method", "此服务器拒绝该请求方法";
        method_do: "A proxy in front of Zadig may block it, or the Zadig version differs. An administrator can allow it.", "前面的代理可能禁止了它，或 Zadig 版本不同。请由管理员放行。";
        busy: "The environment is being changed", "环境正在变更";
        busy_do: "Zadig allows one change at a time. Try again when it has finished.", "Zadig 一次只允许一个变更，请在完成后重试。";
        conflict: "There is a conflict", "存在冲突";
        conflict_do: "It was changed in the meantime or is still used elsewhere. Check the details, then decide.", "它在此期间已被修改，或仍在别处使用。请查看详情后再决定。";
        exists: "It already exists", "已经存在";
        exists_do: "Choose another name, or change the existing one.", "请换一个名称，或修改已有的那一个。";
        sleeping: "The environment is sleeping", "环境处于睡眠状态";
        sleeping_do: "Zadig refuses changes until it is woken up. That is done in Zadig itself; the API has no call for it.", "唤醒之前 Zadig 会拒绝变更。请在 Zadig 中唤醒，API 没有对应的调用。";
        invalid: "Zadig rejected what was sent", "Zadig 拒绝了提交的内容";
        invalid_silent: "It gives no reason. A field may be missing, or of the wrong type.", "未给出原因，可能缺少字段或字段类型有误。";
        unauthorized_proxy: "This site’s proxy adds the token: only an administrator of this site can renew it.", "令牌由本站的代理添加，只有本站的管理者可以更新它。";
        licence_unknown: "Zadig could not check its licence", "Zadig 无法检查许可证";
        licence_unknown_do: "The licence service is not responding. A Zadig administrator can look into it.", "许可证服务没有响应，请由 Zadig 管理员检查。";
        invalid_do: "The details give the reason.", "详情中说明了原因。";
        gateway: "The proxy cannot reach Zadig", "代理无法连接到 Zadig";
        gateway_do: "A proxy in front of Zadig responded instead. The page keeps trying.", "Zadig 前面的代理返回了此响应。页面会继续重试。";
        server: "Zadig had an internal error", "Zadig 内部错误";
        server_do: "The details help an administrator find the cause.", "详情有助于管理员排查原因。";
        server_silent: "Zadig failed without giving a reason", "Zadig 出错且未说明原因";
        undecodable: "The response cannot be read", "无法解析响应";
        undecodable_do: "Expected data, received a web page or a broken response. A proxy or login page may be in between.", "应返回数据，实际返回了网页或不完整的内容。中间可能有代理或登录页。";
        empty: "The response is empty", "响应为空";
        empty_do: "The server reported success but sent nothing. Try again.", "服务器返回成功但没有内容，请重试。";
        server_said: "Message from Zadig", "Zadig 返回";
        call: "Call", "调用";
        status: "HTTP status", "HTTP 状态";
        code: "Zadig’s code", "Zadig 错误码";
        excerpt: "The response begins", "响应开头";
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

/// How errors are explained below a place, as a context: pages that are loaded later know more than the first one.
#[derive(Clone, Copy)]
pub struct Explaining(pub fn(&Messages, &ApiError, bool) -> Explanation);

/// The words for an error, of any call. `by_proxy` says that the user has no token of their own to renew.
pub fn explain(t: &Messages, error: &ApiError, by_proxy: bool) -> Explanation {
    let texts = t.errors();
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

/// Which permission a refused call needs, where it is known.
pub fn missing_permission(t: &Messages, error: &ApiError) -> Option<String> {
    let name = (error.kind == ErrorKind::Forbidden).then(|| permission_for(&error.call)).flatten()?;
    Some(fill(t.errors().permission, &[("name", name)]))
}

/// The licence service is a program of its own and may be out of reach (contract 0.3).
fn licence_is_unknown(error: &ApiError) -> bool {
    error.description.as_deref().is_some_and(|text| text.contains("failed to validate zadig license status"))
}
