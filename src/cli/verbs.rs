//! What verbs have in common: a client for their time, and the form of their output.

use tenantry_domain::ids::PartnerId;

use super::client::Client;
use super::compose::Access;
use super::configuration::Configuration;
use super::failure::Failure;
use super::output::Format;

/// Does a verb's work with a client, and lets go of the client however it ends.
pub(crate) async fn with_client<T>(
    configuration: &Configuration,
    access: Access,
    as_partner: Option<PartnerId>,
    work: impl AsyncFnOnce(&Client) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let client = Client::open(configuration, access, as_partner).await?;
    let result = work(&client).await;
    client.close().await;
    result
}

/// Does the work of a verb that only reads.
pub(crate) async fn reading<T>(
    configuration: &Configuration,
    work: impl AsyncFnOnce(&Client) -> Result<T, Failure>,
) -> Result<T, Failure> {
    with_client(configuration, Access::Read, None, work).await
}

/// Returns the form of data on standard output.
pub(crate) fn format(configuration: &Configuration) -> Format {
    configuration.values.output.unwrap_or_else(Format::fitting)
}

/// Refuses to look for a store on this machine where a server is named.
pub(crate) fn refuse_server(configuration: &Configuration) -> Result<(), Failure> {
    match &configuration.values.url {
        None => Ok(()),
        Some(url) => Err(Failure::Usage(format!(
            "this verb works on the store itself, on its machine, and not through the server {url}: leave out url"
        ))),
    }
}
