//! From measures to findings and a score: every threshold, and where it comes from.
//!
//! A fault that the idea asks for becomes a note and costs nothing.

use pentimento_sdk::{Critique, Finding, Place, Region, Severity};

use crate::canvas::Canvas;
use crate::cast::{Cast, cast};
use crate::clipping::{Clipping, End, clipping};
use crate::dominant::{Palette, palette};
use crate::focus::{Focus, focus};
use crate::tone::{Tone, tone};
use crate::wishes::{Wish, Wishes};

/// A measure's bounds: at `from` it becomes a fault, at `to` a severe one. `to` may be smaller.
#[derive(Clone, Copy, Debug)]
struct Scale {
    from: f32,
    to: f32,
}

impl Scale {
    /// How far between the bounds, 0 to 1; none on the good side.
    fn excess(self, value: f32) -> Option<f32> {
        let along = (value - self.from) / (self.to - self.from);
        (along >= 0.0).then_some(along.min(1.0))
    }
}

/// Colors that differ by less than 0.02 (a just noticeable difference in Oklab) are one color.
const BLANK_SPREAD: f32 = 0.02;

/// The bright parts' brightest channel. Light coded by sRGB's curve: 2.5 stops below white
/// (2^-2.5 of the light) is 117, 4 stops 71. Photographers correct from one or two stops on.
const DIM: Scale = Scale { from: 117.0, to: 71.0 };

/// The part of the picture lost to black. Calibrated on painted scenes darkened in steps of a stop.
const LOST_SHADOWS: Scale = Scale { from: 0.15, to: 0.5 };

/// The part of the picture lost to white. Smaller than for shadows: the eye goes to bright areas.
/// Calibrated on painted scenes brightened in steps of a stop.
const LOST_HIGHLIGHTS: Scale = Scale { from: 0.05, to: 0.3 };

/// Spread in Oklab (black to white is 1). Calibrated on painted scenes faded towards gray: at a
/// third of their contrast they fall below 0.3, and look washed out.
const NARROW: Scale = Scale { from: 0.3, to: 0.1 };

/// RMS contrast below which a narrow spread counts; see [`NARROW`].
const LITTLE_RMS: f32 = 0.09;

/// Spread of the sharpest edges in pixels of the working copy. Painted scenes, sharp as they are,
/// measure 0 to 0.6; blurred by a Gaussian of 1 pixel at most 1.1; of 3 pixels at least 1.4; of 6
/// pixels at least 2.7. (Thin lines measure 0.58 of the Gaussian: their ratio is 3 / 2s².)
const BLURRED: Scale = Scale { from: 1.35, to: 3.0 };

/// Distance of the mean color from gray in Oklab. Gasparini and Schettini ask for 10 in Lab, which
/// is about 0.03 here; more, because a picture may be warm.
const CAST_DISTANCE: Scale = Scale { from: 0.05, to: 0.12 };

/// The paper's bound on distance over spread, where the distance is large enough.
const CAST_RATIO: f32 = 0.6;

/// A picture of which this part is neutral has no cast. Painted scenes have at least 0.0105 as they
/// are, and at most 0.007 in the light of a lamp that is clearly green or orange.
const CAST_NEUTRAL: f32 = 0.005;

/// What a fault takes from the score at its lower and upper bound, as a part of what is left.
const COST: Scale = Scale { from: 0.1, to: 0.5 };

/// From half-way between the bounds on a fault is major.
const MAJOR_EXCESS: f32 = 0.5;

/// How sure the measures are: they know light and edges, not meaning.
const CONFIDENCE: f32 = 0.8;

/// What is wrong, before the idea is asked.
struct Fault {
    finding: Finding,
    excess: f32,
    wish: Wish,
}

/// Judges a working copy that has opaque pixels.
pub fn verdict(idea: &str, canvas: &Canvas) -> Critique {
    let (wishes, tone, palette) = (Wishes::of(idea), tone(canvas), palette(canvas));
    let faults = if tone.spread < BLANK_SPREAD {
        vec![blank(&palette)]
    } else {
        faults(canvas, &tone, &palette)
    };
    let mut score = 1.0;
    let mut critique = Critique::sure().confident(CONFIDENCE);
    for fault in faults {
        let asked = wishes.asks(fault.wish);
        if asked.is_none() {
            score *= 1.0 - (COST.from + (COST.to - COST.from) * fault.excess);
        }
        critique = critique.with(settled(fault, asked));
    }
    critique.with(described(&palette)).scored(score)
}

/// The finding with its severity, or as a note that says which word asked for it.
fn settled(fault: Fault, asked: Option<&str>) -> Finding {
    let Fault { mut finding, excess, .. } = fault;
    if let Some(word) = asked {
        finding.message = format!("{}, as the idea asks (\"{word}\")", finding.message);
        finding.severity = Severity::Note;
        finding.suggestion = None;
        return finding.shown("asked", word);
    }
    finding.severity = if excess >= MAJOR_EXCESS { Severity::Major } else { Severity::Minor };
    finding
}

fn faults(canvas: &Canvas, tone: &Tone, palette: &Palette) -> Vec<Fault> {
    let shadows = clipping(canvas, End::Shadows);
    let highlights = clipping(canvas, End::Highlights);
    let faults = [
        under(tone, &shadows),
        over(&highlights),
        low_contrast(tone),
        focus(canvas).and_then(blurred),
        // One tint is how flat drawings are made, and a mistake of cameras.
        cast(canvas, &highlights.lost).filter(|_| !palette.flat).and_then(|cast| tinted(&cast)),
    ];
    faults.into_iter().flatten().collect()
}

/// A fault whose severity is settled later.
fn fault(
    (code, wish): (&str, Wish),
    excess: f32,
    message: String,
    place: impl Into<Place>,
) -> Fault {
    Fault { finding: Finding::new(code, Severity::Minor, message).at(place), excess, wish }
}

fn blank(palette: &Palette) -> Fault {
    let hex = palette.swatches.first().map(|swatch| swatch.hex()).unwrap_or_default();
    let message = format!("the picture shows nothing but the color {hex}");
    let mut fault = fault(("picture.blank", Wish::Plain), 1.0, message, Region::WHOLE);
    fault.finding = fault.finding.shown("color", hex);
    fault
}

fn under(tone: &Tone, shadows: &Clipping) -> Option<Fault> {
    let code = ("exposure.under", Wish::Dark);
    let dim = DIM.excess(tone.bright);
    let lost = LOST_SHADOWS.excess(shadows.share);
    let mut fault = if dim.unwrap_or(-1.0) >= lost.unwrap_or(-1.0) {
        let stops = stops_below_white(tone.bright);
        let message = format!("even the bright parts are {stops:.1} stops below white");
        fault(code, dim?, message, Region::WHOLE)
    } else {
        let percent = 100.0 * shadows.share;
        let message = format!("{percent:.0} % of the picture is lost in black");
        fault(code, lost?, message, shadows.largest.unwrap_or(Region::WHOLE))
    };
    fault.finding = fault
        .finding
        .measured("share", f64::from(shadows.share))
        .measured("bright", f64::from(tone.bright))
        .suggesting("adjust", "more light");
    Some(fault)
}

/// How many times the light of an 8-bit sRGB value would have to double to be white.
fn stops_below_white(value: f32) -> f32 {
    let coded = (value / 255.0).clamp(0.001, 1.0);
    let light = if coded <= 0.040_45 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) };
    -light.log2()
}

fn over(highlights: &Clipping) -> Option<Fault> {
    let excess = LOST_HIGHLIGHTS.excess(highlights.share)?;
    let percent = 100.0 * highlights.share;
    let message = format!("{percent:.0} % of the picture is lost in white");
    let place = highlights.largest.unwrap_or(Region::WHOLE);
    let mut fault = fault(("exposure.over", Wish::Bright), excess, message, place);
    fault.finding = fault
        .finding
        .measured("share", f64::from(highlights.share))
        .suggesting("adjust", "less light");
    Some(fault)
}

fn low_contrast(tone: &Tone) -> Option<Fault> {
    let excess = NARROW.excess(tone.spread).filter(|_| tone.rms < LITTLE_RMS)?;
    let percent = 100.0 * tone.spread;
    let message = format!("lights, darks and colors use only {percent:.0} % of their range");
    let mut fault = fault(("contrast.low", Wish::Faint), excess, message, Region::WHOLE);
    fault.finding = fault
        .finding
        .measured("spread", f64::from(tone.spread))
        .measured("rms", f64::from(tone.rms))
        .suggesting("adjust", "more contrast");
    Some(fault)
}

fn blurred(focus: Focus) -> Option<Fault> {
    let excess = BLURRED.excess(focus.spread)?;
    let message = format!("even the sharpest edges are spread over {:.1} pixels", focus.spread);
    let mut fault = fault(("focus.blurred", Wish::Soft), excess, message, Region::WHOLE);
    fault.finding = fault
        .finding
        .measured("edge-spread", f64::from(focus.spread))
        .measured("laplacian", f64::from(focus.variance))
        .suggesting("adjust", "sharper");
    Some(fault)
}

fn tinted(cast: &Cast) -> Option<Fault> {
    let excess = CAST_DISTANCE.excess(cast.distance)?;
    if cast.ratio < CAST_RATIO || cast.neutral > CAST_NEUTRAL {
        return None;
    }
    let word = cast.word();
    let article = if word == "orange" { "an" } else { "a" };
    let message = format!("{article} {word} tint lies over everything");
    let mut fault = fault(("color.cast", Wish::Tinted), excess, message, Region::WHOLE);
    fault.finding = fault
        .finding
        .shown("tint", word)
        .measured("distance", f64::from(cast.distance))
        .measured("ratio", f64::from(cast.ratio))
        .suggesting("adjust", format!("less {word}"));
    Some(fault)
}

/// The palette as a note.
fn described(palette: &Palette) -> Finding {
    let parts = palette
        .swatches
        .iter()
        .map(|swatch| format!("{} {:.0} %", swatch.hex(), 100.0 * swatch.share));
    let message = format!("the main colors: {}", parts.collect::<Vec<_>>().join(", "));
    let mut finding = Finding::new("palette", Severity::Note, message);
    for swatch in &palette.swatches {
        finding = finding.measured("color", f64::from(swatch.share));
        if let Some(evidence) = finding.evidence.last_mut() {
            evidence.text = swatch.hex();
        }
    }
    finding.shown("flat", if palette.flat { "yes" } else { "no" })
}

#[cfg(test)]
mod tests;
