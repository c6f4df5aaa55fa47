//! Configuration objects of the seed.

use crate::clock::Millis;
use crate::state::config::{Config, ConfigKind, GitRepo, Source, parse};
use crate::state::env::Env;
use crate::state::{World, namespace_key};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

/// What every namespace has: the cluster's certificate and the registry's pull secret.
pub fn system_objects(configs: &mut Vec<Config>, namespace: &str, project: &str, created: Millis) {
    if configs.iter().any(|c| c.name == "kube-root-ca.crt") {
        return;
    }
    let ca = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: kube-root-ca.crt\n  annotations:\n    kubernetes.io/description: Contains a CA bundle that can be used to verify the kube-apiserver.\ndata:\n  ca.crt: |\n{CERTIFICATE}"
    );
    add(configs, ConfigKind::ConfigMap, &ca, (namespace, project), created, "");
    let auth = STANDARD.encode(r#"{"auths":{"koderover.tencentcloudcr.com":{"username":"robot","password":"not-a-real-password","auth":"cm9ib3Q6bm90LWEtcmVhbC1wYXNzd29yZA=="}}}"#);
    let secret = format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: default-registry-secret\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: {auth}\n"
    );
    add(configs, ConfigKind::Secret, &secret, (namespace, project), created, "");
}

const CERTIFICATE: &str = "    -----BEGIN CERTIFICATE-----\n    MIIC/TCCAeWgAwIBAgIRAISZur/+Sm1i2dv4w5qWhy0wDQYJKoZIhvcNAQELBQAw\n    GDEWMBQGA1UEChMNY2x1c3Rlci5sb2NhbDAeFw0yMjA4MTUwMjM5MTdaFw0zMjA4\n    -----END CERTIFICATE-----\n";

/// System objects and one small ConfigMap.
pub fn basic(world: &mut World, env: &Env) {
    let created = world.now - 30 * super::build::DAY;
    let place = (env.namespace.as_str(), env.project.as_str());
    let configs = world.namespaces.entry(namespace_key(env)).or_default();
    system_objects(configs, place.0, place.1, created);
    add(configs, ConfigMapText::APP.0, ConfigMapText::APP.1, place, created, &env.update_by);
}

struct ConfigMapText;

impl ConfigMapText {
    const APP: (ConfigKind, &str) = (
        ConfigKind::ConfigMap,
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-settings\ndata:\n  greeting: \"hello\"\n  retries: \"3\"\n",
    );
}

/// Everything an editor has to cope with.
pub fn rich(world: &mut World, env: &Env) {
    basic(world, env);
    let created = world.now - 20 * super::build::DAY;
    let place = (env.namespace.as_str(), env.project.as_str());
    let configs = world.namespaces.entry(namespace_key(env)).or_default();
    for yaml in [GAME, SCRIPTS, ISTIO_CA] {
        add(configs, ConfigKind::ConfigMap, yaml, place, created, "admin");
    }
    add(configs, ConfigKind::ConfigMap, FROM_GIT, place, created, "sync-bot");
    if let Some(config) = configs.last_mut() {
        config.source = Some(git_source());
    }
    add(
        configs,
        ConfigKind::ConfigMap,
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hidden-backup\ndata: {}\n",
        place,
        created,
        "",
    );
    if let Some(config) = configs.last_mut() {
        config.backup = true;
    }
    if !env.production {
        configs.push(big(place, created));
    }
    for yaml in secrets() {
        add(configs, ConfigKind::Secret, &yaml, place, created, "admin");
    }
    for yaml in [INGRESS, INGRESS_TLS] {
        add(configs, ConfigKind::Ingress, yaml, place, created, "li.wei");
    }
    for yaml in [PVC, PVC_PENDING] {
        add(configs, ConfigKind::Pvc, yaml, place, created, "admin");
    }
}

fn add(
    configs: &mut Vec<Config>,
    kind: ConfigKind,
    yaml: &str,
    place: (&str, &str),
    created: Millis,
    by: &str,
) {
    let Ok(parsed) = parse(yaml) else { return };
    let name = parsed.name.clone();
    let yaml = parsed.print(place.0, place.1, created);
    let (created, update_by) = (created / 1000, by.to_owned());
    configs.push(Config { kind, name, created, update_by, yaml, source: None, backup: false });
}

fn git_source() -> Source {
    Source {
        git_repo_config: GitRepo {
            codehost_key: "kr-test".into(),
            owner: "kr-test-org1".into(),
            repo: "config-data".into(),
            branch: "main".into(),
            values_paths: Vec::new(),
        },
        load_path: "cm.yaml".into(),
    }
}

/// A ConfigMap of one megabyte, written as text because parsing it would slow the start.
fn big((namespace, project): (&str, &str), created: Millis) -> Config {
    let mut yaml = String::with_capacity(1 << 20);
    yaml.push_str("apiVersion: v1\ndata:\n  dictionary.properties: |\n");
    let mut index = 0;
    while yaml.len() < (1 << 20) - 300 {
        let _ = writeln!(yaml, "    entry.{index:06}=value {index} of a very large dictionary");
        index += 1;
    }
    let time = crate::state::config::rfc3339(created / 1000);
    let _ = write!(
        yaml,
        "kind: ConfigMap\nmetadata:\n  creationTimestamp: {time}\n  labels:\n    s-product: {project}\n  name: big-dictionary\n  namespace: {namespace}\n"
    );
    Config {
        kind: ConfigKind::ConfigMap,
        name: "big-dictionary".into(),
        created: created / 1000,
        update_by: "admin".into(),
        yaml,
        source: None,
        backup: false,
    }
}

fn secrets() -> [String; 4] {
    let e = |bytes: &[u8]| STANDARD.encode(bytes);
    let head = |name: &str, kind: &str| {
        format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\ntype: {kind}\ndata:\n")
    };
    let binary: Vec<u8> = (0..=255).collect();
    [
        format!(
            "{}  username: {}\n  password: {}\n  url: {}\n",
            head("db-credentials", "Opaque"),
            e(b"shop"),
            e(b"planted-secret-7f3a"),
            e(b"mysql://shop@mysql:3306/shop?charset=utf8mb4")
        ),
        format!(
            "{}  keystore.jks: {}\n  readme.txt: {}\n",
            head("binary-keystore", "Opaque"),
            e(&binary),
            e("口令在保险箱里\n".as_bytes())
        ),
        format!(
            "{}  tls.crt: {}\n  tls.key: {}\n",
            head("demo-tls", "kubernetes.io/tls"),
            e(b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
            e(b"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n")
        ),
        format!(
            "{}  empty: \"\"\n  multi-line: {}\n",
            head("odd-values", "Opaque"),
            e(b"line one\nline two\n\n  indented\n")
        ),
    ]
}

/// The document's own example.
const GAME: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: game-demo\ndata:\n  player_initial_lives: \"3\"\n  ui_properties_file_name: \"user-interface.properties\"\n\n  game.properties: |\n    enemy.types=aliens,monsters\n    player.maximum-lives=25    \n  user-interface.properties: |\n    color.good=purple\n    color.bad=yellow\n    allow.textmode=true    ";
const SCRIPTS: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: start-scripts\ndata:\n  start.sh: |\n    #!/bin/sh\n    set -eu\n    if [ \"$1\" = \"--debug\" ]; then\n      export LOG=debug\n    fi\n\n    exec java -jar /app.jar \"$@\"\n  nginx.conf: |\n    server {\n      listen 80;\n      location / { proxy_pass http://web:8080; }\n    }\n  trailing.txt: \"no newline at the end\"\n  tabs.txt: \"a\\tb\\tc\\n\"\n  crlf.txt: \"one\\r\\ntwo\\r\\n\"\n";
const ISTIO_CA: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio-ca-root-cert\n  labels:\n    istio.io/config: \"true\"\ndata:\n  root-cert.pem: |\n    -----BEGIN CERTIFICATE-----\n    MIIC/TCCAeWgAwIBAgIRAISZur/+Sm1i2dv4w5qWhy0wDQYJKoZIhvcNAQELBQAw\n    -----END CERTIFICATE-----\n";
const FROM_GIT: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-git\ndata:\n  application.yaml: |\n    server:\n      port: 8080\n    spring:\n      datasource:\n        url: jdbc:mysql://mysql:3306/shop\n";
const INGRESS: &str = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: demo\n  annotations:\n    nginx.ingress.kubernetes.io/proxy-body-size: 8m\nspec:\n  ingressClassName: nginx\n  rules:\n    - host: demo.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: gateway\n                port:\n                  number: 8080\n";
const INGRESS_TLS: &str = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: demo-tls\nspec:\n  ingressClassName: nginx\n  tls:\n    - hosts: [www.demo.example.com]\n      secretName: demo-tls\n  rules:\n    - host: www.demo.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: web\n                port:\n                  number: 80\n";
const PVC: &str = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: uploads\nspec:\n  accessModes: [ReadWriteMany]\n  storageClassName: cfs\n  volumeName: pvc-0d3f7a1e\n  resources:\n    requests:\n      storage: 20Gi\n";
const PVC_PENDING: &str = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: waiting-for-a-volume\nspec:\n  accessModes: [ReadWriteOnce]\n  storageClassName: missing-class\n  resources:\n    requests:\n      storage: 100Gi\n";
