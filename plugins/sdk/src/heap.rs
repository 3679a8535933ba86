//! The plugin's allocator: talc, with some memory that is there from the start.
//!
//! Rust's own allocator grows the memory at its first use. For the host that is a change of memory
//! protection, and one more to take it back after the call: both stop all threads of the process
//! that map memory, so that calls on two threads would wait for one another. A critic that needs
//! little never grows.

use core::{alloc::Layout, arch::wasm32, mem::MaybeUninit};

use talc::{
    base::{Talc, binning::Binning},
    cell::TalcSyncCell,
    source::Source,
    wasm::WasmBinning,
};

/// Bytes that are there from the start: some hundred findings. What of it is not used costs nothing.
const FIRST: usize = 128 << 10;

/// Bytes of a page of WebAssembly memory.
const PAGE: usize = 64 << 10;

/// Bytes of an allocation's surroundings, at most.
const AROUND: usize = 64;

#[global_allocator]
static HEAP: TalcSyncCell<FirstThenGrown, WasmBinning> =
    TalcSyncCell::new_wasm(FirstThenGrown { begun: false });

static mut ARENA: [MaybeUninit<u8>; FIRST] = [MaybeUninit::uninit(); FIRST];

/// First the arena, then as many new pages as are needed.
#[derive(Debug)]
struct FirstThenGrown {
    begun: bool,
}

// SAFETY: it allocates nothing, and what it hands over is nobody else's: the arena once, and pages
// that are new.
unsafe impl Source for FirstThenGrown {
    fn acquire<B: Binning>(talc: &mut Talc<Self, B>, layout: Layout) -> Result<(), ()> {
        let (start, length) = if talc.source.begun {
            let pages = (layout.size() + layout.align() + AROUND).div_ceil(PAGE);
            let before = wasm32::memory_grow::<0>(pages);
            if before == usize::MAX {
                return Err(());
            }
            ((before * PAGE) as *mut u8, pages * PAGE)
        } else {
            talc.source.begun = true;
            ((&raw mut ARENA).cast(), FIRST)
        };
        // SAFETY: see above; both are mapped, writable, and used by nobody else.
        unsafe { talc.claim(start, length) }.map(drop).ok_or(())
    }
}
