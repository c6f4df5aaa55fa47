//! Reading several services before something is done to them.

use crate::api::Client;
use crate::api::services::{self as calls, ServiceDetail};
use crate::route::EnvironmentRef;
use futures_util::StreamExt;
use futures_util::stream;

/// Services read at once.
const AT_ONCE: usize = 4;

/// Each service as it is now; `None` for one that could not be read.
pub(crate) async fn read_all(
    client: Client,
    at: EnvironmentRef,
    names: Vec<String>,
) -> Vec<(String, Option<ServiceDetail>)> {
    stream::iter(names)
        .map(|name| {
            let (client, at) = (client.clone(), at.clone());
            async move {
                let call = calls::get(at.family, &at.project, &at.key, &name, None);
                let detail = client.send(call).await.ok();
                (name, detail)
            }
        })
        .buffered(AT_ONCE)
        .collect()
        .await
}
