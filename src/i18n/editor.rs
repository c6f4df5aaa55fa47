messages! {
    /// The code editor, and what is wrong with a YAML text.
    Editor {
        label: "{what}. Press Escape, then Tab, to leave the editor.", "{what}。按 Escape 再按 Tab 可离开编辑器。";
        hint: "Ctrl+F searches. Escape, then Tab, leaves the editor.", "Ctrl+F 搜索。按 Escape 再按 Tab 离开编辑器。";
        loading: "The editor is being loaded; this plain field already works.", "编辑器正在加载，此纯文本框已可使用。";
        missing: "The editor could not be loaded, so this is a plain text field: {reason}", "无法加载编辑器，此处为纯文本框：{reason}";
        problems: "Problems", "问题";
        no_problems: "No problems", "没有问题";
        at: "Line {line}, column {column}", "第 {line} 行，第 {column} 列";
        error: "Error", "错误";
        warning: "Warning", "警告";
        syntax: "Not valid YAML: {words}", "不是有效的 YAML：{words}";
        empty: "There is nothing here.", "此处没有内容。";
        no_object: "This is not an object with keys.", "这不是带有键的对象。";
        second_document: "A second document starts here. Zadig reads only the first.", "此处开始第二个文档，Zadig 只读取第一个。";
        duplicate: "The key “{key}” is there twice.", "键“{key}”重复。";
        kind_missing: "“kind” is missing; it must be {wanted}.", "缺少“kind”，应为 {wanted}。";
        kind_differs: "“kind” must be {wanted}, not {found}.", "“kind”应为 {wanted}，而不是 {found}。";
        name_missing: "“metadata.name” is missing.", "缺少“metadata.name”。";
        name_differs: "“metadata.name” must be {wanted}, not {found}: an object cannot be renamed.", "“metadata.name”应为 {wanted}，而不是 {found}：对象不能改名。";
        bad_name: "Kubernetes takes no object called “{name}”: lower-case letters, digits, “-” and “.” only.", "Kubernetes 不接受名称“{name}”：只能使用小写字母、数字、“-”和“.”。";
        no_entries: "“{key}” must hold keys with values.", "“{key}”应包含键和值。";
        not_text: "The value of “{key}” is {is}, not a string. Put it in quotes.", "“{key}”的值是{is}，不是字符串。请加引号。";
        is_number: "a number", "数字";
        is_bool: "a boolean", "布尔值";
        is_null: "empty", "空值";
        is_nested: "a list or a mapping", "列表或映射";
        bad_key: "Kubernetes takes no key “{key}”: letters, digits, “-”, “_” and “.” only.", "Kubernetes 不接受键“{key}”：只能使用字母、数字、“-”、“_”和“.”。";
        not_base64: "The value of “{key}” is not base64.", "“{key}”的值不是 base64。";
        two_sections: "“{key}” is also in “data”; Kubernetes keeps only one of the two.", "“{key}”同时在“data”中，Kubernetes 只保留其一。";
        immutable: "Kubernetes does not let “{field}” change once the object is there.", "对象创建后，Kubernetes 不允许修改“{field}”。";
        shrinks: "A volume cannot be made smaller.", "存储卷不能缩小。";
        find: "Find", "查找";
        replace: "Replace", "替换";
        next: "next", "下一个";
        previous: "previous", "上一个";
        all: "all", "全部";
        match_case: "match case", "区分大小写";
        regexp: "regexp", "正则表达式";
        by_word: "by word", "全词匹配";
        replace_one: "replace", "替换";
        replace_all: "replace all", "全部替换";
        close: "close", "关闭";
        current_match: "current match", "当前匹配";
        on_line: "on line", "位于行";
        replaced_matches: "replaced $ matches", "已替换 $ 处匹配";
        replaced_on_line: "replaced match on line $", "已替换第 $ 行的匹配";
        go_to_line: "Go to line", "跳转到行";
        go: "go", "跳转";
        fold_line: "Fold line", "折叠行";
        unfold_line: "Unfold line", "展开行";
        folded_code: "folded code", "已折叠的内容";
        unfold: "unfold", "展开";
        control_character: "Control character", "控制字符";
        diagnostics: "Diagnostics", "诊断";
        no_diagnostics: "No diagnostics", "没有诊断";
    }
}
