//! Kubernetes YAML of a service: as rendered in an environment (H9) and as a template (H8).

use crate::state::service::Service;
use crate::state::workload::{Kind, Workload};
use crate::yaml::scalar;
use std::fmt::Write as _;

/// The YAML that is applied for a service in a namespace.
pub fn of_service(service: &Service, namespace: &str, project: &str) -> String {
    let mut documents: Vec<String> =
        service.workloads.iter().map(|w| of_workload(w, service, namespace, project)).collect();
    documents.extend(service.crons.iter().map(|cron| {
        let mut text = head("batch/v1", "CronJob", &cron.name, namespace, project, &service.name);
        let _ = write!(text, "spec:\n  schedule: {}\n  suspend: {}\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: OnFailure\n          containers:\n", scalar(&cron.schedule), cron.suspend);
        for c in &cron.containers {
            let _ = write!(text, "            - name: {}\n              image: {}\n", scalar(&c.name), scalar(&c.image));
        }
        text
    }));
    documents.extend(service.endpoints.iter().map(|endpoint| {
        let mut text = head("v1", "Service", &endpoint.name, namespace, project, &service.name);
        let kind = if endpoint.ports.iter().any(|(_, node)| *node > 0) { "NodePort" } else { "ClusterIP" };
        let _ = write!(
            text,
            "spec:\n  type: {kind}\n  selector:\n    s-service: {}\n  ports:\n",
            scalar(&service.name)
        );
        for (port, node) in &endpoint.ports {
            let _ = write!(text, "    - port: {port}\n      targetPort: {port}\n      protocol: TCP\n");
            if *node > 0 {
                let _ = writeln!(text, "      nodePort: {node}");
            }
        }
        text
    }));
    documents.join("---\n")
}

fn head(api: &str, kind: &str, name: &str, namespace: &str, project: &str, service: &str) -> String {
    let [name, namespace, project, service] = [name, namespace, project, service].map(scalar);
    format!(
        "apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\n  labels:\n    s-product: {project}\n    s-service: {service}\n"
    )
}

fn of_workload(workload: &Workload, service: &Service, namespace: &str, project: &str) -> String {
    let api = match workload.kind {
        Kind::CloneSet => "apps.kruise.io/v1alpha1",
        Kind::Job => "batch/v1",
        _ => "apps/v1",
    };
    let mut text = head(api, workload.kind.name(), &workload.name, namespace, project, &service.name);
    text.push_str("spec:\n");
    if !matches!(workload.kind, Kind::DaemonSet | Kind::Job) {
        let _ = writeln!(text, "  replicas: {}", workload.replicas);
    }
    let _ = write!(
        text,
        "  selector:\n    matchLabels:\n      app: {0}\n  template:\n    metadata:\n      labels:\n        app: {0}\n    spec:\n",
        scalar(&workload.name)
    );
    for init in [true, false] {
        let mut specs = workload.containers.iter().filter(|c| c.init == init).peekable();
        if specs.peek().is_some() {
            text.push_str(if init { "      initContainers:\n" } else { "      containers:\n" });
        }
        for c in specs {
            let _ =
                write!(text, "        - name: {}\n          image: {}\n", scalar(&c.name), scalar(&c.image));
            if !init && !service.vars.is_empty() {
                write_env(&mut text, service);
            }
            if !c.ports.is_empty() {
                text.push_str("          ports:\n");
            }
            for port in &c.ports {
                let _ = writeln!(text, "            - containerPort: {}", port.number);
            }
        }
    }
    text
}

fn write_env(text: &mut String, service: &Service) {
    text.push_str("          env:\n");
    for var in &service.vars {
        // As most templates have it: quoted, whatever the value is.
        let value = serde_json::to_string(&crate::state::kv::plain(&var.kv.value)).unwrap_or_default();
        let _ = write!(text, "            - name: {}\n              value: {value}\n", scalar(&var.kv.key));
    }
}

/// The YAML of a template: variables stand as placeholders.
pub fn of_template(service: &Service, project: &str) -> String {
    let mut shown = service.clone();
    for var in &mut shown.vars {
        var.kv.value = format!("{{{{.{}}}}}", var.kv.key).into();
    }
    of_service(&shown, "$Namespace$", project)
}
