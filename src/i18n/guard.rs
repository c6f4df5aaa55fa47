messages! {
    /// The question before edits are lost.
    Guard {
        title: "Leave without saving?", "不保存就离开？";
        drop_title: "Discard the changes?", "放弃修改？";
        text: "What you changed on this page has not been saved and would be lost.", "此页面上的修改尚未保存，离开后将会丢失。";
        leave: "Discard the changes", "放弃修改";
        stay: "Keep editing", "继续编辑";
    }
}
