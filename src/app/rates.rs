//! How often something may be asked for on this server.

use std::hash::Hash;
use std::num::NonZeroU32;

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tenantry_domain::tenant::TenantId;

use super::Rejection;
use crate::limits::{SEARCHES_A_MINUTE_MAX, SIGN_INS_A_MINUTE_MAX};

/// What is limited, by whom or what it is asked for.
pub struct Rates {
    /// Searches of the directory, by tenant.
    pub(super) searches: Rate<TenantId>,
    /// Attempts to sign in with a password, by organization and keyed hash of the address: guessing takes years.
    pub(super) sign_ins: Rate<(TenantId, String)>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            searches: Rate::a_minute(SEARCHES_A_MINUTE_MAX),
            sign_ins: Rate::a_minute(SIGN_INS_A_MINUTE_MAX),
        }
    }
}

/// A bound for each key, all of which may be used at once and comes back over time.
pub(super) struct Rate<K: Hash + Eq + Clone>(DefaultKeyedRateLimiter<K>);

impl<K: Hash + Eq + Clone> Rate<K> {
    fn a_minute(often: u32) -> Self {
        let often = NonZeroU32::new(often).expect("some are allowed");
        Self(RateLimiter::keyed(Quota::per_minute(often)))
    }

    /// Counts one more, or says when it may be asked for again.
    pub(super) fn check(&self, key: &K) -> Result<(), Rejection> {
        // Those whose bound is whole again are forgotten.
        self.0.retain_recent();
        self.0.check_key(key).map_err(|early| {
            let wait = early.wait_time_from(self.0.clock().now());
            Rejection::TooMany { seconds: wait.as_secs() + 1 }
        })
    }
}
