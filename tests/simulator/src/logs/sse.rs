//! The bytes of an event, as Zadig's reader and gin's encoder make them from a log line.

/// Appends the events of one log line (without its newline).
///
/// A line without a carriage return is trimmed and sent as one event. A line with carriage returns is split at
/// them, its newline included, and each piece is sent untrimmed with the two characters `\r` at its end.
pub fn append_line(line: &[u8], out: &mut Vec<u8>) {
    if !line.contains(&b'\r') {
        append_event(trim(line), out);
        return;
    }
    let whole = [line, b"\n"].concat();
    for piece in whole.split(|b| *b == b'\r').filter(|p| !p.is_empty()) {
        append_event(&[piece, b"\r"].concat(), out);
    }
}

/// gin-contrib/sse v0.1.0: no space after colons, `\n` continues the data, `\r` becomes two characters.
fn append_event(text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"event:message\ndata:");
    for byte in text {
        match byte {
            b'\n' => out.extend_from_slice(b"\ndata:"),
            b'\r' => out.extend_from_slice(b"\\r"),
            other => out.push(*other),
        }
    }
    out.extend_from_slice(b"\n\n");
}

/// Go's `strings.TrimSpace`; broken UTF-8 is trimmed of ASCII space only.
fn trim(line: &[u8]) -> &[u8] {
    match std::str::from_utf8(line) {
        Ok(text) => text.trim().as_bytes(),
        Err(_) => line.trim_ascii(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(line: &str) -> String {
        let mut out = Vec::new();
        append_line(line.as_bytes(), &mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_plain_line_is_one_event() {
        assert_eq!(sent("hello"), "event:message\ndata:hello\n\n");
        assert_eq!(sent(""), "event:message\ndata:\n\n");
    }

    #[test]
    fn space_around_a_line_is_lost() {
        assert_eq!(sent("\t  at a.b(C.java:1) \u{3000}"), "event:message\ndata:at a.b(C.java:1)\n\n");
    }

    #[test]
    fn a_carriage_return_becomes_two_characters() {
        assert_eq!(sent("a\r"), "event:message\ndata:a\\r\n\nevent:message\ndata:\ndata:\\r\n\n");
    }

    #[test]
    fn progress_is_sent_piece_by_piece() {
        let expected = "event:message\ndata:10%\\r\n\nevent:message\ndata:20%\\r\n\nevent:message\ndata:100%\ndata:\\r\n\n";
        assert_eq!(sent("10%\r20%\r100%"), expected);
    }

    #[test]
    fn colours_and_broken_utf8_pass_through() {
        let mut out = Vec::new();
        append_line(b" \x1b[31mred\x1b[0m \xff ", &mut out);
        assert_eq!(out, b"event:message\ndata:\x1b[31mred\x1b[0m \xff\n\n");
    }
}
