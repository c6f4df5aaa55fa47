//! The detail of a configuration object: exactly one of four keys (E27).

use crate::reply::Reply;
use crate::state::config::{Config, ConfigKind, Source};
use serde::Serialize;
use serde_yaml_ng::Value;

#[derive(Default, Serialize)]
struct Envelope<'a> {
    #[serde(rename = "ingress_detail", skip_serializing_if = "Option::is_none")]
    ingress: Option<Ingress<'a>>,
    #[serde(rename = "secret_detail", skip_serializing_if = "Option::is_none")]
    secret: Option<Base<'a>>,
    #[serde(rename = "pvc_detail", skip_serializing_if = "Option::is_none")]
    pvc: Option<Pvc<'a>>,
    #[serde(rename = "configMap_detail", skip_serializing_if = "Option::is_none")]
    config_map: Option<Base<'a>>,
}

#[derive(Serialize)]
struct Base<'a> {
    name: &'a str,
    project_key: &'a str,
    env_key: &'a str,
    common_env_cfg_type: &'static str,
    #[serde(skip_serializing_if = "is_zero")]
    created_time: i64,
    #[serde(skip_serializing_if = "str::is_empty")]
    update_by: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    yaml_data: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<String>,
    source_detail: Option<&'a Source>,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

#[derive(Serialize)]
struct Ingress<'a> {
    #[serde(flatten)]
    base: Base<'a>,
    #[serde(skip_serializing_if = "String::is_empty")]
    host_info: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    ports: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    error_reason: String,
}

#[derive(Serialize)]
struct Pvc<'a> {
    #[serde(flatten)]
    base: Base<'a>,
    status: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    volume: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    access_modes: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    storage_class: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    capacity: String,
}

/// The answer of E27 for an object.
pub fn detail_reply(config: &Config, project: &str, env: &str, services: Vec<String>) -> Reply {
    let base = Base {
        name: &config.name,
        project_key: project,
        env_key: env,
        common_env_cfg_type: config.kind.name(),
        created_time: config.created,
        update_by: &config.update_by,
        yaml_data: &config.yaml,
        services,
        source_detail: config.source.as_ref(),
    };
    let mut envelope = Envelope::default();
    match config.kind {
        ConfigKind::ConfigMap => envelope.config_map = Some(base),
        ConfigKind::Secret => envelope.secret = Some(base),
        ConfigKind::Ingress => envelope.ingress = Some(ingress(base, &object(config))),
        ConfigKind::Pvc => envelope.pvc = Some(pvc(base, &object(config))),
    }
    Reply::ok(&envelope)
}

fn object(config: &Config) -> Value {
    serde_yaml_ng::from_str(&config.yaml).unwrap_or(Value::Null)
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |v, key| v.get(*key))
}

fn text(value: &Value, path: &[&str]) -> String {
    at(value, path).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn ingress<'a>(base: Base<'a>, object: &Value) -> Ingress<'a> {
    let rules = at(object, &["spec", "rules"]).and_then(Value::as_sequence).cloned().unwrap_or_default();
    let hosts: Vec<String> = rules.iter().map(|r| text(r, &["host"])).filter(|h| !h.is_empty()).collect();
    let tls = at(object, &["spec", "tls"]).is_some();
    Ingress {
        base,
        host_info: hosts.join(","),
        address: "172.16.0.46".into(),
        ports: if tls { "80, 443".into() } else { "80".into() },
        error_reason: String::new(),
    }
}

fn pvc<'a>(base: Base<'a>, object: &Value) -> Pvc<'a> {
    let modes =
        at(object, &["spec", "accessModes"]).and_then(Value::as_sequence).cloned().unwrap_or_default();
    let modes: Vec<&str> = modes.iter().filter_map(Value::as_str).map(short_mode).collect();
    let volume = text(object, &["spec", "volumeName"]);
    let capacity = text(object, &["spec", "resources", "requests", "storage"]);
    let bound = !volume.is_empty();
    Pvc {
        base,
        status: if bound { "Bound" } else { "Pending" },
        volume,
        access_modes: modes.join(","),
        storage_class: text(object, &["spec", "storageClassName"]),
        capacity: if bound { capacity } else { String::new() },
    }
}

fn short_mode(mode: &str) -> &'static str {
    match mode {
        "ReadWriteMany" => "RWX",
        "ReadOnlyMany" => "ROX",
        "ReadWriteOncePod" => "RWOP",
        _ => "RWO",
    }
}
