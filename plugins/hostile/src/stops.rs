//! Ways of not coming back.

/// Never ends and never calls the host.
pub fn run_forever() -> ! {
    loop {
        core::hint::black_box(0);
    }
}

/// Uses up the host's stack: every frame is needed after the call it makes, and takes little of the
/// stack that the guest keeps in its own memory.
#[expect(unconditional_recursion, reason = "the point of it")]
pub fn recurse(depth: u64) -> u64 {
    core::hint::black_box(recurse(depth.wrapping_add(1))) ^ depth
}

/// Panics as a careless author's plugin would.
#[expect(clippy::panic, reason = "the point of it")]
pub fn panic() -> ! {
    panic!("index out of bounds, or so")
}
