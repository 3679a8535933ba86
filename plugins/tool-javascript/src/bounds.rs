//! What a program has taken of what it may take: steps and output; and whether it left.

use std::cell::{Cell, RefCell};

use crate::limits::{ENOUGH_MEMORY, KEPT, MOST_WRITTEN, PIECE};

/// What a program ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Steps,
    Memory,
    Output,
}

impl Limit {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Memory => "memory",
            Self::Output => "output",
        }
    }
}

/// Of one output: its first bytes, and how many there were.
#[derive(Debug, Default)]
struct Kept {
    bytes: Vec<u8>,
    written: usize,
}

/// The bounds of one run.
#[derive(Debug)]
pub(crate) struct Bounds {
    most_steps: Cell<u64>,
    taken: Cell<u64>,
    limit: Cell<Option<Limit>>,
    left: Cell<Option<i32>>,
    is_closed: Cell<bool>,
    outputs: [RefCell<Kept>; 2],
}

impl Bounds {
    pub(crate) fn new(most_steps: u64) -> Self {
        Self {
            most_steps: Cell::new(most_steps),
            taken: Cell::new(0),
            limit: Cell::new(None),
            left: Cell::new(None),
            is_closed: Cell::new(false),
            outputs: Default::default(),
        }
    }

    /// Counts a piece of steps; whether the program has to stop.
    pub(crate) fn count(&self) -> bool {
        self.taken.set(self.taken.get() + PIECE);
        if !self.is_over() {
            if self.taken.get() > self.most_steps.get() {
                self.limit.set(Some(Limit::Steps));
            } else if !self.is_closed.get() && has_filled_memory() {
                self.limit.set(Some(Limit::Memory));
            }
        }
        self.is_over()
    }

    /// Whether the program may do nothing more.
    pub(crate) fn is_over(&self) -> bool {
        self.limit.get().is_some() || self.left.get().is_some()
    }

    /// Takes what the program prints, or says that it is too much.
    pub(crate) fn write(&self, stream: usize, text: &str) -> Result<(), String> {
        let (Some(output), Some(&most)) = (self.outputs.get(stream), KEPT.get(stream)) else {
            return Ok(());
        };
        if self.is_over() {
            return Err("the program is over".to_owned());
        }
        let mut output = output.borrow_mut();
        output.written += text.len();
        let room = most - output.bytes.len();
        let kept = text.as_bytes().get(..room).unwrap_or(text.as_bytes());
        output.bytes.extend_from_slice(kept);
        if output.written <= MOST_WRITTEN {
            return Ok(());
        }
        self.limit.set(Some(Limit::Output));
        let name = ["stdout", "stderr"][stream];
        Err(format!("the program wrote more than {} MiB to {name}", MOST_WRITTEN >> 20))
    }

    /// The program leaves with this number.
    pub(crate) fn leave(&self, status: i32) {
        if !self.is_over() {
            self.left.set(Some(status));
        }
    }

    /// What ended it, and how it left; from here on only so many steps may be taken.
    pub(crate) fn close(&self, steps_afterwards: u64) -> Closed {
        let closed = Closed {
            limit: self.limit.take(),
            left: self.left.take(),
            steps: self.taken.replace(0).min(self.most_steps.get()),
        };
        self.most_steps.set(steps_afterwards);
        self.is_closed.set(true);
        closed
    }

    /// What is kept of an output, and whether that is all.
    pub(crate) fn output(&self, stream: usize) -> (String, bool) {
        let kept = self.outputs[stream].borrow();
        let whole = kept.written == kept.bytes.len();
        let end = match std::str::from_utf8(&kept.bytes) {
            Ok(text) => text.len(),
            Err(cut) => cut.valid_up_to(),
        };
        (String::from_utf8_lossy(&kept.bytes[..end]).into_owned(), whole)
    }
}

/// How a run ended, as far as its bounds know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    pub(crate) limit: Option<Limit>,
    pub(crate) left: Option<i32>,
    /// Steps that were taken, in whole pieces.
    pub(crate) steps: u64,
}

/// Whether a program has filled the memory that it may have. What it gave back counts: memory of
/// WebAssembly grows and never shrinks.
pub(crate) fn has_filled_memory() -> bool {
    #[cfg(target_family = "wasm")]
    let bytes = core::arch::wasm32::memory_size::<0>() << 16;
    // Natively it is tried by tests alone, and QuickJS keeps to its limit.
    #[cfg(not(target_family = "wasm"))]
    let bytes = 0;
    bytes > ENOUGH_MEMORY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_out_and_are_given_anew_for_telling() {
        let bounds = Bounds::new(2 * PIECE);
        assert_eq!([bounds.count(), bounds.count(), bounds.count()], [false, false, true]);
        let closed = bounds.close(PIECE);
        assert_eq!((closed.limit, closed.steps), (Some(Limit::Steps), 2 * PIECE));
        assert_eq!([bounds.count(), bounds.count()], [false, true]);
    }

    #[test]
    fn outputs_keep_their_beginning_in_whole_characters() {
        let bounds = Bounds::new(1);
        bounds.write(1, &"ä".repeat(3_000)).unwrap();
        bounds.write(0, "x\n").unwrap();
        assert_eq!(bounds.output(0), ("x\n".to_owned(), true));
        assert_eq!(bounds.output(1), ("ä".repeat(KEPT[1] / 2), false));
        let flood = "x".repeat(MOST_WRITTEN);
        assert_eq!(
            bounds.write(0, &flood).unwrap_err(),
            "the program wrote more than 1 MiB to stdout"
        );
        assert!(bounds.is_over() && bounds.write(1, "more").is_err());
    }

    #[test]
    fn who_leaves_has_left_whatever_comes_after() {
        let bounds = Bounds::new(PIECE);
        bounds.leave(3);
        bounds.leave(4);
        assert!(bounds.count() && bounds.count());
        let closed = bounds.close(1);
        assert_eq!((closed.left, closed.limit), (Some(3), None));
    }
}
