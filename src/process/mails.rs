//! What mails say. A mail carries the template's brand name, and never more than its reader needs (R14, R48).

use crate::ports::Letter;
use tenantry_domain::process::attach_organization::AdministratorMail;
use tenantry_domain::process::invite_person::InvitationMail;
use tenantry_domain::process::settle_subscriber::MoveMail;

/// The invitation to an organization (R16–R20).
pub(super) fn invitation(mail: &InvitationMail, link: &str) -> Letter {
    let greeting = mail.name.as_ref().and_then(|name| name.value());
    let greeting = greeting.map_or_else(|| "Hello".to_owned(), |name| format!("Hello {}", name.as_str()));
    let brand = mail.brand_name.as_str();
    let text = format!(
        "{greeting},\n\n\
        you are invited to the organization {name}.\n\n\
        Organization ID: {id}\n\
        Keep it: you need it whenever you sign in.\n\n\
        Get started: {link}\n\n\
        The link is valid until {until}.\n\n\
        {brand}\n",
        name = mail.organization_name.as_str(),
        id = mail.organization_id,
        until = mail.expires_at,
    );
    Letter { from: brand.to_owned(), subject: format!("Welcome to {brand}"), text }
}

/// The question whether a partner may attach the organization (R73).
pub(super) fn consent(mail: &AdministratorMail, link: &str) -> Letter {
    let (partner, organization) = (mail.partner_name.as_str(), mail.organization_name.as_str());
    let brand = mail.brand_name.as_str();
    let text = format!(
        "Hello,\n\n\
        {partner} asks to provide {brand} to your organization {organization} ({id}).\n\n\
        Your settings, licenses and the way in which your users sign in stay as they are.\n\n\
        Agree or decline: {link}\n\n\
        {brand}\n",
        id = mail.organization_id,
    );
    Letter { from: brand.to_owned(), subject: format!("{partner} asks for your consent"), text }
}

/// The request of a partner for full access (R82).
pub(super) fn full_access(mail: &AdministratorMail, link: &str) -> Letter {
    let (partner, organization) = (mail.partner_name.as_str(), mail.organization_name.as_str());
    let brand = mail.brand_name.as_str();
    let text = format!(
        "Hello,\n\n\
        {partner} provides {brand} to your organization {organization} ({id}) and asks for full access to it.\n\n\
        To agree, sign in and add {partner} ({partner_id}) as an external administrator: {link}\n\n\
        {brand}\n",
        id = mail.organization_id,
        partner_id = mail.partner_id,
    );
    Letter { from: brand.to_owned(), subject: format!("{partner} asks for full access"), text }
}

/// The question whether a person moves to a customer's organization.
pub(super) fn consent_move(mail: &MoveMail, link: &str) -> Letter {
    let greeting = mail.first_name.value();
    let greeting = greeting.map_or_else(|| "Hello".to_owned(), |name| format!("Hello {}", name.as_str()));
    let (customer, brand) = (mail.customer_name.as_str(), mail.brand_name.as_str());
    let text = format!(
        "{greeting},\n\n\
        {customer} wants to provide {brand} to you. Your address belongs to another organization now.\n\n\
        If you agree, you move to {customer}, and leave the other organization.\n\n\
        Agree: {link}\n\n\
        If you do not, there is nothing to do.\n\n\
        {brand}\n",
    );
    Letter { from: brand.to_owned(), subject: format!("{customer} asks you to move"), text }
}
