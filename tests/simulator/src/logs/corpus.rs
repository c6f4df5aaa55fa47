//! Hostile lines: what a log viewer must show as text without harm.

/// Number of different lines.
pub const SIZE: u64 = 22;

/// Line `index`; after [`SIZE`] lines they repeat.
pub fn line(index: u64) -> Vec<u8> {
    let text: &str = match index % SIZE {
        0 => "<script>alert('xss')</script><img src=x onerror=alert(1)>",
        1 => "<b>bold?</b> &amp; &lt;entities&gt; &#x3c;",
        2 => "javascript:alert(1) data:text/html,<script>alert(2)</script>",
        3 => "right-to-left \u{202e}gpj.exe\u{202c} and isolates \u{2066}abc\u{2069} end",
        4 => "zero\u{200b}width\u{200d}joiner\u{feff}marks and soft\u{ad}hyphens",
        5 => return [b"100 kB: ".to_vec(), vec![b'x'; 100_000], b" end".to_vec()].concat(),
        6 => return b"control bytes \x00\x01\x02\x07\x08\x0b\x0c\x0e\x1f\x7f end".to_vec(),
        7 => return b"broken UTF-8 \xff\xfe\xc3\x28 \xf0\x9f\x92 end".to_vec(),
        8 => return bomb(),
        9 => {
            "\u{1b}[2J\u{1b}[H\u{1b}]0;title\u{7}\u{1b}]8;;http://example.com\u{7}link\u{1b}]8;;\u{7} cursor moves and links"
        }
        10 => {
            "\u{1b}[1;31mbold red\u{1b}[0m \u{1b}[38;5;208m256\u{1b}[0m \u{1b}[38;2;1;200;3mtrue\u{1b}[0m \u{1b}[7minverse\u{1b}[0m"
        }
        11 => "unfinished escape \u{1b}[38;5",
        12 => "combining Z\u{351}\u{36b}\u{343}\u{363}\u{313}a\u{300}\u{301}\u{302}\u{303}lgo",
        13 => "emoji 👩‍👩‍👧‍👦 🏳️‍🌈 and flags 🇨🇳",
        14 => "中文日志：支付服务超时，订单号 20231116105254，金额 ¥99.00",
        15 => "العربية مختلطة with English ובעברית",
        16 => r#"{"level":"error","msg":"<img src=x onerror=alert(1)>","nested":{"a":[1,2,{"b":"\u0000"}]}}"#,
        17 => r#"{"level":"info","msg":"unfinished json"#,
        18 => "data: looks like an event",
        19 => "event:message",
        20 => "   ",
        _ => "tabs\tand\tmore\ttabs, a literal \\r and a literal \\n",
    };
    text.as_bytes().to_vec()
}

/// Two thousand colour changes in one line.
fn bomb() -> Vec<u8> {
    (0..2_000).flat_map(|i| format!("\x1b[{}m.", 31 + i % 7).into_bytes()).chain(*b"\x1b[0m").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_contains_a_newline() {
        for index in 0..SIZE {
            assert!(!line(index).contains(&b'\n'), "line {index}");
        }
        assert_eq!(line(3), line(3 + SIZE));
    }
}
