use super::*;

fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// Both forms of a text with a count, or its only one.
fn forms(text: &str) -> Vec<&str> {
    text.split('|').collect()
}

#[test]
fn both_languages_have_the_same_placeholders() {
    for (key, en, zh) in every_message() {
        for form in forms(en) {
            assert_eq!(placeholders(form), placeholders(zh), "{key}");
        }
    }
}

#[test]
fn only_english_has_two_forms_and_they_are_for_a_count() {
    for (key, en, zh) in every_message() {
        assert_eq!(forms(zh).len(), 1, "{key} has a bar in Chinese");
        match forms(en).as_slice() {
            [_] => {}
            [one, many] => {
                assert!(placeholders(one).contains(&"n"), "{key} has two forms, but no {{n}}");
                assert_ne!(one, many, "{key}");
            }
            more => panic!("{key} has {} forms", more.len()),
        }
    }
}

/// Whether a count stands before a noun in the plural, as in `{n} older pods`: the noun is the first or second word.
fn counts_a_plural(text: &str) -> bool {
    const COUNTS: [&str; 11] =
        ["n", "all", "of", "done", "ready", "shown", "used", "total", "cap", "lines", "count"];
    const NO_NOUNS: [&str; 6] = ["is", "was", "has", "this", "its", "does"];
    // What follows is not what is counted, as in `{n} with problems`.
    const ENDS: [&str; 2] = ["with", "by"];
    let plural = |word: &str| {
        word.len() > 2
            && word.ends_with('s')
            && word.chars().all(char::is_alphabetic)
            && !NO_NOUNS.contains(&word)
    };
    text.split('{').skip(1).filter_map(|part| part.split_once("} ")).any(|(name, rest)| {
        let words = rest.split([' ', ',', '.', ':', ';', ')']).take(2);
        COUNTS.contains(&name) && words.take_while(|word| !ENDS.contains(word)).any(plural)
    })
}

#[test]
fn a_counted_noun_has_a_singular_form() {
    // Counts that are never 1: at least a thousand lines are kept.
    const FINE: [&str; 1] = ["dropped_hint"];
    for (key, en, _) in every_message() {
        let singular = forms(en).first().copied().unwrap_or_default();
        assert!(FINE.contains(&key) || !counts_a_plural(singular), "{key} is wrong for 1: {singular}");
    }
}

#[test]
fn counted_plurals_are_seen() {
    for text in
        ["Show {n} unchanged lines", "{ready} of {n} pods ready", "All {n} services.", "{n} pods: {names}"]
    {
        assert!(counts_a_plural(text), "{text}");
    }
    for text in [
        "{n} selected",
        "{n} with problems",
        "Starts in {n} s",
        "Add {name} to favourites",
        "{n} pod|",
        "{ready} of {n} ready",
    ] {
        assert!(!counts_a_plural(text), "{text}");
    }
}

#[test]
fn no_message_is_empty_and_chinese_is_chinese() {
    // Words that are the same in both languages.
    const SAME: [&str; 2] = ["product", "pods"];
    for (key, en, zh) in every_message() {
        assert!(!en.trim().is_empty() && !zh.trim().is_empty(), "{key}");
        let has_han = zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(has_han || SAME.contains(&key), "{key} is not translated: {zh}");
    }
}

#[test]
fn language_tags_are_read_by_their_primary_part() {
    assert_eq!(Language::from_tag("zh-Hans-CN"), Some(Language::Chinese));
    assert_eq!(Language::from_tag("EN_gb"), Some(Language::English));
    assert_eq!(Language::from_tag("de"), None);
}
