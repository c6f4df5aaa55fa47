//! The services of an environment as rows: searched, filtered to problems, in a steady order.

use super::diagnosis::Diagnosis;
use super::environments::natural;
use super::state::{Health, State, Word, of_environment, of_service};
use crate::api::environments::{Environment, ServiceStatus, ServiceSummary};
use crate::route::ServiceView;

/// A row of the services table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The service's name.
    pub name: String,
    /// Its state, from the environment's detail.
    pub state: State,
    /// The images of its containers, init containers last.
    pub images: Vec<ContainerImage>,
    /// What a closer look found (E05, E06); `None` until there was one.
    pub diagnosis: Option<Diagnosis>,
}

/// A container and what it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerImage {
    /// Container name.
    pub container: String,
    /// Whole image reference.
    pub image: String,
    /// Whether it is an init container.
    pub init: bool,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            name: String::new(),
            state: of_service(&ServiceStatus::Unset),
            images: Vec::new(),
            diagnosis: None,
        }
    }
}

impl Row {
    /// A row for what the environment's detail says, with what a closer look found.
    pub fn new(summary: &ServiceSummary, diagnosis: Option<Diagnosis>) -> Self {
        let mut images: Vec<ContainerImage> = summary
            .containers
            .iter()
            .map(|one| ContainerImage {
                container: one.name.clone(),
                image: one.image.clone(),
                init: one.is_init(),
            })
            .collect();
        crate::domain::sort::sort(&mut images, |a, b| a.init.cmp(&b.init));
        Self { name: summary.name.clone(), state: state_of_service(summary), images, diagnosis }
    }

    /// Whether somebody should look: by the environment's word, or because the closer look found a reason.
    pub fn is_problem(&self) -> bool {
        self.state.health.is_problem() || self.diagnosis.as_ref().is_some_and(|found| found.reason.is_some())
    }

    /// Whether nothing of it is in the cluster although it should be: Zadig could not apply it, so no pod says why.
    pub fn is_not_applied(&self) -> bool {
        let nothing = |found: &Diagnosis| found.desired == 0 && found.reason.is_none();
        self.state.health == Health::Failed && self.diagnosis.as_ref().is_some_and(nothing)
    }

    fn contains(&self, needle: &str) -> bool {
        crate::domain::text_case::lowercase(&self.name).contains(needle)
            || self
                .images
                .iter()
                .any(|image| crate::domain::text_case::lowercase(&image.image).contains(needle))
    }
}

/// The state of a service by the environment's word. Zadig tells none for Helm's services, which is no trouble.
pub fn state_of_service(summary: &ServiceSummary) -> State {
    let state = of_service(&summary.status);
    match state.word {
        Word::NoState if summary.kind == "helm" => State { health: Health::Idle, ..state },
        _ => state,
    }
}

/// What is known of an environment: its own word, with the health of what is known of its services, and how many of them
/// have a problem. `cluster_lost` says that Zadig does not reach its cluster: what it says is old then.
pub fn state_of(environment: &Environment, cluster_lost: bool) -> (State, usize) {
    let problems = environment.services.iter().filter(|one| Row::new(one, None).is_problem()).count();
    (of_environment(&environment.status).with(problems, cluster_lost), problems)
}

/// The rows a view shows: problems first, then by name, so that what needs somebody is in sight without a click.
pub fn select(rows: &[Row], view: &ServiceView) -> Vec<Row> {
    let needle = crate::domain::text_case::lowercase(view.search.trim());
    let mut shown: Vec<Row> = rows
        .iter()
        .filter(|row| !view.problems_only || row.is_problem())
        .filter(|row| needle.is_empty() || row.contains(&needle))
        .cloned()
        .collect();
    crate::domain::sort::sort(&mut shown, |a, b| {
        rank(a).cmp(&rank(b)).then_with(|| natural(&a.name, &b.name))
    });
    shown
}

/// By the environment's word alone: a closer look must not move rows under the pointer.
fn rank(row: &Row) -> u8 {
    match row.state.health {
        Health::Failed => 0,
        Health::Degraded => 1,
        Health::Busy => 2,
        Health::Unknown => 3,
        Health::Idle | Health::Ok => 4,
    }
}

/// Which services deserve a closer look now, most pressing first: problems, then what is in sight, then the rest of the
/// small ones. Takes the rows shown and how many looks are allowed.
pub fn worth_a_look(shown: &[Row], limit: usize) -> Vec<String> {
    let (problems, fine): (Vec<&Row>, Vec<&Row>) =
        shown.iter().partition(|row| row.is_problem() || row.state.is_moving());
    problems.into_iter().chain(fine).take(limit).map(|row| row.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diagnosis::Reason;

    fn row(name: &str, status: &str) -> Row {
        Row { name: name.into(), state: of_service(&ServiceStatus::from(status)), ..Row::default() }
    }

    fn names(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn an_environment_is_not_better_than_its_services_and_its_cluster() {
        let of = |status: &str, services: &[&str], lost: bool| {
            let services: Vec<_> =
                services.iter().map(|status| serde_json::json!({"status": status})).collect();
            let detail = serde_json::json!({"status": status, "services": services});
            let (state, problems) = state_of(&serde_json::from_value(detail).unwrap(), lost);
            (state.health, state.raw, problems)
        };
        let said = |health, raw: &str, problems| (health, raw.to_owned(), problems);
        assert_eq!(of("success", &["Running", "Running"], false), said(Health::Ok, "success", 0));
        assert_eq!(of("success", &["Running", "Unstable"], false), said(Health::Degraded, "success", 1));
        assert_eq!(of("failed", &["Unstable", "Error"], false), said(Health::Failed, "failed", 2));
        assert_eq!(of("updating", &["Unstable"], false), said(Health::Busy, "updating", 1));
        assert_eq!(of("success", &["Running"], true), said(Health::Unknown, "success", 0));
    }

    #[test]
    fn a_service_of_helm_has_no_state_and_is_no_problem() {
        let of = |kind: &str| {
            serde_json::from_value(serde_json::json!({"service_name": "redis", "status": "", "type": kind}))
                .unwrap()
        };
        assert!(!Row::new(&of("helm"), None).is_problem());
        assert!(Row::new(&of("k8s"), None).is_problem(), "the cluster does not answer");
    }

    #[test]
    fn problems_come_first_then_names() {
        let rows = [row("b", "running"), row("a", "running"), row("z", "error"), row("m", "unstable")];
        assert_eq!(names(&select(&rows, &ServiceView::default())), ["z", "m", "a", "b"]);
    }

    #[test]
    fn problems_only_counts_what_the_closer_look_found() {
        let reason = Reason {
            word: "CrashLoopBackOff".into(),
            message: String::new(),
            exit_code: None,
            pod: "p".into(),
            container: None,
            pods: 1,
        };
        let found = Diagnosis { reason: Some(reason), ..Diagnosis::default() };
        let rows = [row("a", "running"), Row { diagnosis: Some(found), ..row("b", "running") }];
        let view = ServiceView { problems_only: true, ..ServiceView::default() };
        assert_eq!(names(&select(&rows, &view)), ["b"]);
    }

    #[test]
    fn search_finds_images_too() {
        let image = ContainerImage {
            container: "app".into(),
            image: "r.example.com/t/api:20240101-Main".into(),
            init: false,
        };
        let rows = [Row { images: vec![image], ..row("a", "running") }, row("b", "running")];
        let view = ServiceView { search: "20240101-main".into(), ..ServiceView::default() };
        assert_eq!(names(&select(&rows, &view)), ["a"]);
    }

    #[test]
    fn problems_are_looked_at_before_the_rest() {
        let rows = [row("a", "running"), row("b", "error"), row("c", "running")];
        assert_eq!(worth_a_look(&rows, 2), ["b", "a"]);
    }
}
