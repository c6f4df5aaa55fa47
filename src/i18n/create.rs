use crate::api::Family;

messages! {
    /// Making an environment.
    Create {
        title: "New environment", "新建环境";
        title_production: "New production environment", "新建生产环境";
        title_clone: "Clone of {name}", "克隆 {name}";
        open: "New environment", "新建环境";
        open_production: "New production environment", "新建生产环境";
        kept: "What you type is kept in this tab, also over a reload, until the environment is made or you discard it. The YAML of Secrets is never kept.", "您输入的内容会保留在此标签页中（刷新后也在），直到环境创建完成或您放弃。Secret 的 YAML 不会被保留。";
        discard: "Discard", "放弃";
        instead_production: "Make a production environment instead", "改为新建生产环境";
        instead_test: "Make a test environment instead", "改为新建测试环境";
        steps: "Steps", "步骤";
        step_basics: "Basics", "基本信息";
        step_services: "Services", "服务";
        step_variables: "Global variables", "全局变量";
        step_configs: "Configs", "配置";
        step_review: "Review", "确认";
        problems: "{n} to fix", "{n} 处待修正";
        back: "Back", "上一步";
        next: "Next", "下一步";
        read_only: "This is read-only, so nothing can be made.", "当前为只读模式，无法创建。";
        cloned: "Taken from {name}: its cluster, registry, services with their current images, global variables and which service follows them. Values that services have of their own cannot be read through Zadig’s API: those begin with the template’s defaults.", "取自 {name}：集群、镜像仓库、服务及其当前镜像、全局变量以及跟随关系。服务自身的变量值无法通过 Zadig API 读取，以模板默认值开始。";
        cloning: "Reading {name} …", "正在读取 {name} …";
        left_variables: "Left out, because the project does not define them any more: {names}", "已略过（项目中不再定义）：{names}";
        left_services: "Left out, because the project does not have these services any more: {names}", "已略过（项目中不再有这些服务）：{names}";
        name: "Name", "名称";
        name_hint: "Small letters, digits and hyphens. It is the key that everything refers to and cannot be changed later.", "小写字母、数字和连字符。它是环境的唯一标识，之后无法修改。";
        alias: "Alias", "别名";
        alias_hint: "How it is shown. Optional.", "显示名称，可不填。";
        cluster: "Cluster", "集群";
        registry: "Image registry", "镜像仓库";
        choose: "Choose …", "请选择 …";
        clusters_refused: "Zadig does not list its clusters here; enter the cluster’s id.", "无法获取集群列表，请输入集群 ID。";
        registries_refused: "Zadig does not list its registries here; enter the registry’s id.", "无法获取镜像仓库列表，请输入镜像仓库 ID。";
        cluster_production: "production", "生产";
        cluster_lost: "not reachable", "无法连接";
        registry_default: "default", "默认";
        not_listed: "{id} (not listed)", "{id}（不在列表中）";
        namespace: "Namespace", "命名空间";
        namespace_hint: "Made if it is not there. Left alone, it follows the name.", "不存在时会创建。未修改时随名称变化。";
        namespace_reset: "Follow the name", "跟随名称";
        base: "Sub-environment of", "所属基准环境";
        base_none: "None, an environment of its own", "无，独立环境";
        base_hint: "Sub-environments must be turned on in the base environment.", "基准环境须已开启子环境。";
        base_unknown: "Needs Zadig v4.2.0; older versions make an ordinary environment and say nothing. This Zadig does not tell its version.", "需要 Zadig v4.2.0；更早的版本会创建普通环境且没有提示。此 Zadig 未提供版本信息。";
        services_hint: "Chosen services are deployed at once; more can be added later.", "所选服务会立即部署，之后仍可添加。";
        services_later: "A production environment begins without services. They are added on its page afterwards.", "生产环境创建时没有服务，之后在其页面中添加。";
        services_search: "Search services", "搜索服务";
        services_none: "The project has no services", "项目中没有服务";
        services_none_hint: "The environment can be made without any; services are added later.", "可以先创建没有服务的环境，之后再添加。";
        services_no_match: "No service matches.", "没有匹配的服务。";
        all: "Choose all", "全选";
        nothing: "Choose none", "全不选";
        chosen: "{n} of {all} chosen", "已选 {n}/{all}";
        images: "Images", "镜像";
        variables: "Variables", "变量";
        no_variables: "No variables.", "没有变量。";
        template_loading: "Reading the variables …", "正在读取变量 …";
        template_failed: "The variables could not be read.", "无法读取变量。";
        changed: "{n} changed", "{n} 处修改";
        reset_image: "Back to the template’s image", "恢复模板镜像";
        variables_hint: "The variables that the project defines. What is left out is not in the environment; services then use values of their own.", "项目中定义的变量。未包含的变量不在环境中，服务使用各自的值。";
        include: "Include", "包含";
        used_by: "followed by {names}", "被 {names} 跟随";
        unused: "no chosen service follows it", "所选服务均未跟随";
        globals_none: "The project defines no global variables", "项目未定义全局变量";
        globals_none_hint: "Services have only values of their own then.", "服务只使用各自的值。";
        configs_hint: "ConfigMaps, Secrets, Ingresses and volume claims that are made before the services start, one object each.", "在服务启动之前创建的 ConfigMap、Secret、Ingress 和 PVC，每项一个对象。";
        config_add: "Add a config", "添加配置";
        config_remove: "Remove {name}", "移除 {name}";
        config_new: "new object", "新对象";
        config_yaml: "YAML of {name}", "{name} 的 YAML";
        config_reveal: "Show", "显示";
        config_hide: "Hide", "隐藏";
        config_hidden: "The values of a Secret are hidden; it is sent as it was read.", "Secret 的内容已隐藏，将按读取的内容提交。";
        config_from: "Take from {name}", "从 {name} 选取";
        config_from_hint: "Nothing is taken by itself. Namespace, ids and bound volumes are left behind.", "不会自动选取。命名空间、ID 和已绑定的存储卷不会带入。";
        config_secrets: "Secrets, only what you choose", "Secret，仅限您选择的";
        config_reading: "Reading the configs …", "正在读取配置 …";
        config_source_none: "It has no configs of this kind.", "没有此类配置。";
        request: "The request", "请求内容";
        copy_request: "the request", "请求内容";
        fix_first: "Fix these first:", "请先修正：";
        review_reading: "Reading what the chosen services need …", "正在读取所选服务的内容 …";
        apply: "Create …", "创建 …";
        made: "{name} is there", "{name} 已创建";
        making: "{name} is being made", "正在创建 {name}";
        not_made: "{name} was not made", "{name} 未能创建";
        failed: "{name} was made, but is not as it should be", "{name} 已创建，但状态异常";
        making_hint: "This goes on when you leave the page; the tray and Activity say how it ends.", "离开此页面后仍会继续，结果见提示区和操作记录。";
        to_environment: "Open {name}", "打开 {name}";
        to_list: "To the environments", "前往环境列表";
        to_form: "Back to the form", "返回表单";
        another: "Make another one", "再创建一个";
        add_services: "Open it to add services", "打开并添加服务";
        review_places: "Where", "位置";
        review_services: "Services", "服务";
        review_variables: "Global variables", "全局变量";
        review_configs: "Configs", "配置";
        review_none: "none", "无";
        review_secret: "hidden", "已隐藏";
        template_images: "images of the template", "模板镜像";
        follows: "follows {names}", "跟随 {names}";
        issue_missing: "This is needed.", "此项必填。";
        issue_name_form: "Only small letters (a-z), digits and hyphens.", "只能使用小写字母 (a-z)、数字和连字符。";
        issue_name_reserved: "Zadig’s paths use this word, so the environment could not be reached.", "该词被 Zadig 的路径占用，环境将无法访问。";
        issue_name_taken: "The project has a test environment of this name.", "项目中已有同名的测试环境。";
        issue_name_taken_production: "The project has a production environment of this name.", "项目中已有同名的生产环境。";
        issue_namespace_form: "Kubernetes takes small letters, digits and hyphens, with a letter or digit at both ends.", "Kubernetes 只接受小写字母、数字和连字符，首尾须为字母或数字。";
        issue_namespace_long: "Kubernetes takes at most 63 characters.", "Kubernetes 最多接受 63 个字符。";
        issue_namespace_refused: "Zadig refuses kube-node-lease, kube-public and kube-system for production.", "Zadig 不允许生产环境使用 kube-node-lease、kube-public 和 kube-system。";
        issue_namespace_shared: "Also used by {names}. Services of the same name would collide.", "{names} 也在使用。同名服务会冲突。";
        issue_base_sleeps: "The base environment sleeps.", "基准环境处于睡眠状态。";
        issue_not_defined: "The project does not define this variable.", "项目中未定义此变量。";
        issue_option: "Not one of the options.", "不在可选项中。";
        issue_object_empty: "There is no YAML yet.", "尚无 YAML。";
        issue_object_several: "One object each; add another config for the next.", "每项只能有一个对象，请另行添加。";
        issue_object_no_kind: "The YAML has no kind.", "YAML 中缺少 kind。";
        issue_object_kind: "An environment cannot begin with a {kind}, only with ConfigMap, Secret, Ingress or PersistentVolumeClaim.", "环境不支持 {kind}，只支持 ConfigMap、Secret、Ingress 和 PersistentVolumeClaim。";
        issue_object_no_name: "The YAML has no metadata.name.", "YAML 中缺少 metadata.name。";
        issue_syntax: "Line {line}: this is no YAML ({words})", "第 {line} 行：不是有效的 YAML（{words}）";
        issue_dropped: "The YAML was not kept over the reload, because it may hold secrets. Enter it again, or remove it.", "刷新后未保留此 YAML，因为其中可能含有机密。请重新输入或移除。";
        issue_twice: "Another config here has the same kind and name.", "已有相同类型和名称的配置。";
        issue_image: "This is no image reference: {problem}", "不是有效的镜像地址：{problem}";
    }
}

impl Create {
    /// The place in the trail of pages.
    pub const fn crumb(&self, family: Family) -> &'static str {
        match family {
            Family::Test => self.title,
            Family::Production => self.title_production,
        }
    }
}
