//! The global variables of an environment, as they are.

use crate::api::GlobalVariable;
use crate::api::environments::Environment;
use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::i18n::{fill, use_i18n};
use leptos::prelude::*;
use std::sync::Arc;

/// A table of the global variables.
#[component]
pub fn Variables(
    /// What is known of the environment.
    detail: Memo<Option<Arc<Environment>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let variables = Memo::new(move |_| {
        let mut list =
            detail.with(|detail| detail.as_ref().map(|one| one.global_variables.clone()).unwrap_or_default());
        // The server's order moves after updates.
        crate::domain::order::sort(&mut list, |a, b| crate::domain::environments::natural(&a.key, &b.key));
        list
    });
    let empty = Memo::new(move |_| variables.with(Vec::is_empty));
    let rows = move || {
        variables
            .get()
            .into_iter()
            .map(|one| {
                let services = one.related_services.join(", ");
                view! {
                    <div class="tr" role="row">
                        <div class="td c-name" role="cell"><code class="clip" title=one.desc.clone()>{one.key}</code></div>
                        <div class="td c-kind dim" role="cell">{one.kind.to_string()}</div>
                        <div class="td c-value" role="cell"><code class="clip" title=one.value.to_text()>{one.value.to_text()}</code></div>
                        <div class="td c-services dim" role="cell"><span class="clip" title=services.clone()>{services.clone()}</span></div>
                    </div>
                }
            })
            .collect_view()
    };
    let head = move || {
        let t = i18n.t().environment();
        [t.variable_key, t.variable_type, t.variable_value, t.variable_services]
            .map(|text| view! { <div class="th" role="columnheader">{text}</div> })
            .collect_view()
    };
    let matrix = RwSignal::new(false);
    let services = Memo::new(move |_| {
        let mut names: Vec<String> =
            variables.with(|all| all.iter().flat_map(|one| one.related_services.clone()).collect());
        crate::domain::order::sort(&mut names, |a, b| crate::domain::environments::natural(a, b));
        names.dedup();
        names
    });
    move || {
        if empty.get() {
            return view! {
                <Empty
                    icon=Icon::Sliders
                    title=i18n.text(|t| t.environment().no_variables)
                    hint=i18n.text(|t| t.environment().no_variables_hint)
                />
            }
            .into_any();
        }
        view! {
            <div class="segments" role="group" aria-label=i18n.tr(|t| t.environment().variables)>
                <button type="button" aria-pressed=move || (!matrix.get()).to_string() on:click=move |_| matrix.set(false)>
                    {i18n.tr(|t| t.ops().table)}
                </button>
                <button type="button" aria-pressed=move || matrix.get().to_string() on:click=move |_| matrix.set(true)>
                    {i18n.tr(|t| t.ops().matrix)}
                </button>
            </div>
            <Show when=move || matrix.get()>
                <Matrix variables services />
            </Show>
            <div class="table variable-table" class:gone=matrix role="table" aria-label=i18n.tr(|t| t.environment().variables)>
                <div role="rowgroup">
                    <div class="thead" role="row">{head}</div>
                </div>
                <div role="rowgroup">{rows}</div>
            </div>
        }
        .into_any()
    }
}

/// Which service takes which global variable: what a change would hit.
#[component]
fn Matrix(variables: Memo<Vec<GlobalVariable>>, services: Memo<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let head =
        move || services.get().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let rows = move || {
        let services = services.get();
        variables
            .get()
            .into_iter()
            .map(|one| {
                let cells = services
                    .iter()
                    .map(|service| {
                        let taken = one.related_services.contains(service);
                        let label = fill(i18n.t().ops().taken_by, &[("service", service), ("key", &one.key)]);
                        view! { <td>{taken.then(|| view! { <span role="img" aria-label=label.clone() title=label>"●"</span> })}</td> }
                    })
                    .collect_view();
                view! {
                    <tr>
                        <th scope="row"><code>{one.key.clone()}</code></th>
                        {cells}
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <div class="matrix" tabindex="0" role="region" aria-label=i18n.tr(|t| t.ops().matrix)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{i18n.tr(|t| t.environment().variable_key)}</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
