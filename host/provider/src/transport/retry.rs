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

/// Why there is no next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GivenUp {
    /// It would not help, or there were enough.
    Enough,
    /// The time that is left for the call would be over before.
    NoTime,
    /// The server wants this long a wait, and at most the other is waited for.
    TooLong(Duration, Duration),
}

/// How long to wait before the next attempt. Full jitter: any time up to a bound that doubles, so
/// that those who failed together do not come back together; a server's own wish comes on top, and
/// what cannot be waited for is given up at once.
pub(super) fn wait(
    again: Again,
    attempt: u32,
    limits: &Limits,
    left: Duration,
    random: u64,
) -> Result<Duration, GivenUp> {
    let doubled = limits::FIRST_WAIT.saturating_mul(1 << attempt.saturating_sub(1).min(16));
    let jitter = part(doubled.min(limits::LONGEST_WAIT), random);
    let wait = match again {
        Again::Never => return Err(GivenUp::Enough),
        Again::After(wish) if wish > limits.retry_after.min(left) => {
            return Err(GivenUp::TooLong(wish, limits.retry_after.min(left)));
        }
        _ if attempt >= limits.attempts.get() => return Err(GivenUp::Enough),
        Again::Sometime => jitter,
        Again::After(wish) => wish.saturating_add(jitter),
    };
    if wait < left { Ok(wait) } else { Err(GivenUp::NoTime) }
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
        assert_eq!(wait(Again::Never, 1, &three_attempts(), LONG, 0), Err(GivenUp::Enough));
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        assert!(wait(Again::Sometime, 2, &three_attempts(), LONG, 0).is_ok());
        assert_eq!(wait(Again::Sometime, 3, &three_attempts(), LONG, 0), Err(GivenUp::Enough));
    }

    #[test]
    fn a_wish_that_cannot_be_waited_for_ends_it_at_once() {
        let wish = Again::After(Duration::from_secs(10));
        let left = Duration::from_secs;
        assert!(wait(wish, 1, &three_attempts(), left(11), u64::MAX).is_ok());
        assert_eq!(wait(wish, 1, &three_attempts(), left(10), 0), Err(GivenUp::NoTime));
        let too_long = Err(GivenUp::TooLong(left(10), left(9)));
        assert_eq!(wait(wish, 1, &three_attempts(), left(9), 0), too_long);
        // Also of the last attempt: it says why nobody has to type the command again at once.
        let too_long = Err(GivenUp::TooLong(LONG, limits::RETRY_AFTER));
        assert_eq!(wait(Again::After(LONG), 3, &three_attempts(), LONG * 2, 0), too_long);
    }

    #[test]
    fn a_server_that_wishes_no_time_is_not_stormed() {
        let limits = Limits { attempts: NonZeroU32::MAX, ..Limits::default() };
        let waits = (1..5).map(|attempt| {
            wait(Again::After(Duration::ZERO), attempt, &limits, LONG, u64::MAX).unwrap()
        });
        let all: Duration = waits.sum();
        assert!(all > Duration::from_secs(7) && all <= Duration::from_millis(7500), "{all:?}");
    }

    #[test]
    fn a_wait_is_as_long_as_the_server_wishes_and_a_part_more() {
        let wish = Again::After(Duration::from_secs(10));
        let most = wait(wish, 2, &three_attempts(), LONG, u64::MAX).unwrap();
        assert!(
            most > Duration::from_millis(10_900) && most <= Duration::from_secs(11),
            "{most:?}"
        );
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
            if let Ok(wait) = wait(Again::Sometime, attempt, &limits, left, random) {
                prop_assert!(wait < left && wait <= limits::LONGEST_WAIT);
            }
            if let Ok(wait) = wait(Again::After(wish), attempt, &limits, left, random) {
                prop_assert!(wish <= wait && wait < left);
                prop_assert!(wait <= wish + limits::LONGEST_WAIT);
            }
        }
    }
}
