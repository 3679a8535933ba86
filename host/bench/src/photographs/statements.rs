//! What `GenEval`'s rules say of photographs, by the marks and by a detector's boxes.
//!
//! Of every photograph everything is stated that its marks decide: each kind of thing is there or not
//! (`single_object`), each two kinds are (`two_object`), exactly so many are, and one more than there are
//! (`counting`), and each lies left of, right of, above or below each other one (`position`). Kinds of
//! which a person could not say whether they are there, or how many, are left out.

use std::collections::BTreeSet;

use pentimento_easel::Truth;
use pentimento_prompts::sld::Sighting;

use super::{Judged, Photograph, truth_of};
use crate::geneval::{CATEGORIES, Gold};

const RELATIONS: [&str; 4] = ["left of", "right of", "above", "below"];

/// Statements of all categories, and those that were judged rightly so far.
pub(super) struct Statements {
    /// All kinds that are in some photograph.
    kinds: Vec<String>,
    judged: Vec<Judged>,
}

impl Statements {
    pub(super) fn about(photographs: &[Photograph]) -> Self {
        let marks = photographs.iter().flat_map(|one| &one.objects);
        let kinds: BTreeSet<String> = marks.map(|mark| mark.name.clone()).collect();
        Self { kinds: kinds.into_iter().collect(), judged: Vec::new() }
    }

    /// In the order of `GenEval`.
    pub(super) fn judged(mut self) -> Vec<Judged> {
        let place = |one: &Judged| CATEGORIES.iter().position(|name| *name == one.category);
        self.judged.sort_by_key(place);
        self.judged
    }

    /// Judges everything that can be stated of one photograph.
    pub(super) fn judge(&mut self, photograph: &Photograph, told: &[Sighting]) {
        let (marked, told) = (photograph.truth(), truth_of(told));
        for (category, statement) in self.of(photograph, &marked) {
            let (holds, said) = (statement.passes(&marked), statement.passes(&told));
            let known = self.judged.iter().position(|one| one.category == category);
            let index = known.unwrap_or_else(|| {
                let (holds, holds_right, fails, fails_right) = (0, 0, 0, 0);
                self.judged.push(Judged { category, holds, holds_right, fails, fails_right });
                self.judged.len() - 1
            });
            let Some(one) = self.judged.get_mut(index) else { continue };
            if holds {
                one.holds += 1;
                one.holds_right += usize::from(said);
            } else {
                one.fails += 1;
                one.fails_right += usize::from(!said);
            }
        }
    }

    /// Everything that is stated.
    fn of(&self, photograph: &Photograph, marked: &Truth) -> Vec<(&'static str, Gold)> {
        let unsure = |kind: &&String| !photograph.unsure.iter().any(|mark| mark.name == **kind);
        let kinds: Vec<&String> = self.kinds.iter().filter(unsure).collect();
        let count = |kind: &str| marked.items.iter().filter(|item| item.noun == kind).count();
        let mut all = Vec::new();
        for (number, kind) in kinds.iter().enumerate() {
            all.push(("single_object", Gold::of(&[(kind, 1)], None)));
            let there = count(kind);
            if there > 0 {
                all.push(("counting", Gold::exactly(kind, there)));
                all.push(("counting", Gold::exactly(kind, there + 1)));
            }
            for other in kinds.iter().skip(number + 1) {
                all.push(("two_object", Gold::of(&[(kind, 1), (other, 1)], None)));
                if there > 0 && count(other) > 0 {
                    let placed = |relation| Gold::of(&[(kind, 1), (other, 1)], Some(relation));
                    all.extend(RELATIONS.map(|relation| ("position", placed(relation))));
                }
            }
        }
        all
    }
}
