//! Every view is a link: the typed routes of the application and their form in the URL's hash.
//!
//! Routes live in the hash because a static host needs no rewrite rule for it, and because several embedded instances
//! must not fight over the page's path. [`Route::parse`] and [`Route::href`] are inverse to each other; what a hash says
//! that no route understands becomes [`Route::NotFound`], never an error.
//!
//! ```
//! use zadig_environments::route::Route;
//! let route = Route::parse("#/p/shop/test/dev/services?q=api&problems=1");
//! assert_eq!(Route::parse(&route.href()), route);
//! ```

mod configs;
mod create;
mod list;
mod logs;
mod text;

pub use configs::{ConfigFace, ConfigView};
pub use create::{CreateLink, CreateStep};
pub use list::{EnvironmentSort, FamilyFilter, ListView, ServiceView};
pub use logs::{LogFilter, LogLevel, LogTail, LogTarget};

use crate::api::Family;
use serde::{Deserialize, Serialize};
use text::{Query, decode, encode};

/// An environment by its coordinates: what a link needs to find it again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EnvironmentRef {
    /// Project key.
    pub project: String,
    /// Test or production: the two have separate endpoints.
    pub family: Family,
    /// Environment key (`env_key`), never the alias.
    pub key: String,
}

/// The parts of an environment's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// Services with images, readiness and the failing reason.
    #[default]
    Services,
    /// Global variables.
    Variables,
    /// Sub-environments, and the portal services that come with them.
    Sharing,
}

/// A service's drawer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServiceRef {
    /// The service's name.
    pub name: String,
    /// Which part of the drawer.
    pub panel: Panel,
}

/// The parts of a service's drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Panel {
    /// Workloads, pods, addresses, ingresses, cron jobs.
    #[default]
    Overview,
    /// The events of its workloads and pods on one timeline.
    Events,
    /// The service's variables.
    Variables,
    /// The YAML as rendered in the environment, where the server has it.
    Yaml,
    /// The values of a Helm service as rendered in the environment.
    Values,
}

impl Panel {
    /// Every part.
    pub const ALL: [Self; 5] = [Self::Overview, Self::Events, Self::Variables, Self::Yaml, Self::Values];

    const fn word(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Events => "events",
            Self::Variables => "variables",
            Self::Yaml => "yaml",
            Self::Values => "values",
        }
    }
}

/// A view of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Where Zadig is, who the user is, and what is wrong with the connection.
    Connect,
    /// The projects, filtered by a text.
    Projects {
        /// Filter text.
        search: String,
    },
    /// The environments of a project.
    Environments {
        /// Project key.
        project: String,
        /// Search, filters and sorting.
        view: ListView,
    },
    /// One environment.
    Environment {
        /// Which one.
        at: EnvironmentRef,
        /// Which part of it.
        tab: Tab,
        /// Search and filters of its services.
        view: ServiceView,
        /// The service whose drawer is open; among the sub-environments, the one whose portal is shown.
        service: Option<ServiceRef>,
    },
    /// The configs of an environment.
    Configs {
        /// Which one.
        at: EnvironmentRef,
        /// What of them.
        view: ConfigView,
    },
    /// A new environment, before it is there.
    Create(CreateLink),
    /// A log to open in the dock, over its environment's page.
    Logs {
        /// Which one.
        target: LogTarget,
        /// Whether it covers the page.
        full: bool,
    },
    /// Every change made from this tab.
    Activity,
    /// Preferences of this browser.
    Settings,
    /// What this is and what it is made of, over the settings.
    About,
    /// A hash no route understands, kept so that it can be shown.
    NotFound {
        /// The hash as it was.
        hash: String,
    },
}

impl Route {
    /// Reads a location's hash, with or without the leading `#`.
    pub fn parse(hash: &str) -> Self {
        let trimmed = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = trimmed.split_once('?').unwrap_or((trimmed, ""));
        let query = Query::parse(query);
        let segments: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] | ["projects"] => Self::Projects { search: query.text("q") },
            ["connect"] => Self::Connect,
            ["activity"] => Self::Activity,
            ["settings"] => Self::Settings,
            ["settings", "about"] => Self::About,
            ["p", project] => {
                Self::Environments { project: (*project).to_owned(), view: ListView::from_query(&query) }
            }
            ["p", project, "new"] => Self::Create(CreateLink::from_query(project, &query)),
            ["p", project, family, key, "logs", service] => match family_of(family) {
                Some(family) => {
                    let at =
                        EnvironmentRef { project: (*project).to_owned(), family, key: (*key).to_owned() };
                    Self::Logs {
                        target: LogTarget::from_query(at, service, &query),
                        full: query.flag("full"),
                    }
                }
                None => Self::NotFound { hash: hash.to_owned() },
            },
            ["p", project, family, key, "configs", rest @ ..] => {
                match (family_of(family), ConfigView::read(rest, &query)) {
                    (Some(family), Some(view)) => {
                        let at =
                            EnvironmentRef { project: (*project).to_owned(), family, key: (*key).to_owned() };
                        Self::Configs { at, view }
                    }
                    _ => Self::NotFound { hash: hash.to_owned() },
                }
            }
            ["p", project, family, key, rest @ ..] => match (family_of(family), tab_of(rest)) {
                (Some(family), Some((tab, service))) => Self::Environment {
                    at: EnvironmentRef { project: (*project).to_owned(), family, key: (*key).to_owned() },
                    tab,
                    view: ServiceView::from_query(&query),
                    service: service.map(|name| ServiceRef { name, panel: panel_of(&query.text("panel")) }),
                },
                _ => Self::NotFound { hash: hash.to_owned() },
            },
            _ => Self::NotFound { hash: hash.to_owned() },
        }
    }

    /// The hash that leads back here, with the leading `#`: good as a link's `href` on any page.
    pub fn href(&self) -> String {
        let mut query = Query::default();
        let path = match self {
            Self::Connect => "connect".to_owned(),
            Self::Projects { search } => {
                query.set("q", search);
                "projects".to_owned()
            }
            Self::Environments { project, view } => {
                view.write(&mut query);
                format!("p/{}", encode(project))
            }
            Self::Environment { at, tab, view, service } => {
                view.write(&mut query);
                let tab = match (tab, service) {
                    (Tab::Sharing, None) => "sub-environment".to_owned(),
                    (Tab::Sharing, Some(service)) => format!("sub-environment/{}", encode(&service.name)),
                    (_, Some(service)) => {
                        query.set("panel", service.panel.word());
                        format!("services/{}", encode(&service.name))
                    }
                    (Tab::Services, None) => "services".to_owned(),
                    (Tab::Variables, None) => "variables".to_owned(),
                };
                format!("p/{}/{}/{}/{tab}", encode(&at.project), family_word(at.family), encode(&at.key))
            }
            Self::Configs { at, view } => {
                let path = view.write(&mut query);
                format!("p/{}/{}/{}/{path}", encode(&at.project), family_word(at.family), encode(&at.key))
            }
            Self::Create(link) => {
                link.write(&mut query);
                format!("p/{}/new", encode(&link.project))
            }
            Self::Logs { target, full } => {
                target.write(&mut query);
                query.set("full", if *full { "1" } else { "" });
                let LogTarget { at, service, .. } = target;
                let (project, key) = (encode(&at.project), encode(&at.key));
                format!("p/{project}/{}/{key}/logs/{}", family_word(at.family), encode(service))
            }
            Self::Activity => "activity".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::About => "settings/about".to_owned(),
            Self::NotFound { hash } => return hash.clone(),
        };
        format!("#/{path}{}", query.suffix())
    }

    /// The plain view of a project's environments.
    pub fn environments(project: impl Into<String>) -> Self {
        Self::Environments { project: project.into(), view: ListView::default() }
    }

    /// The plain view of an environment.
    pub fn environment(at: EnvironmentRef) -> Self {
        Self::Environment { at, tab: Tab::default(), view: ServiceView::default(), service: None }
    }

    /// The drawer of a service over the plain view of its environment.
    pub fn service(at: EnvironmentRef, name: impl Into<String>) -> Self {
        let service = Some(ServiceRef { name: name.into(), panel: Panel::default() });
        Self::Environment { at, tab: Tab::default(), view: ServiceView::default(), service }
    }

    /// The sub-environments of an environment, with the portal of one of its services where one is named.
    pub fn sharing(at: EnvironmentRef, portal: Option<&str>) -> Self {
        let service = portal.map(|name| ServiceRef { name: name.to_owned(), panel: Panel::default() });
        Self::Environment { at, tab: Tab::Sharing, view: ServiceView::default(), service }
    }

    /// The project this view is about, if any.
    pub fn project(&self) -> Option<&str> {
        match self {
            Self::Environments { project, .. } | Self::Create(CreateLink { project, .. }) => Some(project),
            Self::Environment { at, .. }
            | Self::Configs { at, .. }
            | Self::Logs { target: LogTarget { at, .. }, .. } => Some(&at.project),
            _ => None,
        }
    }

    /// The same view without its search, filters and sorting: two routes with one page key show the same page, and only
    /// what is on it changes.
    pub fn page_key(&self) -> Self {
        match self {
            Self::Projects { .. } => Self::Projects { search: String::new() },
            Self::Environments { project, .. } => Self::environments(project.clone()),
            Self::Environment { at, .. }
            | Self::Configs { at, .. }
            | Self::Logs { target: LogTarget { at, .. }, .. } => Self::environment(at.clone()),
            Self::Create(link) => Self::Create(link.at(CreateStep::default())),
            Self::About => Self::Settings,
            other => other.clone(),
        }
    }

    /// Whether the view shows production: the shell draws its frame then.
    pub fn is_production(&self) -> bool {
        match self {
            Self::Environment { at, .. }
            | Self::Configs { at, .. }
            | Self::Logs { target: LogTarget { at, .. }, .. } => at.family == Family::Production,
            Self::Create(link) => link.family == Family::Production,
            _ => false,
        }
    }
}

const fn family_word(family: Family) -> &'static str {
    match family {
        Family::Test => "test",
        Family::Production => "production",
    }
}

fn family_of(word: &str) -> Option<Family> {
    match word {
        "test" => Some(Family::Test),
        "production" => Some(Family::Production),
        _ => None,
    }
}

fn tab_of(rest: &[&str]) -> Option<(Tab, Option<String>)> {
    match rest {
        [] | ["services"] => Some((Tab::Services, None)),
        ["services", name] => Some((Tab::Services, Some((*name).to_owned()))),
        ["variables"] => Some((Tab::Variables, None)),
        ["sub-environment"] => Some((Tab::Sharing, None)),
        ["sub-environment", name] => Some((Tab::Sharing, Some((*name).to_owned()))),
        _ => None,
    }
}

fn panel_of(word: &str) -> Panel {
    Panel::ALL.into_iter().find(|panel| panel.word() == word).unwrap_or_default()
}

#[cfg(test)]
mod tests;
