//! Values in texts: named placeholders, and the form for a count.

/// Puts values into the named placeholders of a message.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    // One pass, so that a value that contains braces is never filled again.
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) => {
                match values.iter().find(|(key, _)| *key == name) {
                    Some((_, value)) => text.push_str(value),
                    None => {
                        text.push('{');
                        text.push_str(name);
                        text.push('}');
                    }
                }
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// The form of a template for a count: the part before the bar for exactly one, the part behind it otherwise. A template
/// without a bar has one form, as every Chinese one.
///
/// ```
/// use zadig_environments::i18n::plural;
/// assert_eq!(plural("{n} pod|{n} pods", 1), "{n} pod");
/// assert_eq!(plural("{n} pod|{n} pods", 0), "{n} pods");
/// assert_eq!(plural("{n} 个 Pod", 1), "{n} 个 Pod");
/// ```
pub fn plural(template: &str, n: usize) -> &str {
    match template.split_once('|') {
        Some((one, _)) if n == 1 => one,
        Some((_, many)) => many,
        None => template,
    }
}

/// As [`fill`], for a text with a count: picks its form and puts the grouped number into `{n}`. A count that cannot be (it
/// is negative) reads as 0.
///
/// ```
/// use zadig_environments::i18n::fill_count;
/// let ready = |n: i64| fill_count("{ready} of {n} pod ready|{ready} of {n} pods ready", n, &[("ready", "1")]);
/// assert_eq!((ready(1), ready(1200)), ("1 of 1 pod ready".into(), "1 of 1,200 pods ready".into()));
/// ```
pub fn fill_count(template: &str, n: impl TryInto<usize>, values: &[(&str, &str)]) -> String {
    fn filled(template: &str, n: usize, values: &[(&str, &str)]) -> String {
        let number = grouped(n);
        let values: Vec<_> = values.iter().copied().chain([("n", number.as_str())]).collect();
        fill(plural(template, n), &values)
    }
    filled(template, n.try_into().unwrap_or_default(), values)
}

/// A number with its digits in groups of three, as both languages write it.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_replaces_once_and_leaves_unknown_names() {
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
        assert_eq!(fill("{x} {", &[]), "{x} {");
    }

    #[test]
    fn one_is_singular_and_everything_else_plural() {
        let lines = |n: usize| fill_count("{n} line|{n} lines", n, &[]);
        assert_eq!([0, 1, 2, 1_000_000].map(lines), ["0 lines", "1 line", "2 lines", "1,000,000 lines"]);
        assert_eq!(fill_count("{n} 行", 1, &[]), "1 行");
        assert_eq!(fill_count("{n} restart|{n} restarts", -1_i64, &[]), "0 restarts");
    }

    #[test]
    fn a_bar_in_a_value_is_no_second_form() {
        assert_eq!(fill_count("{n} of {what}|{n} of all {what}", 1, &[("what", "a|b")]), "1 of a|b");
    }
}
