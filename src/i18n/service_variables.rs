messages! {
    /// The variables of one service in an environment.
    ServiceVariables {
        hint: "Zadig’s API returns only the template defaults, not the values in use. Only what you enter is sent; every other variable keeps its value.", "Zadig API 只提供模板默认值，不提供使用中的值。只发送您填写的内容，其他变量保持原值。";
        see_rendered: "See the values in use in the YAML", "在 YAML 中查看使用中的值";
        default: "Default: {value}", "默认值：{value}";
        no_default: "No default", "无默认值";
        undo: "Undo", "撤销";
        conflict: "The service was changed after you started editing. Nothing was sent, and your edits are kept.", "您开始编辑后，此服务已被修改。尚未提交任何内容，您的修改已保留。";
        environment_updated: "{who} updated the environment {age} ago; this Zadig does not report which values changed.", "{who} 在 {age}前更新了环境，此版本的 Zadig 不提供修改内容。";
        follows_value: "follows the global variable ({value})", "跟随全局变量（{value}）";
        own_value: "own value (default {value})", "自有值（默认 {value}）";
        keep_mine: "Keep my edits and review", "保留我的修改并继续";
        discard_mine: "Discard my edits", "放弃我的修改";
    }
}
