// The masks of a Secret's values: drawn as what they are, each with a button that reveals its value. The text holds no value,
// so there is none to copy, to find or to see.
import { Decoration, MatchDecorator, ViewPlugin, WidgetType } from "@codemirror/view";

const MASK = /•{8}·\d+/g;

class RevealButton extends WidgetType {
  constructor(mask, label, reveal) {
    super();
    Object.assign(this, { mask, label, reveal });
  }

  eq(other) {
    return other.mask === this.mask;
  }

  toDOM() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cm-reveal";
    button.textContent = this.label;
    button.addEventListener("click", () => this.reveal(this.mask));
    return button;
  }

  ignoreEvent() {
    return true;
  }
}

/** Draws masks; `label` is the button's name, `reveal` is called with the mask. No label, no button. */
export function masks(label, reveal) {
  const matcher = new MatchDecorator({
    regexp: MASK,
    decorate: (add, from, to, [mask]) => {
      add(from, to, Decoration.mark({ class: "cm-mask" }));
      if (label) add(to, to, Decoration.widget({ widget: new RevealButton(mask, label, reveal), side: 1 }));
    },
  });
  return ViewPlugin.define(
    (view) => ({
      decorations: matcher.createDeco(view),
      update(update) {
        this.decorations = matcher.updateDeco(update, this.decorations);
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  );
}
