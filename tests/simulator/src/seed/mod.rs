//! What is there at the start. README.md has the overview; each submodule makes one project or kind of thing.

pub mod bad_day;
pub mod build;
pub mod configs;
pub mod demo;
pub mod helm;
pub mod kinds;
pub mod large;
pub mod scale;
pub mod zh;

use crate::state::project::{Cluster, Project, Registry};
use crate::state::{CLUSTER, REGISTRY, World};

/// Cluster of production environments.
pub const PRODUCTION_CLUSTER: &str = "64c1f0a2b3d4e5f601234567";
/// A cluster that cannot be reached: environments on it answer 6065.
pub const LOST_CLUSTER: &str = "64c1f0a2b3d4e5f60123dead";
/// The document's second registry.
pub const SECOND_REGISTRY: &str = "6350be2b4503905e98b4b771";

/// Plants everything.
pub fn plant(world: &mut World) {
    world.clusters = clusters(world.now / 1000);
    world.registries = registries();
    demo::plant(world);
    bad_day::plant(world);
    zh::plant(world);
    kinds::plant(world);
    large::plant(world);
    helm::plant(world);
    world.projects.push(Project::new(
        "empty",
        "Empty",
        "A project without environments",
        world.now / 1000 - 86_400,
    ));
    scale::plant(world);
    world.tick();
}

fn clusters(now: i64) -> Vec<Cluster> {
    let cluster = |id: &str, name: &str, production, local, status: &str, kind: &str, istio| Cluster {
        cluster_id: id.into(),
        name: name.into(),
        production,
        description: String::new(),
        provider: if local { 0 } else { 2 },
        provider_name: if local { String::new() } else { "Tencent Cloud".into() },
        created_by: "admin".into(),
        created_time: now - 400 * 86_400,
        local,
        status: status.into(),
        kind: kind.into(),
        project_names: vec!["simple-demo".into(), "bad-day".into()],
        istio,
    };
    vec![
        cluster(CLUSTER, "local", false, true, "normal", "agent", true),
        cluster(PRODUCTION_CLUSTER, "tke-production", true, false, "normal", "kubeconfig", false),
        cluster(LOST_CLUSTER, "old-idc", false, false, "disconnected", "agent", false),
    ]
}

fn registries() -> Vec<Registry> {
    let registry = |id: &str, address: &str, provider: &str, namespace: &str, is_default| Registry {
        registry_id: id.into(),
        address: address.into(),
        provider: provider.into(),
        region: "ap-guangzhou".into(),
        namespace: namespace.into(),
        is_default,
    };
    vec![
        registry(REGISTRY, "https://koderover.tencentcloudcr.com", "tcr", "test", true),
        registry(SECOND_REGISTRY, "https://harbor.example.com", "harbor", "library", false),
    ]
}
