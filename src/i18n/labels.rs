use crate::api::Family;

messages! {
    /// What the first page says of things that are loaded later: their names, and why they cannot be done now. The texts of
    /// those things lie with them, in their part of the module.
    Labels {
        activity: "Activity", "操作记录";
        add_services: "Add services", "添加服务";
        select: "Select {name}", "选择 {name}";
        problem_state: "The environment is {state}; Zadig would refuse it.", "环境处于{state}状态，Zadig 会拒绝。";
        create_open: "New environment", "新建环境";
        create_open_production: "New production environment", "新建生产环境";
        clone_of: "Clone {name}", "克隆 {name}";
        deleted: "{name} was deleted", "{name} 已删除";
        deleted_hint: "Zadig no longer lists it.", "Zadig 不再列出此环境。";
        environment_menu: "Environment actions", "环境操作";
        clone: "Clone …", "克隆 …";
        edit: "Edit …", "编辑 …";
        delete: "Delete …", "删除 …";
        sharing_tab: "Sub-environments", "子环境";
        configs: "Configs", "配置";
        all_pods: "Logs of all pods", "所有 Pod 的日志";
        logs_of: "Logs of {name}", "{name} 的日志";
        logs: "Logs", "日志";
        create_title: "New environment", "新建环境";
        create_title_production: "New production environment", "新建生产环境";
    }
}

impl Labels {
    /// The place in the trail of pages.
    pub const fn crumb(&self, family: Family) -> &'static str {
        match family {
            Family::Test => self.create_title,
            Family::Production => self.create_title_production,
        }
    }
}
