//! Entry points of the lazily loaded parts: one function for each view or task, and the part it belongs to.
#![allow(
    clippy::allow_attributes,
    reason = "what the macro writes is used or not, by how the module is built"
)]
#![allow(
    unsafe_code,
    reason = "the split macro links each entry point to its part by name; nothing here touches memory"
)]

use super::{Loading, NotLoaded};
use crate::api::Client;
use crate::api::environments::Environment;
use crate::api::services::ServiceDetail;
use crate::domain::diagnosis::Diagnosis;
use crate::i18n::{Explaining, explain_closely};
use crate::operations::Review;
use crate::ops::Operations;
use crate::ops::saved::Owner;
use crate::route::{ConfigView, CreateLink, EnvironmentRef, Panel, ServiceView};
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;

/// Declares an entry point, and the function that fetches its part. With `--cfg split` the body lies in the part's file,
/// otherwise in place. An entry point waits for its part; the browser fetches a part once.
macro_rules! lazy_entry {
    (
        $(#[$doc:meta])*
        $part:ident, $load:ident, $name:ident($($arg:ident: $type:ty),*) -> $out:ty $body:block
    ) => {
        #[cfg(split)]
        mod $load {
            use super::*;

            #[wasm_split_helpers::wasm_split($part, fallible, preload(fetch))]
            pub fn $name($($arg: $type),*) -> Result<$out, NotLoaded> {
                Ok($body)
            }
        }

        #[cfg(not(split))]
        mod $load {
            use super::*;

            pub async fn $name($($arg: $type),*) -> Result<$out, NotLoaded> {
                Ok($body)
            }

            #[allow(dead_code, reason = "as the function that calls it")]
            pub async fn fetch() -> Result<(), NotLoaded> {
                Ok(())
            }
        }

        /// Fetches the part of the entry point of the same name, unless it is loaded.
        #[allow(dead_code, reason = "a task is awaited as a whole; only views are fetched ahead")]
        pub fn $load() -> Loading {
            Box::pin($load::fetch())
        }

        $(#[$doc])*
        ///
        /// # Errors
        /// When its part cannot be fetched; a build of one module has it always.
        pub async fn $name($($arg: $type),*) -> Result<$out, NotLoaded> {
            $load::$name($($arg),*).await
        }
    };
}

lazy_entry! {
    /// The dock's frame with its log views.
    logs, load_dock, dock() -> AnyView {
        view! { <crate::dock::DockView /> }.into_any()
    }
}

lazy_entry! {
    /// A service's drawer.
    services, load_service_drawer,
    service_drawer(
        at: StoredValue<EnvironmentRef>,
        name: String,
        environment: Memo<Option<Arc<Environment>>>,
        panel: Signal<Panel>
    ) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::service::ServiceDrawer at name environment panel /> }.into_any()
    }
}

lazy_entry! {
    /// The open review and the tray of what is under way.
    services, load_operations, operations() -> AnyView {
        provide_context(Explaining(explain_closely));
        view! {
            <crate::components::ops::ReviewDialog />
            <crate::components::ops::Tray />
        }
        .into_any()
    }
}

lazy_entry! {
    /// The page of everything that was changed.
    services, load_activity, activity() -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::activity::ActivityPage /> }.into_any()
    }
}

lazy_entry! {
    /// The dialog that adds services of the project.
    services, load_add_services, add_services(
        at: StoredValue<EnvironmentRef>,
        detail: Memo<Option<Arc<Environment>>>,
        open: RwSignal<bool>
    ) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::environment::add::AddDialog at detail open /> }.into_any()
    }
}

lazy_entry! {
    /// The bar of what can be done with several services.
    services, load_bulk_bar, bulk_bar(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::environment::bulk::BulkBar at detail /> }.into_any()
    }
}

/// What the events of a pod add to what is known of its service.
pub(crate) type Look = Pin<Box<dyn Future<Output = Diagnosis>>>;

lazy_entry! {
    /// Diagnoses a service again with the events of the pod that does not say itself why it waits.
    services, load_pod_events, pod_events(client: Client, at: EnvironmentRef, detail: ServiceDetail, pod: String) -> Look {
        Box::pin(async move {
            let call = crate::api::events::list(at.family, &at.project, &at.key, "Pod", &pod);
            let events = client.send(call).await.unwrap_or_default();
            crate::domain::diagnosis::diagnose_with(&detail, &pod, &events)
        })
    }
}

/// An operation on its way from confirmed to ended.
pub(crate) type Drive = Pin<Box<dyn Future<Output = ()>>>;

lazy_entry! {
    /// Takes what was confirmed through its life.
    services, load_drive, drive(registry: Operations, review: Review, client: Client) -> Drive {
        Box::pin(crate::operations::run(registry, review, client))
    }
}

lazy_entry! {
    /// Takes up the operations that were under way before a reload.
    services, load_restore, restore(registry: Operations, saved: String, owner: Owner, client: Client) -> Drive {
        Box::pin(crate::operations::restore(registry, saved, owner, client))
    }
}

lazy_entry! {
    /// The palette.
    extras, load_palette, palette(open: RwSignal<bool>) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::components::palette::Palette open /> }.into_any()
    }
}

lazy_entry! {
    /// The question before edits are lost.
    extras, load_leave_dialog, leave_dialog() -> AnyView {
        view! { <crate::components::guard::LeaveDialog /> }.into_any()
    }
}

lazy_entry! {
    /// The page of the browser's preferences.
    extras, load_settings, settings() -> AnyView {
        view! { <crate::pages::settings::SettingsPage /> }.into_any()
    }
}

lazy_entry! {
    /// The list of the keys.
    extras, load_shortcuts, shortcuts(open: RwSignal<bool>) -> AnyView {
        view! { <crate::dock::shortcuts::ShortcutsDialog open /> }.into_any()
    }
}

lazy_entry! {
    /// The page that connects, with its doctor.
    extras, load_connect, connect() -> AnyView {
        view! { <crate::pages::connect::ConnectPage /> }.into_any()
    }
}

lazy_entry! {
    /// The dialog that asks for a token again.
    extras, load_renewal, renewal(open: RwSignal<bool>) -> AnyView {
        view! { <crate::pages::connect::RenewalDialog open /> }.into_any()
    }
}

lazy_entry! {
    /// The page of the projects.
    extras, load_projects, projects() -> AnyView {
        view! { <crate::pages::projects::ProjectsPage /> }.into_any()
    }
}

lazy_entry! {
    /// A YAML text that is only read, in the editor's colours.
    editors, load_yaml_view, yaml_view(text: Signal<String>, label: Signal<String>) -> AnyView {
        view! { <crate::components::editor::YamlView text label /> }.into_any()
    }
}

lazy_entry! {
    /// The sub-environments of an environment.
    editors, load_sharing, sharing(at: StoredValue<EnvironmentRef>, detail: Memo<Option<Arc<Environment>>>) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::sharing::Sharing at detail /> }.into_any()
    }
}

lazy_entry! {
    /// The global variables of an environment.
    editors, load_variables, variables(
        at: StoredValue<EnvironmentRef>,
        detail: Memo<Option<Arc<Environment>>>,
        view: Signal<ServiceView>
    ) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::environment::variables::Variables at detail view /> }.into_any()
    }
}

lazy_entry! {
    /// The steps that make an environment.
    editors, load_create, create(link: CreateLink) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::create::CreatePage link /> }.into_any()
    }
}

lazy_entry! {
    /// The dialog that edits an environment.
    editors, load_edit_dialog, edit_dialog(at: StoredValue<EnvironmentRef>, open: RwSignal<bool>) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::environment::actions::EditDialog at open /> }.into_any()
    }
}

lazy_entry! {
    /// The dialog that deletes an environment.
    editors, load_delete_dialog,
    delete_dialog(
        at: StoredValue<EnvironmentRef>,
        detail: Memo<Option<Arc<Environment>>>,
        open: RwSignal<bool>
    ) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::environment::actions::DeleteDialog at detail open /> }.into_any()
    }
}

lazy_entry! {
    /// The configs of an environment.
    editors, load_configs, configs(at: StoredValue<EnvironmentRef>, view: Signal<ConfigView>) -> AnyView {
        provide_context(Explaining(explain_closely));
        view! { <crate::pages::configs::ConfigsTab at view /> }.into_any()
    }
}
