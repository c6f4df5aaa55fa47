//! What the page around the application hears of it: where it is, and how operations ended. Nothing here holds a secret.

use crate::host::Host;
use crate::nav::Nav;
use crate::operations::Ops;
use crate::ops::{Kind, Object, Outcome, Target};
use crate::route::Route;
use leptos::prelude::*;
use serde::Serialize;

/// The detail of `navigate`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    /// The route as a link, `#/p/shop/test/dev/services`: good as the `route` of a later instance.
    route: String,
    page: &'static str,
    project: Option<String>,
    environment: Option<String>,
    production: bool,
    service: Option<String>,
}

impl Place {
    fn of(route: &Route) -> Self {
        let page = match route {
            Route::Connect => "connect",
            Route::Projects { .. } => "projects",
            Route::Environments { .. } => "environments",
            Route::Environment { .. } | Route::Configs { .. } => "environment",
            Route::Create(_) => "create",
            Route::Activity => "activity",
            Route::Settings | Route::About => "settings",
            Route::Logs { .. } => "logs",
            Route::NotFound { .. } => "other",
        };
        let (environment, service) = match route {
            Route::Environment { at, service, .. } => {
                (Some(at.key.clone()), service.as_ref().map(|service| service.name.clone()))
            }
            Route::Configs { at, .. } => (Some(at.key.clone()), None),
            _ => (None, None),
        };
        Self {
            route: route.href(),
            page,
            project: route.project().map(str::to_owned),
            environment,
            production: route.is_production(),
            service,
        }
    }
}

/// The detail of `operation`.
#[derive(Serialize)]
struct Ended {
    operation: &'static str,
    outcome: &'static str,
    project: String,
    environment: String,
    production: bool,
    /// The service, config or other thing it was about.
    target: String,
}

impl Ended {
    fn of(kind: Kind, target: &Target, outcome: &Outcome) -> Self {
        Self {
            operation: word_of(kind),
            outcome: outcome_word(outcome),
            project: target.env.project.clone(),
            environment: target.env.key.clone(),
            production: target.env.family.is_production(),
            target: match target.object {
                Object::Environment => target.env.key.clone(),
                _ => target.name().to_owned(),
            },
        }
    }
}

const fn word_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Scale { .. } => "scale",
        Kind::Restart => "restart",
        Kind::RestartPod => "restart-pod",
        Kind::UpdateImage => "update-image",
        Kind::AddServices => "add-services",
        Kind::UpdateServices => "update-services",
        Kind::RemoveServices => "remove-services",
        Kind::UpdateVariables => "update-variables",
        Kind::CreateConfig => "create-config",
        Kind::UpdateConfig => "update-config",
        Kind::DeleteConfig => "delete-config",
        Kind::CreateEnvironment => "create-environment",
        Kind::EditEnvironment => "edit-environment",
        Kind::DeleteEnvironment => "delete-environment",
        Kind::EnableSharing => "enable-sharing",
        Kind::DisableSharing => "disable-sharing",
        Kind::SetPortal => "set-portal",
        Kind::RemovePortal => "remove-portal",
    }
}

const fn outcome_word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Verified => "verified",
        Outcome::NothingChanged(_) => "nothing-changed",
        Outcome::Failed(_) => "failed",
        Outcome::GaveUp(_) => "still-converging",
        Outcome::Unverifiable => "unverifiable",
        Outcome::Lost => "unknown",
        Outcome::Cancelled => "cancelled",
        Outcome::NotSent(_) => "not-sent",
    }
}

/// Tells the host of every page change and of every operation that ended, once each.
pub(crate) fn tell(host: Host, nav: Nav, ops: Ops) {
    crate::effect::effect(move || nav.route.with(|route| host.emit("navigate", &Place::of(route))));
    ops.on_ended(move |op, outcome| {
        host.emit("operation", &Ended::of(op.facts.kind, &op.facts.target, outcome));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_says_where_the_user_is() {
        let place = Place::of(&Route::parse("#/p/shop/production/prod/services/api?panel=yaml"));
        assert_eq!((place.page, place.production), ("environment", true));
        assert_eq!(
            (place.project.as_deref(), place.environment.as_deref(), place.service.as_deref()),
            (Some("shop"), Some("prod"), Some("api"))
        );
        assert_eq!(place.route, "#/p/shop/production/prod/services/api?panel=yaml");
    }
}
