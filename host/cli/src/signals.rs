//! Who asks the program to end: a person with Ctrl-C, and on Unix services, containers and machines that shut
//! down with SIGTERM, and a terminal that closes with SIGHUP. What comes of it, the command says.

use std::sync::Arc;

/// Has this done whenever somebody asks the program to end, on a thread of its own. False if Ctrl-C ends it
/// at once.
pub(crate) fn on_request_to_end(heed: impl Fn() + Send + Sync + 'static) -> bool {
    let heed = Arc::new(heed);
    heed_others(heed.clone());
    ctrlc::set_handler(move || heed()).is_ok()
}

/// Where that cannot be had, these signals end the program at once, as they do without us. A terminal that
/// closes says so more than once, and nobody is in a hurry then.
#[cfg(unix)]
fn heed_others(heed: Arc<impl Fn() + Send + Sync + 'static>) {
    use signal_hook::{
        consts::{SIGHUP, SIGTERM},
        iterator::Signals,
    };

    let outlives = outlives_its_terminal(std::fs::read_to_string(STATUS).ok().as_deref());
    let kinds = if outlives { &[SIGTERM][..] } else { &[SIGTERM, SIGHUP] };
    let Ok(mut signals) = Signals::new(kinds) else { return };
    let mut is_closed = false;
    let wait = move || {
        for signal in signals.forever() {
            if signal == SIGHUP && std::mem::replace(&mut is_closed, true) {
                continue;
            }
            heed();
        }
    };
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
}

#[cfg(not(unix))]
fn heed_others(_heed: Arc<impl Fn() + Send + Sync + 'static>) {}

/// What Linux says of a process, with a mask of the signals that it ignores (proc(5)).
#[cfg(unix)]
const STATUS: &str = "/proc/self/status";

/// True if whoever started the program wants it to go on when the terminal is closed (`nohup`), or if that
/// cannot be told.
#[cfg(unix)]
fn outlives_its_terminal(status: Option<&str>) -> bool {
    let ignored = status
        .and_then(|told| told.lines().find_map(|line| line.strip_prefix("SigIgn:")))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_none_or(|mask| mask & (1 << (signal_hook::consts::SIGHUP - 1)) != 0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_told_to_outlive_the_terminal_does() {
        for (status, outlives) in [
            (None, true),
            (Some(""), true),
            (Some("SigIgn:\tno mask\n"), true),
            (Some("Name:\tpentimento\nSigIgn:\t0000000000001000\n"), false),
            (Some("Name:\tpentimento\nSigIgn:\t0000000000001001\n"), true),
        ] {
            assert_eq!(outlives_its_terminal(status), outlives, "{status:?}");
        }
    }
}
