// The editor's look, from the application's tokens: both themes, and whatever a page around overrides.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const control = {
  background: "var(--bg-raised)",
  color: "var(--text)",
  border: "1px solid var(--line-strong)",
  borderRadius: "var(--radius)",
  font: "inherit",
  padding: "2px var(--s2)",
};

export const theme = EditorView.theme({
  "&": { blockSize: "100%", color: "var(--text)", backgroundColor: "var(--bg-raised)", fontSize: "var(--size)" },
  // The frame around it shows the focus: the gutter would lie over an outline here.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)", paddingBlock: "var(--s2)" },
  ".cm-cursor": { borderInlineStartColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--bg-sunken)", color: "var(--text-3)", border: "none", borderInlineEnd: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--bg-hover) 60%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--bg-hover)", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--bg-selected)", outline: "1px solid var(--line-strong)" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--bg-selected)", outline: "1px solid var(--accent)" },
  ".cm-foldPlaceholder": { ...control, paddingBlock: "0", color: "var(--text-2)" },
  ".cm-panels": { backgroundColor: "var(--bg-sunken)", color: "var(--text)", fontFamily: "var(--font)" },
  ".cm-panels.cm-panels-top": { borderBlockEnd: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "var(--s2)", fontSize: "var(--size-small)" },
  ".cm-panel.cm-search label": { fontSize: "var(--size-small)" },
  ".cm-textfield": control,
  ".cm-button": { ...control, backgroundImage: "none" },
  ".cm-panel.cm-search [name=close]": { color: "var(--text-2)", insetInlineEnd: "var(--s2)" },
  ".cm-tooltip": { backgroundColor: "var(--bg-raised)", color: "var(--text)", border: "1px solid var(--line-strong)", borderRadius: "var(--radius)", fontFamily: "var(--font)" },
  ".cm-diagnostic": { paddingBlock: "var(--s1)" },
  ".cm-diagnostic-error": { borderInlineStartColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderInlineStartColor: "var(--warn)" },
  // Drawn without images: the page around may allow none.
  ".cm-lintRange": { backgroundImage: "none", paddingBlockEnd: "0", textDecoration: "underline wavy var(--bad)", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warn)" },
  ".cm-lint-marker": { content: "normal", inlineSize: "8px", blockSize: "8px", margin: "6px 3px", borderRadius: "50%", backgroundColor: "var(--bad)" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--warn)" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-mask": { color: "var(--text-3)", letterSpacing: "1px" },
  ".cm-reveal": { ...control, marginInlineStart: "var(--s2)", paddingBlock: "0", fontFamily: "var(--font)", fontSize: "var(--size-tiny)", color: "var(--accent)", cursor: "pointer" },
  ".cm-reveal:focus-visible, .cm-button:focus-visible, .cm-textfield:focus-visible": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
});

export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ok)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: "var(--odd)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--text-3)", fontStyle: "italic" },
  { tag: [tags.meta, tags.typeName, tags.labelName], color: "var(--busy)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);
