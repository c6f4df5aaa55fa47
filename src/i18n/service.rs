messages! {
    /// The drawer of a service.
    Service {
        drawer: "Service {name}", "服务 {name}";
        overview: "Overview", "概览";
        events: "Events", "事件";
        yaml: "YAML", "YAML 配置";
        none: "Nothing runs for this service", "此服务没有任何运行内容";
        none_hint: "Zadig could not apply it, or it is not in this environment; its answer is the same for both. Check the name in the link.", "Zadig 未能应用该服务，或它不在此环境中，两种情况的回答相同。请检查链接中的名称。";
        workloads: "Workloads", "工作负载";
        pods: "Pods", "Pod 列表";
        no_workload: "No workload. Zadig could not apply the service, or its template has none.", "没有工作负载：Zadig 未能应用该服务，或其模板中没有工作负载。";
        no_pods: "No pods. The workload may be scaled to 0.", "没有 Pod，工作负载可能已缩容为 0。";
        filter_pods: "Filter pods", "筛选 Pod";
        show_more: "Show {n} more", "再显示 {n} 个";
        replicas: "{n} replicas", "{n} 个副本";
        release: "Release", "发布标签";
        restarts: "Restarts", "重启次数";
        age: "Age", "存活时间";
        node: "Node", "节点";
        host: "Host", "主机";
        ip: "IP", "IP 地址";
        labels: "Labels", "标签";
        ports: "Ports", "端口";
        containers: "Containers", "容器";
        container: "Container", "容器";
        image: "Image", "镜像";
        ready: "Ready", "就绪";
        not_ready: "Not ready", "未就绪";
        started: "Started", "启动时间";
        finished: "Finished", "结束时间";
        message: "Message", "信息";
        addresses: "Addresses inside the cluster", "集群内地址";
        same_namespace: "from this namespace", "同命名空间访问";
        any_namespace: "from any namespace", "跨命名空间访问";
        node_port: "Node port", "节点端口";
        ingresses: "Ingress", "Ingress 入口";
        opens_new: "opens in a new tab", "在新标签页中打开";
        cron_jobs: "Cron jobs", "定时任务";
        schedule: "Schedule", "计划";
        last_run: "Last run", "上次运行";
        active: "Active", "运行中";
        suspended: "Suspended", "已挂起";
        scheduled: "Scheduled", "已排程";
        never: "never", "从未";
        warnings_only: "Warnings only", "仅看警告";
        no_events: "No events", "没有事件";
        no_events_hint: "Kubernetes forgets events after about an hour.", "Kubernetes 约一小时后会清除事件。";
        no_warnings: "No warnings", "没有警告";
        no_warnings_hint: "{n} other events are hidden.", "另有 {n} 个事件被隐藏。";
        warning: "Warning", "警告";
        times: "{n} times", "{n} 次";
        events_of: "Events of {n} objects", "{n} 个对象的事件";
        yaml_missing: "This Zadig has no call for a service’s YAML. It came with v4.0.0.", "此 Zadig 没有查看服务 YAML 的接口，该接口自 v4.0.0 起提供。";
        yaml_empty: "Zadig has no YAML for this service.", "Zadig 没有此服务的 YAML。";
        the_yaml: "the YAML", " YAML 内容";
        the_address: "the address", "地址";
    }
}
