//! What a list view remembers in its link: search, filters, sorting.

use super::text::Query;

/// Which environments a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum FamilyFilter {
    /// Test and production together.
    #[default]
    All,
    /// Test environments only.
    Test,
    /// Production environments only.
    Production,
}

/// What the environments are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum EnvironmentSort {
    /// Key, as people read it.
    #[default]
    Name,
    /// Problems first.
    State,
    /// Namespace.
    Namespace,
    /// Who changed it last.
    UpdatedBy,
    /// When it was changed last.
    Updated,
}

impl EnvironmentSort {
    /// Every order there is.
    pub const ALL: [Self; 5] = [Self::Name, Self::State, Self::Namespace, Self::UpdatedBy, Self::Updated];

    const fn word(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::State => "state",
            Self::Namespace => "namespace",
            Self::UpdatedBy => "by",
            Self::Updated => "updated",
        }
    }
}

/// The view of a project's environments.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ListView {
    /// Text that must be found in key, alias, namespace or updater.
    pub search: String,
    /// State words to show; empty shows all.
    pub states: Vec<String>,
    /// Test, production or both.
    pub family: FamilyFilter,
    /// The order.
    pub sort: EnvironmentSort,
    /// Whether the order is reversed.
    pub descending: bool,
}

impl ListView {
    /// Whether any filter hides rows.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || !self.states.is_empty() || self.family != FamilyFilter::All
    }

    /// The same order without any filter.
    pub fn unfiltered(&self) -> Self {
        Self { sort: self.sort, descending: self.descending, ..Self::default() }
    }

    pub(super) fn from_query(query: &Query) -> Self {
        let sort = query.text("sort");
        Self {
            search: query.text("q"),
            states: query.all("state"),
            family: match query.text("family").as_str() {
                "test" => FamilyFilter::Test,
                "production" => FamilyFilter::Production,
                _ => FamilyFilter::All,
            },
            sort: EnvironmentSort::ALL.into_iter().find(|one| one.word() == sort).unwrap_or_default(),
            descending: query.flag("desc"),
        }
    }

    pub(super) fn write(&self, query: &mut Query) {
        query.set("q", &self.search);
        for state in &self.states {
            query.set("state", state);
        }
        query.set(
            "family",
            match self.family {
                FamilyFilter::All => "",
                FamilyFilter::Test => "test",
                FamilyFilter::Production => "production",
            },
        );
        query.set("sort", self.sort.word());
        query.set("desc", if self.descending { "1" } else { "" });
    }
}

/// The view of one tab of an environment: its search and filters.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ServiceView {
    /// Text that must be found: in a service's name or images, in a variable's key, value or description.
    pub search: String,
    /// Whether only services with a problem are shown.
    pub problems_only: bool,
    /// The service that must take a variable; empty shows all variables.
    pub taken_by: String,
    /// Whether the variables are shown as a matrix of variables and services.
    pub matrix: bool,
}

impl ServiceView {
    pub(super) fn from_query(query: &Query) -> Self {
        Self {
            search: query.text("q"),
            problems_only: query.flag("problems"),
            taken_by: query.text("service"),
            matrix: query.text("view") == "matrix",
        }
    }

    pub(super) fn write(&self, query: &mut Query) {
        query.set("q", &self.search);
        query.set("problems", if self.problems_only { "1" } else { "" });
        query.set("service", &self.taken_by);
        query.set("view", if self.matrix { "matrix" } else { "" });
    }
}
