//! Web storage that cannot fail: where the browser forbids it (a sandboxed frame, blocked cookies, a full quota), reads
//! find nothing and writes are dropped.

fn area(session: bool) -> Option<web_sys::Storage> {
    let window = web_sys::window()?;
    if session { window.session_storage() } else { window.local_storage() }.ok().flatten()
}

/// A value that survives the tab.
pub(crate) fn local(key: &str) -> Option<String> {
    area(false)?.get_item(key).ok().flatten()
}

/// Stores a value that survives the tab.
pub(crate) fn set_local(key: &str, value: &str) {
    if let Some(storage) = area(false) {
        let _ = storage.set_item(key, value);
    }
}

/// A value that is gone with the tab.
pub(crate) fn session(key: &str) -> Option<String> {
    area(true)?.get_item(key).ok().flatten()
}

/// Stores a value until the tab is closed; `None` removes it.
pub(crate) fn set_session(key: &str, value: Option<&str>) {
    if let Some(storage) = area(true) {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}
