//! What a run may spend.

/// Upper bounds of a run. Every bound is enforced before the step that would break it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Corrections after the first candidate.
    pub rounds: u32,
    /// Pictures made or edited, the first included.
    pub images: u32,
}
