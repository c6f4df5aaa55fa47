//! What is sent to add, update and remove services.

use serde::Serialize;

use crate::api::model::{GlobalVariable, RenderVariable, Variable, VariableValue};

/// A service to be added to an environment (`E13`, `E14`).
///
/// Variables left out take the template's defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ServiceAddition {
    /// The service's template.
    pub service_name: String,
    /// Variables with other values than the template's.
    pub variable_kvs: Vec<RenderVariable>,
}

/// A service to be updated in an environment (`E15`, `E16`).
///
/// The server unbinds every variable that is not sent from its global one (contract 6.4), so an update can only be
/// made from the template's full list of variables, and every one of them is sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceUpdate {
    service_name: String,
    variable_kvs: Vec<RenderVariable>,
}

impl ServiceUpdate {
    /// An update that covers all of the template's variables. Bound ones are those whose global variable names this
    /// service as related; the others begin with the template's defaults, because the values rendered in the
    /// environment cannot be read.
    pub fn covering(service: impl Into<String>, template: &[Variable], globals: &[GlobalVariable]) -> Self {
        let service_name = service.into();
        let bound = |key: &str| {
            globals.iter().any(|global| global.key == key && global.related_services.contains(&service_name))
        };
        let variable_kvs = template
            .iter()
            .map(|variable| match bound(&variable.key) {
                true => RenderVariable::global(variable),
                false => RenderVariable::own(variable),
            })
            .collect();
        Self { service_name, variable_kvs }
    }

    /// Gives a variable its own value. `false` if the template has no such variable.
    pub fn set(&mut self, key: &str, value: VariableValue) -> bool {
        self.change(key, |variable| {
            variable.value = value;
            variable.use_global_variable = false;
        })
    }

    /// Binds a variable to the global one of the same name. `false` if the template has no such variable.
    pub fn bind(&mut self, key: &str) -> bool {
        self.change(key, |variable| variable.use_global_variable = true)
    }

    /// The service.
    pub fn service_name(&self) -> &str {
        &self.service_name
    }

    /// All variables as they will be sent.
    pub fn variables(&self) -> &[RenderVariable] {
        &self.variable_kvs
    }

    fn change(&mut self, key: &str, change: impl FnOnce(&mut RenderVariable)) -> bool {
        match self.variable_kvs.iter_mut().find(|variable| variable.key == key) {
            Some(variable) => {
                change(variable);
                true
            }
            None => false,
        }
    }
}

/// What removing a service does to its objects in the cluster (`E17`, `E18`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoveMode {
    /// They are deleted.
    DeleteResources,
    /// They stay. Servers before v3.4.1 do not know this and delete them all the same.
    KeepResources,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(key: &str) -> Variable {
        Variable { key: key.into(), value: "default".into(), ..Variable::default() }
    }

    fn global(key: &str, service: &str) -> GlobalVariable {
        GlobalVariable {
            key: key.into(),
            related_services: vec![service.into()],
            ..GlobalVariable::default()
        }
    }

    #[test]
    fn an_update_covers_every_variable_and_keeps_its_binding() {
        let template = [variable("cpu"), variable("mem"), variable("port")];
        let globals = [global("cpu", "svc"), global("mem", "other")];
        let mut update = ServiceUpdate::covering("svc", &template, &globals);
        assert!(update.set("port", "80".into()));
        let sent: Vec<_> =
            update.variables().iter().map(|v| (v.key.as_str(), v.use_global_variable)).collect();
        assert_eq!(sent, [("cpu", true), ("mem", false), ("port", false)]);
        assert_eq!(update.variables()[2].value, "80".into());
    }

    #[test]
    fn a_variable_the_template_lacks_is_not_invented() {
        let mut update = ServiceUpdate::covering("svc", &[variable("cpu")], &[]);
        assert!(!update.set("gpu", true.into()) && !update.bind("gpu"));
        assert!(update.bind("cpu") && update.variables()[0].use_global_variable);
    }
}
