//! How containers talk: plain levels, JSON lines, logfmt, Java with stack traces, access logs with colours,
//! Chinese, progress bars.

use crate::clock::Millis;
use crate::state::config::rfc3339;
use crate::state::fate::Fate;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Json,
    Logfmt,
    Java,
    Access,
    Chinese,
    Progress,
}

/// The voice of one container.
#[derive(Clone, Debug)]
pub struct Voice {
    style: Style,
    service: String,
    pod: String,
    container: String,
    seed: u64,
    fate: Fate,
}

const PATHS: [&str; 6] = [
    "/api/v1/orders",
    "/api/v1/users/42",
    "/healthz",
    "/static/app.js",
    "/api/v1/cart?currency=CNY",
    "/login",
];

impl Voice {
    /// The voice of a container; its service's name decides the style.
    pub fn new(service: &str, pod: &str, container: &str, seed: u64) -> Self {
        let has = |word: &str| service.contains(word) || container.contains(word);
        let style = match () {
            () if has("istio") || has("gateway") || has("nginx") || has("web") => Style::Access,
            () if has("order") || has("payment") || has("java") || has("service1") => Style::Java,
            () if has("user") || has("cart") || has("api") => Style::Json,
            () if has("report") || has("import") || has("migrat") => Style::Progress,
            () if has("zh") || has("zhongwen") || has("store") || has("coupon") => Style::Chinese,
            () if has("queue") || has("worker") || has("search") => Style::Logfmt,
            () => Style::Plain,
        };
        let (service, pod, container) = (service.into(), pod.into(), container.into());
        Self { style, service, pod, container, seed, fate: Fate::Healthy }
    }

    /// The same voice for a container with a course; one that crashes says why.
    pub fn with_fate(mut self, fate: Fate) -> Self {
        self.fate = fate;
        self
    }

    /// Line `index`, printed at a time; `last` is the last line of an instance that has ended.
    pub fn line(&self, index: u64, at: Millis, last: Option<u64>) -> String {
        if index < 8 {
            return self.banner(index, at);
        }
        if let (Fate::Crash(code), Some(last)) = (self.fate, last)
            && index + 4 > last
        {
            return self.last_words(last.saturating_sub(index), code, at);
        }
        if self.pod.contains("noisy") && index % 50 == 9 {
            return format!("{} DEBUG dump {}", rfc3339(at / 1000), "0123456789abcdef".repeat(6_400));
        }
        let dice = mix(self.seed ^ index.wrapping_mul(0x9e37_79b9));
        match self.style {
            Style::Plain => self.plain(index, at, dice),
            Style::Json => self.json(index, at, dice),
            Style::Logfmt => self.logfmt(index, at, dice),
            Style::Java => self.java(index, at),
            Style::Access => access(at, dice),
            Style::Chinese => chinese(index, at, dice),
            Style::Progress => progress(index, at),
        }
    }

    fn banner(&self, index: u64, at: Millis) -> String {
        let time = stamp(at);
        match index {
            0 => format!("{time} INFO  starting {} in pod {}", self.service, self.pod),
            1 => format!("{time} INFO  container {} pid 1, build {:x}", self.container, mix(self.seed) >> 40),
            2 => {
                format!("{time} INFO  configuration loaded from /etc/{}/application.properties", self.service)
            }
            3 => format!("{time} WARN  no TRACE_ENDPOINT set, tracing is off"),
            4 => format!("{time} INFO  connecting to mysql:3306"),
            5 => format!("{time} INFO  connected in {} ms", 5 + mix(self.seed) % 60),
            6 => String::new(),
            _ => format!("{time} INFO  listening on :20211"),
        }
    }

    fn last_words(&self, left: u64, code: i32, at: Millis) -> String {
        if code == 137 {
            return format!("{} WARN  heap at {} MiB of 512 MiB", stamp(at), 511 - left);
        }
        match left {
            3 => format!("{} ERROR cannot reach the database, giving up", stamp(at)),
            2 => "panic: dial tcp 10.96.0.17:3306: connect: connection refused".into(),
            1 => "goroutine 1 [running]:".into(),
            _ => "\tmain.main() /src/main.go:42 +0x1d3".into(),
        }
    }

    fn plain(&self, index: u64, at: Millis, dice: u64) -> String {
        let level = level(dice);
        let text = match dice % 7 {
            0 => format!("request {index} handled in {} ms", dice % 400),
            1 => "cache refreshed".into(),
            2 => format!("retrying upstream, attempt {}", dice % 5 + 1),
            3 => format!("queue depth {}", dice % 90),
            4 => format!("GC pause {} us", dice % 900),
            _ => format!("processed batch {index} ({} items)", dice % 500),
        };
        format!("{} {level:<5} [{}] {text}", stamp(at), self.container)
    }

    fn json(&self, index: u64, at: Millis, dice: u64) -> String {
        let level = level(dice).to_lowercase();
        let (service, path) = (&self.service, PATHS[dice as usize % PATHS.len()]);
        let time = stamp(at);
        let took = dice % 500;
        format!(
            r#"{{"time":"{time}","level":"{level}","service":"{service}","msg":"handled request","path":"{path}","status":{},"duration_ms":{took},"trace_id":"{:016x}","seq":{index}}}"#,
            if level == "error" { 500 } else { 200 },
            mix(dice)
        )
    }

    fn logfmt(&self, index: u64, at: Millis, dice: u64) -> String {
        let level = level(dice).to_lowercase();
        format!(
            r#"ts={} level={level} component={} msg="job finished" job={index} took={}ms retries={}"#,
            stamp(at),
            self.service,
            dice % 3000,
            dice % 3
        )
    }

    fn java(&self, index: u64, at: Millis) -> String {
        let time = stamp(at).replace('T', " ").trim_end_matches('Z').to_owned();
        let class = "c.e.shop.OrderController";
        match index % 40 {
            30 => format!("{time} ERROR 1 --- [nio-20211-exec-3] {class} : Order {index} failed"),
            31 => "java.lang.IllegalStateException: stock is locked by another order".into(),
            32 => "\tat com.example.shop.StockService.reserve(StockService.java:118)".into(),
            33 => "\tat com.example.shop.OrderService.place(OrderService.java:64)".into(),
            34 => "\tat java.base/java.lang.Thread.run(Thread.java:833)".into(),
            35 => "Caused by: java.sql.SQLTransactionRollbackException: Deadlock found".into(),
            36 => "\t... 42 common frames omitted".into(),
            20 => format!("{time}  WARN 1 --- [   scheduling-1] c.e.shop.Reconciler : slow query, 1830 ms"),
            n if n % 9 == 0 => {
                format!("{time} DEBUG 1 --- [nio-20211-exec-1] {class} : cache hit for cart {index}")
            }
            n => format!("{time}  INFO 1 --- [nio-20211-exec-{}] {class} : Order {index} placed", n % 8 + 1),
        }
    }
}

fn access(at: Millis, dice: u64) -> String {
    let status = [200, 200, 200, 304, 200, 404, 200, 200, 502, 200][dice as usize % 10];
    let colour = match status {
        200..=299 => 32,
        300..=399 => 36,
        400..=499 => 33,
        _ => 31,
    };
    let path = PATHS[(dice >> 8) as usize % PATHS.len()];
    let size = dice % 9_000;
    format!(
        "10.200.{}.{} - - [{}] \"GET {path} HTTP/1.1\" \x1b[{colour}m{status}\x1b[0m {size} \"-\" \"Mozilla/5.0\" {}ms",
        dice % 16,
        dice % 250,
        stamp(at),
        dice % 300
    )
}

fn chinese(index: u64, at: Millis, dice: u64) -> String {
    let (level, text) = match dice % 6 {
        0 => ("错误", format!("订单 {index} 支付失败：余额不足")),
        1 => ("警告", "库存服务响应缓慢，耗时 1820 毫秒".to_owned()),
        2 => ("信息", format!("用户“张三”登录成功，来源 10.0.{}.8", dice % 250)),
        3 => ("信息", format!("优惠券 {index} 已发放")),
        _ => ("信息", format!("处理完成，共 {} 条记录", dice % 900)),
    };
    format!("{} [{level}] {text}", stamp(at))
}

fn progress(index: u64, at: Millis) -> String {
    if index % 6 == 5 {
        let bar = |n: u64| format!("importing [{:<10}] {}%", "#".repeat(n as usize), n * 10);
        return (0..=10).map(bar).collect::<Vec<_>>().join("\r");
    }
    format!("{} INFO  chunk {index} written", stamp(at))
}

fn level(dice: u64) -> &'static str {
    match (dice >> 16) % 40 {
        0 => "ERROR",
        1..=3 => "WARN",
        4..=10 => "DEBUG",
        _ => "INFO",
    }
}

/// A time with milliseconds.
fn stamp(at: Millis) -> String {
    let seconds = rfc3339(at.div_euclid(1000));
    format!("{}.{:03}Z", seconds.trim_end_matches('Z'), at.rem_euclid(1000))
}

/// A well-mixed number (splitmix64's finisher).
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_speaks_without_newlines() {
        for service in ["web", "order", "user", "report", "store", "worker", "other"] {
            let voice = Voice::new(service, "pod-1", "main", 5);
            for index in 0..90 {
                assert!(!voice.line(index, 1_700_000_000_000, None).contains('\n'));
            }
        }
        assert!(Voice::new("report", "p", "c", 5).line(11, 0, None).contains('\r'));
        assert!(Voice::new("order", "p", "c", 5).line(32, 0, None).starts_with("\tat "));
    }

    #[test]
    fn a_crash_explains_itself() {
        let voice = Voice::new("other", "p", "c", 5).with_fate(Fate::Crash(1));
        assert!(voice.line(18, 0, Some(20)).starts_with("panic: "));
    }
}
