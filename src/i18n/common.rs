messages! {
    /// Words used everywhere.
    Common {
        updated_ago: "updated {age} ago", "{age}前更新";
        refresh: "Refresh", "刷新";
        retry: "Try again", "重试";
        close: "Close", "关闭";
        cancel: "Cancel", "取消";
        copied: "Copied", "已复制";
        not_copied: "Not copied: the browser does not allow it here", "未复制：浏览器不允许在此复制";
        copy_what: "Copy {what}", "复制{what}";
        ago: "{age} ago", "{age}前";
        clear_filters: "Clear filters", "清除筛选";
        shown_of: "{shown} of {all}", "{all} 个中的 {shown} 个";
        production: "PRODUCTION", "生产环境";
        production_short: "Production", "生产";
        test_short: "Test", "测试";
        all: "All", "全部";
        details: "Details", "详情";
        loading: "Loading …", "加载中 …";
        more: "{n} more", "还有 {n} 个";
    }
}
