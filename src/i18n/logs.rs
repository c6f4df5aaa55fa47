messages! {
    /// The log dock.
    Logs {
        logs: "Logs", "日志";
        logs_of: "Logs of {name}", "{name} 的日志";
        all_pods: "Logs of all pods", "所有 Pod 的日志";
        dock: "Log dock", "日志面板";
        resize: "Height of the log dock", "日志面板的高度";
        close_tab: "Close {name}", "关闭 {name}";
        close_dock: "Close the log dock", "关闭日志面板";
        full: "Full screen", "全屏";
        not_full: "Leave full screen", "退出全屏";
        rows: "Log of {name}", "{name} 的日志内容";

        search: "Search, @field=value", "搜索，@字段=值";
        regex: "Regular expression", "正则表达式";
        case: "Match case", "区分大小写";
        word: "Whole words", "全词匹配";
        invert: "Lines that do not match", "不匹配的行";
        only: "Matches only", "仅显示匹配";
        only_hint: "Hide other lines instead of only highlighting matches", "隐藏其他行，而不只是高亮匹配";
        next: "Next match", "下一个匹配";
        previous: "Previous match", "上一个匹配";
        matches: "{n} matches", "{n} 个匹配";
        match_of: "{i} of {n}", "第 {i} 个，共 {n} 个";
        searching: "searching, {n} lines left", "搜索中，还剩 {n} 行";
        bad_regex: "This is no regular expression: {reason} (character {at})", "不是有效的正则表达式：{reason}（第 {at} 个字符）";

        level: "Level", "级别";
        level_all: "All levels", "所有级别";
        level_debug: "Debug and above", "Debug 及以上";
        level_info: "Info and above", "Info 及以上";
        level_warn: "Warnings and errors", "警告与错误";
        level_error: "Errors only", "仅错误";
        warns: "{n} warnings", "{n} 条警告";
        errors: "{n} errors", "{n} 条错误";

        pods: "Pods", "Pod 列表";
        pods_shown: "{n} of {all} pods", "{n}/{all} 个 Pod";
        every_pod: "Show all pods", "显示所有 Pod";
        only_this: "Only this one", "仅此一个";

        follow: "Follow", "跟随";
        follow_hint: "Keep to the newest line (f)", "保持在最新一行（f）";
        pause: "Pause", "暂停";
        resume: "Resume", "继续";
        pause_hint: "Freeze the view; lines go on being kept (p)", "冻结视图，日志仍会保留（p）";
        wrap: "Wrap lines (w)", "自动换行（w）";
        time: "Time: {what} (t)", "时间：{what}（t）";
        time_off: "off", "关闭";
        time_arrival: "arrival here", "到达时间";
        time_line: "from the line", "行内时间";
        tail: "Past lines", "历史行数";
        tail_lines: "Last {n}", "最近 {n} 行";
        tail_all: "Everything", "全部";
        since: "Since", "起始时间";
        since_any: "Any time", "不限时间";
        since_ago: "Last {n}", "最近 {n}";
        more: "More", "更多";
        mark: "Mark the line (m)", "标记该行（m）";
        next_mark: "Next marked line (])", "下一个标记（]）";
        clear: "Clear the view (C)", "清空视图（C）";
        download_shown: "Download what is shown", "下载当前显示内容";
        download_all: "Download all kept lines", "下载全部保留内容";
        copy_link: "Copy a link to this view", "复制此视图的链接";
        caps: "Keep at most", "最多保留";
        cap_lines: "lines", "行";
        cap_megabytes: "MB", "MB 内存";

        new_lines: "{n} new", "{n} 行新日志";
        paused_new: "Paused, {n} new", "已暂停，{n} 行新日志";
        kept: "{n} lines", "{n} 行";
        shown_of: "{n} of {all} lines", "{n}/{all} 行";
        dropped: "{n} older dropped", "已丢弃较早的 {n} 行";
        dropped_hint: "The view keeps {lines} lines or {megabytes} MB; what is older is dropped. Change it under More.", "视图最多保留 {lines} 行或 {megabytes} MB，更早的会被丢弃。可在“更多”中修改。";
        memory: "{n} MB", "占用 {n} MB";
        marks: "{n} marked", "{n} 个标记";
        announce: "{n} new lines, {errors} errors", "{n} 行新日志，{errors} 条错误";
        writing: "being written", "正在写入";

        unknown: "Looking", "正在查看";
        starting: "Container not started", "容器未启动";
        starting_why: "Not started: {reason}", "未启动：{reason}";
        starting_hint: "The log opens by itself as soon as the container runs.", "容器运行后会自动打开日志。";
        queued: "Waiting for a stream", "等待空闲连接";
        queued_hint: "A browser opens only a few connections to one server. Pods take turns; nothing is lost.", "浏览器对同一服务器的连接数有限，各 Pod 轮流读取，不会丢失内容。";
        waiting: "Waiting for the first line", "等待第一行";
        waiting_hint: "The container is silent. Zadig answers with its first line, so this may take any time.", "容器暂无输出。Zadig 在出现第一行时才会响应，可能需要较长时间。";
        live: "Live", "实时";
        live_of: "{n} of {all} live", "{n}/{all} 实时";
        nothing: "Nothing to read yet", "暂无可读内容";
        nothing_hint: "The container is there, but Zadig has nothing of it. It is tried again.", "容器存在，但 Zadig 暂无其日志，会再次尝试。";
        retrying: "Reconnecting", "正在重新连接";
        retrying_in: "Reconnecting in {n} s", "{n} 秒后重新连接";
        released: "Asleep in the background", "后台休眠中";
        ended: "Ended", "已结束";
        ended_hint: "The container has ended and said nothing.", "容器已结束，没有输出内容。";
        missing: "No such pod or container", "没有此 Pod 或容器";
        missing_hint: "It is not in this environment’s service any more. A rollout may have replaced it.", "它已不在此环境的服务中，可能已被新的发布替换。";
        refused: "Refused", "被拒绝";
        no_pods: "No pods", "没有 Pod";
        no_pods_hint: "The service has no pod now. The log opens by itself when there is one.", "服务当前没有 Pod，出现后会自动打开日志。";
        try_again: "Try again", "重试";
        service_logs: "Logs of all its pods", "查看其所有 Pod 的日志";
        streams: "{n} of {cap} streams", "{n}/{cap} 个连接";

        note_gap: "Gap: lines are missing between {from} and {to}", "断档：{from} 与 {to} 之间有日志缺失";
        note_doubt: "Joined, but lines repeat so much that some may be missing here ({from} to {to})", "已衔接，但重复行过多，此处可能有缺失（{from} 至 {to}）";
        note_doubt_most: "Joined, but lines repeat so much that up to {n} may be missing here ({from} to {to})", "已衔接，但重复行过多，此处最多可能缺失 {n} 行（{from} 至 {to}）";
        note_restarted: "The container was started anew", "容器已重新启动";
        note_ended: "The log has ended", "日志已结束";
        clipped: "… {n} kB more", "… 还有 {n} kB";

        details: "Details of the line", "行详情";
        details_time: "Time in the line", "行内时间";
        details_arrival: "Arrived", "到达";
        details_text: "Line", "内容";
        details_fields: "Fields", "字段";
        details_around: "Around it", "上下文";
        show_in_log: "Show in the whole log", "在完整日志中查看";
        filter_for: "Only lines with this value", "仅显示含此值的行";
        copied: "{n} lines copied", "已复制 {n} 行";
        not_copied: "The browser does not allow copying here", "浏览器不允许在此复制";
        link_copied: "Link copied", "链接已复制";
        in_logs: "In a log", "在日志中";
        key_follow: "Follow the end, or stop", "跟随末尾，或停止跟随";
        key_pause: "Pause, or go on", "暂停，或继续";
        key_search: "Search", "搜索";
        key_matches: "Next, previous match", "下一个、上一个匹配";
        key_wrap: "Wrap lines", "自动换行";
        key_time: "Time column", "时间列";
        key_mark: "Mark the line", "标记该行";
        key_marks: "Previous, next mark", "上一个、下一个标记";
        key_copy: "Copy the selection or the line", "复制所选内容或该行";
        key_open: "Details of the line", "行详情";
        key_clear: "Clear the view", "清空视图";
        nothing_picked: "Nothing is selected", "未选择任何内容";
    }
}
