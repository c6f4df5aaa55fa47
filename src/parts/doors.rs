//! The doors: one function for each thing that is loaded later, and the part it belongs to.
#![allow(
    unsafe_code,
    reason = "the split macro links each door to its part by name; nothing here touches memory"
)]

use super::{Loading, NotLoaded};
use crate::api::Client;
use crate::api::environments::Environment;
use crate::operations::Review;
use crate::ops::Operations;
use crate::route::{EnvironmentRef, Panel};
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;

/// Makes a door: behind `--cfg split` a function whose body lies in another file, otherwise the same function in place.
/// `as name` also makes the function that fetches the part without opening the door.
macro_rules! door {
    ($(#[$doc:meta])* $part:ident, $name:ident($($arg:ident: $type:ty),*) -> $out:ty $body:block) => {
        #[cfg(split)]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $(#[$doc])*
        pub fn $name($($arg: $type),*) -> Result<$out, NotLoaded> {
            Ok($body)
        }

        #[cfg(not(split))]
        $(#[$doc])*
        ///
        /// # Errors
        /// Never: this build has one module.
        pub async fn $name($($arg: $type),*) -> Result<$out, NotLoaded> {
            Ok($body)
        }
    };
}

/// Makes the function that fetches a part without opening a door of it.
macro_rules! fetch {
    ($part:ident, $name:ident, $door:ident) => {
        #[cfg(split)]
        #[wasm_split_helpers::wasm_split($part, fallible, preload($name))]
        #[allow(dead_code, reason = "it only names the part")]
        fn $door() -> Result<(), NotLoaded> {
            Ok(())
        }

        #[cfg(not(split))]
        async fn $name() -> Result<(), NotLoaded> {
            Ok(())
        }
    };
}

fetch!(logs, load_logs, logs_part);
fetch!(services, load_services, services_part);
fetch!(editors, load_editors, editors_part);
fetch!(extras, load_extras, extras_part);

/// A part of the module: a file of its own, fetched once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The log viewer with its engine.
    Logs,
    /// A service's drawer and everything about operations: plans, review, progress, activity.
    Services,
    /// What changes an environment's variables, configs and sub-environments.
    Editors,
    /// What is seldom opened: palette, settings.
    Extras,
}

impl Part {
    /// Fetches the part, or finds it there.
    pub fn load(self) -> Loading {
        match self {
            Self::Logs => Box::pin(load_logs()),
            Self::Services => Box::pin(load_services()),
            Self::Editors => Box::pin(load_editors()),
            Self::Extras => Box::pin(load_extras()),
        }
    }
}

door! {
    /// The dock's frame with its log views.
    logs, dock() -> AnyView {
        view! { <crate::dock::DockView /> }.into_any()
    }
}

door! {
    /// A service's drawer.
    services, service_drawer(at: StoredValue<EnvironmentRef>, name: String, panel: Signal<Panel>) -> AnyView {
        view! { <crate::pages::service::ServiceDrawer at name panel /> }.into_any()
    }
}

door! {
    /// The open review and the tray of what is under way.
    services, operations() -> AnyView {
        view! {
            <crate::components::ops::ReviewDialog />
            <crate::components::ops::Tray />
        }
        .into_any()
    }
}

door! {
    /// The page of everything that was changed.
    services, activity() -> AnyView {
        view! { <crate::pages::activity::ActivityPage /> }.into_any()
    }
}

door! {
    /// The dialog that adds services of the project.
    services, add_services(
        at: StoredValue<EnvironmentRef>,
        detail: Memo<Option<Arc<Environment>>>,
        open: RwSignal<bool>
    ) -> AnyView {
        view! { <crate::pages::environment::add::AddDialog at detail open /> }.into_any()
    }
}

door! {
    /// The bar of what can be done with several services.
    services, bulk_bar(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) -> AnyView {
        view! { <crate::pages::environment::bulk::BulkBar at detail /> }.into_any()
    }
}

/// An operation on its way from confirmed to ended.
pub type Drive = Pin<Box<dyn Future<Output = ()>>>;

door! {
    /// Takes what was confirmed through its life.
    services, drive(registry: Operations, review: Review, client: Client) -> Drive {
        Box::pin(crate::operations::run(registry, review, client))
    }
}

door! {
    /// The palette.
    extras, palette(open: RwSignal<bool>) -> AnyView {
        view! { <crate::components::palette::Palette open /> }.into_any()
    }
}

door! {
    /// The page of the browser's preferences.
    extras, settings() -> AnyView {
        view! { <crate::pages::settings::SettingsPage /> }.into_any()
    }
}

door! {
    /// The list of the keys.
    extras, shortcuts(open: RwSignal<bool>) -> AnyView {
        view! { <crate::components::shortcuts::ShortcutsDialog open /> }.into_any()
    }
}

door! {
    /// The page that connects, with its doctor.
    extras, connect() -> AnyView {
        view! { <crate::pages::connect::ConnectPage /> }.into_any()
    }
}

door! {
    /// The dialog that asks for a token again.
    extras, renewal(open: RwSignal<bool>) -> AnyView {
        view! { <crate::pages::connect::RenewalDialog open /> }.into_any()
    }
}

door! {
    /// The page of the projects.
    extras, projects() -> AnyView {
        view! { <crate::pages::projects::ProjectsPage /> }.into_any()
    }
}

door! {
    /// The sub-environments of an environment.
    editors, sharing(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) -> AnyView {
        view! { <crate::pages::sharing::Sharing at detail /> }.into_any()
    }
}

door! {
    /// The global variables of an environment.
    editors, variables(detail: Memo<Option<Arc<Environment>>>) -> AnyView {
        view! { <crate::pages::environment::variables::Variables detail /> }.into_any()
    }
}
