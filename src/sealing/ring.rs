//! The wrapping key from the configuration, and the hash key of the store that only it opens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ports::{Ids, WrappedKey};

/// The algorithm of sealed values: XChaCha20-Poly1305 with a random nonce of 24 bytes in front.
pub(super) const ALGORITHM: &str = "XC20P";

const NONCE_BYTES: usize = 24;

/// The key that wraps all others; configuration, shared by all servers of a store.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct WrappingKey([u8; 32]);

impl WrappingKey {
    /// Takes 256 random bits.
    pub fn new(bits: [u8; 32]) -> Self {
        Self(bits)
    }

    /// Reads the text form, base64url of 32 bytes.
    pub fn from_text(text: &str) -> Result<Self, WrongKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| WrongKey::Malformed)?;
        bytes.try_into().map(Self).map_err(|_| WrongKey::Malformed)
    }

    /// Returns the text form.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// The configured key does not fit.
#[derive(Debug, thiserror::Error)]
pub enum WrongKey {
    /// The text is no key.
    #[error("a wrapping key is 32 bytes in base64url: 43 characters")]
    Malformed,
    /// The store was made with another key.
    #[error("the wrapping key is not the one this store was made with")]
    Other,
}

/// Wraps, hashes and seals for one store.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct KeyRing {
    wrapping: WrappingKey,
    hashing: [u8; 32],
}

impl KeyRing {
    /// Makes the sealed hash key of a new store.
    pub fn propose(wrapping: &WrappingKey, ids: &dyn Ids) -> String {
        seal_text(&derived(wrapping), b"hash-key", &ids.secret(), ids)
    }

    /// Opens a store's hash key; fails when the store was made with another wrapping key.
    pub fn open(wrapping: WrappingKey, wrapped_hash_key: &str) -> Result<Self, WrongKey> {
        let plain = unseal_text(&derived(&wrapping), b"hash-key", wrapped_hash_key).ok_or(WrongKey::Other)?;
        let hashing = plain.try_into().map_err(|_| WrongKey::Other)?;
        Ok(Self { wrapping, hashing })
    }

    /// Returns the keyed hash of a text, bound to a purpose and a tenant, in base64url.
    pub fn keyed_hash(&self, purpose: &str, tenant: &TenantId, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(&[
            purpose.as_bytes(),
            tenant.to_string().as_bytes(),
            text.as_bytes(),
        ]))
    }

    /// Returns the fingerprint of a command's name and canonical body.
    pub fn fingerprint(&self, command: &str, body: &[u8]) -> [u8; 32] {
        self.mac(&[b"command", command.as_bytes(), body])
    }

    /// Signs a text for a purpose: a token that cannot be made up, and that needs no place to be kept.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        let signature = self.mac(&[b"token", purpose.as_bytes(), text.as_bytes()]);
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Returns the text of a token that was signed for the purpose.
    pub fn signed<'a>(&self, purpose: &str, token: &'a str) -> Option<&'a str> {
        let (text, signature) = token.rsplit_once('.')?;
        let given = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let right = self.mac(&[b"token", purpose.as_bytes(), text.as_bytes()]);
        bool::from(right.ct_eq(&given)).then_some(text)
    }

    /// Makes a person's next key: open for use now, and wrapped for the store.
    pub fn new_person_key(
        &self,
        tenant_id: TenantId,
        subject: PersonId,
        generation: u32,
        ids: &dyn Ids,
    ) -> (PersonKey, WrappedKey) {
        let bits = ids.secret();
        let place = place(&tenant_id, &subject, generation);
        let wrapped_key = seal_text(&derived(&self.wrapping), &place, &bits, ids);
        let algorithm = ALGORITHM.to_owned();
        (
            PersonKey { generation, bits, place },
            WrappedKey { tenant_id, subject, generation, algorithm, wrapped_key },
        )
    }

    /// Unwraps a person's key.
    pub(super) fn unwrap_person_key(&self, key: &WrappedKey) -> Option<PersonKey> {
        let place = place(&key.tenant_id, &key.subject, key.generation);
        let plain = unseal_text(&derived(&self.wrapping), &place, &key.wrapped_key)?;
        Some(PersonKey { generation: key.generation, bits: plain.try_into().ok()?, place })
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac =
            <Hmac<Sha256> as Mac>::new_from_slice(&self.hashing).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// An open key of a person.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PersonKey {
    pub(super) generation: u32,
    bits: [u8; 32],
    place: Vec<u8>,
}

impl PersonKey {
    /// Seals bytes so that only this key of this person in this tenant opens them.
    pub(super) fn seal(&self, plain: &[u8], ids: &dyn Ids) -> String {
        seal_text(&self.bits, &self.place, plain, ids)
    }

    /// Opens what [`Self::seal`] made.
    pub(super) fn unseal(&self, body: &str) -> Option<Vec<u8>> {
        unseal_text(&self.bits, &self.place, body)
    }
}

/// The wrapping key proper: the configured bits are never used as a cipher's key themselves.
fn derived(wrapping: &WrappingKey) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, &wrapping.0)
        .expand(b"tenantry wrap v1", &mut key)
        .expect("32 bytes are within HKDF's bound");
    key
}

/// What a person's key is bound to.
fn place(tenant: &TenantId, subject: &PersonId, generation: u32) -> Vec<u8> {
    format!("{ALGORITHM}.{tenant}.{subject}.{generation}").into_bytes()
}

fn seal_text(key: &[u8; 32], aad: &[u8], plain: &[u8], ids: &dyn Ids) -> String {
    let nonce: [u8; NONCE_BYTES] =
        ids.secret()[..NONCE_BYTES].try_into().expect("a secret is longer than a nonce");
    let sealed = XChaCha20Poly1305::new(Key::from_slice(key))
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad })
        .expect("a value is far below the cipher's bound");
    URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())
}

fn unseal_text(key: &[u8; 32], aad: &[u8], text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (nonce, msg) = bytes.split_at_checked(NONCE_BYTES)?;
    XChaCha20Poly1305::new(Key::from_slice(key)).decrypt(XNonce::from_slice(nonce), Payload { msg, aad }).ok()
}
