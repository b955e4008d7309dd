//! Chance that can be had again.

use std::hash::{BuildHasher, RandomState};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// The variable that brings a journey back.
const SEED: &str = "TENANTRY_TEST_SEED";

/// Returns the seed that is asked for, or another each time, and prints it: a test that fails shows what it printed.
pub(in crate::journey) fn seed() -> u64 {
    let given = std::env::var(SEED).ok().map(|seed| seed.parse().expect("a seed is a number"));
    let seed = given.unwrap_or_else(|| RandomState::new().hash_one(SEED));
    println!("{SEED}={seed} asks for the same again");
    seed
}

/// A source of choices that follow from a seed.
pub(in crate::journey) struct Chance(TestRng);

impl Chance {
    /// Begins with the seed that is asked for, or with any.
    pub(super) fn any() -> Self {
        Self::of(seed())
    }

    /// Begins with a seed.
    pub(in crate::journey) fn of(seed: u64) -> Self {
        let bytes = [seed.to_le_bytes(); 4].concat();
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// Returns a number below a bound.
    pub(in crate::journey) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a bound is small");
        usize::try_from(self.0.next_u64() % bound).expect("it is below a small bound")
    }

    /// Tells whether it is the one time in so many.
    pub(in crate::journey) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Picks one of some; `None` if there are none.
    pub(in crate::journey) fn pick<T: Clone>(&mut self, some: &[T]) -> Option<T> {
        (!some.is_empty()).then(|| some[self.below(some.len())].clone())
    }

    /// Picks one of a list that is written down.
    pub(in crate::journey) fn one_of<T, const N: usize>(&mut self, some: [T; N]) -> T {
        some.into_iter().nth(self.below(N)).expect("it is below the length")
    }
}
