//! Who asks the program to end: a person with Ctrl-C, and on Unix services, containers and machines that shut
//! down with SIGTERM. What comes of it, the command says.

use std::sync::Arc;

/// Has this done whenever somebody asks the program to end, on a thread of its own. False if Ctrl-C ends it
/// at once.
pub(crate) fn on_request_to_end(heed: impl Fn() + Send + Sync + 'static) -> bool {
    let heed = Arc::new(heed);
    heed_sigterm(heed.clone());
    ctrlc::set_handler(move || heed()).is_ok()
}

/// Where that cannot be had, SIGTERM ends the program at once, as it does without us.
#[cfg(unix)]
fn heed_sigterm(heed: Arc<impl Fn() + Send + Sync + 'static>) {
    use signal_hook::{consts::SIGTERM, iterator::Signals};

    let Ok(mut signals) = Signals::new([SIGTERM]) else { return };
    let wait = move || signals.forever().for_each(|_| heed());
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
}

#[cfg(not(unix))]
fn heed_sigterm(_heed: Arc<impl Fn() + Send + Sync + 'static>) {}
