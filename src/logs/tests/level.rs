use crate::logs::level::{Level, LevelSet, detect, is_continuation};

fn check(level: Level, lines: &[&str]) {
    for line in lines {
        assert_eq!(detect(line), Some(level), "{line}");
    }
}

#[test]
fn levels_are_found_where_loggers_put_them() {
    check(
        Level::Fatal,
        &[
            "F0912 07:01:02.000000 1 main.go:3] bye",
            "panic: runtime error: index out of range",
            r#"{"level":"fatal","msg":"x"}"#,
            r#"{"level":60,"msg":"x"}"#,
            "2026-11-24 07:01:02 CRITICAL out of memory",
            "time=2026 level=panic msg=x",
            "2026/11/24 07:01:02 [emerg] 1#1: bind() failed",
        ],
    );
    check(
        Level::Error,
        &[
            "E0912 07:01:02.000000       1 file.go:12] boom",
            r#"{"ts":1,"lvl":"error"}"#,
            r#"{"msg":"a \"level\": \"info\" b","severity":"ERROR"}"#,
            "2026/11/24 07:01:02 [error] 12#0: *1 open() failed",
            "[2026-11-24T07:01:02Z ERROR app::db] x",
            "error: cannot open",
            "npm ERR! code 1",
            "[ERR] serilog",
            "fail: Microsoft.AspNetCore[0]",
            "TypeError: x is not a function",
            "java.lang.IllegalStateException: no",
            "Exception in thread \"main\" java.lang.Error",
            "Traceback (most recent call last):",
            "ERROR:root:python logging",
        ],
    );
    check(
        Level::Warn,
        &[
            "W0912 07:01:02.000000 1 x] y",
            "level=warning msg=x",
            r#"{"log.level":"WARN"}"#,
            r#"{"level":40}"#,
            "2026-11-24 07:01:02,123 WARN  [main] c.e.App - x",
            "<warn> disk",
            "WARNING: deprecated",
        ],
    );
    check(
        Level::Info,
        &[
            "I0912 07:01:02.000000 1 x] y",
            "INFO[0000] logrus text",
            "2026-11-24T07:01:02.123Z\tINFO\tzap",
            "level=info msg=\"error in text\"",
            r#"{"level":"info","error":"ERROR"}"#,
            "2026-11-24 07:01:02 UTC [1] LOG:  checkpoint starting",
            "info: Microsoft.Hosting.Lifetime[14]",
            "[INF] x",
            "[I] x",
            "2026-11-24 NOTICE: y",
        ],
    );
    check(
        Level::Debug,
        &[
            "[DEBUG] x",
            "DEBUG x",
            r#"{"level":20}"#,
            "[dbg] x",
            r#"{"nested":{"level":"error"},"level":"debug"}"#,
        ],
    );
    check(Level::Trace, &["TRACE x", r#"{"level":"trace"}"#, "[VRB] x"]);
}

#[test]
fn a_word_in_a_sentence_is_no_level() {
    for line in [
        "no error found",
        "GET /errors/ERROR-404 200",
        "the information was saved",
        "",
        "Listening on :8080",
        "{\"msg\":\"fine\"}",
        "{broken level",
        "https://info.example.com/warn",
        "ERRORS=0",
        "[GIN-debug] GET /ping",
    ] {
        assert_eq!(detect(line), None, "{line}");
    }
}

#[test]
fn frames_and_closings_continue_the_line_before() {
    for line in [
        "at com.example.App.main(App.java:12)",
        "at Object.<anonymous> (/app/index.js:1:1)",
        "... 12 more",
        "Caused by: java.io.IOException: x",
        "File \"/app/main.py\", line 3, in <module>",
        "}",
        "]);",
        "goroutine 1 [running]:",
        "/app/main.go:42 +0x1d",
        "^^^^^",
    ] {
        assert!(is_continuation(line), "{line}");
    }
    for line in ["at last we are done", "starting", "", "{", "attempt 3", "...", "[info] x"] {
        assert!(!is_continuation(line), "{line}");
    }
}

#[test]
fn sets_hold_what_they_name() {
    let warn = LevelSet::at_least(Level::Warn);
    assert!(warn.contains(Level::Fatal) && warn.contains(Level::Warn) && !warn.contains(Level::Info));
    assert!(!warn.contains(Level::Unknown));
    assert!(warn.is_subset(LevelSet::ALL) && !LevelSet::ALL.is_subset(warn));
    assert_eq!(LevelSet::at_least(Level::Unknown), LevelSet::ALL);
    assert_eq!(LevelSet::of(&Level::ALL), LevelSet::ALL);
}
