messages! {
    /// Environment configs.
    Configs {
        reveal: "Reveal", "显示";
    }
}
