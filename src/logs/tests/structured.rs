use crate::logs::fields::{Field, fields, logfmt};
use crate::logs::time::find;
use proptest::prelude::*;

fn pairs(line: &str) -> Vec<(String, String)> {
    fields(line).into_iter().map(|Field { key, value }| (key, value)).collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
}

#[test]
fn json_members_come_in_their_order_and_flattened() {
    let line = r#"{"z":"a b","http":{"status":500,"ok":false},"list":[1,"x",{"y":null}],"n":1.5}"#;
    let expected = [
        ("z", "a b"),
        ("http.status", "500"),
        ("http.ok", "false"),
        ("list", r#"[1,"x",{"y":null}]"#),
        ("n", "1.5"),
    ];
    assert_eq!(pairs(line), owned(&expected));
}

#[test]
fn json_behind_a_prefix_is_found() {
    assert_eq!(pairs(r#"2026-11-24 INFO {"a":1}"#), owned(&[("a", "1")]));
}

#[test]
fn logfmt_pairs_are_found_among_text() {
    let line = r#"time=x level=info msg="said \"hi\"" dur=12ms took (n=3) a==b"#;
    let expected =
        [("time", "x"), ("level", "info"), ("msg", "said \"hi\""), ("dur", "12ms"), ("n", "3"), ("a", "=b")];
    assert_eq!(pairs(line), owned(&expected));
    assert_eq!(pairs("x = y, 1=2"), owned(&[]));
}

#[test]
fn time_stamps_are_read() {
    // 2026-11-24T07:01:02Z
    let second = 1_795_503_662_000;
    for (line, unix_ms, zoned) in [
        ("2026-11-24T07:01:02Z x", second, true),
        ("2026-11-24T07:01:02.123456789Z x", second + 123, true),
        ("2026-11-24T15:01:02.5+08:00 x", second + 500, true),
        ("[2026-11-24 07:01:02,123] x", second + 123, false),
        ("2026/11/24 07:01:02 [error]", second, false),
        ("INFO 2026-11-24 07:01:02 UTC x", second, true),
        ("E1124 07:01:02.123456 1 a.go:1] x", second + 123, false),
        ("10.0.0.1 - - [24/Nov/2026:07:01:02 +0000] \"GET /\"", second, true),
        (r#"{"ts":1795503662.25}"#, second + 250, true),
        (r#"{"time":1795503662000}"#, second, true),
        (r#"{"timestamp":"2026-11-24T07:01:02Z"}"#, second, true),
        (r#"{"t":1795503662000000000}"#, second, true),
    ] {
        let stamp = find(line, second as u64 + 1000).unwrap_or_else(|| panic!("{line}"));
        assert_eq!((stamp.unix_ms, stamp.zoned), (unix_ms, zoned), "{line}");
    }
    assert_eq!(find("[2026-11-24 07:01:02,123] x", 0).unwrap().range, 1..24);
}

#[test]
fn klog_takes_the_year_that_fits_the_arrival() {
    let new_year_2027 = 1_798_761_600_000;
    assert_eq!(
        find("I1231 23:59:59.000000 1 a] x", new_year_2027 + 5000).unwrap().unix_ms,
        new_year_2027 as i64 - 1000
    );
}

#[test]
fn what_is_no_time_is_none() {
    for line in
        ["", "no time", "12345678", "2026-13-40 07:01:02", "1.2.3.4:80", r#"{"ts":5}"#, "2026-11-24 27:01:02"]
    {
        assert_eq!(find(line, 0), None, "{line}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(line in "\\PC{0,80}", arrival in any::<u64>()) {
        let _ = fields(&line);
        let _ = logfmt(&line);
        if let Some(stamp) = find(&line, arrival) {
            prop_assert!(line.get(stamp.range).is_some());
        }
    }
}
