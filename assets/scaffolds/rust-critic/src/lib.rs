//! A critic that finds pictures too dark to make out anything.
//!
//! How a picture is read, and what a critic returns, is explained in the SDK: `sdk/src/lib.rs`.

use pentimento_sdk::{
    Artifact, Brief, Critic, Critique, Failure, Finding, Pixels, Region, Severity,
};

/// Brightness below which a pixel is dark, of 255.
const DARK: u32 = 40;

/// Share of dark pixels from which on a picture is too dark.
const TOO_MUCH: f32 = 0.75;

/// The longer side, in pixels, that the host scales the picture to.
const SIDE: u32 = 64;

struct Darkness;

impl Critic for Darkness {
    fn assess(_brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        if !candidate.media_type().starts_with("image/") {
            return Ok(Critique::abstain("this critic looks at pictures"));
        }
        let share = dark_share(&candidate.image()?.at_most(SIDE)?);
        let critique = Critique::sure().scored(1.0 - share);
        if share < TOO_MUCH {
            return Ok(critique);
        }
        let message = format!("{:.0} % of the picture is nearly black", share * 100.0);
        let finding = Finding::new("{{name}}.too-dark", Severity::Minor, message)
            .at(Region::WHOLE)
            .measured("{{name}}.share", f64::from(share));
        Ok(critique.with(finding))
    }
}

/// The share of dark pixels, 0 to 1.
fn dark_share(pixels: &Pixels) -> f32 {
    let dark = pixels.iter().filter(|pixel| brightness(pixel) < DARK).count();
    dark as f32 / pixels.len().max(1) as f32
}

/// How bright a pixel looks, 0 to 255: the weights of Rec. 601.
fn brightness([red, green, blue, _]: &[u8; 4]) -> u32 {
    (299 * u32::from(*red) + 587 * u32::from(*green) + 114 * u32::from(*blue)) / 1000
}

pentimento_sdk::export_critic!(Darkness);
