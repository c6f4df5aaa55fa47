//! Which permission a call needs in its project, by the server's own name (contract 5, 9.2).
//!
//! A 403 has no body, so this table is all there is to tell a user what to ask for. Reads that need none today are in it with
//! the permission that newer servers ask for; a call that is refused without being here has none known.

use super::endpoint::Endpoint::{
    E03, E04, E05, E06, E07, E08, E11, E12, E13, E14, E15, E16, E17, E18, E19, E20, E22, E23, E24, E25, E26,
    E27, E28, E29, E30, E31, E32, E33, E34, E35, E36, E37, E38, E39, E40, E41, E42, E43, E44, E45, H9,
    H9Values, H10, H11, H14,
};
use super::request::CallInfo;

/// The permission that a refused call needs, such as `Env.EditConfig`.
pub(crate) fn permission_for(call: &CallInfo) -> Option<&'static str> {
    let production = call.path.contains("/environments/production") || call.path.contains("production=true");
    let of = |test, live| Some(if production { live } else { test });
    match call.endpoint {
        E03 | E04 | E05 | E06 | E19 | E20 | E25 | E26 | E27 | E28 | E38 | E45 | H10 => {
            of("Env.View", "ProductionEnv.View")
        }
        // The server asks for the same right for both families.
        H9 | H9Values => Some("Env.View"),
        E07 => Some("Env.Create"),
        E08 => Some("ProductionEnv.Create"),
        E11 => Some("Env.Delete"),
        E12 => Some("ProductionEnv.Delete"),
        E32 => Some("Env.Scale"),
        E33 | E34 | H11 => of("Env.Restart", "ProductionEnv.Restart"),
        E13 | E14 | E15 | E16 | E17 | E18 | E22 | E23 | E24 | E29 | E30 | E31 | E35 | E36 | E37 | E39
        | E40 | E41 | E42 | E43 | E44 | H14 => of("Env.EditConfig", "ProductionEnv.EditConfig"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Family, environments, events, services, workloads};

    #[test]
    fn a_refused_call_names_its_permission_by_family() {
        let events = |family| events::list(family, "p", "e", "Pod", "x").request().info();
        let detail = |family| environments::get(family, "p", "e").request().info();
        let restart = |family| workloads::restart(family, "p", "e", "s").request().info();
        let yaml = |family| services::rendered_yaml(family, "p", "e", "s").request().info();
        let both = |call: &dyn Fn(Family) -> CallInfo| {
            [Family::Test, Family::Production].map(|family| permission_for(&call(family)))
        };
        assert_eq!(both(&events), [Some("Env.View"), Some("ProductionEnv.View")]);
        assert_eq!(both(&detail), [Some("Env.View"), Some("ProductionEnv.View")]);
        assert_eq!(both(&restart), [Some("Env.Restart"), Some("ProductionEnv.Restart")]);
        assert_eq!(both(&yaml), [Some("Env.View"), Some("Env.View")]);
        assert_eq!(permission_for(&environments::list(Family::Test, "p").request().info()), None);
    }
}
