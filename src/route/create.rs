//! The link of a new environment: `#/p/<project>/new?family=…&from=…&step=…`.
//!
//! An environment's own link has its family and key where this one has `new` alone, so no key can be mistaken for it.

use super::text::Query;
use crate::api::Family;

/// The steps of making an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum CreateStep {
    /// Name and places.
    #[default]
    Basics,
    /// Services with images and variables.
    Services,
    /// Global variables.
    Variables,
    /// Config objects.
    Configs,
    /// The whole request.
    Review,
}

impl CreateStep {
    /// The steps of a family: a production environment begins empty.
    pub const fn of(family: Family) -> &'static [Self] {
        match family {
            Family::Test => &[Self::Basics, Self::Services, Self::Variables, Self::Configs, Self::Review],
            Family::Production => &[Self::Basics, Self::Review],
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Basics => "",
            Self::Services => "services",
            Self::Variables => "variables",
            Self::Configs => "configs",
            Self::Review => "review",
        }
    }
}

/// Where a new environment is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateLink {
    /// Project key.
    pub project: String,
    /// Test or production.
    pub family: Family,
    /// The test environment it begins as a clone of.
    pub from: Option<String>,
    /// The step that is shown.
    pub step: CreateStep,
}

impl CreateLink {
    /// The first step of a new environment.
    pub fn new(project: impl Into<String>, family: Family) -> Self {
        Self { project: project.into(), family, from: None, step: CreateStep::Basics }
    }

    /// The first step of a clone of a test environment.
    pub fn clone_of(project: impl Into<String>, key: impl Into<String>) -> Self {
        Self { from: Some(key.into()), ..Self::new(project, Family::Test) }
    }

    /// The same at another step.
    pub fn at(&self, step: CreateStep) -> Self {
        Self { step, ..self.clone() }
    }

    pub(super) fn from_query(project: &str, query: &Query) -> Self {
        let family = match query.text("family").as_str() {
            "production" => Family::Production,
            _ => Family::Test,
        };
        let step = query.text("step");
        let step = CreateStep::of(family).iter().copied().find(|one| one.word() == step);
        let from = Some(query.text("from")).filter(|from| !from.is_empty() && family == Family::Test);
        Self { project: project.to_owned(), family, from, step: step.unwrap_or_default() }
    }

    pub(super) fn write(&self, query: &mut Query) {
        query.set("family", if self.family.is_production() { "production" } else { "" });
        query.set("from", self.from.as_deref().unwrap_or_default());
        query.set("step", self.step.word());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Route;

    #[test]
    fn every_step_is_a_link_that_reads_back() {
        for family in [Family::Test, Family::Production] {
            for step in CreateStep::of(family) {
                let route = Route::Create(CreateLink::new("a/b", family).at(*step));
                assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
            }
        }
        let clone = Route::Create(CreateLink::clone_of("shop", "a&b"));
        assert_eq!(clone.href(), "#/p/shop/new?from=a%26b");
        assert_eq!(Route::parse(&clone.href()), clone);
    }

    #[test]
    fn an_environment_called_new_keeps_its_own_link() {
        let route = Route::parse("#/p/shop/test/new/services");
        assert!(matches!(route, Route::Environment { at, .. } if at.key == "new"));
        assert!(matches!(Route::parse("#/p/new"), Route::Environments { .. }));
    }

    #[test]
    fn a_step_the_family_does_not_have_is_the_first() {
        let Route::Create(link) = Route::parse("#/p/shop/new?family=production&step=services&from=dev")
        else {
            panic!("not a new environment")
        };
        assert_eq!(link, CreateLink::new("shop", Family::Production));
    }

    #[test]
    fn a_step_changes_the_route_but_not_the_page() {
        let (first, last) = (Route::parse("#/p/shop/new"), Route::parse("#/p/shop/new?step=review"));
        assert_ne!(first, last);
        assert_eq!(first.page_key(), last.page_key());
    }
}
