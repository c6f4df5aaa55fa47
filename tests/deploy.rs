//! What lies in `deploy/` fits together, and fits the page: names, ports, files, settings and security headers. The nginx and
//! Caddy configurations are run for real by the end-to-end tests; the container and the manifest are held to each other here.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use serde::Deserialize;
use serde_yaml_ng::{Deserializer, Value};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use zadig_environments::config::Config;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The manifest's objects by kind.
fn object(kind: &str) -> Value {
    let manifest = read("deploy/kubernetes.yaml");
    let mut objects = Deserializer::from_str(&manifest).map(|one| Value::deserialize(one).unwrap());
    objects.find(|one| one["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value:?}"))
}

fn container() -> Value {
    object("Deployment")["spec"]["template"]["spec"]["containers"][0].clone()
}

/// The instructions of the Containerfile: their word and the rest, continued lines joined.
fn instructions() -> Vec<(String, String)> {
    let joined = read("deploy/Containerfile").replace("\\\n", " ");
    let lines = joined.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once(' ').unwrap()).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn environment(name: &str) -> Option<String> {
    let lines = instructions().into_iter().filter(|(word, _)| word == "ENV");
    lines.flat_map(|(_, rest)| rest.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).find_map(
        |pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()),
    )
}

#[test]
fn the_service_reaches_the_pods_and_their_port() {
    let (deployment, service) = (object("Deployment"), object("Service"));
    let labels = &deployment["spec"]["template"]["metadata"]["labels"];
    assert_eq!(&deployment["spec"]["selector"]["matchLabels"], labels);
    assert_eq!(&service["spec"]["selector"], labels);
    let ports = container()["ports"].clone();
    assert_eq!(service["spec"]["ports"][0]["targetPort"], ports[0]["name"]);
    for probe in ["readinessProbe", "livenessProbe"] {
        assert_eq!(container()[probe]["httpGet"]["port"], ports[0]["name"], "{probe}");
    }
    let port = ports[0]["containerPort"].as_u64().unwrap().to_string();
    assert_eq!(environment("ZADIG_LISTEN").as_ref(), Some(&port));
    assert!(instructions().contains(&("EXPOSE".to_owned(), port)));
}

#[test]
fn every_mount_has_its_volume_and_lies_where_the_container_looks() {
    let pod = object("Deployment")["spec"]["template"]["spec"].clone();
    let names = |list: &Value| -> BTreeSet<String> {
        list.as_sequence().unwrap().iter().map(|one| text(&one["name"]).to_owned()).collect()
    };
    let container = container();
    assert_eq!(names(&pod["volumes"]), names(&container["volumeMounts"]));
    let mounts = container["volumeMounts"].as_sequence().unwrap();
    let place = |name: &str| {
        mounts.iter().find(|one| one["name"] == name).map(|one| text(&one["mountPath"]).to_owned()).unwrap()
    };
    assert_eq!(place("config"), format!("{}/config.json", environment("ZADIG_APP").unwrap()));
    // What the image writes at its start: the filled template and its temporary files.
    assert_eq!((place("conf").as_str(), place("tmp").as_str()), ("/etc/nginx/conf.d", "/tmp"));
    assert_eq!(object("ConfigMap")["metadata"]["name"], pod["volumes"][0]["configMap"]["name"]);
}

#[test]
fn the_pod_has_no_rights_it_does_not_need() {
    let pod = object("Deployment")["spec"]["template"]["spec"].clone();
    let own = container()["securityContext"].clone();
    assert_eq!(pod["automountServiceAccountToken"], false);
    assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    assert_eq!(pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault");
    assert_eq!(
        (&own["allowPrivilegeEscalation"], &own["readOnlyRootFilesystem"]),
        (&false.into(), &true.into())
    );
    assert_eq!(own["capabilities"]["drop"][0], "ALL");
}

#[test]
fn the_image_is_this_version() {
    assert_eq!(text(&container()["image"]), format!("zadig-environments:{}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_settings_of_the_manifest_and_the_page_are_understood() {
    let manifest = object("ConfigMap");
    for settings in [text(&manifest["data"]["config.json"]).to_owned(), read("public/config.json")] {
        let (_, problem) = Config::read(Some(&settings));
        assert!(problem.is_none(), "{settings}");
    }
}

#[test]
fn every_file_the_container_copies_is_there() {
    let copies: Vec<_> = instructions().into_iter().filter(|(word, _)| word == "COPY").collect();
    assert!(copies.len() >= 3);
    for (_, rest) in copies {
        let mut words: Vec<&str> = rest.split_whitespace().collect();
        let target = words.pop().unwrap();
        for source in words {
            // The built page is there only after a build.
            assert!(source == "dist/" || root().join(source).exists(), "{source}");
            assert!(source != "dist/" || target.trim_end_matches('/') == environment("ZADIG_APP").unwrap());
        }
    }
}

#[test]
fn the_container_is_sent_what_it_copies_and_no_gigabytes() {
    let ignored = read(".dockerignore");
    let kept: BTreeSet<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert!(ignored.lines().any(|line| line == "*"));
    let copies = instructions().into_iter().filter(|(word, _)| word == "COPY");
    let folders: BTreeSet<String> =
        copies.filter_map(|(_, rest)| rest.split('/').next().map(str::to_owned)).collect();
    assert_eq!(folders, kept.into_iter().map(str::to_owned).collect());
}

#[test]
fn every_place_in_the_template_is_filled_in_the_container() {
    let template = read("deploy/nginx/zadig-environments.conf.template");
    let given = container()["env"].as_sequence().unwrap().clone();
    let wanted: BTreeSet<&str> =
        template.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    assert_eq!(wanted, BTreeSet::from(["ZADIG_APP", "ZADIG_CONF", "ZADIG_LISTEN", "ZADIG_UPSTREAM"]));
    for name in wanted {
        let by_manifest = given.iter().any(|one| one["name"] == name);
        assert!(environment(name).is_some() || by_manifest, "{name}");
    }
    // nginx's own variables must survive the filling.
    assert_eq!(environment("NGINX_ENVSUBST_FILTER").as_deref(), Some("^ZADIG_"));
    let companions = environment("ZADIG_CONF").unwrap();
    let headers = format!("deploy/nginx/headers.conf {companions}/");
    assert!(instructions().contains(&("COPY".to_owned(), headers)));
}

/// The directives of the policy that stands in a file after `before`.
fn policy(file: &str, before: &str) -> BTreeSet<String> {
    let content = read(file);
    let (_, rest) = content.split_once(before).unwrap();
    let (policy, _) = rest.split_once('"').unwrap();
    policy.split(';').map(|directive| directive.trim().to_owned()).collect()
}

#[test]
fn the_page_and_both_servers_state_the_same_policy() {
    // What only a header can say, and what the page cannot know before it has read its settings.
    let common = |policy: BTreeSet<String>| -> BTreeSet<String> {
        let special = |one: &String| one.starts_with("connect-src") || one.starts_with("frame-ancestors");
        policy.into_iter().filter(|one| !special(one)).collect()
    };
    let page = common(policy("index.html", "http-equiv=\"Content-Security-Policy\"\n      content=\""));
    let nginx = policy("deploy/nginx/headers.conf", "Content-Security-Policy \"");
    let caddy = policy("deploy/caddy/Caddyfile", "Content-Security-Policy \"");
    assert_eq!(nginx, caddy);
    assert_eq!(common(nginx.clone()), page);
    for directive in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(nginx.contains(directive), "{directive}");
    }
}

#[test]
fn no_file_of_deploy_names_a_token() {
    let mut folders: Vec<PathBuf> = vec![root().join("deploy")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // Every JSON web token begins with the same letters: `{"`.
                assert!(
                    !std::fs::read_to_string(&path).unwrap_or_default().contains("eyJ"),
                    "{}",
                    path.display()
                );
            }
        }
    }
}
