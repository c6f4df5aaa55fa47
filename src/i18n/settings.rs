messages! {
    /// Preferences, shortcuts and the palette.
    Settings {
        title: "Settings", "设置";
        kept_here: "Stored in this browser only. This never includes the token.", "仅保存在此浏览器中，其中从不包含令牌。";
        theme: "Theme", "主题";
        system: "System", "跟随系统";
        light: "Light", "浅色";
        dark: "Dark", "深色";
        language: "Language", "语言";
        refresh: "Refresh automatically", "自动刷新";
        refresh_hint: "Every 2 s while something changes, every 15 s otherwise, never in a hidden tab.", "有变化时每 2 秒，其余每 15 秒；标签页隐藏时不刷新。";
        read_only: "Read-only", "只读";
        read_only_hint: "Hides every action that would change something in Zadig.", "隐藏所有会改变 Zadig 的操作。";
        read_only_fixed: "Set by this site’s configuration or by the link.", "由本站配置或链接设定。";
        on: "On", "开";
        off: "Off", "关";
        palette_hint: "Type a page, project or environment", "输入页面、项目或环境";
        palette_none: "No matching page, project or environment of this project", "没有匹配的页面、项目或本项目的环境";
        key_palette: "Go to a page, project or environment", "前往页面、项目或环境";
        key_search: "Search in this list", "在当前列表中搜索";
        key_rows: "Next, previous row", "下一行、上一行";
        key_open: "Open the row", "打开该行";
        key_back: "Close, or leave the search", "关闭，或离开搜索";
        key_refresh: "Refresh", "刷新";
        key_problems: "Problems only", "仅看异常";
        key_help: "This help", "本帮助";
    }
}
