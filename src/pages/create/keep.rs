//! The draft in the tab's storage: one for each place where an environment can be made, gone with the tab.
//!
//! What may be secret stays out ([`Draft::to_stored`]); the token was never in it.

use crate::domain::create::Draft;
use crate::route::CreateLink;
use crate::storage;

fn key(api_base: &str, link: &CreateLink) -> String {
    let family = if link.family.is_production() { "production" } else { "test" };
    let from = link.from.as_deref().unwrap_or_default();
    format!("zadig-environments-draft:{api_base}:{family}:{}:{from}", link.project)
}

/// What was kept, if anything.
pub(crate) fn load(api_base: &str, link: &CreateLink) -> Option<Draft> {
    storage::session(&key(api_base, link)).and_then(|text| Draft::from_stored(&text))
}

/// Keeps a draft; one in which nothing was decided is forgotten.
pub(crate) fn save(api_base: &str, link: &CreateLink, draft: &Draft) {
    let text = (!draft.is_untouched()).then(|| draft.to_stored());
    storage::set_session(&key(api_base, link), text.as_deref());
}
