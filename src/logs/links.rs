//! Addresses in a line that a browser can open: `http://` and `https://`, nothing else.

use std::ops::Range;

use memchr::memmem;

/// The most addresses that are looked for in one line.
const MOST: usize = 32;

/// Where the addresses are, in order. A line without `://` costs one search.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), b"://") {
        let after_last = found.last().is_none_or(|last| at >= last.end);
        if found.len() == MOST {
            break;
        }
        if let Some(range) = around(text, at).filter(|_| after_last) {
            found.push(range);
        }
    }
    found
}

/// The address whose `://` is at `at`.
fn around(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        before.len() >= scheme.len()
            && before.get(before.len() - scheme.len()..).is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })?;
    let start = at - scheme.len();
    // `xhttp://` is another scheme.
    let joined = before.get(..start)?.chars().next_back();
    if joined.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let rest = text.get(at + 3..)?;
    let length = rest.find(ends_it).unwrap_or(rest.len());
    let address = trimmed(rest.get(..length)?);
    let host = address.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[');
    host.then_some(start..at + 3 + address.len())
}

/// What no address holds as it is written. Control pictures and everything invisible were made visible before.
fn ends_it(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '`' | '<' | '>' | '{' | '}' | '|' | '\\' | '^')
        || ('\u{2400}'..='\u{243f}').contains(&c)
        || matches!(c, '，' | '。' | '；' | '：' | '、' | '（' | '）' | '《' | '》' | '“' | '”' | '！' | '？')
}

/// Without the punctuation of the sentence around it; a closing bracket belongs to the address if it opens in it.
fn trimmed(mut address: &str) -> &str {
    loop {
        let unbalanced = |open: char, close: char| {
            let count = |which: char| address.chars().filter(|c| *c == which).count();
            count(close) > count(open)
        };
        let cut = match address.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '*' | '_') => true,
            Some(')') => unbalanced('(', ')'),
            Some(']') => unbalanced('[', ']'),
            _ => false,
        };
        match cut.then(|| address.char_indices().next_back()).flatten() {
            Some((at, _)) => address = address.get(..at).unwrap_or_default(),
            None => return address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        find(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        let cases: [(&str, &[&str]); 14] = [
            ("no address here: ://", &[]),
            ("GET https://a.example/x?y=1&z=%20#f 200", &["https://a.example/x?y=1&z=%20#f"]),
            ("see https://a.example/docs.", &["https://a.example/docs"]),
            ("(https://a.example/b)", &["https://a.example/b"]),
            ("https://a.example/w/Rust_(language)", &["https://a.example/w/Rust_(language)"]),
            ("url=\"http://10.0.0.1:8080/health\"", &["http://10.0.0.1:8080/health"]),
            ("{\"u\":\"https://a/b\",\"v\":1}", &["https://a/b"]),
            ("http://[::1]:80/x, HTTPS://B.example", &["http://[::1]:80/x", "HTTPS://B.example"]),
            ("http://a/?next=https://b/", &["http://a/?next=https://b/"]),
            ("请看 https://文档.example/中文，谢谢", &["https://文档.example/中文"]),
            ("postgres://u:p@db/x xhttp://a git+http://a", &[]),
            ("javascript://%0aalert(1) file:///etc/passwd data://x", &[]),
            ("http:// https:///x http://.", &[]),
            ("dial tcp: http://a.example:", &["http://a.example"]),
        ];
        for (text, expected) in cases {
            assert_eq!(links(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_of_nothing_but_addresses_is_bounded() {
        assert_eq!(find(&"http://a ".repeat(10_000)).len(), MOST);
    }
}
