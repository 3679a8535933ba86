//! What is drawn over a picture: boxes of what was seen and found, and marks of what was planned.
//!
//! Colors are the style sheet's business; here every mark only gets a class: a severity, or the
//! code of an operation.

use pentimento_model::{EditOp, Finding, Place, Region, Severity};
use serde::Serialize;

use super::label::{Frame, Label, Labels, WIDTH};
use crate::{
    shown,
    trace::{CandidateTrace, Review},
};

/// A finding whose region agrees with a seen item's this well speaks of that item.
const SAME_PLACE: f32 = 0.7;

/// Marks in one figure. A page with more is unreadable; plugins may send hundreds.
const MARK_LIMIT: usize = 64;

/// A box with a label.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mark {
    /// A severity's word, or an operation's code.
    class: &'static str,
    /// True if what it shows is not there: planned, or missing.
    wanted: bool,
    frame: Frame,
    label: Option<Label>,
    /// What one reads when pointing at it.
    title: String,
}

/// A line with a head, from the center of one place to another's.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Arrow {
    from: (f64, f64),
    to: (f64, f64),
}

/// All that is drawn over one picture.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Overlay {
    pub(super) marks: Vec<Mark>,
    pub(super) arrows: Vec<Arrow>,
}

/// What was seen in a candidate, and what was found wrong with it.
pub(super) fn seen(trace: &CandidateTrace<'_>, height: f64) -> Overlay {
    let mut sketch = Sketch::on(height);
    let controller = trace.review.map(|review| review.findings).unwrap_or_default();
    let others = trace.assessments.iter().flat_map(|given| given.assessment.findings());
    let findings: Vec<&Finding> = controller.iter().chain(others).collect();
    let mut told = Vec::new();
    if let Some(review) = trace.review {
        told = items(&mut sketch, review, &findings);
    }
    let untold = findings.iter().filter(|finding| {
        region_of(finding).is_some_and(|region| told.iter().all(|known| !same(known, &region)))
    });
    for finding in untold {
        let Some(region) = region_of(finding) else { continue };
        let words = finding.evidence_text("item").or(finding.evidence_text("class"));
        let words = shown::line(words.unwrap_or(&finding.code), shown::LINE_LIMIT);
        let missing = finding.code.ends_with(".missing");
        let label = if missing { format!("missing: {words}") } else { words };
        let class = (finding.severity.as_str(), missing);
        sketch.add(region, class, &label, &finding.message);
    }
    sketch.overlay
}

/// What a correction was to change, drawn over the picture it started from.
pub(super) fn planned<'a>(ops: impl Iterator<Item = &'a EditOp>, height: f64) -> Overlay {
    let mut sketch = Sketch::on(height);
    for op in ops {
        let (code, words) = (op.code(), shown::op(op));
        match op {
            EditOp::Delete { region, .. }
            | EditOp::Restyle { region, .. }
            | EditOp::Inpaint { region, .. } => sketch.add(*region, (code, false), &words, &words),
            EditOp::Add { region, .. } => sketch.add(*region, (code, true), &words, &words),
            EditOp::Move { from, to, .. } => {
                sketch.add(*from, (code, false), &words, &words);
                sketch.add(*to, (code, true), "", &words);
                let center = |region: &Region| sketch.point(region.center());
                let (from, to) = (center(from), center(to));
                sketch.overlay.arrows.push(Arrow { from, to });
            }
        }
    }
    sketch.overlay
}

/// Draws the seen items, each in the color of the worst finding about it; returns their regions.
fn items(sketch: &mut Sketch, review: Review<'_>, findings: &[&Finding]) -> Vec<Region> {
    for item in &review.seen.items {
        let about = findings.iter().filter(|finding| {
            region_of(finding).is_some_and(|region| same(&region, &item.region))
                && !finding.code.ends_with(".missing")
        });
        let worst = about.max_by_key(|finding| finding.severity);
        let severity = worst.map_or(Severity::Note, |finding| finding.severity);
        let name = shown::item(&item.name);
        let sure = item.confidence;
        let title = match worst.filter(|finding| finding.severity > Severity::Note) {
            Some(finding) => finding.message.clone(),
            None => format!("{name}, confidence {sure}"),
        };
        sketch.add(item.region, (severity.as_str(), false), &name, &title);
    }
    review.seen.items.iter().map(|item| item.region).collect()
}

fn region_of(finding: &Finding) -> Option<Region> {
    match finding.place {
        Some(Place::Region(region)) => Some(region),
        _ => None,
    }
}

fn same(first: &Region, second: &Region) -> bool {
    first.iou(second) >= SAME_PLACE
}

/// An overlay under construction.
struct Sketch {
    height: f64,
    labels: Labels,
    overlay: Overlay,
}

impl Sketch {
    fn on(height: f64) -> Self {
        Self { height, labels: Labels::on(height), overlay: Overlay::default() }
    }

    /// A place in drawing units, to a tenth.
    fn point(&self, (x, y): (f32, f32)) -> (f64, f64) {
        let tenth = |number: f64| (number * 10.0).round() / 10.0;
        (tenth(f64::from(x) * WIDTH), tenth(f64::from(y) * self.height))
    }

    /// Adds a box, with a label unless its text is empty.
    fn add(&mut self, region: Region, class: (&'static str, bool), label: &str, title: &str) {
        if self.overlay.marks.len() >= MARK_LIMIT {
            return;
        }
        let (x, y) = self.point((region.x(), region.y()));
        let (width, height) = self.point((region.width(), region.height()));
        let frame = Frame { x, y, width, height };
        let label = (!label.is_empty()).then(|| self.labels.place(label, &frame));
        let title = shown::line(title, shown::LINE_LIMIT);
        let (class, wanted) = class;
        self.overlay.marks.push(Mark { class, wanted, frame, label, title });
    }
}
