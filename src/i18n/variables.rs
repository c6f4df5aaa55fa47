messages! {
    /// The global variables of an environment.
    Variables {
        column_key: "Variable", "变量";
        column_type: "Type", "类型";
        column_value: "Value", "值";
        column_services: "Used by", "使用的服务";
        no_variables_hint: "Global variables are defined in the project and added to an environment from there.", "全局变量在项目中定义，再加入到环境。";
        search: "Search variables", "搜索变量";
        filter: "Used by", "使用的服务";
        all_services: "All services", "全部服务";
        taken_by: "Used by {service}", "由 {service} 使用";
        description: "Description", "描述";
        nobody: "no service", "无";
        none_match: "No variable matches", "没有匹配的变量";
        hidden: "{n} variable is hidden by the search and filters.|{n} variables are hidden by the search and filters.", "{n} 个变量被搜索和筛选条件隐藏。";
        read_only: "Read-only: variables can be viewed here, not changed.", "只读：此处只能查看变量，不能修改。";
        add: "Add variable", "添加变量";
        add_hint: "Only variables that the project defines can be added. Define more in Zadig, in the project’s settings. A service uses a variable once its own variable of that name follows it.", "只能添加项目中已定义的变量，更多变量请在 Zadig 的项目设置中定义。服务的同名变量设为跟随后，才会使用它。";
        add_none: "Every variable that the project defines is already here.", "项目定义的所有变量都已在此环境中。";
        changed: "changed", "已修改";
        added: "new", "新增";
        removed: "removed", "移除";
        was: "before: {value}", "原值：{value}";
        meanwhile: "Changed by somebody else in the meantime: {value}", "期间已被他人修改为：{value}";
        lines: "{n} line|{n} lines", "{n} 行";
        unfold: "Expand {key}", "展开 {key}";
        fold: "Collapse {key}", "收起 {key}";
        undo: "Undo the change of {key}", "撤销对 {key} 的修改";
        remove: "Remove {key}", "移除 {key}";
        cannot_remove: "Zadig refuses to remove a variable that services use. First stop these services from following it:", "Zadig 拒绝移除仍被服务使用的变量。请先取消以下服务对它的跟随：";
        taken: "Zadig refuses to remove it, because it is used by {services}.", "仍有服务使用它，Zadig 会拒绝移除：{services}。";
        not_defined: "The project does not define it, so Zadig refuses to add it.", "项目未定义该变量，Zadig 会拒绝添加。";
        not_an_option: "Not one of the variable’s options.", "不在该变量的可选值中。";
        not_bool: "Must be true or false.", "必须为 true 或 false。";
        not_yaml: "Line {line}, column {column}: {message}", "第 {line} 行，第 {column} 列：{message}";
        changes: "{n} changed", "已修改 {n} 项";
        hits: "Redeployed: {services}", "将重新部署：{services}";
        hits_none: "No service is redeployed.", "没有服务会重新部署。";
        discard: "Discard", "放弃";
        review: "Review …", "下一步 …";
        reading: "Reading again …", "正在重新读取 …";
        conflict: "Somebody else changed the same variables", "他人修改了相同的变量";
        conflict_text: "Saving replaces the whole list. Choose for each variable which value to keep; nothing is sent before the review.", "保存会替换整个列表。请为每个变量选择要保留的值；确认之前不会发送任何内容。";
        seen: "When you started", "编辑前的值";
        theirs: "In Zadig now", "Zadig 当前值";
        mine: "Mine", "我的值";
        go_on: "Continue", "继续";
        more_variables: "Show {n} more variable|Show {n} more variables", "再显示 {n} 个变量";
        more_services: "Show {n} more service|Show {n} more services", "再显示 {n} 个服务";
    }
}
