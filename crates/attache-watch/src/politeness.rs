//! How long to wait.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
pub type Moment = i64;

/// What time it is.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    millis(since)
}

/// A duration in milliseconds.
pub fn millis(duration: Duration) -> Moment {
    Moment::try_from(duration.as_millis()).unwrap_or(Moment::MAX / 4)
}

/// The wait after the n-th failure in a row, from 1: it doubles each time up to `longest`, less a random part of up to a half,
/// so that many that failed together do not come back together.
pub fn back_off(failures: u32, first: Duration, longest: Duration) -> Duration {
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(20));
    doubled.min(longest).mul_f64(1.0 - 0.5 * chance())
}

/// The duration, up to a tenth more or less.
pub fn about(duration: Duration) -> Duration {
    duration.mul_f64(0.9 + 0.2 * chance())
}

/// A random number from 0 to 1. The keys of the standard hasher are random, and that is random enough for waiting.
fn chance() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    bits as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_are_never_less_than_half() {
        let (first, longest) = (Duration::from_secs(60), Duration::from_secs(3600));
        for (failures, most) in [(1, 60), (2, 120), (3, 240), (7, 3600), (500, 3600)] {
            for _ in 0..50 {
                let wait = back_off(failures, first, longest).as_secs_f64();
                assert!(
                    wait <= f64::from(most) && wait >= f64::from(most) / 2.0,
                    "{failures}: {wait}"
                );
            }
        }
    }

    #[test]
    fn waits_differ() {
        let waits: Vec<Duration> = (0..20).map(|_| about(Duration::from_secs(1000))).collect();
        assert!(waits.iter().any(|wait| *wait != waits[0]));
        assert!(waits.iter().all(|wait| (900..=1100).contains(&wait.as_secs())));
    }
}
