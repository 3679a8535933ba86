//! Whether and when a failed attempt is repeated. Same facts, same answer; nobody waits here.

use std::time::{Duration, UNIX_EPOCH};

use crate::{limits, settings::Limits};

/// Whether it helps to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// The same question would fail the same way.
    Never,
    /// Some time later.
    Sometime,
    /// Not before this time has passed: the server says so.
    After(Duration),
}

/// How long to wait before the next attempt; `None` to give up. Full jitter: any time up to a
/// bound that doubles, so that those who failed together do not come back together. A server's own
/// wish is never undercut: what cannot be waited for is given up at once.
pub(super) fn wait(
    again: Again,
    attempt: u32,
    limits: &Limits,
    left: Duration,
    random: u64,
) -> Option<Duration> {
    if attempt >= limits.attempts.get() {
        return None;
    }
    let doubled = limits::FIRST_WAIT.saturating_mul(1 << (attempt - 1).min(16));
    let wait = match again {
        Again::Never => return None,
        Again::Sometime => part(doubled.min(limits::LONGEST_WAIT), random),
        Again::After(wish) if wish > limits.retry_after => return None,
        Again::After(wish) => wish.saturating_add(part(limits::FIRST_WAIT, random)),
    };
    (wait < left).then_some(wait)
}

/// Some part of a time, each as likely as the others.
fn part(time: Duration, random: u64) -> Duration {
    let nanos = (time.as_nanos() * u128::from(random)) >> 64;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// What `Retry-After` says: seconds (fractions are seen in the wild), or a date.
pub(super) fn retry_after(text: &str, now: Duration) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(UNIX_EPOCH).ok()?.saturating_sub(now))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use proptest::prelude::*;

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    fn three_attempts() -> Limits {
        Limits { attempts: NonZeroU32::new(3).unwrap(), ..Limits::default() }
    }

    #[test]
    fn what_would_fail_again_is_not_tried_again() {
        assert_eq!(wait(Again::Never, 1, &three_attempts(), LONG, 0), None);
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        assert!(wait(Again::Sometime, 2, &three_attempts(), LONG, 0).is_some());
        assert_eq!(wait(Again::Sometime, 3, &three_attempts(), LONG, 0), None);
    }

    #[test]
    fn a_wish_that_cannot_be_waited_for_ends_it_at_once() {
        let wish = Again::After(Duration::from_secs(10));
        assert!(wait(wish, 1, &three_attempts(), Duration::from_secs(11), u64::MAX).is_some());
        assert_eq!(wait(wish, 1, &three_attempts(), Duration::from_secs(10), 0), None);
        assert_eq!(wait(Again::After(LONG), 1, &three_attempts(), LONG * 2, 0), None);
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        let now = Duration::from_secs(784_111_777 - 30);
        for (text, seconds) in [
            ("0", Some(0.0)),
            ("30", Some(30.0)),
            (" 1.5 ", Some(1.5)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30.0)),
            ("Sun, 06 Nov 1994 08:40:00 GMT", Some(0.0)),
            ("", None),
            ("-1", None),
            ("NaN", None),
            ("inf", None),
            ("1e300", None),
            ("soon", None),
        ] {
            assert_eq!(retry_after(text, now), seconds.map(Duration::from_secs_f64), "{text}");
        }
    }

    proptest! {
        #[test]
        fn waits_stay_within_their_bounds(
            attempt in 1_u32..100, random: u64, wish in 0_u64..1000, left in 0_u64..1000,
        ) {
            let limits = Limits { attempts: NonZeroU32::MAX, ..Limits::default() };
            let (wish, left) = (Duration::from_secs(wish), Duration::from_secs(left));
            if let Some(wait) = wait(Again::Sometime, attempt, &limits, left, random) {
                prop_assert!(wait < left && wait <= limits::LONGEST_WAIT);
            }
            if let Some(wait) = wait(Again::After(wish), attempt, &limits, left, random) {
                prop_assert!(wish <= wait && wait < left);
                prop_assert!(wait <= wish + limits::FIRST_WAIT);
            }
        }
    }
}
