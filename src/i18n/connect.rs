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
        keep_hint: "Survives a reload. Off: the token is gone with a reload.", "刷新后仍保留；关闭时，刷新页面即清除。";
        connect: "Connect", "连接";
        checking: "Checking …", "检查中 …";
        continue_: "Continue to the projects", "继续前往项目";
        log_out: "Forget the token", "清除令牌";
        signed_in: "Signed in as {name}", "已登录：{name}";
        expires: "The token expires on {date}.", "令牌有效期至 {date}。";
        expired: "The token expired on {date}.", "令牌已于 {date} 过期。";
        by_proxy: "This site’s proxy signs the requests; no token is needed here.", "本站的代理会为请求签名，此处无需令牌。";
        again: "Zadig no longer accepts the token. Enter a new one to go on; nothing on the page is lost.", "Zadig 不再接受此令牌。请输入新的令牌后继续，页面内容不会丢失。";
        token_empty: "Paste the token first.", "请先粘贴令牌。";
        token_illegal: "This cannot be a token: it has a space, a line break or a letter outside ASCII in it. Copy it once more, whole.", "这不是有效的令牌：其中含有空格、换行或非 ASCII 字符。请重新完整复制。";
        doctor: "Connection check", "连接检查";
        step_reach: "Zadig can be reached", "可以连接到 Zadig";
        step_api: "Zadig’s API answers there", "该地址有 Zadig API";
        step_token: "The token is accepted", "令牌有效";
        step_rights: "The account may read projects", "账号可读取项目";
        reach_offline: "This computer is offline.", "此电脑处于离线状态。";
        reach_same: "Nothing answered at {url}. Zadig or the proxy in front of it is down, or the network to it is cut.", "{url} 无响应。Zadig 或其前面的代理未运行，或网络中断。";
        reach_cross: "The browser could not read an answer from {url}. Browsers do not say which it is: the address does not exist, its certificate is not trusted, or it does not allow other sites (CORS). Zadig itself never does: put this page and Zadig behind one address.", "浏览器无法读取 {url} 的响应。浏览器不会说明具体原因：地址不存在、证书不受信任，或不允许跨站访问（CORS）。Zadig 本身从不允许跨站：请将此页面与 Zadig 放在同一地址之后。";
        reach_cross_open: "Something answers at {url}, but it does not allow this page to read it (CORS). Zadig never does: put this page and Zadig behind one address.", "{url} 有响应，但不允许此页面读取（CORS）。Zadig 从不允许跨站：请将此页面与 Zadig 放在同一地址之后。";
        reach_mixed: "This page is served by https, so the browser refuses {url} without it.", "此页面通过 https 提供，浏览器会拒绝未加密的 {url}。";
        reach_timeout: "No answer from {url} in time. It may be overloaded, or a firewall drops the connection.", "{url} 未在限定时间内响应。可能负载过高，或连接被防火墙丢弃。";
        reach_gateway: "The proxy answered for Zadig with {status}: it cannot reach Zadig itself.", "代理返回 {status}：它无法连接到 Zadig。";
        api_missing: "Something answers at {url}, but it knows no Zadig API (404). Check the address and the proxy’s path for /openapi.", "{url} 有响应，但没有 Zadig API（404）。请检查地址以及代理的 /openapi 路径。";
        api_html: "A web page came where data was due: the address leads to a site, or to a login page in front of Zadig.", "本应返回数据，却返回了网页：地址指向其他网站，或 Zadig 前面的登录页。";
        api_odd: "The answer is not Zadig’s: {problem}", "返回的内容不是 Zadig 的：{problem}";
        token_refused: "Zadig refused it (401): it is wrong, expired, replaced by a newer one, or logged out.", "Zadig 拒绝了令牌（401）：令牌有误、已过期、已被新令牌替换，或已登出。";
        rights_none: "Zadig accepts the token but refuses the list of projects (403). Projects can still be opened by their key.", "Zadig 接受令牌，但拒绝列出项目（403）。仍可用项目标识打开项目。";
        rights_mfa: "Zadig wants a second factor for this account: sign in to Zadig once and complete it there.", "Zadig 要求此账号进行多因素认证：请先登录 Zadig 完成认证。";
        found: "{n} project|{n} projects", "{n} 个项目";
        answered_in: "answered in {ms} ms", "响应耗时 {ms} 毫秒";
    }
}
