// The code editor: CodeMirror 6 with what editing YAML needs, and nothing else. `cargo xtask editor` bundles this file into one,
// which is fetched when the first editor opens.
//
// It draws into a shadow tree of its own, in every page: there CodeMirror's styles go into adopted sheets, which a policy of
// `style-src 'self'` allows, and neither the page around nor another instance can reach in.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { masks } from "./masks.js";
import { colours, theme } from "./theme.js";

/** What only YAML has. */
const language = [
  yaml(), syntaxHighlighting(colours), foldGutter(), lintGutter(), indentOnInput(), bracketMatching(),
  EditorState.tabSize.of(2), indentUnit.of("  "),
];

/** Marks a change that the application made, not the user. */
const ours = Annotation.define();

/**
 * Opens an editor in an empty element.
 *
 * Options: text, plain (any text, not YAML), readOnly, label, phrases (CodeMirror's own words, translated),
 * reveal (the name of the button behind a mask), onChange(), onReveal(mask), onSave() for Ctrl+S or Cmd+S. `onChange` only says that something changed; the
 * text is asked for, because a large one is not worth copying at every key.
 */
export function open(host, options) {
  return new Editor(host, options);
}

class Editor {
  #view;
  #shadow;
  #writable = new Compartment();
  #breaks = new Compartment();

  constructor(host, options) {
    this.#shadow = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
    this.#shadow.replaceChildren();
    this.#view = new EditorView({ parent: this.#shadow, root: this.#shadow, state: this.#state(options) });
  }

  #state(options) {
    const { text = "", plain = false, readOnly = false, label = "", phrases = {}, reveal = "", onChange, onReveal, onSave } = options;
    return EditorState.create({
      doc: lines(text),
      extensions: [
        this.#breaks.of(EditorState.lineSeparator.of(separator(text))),
        this.#writable.of(writable(!readOnly)),
        EditorState.phrases.of(phrases),
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(),
        highlightActiveLineGutter(), search({ top: true }), theme,
        plain ? [] : language,
        masks(reveal, (mask) => onReveal?.(mask)),
        keymap.of([
          ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap.filter(({ key }) => key !== "Escape"), indentWithTab,
          { key: "Escape", run: releaseTab },
          // Nobody who presses it means the browser's own dialog.
          { key: "Mod-s", run: () => (onSave?.(), true) },
        ]),
        // What is pasted takes the line breaks of the text.
        EditorView.clipboardInputFilter.of((pasted, state) => pasted.replace(/\r\n?|\n/g, state.lineBreak)),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off", translate: "no" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          update.view.setTabFocusMode(false);
          if (!update.transactions.every((one) => one.annotation(ours))) onChange?.();
        }),
        EditorView.domEventHandlers({ focus: (_, view) => view.setTabFocusMode(false) }),
      ],
    });
  }

  /** The text, with the line breaks it came with. */
  text() {
    return this.#view.state.sliceDoc();
  }

  /** Puts another text in. What is the same at both ends is left alone, so cursor, folds and undo stay. */
  setText(text) {
    const before = this.text();
    if (before === text) return;
    const effects = this.#breaks.reconfigure(EditorState.lineSeparator.of(separator(text)));
    const [old, now] = [this.#view.state.doc.toString(), lines(text).toString()];
    let start = 0;
    while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
    let end = 0;
    while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    const insert = EditorState.create({ doc: now.slice(start, now.length - end), extensions: EditorState.lineSeparator.of("\n") }).doc;
    this.#view.dispatch({ changes: { from: start, to: old.length - end, insert }, effects, annotations: ours.of(true) });
  }

  /** Marks problems: [{ line, column, message, severity }], both numbers from 1, columns in characters. */
  setProblems(problems) {
    const { doc } = this.#view.state;
    const diagnostics = problems.map(({ line, column, message, severity }) => {
      const { from, to } = place(doc, line, column);
      return { from, to, message, severity };
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  setReadOnly(readOnly) {
    this.#view.dispatch({ effects: this.#writable.reconfigure(writable(!readOnly)) });
  }

  /** Moves the cursor to a place and the focus into the editor. */
  goTo(line, column) {
    const { from } = place(this.#view.state.doc, line, column);
    this.#view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.#view.focus();
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#view.destroy();
    this.#shadow.replaceChildren();
  }
}

/** A read-only text can still be focused, searched and copied from. */
const writable = (yes) => [EditorState.readOnly.of(!yes), EditorView.editable.of(true)];

/** After Escape, Tab leaves the editor instead of indenting, until something is typed. */
function releaseTab(view) {
  view.setTabFocusMode(true);
  return true;
}

/** The line break of a text. Where it has several, a stray carriage return stays a character of its line. */
function separator(text) {
  const breaks = text.split("\n").length - 1;
  return breaks > 0 && text.split("\r\n").length - 1 === breaks ? "\r\n" : "\n";
}

function lines(text) {
  return EditorState.create({ doc: text, extensions: EditorState.lineSeparator.of(separator(text)) }).doc;
}

/** From a place that counts characters to positions that count UTF-16 units; the end of the word there, for a mark one sees. */
function place(doc, line, column) {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...at.text].slice(0, column - 1).join("").length;
  const from = at.from + Math.min(before, at.length);
  const word = /^[^\s:,\]}]+/.exec(at.text.slice(from - at.from));
  return { from, to: Math.min(at.to, from + (word ? word[0].length : 1)) };
}
