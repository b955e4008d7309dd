//! How events that were stored in an earlier shape are read in the present one.
//!
//! What is stored never changes. A step lifts what one version of an event says into the next, one to one; steps follow
//! each other up to the version that is written now. Sealed values are carried along as they are: they are bound to
//! tenant, person and generation of the key, and to no version.

use serde_json::{Map, Value};

use crate::terms::AcceptedTerms;

/// The way from one version of an event to the next.
#[derive(Debug)]
pub struct Step {
    /// Stored name of the event.
    pub event_type: &'static str,
    /// The version that is lifted.
    pub from: &'static str,
    /// The version that it becomes.
    pub to: &'static str,
    lift: fn(&mut Map<String, Value>),
}

/// Every step, in the order of versions.
pub const STEPS: &[Step] = &[
    Step { event_type: "invitation.terms_accepted", from: "1", to: "2", lift: split_terms },
    Step { event_type: "organization.created", from: "1", to: "2", lift: unchanged },
    Step { event_type: "organization.license_set", from: "1", to: "2", lift: unchanged },
];

fn next(event_type: &str, version: &str) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.event_type == event_type && step.from == version)
}

/// Returns the version as which an event of a stored version is read; `None` where it is that of now.
pub fn read_as(event_type: &str, version: &str) -> Option<&'static str> {
    std::iter::successors(next(event_type, version), |step| next(event_type, step.to))
        .last()
        .map(|step| step.to)
}

/// Lifts a stored payload, `{"stored.name":{…}}`, to the shape of now; returns its version unless it has that shape.
pub fn lift(event_type: &str, version: &str, payload: &mut Value) -> Option<&'static str> {
    let mut reached = None;
    while let Some(step) = next(event_type, reached.unwrap_or(version)) {
        if let Some(body) = payload.get_mut(event_type).and_then(Value::as_object_mut) {
            (step.lift)(body);
        }
        reached = Some(step.to);
    }
    reached
}

/// The later version has further fields that may be absent.
fn unchanged(_: &mut Map<String, Value>) {}

/// `terms`, each a text of document and version, became `accepted`, each with both by name.
///
/// A text that is no such pair was never stored; it stays, so that the event is refused rather than misread.
fn split_terms(body: &mut Map<String, Value>) {
    let Some(Value::Array(terms)) = body.remove("terms") else { return };
    let split = |term: Value| {
        let parts = term.as_str().and_then(AcceptedTerms::of);
        parts.map_or(term, |AcceptedTerms { document, version }| {
            serde_json::json!({ "document": document, "version": version })
        })
    };
    body.insert("accepted".to_owned(), terms.into_iter().map(split).collect());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::invitation::InvitationEvent;

    const ACCEPTED: &str = "invitation.terms_accepted";

    fn stored(terms: &Value) -> Value {
        json!({ ACCEPTED: { "invitationId": "inv_0000000000000000000000000n", "terms": terms } })
    }

    #[test]
    fn accepted_terms_are_read_by_document_and_version() {
        let mut payload = stored(&json!(["terms-of-service@2026-01-01", "privacy-policy@2026-01-01"]));

        assert_eq!(lift(ACCEPTED, "1", &mut payload), Some("2"));

        let accepted = json!([
            { "document": "terms-of-service", "version": "2026-01-01" },
            { "document": "privacy-policy", "version": "2026-01-01" },
        ]);
        assert_eq!(payload[ACCEPTED]["accepted"], accepted);
        assert!(payload[ACCEPTED].get("terms").is_none());
        assert!(serde_json::from_value::<InvitationEvent>(payload).is_ok());
    }

    #[test]
    fn what_was_never_stored_is_refused_and_not_misread() {
        let mut payload = stored(&json!(["terms-of-service"]));

        lift(ACCEPTED, "1", &mut payload);

        assert!(serde_json::from_value::<InvitationEvent>(payload).is_err());
    }

    #[test]
    fn what_is_written_now_is_left_as_it_is() {
        for (event_type, version) in [(ACCEPTED, "2"), ("case.created", "1"), ("unknown", "1")] {
            let mut payload = json!({ event_type: { "terms": ["a@b"] } });
            let before = payload.clone();
            assert_eq!((lift(event_type, version, &mut payload), read_as(event_type, version)), (None, None));
            assert_eq!(payload, before);
        }
    }

    #[test]
    fn sealed_values_are_carried_along_as_they_are() {
        let sealed = json!({ "sealed": "XC20P.per_00000000000000000000000001.1.AAAA" });
        for step in STEPS {
            let mut payload = json!({ step.event_type: { "email": sealed, "nested": [{ "name": sealed }] } });
            lift(step.event_type, step.from, &mut payload);
            let body = &payload[step.event_type];
            assert_eq!((&body["email"], &body["nested"][0]["name"]), (&sealed, &sealed), "{step:?}");
        }
    }

    #[test]
    fn steps_follow_each_other_by_one_version() {
        for step in STEPS {
            let (from, to): (u32, u32) =
                (step.from.parse().expect("a number"), step.to.parse().expect("a number"));
            assert_eq!(to, from + 1, "{step:?}");
            assert_eq!(
                STEPS.iter().filter(|it| (it.event_type, it.from) == (step.event_type, step.from)).count(),
                1
            );
            assert_eq!(read_as(step.event_type, step.from).map(|last| last >= step.to), Some(true));
        }
    }
}
