messages! {
    /// Editing, cloning and deleting an environment, and what is said of it before.
    Lifecycle {
        edit_title: "Edit {name}", "编辑 {name}";
        delete_title: "Delete {name}", "删除 {name}";
        reading: "Reading the environment …", "正在读取环境 …";
        review: "Review …", "下一步 …";
        alias_kept: "Zadig clears an alias that is not sent with an edit, so it is always sent from here.", "编辑时若不提交别名，Zadig 会将其清空；此处总会一并提交。";
        no_alias: "Test environments have no alias in Zadig’s API.", "Zadig API 中测试环境没有别名。";
        edit_hint: "A new registry applies to images pulled from now on.", "新的镜像仓库对之后拉取的镜像生效。";
        with_namespace: "Also delete the namespace and its resources", "同时删除命名空间及其资源";
        forgets: "Only Zadig’s record of the environment is deleted. Everything in the namespace {namespace} stays and keeps running; only Zadig’s labels are removed.", "Zadig 只会移除环境记录。命名空间 {namespace} 中的所有资源会保留并继续运行，仅移除 Zadig 的标签。";
        takes: "If Zadig created the namespace {namespace}, it is deleted with everything in it. If it existed before Zadig, it stays, and resources may be left in it.", "若命名空间 {namespace} 由 Zadig 创建，将连同其中所有资源一并删除。若它先于 Zadig 存在，则会保留，其中可能残留资源。";
        takes_not: "The namespace {namespace} stays, because it is also used by {names}. Resources of this environment may be left in it.", "命名空间 {namespace} 会保留，因为它还被 {names} 使用。此环境的资源可能残留其中。";
        production_stays: "Only Zadig’s record of the environment is deleted. Its Kubernetes resources always stay and keep running: the API never deletes them for production.", "Zadig 只会移除环境记录。Kubernetes 资源始终保留并继续运行：API 不会删除生产环境的资源。";
        subs_go: "Sub-environments are enabled here: all its sub-environments are deleted too, with their resources.", "此环境已开启子环境：其所有子环境及资源会一并删除。";
        subs_unknown: "It is not known whether this is a base environment. If it is, all its sub-environments are deleted too, with their resources.", "无法确认此环境是否为基准环境。如果是，其所有子环境及资源会一并删除。";
        warn_namespace_goes: "If Zadig created the namespace {namespace}, it is deleted with everything in it.", "若命名空间 {namespace} 由 Zadig 创建，将连同其中所有资源一并删除。";
        warn_namespace_shared: "The namespace {namespace} is also used by {names}.", "命名空间 {namespace} 还被 {names} 使用。";
        warn_stay: "The Kubernetes resources stay and keep running.", "Kubernetes 资源会保留并继续运行。";
        warn_subs: "All its sub-environments are deleted too, with their resources.", "其所有子环境及资源会一并删除。";
        warn_subs_maybe: "If it is a base environment, all its sub-environments are deleted too.", "如果它是基准环境，其所有子环境会一并删除。";
        warn_empty: "It starts without services; add them afterwards.", "新环境中没有服务，之后再添加。";
        warn_sub_env: "Zadig before v4.2.0 creates an ordinary environment instead of a sub-environment.", "v4.2.0 之前的 Zadig 会创建普通环境，而不是子环境。";
        cluster: "Cluster", "集群";
        base: "Base environment", "基准环境";
    }
}
