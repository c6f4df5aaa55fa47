use crate::domain::yaml::data::Section::{self, Data};
use crate::domain::yaml::edit::{NotEditable, remove, rename, set};

const TEXT: &str = "\
# the shop's settings
kind: ConfigMap
data:
  # how loud
  LEVEL: info   # or debug
  app.properties: |-  # read by the shop
    a=1

    b=2

  EMPTY:
  url: \"http://x\"
metadata: {name: app}   # end
";

fn edited(old: &str, new: &str) -> String {
    assert!(TEXT.contains(old));
    TEXT.replace(old, new)
}

#[test]
fn a_word_is_replaced_and_its_comment_stays() {
    assert_eq!(set(TEXT, Data, "LEVEL", "debug").unwrap(), edited("info   #", "debug   #"));
    assert_eq!(set(TEXT, Data, "LEVEL", "yes").unwrap(), edited("info   #", "'yes'   #"));
    assert_eq!(set(TEXT, Data, "url", "it's: # \t").unwrap(), edited("\"http://x\"", "\"it's: # \\t\""));
}

#[test]
fn a_script_stays_a_block() {
    assert_eq!(
        set(TEXT, Data, "app.properties", "a=1\nc=3\n").unwrap(),
        edited("|-  # read by the shop\n    a=1\n\n    b=2\n", "|  # read by the shop\n    a=1\n    c=3\n")
    );
    assert_eq!(
        set(TEXT, Data, "LEVEL", "#!/bin/sh\necho hi").unwrap(),
        edited("info   # or debug\n", "|-   # or debug\n    #!/bin/sh\n    echo hi\n")
    );
    assert_eq!(
        set(TEXT, Data, "app.properties", "one").unwrap(),
        edited("|-  # read by the shop\n    a=1\n\n    b=2\n", "one  # read by the shop\n")
    );
}

#[test]
fn an_empty_value_gets_one() {
    assert_eq!(set(TEXT, Data, "EMPTY", "x").unwrap(), edited("EMPTY:", "EMPTY: x"));
    assert_eq!(set(TEXT, Data, "EMPTY", "").unwrap(), edited("EMPTY:", "EMPTY: \"\""));
}

#[test]
fn a_new_key_comes_last() {
    assert_eq!(set(TEXT, Data, "new", "1").unwrap(), edited("x\"\n", "x\"\n  new: '1'\n"));
    assert_eq!(
        set(TEXT, Section::BinaryData, "b", "AAE=").unwrap(),
        edited("# end\n", "# end\nbinaryData:\n  b: AAE=\n")
    );
    assert_eq!(
        set("kind: X\ndata: {}  # none", Data, "a", "b").unwrap(),
        "kind: X\ndata:   # none\n  a: b\n"
    );
    assert_eq!(
        set("kind: X\r\ndata:\r\n", Data, "a", "b\nc").unwrap(),
        "kind: X\r\ndata:\r\n  a: |-\r\n    b\r\n    c\r\n"
    );
    assert_eq!(set("data: {}\nkind: X\n", Data, "a", "b").unwrap(), "data:\n  a: b\nkind: X\n");
}

#[test]
fn a_removed_key_takes_its_lines_and_no_others() {
    assert_eq!(remove(TEXT, Data, "EMPTY").unwrap(), edited("  EMPTY:\n", ""));
    assert_eq!(
        remove(TEXT, Data, "app.properties").unwrap(),
        edited("  app.properties: |-  # read by the shop\n    a=1\n\n    b=2\n", "")
    );
    assert_eq!(remove("data:\n  a: b\nx: y\n", Data, "a").unwrap(), "data: {}\nx: y\n");
    assert_eq!(remove(TEXT, Data, "nothing"), Err(NotEditable));
}

#[test]
fn a_key_is_renamed_in_its_place() {
    assert_eq!(rename(TEXT, Data, "LEVEL", "1").unwrap(), edited("LEVEL:", "'1':"));
    assert_eq!(rename(TEXT, Data, "LEVEL", "url"), Err(NotEditable));
}

#[test]
fn braces_stay_braces() {
    let json = "{\"kind\": \"ConfigMap\", \"data\": {\"a\": \"1\", \"b\": \"2\"}}";
    assert_eq!(set(json, Data, "a", "x\ny").unwrap(), json.replace("\"1\"", "\"x\\ny\""));
    assert_eq!(set(json, Data, "c", "3").unwrap(), json.replace("\"2\"", "\"2\", \"c\": \"3\""));
    assert_eq!(remove(json, Data, "a").unwrap(), json.replace("\"a\": \"1\", ", ""));
    assert_eq!(remove(json, Data, "b").unwrap(), json.replace(", \"b\": \"2\"", ""));
}

#[test]
fn a_comment_that_a_block_would_swallow_keeps_it_in_quotes() {
    let text = "data:\n  a: x\n    # deep\n  b: y\n";
    assert_eq!(set(text, Data, "a", "1\n2").unwrap(), "data:\n  a: \"1\\n2\"\n    # deep\n  b: y\n");
}

#[test]
fn what_only_its_author_can_edit_is_refused() {
    for text in ["data:\n  a: &x 1\n  b: *x\n", "data:\n  a: *y\n", "data: [1]\n", "a: 'x", "- a\n", ""] {
        assert_eq!(set(text, Data, "a", "2"), Err(NotEditable), "{text}");
    }
}
