messages! {
    /// One environment.
    Environment {
        services: "Services", "服务";
        variables: "Variables", "变量";
        search: "Search services or images", "搜索服务或镜像";
        problems_only: "Problems only", "仅看异常";
        column_service: "Service", "服务";
        column_state: "State", "状态";
        column_ready: "Ready", "就绪";
        column_images: "Images", "镜像";
        column_reason: "Problem", "异常原因";
        alias: "Alias", "别名";
        cluster: "Cluster", "集群";
        namespace: "Namespace", "命名空间";
        registry: "Image registry", "镜像仓库";
        updated_by: "Updated by", "更新人";
        updated: "Updated", "更新时间";
        none: "No services in this environment", "此环境中没有服务";
        none_hint: "Services are added from the project. A new production environment always starts empty.", "服务从项目中添加。新建的生产环境总是空的。";
        none_match: "No service matches", "没有匹配的服务";
        no_problems: "No problems", "没有异常";
        no_problems_hint: "{n} service is healthy.|All {n} services are healthy.", "{n} 个服务全部正常。";
        hidden: "{n} service is hidden by the search and filters.|{n} services are hidden by the search and filters.", "{n} 个服务被搜索和筛选条件隐藏。";
        ready_of: "{ready} of {n} pod ready|{ready} of {n} pods ready", "{n} 个 Pod 中 {ready} 个就绪";
        ready_unknown: "not known yet", "尚不清楚";
        init: "init", "初始化";
        sleeping: "This environment is sleeping: its workloads are scaled to 0. Zadig refuses to update services, variables and replicas until it is woken up in Zadig.", "此环境处于睡眠状态，工作负载已缩容为 0。在 Zadig 中唤醒之前，无法更新服务、变量和副本数。";
        busy: "Zadig is changing this environment. It refuses other changes until that is done.", "Zadig 正在变更此环境，完成之前会拒绝其他变更。";
        failed: "The last change to this environment failed. Zadig gives no reason; the services below show what is not running.", "此环境的上一次变更失败。Zadig 未给出原因；下方的服务会显示哪些没有运行。";
        gone: "This environment does not exist", "此环境不存在";
        gone_hint: "It was deleted, or the project or key in the link is wrong.", "它已被删除，或链接中的项目或标识有误。";
        to_list: "Go to the environments of {project}", "前往 {project} 的环境列表";
        no_variables: "No global variables", "没有全局变量";
        not_applied: "Zadig could not apply it", "Zadig 未能应用该服务";
        services_with_problems: "{n} service with problems|{n} services with problems", "{n} 个服务异常";
        cluster_lost: "the cluster is disconnected", "集群已断开";
        problems_count: "{n} with problems", "{n} 个异常";
        exit_code: "exit code {code}", "退出码 {code}";
        restarts: "{n} restart|{n} restarts", "重启 {n} 次";
        no_pods: "no pods", "没有 Pod";
    }
}
