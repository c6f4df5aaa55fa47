messages! {
    /// The projects page.
    Projects {
        title: "Projects", "项目";
        search: "Search projects", "搜索项目";
        open_by_key: "Open a project by its key", "用项目标识打开";
        by_key_hint: "A project that is not listed can be opened by its key.", "未列出的项目可以通过项目标识打开。";
        open_by_key_hint: "This account is not allowed to list projects. You can still open a project whose key you know.", "此账号无权列出项目，但知道项目标识时仍可打开。";
        key: "Project key", "项目标识";
        open: "Open", "打开";
        key_needed: "Enter the key of a project, as shown in its address.", "请输入项目标识，即项目地址中的那一段。";
        none: "No projects", "没有项目";
        none_hint: "This account has no access to any project, or there is none yet. Ask for access, or open a project by its key.", "此账号看不到任何项目，或还没有项目。请申请权限，或用项目标识打开。";
        none_match: "No project matches “{search}”", "没有匹配“{search}”的项目";
        helm: "Helm, read-only here", "Helm，此处只读";
        helm_hint: "Zadig’s API can only read the environments of Helm projects. Use Zadig’s own pages for changes.", "Zadig API 只能读取 Helm 项目的环境，不能变更。请在 Zadig 页面操作。";
        truncated: "Showing the first {shown} of {n} project. Open the others by their key.|Showing the first {shown} of {n} projects. Open the others by their key.", "仅显示 {n} 个项目中的前 {shown} 个，其余可用项目标识打开。";
    }
}
