use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;
use uuid::Uuid;

use super::{KeyRing, WrappingKey, WrongKey};
use crate::ports::Ids;

/// Counts instead of drawing: each secret differs from the one before.
#[derive(Default)]
struct Counting(std::sync::atomic::AtomicU8);

impl Ids for Counting {
    fn uuid(&self) -> Uuid {
        Uuid::nil()
    }

    fn secret(&self) -> [u8; 32] {
        [self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed); 32]
    }
}

fn ring(ids: &Counting) -> KeyRing {
    let wrapping = WrappingKey::new([7; 32]);
    let proposed = KeyRing::propose(&wrapping, ids);
    KeyRing::open(wrapping, &proposed).expect("the key fits")
}

#[test]
fn a_store_opens_with_its_own_wrapping_key_only() {
    let proposed = KeyRing::propose(&WrappingKey::new([7; 32]), &Counting::default());
    assert!(matches!(KeyRing::open(WrappingKey::new([8; 32]), &proposed), Err(WrongKey::Other)));
}

#[test]
fn a_wrapping_key_reads_back_from_its_text() {
    let key = WrappingKey::new([9; 32]);
    assert_eq!(WrappingKey::from_text(&key.to_text()).expect("is a key").to_text(), key.to_text());
    assert!(matches!(WrappingKey::from_text("short"), Err(WrongKey::Malformed)));
}

#[test]
fn a_persons_value_opens_under_that_persons_key_alone() {
    let ids = Counting::default();
    let ring = ring(&ids);
    let person = |n| PersonId::from_uuid(Uuid::from_u128(n));
    let (one, wrapped) = ring.new_person_key(TenantId::Platform, person(1), 1, &ids);
    let (other, _) = ring.new_person_key(TenantId::Platform, person(2), 1, &ids);
    let sealed = one.seal(b"value", &ids);
    assert_eq!(one.unseal(&sealed).as_deref(), Some(&b"value"[..]));
    assert_eq!(other.unseal(&sealed), None);
    let read = ring.unwrap_person_key(&wrapped).expect("the wrapping key fits");
    assert_eq!(read.unseal(&sealed).as_deref(), Some(&b"value"[..]));
}

#[test]
fn hashes_differ_by_purpose_and_tenant() {
    let ring = ring(&Counting::default());
    let partner = TenantId::Partner(tenantry_domain::ids::PartnerId::from_uuid(Uuid::nil()));
    let hash = ring.keyed_hash("person", &TenantId::Platform, "a@b.example");
    assert_eq!(hash, ring.keyed_hash("person", &TenantId::Platform, "a@b.example"));
    assert_ne!(hash, ring.keyed_hash("name", &TenantId::Platform, "a@b.example"));
    assert_ne!(hash, ring.keyed_hash("person", &partner, "a@b.example"));
}
