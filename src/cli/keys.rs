//! `tenantry key`: access keys are issued, listed and revoked.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tenantry_domain::role::Role;

use super::compose::Access;
use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{ListOptions, Noun};
use super::write::{fresh_key, give};
use super::{output, verbs};

const KEYS: Noun = Noun {
    path: "keys",
    columns: &[
        ("ID", "/id"),
        ("ROLE", "/role"),
        ("TENANT", "/tenant"),
        ("NAME", "/name"),
        ("CREATED", "/createdAt"),
        ("EXPIRES", "/expiresAt"),
        ("REVOKED", "/revokedAt"),
    ],
};

/// The fields of an order for a key whose flags have other names.
const FLAGS: &[(&str, &str)] =
    &[("partnerId", "--partner"), ("organizationId", "--org"), ("expiresAt", "--expires")];

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyVerb {
    /// Issue a key and print it, once and alone, on standard output
    Create(IssueOptions),
    /// List keys
    List(ListOptions),
    /// Revoke a key: it is refused from then on
    Revoke {
        /// The key's ID, as `key list` shows it
        id: String,
    },
}

/// Options of `key create`.
#[derive(Debug, Clone, Args)]
pub(crate) struct IssueOptions {
    /// What its holder may be
    #[arg(long, value_parser = PossibleValuesParser::new(Role::ALL.map(Role::as_str)))]
    role: String,
    /// The partner it is for; for partner_admin, partner_user, service and auditor
    #[arg(long, value_name = "ID")]
    partner: Option<String>,
    /// The organization it is for; for org_admin and org_user
    #[arg(long, value_name = "ID")]
    org: Option<String>,
    /// E-mail address of the person who holds it
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// A name by which people recognize it [default: its role]
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// When it ends: a day, at whose beginning in UTC it is refused, or a time such as 2030-01-31T12:00:00Z
    #[arg(long, value_name = "DATE", value_parser = end)]
    expires: Option<Timestamp>,
}

impl KeyVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::Create(options) => options.run(configuration).await,
            Self::List(options) => KEYS.list(configuration, &options, []).await,
            Self::Revoke { id } => revoke(configuration, &id).await,
        }
    }
}

impl IssueOptions {
    async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let body = self.body().to_string();
        verbs::with_client(configuration, Access::Write, None, async |client| {
            let given = give(client, "IssueKey", body, &fresh_key()).await;
            let answer = given.map_err(|failure| failure.at_flags(FLAGS))?;
            let field = |name: &str| answer[name].as_str().unwrap_or_default();
            output::text(field("key"))?;
            eprintln!("issued {}; the key itself is shown this once", field("id"));
            Ok(())
        })
        .await
    }

    fn body(self) -> Value {
        let Self { role, partner, org, email, name, expires } = self;
        let name = name.unwrap_or_else(|| role.clone());
        let mut body = json!({ "role": role, "name": name });
        let optional = [
            ("partnerId", partner),
            ("organizationId", org),
            ("email", email),
            ("expiresAt", expires.map(|time| time.to_string())),
        ];
        for (field, value) in optional {
            if let Some(value) = value {
                body[field] = json!(value);
            }
        }
        body
    }
}

async fn revoke(configuration: &Configuration, id: &str) -> Result<(), Failure> {
    let body = json!({ "keyId": id }).to_string();
    verbs::with_client(configuration, Access::Write, None, async |client| {
        let answer = give(client, "RevokeKey", body, &fresh_key()).await?;
        output::one(verbs::format(configuration), &answer)?;
        Ok(())
    })
    .await
}

/// Reads a time, or a day as its beginning in UTC.
fn end(text: &str) -> Result<Timestamp, String> {
    let day = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    text.parse().ok().or_else(day).ok_or_else(|| "neither a day nor a time".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ends_at_the_beginning_of_a_day_or_at_a_time() {
        assert_eq!(end("2030-01-31").map(|time| time.to_string()), Ok("2030-01-31T00:00:00Z".to_owned()));
        assert_eq!(
            end("2030-01-31T12:00:00+02:00").map(|time| time.to_string()),
            Ok("2030-01-31T10:00:00Z".to_owned())
        );
        assert!(end("soon").is_err());
    }
}
