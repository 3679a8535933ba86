//! How much a program may take of everything, and how much of it is told.

/// Bytes of each argument: a long file. More is data, which belongs into `stdin`.
pub(crate) const MOST_CODE: usize = 256 << 10;

/// Bytes of `stdin`: what the host hands over in one call holds it.
pub(crate) const MOST_INPUT: usize = 512 << 10;

/// Steps that the interpreter takes between two looks at how many are left (`QuickJS`,
/// `JS_INTERRUPT_COUNTER_INIT`). A program is stopped by pieces of this size.
pub(crate) const PIECE: u64 = 10_000;

/// Steps if nobody says otherwise: a second, about, of a loop that does little.
pub(crate) const USUAL_STEPS: u64 = 20_000_000;

/// Steps that may be asked for: what fits into the host's five seconds.
pub(crate) const MOST_STEPS: u64 = 100_000_000;

/// Steps after the program's end, for what it brought along: getters and proxies that are looked at
/// when its value or its error is told.
pub(crate) const STEPS_AFTERWARDS: u64 = 500_000;

/// Bytes of the whole memory from which on a program is stopped at the next look at its steps, while
/// there still is memory to say where it was.
pub(crate) const ENOUGH_MEMORY: usize = 72 << 20;

/// Bytes of a program's objects at any moment. The rest of the host's 128 MiB is for growing them, because a copy
/// lies beside the original for a moment, and for telling.
pub(crate) const MOST_MEMORY: usize = 80 << 20;

/// Bytes more, once the program has ended.
pub(crate) const MEMORY_AFTERWARDS: usize = 8 << 20;

/// Bytes of the stack that functions of a program may take. Rust gives a guest 1 MiB; the rest is for
/// what the interpreter calls last.
pub(crate) const MOST_STACK: usize = 512 << 10;

/// Bytes kept of the two outputs; what comes later is counted and let go.
pub(crate) const KEPT: [usize; 2] = [20 << 10, 4 << 10];

/// Bytes that a program may write to one of them before it is stopped.
pub(crate) const MOST_WRITTEN: usize = 1 << 20;

/// Bytes of the texts in the answer, as JSON; the host takes 64 KiB altogether.
pub(crate) const TOLD_OUTPUTS: [usize; 2] = [34 << 10, 6 << 10];
pub(crate) const TOLD_VALUE: usize = 6 << 10;
pub(crate) const TOLD_TEXT: usize = 3 << 10;
pub(crate) const TOLD_TRACEBACK: usize = 8 << 10;
pub(crate) const TOLD_OTHER: usize = 1 << 10;
