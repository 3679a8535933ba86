//! How well the eye sees: its findings against the truth, picture by picture.
//!
//! Says nothing of the recipe; a loop with a blind critic would show it here first.

use pentimento_easel::{Truth, scene::SceneItem};
use pentimento_model::{Finding, Place, Region};
use serde::Serialize;

/// A detection counts as the object it overlaps by at least this (PASCAL VOC's usual threshold).
pub(crate) const MATCH_IOU: f32 = 0.5;

/// Counts over many pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Sight {
    /// Pictures looked at.
    pub pictures: usize,
    /// Objects really there.
    pub objects: usize,
    /// Objects reported.
    pub reported: usize,
    /// Objects reported in the right place with the right class.
    pub found: usize,
    /// Of those found, with the right attribute (or rightly natural).
    pub attribute_right: usize,
    /// Sum of the found objects' box overlaps (intersection over union).
    pub iou_sum: f64,
}

impl Sight {
    /// Adds one picture.
    pub fn look(&mut self, truth: &Truth, findings: &[Finding]) {
        self.pictures += 1;
        self.objects += truth.items.len();
        let seen: Vec<_> = findings.iter().filter_map(Seen::read).collect();
        self.reported += seen.len();
        let mut taken = vec![false; truth.items.len()];
        for seen in &seen {
            let Some((index, item, iou)) = best_match((seen.class, &seen.region), truth, &taken)
            else {
                continue;
            };
            if let Some(taken) = taken.get_mut(index) {
                *taken = true;
            }
            self.found += 1;
            self.iou_sum += f64::from(iou);
            self.attribute_right += usize::from(seen.attribute_is(item));
        }
    }

    /// Adds another count.
    pub fn add(&mut self, other: &Self) {
        self.pictures += other.pictures;
        self.objects += other.objects;
        self.reported += other.reported;
        self.found += other.found;
        self.attribute_right += other.attribute_right;
        self.iou_sum += other.iou_sum;
    }

    /// Share of what was reported that is really there; 1 if nothing was reported.
    pub fn precision(&self) -> f64 {
        ratio(self.found, self.reported)
    }

    /// Share of what is there that was reported; 1 if nothing is there.
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.objects)
    }

    /// Share of the found objects whose attribute was read rightly.
    pub fn attribute_accuracy(&self) -> f64 {
        ratio(self.attribute_right, self.found)
    }

    /// Mean overlap of the found objects' boxes.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub fn mean_iou(&self) -> f64 {
        if self.found == 0 { 0.0 } else { self.iou_sum / self.found as f64 }
    }
}

/// A share of a whole; 1 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// One object finding, read.
struct Seen<'a> {
    class: &'a str,
    attribute: Option<&'a str>,
    natural: bool,
    region: Region,
}

impl<'a> Seen<'a> {
    fn read(finding: &'a Finding) -> Option<Self> {
        let Some(Place::Region(region)) = finding.place else { return None };
        (finding.code == "object").then_some(())?;
        Some(Self {
            class: finding.evidence_text("class")?,
            attribute: finding.evidence_text("attribute"),
            natural: finding.evidence_text("natural") == Some("yes"),
            region,
        })
    }

    fn attribute_is(&self, item: &SceneItem) -> bool {
        match item.attribute {
            Some(attribute) => !self.natural && self.attribute == Some(attribute.as_str()),
            None => self.natural,
        }
    }
}

/// The object of this class, not taken yet, that a box overlaps most, and by how much.
pub(crate) fn best_match<'a>(
    (class, region): (&str, &Region),
    truth: &'a Truth,
    taken: &[bool],
) -> Option<(usize, &'a SceneItem, f32)> {
    let free = truth.items.iter().zip(taken).enumerate();
    free.filter(|(_, (item, taken))| !**taken && item.noun == class)
        .map(|(index, (item, _))| (index, item, item.region.iou(region)))
        .filter(|(_, _, iou)| *iou >= MATCH_IOU)
        .max_by(|(_, _, a), (_, _, b)| a.total_cmp(b))
}

#[cfg(test)]
mod tests;
