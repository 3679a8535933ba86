//! What is really in the pictures an easel made: for harnesses that score others, and for nobody
//! else.
//!
//! The ledger behind an oracle is fed by the painter with what it really drew and really changed.
//! It is bounded: the oldest truths are forgotten first.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use pentimento_model::{ArtifactId, Region};

use crate::{edits::Effect, scene::SceneItem};

/// How many pictures an oracle remembers. A benchmark over 400 prompts and four rounds, every
/// prompt on ten candidates, stays below it; each truth takes less than 2 KiB.
const MOST_PICTURES: usize = 16_384;

/// What is really in one picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truth {
    /// Every object, with its attribute as drawn and the tight box of its silhouette.
    pub items: Vec<SceneItem>,
}

/// Least share of box and region in common for an effect to be on that item.
const LEAST_IOU: f32 = 0.3;

/// An item of whose box this much lies under a newer sticker's can no longer be seen.
const HIDDEN: f32 = 0.9;

impl Truth {
    /// The truth after something was really changed.
    #[must_use]
    pub(crate) fn after(mut self, effects: &[Effect]) -> Self {
        for effect in effects {
            match effect {
                Effect::Removed(region) => {
                    if let Some(index) = self.index_at(region) {
                        self.items.remove(index);
                    }
                }
                Effect::Painted(item) => self.put(item.clone()),
                Effect::Moved(moves) => self.rearrange(moves),
                Effect::Restyled(region, attribute) => {
                    let index = self.index_at(region);
                    if let Some(item) = index.and_then(|index| self.items.get_mut(index)) {
                        item.attribute = Some(*attribute);
                    }
                }
            }
        }
        self
    }

    /// The item whose region shares most with this one.
    fn index_at(&self, region: &Region) -> Option<usize> {
        let shared = self.items.iter().map(|item| item.region.iou(region)).enumerate();
        let best = shared.max_by(|one, other| one.1.total_cmp(&other.1));
        best.filter(|(_, shared)| *shared >= LEAST_IOU).map(|(index, _)| index)
    }

    /// Takes all moved items up before any is put down, as the painter does.
    fn rearrange(&mut self, moves: &[(Region, Region)]) {
        let mut in_hand = Vec::new();
        for (from, to) in moves {
            if let Some(index) = self.index_at(from) {
                let item = self.items.remove(index);
                in_hand.push(SceneItem { region: *to, ..item });
            }
        }
        for item in in_hand {
            self.put(item);
        }
    }

    /// Adds an item on top.
    fn put(&mut self, item: SceneItem) {
        let hidden =
            |below: &SceneItem| below.region.overlap(&item.region) >= HIDDEN * below.region.area();
        self.items.retain(|below| !hidden(below));
        self.items.push(item);
    }
}

/// Answers what is really in an easel's pictures. Gold answers never enter the engine: only a
/// harness asks this, after the run.
#[derive(Clone)]
pub struct Oracle {
    ledger: Arc<Ledger>,
}

impl Oracle {
    /// The truth about a picture this oracle's easel made or edited; `None` for any other, and
    /// for pictures so old that they were forgotten.
    pub fn truth(&self, picture: ArtifactId) -> Option<Truth> {
        self.ledger.recall(picture)
    }

    /// An oracle that answers from this ledger.
    pub(crate) fn over(ledger: Arc<Ledger>) -> Self {
        Self { ledger }
    }
}

impl fmt::Debug for Oracle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Oracle").finish_non_exhaustive()
    }
}

/// The truths by picture, with the order in which they came.
#[derive(Default)]
struct Pages {
    truths: BTreeMap<ArtifactId, Truth>,
    order: VecDeque<ArtifactId>,
}

/// Shared between an easel, which writes, and its oracles, which read.
#[derive(Default)]
pub(crate) struct Ledger {
    pages: Mutex<Pages>,
}

impl Ledger {
    /// Remembers the truth about a picture.
    pub(crate) fn note(&self, picture: ArtifactId, truth: Truth) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.truths.insert(picture, truth).is_none() {
            pages.order.push_back(picture);
        }
        while pages.order.len() > MOST_PICTURES {
            if let Some(oldest) = pages.order.pop_front() {
                pages.truths.remove(&oldest);
            }
        }
    }

    /// The truth about a picture, if it is remembered.
    pub(crate) fn recall(&self, picture: ArtifactId) -> Option<Truth> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.truths.get(&picture).cloned()
    }
}

#[cfg(test)]
mod tests;
