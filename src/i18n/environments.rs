messages! {
    /// The list of environments.
    Environments {
        title: "Environments", "环境";
        search: "Search environments", "搜索环境";
        column_name: "Environment", "环境";
        column_kind: "Kind", "类型";
        column_state: "State", "状态";
        column_namespace: "Namespace", "命名空间";
        column_by: "Updated by", "更新人";
        column_updated: "Updated", "更新时间";
        column_favourite: "Favourite", "收藏";
        star: "Add {name} to favourites", "收藏 {name}";
        unstar: "Remove {name} from favourites", "取消收藏 {name}";
        none: "No environments yet", "还没有环境";
        none_hint: "Project “{project}” has no environments that this account can see. Zadig responds the same for a project that does not exist and one without permission: check the key, or ask for access.", "项目“{project}”中没有此账号可见的环境。对于不存在的项目和无权限的项目，Zadig 的响应相同：请检查项目标识，或申请权限。";
        none_match: "No environment matches", "没有匹配的环境";
        none_match_hint: "Key, alias, namespace and user are searched. {n} environment is hidden by the search and filters.|Key, alias, namespace and user are searched. {n} environments are hidden by the search and filters.", "搜索范围：标识、别名、命名空间和用户。{n} 个环境被搜索和筛选条件隐藏。";
        half_failed_test: "The test environments could not be read; production is shown.", "无法读取测试环境，仅显示生产环境。";
        half_failed_production: "The production environments could not be read; test is shown.", "无法读取生产环境，仅显示测试环境。";
        summary: "States", "状态分布";
        kind_filter: "Kind of environment", "环境类型";
        sort_by: "Sort by {column}", "按{column}排序";
    }
}
