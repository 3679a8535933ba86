//! What was seen, under the names of what was asked for.
//!
//! The host names items so (`world/seen.rs`), and its controller speaks of them by these names: an
//! item carries a look only if that look was asked for its noun and was recognized, and no more
//! items carry it than were asked for.

use std::collections::BTreeMap;

use pentimento_sdk::Region;

use crate::{Asked, Item, Match, is_usually, matching::matches};

/// One item under its name.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its class.
    pub noun: String,
    /// The look that was asked for and that it has.
    pub look: Option<&'static str>,
    /// Counts from 1 for each noun with a look.
    pub number: u32,
    /// Where it is.
    pub region: Region,
    /// How sure the eye is, 0 to 1.
    pub confidence: f32,
}

impl Named {
    /// Such as `red apple #2`.
    pub fn name(&self) -> String {
        let look = self.look.map_or(String::new(), |look| format!("{look} "));
        format!("{look}{} #{}", self.noun, self.number)
    }
}

/// All items, in their order.
pub(crate) fn named(asked: &Asked, items: &[Item]) -> Vec<Named> {
    let mut named: Vec<Named> = items.iter().map(|item| recognized(asked, item)).collect();
    let looks: Vec<Option<&'static str>> = {
        let right: Vec<Match> =
            matches(asked, &named).into_iter().filter(|found| found.looks_right).collect();
        let look = |item| {
            let found = right.iter().find(|found| found.item == item)?;
            asked.objects.get(found.object)?.look
        };
        (0..named.len()).map(look).collect()
    };
    let mut counts: BTreeMap<(Option<&str>, String), u32> = BTreeMap::new();
    for (item, look) in named.iter_mut().zip(looks) {
        let count = counts.entry((look, item.noun.clone())).or_default();
        *count += 1;
        (item.look, item.number) = (look, *count);
    }
    named
}

/// An item with the wanted look that it has: the one that was read, else one that its natural look
/// may rightly be called.
fn recognized(asked: &Asked, item: &Item) -> Named {
    let of_noun = asked.objects.iter().filter(|object| object.noun == item.noun);
    let wanted: Vec<&'static str> = of_noun.filter_map(|object| object.look).collect();
    let read = wanted.iter().find(|look| item.look.as_deref() == Some(**look));
    let natural = || wanted.iter().find(|look| item.natural && is_usually(&item.noun, look));
    Named {
        noun: item.noun.clone(),
        look: read.or_else(natural).copied(),
        number: 1,
        region: item.region,
        confidence: item.confidence,
    }
}
