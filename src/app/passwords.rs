//! Passwords of people: argon2id, hashed where waiting hurts nobody.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use tenantry_domain::limits::PASSWORD_CHARS_MAX;
use tenantry_domain::values::Password;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::Rejection;
use crate::limits::{PASSWORD_WAIT, PASSWORDS_HASHED_MAX};
use crate::ports::Ids;

/// The hash of a password that nobody has: checked where there is none, so that the time tells nothing.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmU$\
    iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A";

/// Places for hashing, which is made to be dear, where strangers can ask for it.
static SIGNING_IN: Semaphore = Semaphore::const_new(PASSWORDS_HASHED_MAX);

/// Places for those who hold a valid token.
static KEEPING: Semaphore = Semaphore::const_new(PASSWORDS_HASHED_MAX);

/// Waits for a place, first come, first served.
async fn place(places: &'static Semaphore) -> Result<SemaphorePermit<'static>, Rejection> {
    let full = || Rejection::Unavailable("too many people sign in at once; try again in a moment".to_owned());
    let place = tokio::time::timeout(PASSWORD_WAIT, places.acquire()).await.map_err(|_| full())?;
    Ok(place.expect("nobody closes it"))
}

/// Hashes a password under a fresh salt, in the PHC string format.
pub(super) async fn hash(password: &Password, ids: &dyn Ids) -> Result<String, Rejection> {
    let _place = place(&KEEPING).await?;
    let password = password.clone();
    let salt = SaltString::encode_b64(&ids.secret()[..16]).expect("16 bytes are a salt");
    let hash = blocking(move || {
        let hash = Argon2::default().hash_password(password.as_str().as_bytes(), &salt);
        hash.expect("the parameters are argon2's own").to_string()
    });
    Ok(hash.await)
}

/// Tells whether a password is the one behind a hash; takes as long where there is none.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, Rejection> {
    if password.chars().count() > PASSWORD_CHARS_MAX {
        return Ok(false);
    }
    let _place = place(&SIGNING_IN).await?;
    let right = blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let parsed = PasswordHash::new(&hash).expect("it was made here");
        Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known
    });
    Ok(right.await)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}
