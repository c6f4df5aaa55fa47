//! Every call, on the oldest and the newest released server.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::steps::{Steps, environments, helpers, services, sharing, variables_and_configs, workloads};

async fn all_calls(version: &'static str) {
    let steps = Steps::begin(version).await;
    environments::run(&steps).await;
    services::run(&steps).await;
    variables_and_configs::run(&steps).await;
    workloads::run(&steps).await;
    sharing::run(&steps).await;
    helpers::run(&steps).await;
    steps.assert_all_45();
}

#[wasm_bindgen_test]
async fn all_45_calls_reach_a_v3_4_0_server_as_the_contract_says() {
    all_calls("v3.4.0").await;
}

#[wasm_bindgen_test]
async fn all_45_calls_reach_a_v5_0_0_server_as_the_contract_says() {
    all_calls("v5.0.0").await;
}
