//! One event of every type on the way of a case, an invitation and an attach.

use serde_json::{Value, json};
use tenantry_domain::case::CaseEvent;
use tenantry_domain::customer::CustomerEvent;
use tenantry_domain::directory_search::DirectorySearchEvent;
use tenantry_domain::domain_name::DomainEvent;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{
    AppId, CaseId, CredentialId, CustomerId, DirectorySearchId, InvitationId, OperationId, OrganizationId,
    PartnerId, PersonId, ProjectId, QuoteId, SubscriptionId, TemplateId, UserId,
};
use tenantry_domain::invitation::InvitationEvent;
use tenantry_domain::organization::OrganizationEvent;
use tenantry_domain::partner::PartnerEvent;
use tenantry_domain::person::PersonEvent;
use tenantry_domain::quote::QuoteEvent;
use tenantry_domain::subscription::SubscriptionEvent;
use tenantry_domain::template::{ProvisioningId, TemplateEvent};
use uuid::Uuid;

use super::samples::{Sample, address, settings};

fn number(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Reads an event from its stored form, so that a sample cannot have a field that the event lacks.
pub(super) fn sample<E: EventSet>(name: &str, data: &Value) -> Sample {
    let event: E = serde_json::from_value(json!({ name: data })).expect("the sample is an event");
    let sample = Sample::of(&event);
    assert_eq!(sample.payload[name], *data, "{name} holds exactly what the sample says");
    sample
}

pub(super) fn sealed() -> Value {
    json!({ "sealed": "XC20P.per_00000000000000000000000001.1.bm90IGEgcmVhbCBjaXBoZXJ0ZXh0" })
}

fn contact() -> Value {
    json!({ "name": sealed(), "email": sealed() })
}

pub(super) fn partner() -> Value {
    json!(PartnerId::from_uuid(number(2)))
}

pub(super) fn organization() -> Value {
    json!(OrganizationId::from_uuid(number(5)))
}

pub(super) fn customer() -> Value {
    json!(CustomerId::from_uuid(number(6)))
}

pub(super) fn operation() -> Value {
    json!(OperationId::from_uuid(number(7)))
}

fn user() -> Value {
    json!(UserId::from_uuid(number(1)))
}

fn case() -> Value {
    json!(CaseId::from_uuid(number(20)))
}

fn invitation() -> Value {
    json!(InvitationId::from_uuid(number(21)))
}

fn template() -> (Value, Value) {
    let id = TemplateId::from_uuid(number(4));
    (json!(id), json!(ProvisioningId::from_template(id)))
}

/// Puts more fields to some.
pub(super) fn with(mut base: Value, more: &Value) -> Value {
    let fields = base.as_object_mut().expect("is an object");
    fields.extend(more.as_object().expect("is an object").clone());
    base
}

/// Returns the samples.
pub(super) fn samples() -> Vec<Sample> {
    [
        partners(),
        cases(),
        organizations(),
        people(),
        attaches(),
        customers(),
        invitations(),
        domains(),
        searches(),
        templates(),
        quotes(),
        subscriptions(),
        persons(),
    ]
    .concat()
}

fn partners() -> Vec<Sample> {
    let base = json!({ "partnerId": partner(), "userId": user() });
    let role = json!({ "role": "partner_user" });
    let branding = json!({
        "partnerId": partner(),
        "branding": {
            "brandName": "Example Voice", "logoUrl": "https://resale.example/logo.svg", "primaryColor": "#1a6b3c",
        },
    });
    let added = with(with(base.clone(), &role), &contact());
    vec![
        sample::<PartnerEvent>("partner.user_added", &added),
        sample::<PartnerEvent>("partner.user_role_changed", &with(base.clone(), &role)),
        sample::<PartnerEvent>("partner.user_removed", &base),
        sample::<PartnerEvent>("partner.branding_set", &branding),
        sample::<PartnerEvent>("partner.suspended", &json!({ "partnerId": partner() })),
        sample::<PartnerEvent>("partner.reactivated", &json!({ "partnerId": partner() })),
    ]
}

fn cases() -> Vec<Sample> {
    let (template_id, provisioning_id) = template();
    let base = json!({ "caseId": case() });
    let work = with(base.clone(), &json!({ "operationId": operation() }));
    let made = json!({ "organizationId": organization(), "customerId": customer() });
    let created = json!({
        "caseId": case(), "partnerId": partner(), "companyName": "Example Retail", "country": "DE",
        "address": address(), "indicativeContact": contact(), "phone": sealed(), "primaryContact": contact(),
    });
    let requested = json!({
        "caseId": case(), "partnerId": partner(), "operationId": operation(), "organizationId": organization(),
        "customerId": customer(), "invitationId": invitation(), "companyName": "Example Retail",
        "address": address(), "primaryContact": contact(), "templateId": template_id,
        "provisioningId": provisioning_id, "settings": settings(),
    });
    let errors = json!({ "errors": [{ "code": 1, "description": "away" }] });
    vec![
        sample::<CaseEvent>("case.created", &created),
        sample::<CaseEvent>("case.org_requested", &requested),
        sample::<CaseEvent>("case.org_ready", &with(work.clone(), &made)),
        sample::<CaseEvent>("case.org_failed", &with(work, &errors)),
        sample::<CaseEvent>("case.linked", &with(base.clone(), &made)),
        sample::<CaseEvent>(
            "case.deactivated",
            &with(
                base.clone(),
                &json!({
                    "partnerId": partner(), "organizationId": organization(), "invitationId": invitation(),
                    "reason": "on holiday",
                }),
            ),
        ),
        sample::<CaseEvent>(
            "case.reopened",
            &with(base.clone(), &json!({ "partnerId": partner(), "invitationId": invitation() })),
        ),
        sample::<CaseEvent>("case.quoting_started", &base),
        sample::<CaseEvent>("case.won", &with(base.clone(), &json!({ "quoteId": quote() }))),
        sample::<CaseEvent>("case.lost", &with(base, &json!({ "reason": "bought elsewhere" }))),
    ]
}

fn organizations() -> Vec<Sample> {
    let event = |name: &str, more: Value| {
        let base = json!({ "organizationId": organization() });
        sample::<OrganizationEvent>(&format!("organization.{name}"), &with(base, &more))
    };
    let hash = "a keyed hash";
    let partners = json!({ "partnerId": partner() });
    vec![
        event(
            "registered",
            json!({
                "name": "Example Works", "country": "SE", "userCount": 99, "verifiedDomains": ["works.example"],
                "claimedDomains": ["works.example"], "trial": false,
                "licenses": [{ "package": "webex_meetings", "state": "suspended" }],
                "administrators": [{ "userId": user(), "email": sealed(), "emailHash": hash }],
                "managedBy": [partner()], "authentication": { "method": "saml", "entityId": "https://idp.example" },
                "restrictedMode": true, "basicBranding": true,
            }),
        ),
        event("domain_verified", json!({ "domain": "works.example" })),
        event("domain_claimed", json!({ "domain": "works.example" })),
        event(
            "member_added",
            json!({
                "userId": user(), "role": "org_admin", "email": sealed(), "emailHash": hash,
                "givenName": sealed(), "familyName": sealed(), "credentialId": CredentialId::from_uuid(number(22)),
            }),
        ),
        event("activated", json!({})),
        event("users_counted", json!({ "userCount": 100 })),
        event("grant_given", with(partners.clone(), &json!({ "grant": "provisioning_admin" }))),
        event("grant_revoked", partners.clone()),
        event("restricted_mode_disabled", json!({})),
        event(
            "full_access_requested",
            with(
                partners,
                &json!({
                    "partnerName": "Example Resale", "administrators": [user()], "brandName": "Example Voice",
                    "language": "de", "requestedAt": "2026-01-02T00:00:00Z",
                }),
            ),
        ),
    ]
}

fn people() -> Vec<Sample> {
    let event = |name: &str, more: Value| {
        let base = json!({ "organizationId": organization() });
        sample::<OrganizationEvent>(&format!("organization.{name}"), &with(base, &more))
    };
    let hash = "a keyed hash";
    let project = json!(ProjectId::from_uuid(number(25)));
    vec![
        event(
            "user_invited",
            json!({
                "organizationName": "Example Works", "invitationId": invitation(), "userId": user(),
                "role": "org_user", "email": sealed(), "name": sealed(), "partnerId": partner(),
                "customerId": customer(), "brandName": "Example Voice", "language": "de",
            }),
        ),
        event("member_removed", json!({ "userId": user(), "emailHash": hash })),
        event(
            "role_assigned",
            json!({ "userId": user(), "role": "org_admin", "email": sealed(), "emailHash": hash }),
        ),
        event("role_revoked", json!({ "userId": user(), "role": "org_admin", "emailHash": hash })),
        event("project_created", json!({ "projectId": project, "name": "Telemetry" })),
        event(
            "app_id_created",
            json!({ "appId": AppId::from_uuid(number(26)), "projectId": project, "name": "Collector" }),
        ),
        event("settings_set", json!({ "language": "de", "basicBranding": true })),
    ]
}

fn assessment() -> Value {
    let criteria = ["managed_by_another_partner", "many_users", "verified_domain", "claimed_domain"];
    json!({ "way": "consent", "criteria": criteria, "grant": "full_admin" })
}

fn attaches() -> Vec<Sample> {
    let event = |name: &str, more: Value| {
        let base = json!({
            "organizationId": organization(), "customerId": customer(), "partnerId": partner(),
            "operationId": operation(),
        });
        sample::<OrganizationEvent>(&format!("organization.{name}"), &with(base, &more))
    };
    let asked = json!({ "administrators": [user()], "mailing": 2 });
    vec![
        event(
            "attach_reserved",
            json!({
                "partnerName": "Example Resale", "mayAsk": true, "brandName": "Example Voice", "language": "de",
            }),
        ),
        event("attach_assessed", json!({ "assessment": assessment() })),
        event("attach_approved", json!({})),
        event("attach_refused", json!({ "code": "trial_organization", "reason": "it is on trial" })),
        event(
            "consent_requested",
            with(
                asked.clone(),
                &json!({
                    "criteria": ["many_users"], "requestedAt": "2026-01-02T00:00:00Z",
                    "expiresAt": "2026-02-01T00:00:00Z",
                }),
            ),
        ),
        event("consent_mailed", json!({ "administrator": user(), "mailing": 1 })),
        event("consent_reminded", with(asked.clone(), &json!({ "reminder": 1 }))),
        event("consent_resent", asked),
        event("consent_granted", json!({ "administrator": user() })),
        event("consent_declined", json!({ "administrator": user(), "declinedAt": "2026-01-02T00:00:00Z" })),
        event("consent_expired", json!({})),
        event("consent_superseded", json!({})),
        event("attach_withdrawn", json!({})),
        event(
            "attached",
            json!({
                "name": "Example Works", "licenses": 1, "authentication": { "method": "builtin" },
                "basicBranding": true,
            }),
        ),
    ]
}

fn customers() -> Vec<Sample> {
    let (template_id, provisioning_id) = template();
    let base = json!({ "customerId": customer(), "organizationId": organization() });
    let requested = json!({
        "customerId": customer(), "partnerId": partner(), "partnerName": "Example Resale",
        "organizationId": organization(), "operationId": operation(), "externalId": "customer-17",
        "name": "Example Works", "label": "Works", "address": address(), "packages": ["webex_calling"],
        "limits": { "webex_calling": 25 },
        "location": {
            "name": "Head Office", "address": address(), "timezone": "Europe/Berlin", "language": "de_de",
            "emergencyLocationIdentifier": "floor-2",
        },
        "meetingsTimezone": "Europe/Berlin", "attestation": true, "templateId": template_id,
        "provisioningId": provisioning_id, "settings": settings(), "assessment": assessment(),
    });
    let created = json!({
        "customerId": customer(), "partnerId": partner(), "organizationId": organization(), "caseId": case(),
        "name": "Example Retail", "address": address(), "templateId": template_id,
        "provisioningId": provisioning_id, "settings": settings(),
    });
    let answer = json!({
        "operationId": operation(),
        "answer": {
            "result": "consent_requested", "assessment": assessment(), "expiresAt": "2026-02-01T00:00:00Z",
        },
    });
    let retried = json!({
        "customerId": customer(), "operationId": operation(),
        "steps": ["attach_organization", "provision_package:webex_calling"],
    });
    vec![
        sample::<CustomerEvent>("customer.attach_requested", &requested),
        sample::<CustomerEvent>("customer.attach_answered", &with(base.clone(), &answer)),
        sample::<CustomerEvent>("customer.created", &created),
        sample::<CustomerEvent>("customer.activated", &base),
        sample::<CustomerEvent>(
            "customer.branding_override_set",
            &with(base.clone(), &json!({ "override": true })),
        ),
        sample::<CustomerEvent>(
            "customer.console_access_set",
            &with(base, &json!({ "consoleAccess": true })),
        ),
        sample::<CustomerEvent>("customer.provisioning_retried", &retried),
    ]
}

fn quote() -> Value {
    json!(QuoteId::from_uuid(number(25)))
}

fn subscription() -> Value {
    json!(SubscriptionId::from_uuid(number(26)))
}

fn lines() -> Value {
    json!([{
        "package": "webex_calling", "quantity": 25, "unitPrice": "12.50", "currency": "EUR", "termMonths": 12,
    }])
}

fn location() -> Value {
    json!({ "name": "Head Office", "address": address(), "timezone": "Europe/Berlin", "language": "de_de" })
}

fn quotes() -> Vec<Sample> {
    let event = |name: &str, more: Value| {
        let base = json!({ "quoteId": quote(), "caseId": case() });
        sample::<QuoteEvent>(&format!("quote.{name}"), &with(base, &more))
    };
    let offer = json!({ "partnerId": partner(), "lines": lines(), "validUntil": "2026-02-01T00:00:00Z" });
    let place = json!({ "customerId": customer(), "organizationId": organization() });
    vec![
        event("drafted", with(offer.clone(), &place)),
        event("edited", offer),
        event("submitted", json!({})),
        event("approved", json!({})),
        event("rejected", json!({ "reason": "too cheap" })),
        event(
            "accepted",
            with(
                place,
                &json!({
                    "partnerId": partner(), "operationId": operation(), "subscriptionId": subscription(),
                    "lines": lines(), "location": location(), "acceptedAt": "2026-01-02T00:00:00Z",
                }),
            ),
        ),
        event("fulfilled", json!({})),
        event("declined", json!({ "reason": "too dear" })),
        event("expired", json!({})),
    ]
}

fn subscriptions() -> Vec<Sample> {
    let event = |name: &str, more: Value| {
        let base = json!({ "subscriptionId": subscription(), "customerId": customer() });
        sample::<SubscriptionEvent>(&format!("subscription.{name}"), &with(base, &more))
    };
    let started = json!({
        "partnerId": partner(), "quoteId": quote(), "caseId": case(), "organizationId": organization(),
        "operationId": operation(), "lines": lines(), "location": location(),
        "startedAt": "2026-01-02T00:00:00Z", "endsAt": "2027-01-02T00:00:00Z",
    });
    vec![
        event("started", started),
        event("suspended", json!({ "reason": "unpaid" })),
        event("resumed", json!({})),
        event("cancelled", json!({ "operationId": operation(), "reason": "moved" })),
        event("expired", json!({ "operationId": operation() })),
        event("work_dropped", json!({ "operationId": operation() })),
    ]
}

fn invitations() -> Vec<Sample> {
    let event = |name: &str, more: Value| {
        let base = json!({ "invitationId": invitation(), "partnerId": partner() });
        sample::<InvitationEvent>(&format!("invitation.{name}"), &with(base, &more))
    };
    let renewed = json!({ "generation": 2, "expiresAt": "2026-01-15T00:00:00Z" });
    let place = json!({ "organizationId": organization(), "customerId": customer(), "role": "org_admin" });
    let issued = json!({
        "organizationName": "Example Retail", "caseId": case(), "name": sealed(), "email": sealed(),
        "brandName": "Example Voice", "language": "de",
    });
    let accepted = json!({
        "givenName": sealed(), "familyName": sealed(), "email": sealed(),
        "credentialId": CredentialId::from_uuid(number(22)),
    });
    vec![
        event("issued", with(with(renewed.clone(), &place), &issued)),
        event("sent", json!({ "generation": 1 })),
        event("resent", renewed.clone()),
        event("redirected", with(renewed, &contact())),
        event("revoked", json!({})),
        event("expired", json!({ "generation": 1 })),
        event(
            "terms_accepted",
            json!({ "accepted": [{ "document": "terms-of-service", "version": "2026-01-01" }] }),
        ),
        event("accepted", with(place, &accepted)),
    ]
}

fn domains() -> Vec<Sample> {
    let base = json!({ "organizationId": organization() });
    let reserved = json!({ "domain": "works.example", "reservedUntil": "2026-01-01T01:00:00Z" });
    vec![
        sample::<DomainEvent>("domain.reserved", &with(base.clone(), &reserved)),
        sample::<DomainEvent>("domain.confirmed", &base),
    ]
}

fn searches() -> Vec<Sample> {
    let searched = json!({ "searchId": DirectorySearchId::from_uuid(number(24)), "found": [organization()] });
    vec![sample::<DirectorySearchEvent>("directory.searched", &searched)]
}

fn templates() -> Vec<Sample> {
    let (template_id, _) = template();
    let edited = json!({
        "templateId": template_id, "serviceProviderAdmin": sealed(), "settings": settings(),
        "warnings": ["pstn_provider_in_template"],
    });
    vec![
        sample::<TemplateEvent>("template.edited", &edited),
        sample::<TemplateEvent>("template.retired", &json!({ "templateId": template_id })),
    ]
}

fn persons() -> Vec<Sample> {
    let person = json!(PersonId::from_uuid(number(1)));
    let known = json!([{ "tenantId": organization(), "personId": person }]);
    let order = json!(PersonId::from_uuid(number(31)));
    vec![
        sample::<PersonEvent>("person.erased", &json!({ "tenantId": organization(), "personId": person })),
        sample::<PersonEvent>("person.erasure_ordered", &json!({ "personId": order, "persons": known })),
    ]
}
