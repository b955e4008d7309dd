//! One type per kind of thing, so that a case is never mistaken for a quote.
//!
//! An ID is a prefix and a UUID in base32, for example `cust_01j9zk3y6ve1ar1tq1h7b0m2c5` (`TypeID` 0.3). IDs are made
//! by the `Ids` port of the root package; this module only names, parses and prints them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use type_safe_id::{StaticType, TypeSafeId};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use uuid::Uuid;

/// The error of a text that is not an ID of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ID of the form {expected}_… : {given:?}")]
pub struct InvalidId {
    expected: &'static str,
    given: String,
}

/// The schema of an ID: a string with its prefix and 26 characters of base32.
fn id_schema(prefix: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::Custom(format!("id:{prefix}"))))
        .pattern(Some(format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$")))
        .into()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $tag:ident $prefix:literal;)*) => {$(
        #[doc(hidden)]
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $tag;

        impl StaticType for $tag {
            const TYPE: &'static str = $prefix;
        }

        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(TypeSafeId<$tag>);

        impl $name {
            /// The prefix of its text form.
            pub const PREFIX: &'static str = $prefix;

            /// Names the thing that a UUID stands for.
            pub fn from_uuid(uuid: Uuid) -> Self {
                Self(TypeSafeId::from_uuid(uuid))
            }

            /// Returns the UUID behind the prefix.
            pub fn uuid(&self) -> Uuid {
                self.0.uuid()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| InvalidId { expected: $prefix, given: text.to_owned() })
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                id_schema($prefix)
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

ids! {
    /// A partner, and the tenant that it is.
    PartnerId PartnerTag "ptr";
    /// An onboarding template.
    TemplateId TemplateTag "tmpl";
    /// An organization, and the tenant that it is.
    OrganizationId OrganizationTag "org";
    /// The relationship of a partner and an organization.
    CustomerId CustomerTag "cust";
    /// A place of a customer to call from.
    LocationId LocationTag "loc";
    /// A person provisioned in a customer.
    SubscriberId SubscriberTag "sbr";
    /// A partner's container of sales for one prospective customer.
    CaseId CaseTag "case";
    /// A priced offer under a case.
    QuoteId QuoteTag "quo";
    /// What an accepted quote starts.
    SubscriptionId SubscriptionTag "sbn";
    /// The offer to a person to become a member of an organization.
    InvitationId InvitationTag "inv";
    /// A project of an organization.
    ProjectId ProjectTag "prj";
    /// An app ID of an organization.
    AppId AppTag "app";
    /// A user of a partner or a member of an organization; the same UUID as the person behind it.
    UserId UserTag "usr";
    /// A password of a person, kept outside the ledger.
    CredentialId CredentialTag "cred";
    /// A domain name, derived from the name itself.
    DomainId DomainTag "dom";
    /// A search of the directory.
    DirectorySearchId DirectorySearchTag "srch";
    /// A person about whom personal data is held; the subject of a key.
    PersonId PersonTag "per";
    /// An access key.
    AccessKeyId AccessKeyTag "key";
    /// One asynchronous piece of work.
    OperationId OperationTag "op";
    /// One event of the ledger.
    EventId EventTag "evt";
    /// One task of a process.
    TaskId TaskTag "task";
    /// A report of billing.
    ReportId ReportTag "rep";
}

impl From<PersonId> for UserId {
    fn from(person: PersonId) -> Self {
        Self::from_uuid(person.uuid())
    }
}

impl From<UserId> for PersonId {
    fn from(user: UserId) -> Self {
        Self::from_uuid(user.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = CustomerId::from_uuid(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let partner = PartnerId::from_uuid(Uuid::from_u128(7)).to_string();
        assert!(partner.parse::<CustomerId>().is_err());
    }
}
