//! Ways of asking the host for too much.

use pentimento_sdk::{Artifact, Critique, Failure, Finding, Image, Severity, log};

/// Takes memory until there is none.
pub fn memory() -> ! {
    let mut hoard = Vec::new();
    loop {
        hoard.push(vec![1_u8; 1 << 20]);
        core::hint::black_box(&hoard);
    }
}

/// Holds the candidate's picture more often than there are handles.
pub fn handles(candidate: &Artifact) -> Result<Critique, Failure> {
    let mut held: Vec<Image> = Vec::new();
    loop {
        held.push(candidate.image()?);
    }
}

/// Fills the host's memory with scaled pictures. The host refuses; the refusal is reported.
pub fn pictures(candidate: &Artifact) -> Result<Critique, Failure> {
    let picture = candidate.image()?;
    let mut held = Vec::new();
    loop {
        held.push(picture.resize(1_000, 1_000)?);
    }
}

/// Asks for one picture larger than any computer.
pub fn huge_picture(candidate: &Artifact) -> Result<Critique, Failure> {
    candidate.image()?.resize(u32::MAX, u32::MAX)?;
    Ok(Critique::sure())
}

/// Asks for pixels that are not there, with sums that overflow.
pub fn outside(candidate: &Artifact) -> Result<Critique, Failure> {
    candidate.image()?.tile(u32::MAX, 1, 2, u32::MAX)?;
    Ok(Critique::sure())
}

/// Logs until it is stopped.
pub fn log() -> ! {
    let line = "\u{1b}[31mall work and no play\n".repeat(100);
    loop {
        log::error(&line);
    }
}

/// Hands over two megabytes in findings that are short enough one by one.
pub fn many_texts() -> Critique {
    let text = "x".repeat(1_000);
    let findings = (0..2_000).map(|_| Finding::new("flood", Severity::Note, text.as_str()));
    Critique::sure().with_all(findings)
}
