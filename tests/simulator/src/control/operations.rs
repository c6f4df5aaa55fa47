//! The operation log: every write the simulated server took (H12).

use crate::request::Req;
use crate::routes::Route;
use crate::state::World;
use crate::state::project::Operation;

/// Entries kept.
const KEPT: usize = 2_000;

/// Notes a write; reads are not logged.
pub fn record(world: &mut World, route: &Route, req: &Req, status: u16) {
    if req.method == "GET" {
        return;
    }
    let body: serde_json::Value = serde_json::from_slice(&req.body).unwrap_or_default();
    let from_body = |names: [&str; 2]| {
        names.iter().find_map(|n| body.get(n).and_then(|v| v.as_str())).unwrap_or_default().to_owned()
    };
    let project = match req.project() {
        "" => from_body(["project_key", "product_name"]),
        key => key.to_owned(),
    };
    let env = match req.env() {
        "" => from_body(["env_key", "env_name"]),
        name => name.to_owned(),
    };
    let method = match req.method.as_str() {
        "POST" => "新增",
        "PUT" => "更新",
        _ => "删除",
    };
    if world.operations.len() >= KEPT {
        world.operations.remove(0);
    }
    let created_at = world.now / 1000;
    world.operations.push(Operation {
        username: req.role.name().into(),
        project_key: project,
        method: format!("OpenAPI{method}"),
        function: if route.id == "E32" { "伸缩".into() } else { "环境".into() },
        scene: "environment".into(),
        targets: vec![env],
        detail: req.param("serviceName").to_owned(),
        request_body: String::from_utf8_lossy(&req.body).chars().take(4000).collect(),
        body_type: "json".into(),
        status,
        created_at,
    });
}
