//! Ways of not coming back.

/// Never ends and never calls the host.
pub fn run_forever() -> ! {
    loop {
        core::hint::black_box(0);
    }
}

/// Uses up the stack: every frame is needed after the call it makes.
#[expect(unconditional_recursion, reason = "the point of it")]
pub fn recurse(depth: u64) -> u64 {
    let frame = core::hint::black_box([depth; 64]);
    let below = recurse(core::hint::black_box(depth + 1));
    below + frame.iter().sum::<u64>()
}

/// Panics as a careless author's plugin would.
#[expect(clippy::panic, reason = "the point of it")]
pub fn panic() -> ! {
    panic!("index out of bounds, or so")
}
