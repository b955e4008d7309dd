//! The requests about invitations, as callers write them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{InvitationId, UserId};
use crate::values::{Name, Password, Token};

/// Sends an invitation again, under a new token; the one sent before is void. Also from expired.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResendInvitation {
    /// The invitation.
    pub invitation_id: InvitationId,
}

/// Takes an invitation back: its token is void.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeInvitation {
    /// The invitation.
    pub invitation_id: InvitationId,
}

/// Sends an invitation that nobody has accepted to another user of the partner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RedirectInvitation {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The user of the partner.
    pub user_id: UserId,
}

/// Accepts an invitation (R20–R23). The token alone authorizes; no key is needed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The token of the invitation's link.
    pub token: Token,
    /// Given name of the person.
    pub given_name: Name,
    /// Family name of the person.
    pub family_name: Name,
    /// The password with which the person will sign in.
    pub password: Password,
    /// The IDs of all terms that `GET /api/v1/terms` lists.
    #[schema(max_items = 50)]
    pub accepted_terms: Vec<String>,
}
