use crate::domain::state::Word;

messages! {
    /// State words.
    States {
        success: "Normal", "正常";
        running: "Running", "运行中";
        creating: "Creating", "创建中";
        updating: "Updating", "更新中";
        deleting: "Deleting", "删除中";
        sleeping: "Sleeping", "睡眠中";
        unstable: "Unstable", "不稳定";
        not_started: "Not started", "未启动";
        pending: "Pending", "等待中";
        failed: "Failed", "失败";
        error: "Error", "错误";
        unknown: "Unknown", "未知";
        completed: "Completed", "已完成";
        terminating: "Terminating", "终止中";
        not_ready: "Not ready", "未就绪";
        waiting: "Waiting", "等待中";
        terminated: "Terminated", "已终止";
        scheduled: "Scheduled", "已计划";
        suspended: "Suspended", "已挂起";
        partly_suspended: "Partly suspended", "部分挂起";
        no_state: "No state", "无状态";
        server_word: "Zadig says “{raw}”", "Zadig 返回“{raw}”";
    }
}

impl States {
    /// The text of a state word; empty for [`Word::Raw`], which is shown as the server wrote it.
    pub const fn word(&self, word: Word) -> &'static str {
        match word {
            Word::Success => self.success,
            Word::Running => self.running,
            Word::Creating => self.creating,
            Word::Updating => self.updating,
            Word::Deleting => self.deleting,
            Word::Sleeping => self.sleeping,
            Word::Unstable => self.unstable,
            Word::NotStarted => self.not_started,
            Word::Pending => self.pending,
            Word::Failed => self.failed,
            Word::Error => self.error,
            Word::Unknown => self.unknown,
            Word::Completed => self.completed,
            Word::Terminating => self.terminating,
            Word::NotReady => self.not_ready,
            Word::Waiting => self.waiting,
            Word::Terminated => self.terminated,
            Word::Scheduled => self.scheduled,
            Word::Suspended => self.suspended,
            Word::PartlySuspended => self.partly_suspended,
            Word::NoState => self.no_state,
            Word::Raw => "",
        }
    }
}
