use super::*;

const MAP: &str = "kind: ConfigMap\nmetadata:\n  name: app\ndata:\n  a: one\n  b: two\n";
const SECRET: &str =
    "kind: Secret\nmetadata:\n  name: db\ndata:\n  user: c2hvcA==\n  password: aHVudGVyMg==\n  key: AAH/\n";

fn map() -> Buffer {
    Buffer::open(EnvConfigKind::ConfigMap, "app", MAP)
}

fn secret() -> Buffer {
    Buffer::open(EnvConfigKind::Secret, "db", SECRET)
}

#[test]
fn both_views_change_the_one_text() {
    let mut buffer = map();
    assert!(!buffer.is_dirty() && buffer.problems().is_empty());
    buffer.set_value(Section::Data, "a", b"x\ny\n").unwrap();
    assert_eq!(buffer.text(), MAP.replace("a: one\n", "a: |\n    x\n    y\n"));
    buffer.set_text(MAP.replace("two", "2"));
    assert_eq!(buffer.value(Section::Data, "b").unwrap(), b"2");
    assert!(buffer.is_dirty() && !buffer.can_be_saved());
    buffer.set_text(MAP.to_owned());
    assert!(!buffer.is_dirty());
}

#[test]
fn bytes_that_are_no_text_go_where_a_config_map_keeps_such() {
    let mut buffer = map();
    buffer.set_value(Section::Data, "a", &[0, 255]).unwrap();
    assert!(buffer.text().contains("binaryData:\n  a: AP8=\n") && !buffer.text().contains("a: one"));
    assert!(buffer.can_be_saved());
}

#[test]
fn no_value_of_a_secret_is_in_what_is_shown() {
    let mut buffer = secret();
    assert!(!buffer.text().contains("aHVudGVyMg==") && !format!("{buffer:?}").contains("aHVudGVyMg=="));
    assert_eq!(buffer.whole(), SECRET);
    buffer.set_value(Section::Data, "password", b"correct horse").unwrap();
    assert!(!buffer.text().contains("Y29ycmVjdCBob3JzZQ=="));
    assert_eq!(buffer.whole(), SECRET.replace("aHVudGVyMg==", "Y29ycmVjdCBob3JzZQ=="));
    assert!(buffer.can_be_saved());
    buffer.set_value(Section::Data, "password", b"hunter2").unwrap();
    assert!(!buffer.is_dirty());
}

#[test]
fn revealing_a_value_is_no_edit() {
    let mut buffer = secret();
    buffer.reveal("••••••••·2");
    assert!(buffer.text().contains("aHVudGVyMg==") && !buffer.text().contains("c2hvcA=="));
    assert!(!buffer.is_dirty());
}

#[test]
fn sizes_and_binary_values_are_told() {
    let entries = secret().entries().unwrap();
    let facts: Vec<_> =
        entries.iter().map(|one| (one.key.as_str(), one.bytes(), one.text().is_none())).collect();
    assert_eq!(facts, [("user", Some(4), false), ("password", Some(7), false), ("key", Some(3), true)]);
    assert_eq!(secret().value(Section::Data, "key").unwrap(), [0, 1, 255]);
}

#[test]
fn a_secret_that_cannot_be_sealed_shows_nothing_until_asked() {
    let text = SECRET.replace("c2hvcA==", "&x c2hvcA==");
    let mut buffer = Buffer::open(EnvConfigKind::Secret, "db", &text);
    assert!(buffer.is_veiled() && buffer.text().is_empty() && !buffer.can_be_saved());
    buffer.unveil();
    assert_eq!(buffer.text(), text);
}

#[test]
fn changes_of_different_keys_are_merged() {
    let mut mine = map();
    mine.set_value(Section::Data, "a", b"mine").unwrap();
    mine.set_value(Section::Data, "new", b"x").unwrap();
    let theirs = MAP.replace("two", "theirs");
    let merged = mine.merged(&theirs).unwrap();
    assert_eq!(merged.base(), theirs);
    assert_eq!(merged.whole(), theirs.replace("a: one", "a: mine") + "  new: x\n");
    assert!(merged.is_dirty());
    let mut mine = secret();
    mine.remove(Section::Data, "user").unwrap();
    let theirs = SECRET.replace("AAH/", "AAAA");
    assert_eq!(mine.merged(&theirs).unwrap().whole(), theirs.replace("  user: c2hvcA==\n", ""));
}

#[test]
fn changes_of_the_same_key_or_outside_the_entries_are_not() {
    let mut mine = map();
    mine.set_value(Section::Data, "a", b"mine").unwrap();
    assert!(mine.merged(&MAP.replace("one", "theirs")).is_none());
    assert!(mine.merged(&MAP.replace("  a: one\n", "")).is_none());
    let mut mine = map();
    mine.set_text(MAP.replace("name: app", "name: app\n  labels: {x: y}"));
    assert!(mine.merged(&MAP.replace("two", "theirs")).is_none());
}

#[test]
fn an_edit_goes_on_from_a_newer_text() {
    let mut buffer = secret();
    buffer.set_value(Section::Data, "user", b"mine").unwrap();
    let mine = buffer.whole();
    buffer.rebase(&SECRET.replace("AAH/", "AAAA"));
    assert_eq!(buffer.whole(), mine);
    assert!(buffer.is_dirty());
    buffer.rebase(&mine);
    assert!(!buffer.is_dirty());
}

#[test]
fn a_new_object_is_named_and_saved() {
    let mut buffer = Buffer::new_object(EnvConfigKind::Secret);
    buffer.set_name("db").unwrap();
    buffer.set_value(Section::Data, "password", b"x").unwrap();
    assert_eq!((buffer.name().as_str(), buffer.can_be_saved()), ("db", true));
}
