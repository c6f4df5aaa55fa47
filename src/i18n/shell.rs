messages! {
    /// Navigation and frame.
    Shell {
        skip: "Skip to content", "跳到正文";
        navigation: "Main navigation", "主导航";
        breadcrumbs: "Breadcrumbs", "当前位置";
        projects: "Projects", "项目";
        environments: "Environments", "环境";
        settings: "Settings", "设置";
        connection: "Connection", "连接";
        favourites: "Favourites", "收藏";
        recent: "Recent", "最近";
        connected: "Connected", "已连接";
        connecting: "Connecting …", "连接中 …";
        offline: "Zadig is not responding", "Zadig 无响应";
        needs_token: "Token needed", "需要令牌";
        theme: "Theme: {theme}", "主题：{theme}";
        theme_system: "system", "跟随系统";
        theme_light: "light", "浅色";
        theme_dark: "dark", "深色";
        language: "Switch to Chinese", "切换到英文";
        read_only: "Read-only", "只读";
        shortcuts: "Keyboard shortcuts", "键盘快捷键";
        palette: "Go to …", "前往 …";
        not_found: "Page not found", "没有这个页面";
        not_found_hint: "The link “{hash}” does not lead to a page. It may come from a newer version, or it was truncated when it was copied.", "链接“{hash}”无效。它可能来自更新的版本，或在复制时被截断。";
        to_projects: "Go to projects", "前往项目列表";
        crashed: "The page stopped working", "页面已停止工作";
        crashed_hint: "An error stopped this page. Nothing was sent to Zadig because of it. Reload to continue; the details help us fix it.", "页面发生错误而停止，没有因此向 Zadig 发送任何请求。请刷新后继续；以下详情有助于修复。";
        reload: "Reload", "刷新页面";
        config_broken: "config.json could not be read, so the defaults are in use: {problem}", "无法读取 config.json，已使用默认设置：{problem}";
        config_unknown: "config.json has settings this version does not know: {keys}", "config.json 中有此版本不认识的设置：{keys}";
    }
}
