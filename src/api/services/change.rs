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
/// What is sent decides three things (contract 6.4): a key that is not sent keeps its value in the environment, which
/// cannot be read (`E03`), and loses its binding to the global variable; a key sent as bound stays bound. So every bound
/// key is sent, every key somebody edited, and nothing else: the template's default of any other key would overwrite
/// the value in use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceUpdate {
    service_name: String,
    variable_kvs: Vec<RenderVariable>,
    /// What the template defines: types and options of the keys that are edited.
    #[serde(skip)]
    template: Vec<Variable>,
}

impl ServiceUpdate {
    /// An update without edits: each variable keeps its value and its binding. Bound are those whose global variable
    /// names this service as related.
    pub fn keeping(service: impl Into<String>, template: &[Variable], globals: &[GlobalVariable]) -> Self {
        let service_name = service.into();
        let bound = globals.iter().filter(|global| global.related_services.contains(&service_name));
        let variable_kvs = bound.map(|global| bound_to(global, template)).collect();
        Self { service_name, variable_kvs, template: template.to_vec() }
    }

    /// Gives a variable its own value. `false` if the template has no such variable.
    pub fn set(&mut self, key: &str, value: VariableValue) -> bool {
        let Some(defined) = self.template.iter().find(|variable| variable.key == key) else { return false };
        let own = RenderVariable { value, ..RenderVariable::own(defined) };
        self.put(own);
        true
    }

    /// Binds a variable to the global one of the same name. `false` if the template has no such variable.
    pub fn bind(&mut self, global: &GlobalVariable) -> bool {
        if !self.template.iter().any(|variable| variable.key == global.key) {
            return false;
        }
        let bound = bound_to(global, &self.template);
        self.put(bound);
        true
    }

    /// The service.
    pub fn service_name(&self) -> &str {
        &self.service_name
    }

    /// The variables that will be sent.
    pub fn variables(&self) -> &[RenderVariable] {
        &self.variable_kvs
    }

    fn put(&mut self, variable: RenderVariable) {
        match self.variable_kvs.iter_mut().find(|sent| sent.key == variable.key) {
            Some(sent) => *sent = variable,
            None => self.variable_kvs.push(variable),
        }
    }
}

/// A bound variable: with the template's type where it has one, and with the global's value, so that the value in use
/// stays what it is even if the global variable is gone by the time the server looks for it.
fn bound_to(global: &GlobalVariable, template: &[Variable]) -> RenderVariable {
    let defined = template.iter().find(|variable| variable.key == global.key);
    RenderVariable {
        key: global.key.clone(),
        value: global.value.clone(),
        kind: defined.map_or(&global.kind, |one| &one.kind).clone(),
        options: defined.map_or(&global.options, |one| &one.options).clone(),
        desc: defined.map_or(&global.desc, |one| &one.desc).clone(),
        use_global_variable: true,
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
            value: "shared".into(),
            related_services: vec![service.into()],
            ..GlobalVariable::default()
        }
    }

    /// Five variables, `cpu` and `level` bound.
    fn update() -> ServiceUpdate {
        let template = ["cpu", "mem", "port", "level", "flag"].map(variable);
        let globals = [global("cpu", "svc"), global("mem", "other"), global("level", "svc")];
        ServiceUpdate::keeping("svc", &template, &globals)
    }

    fn sent(update: &ServiceUpdate) -> Vec<(&str, String, bool)> {
        let all = update.variables().iter();
        all.map(|one| (one.key.as_str(), one.value.to_text(), one.use_global_variable)).collect()
    }

    #[test]
    fn without_edits_only_the_bound_variables_are_sent() {
        let bound = [("cpu", "shared".to_owned(), true), ("level", "shared".to_owned(), true)];
        assert_eq!(sent(&update()), bound);
    }

    #[test]
    fn an_edit_is_sent_beside_the_bound_variables_and_nothing_else_is() {
        let mut update = update();
        assert!(update.set("port", "80".into()));
        let all = [
            ("cpu", "shared".to_owned(), true),
            ("level", "shared".to_owned(), true),
            ("port", "80".to_owned(), false),
        ];
        assert_eq!(sent(&update), all);
    }

    #[test]
    fn unbinding_sends_the_value_it_was_given() {
        let mut update = update();
        assert!(update.set("cpu", "2".into()));
        assert_eq!(sent(&update)[0], ("cpu", "2".to_owned(), false));
        assert_eq!(sent(&update).len(), 2);
    }

    #[test]
    fn a_variable_the_template_lacks_is_not_invented() {
        let mut update = ServiceUpdate::keeping("svc", &[variable("cpu")], &[]);
        assert!(!update.set("gpu", true.into()) && !update.bind(&global("gpu", "other")));
        assert!(update.bind(&global("cpu", "other")) && update.variables()[0].use_global_variable);
    }

    #[test]
    fn a_binding_is_kept_even_where_the_template_lost_the_variable() {
        let update = ServiceUpdate::keeping("svc", &[], &[global("cpu", "svc")]);
        assert_eq!(sent(&update), [("cpu", "shared".to_owned(), true)]);
    }
}
