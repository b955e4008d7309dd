use cqrs_es::test::TestFramework;

use super::{DefineMeter, Meter, MeterCommand, MeterDefined, MeterEvent, MeterKind, MeterRefusal};

fn define(kind: MeterKind) -> MeterCommand {
    let (name, unit) = ("calls.minutes".parse().expect("is a meter"), "minutes".parse().expect("is a name"));
    MeterCommand::Define(DefineMeter { name, kind, unit })
}

fn defined() -> MeterEvent {
    let (meter, unit) = ("calls.minutes".parse().expect("is a meter"), "minutes".parse().expect("is a name"));
    MeterDefined { meter, kind: MeterKind::Sum, unit }.into()
}

#[test]
fn r5_a_meter_is_defined() {
    TestFramework::<Meter>::with(())
        .given_no_previous_events()
        .when(define(MeterKind::Sum))
        .then_expect_events(vec![defined()]);
}

#[test]
fn defining_a_meter_again_changes_nothing() {
    TestFramework::<Meter>::with(())
        .given(vec![defined()])
        .when(define(MeterKind::Sum))
        .then_expect_events(vec![]);
}

#[test]
fn a_meter_keeps_its_kind() {
    TestFramework::<Meter>::with(())
        .given(vec![defined()])
        .when(define(MeterKind::Maximum))
        .then_expect_error(MeterRefusal::DefinedOtherwise("calls.minutes".parse().expect("is a meter")));
}
