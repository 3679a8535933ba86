//! Counts what the eye found against what was drawn.

use std::collections::BTreeMap;
use std::fmt;

use critic_detector::Detection;
use pentimento_easel::scene::SceneItem;
use pentimento_model::{Attribute, Region};

/// The least intersection over union of two boxes that mean the same object.
const SAME_OBJECT: f32 = 0.5;

/// Counts over many scenes.
#[derive(Debug, Default)]
pub struct Tally {
    /// Objects drawn.
    pub drawn: usize,
    /// Objects found.
    pub found: usize,
    /// Found where one was drawn, with its class.
    pub right_class: usize,
    /// Of these, those with its look as well.
    pub right_look: usize,
    /// Sum of the boxes' intersection over union, over all matches.
    pub overlap: f32,
    /// Boxes matched, whatever the class.
    pub matched: usize,
    /// What was taken for what, and how often.
    pub confusions: BTreeMap<String, usize>,
}

impl Tally {
    /// Adds one picture: what is in it, and what was found.
    pub fn add(&mut self, items: &[SceneItem], found: &[Detection]) {
        self.drawn += items.len();
        self.found += found.len();
        let mut free: Vec<&Detection> = found.iter().collect();
        for item in items {
            let overlap = |seen: &Detection| region(seen).iou(&item.region);
            let best = (0..free.len())
                .max_by(|one, other| overlap(free[*one]).total_cmp(&overlap(free[*other])));
            match best.filter(|best| overlap(free[*best]) >= SAME_OBJECT) {
                Some(best) => self.matched(item, free.remove(best)),
                None => self.confuse(format!("{} {:?} -> nothing", item.noun, item.attribute)),
            }
        }
        for ghost in free {
            self.confuse(format!("nothing -> {} ({:?})", ghost.noun, ghost.attribute));
        }
    }

    fn matched(&mut self, item: &SceneItem, seen: &Detection) {
        self.matched += 1;
        self.overlap += region(seen).iou(&item.region);
        let look = item.attribute.map(Attribute::as_str);
        if seen.noun != item.noun {
            self.confuse(format!("{} -> {}", item.noun, seen.noun));
            self.confuse(format!("look {look:?} took another class"));
            return;
        }
        self.right_class += 1;
        if seen.attribute == look {
            self.right_look += 1;
        } else {
            self.confuse(format!("{} {look:?} -> {:?}", item.noun, seen.attribute));
            self.confuse(format!("look {look:?} -> {:?}", seen.attribute));
        }
    }

    fn confuse(&mut self, what: String) {
        *self.confusions.entry(what).or_default() += 1;
    }

    /// The part of what was drawn that was found with its class.
    pub fn recall(&self) -> f64 {
        part(self.right_class, self.drawn)
    }

    /// The part of what was found that was drawn, with its class.
    pub fn precision(&self) -> f64 {
        part(self.right_class, self.found)
    }

    /// The part of what was found with its class that has its look as well.
    pub fn looks(&self) -> f64 {
        part(self.right_look, self.right_class)
    }
}

fn part(some: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { some as f64 / all as f64 }
}

/// Where the eye saw it.
pub fn region(seen: &Detection) -> Region {
    let [x, y, width, height] = seen.region;
    Region::new(x, y, width, height).unwrap_or(Region::WHOLE)
}

impl fmt::Display for Tally {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            to,
            "{} drawn, precision {:.4}, recall {:.4}, looks {:.4}, mean IoU {:.3}",
            self.drawn,
            self.precision(),
            self.recall(),
            self.looks(),
            self.overlap / self.matched.max(1) as f32,
        )?;
        let mut worst: Vec<_> = self.confusions.iter().collect();
        worst.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        worst.iter().take(60).try_for_each(|(what, count)| writeln!(to, "  {count:5} {what}"))
    }
}
