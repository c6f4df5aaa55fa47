//! Error bodies to the byte (contract 0.2, 0.3) and the token check (section 3).

use crate::client::Sim;

const LIST: &str = "/openapi/environments?projectKey=simple-demo";

#[test]
fn without_a_valid_token_everything_is_401_and_empty() {
    let sim = Sim::start("{}");
    let expired = format!("Bearer {}", sim.token("expired"));
    let bare = sim.token("admin").to_owned();
    for headers in [
        vec![],
        vec![("Authorization", "Bearer nonsense")],
        vec![("Authorization", expired.as_str())],
        vec![("Authorization", bare.as_str())],
    ] {
        let answer = sim.raw("GET", LIST, &headers, "");
        assert_eq!((answer.status, answer.body.as_str()), (401, ""));
        assert_eq!(answer.header("content-type"), None);
    }
    assert_eq!(sim.raw("OPTIONS", LIST, &[], "").status, 401);
    let any_scheme = format!("Token {}", sim.token("admin"));
    assert_eq!(sim.raw("GET", LIST, &[("authorization", &any_scheme)], "").status, 200);
}

#[test]
fn the_query_token_overrides_the_header() {
    let sim = Sim::start("{}");
    let admin = format!("Bearer {}", sim.token("admin"));
    let path = format!("{LIST}&token={}", sim.token("viewer"));
    let answer = sim.raw("GET", &path, &[("Authorization", &admin)], "");
    assert_eq!((answer.status, answer.body.as_str()), (200, "[]"));
    let entry = &sim.journal("?path=/openapi")[0];
    assert_eq!((entry["token"].as_str(), entry["token_in"].as_str()), (Some("viewer"), Some("query")));
}

#[test]
fn unknown_paths_and_methods_are_plain_text() {
    let sim = Sim::start("{}");
    let unknown = sim.get("/openapi/environments/dev/check/workloads/k8sservices?projectKey=simple-demo");
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.body, "Invalid path: /openapi/environments/dev/check/workloads/k8sservices");
    assert_eq!(unknown.header("content-type"), Some("text/plain; charset=utf-8"));
    let wrong = sim.call("OPTIONS", LIST, "");
    assert_eq!(
        (wrong.status, wrong.body.as_str()),
        (405, "Method not allowed: OPTIONS /openapi/environments")
    );
}

#[test]
fn viewers_get_empty_lists_and_empty_403s() {
    let sim = Sim::start("{}");
    for path in [LIST, "/openapi/environments/production?projectKey=simple-demo"] {
        assert_eq!(sim.call_as("viewer", "GET", path, "").body, "[]");
    }
    let projects = sim.call_as("viewer", "GET", "/openapi/projects/project?pageSize=1", "");
    assert_eq!(projects.body, r#"{"total":0,"projects":[]}"#);
    let service = "/openapi/environments/dev/services/service1?projectKey=simple-demo";
    let refused = sim.call_as("viewer", "GET", service, "");
    assert_eq!((refused.status, refused.body.as_str()), (403, ""));
    let detail = sim.call_as("viewer", "GET", "/openapi/environments/dev?projectKey=simple-demo", "");
    assert_eq!(detail.status, 200, "E03 asks for no right");
}

#[test]
fn developers_have_no_production() {
    let sim = Sim::start("{}");
    assert_eq!(
        sim.call_as("developer", "GET", "/openapi/environments/production?projectKey=simple-demo", "").body,
        "[]"
    );
    let path = "/openapi/environments/production/prod/services/service1?projectKey=simple-demo";
    assert_eq!(sim.call_as("developer", "GET", path, "").status, 403);
    let put =
        sim.call_as("developer", "PUT", "/openapi/environments/production/prod?projectKey=simple-demo", "{}");
    assert_eq!(put.status, 403);
}

#[test]
fn both_json_shapes_are_the_servers_bytes() {
    let sim = Sim::start("{}");
    let missing = sim.get("/openapi/environments/nowhere?projectKey=simple-demo");
    assert_eq!(missing.status, 500);
    assert_eq!(
        missing.body,
        r#"{"code":500,"description":"mongo: no documents in result","message":"Internal Error: "}"#
    );
    let typed = sim.get("/openapi/environments/nowhere/services/a?projectKey=simple-demo");
    assert_eq!(typed.status, 400);
    assert_eq!(
        typed.body,
        r#"{"code":6083,"description":"mongo: no documents in result","extra":{},"message":"获取服务失败","type":"error"}"#
    );
    let project = sim.get("/openapi/environments");
    assert_eq!(project.status, 400);
    assert_eq!(
        project.body,
        r#"{"code":400,"description":"projectKey is empty","extra":{},"message":"Bad Request","type":"error"}"#
    );
    let gone = sim.call(
        "PUT",
        "/openapi/environments/nowhere/services?projectKey=simple-demo",
        r#"{"service_list":[]}"#,
    );
    assert_eq!(gone.status, 404);
    assert_eq!(
        gone.body,
        r#"{"code":404,"description":"mongo: no documents in result","extra":{},"message":"Request Not Found","type":"error"}"#
    );
}

#[test]
fn malformed_bodies_differ_by_endpoint() {
    let sim = Sim::start("{}");
    for (method, path) in [
        ("POST", "/openapi/environments/service/yaml?projectKey=simple-demo"),
        ("DELETE", "/openapi/environments/service/yaml?projectKey=simple-demo"),
        ("POST", "/openapi/environments/scale"),
        ("POST", "/openapi/environments/image/deployment/dev"),
        ("POST", "/openapi/environments/image/cronjob/dev"),
    ] {
        let answer = sim.call(method, path, "{oops");
        assert_eq!((answer.status, answer.body.as_str()), (400, ""), "{method} {path}");
    }
    sim.succeed("POST", "/openapi/environments/image/statefulset/dev", "{oops");
    assert_eq!(
        sim.call("PUT", "/openapi/environments/dev/services?projectKey=simple-demo", "{oops").status,
        500
    );
    assert_eq!(sim.call("POST", "/openapi/environments?projectKey=simple-demo", "").status, 500);
    let portal = sim.call("POST", "/openapi/environments/base/share/portal/web?projectKey=simple-demo", "{");
    assert_eq!((portal.status, portal.json()["code"].as_i64()), (400, Some(400)));
}

#[test]
fn the_licence_is_refused_with_7050() {
    let sim = Sim::start(r#"{"licence":"basic"}"#);
    let expected = r#"{"code":7050,"description":"","extra":{},"message":"用户许可证不可用，请检查许可证后重试","type":"error"}"#;
    for (method, path, body) in [
        ("GET", "/openapi/environments/production?projectKey=simple-demo", ""),
        ("GET", "/openapi/environments/production/prod?projectKey=simple-demo", ""),
        ("PUT", "/openapi/environments/dev/variable?projectKey=simple-demo", r#"{"global_variables":[]}"#),
        ("POST", "/openapi/environments/dev/share/enable?projectKey=simple-demo", ""),
    ] {
        let answer = sim.call(method, path, body);
        assert_eq!((answer.status, answer.body.as_str()), (400, expected), "{method} {path}");
    }
    assert_eq!(sim.get("/openapi/environments/production/prod/variable?projectKey=simple-demo").status, 200);
    assert_eq!(
        sim.call_as("viewer", "GET", "/openapi/environments/production?projectKey=simple-demo", "").body,
        "[]"
    );
    sim.control("reset", r#"{"licence":"professional"}"#);
    assert_eq!(
        sim.call("POST", "/openapi/environments/dev/share/enable?projectKey=simple-demo", "").status,
        400
    );
    assert_eq!(sim.get("/openapi/environments/production?projectKey=simple-demo").status, 200);
}

#[test]
fn mfa_exists_since_4_3() {
    let sim = Sim::start("{}");
    sim.control("mfa", r#"{"mfa":"enroll"}"#);
    let answer = sim.get(LIST);
    assert_eq!((answer.status, answer.body.as_str()), (403, r#"{"reason":"mfa_enrollment_required"}"#));
    assert_eq!(answer.header("x-zadig-auth-reason"), Some("mfa_enrollment_required"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    sim.control("reset", r#"{"version":"v3.4.0"}"#);
    sim.control("mfa", r#"{"mfa":"verify"}"#);
    assert_eq!(sim.get(LIST).status, 200);
}
