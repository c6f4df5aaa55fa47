//! What can go wrong between browser and server, told apart.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use zadig_environments::api::{
    Auth, Client, ClientOptions, ErrorKind, Family, GlobalVariable, KnownDetail, MfaNeed, RetryPolicy,
};
use zadig_environments::api::{environments, share, system, variables};

use crate::harness::{client, fault, kind, options, reset, settle, tell};

const P: &str = "simple-demo";

#[wasm_bindgen_test]
async fn refusals_with_empty_bodies_are_told_apart() {
    reset("v5.0.0").await;
    assert_eq!(kind(client("expired").await.send(system::clusters()).await), ErrorKind::Unauthorized);
    let viewer = client("viewer").await;
    assert_eq!(kind(viewer.send(share::enable(P, "qa")).await), ErrorKind::Forbidden);
    assert!(
        viewer.send(environments::list(Family::Test, P)).await.unwrap().is_empty(),
        "a list without rights is empty, not 403"
    );
}

#[wasm_bindgen_test]
async fn multi_factor_and_licence_refusals_are_told_apart() {
    reset("v5.0.0").await;
    let admin = client("admin").await;
    for (word, need) in [("enroll", MfaNeed::Enroll), ("verify", MfaNeed::Verify)] {
        tell("mfa", json!({"mfa": word})).await;
        assert_eq!(kind(admin.send(system::clusters()).await), ErrorKind::Mfa(need));
    }
    tell("reset", json!({"licence": "basic"})).await;
    let error = admin.send(environments::list(Family::Production, P)).await.unwrap_err();
    assert_eq!((error.kind, error.code), (ErrorKind::Licence, Some(7050)));
    assert!(error.known_title().is_some_and(|title| title.english().contains("licence")));
}

#[wasm_bindgen_test]
async fn what_is_missing_and_what_is_there_already_are_told_apart() {
    reset("v5.0.0").await;
    let admin = client("admin").await;
    let error = admin.send(environments::get(Family::Test, P, "nobody")).await.unwrap_err();
    assert_eq!((error.kind, error.known_detail()), (ErrorKind::NotFound, Some(KnownDetail::NoDocuments)));
    let family = admin.send(environments::get(Family::Production, P, "dev")).await;
    assert_eq!(kind(family), ErrorKind::NotFound, "the other family's environment is not found");
    let dev = admin.send(environments::get(Family::Test, P, "dev")).await.unwrap();
    let new = zadig_environments::api::environments::NewEnvironment {
        env_key: "dev".into(),
        cluster_id: dev.cluster_id,
        namespace: "elsewhere".into(),
        registry_id: dev.registry_id,
        ..Default::default()
    };
    let error = admin.send(environments::create(P, &new)).await.unwrap_err();
    assert_eq!((error.kind, error.details()), (ErrorKind::AlreadyExists, vec!["环境已存在".to_owned()]));
}

#[wasm_bindgen_test]
async fn busy_sleeping_and_refused_changes_are_told_apart() {
    reset("v5.0.0").await;
    let admin = client("admin").await;
    let mut list = admin.send(variables::list(Family::Test, P, "dev")).await.unwrap();
    let used: Vec<GlobalVariable> =
        list.iter().filter(|variable| variable.key != "cpuLimit").cloned().collect();
    let replace = |list: Vec<GlobalVariable>| {
        let admin = admin.clone();
        async move { admin.send(variables::replace(Family::Test, P, "dev", &list)).await }
    };
    assert_eq!(kind(replace(used).await), ErrorKind::Conflict);
    list.iter_mut()
        .filter(|variable| variable.key == "cpuLimit")
        .for_each(|variable| variable.value = "1".into());
    for (edit, expected) in
        [(json!({"status": "updating"}), ErrorKind::Busy), (json!({"sleeping": true}), ErrorKind::Sleeping)]
    {
        reset("v5.0.0").await;
        settle().await;
        let mut edit = edit;
        (edit["project"], edit["env"]) = (json!(P), json!("dev"));
        tell("mutate", edit).await;
        assert_eq!(kind(replace(list.clone()).await), expected);
    }
}

#[wasm_bindgen_test]
async fn addresses_that_lead_nowhere_are_told_apart() {
    reset("v5.0.0").await;
    let options = options("admin").await;
    let at = |base: &str| {
        Client::new(ClientOptions { base: base.to_owned(), retry: RetryPolicy::never(), ..options.clone() })
    };
    assert_eq!(kind(at("http://127.0.0.1:9").send(system::clusters()).await), ErrorKind::Network);
    assert_eq!(kind(at("https://z.example:99999").send(system::clusters()).await), ErrorKind::InvalidInput);
    let client = client("admin").await;
    fault(json!({"path": "/openapi", "status": 404, "body": "Invalid path: /openapi/x", "content_type": "text/plain"}))
        .await;
    assert_eq!(kind(client.send(system::clusters()).await), ErrorKind::RouteMissing);
    fault(json!({"path": "/openapi", "status": 200, "html": true})).await;
    let error = client.send(system::clusters()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Undecodable);
    assert!(error.excerpt.as_deref().is_some_and(|text| text.contains("<title>")), "{error:?}");
}

#[wasm_bindgen_test]
async fn no_error_shows_the_token() {
    reset("v5.0.0").await;
    let options = options("expired").await;
    let Auth::Bearer(cell) = &options.auth else { panic!("a token is used here") };
    let secret = cell.get().unwrap().reveal().to_owned();
    let client = Client::new(options);
    let error = client.send(system::clusters()).await.unwrap_err();
    for text in [error.to_string(), format!("{error:?}"), format!("{client:?}")] {
        assert!(!text.contains(&secret), "{text}");
    }
}
