use super::*;
use crate::api::envcfgs::EnvConfigKind;

/// Texts that break naive encodings.
const ODD: [&str; 8] = ["dev", "a/b", "100%", "%25", "a#b?c=d&e", "中文 环境", "a+b c", "日本\u{200b}"];

fn samples() -> Vec<Route> {
    let mut routes = vec![Route::Connect, Route::Activity, Route::Settings, Route::About];
    for odd in ODD {
        routes.push(Route::Projects { search: odd.to_owned() });
        for family in [Family::Test, Family::Production] {
            let at = || EnvironmentRef { project: odd.to_owned(), family, key: odd.to_owned() };
            routes.push(Route::sharing(at(), Some(odd)));
            for tab in [Tab::Services, Tab::Variables, Tab::Sharing] {
                let variables = tab == Tab::Variables;
                let view = ServiceView {
                    search: odd.to_owned(),
                    problems_only: !variables,
                    taken_by: if variables { odd.to_owned() } else { String::new() },
                    matrix: variables,
                };
                routes.push(Route::Environment { at: at(), tab, view, service: None });
            }
            let kind = EnvConfigKind::Pvc;
            for view in [
                ConfigView::List { kind: None, search: odd.to_owned() },
                ConfigView::List { kind: Some(kind.clone()), search: String::new() },
                ConfigView::New(kind.clone()),
                ConfigView::one(kind.clone(), odd),
                ConfigView::One { kind, name: odd.to_owned(), face: ConfigFace::Yaml },
            ] {
                routes.push(Route::Configs { at: at(), view });
            }
            for panel in Panel::ALL {
                let service = Some(ServiceRef { name: odd.to_owned(), panel });
                let view =
                    ServiceView { search: odd.to_owned(), problems_only: true, ..ServiceView::default() };
                routes.push(Route::Environment { at: at(), tab: Tab::Services, view, service });
            }
        }
        for sort in EnvironmentSort::ALL {
            routes.push(Route::Environments {
                project: odd.to_owned(),
                view: ListView {
                    search: odd.to_owned(),
                    states: vec!["failed".to_owned(), odd.to_owned()],
                    family: FamilyFilter::Production,
                    sort,
                    descending: true,
                },
            });
        }
    }
    routes
}

#[test]
fn parse_and_href_are_inverse() {
    for route in samples() {
        assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
    }
}

#[test]
fn a_plain_view_has_a_plain_link() {
    assert_eq!(Route::environments("shop").href(), "#/p/shop");
    let at = EnvironmentRef { project: "shop".into(), family: Family::Production, key: "prod".into() };
    assert_eq!(Route::environment(at).href(), "#/p/shop/production/prod/services");
}

#[test]
fn an_empty_hash_is_the_projects_page() {
    for hash in ["", "#", "#/", "/"] {
        assert_eq!(Route::parse(hash), Route::Projects { search: String::new() });
    }
}

#[test]
fn what_no_route_understands_is_not_found_and_kept() {
    for hash in
        ["#/nowhere", "#/p/a/staging/x", "#/p/a/test/x/unknown-tab", "#/p", "#/p/a/test/x/configs/Pod"]
    {
        assert_eq!(Route::parse(hash), Route::NotFound { hash: hash.to_owned() });
    }
}

#[test]
fn broken_percent_encoding_does_not_panic() {
    for hash in ["#/p/%", "#/p/%E4%B8", "#/p/a?q=%ff&&=&%", "#/p/a?q"] {
        let _ = Route::parse(hash).href();
    }
}

#[test]
fn a_filter_changes_the_route_but_not_the_page() {
    let plain = Route::parse("#/p/shop");
    let filtered = Route::parse("#/p/shop?q=dev&state=failed");
    assert_ne!(plain, filtered);
    assert_eq!(plain.page_key(), filtered.page_key());
}
