//! The editor's module (`editor/editor.js`) and one editor of it.

use crate::domain::yaml::{Problem, Severity};
use crate::i18n::Messages;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The module.
    pub type EditorModule;

    /// Opens an editor in an empty element.
    #[wasm_bindgen(method, catch)]
    pub fn open(this: &EditorModule, host: &HtmlElement, options: &JsValue) -> Result<Editor, JsValue>;

    /// An open editor.
    #[derive(Clone, Debug)]
    pub type Editor;

    /// Its text, line breaks as they came.
    #[wasm_bindgen(method)]
    pub fn text(this: &Editor) -> String;

    /// Puts another text in.
    #[wasm_bindgen(method, js_name = setText)]
    pub fn set_text(this: &Editor, text: &str);

    /// Marks problems.
    #[wasm_bindgen(method, js_name = setProblems)]
    pub fn set_problems(this: &Editor, problems: &JsValue);

    /// Whether it can be edited.
    #[wasm_bindgen(method, js_name = setReadOnly)]
    pub fn set_read_only(this: &Editor, read_only: bool);

    /// Moves the cursor and the focus to a place.
    #[wasm_bindgen(method, js_name = goTo)]
    pub fn go_to(this: &Editor, line: u32, column: u32);

    /// Moves the focus into it.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Editor);

    /// Ends it.
    #[wasm_bindgen(method)]
    pub fn destroy(this: &Editor);
}

/// An object for a script.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Problems as the editor takes them.
pub(crate) fn marks(t: &Messages, problems: &[Problem]) -> JsValue {
    let marks = Array::new();
    for problem in problems {
        let severity = match problem.fault.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        marks.push(&object(&[
            ("line", number(problem.place.line).into()),
            ("column", number(problem.place.column).into()),
            ("message", super::words::fault(t, &problem.fault).into()),
            ("severity", severity.into()),
        ]));
    }
    marks.into()
}

/// A place's number for a script.
pub(crate) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The editor's own words, translated.
pub(crate) fn phrases(t: &Messages) -> JsValue {
    let t = t.editor();
    object(
        &[
            ("Find", t.find),
            ("Replace", t.replace),
            ("next", t.next),
            ("previous", t.previous),
            ("all", t.all),
            ("match case", t.match_case),
            ("regexp", t.regexp),
            ("by word", t.by_word),
            ("replace", t.replace_one),
            ("replace all", t.replace_all),
            ("close", t.close),
            ("current match", t.current_match),
            ("on line", t.on_line),
            ("replaced $ matches", t.replaced_matches),
            ("replaced match on line $", t.replaced_on_line),
            ("Go to line", t.go_to_line),
            ("go", t.go),
            ("Fold line", t.fold_line),
            ("Unfold line", t.unfold_line),
            ("folded code", t.folded_code),
            ("unfold", t.unfold),
            ("Control character", t.control_character),
            ("Diagnostics", t.diagnostics),
            ("No diagnostics", t.no_diagnostics),
        ]
        .map(|(phrase, translated)| (phrase, translated.into())),
    )
}
