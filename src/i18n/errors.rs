use super::{Messages, fill};
use crate::api::permissions::permission_for;
use crate::api::{ApiError, ErrorKind, MfaNeed};

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
        permission: "Missing permission: {name}", "缺少权限：{name}";
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
