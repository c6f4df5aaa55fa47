messages! {
    /// The dialog that says what this is and what it is made of.
    About {
        title: "About", "关于";
        show: "Show", "查看";
        open: "Version, licences and third-party components", "版本、许可证与第三方组件";
        what: "A browser client for Zadig environments. It connects only to Zadig.", "Zadig 环境的浏览器客户端。它只与 Zadig 通信。";
        version: "Version {version}", "版本 {version}";
        build: "build {commit}", "构建 {commit}";
        own_licence: "Licence of this application", "本应用的许可证";
        parts: "Third-party components", "第三方组件";
        parts_hint: "{n} component is built into this page, under its own licence.|{n} components are built into this page, each under its own licence.", "本页面内含 {n} 个组件，各自遵循其许可证。";
        failed: "The list of components could not be loaded", "无法获取组件列表";
        failed_hint: "It is the file notices.json beside the application. It may not have been deployed with this site.", "该列表是应用旁的 notices.json 文件，可能未随站点一起部署。";
    }
}
