//! Who may do what: the one table. Every command takes its roles from here, and every route of the interface.
//!
//! Whose object it is, and in which state, is for others. What an administrator of a partner may do, its users may do
//! only where a line says so. An organization's people never see what is a partner's business with it (R25, R26).

use tenantry_domain::role::Role::{
    self, Auditor, Operator, OrgAdmin, OrgUser, PartnerAdmin, PartnerUser, Service,
};

/// Those who may do something.
pub type Roles = &'static [Role];

// Commands.

/// Partners, the directory, licenses, meters: the platform itself.
pub const PLATFORM: Roles = &[Operator];
/// Members and domains of an organization: the operator of any, an administrator of its own.
pub const DIRECTORY: Roles = &[Operator, OrgAdmin];
/// Erasing a person: the operator in any tenant or in all, an administrator among its own organization's people.
pub const ERASURE: Roles = &[Operator, OrgAdmin];
/// Access keys: the operator of any, a partner's administrator of its own partner's.
pub const KEYS: Roles = &[Operator, PartnerAdmin];
/// The roles whose keys the operator alone issues: a partner has none of them.
pub const NO_PARTNERS: Roles = &[Operator, OrgAdmin, OrgUser];
/// Users of a partner, and its branding (R8, R110, R111).
pub const PARTNER: Roles = &[PartnerAdmin];
/// Onboarding templates (R55).
pub const TEMPLATES: Roles = &[PartnerAdmin, Service];
/// Cases; creating, attaching and working with customers; never the organization itself (R2, R6, R25).
pub const SALES: Roles = &[PartnerAdmin, PartnerUser, Service];
/// Approving quotes and rejecting them (R6).
pub const APPROVAL: Roles = &[Operator];
/// Suspending, resuming and ending subscriptions (R6).
pub const SUBSCRIPTIONS: Roles = &[Operator, PartnerAdmin];
/// Asking for billing reports, and deleting them: an operator names the partner (R26).
pub const BILLING: Roles = &[Operator, PartnerAdmin];
/// Removing a customer, and taking an attach back.
pub const REMOVAL: Roles = &[PartnerAdmin, Service];
/// Handing in usage (R5): an operator names the partner.
pub const METERING: Roles = &[Operator, PartnerAdmin, Service];
/// Sending an invitation again and taking it back: the partner, and the organization itself (R24).
pub const INVITING: Roles = &[PartnerAdmin, PartnerUser, Service, OrgAdmin];
/// People of an organization and its settings: its administrators, and a partner where it may look after it (R24, D16).
pub const PEOPLE: Roles = &[PartnerAdmin, PartnerUser, OrgAdmin];
/// Projects and app IDs: all people of the organization, and such a partner (R3).
pub const BELONGINGS: Roles = &[PartnerAdmin, PartnerUser, OrgAdmin, OrgUser];
/// Access to the console of a customer (D16).
pub const CONSOLE: Roles = &[PartnerAdmin, Service];
/// Turning an invitation to another user of the partner: persons only (R16).
pub const REDIRECTING: Roles = &[PartnerAdmin, PartnerUser];
/// Consent, and partners' access to an organization (R73, R83).
pub const CONSENT: Roles = &[OrgAdmin];
/// Searching the directory by an administrator's address (R95, R96).
pub const SEARCHING: Roles = &[Operator, PartnerAdmin, PartnerUser, Service];
/// What nobody does by role: the token of a mail authorizes (R20).
pub const BY_TOKEN: Roles = &[];

// Reads.

/// What is the platform's own.
pub const READ_PLATFORM: Roles = &[Operator];
/// Access keys.
pub const READ_KEYS: Roles = &[Operator, PartnerAdmin, PartnerUser];
/// Cases, customers, templates: the partner's side (R4, R25).
pub const READ_SALES: Roles = &[Operator, PartnerAdmin, PartnerUser, Service, Auditor];
/// Subscriptions: what a partner pays for; never the organization itself (R26).
pub const READ_SUBSCRIPTIONS: Roles = &[Operator, PartnerAdmin, Auditor];
/// Billing reports: the partner's side; never the organization itself (R26).
pub const READ_BILLING: Roles = &[Operator, PartnerAdmin, Auditor];
/// The branding of a customer: its partner's side.
pub const READ_BRANDING: Roles = &[PartnerAdmin, PartnerUser, Service, Auditor];
/// Consents, invitations, activity: the partner's side, and the organization's administrators.
pub const READ_SHARED: Roles = &[Operator, PartnerAdmin, PartnerUser, Service, Auditor, OrgAdmin];
/// Organizations, users, usage, meters: everybody, each its own (R3, R27, R29).
pub const READ_OWN: Roles = &[Operator, PartnerAdmin, PartnerUser, Service, Auditor, OrgAdmin, OrgUser];
/// Projects and app IDs.
pub const READ_BELONGINGS: Roles = &[Operator, PartnerAdmin, PartnerUser, OrgAdmin, OrgUser];
/// The history, and lists and objects as they were at a moment.
pub const READ_HISTORY: Roles = &[Operator, PartnerAdmin, Auditor];
/// Proofs that views follow from events: digests, replays, what is parked.
pub const AUDIT: Roles = &[Operator, Auditor];
