//! Unsuccessful answers, as the contract has them, and the error each must become.

use crate::api::error::{Answer, classify};
use crate::api::services::{self, RemoveMode};
use crate::api::{ApiError, ErrorKind, Family, KnownDetail, KnownTitle, MfaNeed, environments};

fn error(status: u16, body: &str) -> ApiError {
    let call = environments::list(Family::Test, "p").request().info();
    classify(call, Answer { status, auth_reason: None, body })
}

fn typed(code: i64, message: &str, description: &str) -> String {
    serde_json::json!({"code":code,"description":description,"extra":{},"message":message,"type":"error"})
        .to_string()
}

fn internal(description: &str) -> String {
    serde_json::json!({"code":500,"description":description,"message":"Internal Error: "}).to_string()
}

#[test]
fn answers_that_are_not_json_are_judged_by_status() {
    for (status, body, kind) in [
        (401, "", ErrorKind::Unauthorized),
        (403, "", ErrorKind::Forbidden),
        (400, "", ErrorKind::InvalidInput),
        (500, "", ErrorKind::Server),
        (404, "Invalid path: /openapi/x", ErrorKind::RouteMissing),
        (404, "<html>nginx</html>", ErrorKind::RouteMissing),
        (405, "Method not allowed: OPTIONS /openapi/x", ErrorKind::MethodNotAllowed),
        (502, "<html>bad gateway</html>", ErrorKind::Gateway),
        (503, "no healthy upstream", ErrorKind::Gateway),
        (504, "", ErrorKind::Gateway),
        (413, "too large", ErrorKind::InvalidInput),
        (418, "", ErrorKind::Server),
    ] {
        let error = error(status, body);
        assert_eq!((error.kind, error.status), (kind, Some(status)), "{status} {body}");
    }
}

#[test]
fn multi_factor_refusals_say_what_is_missing() {
    for (body, need) in [
        (r#"{"reason":"mfa_enrollment_required"}"#, MfaNeed::Enroll),
        (r#"{"reason":"mfa_verification_required"}"#, MfaNeed::Verify),
        (r#"{"reason":"mfa_something_new"}"#, MfaNeed::Other),
    ] {
        assert_eq!(error(403, body).kind, ErrorKind::Mfa(need));
    }
    let call = environments::list(Family::Test, "p").request().info();
    let answer = Answer { status: 403, auth_reason: Some("mfa_verification_required"), body: "" };
    assert_eq!(classify(call, answer).kind, ErrorKind::Mfa(MfaNeed::Verify));
    assert_eq!(error(403, r#"{"reason":"quota"}"#).kind, ErrorKind::Forbidden);
}

#[test]
fn typed_errors_are_judged_by_code_and_text() {
    for (code, message, description, kind) in [
        (7050, "用户许可证不可用，请检查许可证后重试", "", ErrorKind::Licence),
        (6081, "伸缩服务失败", "environment is sleeping", ErrorKind::Sleeping),
        (6076, "更新环境失败", "environment is sleeping", ErrorKind::Sleeping),
        (6076, "更新环境失败", "环境正处于不能更新的状态", ErrorKind::Busy),
        (6076, "更新环境失败", "failed to acquire lock, err: taken", ErrorKind::Busy),
        (6076, "更新环境失败", "环境不存在", ErrorKind::NotFound),
        (6083, "获取服务失败", "mongo: no documents in result", ErrorKind::NotFound),
        (6078, "获取环境失败", "failed to find env from db, project:P env:E", ErrorKind::NotFound),
        (6082, "更新服务镜像失败", "服务 S 不存在", ErrorKind::NotFound),
        (6153, "获取Pod详情失败", "[ns] can't find pod X", ErrorKind::NotFound),
        (
            6076,
            "更新环境失败",
            "global variable X is used by service [a b], can't delete it",
            ErrorKind::Conflict,
        ),
        (
            6095,
            "更新对象资源失败",
            "param commonEnvCfgType:ConfigMap not match yaml kind Secret ",
            ErrorKind::InvalidInput,
        ),
        (6089, "更新服务配置失败", "configMap Yaml Name is incorrect", ErrorKind::InvalidInput),
        (
            6096,
            "删除对象资源失败",
            "strconv.ParseBool: parsing \"\": invalid syntax",
            ErrorKind::InvalidInput,
        ),
        (
            6079,
            "获取入口服务配置失败",
            "%s doesn't enable share environment or is not base environment",
            ErrorKind::Conflict,
        ),
        (400, "Bad Request", "projectKey can't be empty", ErrorKind::InvalidInput),
        (6065, "列出服务组失败", "cluster unreachable", ErrorKind::Server),
    ] {
        let error = error(400, &typed(code, message, description));
        assert_eq!(error.kind, kind, "{code} {description}");
        assert_eq!((error.code, error.message.as_deref()), (Some(code), Some(message)));
        assert!(error.known_title().is_some(), "{message}");
        assert_eq!(error.extra, None, "an empty extra is none");
    }
    assert_eq!(
        error(404, &typed(404, "Request Not Found", "mongo: no documents in result")).kind,
        ErrorKind::NotFound
    );
}

#[test]
fn what_newer_servers_refuse_is_understood() {
    let of = |status, body: &str| error(status, body).kind;
    assert_eq!(of(409, r#"{"code":409,"message":"stale expected_revision"}"#), ErrorKind::Conflict);
    assert_eq!(of(409, ""), ErrorKind::Conflict);
    assert_eq!(of(409, r#"{"code":409,"message":"environment is updating"}"#), ErrorKind::Busy);
    assert_eq!(of(404, r#"{"code":404,"message":"产品不存在: shop"}"#), ErrorKind::NotFound);
    assert_eq!(
        of(400, r#"{"code":400,"message":"pod a does not belong to service b"}"#),
        ErrorKind::NotFound
    );
    let job = r#"{"code":400,"message":"restart pod is not supported for Job workload b"}"#;
    assert_eq!(of(400, job), ErrorKind::InvalidInput);
}

#[test]
fn plain_errors_are_judged_by_text() {
    for (description, kind) in [
        ("mongo: no documents in result", ErrorKind::NotFound),
        ("not found", ErrorKind::NotFound),
        ("env_key is required", ErrorKind::InvalidInput),
        ("invalid common env cfg type: ", ErrorKind::InvalidInput),
        ("unsupported workload type: Job", ErrorKind::InvalidInput),
        ("1 error occurred:\n\t* 创建环境失败: 创建环境失败: 环境已存在\n\n", ErrorKind::AlreadyExists),
        ("service X already exist in env, cannot repeatedly add", ErrorKind::AlreadyExists),
        (
            "1 error occurred:\n\t* the following services are modified since last update: [a]\n\n",
            ErrorKind::Conflict,
        ),
        ("this is a base environment, collaborations:[x] is related", ErrorKind::Conflict),
        ("1 error occurred:\n\t* resource ownership conflict: x\n\n", ErrorKind::Conflict),
        ("Environment is sleeping", ErrorKind::Sleeping),
        ("failed to validate zadig license status, error: dial tcp", ErrorKind::Server),
        (
            "environment X is invalid, the env production field is: true, but the request env production field is: false",
            ErrorKind::InvalidInput,
        ),
        ("something else", ErrorKind::Server),
    ] {
        let error = error(500, &internal(description));
        assert_eq!(error.kind, kind, "{description}");
        assert_eq!(error.known_title(), Some(KnownTitle::Internal));
    }
}

#[test]
fn the_servers_words_are_kept_and_taken_apart() {
    let error = error(500, &internal("1 error occurred:\n\t* 创建环境失败: 创建环境失败: 环境已存在\n\n"));
    assert_eq!(error.details(), ["环境已存在"]);
    assert_eq!(error.known_detail(), Some(KnownDetail::EnvExists));
    assert!(
        error
            .to_string()
            .starts_with("already-exists (E01 GET /openapi/environments?projectKey=p, status 500)")
    );
}

#[test]
fn a_refused_removal_names_the_sub_environments() {
    let call = services::remove(Family::Test, "p", "dev", &[], RemoveMode::KeepResources).request().info();
    let body = r#"{"code":6094,"message":"删除服务失败，待删除服务存在于子环境中","description":"","extra":{"a":["s1","s2"]},"type":"error"}"#;
    let error = classify(call.clone(), Answer { status: 400, auth_reason: None, body });
    assert_eq!(error.kind, ErrorKind::Conflict);
    assert_eq!(error.sub_env_uses()[0].environments, ["s1", "s2"]);
    let other = body.replace("删除服务失败，待删除服务存在于子环境中", "列出对象资源失败");
    let other = classify(call, Answer { status: 400, auth_reason: None, body: &other });
    assert!(other.sub_env_uses().is_empty(), "the code alone does not tell");
}

#[test]
fn what_was_not_understood_leaves_a_short_excerpt() {
    let page = format!("<html><body>{}</body></html>", "x".repeat(5000));
    let error = error(502, &page);
    assert!(
        error
            .excerpt
            .as_deref()
            .is_some_and(|text| text.starts_with("<html>") && text.chars().count() <= 200)
    );
    assert_eq!(
        super::errors::error(404, "Invalid path: /x").description.as_deref(),
        Some("Invalid path: /x")
    );
}

#[test]
fn a_write_may_be_repeated_only_when_it_certainly_did_nothing() {
    for kind in
        [ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Gateway, ErrorKind::Server, ErrorKind::Aborted]
    {
        assert!(kind.retry_is_safe(false) && !kind.retry_is_safe(true), "{kind:?}");
    }
    for kind in [ErrorKind::Unauthorized, ErrorKind::Busy, ErrorKind::Sleeping, ErrorKind::InvalidInput] {
        assert!(kind.retry_is_safe(true), "{kind:?}");
    }
}
