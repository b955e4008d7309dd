use cqrs_es::Aggregate;
use cqrs_es::test::TestFramework;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Authentication, CreateTemplate, EditTemplate, ProvisioningId, Settings, SignInMethod, Template,
    TemplateCommand, TemplateCreated, TemplateEvent, TemplateKind, TemplateRefusal, TemplateWarning,
};
use crate::ids::{PartnerId, PersonId, TemplateId};
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::stream::Decide;

fn id() -> TemplateId {
    TemplateId::from_uuid(Uuid::from_u128(1))
}

fn partner() -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(2))
}

fn person() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(3))
}

fn request() -> CreateTemplate {
    serde_json::from_value(serde_json::json!({
        "name": "Standard", "kind": "wholesale", "serviceProviderAdmin": "admin@resale.example",
        "country": "DE", "language": "de-DE", "subscription": "S-100",
        "authentication": {"method": "builtin"}, "brandName": "Example Voice",
    }))
    .expect("is a request")
}

fn with_authentication(method: SignInMethod, entity_id: Option<&str>) -> CreateTemplate {
    let entity_id = entity_id.map(|text| text.parse().expect("is an entity ID"));
    CreateTemplate { authentication: Authentication { method, entity_id }, ..request() }
}

fn create(data: CreateTemplate) -> TemplateCommand {
    TemplateCommand::Create {
        id: id(),
        partner_id: partner(),
        data: Box::new(data),
        administrator: person(),
        partner_active: true,
    }
}

fn created() -> TemplateCreated {
    let data = request();
    TemplateCreated {
        template_id: id(),
        partner_id: partner(),
        provisioning_id: ProvisioningId::from_template(id()),
        service_provider_admin: Personal::open(person(), data.service_provider_admin),
        settings: Settings {
            name: data.name,
            kind: data.kind,
            country: data.country,
            language: data.language,
            brand_name: data.brand_name,
            subscription: data.subscription,
            authentication: data.authentication,
            pstn_provider: None,
            allow_admin_invite_on_attach: false,
            allow_internal_calls: Some(false),
            default: false,
        },
        warnings: vec![],
    }
}

fn decided(data: CreateTemplate) -> TemplateCreated {
    let events = Template::default().decide(create(data)).expect("is allowed");
    let [TemplateEvent::Created(created)] = &events[..] else { panic!("it is one event: {events:?}") };
    created.clone()
}

fn refuses(data: CreateTemplate, refusal: TemplateRefusal) {
    TestFramework::<Template>::with(())
        .given_no_previous_events()
        .when(create(data))
        .then_expect_error(refusal);
}

#[test]
fn r40_r49_r50_a_template_is_created_with_its_provisioning_id_and_defaults() {
    TestFramework::<Template>::with(())
        .given_no_previous_events()
        .when(create(request()))
        .then_expect_events(vec![created().into()]);
}

#[test]
fn a_template_is_created_once() {
    TestFramework::<Template>::with(())
        .given(vec![created().into()])
        .when(create(request()))
        .then_expect_error(TemplateRefusal::AlreadyExists(id()));
}

#[test]
fn a_suspended_partner_creates_no_template() {
    let command = TemplateCommand::Create {
        id: id(),
        partner_id: partner(),
        data: Box::new(request()),
        administrator: person(),
        partner_active: false,
    };
    TestFramework::<Template>::with(())
        .given_no_previous_events()
        .when(command)
        .then_expect_error(TemplateRefusal::PartnerSuspended(partner()));
}

#[test]
fn r42_a_telephone_provider_is_taken_with_a_warning() {
    let pstn_provider = Some("Example Telecom".parse().expect("is a name"));
    let created = decided(CreateTemplate { pstn_provider, ..request() });
    assert_eq!(created.warnings, [TemplateWarning::PstnProviderInTemplate]);
}

#[test]
fn r44_the_built_in_method_takes_no_entity_id() {
    refuses(
        with_authentication(SignInMethod::Builtin, Some("https://idp.example")),
        TemplateRefusal::EntityIdNotAllowed,
    );
}

#[test]
fn r45_saml_needs_an_entity_id() {
    let refusal = TemplateRefusal::EntityIdMissing(SignInMethod::Saml);
    assert_eq!(refusal.rules(), ["R45"]);
    refuses(with_authentication(SignInMethod::Saml, None), refusal);
    let created = decided(with_authentication(SignInMethod::Saml, Some("https://idp.example")));
    assert_eq!(created.settings.authentication.method, SignInMethod::Saml);
}

#[test]
fn r46_openid_connect_needs_an_entity_id() {
    let refusal = TemplateRefusal::EntityIdMissing(SignInMethod::Oidc);
    assert_eq!(refusal.rules(), ["R46"]);
    refuses(with_authentication(SignInMethod::Oidc, None), refusal);
    let created = decided(with_authentication(SignInMethod::Oidc, Some("example-idp")));
    assert_eq!(created.settings.authentication.method, SignInMethod::Oidc);
}

#[test]
fn r51_only_wholesale_and_broadworks_templates_have_internal_calls() {
    for (kind, given, expected) in [
        (TemplateKind::Wholesale, Some(true), Some(true)),
        (TemplateKind::Broadworks, None, Some(false)),
        (TemplateKind::SubRealm, None, None),
    ] {
        let created = decided(CreateTemplate { kind, allow_internal_calls: given, ..request() });
        assert_eq!(created.settings.allow_internal_calls, expected);
    }
    for given in [true, false] {
        refuses(
            CreateTemplate { kind: TemplateKind::SubRealm, allow_internal_calls: Some(given), ..request() },
            TemplateRefusal::InternalCallsNotOffered,
        );
    }
}

#[test]
fn an_unknown_field_is_refused() {
    let mut body = serde_json::to_value(request()).expect("is JSON");
    body["brandname"] = "Example".into();
    assert!(serde_json::from_value::<CreateTemplate>(body).is_err());
}

fn edit(change: impl FnOnce(&mut EditTemplate)) -> TemplateCommand {
    let mut data: EditTemplate = serde_json::from_value(serde_json::json!({
        "provisioningId": ProvisioningId::from_template(id()), "name": "Standard",
        "serviceProviderAdmin": "admin@resale.example", "country": "DE", "language": "de-DE",
        "subscription": "S-100", "authentication": {"method": "builtin"}, "brandName": "Example Voice",
    }))
    .expect("is a request");
    change(&mut data);
    let known = Some(Box::new(created().settings));
    TemplateCommand::Edit { data: Box::new(data), administrator: person(), partner_active: true, known }
}

#[test]
fn r35_r52_every_setting_but_the_kind_is_set_anew() {
    let template = stored(vec![created().into()]);
    let events = template
        .decide(edit(|data| {
            data.name = "Large".parse().expect("is a name");
            data.allow_admin_invite_on_attach = Some(true);
            data.pstn_provider = Some("Example Telecom".parse().expect("is a name"));
        }))
        .expect("is allowed");
    let [TemplateEvent::Edited(edited)] = &events[..] else { panic!("it is one event: {events:?}") };
    assert_eq!(edited.warnings, [TemplateWarning::PstnProviderInTemplate], "R42");
    let before = created().settings;
    assert_eq!((edited.settings.kind, &edited.settings.country), (before.kind, &before.country));
    assert!(edited.settings.allow_admin_invite_on_attach, "R85");
    assert_eq!(
        stored(vec![created().into(), edited.clone().into()]).created.map(|it| it.settings),
        Some(edited.settings.clone())
    );
}

#[test]
fn an_edit_is_checked_like_a_new_template() {
    let template = stored(vec![created().into()]);
    let refused = template.decide(edit(|data| data.authentication.method = SignInMethod::Saml));
    assert_eq!(refused, Err(TemplateRefusal::EntityIdMissing(SignInMethod::Saml)));
}

#[test]
fn a_template_that_changed_meanwhile_is_prepared_again() {
    let mut other = created();
    other.settings.name = "Another".parse().expect("is a name");
    let template = stored(vec![other.into()]);
    assert_eq!(template.decide(edit(|_| {})), Err(TemplateRefusal::Changed));
}

#[test]
fn r34_a_retired_template_takes_part_in_nothing_new() {
    let known = || Some(Box::new(created().settings));
    let template = stored(vec![created().into()]);
    let events = template.decide(TemplateCommand::Retire { known: known() }).expect("is allowed");
    let retired = stored([vec![created().into()], events].concat());
    assert!(!retired.is_active());
    assert_eq!(retired.decide(TemplateCommand::Retire { known: known() }), Ok(vec![]));
    assert_eq!(retired.decide(edit(|_| {})), Err(TemplateRefusal::Retired));
    let missing = Template::default().decide(TemplateCommand::Retire { known: None });
    assert_eq!(missing, Err(TemplateRefusal::NotFound));
}

fn stored(events: Vec<TemplateEvent>) -> Template {
    let mut template = Template::default();
    for event in events {
        template.apply(event);
    }
    template
}

/// What a template is asked; an edit or a retirement may have been prepared for other settings than it has.
#[derive(Debug, Clone)]
enum Move {
    Create(Box<CreateTemplate>),
    Edit(Box<EditTemplate>, bool),
    Retire(bool),
}

fn any_authentication() -> impl Strategy<Value = Authentication> {
    let methods = vec![SignInMethod::Builtin, SignInMethod::Saml, SignInMethod::Oidc];
    (proptest::sample::select(methods), any::<bool>()).prop_map(|(method, named)| Authentication {
        method,
        entity_id: named.then(|| "https://idp.example".parse().expect("is an entity ID")),
    })
}

fn any_move() -> impl Strategy<Value = Move> {
    let kinds = vec![TemplateKind::Wholesale, TemplateKind::Broadworks, TemplateKind::SubRealm];
    let create = (proptest::sample::select(kinds), any_authentication(), any::<Option<bool>>());
    let edited = (any_authentication(), any::<Option<bool>>(), any::<bool>());
    prop_oneof![
        create.prop_map(|(kind, authentication, allow_internal_calls)| {
            Move::Create(Box::new(CreateTemplate { kind, authentication, allow_internal_calls, ..request() }))
        }),
        edited.prop_map(|(authentication, allow_internal_calls, fresh)| {
            let TemplateCommand::Edit { mut data, .. } = edit(|_| {}) else { unreachable!("it is an edit") };
            data.authentication = authentication;
            data.allow_internal_calls = allow_internal_calls;
            Move::Edit(data, fresh)
        }),
        any::<bool>().prop_map(Move::Retire),
    ]
}

proptest! {
    #[test]
    fn whatever_a_template_is_asked_its_ids_and_its_kind_stay_and_a_retired_one_rests(
        moves in proptest::collection::vec(any_move(), 0..40),
    ) {
        let mut template = Template::default();
        let mut first = None;
        for one in moves {
            let now = template.created.as_ref().map(|created| Box::new(created.settings.clone()));
            let other = Some(Box::new(Settings { name: "Another".parse().expect("is a name"), ..created().settings }));
            let known = |fresh: bool| if fresh { now.clone() } else { other.clone() };
            let command = match one {
                Move::Create(data) => create(*data),
                Move::Edit(data, fresh) => TemplateCommand::Edit {
                    data,
                    administrator: person(),
                    partner_active: true,
                    known: known(fresh),
                },
                Move::Retire(fresh) => TemplateCommand::Retire { known: known(fresh) },
            };
            let retired = template.created.as_ref().is_some_and(|created| created.retired);
            let decided = template.decide(command.clone());
            prop_assert_eq!(&decided, &template.decide(command), "deciding twice is deciding once");
            let events = decided.unwrap_or_default();
            prop_assert!(!retired || events.is_empty(), "a retired template rests");
            for event in events {
                template.apply(event);
            }
            let Some(created) = &template.created else { continue };
            let stays = (created.id, created.provisioning_id, created.settings.kind);
            prop_assert_eq!(first.get_or_insert(stays), &stays);
            let Authentication { method, entity_id } = &created.settings.authentication;
            prop_assert_eq!(*method == SignInMethod::Builtin, entity_id.is_none(), "R44 to R46");
            let offered = created.settings.kind.has_internal_calls();
            prop_assert_eq!(created.settings.allow_internal_calls.is_some(), offered, "R50, R51");
        }
    }
}
