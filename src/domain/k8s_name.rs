//! What Kubernetes takes as a name. The rules of its own validation, in one place.

/// The longest DNS label.
pub const LABEL: usize = 63;
/// The longest DNS subdomain, and the longest key of a ConfigMap or Secret.
pub const SUBDOMAIN: usize = 253;

/// Whether a text is a DNS label (RFC 1123): lowercase letters, digits and `-`, which is neither first nor last; at most 63
/// characters. Names of namespaces and services are.
///
/// ```
/// use zadig_environments::domain::k8s_name::is_label;
/// assert!(is_label("shop-env-dev") && !is_label("-a") && !is_label("Shop"));
/// ```
pub fn is_label(text: &str) -> bool {
    text.len() <= LABEL && has_label_form(text)
}

/// Whether a text has the form of a DNS label, however long it is.
pub fn has_label_form(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let end = |byte: Option<u8>| byte.is_some_and(word);
    end(text.bytes().next())
        && end(text.bytes().last())
        && text.bytes().all(|byte| word(byte) || byte == b'-')
}

/// Whether a text is a DNS subdomain (RFC 1123): labels joined by dots, at most 253 characters. Names of most objects are.
pub fn is_subdomain(text: &str) -> bool {
    text.len() <= SUBDOMAIN && text.split('.').all(has_label_form)
}

/// Whether a text is a key of a ConfigMap's or Secret's `data`.
pub fn is_config_key(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=SUBDOMAIN).contains(&text.len()) && text.bytes().all(fits) && text != "." && !text.starts_with("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_lowercase_and_end_in_letters_or_digits() {
        assert!(is_label("a") && is_label("0-a") && is_label(&"a".repeat(63)));
        for wrong in ["", "-a", "a-", "A", "a_b", "a.b", "ä", &"a".repeat(64)] {
            assert!(!is_label(wrong), "{wrong}");
        }
    }

    #[test]
    fn subdomains_are_labels_joined_by_dots() {
        assert!(is_subdomain("a") && is_subdomain("a.b-c.0") && is_subdomain(&"a".repeat(253)));
        for wrong in ["", ".", "a.", ".a", "a..b", "a.-b", "A.b", &"a".repeat(254)] {
            assert!(!is_subdomain(wrong), "{wrong}");
        }
    }

    #[test]
    fn config_keys_are_file_names() {
        assert!(is_config_key("app.yaml") && is_config_key(".env") && is_config_key("A_b-c"));
        for wrong in ["", ".", "..", "..a", "a b", "a/b", &"a".repeat(254)] {
            assert!(!is_config_key(wrong), "{wrong}");
        }
    }
}
