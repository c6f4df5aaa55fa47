//! The list of environments: test and production as one, searched, filtered, sorted and counted.

use super::state::{Health, State, of_environment};
use crate::api::Family;
use crate::api::environments::{EnvStatus, EnvironmentSummary};
use crate::route::{EnvironmentRef, EnvironmentSort, FamilyFilter, ListView};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it is.
    pub at: EnvironmentRef,
    /// Its alias, where it has one that differs from the key.
    pub alias: Option<String>,
    /// Kubernetes namespace.
    pub namespace: String,
    /// The cluster's id.
    pub cluster_id: String,
    /// Its state, by the list's word alone.
    pub state: State,
    /// What else is known.
    pub beside: Beside,
    /// Who changed it last.
    pub updated_by: String,
    /// When it was changed last, unix seconds; 0 where the server does not say.
    pub updated_at: i64,
}

/// What is known of an environment beside its list entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// How many of its services had problems when it was looked at last; 0 where it was not.
    pub problems: usize,
    /// Whether Zadig does not reach its cluster.
    pub cluster_lost: bool,
}

impl Default for Row {
    fn default() -> Self {
        let at = EnvironmentRef { project: String::new(), family: Family::Test, key: String::new() };
        Self {
            at,
            alias: None,
            namespace: String::new(),
            cluster_id: String::new(),
            state: of_environment(&EnvStatus::Unset),
            beside: Beside::default(),
            updated_by: String::new(),
            updated_at: 0,
        }
    }
}

impl Row {
    /// A row for what a list (E01, E02) says. The family is the list's, not the item's own flag: the list is where the
    /// server finds it again.
    pub fn new(project: &str, family: Family, summary: &EnvironmentSummary) -> Self {
        Self {
            at: EnvironmentRef { project: project.to_owned(), family, key: summary.key.clone() },
            alias: summary.alias.clone(),
            namespace: summary.namespace.clone(),
            cluster_id: summary.cluster_id.clone(),
            beside: Beside::default(),
            state: of_environment(&summary.status),
            updated_by: summary.update_by.clone(),
            updated_at: summary.update_time,
        }
    }

    /// The state to show: the list's word, never better than what else is known.
    pub fn shown_state(&self) -> State {
        self.state.clone().with(self.beside.problems, self.beside.cluster_lost)
    }

    fn contains(&self, needle: &str) -> bool {
        let has = |text: &str| crate::domain::text_case::lowercase(text).contains(needle);
        has(&self.at.key)
            || self.alias.as_deref().is_some_and(has)
            || has(&self.namespace)
            || has(&self.updated_by)
    }
}

/// Both lists of a project as rows.
pub fn rows(project: &str, test: &[EnvironmentSummary], production: &[EnvironmentSummary]) -> Vec<Row> {
    let of = |family, list: &[EnvironmentSummary]| {
        list.iter().map(|one| Row::new(project, family, one)).collect::<Vec<_>>()
    };
    [of(Family::Test, test), of(Family::Production, production)].concat()
}

/// The rows a view shows, in its order. Ties are always broken by key, because the server's own order moves.
pub fn select(rows: &[Row], view: &ListView) -> Vec<Row> {
    let needle = crate::domain::text_case::lowercase(view.search.trim());
    let mut shown: Vec<Row> = rows
        .iter()
        .filter(|row| family_fits(row, view.family))
        .filter(|row| view.states.is_empty() || view.states.iter().any(|state| same_state(state, &row.state)))
        .filter(|row| needle.is_empty() || row.contains(&needle))
        .cloned()
        .collect();
    crate::domain::sort::sort(&mut shown, |a, b| {
        let order = compare(a, b, view.sort);
        let order = if view.descending { order.reverse() } else { order };
        order.then_with(|| natural(&a.at.key, &b.at.key)).then_with(|| a.at.family.cmp(&b.at.family))
    });
    shown
}

/// How often each state occurs among the rows of a family filter, most urgent first.
pub fn counts(rows: &[Row], family: FamilyFilter) -> Vec<(State, usize)> {
    let mut by_word: BTreeMap<(Health, String), (State, usize)> = BTreeMap::new();
    for row in rows.iter().filter(|row| family_fits(row, family)) {
        let key = (row.state.health, crate::domain::text_case::lowercase(&row.state.raw));
        by_word.entry(key).or_insert_with(|| (row.state.clone(), 0)).1 += 1;
    }
    by_word.into_values().collect()
}

/// Whether a state is the one a filter names.
pub fn same_state(filter: &str, state: &State) -> bool {
    state.raw.eq_ignore_ascii_case(filter)
}

/// Whether anything in the list is in transition.
pub fn any_moving(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.state.is_moving())
}

fn family_fits(row: &Row, filter: FamilyFilter) -> bool {
    match filter {
        FamilyFilter::All => true,
        FamilyFilter::Test => row.at.family == Family::Test,
        FamilyFilter::Production => row.at.family == Family::Production,
    }
}

fn compare(a: &Row, b: &Row, sort: EnvironmentSort) -> Ordering {
    match sort {
        EnvironmentSort::Name => natural(&a.at.key, &b.at.key),
        EnvironmentSort::State => a.state.health.cmp(&b.state.health),
        EnvironmentSort::Namespace => natural(&a.namespace, &b.namespace),
        EnvironmentSort::UpdatedBy => crate::domain::text_case::lowercase(&a.updated_by)
            .cmp(&crate::domain::text_case::lowercase(&b.updated_by)),
        // Newest first is what people mean by sorting by time.
        EnvironmentSort::Updated => b.updated_at.cmp(&a.updated_at),
    }
}

/// Compares texts as people do: `dev-2` before `dev-10`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let order = take_number(&mut left).cmp(&take_number(&mut right));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (Some(x), Some(y)) => {
                let order = x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase());
                if order != Ordering::Equal {
                    return order;
                }
                left.next();
                right.next();
            }
        }
    }
}

/// The digits at the front as a number of any length: by digit count, then by digits.
fn take_number(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        if !(digits.is_empty() && digit == '0') {
            digits.push(digit);
        }
    }
    (digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, family: Family, status: &str, updated_at: i64) -> Row {
        Row {
            at: EnvironmentRef { project: "shop".into(), family, key: key.into() },
            alias: None,
            namespace: format!("shop-env-{key}"),
            state: of_environment(&EnvStatus::from(status)),
            updated_by: "wei".into(),
            updated_at,
            ..Row::default()
        }
    }

    fn sample() -> Vec<Row> {
        vec![
            row("dev-10", Family::Test, "success", 10),
            row("dev-2", Family::Test, "failed", 30),
            row("prod", Family::Production, "updating", 20),
            row("dev-1", Family::Test, "sleeping", 5),
        ]
    }

    fn keys(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.at.key.as_str()).collect()
    }

    #[test]
    fn names_are_sorted_as_people_count() {
        assert_eq!(keys(&select(&sample(), &ListView::default())), ["dev-1", "dev-2", "dev-10", "prod"]);
    }

    #[test]
    fn sorting_by_state_puts_problems_first() {
        let view = ListView { sort: EnvironmentSort::State, ..ListView::default() };
        assert_eq!(keys(&select(&sample(), &view)), ["dev-2", "prod", "dev-1", "dev-10"]);
    }

    #[test]
    fn sorting_by_time_puts_the_newest_first() {
        let view = ListView { sort: EnvironmentSort::Updated, ..ListView::default() };
        assert_eq!(keys(&select(&sample(), &view)), ["dev-2", "prod", "dev-10", "dev-1"]);
    }

    #[test]
    fn the_order_does_not_depend_on_the_servers() {
        let mut moved = sample();
        moved.reverse();
        for sort in EnvironmentSort::ALL {
            let view = ListView { sort, ..ListView::default() };
            assert_eq!(select(&sample(), &view), select(&moved, &view));
        }
    }

    #[test]
    fn search_looks_into_key_namespace_and_updater() {
        for (search, count) in [("DEV", 3), ("shop-env-prod", 1), ("wei", 4), ("nobody", 0)] {
            let view = ListView { search: search.into(), ..ListView::default() };
            assert_eq!(select(&sample(), &view).len(), count, "{search}");
        }
    }

    #[test]
    fn filters_by_state_and_family_combine() {
        let view = ListView { states: vec!["failed".into(), "updating".into()], ..ListView::default() };
        assert_eq!(keys(&select(&sample(), &view)), ["dev-2", "prod"]);
        let view = ListView { family: FamilyFilter::Production, ..view };
        assert_eq!(keys(&select(&sample(), &view)), ["prod"]);
    }

    #[test]
    fn states_are_counted_most_urgent_first() {
        let counts = counts(&sample(), FamilyFilter::Test);
        let words: Vec<_> = counts.iter().map(|(state, count)| (state.raw.as_str(), *count)).collect();
        assert_eq!(words, [("failed", 1), ("sleeping", 1), ("success", 1)]);
    }

    #[test]
    fn natural_order_survives_leading_zeros_and_long_numbers() {
        assert_eq!(natural("a007", "a7"), Ordering::Equal);
        assert_eq!(natural("a99999999999999999999999", "a100000000000000000000000"), Ordering::Less);
        assert_eq!(natural("环境2", "环境10"), Ordering::Less);
    }
}
