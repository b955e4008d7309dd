//! A server as seen from outside: is it there, is it ready, does it take the key.

use super::checks::Check;
use crate::cli::client::{Call, Client};
use crate::cli::compose::Access;
use crate::cli::configuration::Configuration;
use crate::cli::failure::Failure;

/// Looks at the server of the configuration.
pub(super) async fn look(configuration: &Configuration, url: &str) -> Vec<Check> {
    let client = match Client::open(configuration, Access::Read, None).await {
        Ok(client) => client,
        Err(failure) => return vec![Check::fail("server", failure.to_string(), "mend --url or --key")],
    };
    match client.json(&Call::get(&["commands"])).await {
        Ok((_, catalogue)) => {
            let commands = catalogue["items"].as_array().map_or(0, Vec::len);
            vec![
                Check::ok("server", format!("{url} answers")),
                Check::ok("key", format!("it is valid; there are {commands} commands")),
            ]
        }
        Err(Failure::Problem(problem)) if problem.status == 401 => vec![
            Check::ok("server", format!("{url} answers")),
            Check::fail("key", "the server does not take it", "make another with `tenantry key create`"),
        ],
        Err(failure) => {
            let remedy = "start the server, or mend --url; on its machine, look at its log";
            vec![Check::fail("server", failure.to_string(), remedy)]
        }
    }
}
