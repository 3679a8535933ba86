//! Makes the process give pictures back to the system once nobody holds them.
//!
//! How many bytes of pictures a call may hold is said in `limits.rs`.

/// Bytes from which a block is mapped on its own and unmapped when freed: a picture of 512×512.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const OWN_MAPPING: libc::c_int = 1 << 20;

/// Fixes the size from which blocks are mapped on their own. Left alone, glibc raises it to 32 MiB
/// as soon as a picture is freed, and a call that made many leaves some 100 MiB behind, for good.
/// Concerns the whole process; other C libraries need no such word.
pub(crate) fn return_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "a setting of the C library")]
    // SAFETY: `mallopt` may be called at any time from any thread; it refuses what it cannot do.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, OWN_MAPPING);
    }
}
