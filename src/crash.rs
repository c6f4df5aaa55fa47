//! What a panic looks like. After one the module runs no further, in none of its instances, so each says so over its page.

use std::cell::RefCell;
use web_sys::{Document, Element, HtmlElement};

thread_local! {
    /// The elements of the instances that are mounted.
    static ROOTS: RefCell<Vec<HtmlElement>> = const { RefCell::new(Vec::new()) };
}

/// Notes the element of an instance.
pub fn watch(root: &HtmlElement) {
    ROOTS.with_borrow_mut(|roots| roots.push(root.clone()));
}

/// Forgets the element of an instance that is gone.
pub fn forget(root: &HtmlElement) {
    ROOTS.with_borrow_mut(|roots| roots.retain(|one| !one.is_same_node(Some(root))));
}

/// Shows a panic in words over every instance.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Without a `borrow` that could fail: a panic inside a panic would show nothing.
        let roots = ROOTS.with(|roots| roots.try_borrow().map(|roots| roots.clone())).unwrap_or_default();
        for root in roots {
            show(&root, &info.to_string());
        }
    }));
}

/// Builds the overlay with plain DOM calls, because nothing of the framework can be relied on any more.
fn show(root: &HtmlElement, details: &str) {
    let Some(document) = root.owner_document() else { return };
    let language = root.get_attribute("lang");
    let texts =
        crate::i18n::Language::from_tag(language.as_deref().unwrap_or("en")).unwrap_or_default().messages();
    if root.query_selector(".crash").ok().flatten().is_some() {
        return;
    }
    let (Some(overlay), Some(card)) =
        (make(&document, "div", "crash", ""), make(&document, "div", "card", ""))
    else {
        return;
    };
    let _ = overlay.set_attribute("role", "alertdialog");
    let reload = make(&document, "a", "button primary", texts.shell().reload);
    if let Some(reload) = &reload {
        let _ = reload.set_attribute("href", "");
    }
    let parts = [
        make(&document, "h1", "", texts.shell().crashed),
        make(&document, "p", "", texts.shell().crashed_hint),
        make(&document, "pre", "crash-details", details),
        reload,
    ];
    for part in parts.into_iter().flatten() {
        let _ = card.append_child(&part);
    }
    let _ = overlay.append_child(&card);
    let _ = root.append_child(&overlay);
}

fn make(document: &Document, tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Some(element)
}
