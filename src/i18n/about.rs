messages! {
    /// The dialog that says what this is and what it is made of.
    About {
        title: "About", "关于";
        show: "Show", "查看";
        open: "Version, licences and third-party parts", "版本、许可证与第三方组件";
        what: "A browser client for Zadig’s environments. It talks to Zadig and to nobody else.", "Zadig 环境的浏览器客户端。它只与 Zadig 通信。";
        version: "Version {version}", "版本 {version}";
        build: "build {commit}", "构建 {commit}";
        own_licence: "Licence of this application", "本应用的许可证";
        parts: "Third-party parts", "第三方组件";
        parts_hint: "{n} part is built into this page, under its own licence.|{n} parts are built into this page, each under its own licence.", "本页面内含 {n} 个组件，各自遵循其许可证。";
        failed: "The list of parts could not be fetched", "无法获取组件列表";
        failed_hint: "It lies beside the application as notices.json. Whoever runs this site may have left it out.", "该列表为应用旁的 notices.json 文件，可能未随站点一起部署。";
    }
}
