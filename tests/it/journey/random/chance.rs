//! Chance that can be had again.

use std::hash::{BuildHasher, RandomState};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// The variable that brings a journey back.
const SEED: &str = "TENANTRY_TEST_SEED";

/// A source of choices that follow from a seed.
pub(super) struct Chance(TestRng);

impl Chance {
    /// Begins with another seed each time, and prints it: a test that fails shows what it printed.
    pub(super) fn any() -> Self {
        let given = std::env::var(SEED).ok().map(|seed| seed.parse().expect("a seed is a number"));
        let seed: u64 = given.unwrap_or_else(|| RandomState::new().hash_one(SEED));
        println!("{SEED}={seed} asks for the same again");
        let bytes = [seed.to_le_bytes(); 4].concat();
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// Returns a number below a bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a bound is small");
        usize::try_from(self.0.next_u64() % bound).expect("it is below a small bound")
    }

    /// Tells whether it is the one time in so many.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Picks one of some; `None` if there are none.
    pub(super) fn pick<T: Clone>(&mut self, some: &[T]) -> Option<T> {
        (!some.is_empty()).then(|| some[self.below(some.len())].clone())
    }

    /// Picks one of a list that is written down.
    pub(super) fn one_of<T, const N: usize>(&mut self, some: [T; N]) -> T {
        some.into_iter().nth(self.below(N)).expect("it is below the length")
    }
}
