messages! {
    /// The connect page and its doctor.
    Connect {
        title: "Connect to Zadig", "连接 Zadig";
        address: "Zadig’s address", "Zadig 地址";
        same_origin: "Same address as this page", "与此页面相同的地址";
        address_hint: "Set by config.json of this site.", "由本站的 config.json 设定。";
        token: "API token", "API 令牌";
        token_hint: "In Zadig: your name at the top right, Account Settings, API Token. It stays in this tab’s memory.", "在 Zadig 中：右上角用户名 → 账号设置 → API Token。令牌只保存在此标签页的内存中。";
        keep: "Keep it until this tab is closed", "保留到关闭此标签页";
        keep_hint: "The token survives a reload. When off, a reload clears it.", "刷新后仍保留；关闭时，刷新页面即清除。";
        connect: "Connect", "连接";
        checking: "Checking …", "检查中 …";
        continue_: "Continue to the projects", "继续前往项目";
        log_out: "Forget the token", "清除令牌";
        signed_in: "Signed in as {name}", "已登录：{name}";
        expires: "The token expires on {date}.", "令牌有效期至 {date}。";
        expired: "The token expired on {date}.", "令牌已于 {date} 过期。";
        by_proxy: "This site’s proxy adds the token to requests; none is needed here.", "本站的代理会为请求添加令牌，此处无需填写。";
        again: "Zadig no longer accepts the token. Enter a new one to continue; nothing on the page is lost.", "Zadig 不再接受此令牌。请输入新的令牌后继续，页面内容不会丢失。";
        token_empty: "Paste the token first.", "请先粘贴令牌。";
        token_illegal: "This cannot be a token: it contains a space, a line break or a non-ASCII character. Copy the whole token again.", "这不是有效的令牌：其中含有空格、换行或非 ASCII 字符。请重新完整复制。";
        doctor: "Connection check", "连接检查";
        step_reach: "Zadig is reachable", "可以连接到 Zadig";
        step_api: "Zadig’s API responds", "该地址有 Zadig API";
        step_token: "The token is accepted", "令牌有效";
        step_rights: "The account can read projects", "账号可读取项目";
        reach_offline: "This computer is offline.", "此电脑处于离线状态。";
        reach_same: "No response from {url}. Zadig or the proxy in front of it is down, or the network is interrupted.", "{url} 无响应。Zadig 或其前面的代理未运行，或网络中断。";
        reach_cross: "The browser could not read a response from {url}. Browsers do not say why: the address does not exist, its certificate is not trusted, or it does not allow other sites (CORS). Zadig itself never allows them: serve this page and Zadig from one address.", "浏览器无法读取 {url} 的响应。浏览器不会说明具体原因：地址不存在、证书不受信任，或不允许跨站访问（CORS）。Zadig 本身从不允许跨站：请通过同一地址提供此页面和 Zadig。";
        reach_cross_open: "A server responds at {url}, but does not allow this page to read the response (CORS). Zadig never does: serve this page and Zadig from one address.", "{url} 有响应，但不允许此页面读取（CORS）。Zadig 从不允许跨站：请通过同一地址提供此页面和 Zadig。";
        reach_mixed: "This page is served over https, so the browser blocks {url}, which is not.", "此页面通过 https 提供，浏览器会拒绝未加密的 {url}。";
        reach_timeout: "{url} did not respond in time. It may be overloaded, or a firewall drops the connection.", "{url} 未在限定时间内响应。可能负载过高，或连接被防火墙丢弃。";
        reach_gateway: "The proxy returned {status}: it cannot reach Zadig.", "代理返回 {status}：它无法连接到 Zadig。";
        api_missing: "A server responds at {url}, but it has no Zadig API (404). Check the address and the proxy’s path for /openapi.", "{url} 有响应，但没有 Zadig API（404）。请检查地址以及代理的 /openapi 路径。";
        api_html: "Expected data, received a web page: the address leads to another site, or to a login page in front of Zadig.", "应返回数据，实际返回了网页：地址指向其他网站，或 Zadig 前面的登录页。";
        api_odd: "The response is not from Zadig: {problem}", "响应并非来自 Zadig：{problem}";
        token_refused: "Zadig rejected the token (401): it is wrong, expired, replaced by a newer one, or logged out.", "Zadig 拒绝了令牌（401）：令牌有误、已过期、已被新令牌替换，或已登出。";
        rights_none: "Zadig accepts the token but does not let this account list projects (403). Projects can still be opened by their key.", "Zadig 接受令牌，但拒绝列出项目（403）。仍可用项目标识打开项目。";
        rights_mfa: "Zadig requires multi-factor authentication for this account: sign in to Zadig and complete it there.", "Zadig 要求此账号进行多因素认证：请先登录 Zadig 完成认证。";
        found: "{n} project|{n} projects", "{n} 个项目";
        answered_in: "answered in {ms} ms", "响应耗时 {ms} 毫秒";
    }
}
