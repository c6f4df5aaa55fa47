//! What a log view shows, as a link: `#/p/<project>/<family>/<environment>/logs/<service>?pod=…&q=…`.

use super::EnvironmentRef;
use super::text::Query;

/// A log view by its coordinates and filter: what a link needs to open the same view again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogTarget {
    /// The environment.
    pub at: EnvironmentRef,
    /// The service whose pods are followed.
    pub service: String,
    /// The pods; empty follows all of the service, also those to come.
    pub pods: Vec<String>,
    /// The container; empty follows all of each pod.
    pub container: String,
    /// How much of the past to begin with.
    pub tail: LogTail,
    /// Only lines younger than this Go duration; empty for no limit. Servers from v4.2.0.
    pub since: String,
    /// What is searched for.
    pub filter: LogFilter,
}

/// How many past lines a log begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LogTail {
    /// 100.
    Hundred,
    /// 1,000.
    #[default]
    Thousand,
    /// 10,000.
    TenThousand,
    /// All there is.
    All,
}

impl LogTail {
    /// Every choice, shortest first.
    pub const EVERY: [Self; 4] = [Self::Hundred, Self::Thousand, Self::TenThousand, Self::All];

    /// The number for `tails` of `E45`, where 0 is all.
    pub const fn lines(self) -> u32 {
        match self {
            Self::Hundred => 100,
            Self::Thousand => 1_000,
            Self::TenThousand => 10_000,
            Self::All => 0,
        }
    }

    /// The word in a link; the default has none.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hundred => "100",
            Self::Thousand => "",
            Self::TenThousand => "10000",
            Self::All => "all",
        }
    }
}

/// The lowest level that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum LogLevel {
    /// Every line.
    #[default]
    All,
    /// `debug` and above.
    Debug,
    /// `info` and above.
    Info,
    /// `warn` and above.
    Warn,
    /// `error` and above.
    Error,
}

impl LogLevel {
    /// Every choice, widest first.
    pub const EVERY: [Self; 5] = [Self::All, Self::Debug, Self::Info, Self::Warn, Self::Error];

    /// The word in a link; the default has none.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// What is searched for, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct LogFilter {
    /// The text; words that begin with `@` are conditions on fields (`@status>=500`).
    pub text: String,
    /// Whether the text is a regular expression.
    pub regex: bool,
    /// Whether upper and lower case differ.
    pub case: bool,
    /// Whether only whole words count.
    pub word: bool,
    /// Whether lines that do not match are meant.
    pub invert: bool,
    /// Whether other lines are hidden, instead of matches only being highlighted.
    pub hide: bool,
    /// The lowest level shown.
    pub level: LogLevel,
    /// The containers that are shown, each as `pod/container`; empty for all that are followed.
    pub pods: Vec<String>,
}

impl LogTarget {
    /// All pods of a service.
    pub fn service(at: EnvironmentRef, service: impl Into<String>) -> Self {
        Self {
            at,
            service: service.into(),
            pods: Vec::new(),
            container: String::new(),
            tail: LogTail::default(),
            since: String::new(),
            filter: LogFilter::default(),
        }
    }

    /// One container of a pod; an empty container means all of the pod.
    pub fn container(
        at: EnvironmentRef,
        service: impl Into<String>,
        pod: impl Into<String>,
        container: impl Into<String>,
    ) -> Self {
        Self { pods: vec![pod.into()], container: container.into(), ..Self::service(at, service) }
    }

    /// Whether two targets are views of the same logs, whatever is searched for.
    pub fn same_logs(&self, other: &Self) -> bool {
        (&self.at, &self.service, &self.pods, &self.container)
            == (&other.at, &other.service, &other.pods, &other.container)
    }

    pub(super) fn from_query(at: EnvironmentRef, service: &str, query: &Query) -> Self {
        let (tail, level) = (query.text("tail"), query.text("level"));
        Self {
            at,
            service: service.to_owned(),
            pods: query.all("pod"),
            container: query.text("container"),
            tail: LogTail::EVERY.into_iter().find(|one| one.word() == tail).unwrap_or_default(),
            since: query.text("since"),
            filter: LogFilter {
                text: query.text("q"),
                regex: query.flag("regex"),
                case: query.flag("case"),
                word: query.flag("word"),
                invert: query.flag("invert"),
                hide: query.flag("only"),
                level: LogLevel::EVERY.into_iter().find(|one| one.word() == level).unwrap_or_default(),
                pods: query.all("show"),
            },
        }
    }

    pub(super) fn write(&self, query: &mut Query) {
        for pod in &self.pods {
            query.set("pod", pod);
        }
        query.set("container", &self.container);
        query.set("tail", self.tail.word());
        query.set("since", &self.since);
        let filter = &self.filter;
        query.set("q", &filter.text);
        let flags = [
            ("regex", filter.regex),
            ("case", filter.case),
            ("word", filter.word),
            ("invert", filter.invert),
            ("only", filter.hide),
        ];
        for (key, on) in flags {
            query.set(key, if on { "1" } else { "" });
        }
        query.set("level", filter.level.word());
        for pod in &filter.pods {
            query.set("show", pod);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Family;
    use crate::route::Route;

    fn target(odd: &str) -> LogTarget {
        let at = EnvironmentRef { project: odd.into(), family: Family::Production, key: odd.into() };
        LogTarget {
            tail: LogTail::All,
            since: "5m".into(),
            filter: LogFilter {
                text: odd.into(),
                regex: true,
                case: true,
                word: true,
                invert: true,
                hide: true,
                level: LogLevel::Warn,
                pods: vec!["a/b".into(), odd.into()],
            },
            pods: vec!["a".into(), odd.into()],
            ..LogTarget::container(at, odd, "", odd)
        }
    }

    #[test]
    fn a_log_link_leads_back_to_its_view() {
        for odd in ["web", "a/b?c#d&e=f", "100%", "中文 +", "@status>=500 \\d+"] {
            for full in [false, true] {
                let route = Route::Logs { target: target(odd), full };
                assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
            }
        }
    }

    #[test]
    fn a_plain_view_of_a_service_has_a_plain_link() {
        let at = EnvironmentRef { project: "shop".into(), family: Family::Test, key: "dev".into() };
        let route = Route::Logs { target: LogTarget::service(at, "web"), full: false };
        assert_eq!(route.href(), "#/p/shop/test/dev/logs/web");
    }

    #[test]
    fn what_is_searched_for_makes_no_other_logs() {
        let (mut one, other) = (target("x"), target("x"));
        one.filter = LogFilter::default();
        assert!(one.same_logs(&other));
        one.pods.clear();
        assert!(!one.same_logs(&other));
    }
}
