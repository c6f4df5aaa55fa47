//! How a service is reached: inside the cluster, on the nodes, and from outside.

use crate::api::services::{Ingress, ServiceDetail, ServiceEndpoint};
use crate::components::copy::CopyButton;
use crate::i18n::use_i18n;
use leptos::prelude::*;
use std::sync::Arc;

/// Endpoints and ingresses.
#[component]
pub(crate) fn Addresses(detail: Signal<Arc<ServiceDetail>>) -> impl IntoView {
    let i18n = use_i18n();
    let endpoints = Memo::new(move |_| detail.with(|one| (one.namespace.clone(), one.endpoints.clone())));
    let ingresses = Memo::new(move |_| detail.with(|one| one.ingresses.clone()));
    view! {
        <Show when=move || endpoints.with(|(_, list)| !list.is_empty())>
            <section class="block">
                <h3>{i18n.tr(|t| t.service().addresses)}</h3>
                <ul class="addresses">
                    {move || {
                        let (namespace, list) = endpoints.get();
                        list.into_iter().map(|one| endpoint(one, &namespace)).collect_view()
                    }}
                </ul>
            </section>
        </Show>
        <Show when=move || ingresses.with(|list| !list.is_empty())>
            <section class="block">
                <h3>{i18n.tr(|t| t.service().ingresses)}</h3>
                <ul class="addresses">
                    {move || ingresses.get().into_iter().map(|one| view! { <IngressView ingress=one /> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

/// Each port with the short and the full name, as `host:port`.
fn endpoint(endpoint: ServiceEndpoint, namespace: &str) -> impl IntoView + use<> {
    let rows: Vec<_> = endpoint
        .ports
        .into_iter()
        .map(|port| {
            let name = if port.service_name.is_empty() { endpoint.name.clone() } else { port.service_name };
            let near = format!("{name}:{}", port.service_port);
            let far = format!("{name}.{namespace}:{}", port.service_port);
            (near, far, port.node_port)
        })
        .collect();
    rows.into_iter().map(|(near, far, node)| view! { <EndpointRow near far node /> }).collect_view()
}

#[component]
fn EndpointRow(near: String, far: String, node: i64) -> impl IntoView {
    let i18n = use_i18n();
    let what = i18n.text(|t| t.service().the_address);
    view! {
        <li>
            <span class="address">
                <code>{near.clone()}</code>
                <CopyButton text=Signal::stored(near) what />
                <span class="dim small">{i18n.tr(|t| t.service().same_namespace)}</span>
            </span>
            <span class="address">
                <code>{far.clone()}</code>
                <CopyButton text=Signal::stored(far) what />
                <span class="dim small">{i18n.tr(|t| t.service().any_namespace)}</span>
            </span>
            {(node > 0)
                .then(|| view! { <span class="dim small">{i18n.tr(|t| t.service().node_port)} " " <code>{node}</code></span> })}
        </li>
    }
}

#[component]
fn IngressView(ingress: Ingress) -> impl IntoView {
    let i18n = use_i18n();
    let hosts = ingress.hosts.into_iter().flat_map(|host| {
        let name = host.host.clone();
        let backends = if host.backends.is_empty() { vec![Default::default()] } else { host.backends };
        backends.into_iter().map(move |backend| (name.clone(), backend)).collect::<Vec<_>>()
    });
    let rows = hosts
        .map(|(host, backend)| {
            let path = backend.path.clone().unwrap_or_default();
            let shown = format!("{host}{path}");
            let target = (!backend.service_name.is_empty())
                .then(|| format!("→ {}:{}", backend.service_name, backend.service_port));
            let link = is_host(&host).then(|| format!("http://{host}{}", path.split(['(', '*']).next().unwrap_or("/")));
            view! {
                <li>
                    {match link {
                        Some(href) => view! {
                            <a href=href target="_blank" rel="noopener noreferrer" title=i18n.tr(|t| t.service().opens_new)>
                                {shown}
                            </a>
                        }.into_any(),
                        None => view! { <code>{shown}</code> }.into_any(),
                    }}
                    <span class="dim small mono">{target}</span>
                </li>
            }
        })
        .collect_view();
    let ips = ingress.ips.join(", ");
    view! {
        {rows}
        {(!ips.is_empty()).then(|| view! { <li class="dim small mono">{ingress.name} " " {ips}</li> })}
    }
}

/// Only what is plainly a host name becomes a link: the text comes from the cluster.
fn is_host(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn only_plain_host_names_become_links() {
        assert!(is_host("shop.example.com"));
        for odd in ["", "*.example.com", "a b", "javascript:alert(1)", "host/path", "a@b"] {
            assert!(!is_host(odd), "{odd}");
        }
    }
}
