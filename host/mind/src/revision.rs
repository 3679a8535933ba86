//! Finds the smallest change that makes a layout fit the constraints.
//!
//! What is surplus goes, what looks wrong is renamed in its box, what is missing gets a free place.
//! If relations are broken, or there is no free place, in this order: two boxes change places, one
//! box moves, two boxes move, all boxes that are involved move, everything is laid out anew.

use std::collections::BTreeMap;

use pentimento_model::{
    Attribute, Constraints, ItemName, Layout, LayoutItem, Region, RelationKind, Score, Seed,
};
use pentimento_world::{
    Judgement, Unmet, gap, judge, noun,
    placement::{Effort, Spot, Wish, fit, natural_size, place},
};

/// Every revision searches with the same seed: the same layout gets the same proposal.
const SEED: Seed = Seed(1);

/// The least gap that two boxes which change places must keep to others. Less than for planned
/// boxes, because what was painted may stand closer; both white borders still fit.
const SWAP_GAP: f32 = 0.025;

/// A box of the new layout.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    /// What it stands for: an index in the constraints' objects.
    pub(crate) object: usize,
    /// The seen item it was; `None` if it is new.
    pub(crate) was: Option<usize>,
    /// Its new box.
    pub(crate) item: LayoutItem,
}

/// A whole new layout: first what was seen, in its order, then what is new.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Revision {
    pub(crate) boxes: Vec<Kept>,
}

impl Revision {
    /// The boxes as a layout.
    pub(crate) fn layout(&self) -> Layout {
        Layout { items: self.boxes.iter().map(|kept| kept.item.clone()).collect() }
    }

    /// The box that a seen item became.
    pub(crate) fn became(&self, item: usize) -> Option<&Kept> {
        self.boxes.iter().find(|kept| kept.was == Some(item))
    }
}

/// The new layout for a judged one.
pub(crate) fn revise(constraints: &Constraints, seen: &Layout, judgement: &Judgement) -> Revision {
    let mut names = Names::of(seen);
    let kept = kept(constraints, seen, judgement, &mut names);
    let missing = missing(constraints, judgement, &kept, &mut names);
    let broken = broken(judgement, &kept);
    let search = Change { constraints, kept: &kept, missing: &missing };

    if broken.is_empty() {
        if let Some(revision) = search.moving(&[], Effort::Thorough) {
            return revision;
        }
    } else if let Some(revision) = search.swapping(&involved(&broken)) {
        return revision;
    }
    let few = small_sets(&candidates(&broken, kept.len()))
        .filter(|moved| mends_all(&broken, moved))
        .find_map(|moved| search.moving(&moved, Effort::Quick));
    few.or_else(|| search.moving(&involved(&broken), Effort::Thorough))
        .unwrap_or_else(|| search.anew())
}

/// The matched items under their new names.
fn kept(
    constraints: &Constraints,
    seen: &Layout,
    judgement: &Judgement,
    names: &mut Names,
) -> Vec<Kept> {
    let mut matches = judgement.matches.clone();
    matches.sort_by_key(|found| found.item);
    let kept = matches.into_iter().filter_map(|found| {
        let mut item = seen.items.get(found.item)?.clone();
        if !found.looks_right {
            let attribute = constraints.objects.get(found.object)?.attribute;
            item.name = names.next(attribute, &item.name.noun);
        }
        Some(Kept { object: found.object, was: Some(found.item), item })
    });
    kept.collect()
}

/// Boxes for what is missing, with names and sizes but without a place yet.
fn missing(
    constraints: &Constraints,
    judgement: &Judgement,
    kept: &[Kept],
    names: &mut Names,
) -> Vec<(ItemName, Wish)> {
    let n_items = constraints.objects.iter().map(|object| object.count.0).sum();
    let mut missing = Vec::new();
    for unmet in &judgement.unmet {
        let Unmet::Missing { object, wanted, seen } = *unmet else { continue };
        let Some(asked) = constraints.objects.get(object) else { continue };
        let alike = kept.iter().find(|kept| kept.object == object).map(|kept| kept.item.region);
        let usual = || noun(&asked.noun).map(|noun| natural_size(noun, n_items));
        let size = alike
            .map(|region| (region.width(), region.height()))
            .or_else(usual)
            .unwrap_or((UNKNOWN_SIZE, UNKNOWN_SIZE));
        for _ in seen..wanted {
            missing.push((names.next(asked.attribute, &asked.noun), Wish { object, size }));
        }
    }
    missing
}

/// The side of a box for a noun that is not in the vocabulary.
const UNKNOWN_SIZE: f32 = 0.25;

/// For each violated relation the kept boxes that could mend it, as indexes of `kept`.
fn broken(judgement: &Judgement, kept: &[Kept]) -> Vec<Vec<usize>> {
    let place = |item: usize| kept.iter().position(|kept| kept.was == Some(item));
    let ends = |unmet: &Unmet| match *unmet {
        Unmet::Violated { item, target, relation } => {
            let mut ends: Vec<usize> =
                [Some(item), target].into_iter().flatten().filter_map(place).collect();
            if matches!(relation.kind, RelationKind::OnTopOf | RelationKind::NextTo) {
                // A thing may be put on top of another than the one it is compared with.
                ends.truncate(2);
            }
            Some(ends)
        }
        _ => None,
    };
    judgement.unmet.iter().filter_map(ends).collect()
}

/// All boxes that take part in a broken relation.
fn involved(broken: &[Vec<usize>]) -> Vec<usize> {
    let mut involved: Vec<usize> = broken.iter().flatten().copied().collect();
    involved.sort_unstable();
    involved.dedup();
    involved
}

/// The boxes that may be moved: those involved, or all if room is what is short.
fn candidates(broken: &[Vec<usize>], n_kept: usize) -> Vec<usize> {
    if broken.is_empty() { (0..n_kept).collect() } else { involved(broken) }
}

/// True if every broken relation has an end that moves.
fn mends_all(broken: &[Vec<usize>], moved: &[usize]) -> bool {
    broken.iter().all(|ends| ends.iter().any(|end| moved.contains(end)))
}

/// All sets of one box, then all of two.
fn small_sets(boxes: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let singles = boxes.iter().map(|one| vec![*one]);
    let pairs = boxes.iter().enumerate().flat_map(|(index, first)| {
        boxes.iter().skip(index + 1).map(|second| vec![*first, *second])
    });
    singles.chain(pairs)
}

/// The search for a change.
struct Change<'a> {
    constraints: &'a Constraints,
    kept: &'a [Kept],
    missing: &'a [(ItemName, Wish)],
}

impl Change<'_> {
    /// Two boxes change places, each keeping its size; then what is missing is added.
    fn swapping(&self, boxes: &[usize]) -> Option<Revision> {
        let mut pairs = small_sets(boxes).filter(|set| set.len() == 2);
        pairs.find_map(|pair| {
            let [first, second] = pair[..] else { return None };
            let mut kept = self.kept.to_vec();
            let to = |own: usize, other: usize| {
                let own = self.kept.get(own)?.item.region;
                let center = self.kept.get(other)?.item.region.center();
                unclipped(center, (own.width(), own.height()))
            };
            let regions = (to(first, second)?, to(second, first)?);
            planned(kept.get_mut(first)?, regions.0);
            planned(kept.get_mut(second)?, regions.1);
            let free = |index: usize| has_room(&kept, index);
            if !free(first) || !free(second) {
                return None;
            }
            Change { constraints: self.constraints, kept: &kept, missing: self.missing }
                .moving(&[], Effort::Quick)
        })
    }

    /// These boxes move and what is missing is added; everything else stays. `None` if no places
    /// are found, or something is still wrong then.
    fn moving(&self, moved: &[usize], effort: Effort) -> Option<Revision> {
        let stays = |(index, _): &(usize, &Kept)| !moved.contains(index);
        let spots: Vec<Spot> = self
            .kept
            .iter()
            .enumerate()
            .filter(stays)
            .map(|(_, kept)| Spot { object: kept.object, region: kept.item.region })
            .collect();
        let movers = moved.iter().filter_map(|index| self.kept.get(*index));
        let mut wishes: Vec<Wish> = movers.map(wish).collect();
        wishes.extend(self.missing.iter().map(|(_, wish)| *wish));
        let regions = fit(self.constraints, &spots, &wishes, SEED, effort)?;
        let (for_moved, for_missing) = regions.split_at_checked(moved.len())?;

        let mut boxes = self.kept.to_vec();
        for (index, region) in moved.iter().zip(for_moved) {
            planned(boxes.get_mut(*index)?, *region);
        }
        boxes.extend(self.added(for_missing));
        let revision = Revision { boxes };
        judge(self.constraints, &revision.layout()).unmet.is_empty().then_some(revision)
    }

    /// Everything is laid out anew.
    fn anew(&self) -> Revision {
        let fresh = place(self.constraints, SEED);
        let mut regions: BTreeMap<usize, Vec<Region>> = BTreeMap::new();
        let objects = self.constraints.objects.iter().enumerate();
        let owners = objects.flat_map(|(index, object)| (0..object.count.0).map(move |_| index));
        for (owner, item) in owners.zip(&fresh.items) {
            regions.entry(owner).or_default().push(item.region);
        }
        let mut next = |object: usize| regions.get_mut(&object).and_then(Vec::pop);
        let mut boxes = self.kept.to_vec();
        for kept in &mut boxes {
            if let Some(region) = next(kept.object) {
                planned(kept, region);
            }
        }
        let places: Vec<Region> =
            self.missing.iter().filter_map(|(_, wish)| next(wish.object)).collect();
        boxes.extend(self.added(&places));
        Revision { boxes }
    }

    /// What is missing, at its places.
    fn added(&self, regions: &[Region]) -> Vec<Kept> {
        let added = self.missing.iter().zip(regions).map(|((name, wish), region)| Kept {
            object: wish.object,
            was: None,
            item: LayoutItem { name: name.clone(), region: *region, confidence: Score::ONE },
        });
        added.collect()
    }
}

/// A box as a wish of its own size.
fn wish(kept: &Kept) -> Wish {
    let region = kept.item.region;
    Wish { object: kept.object, size: (region.width(), region.height()) }
}

/// Puts a box elsewhere.
fn planned(kept: &mut Kept, region: Region) {
    kept.item.region = region;
    kept.item.confidence = Score::ONE;
}

/// The box around a center, if it lies in the picture as a whole.
fn unclipped((x, y): (f32, f32), (width, height): (f32, f32)) -> Option<Region> {
    let inside = |center: f32, size: f32| {
        center - size / 2.0 >= SWAP_GAP && center + size / 2.0 <= 1.0 - SWAP_GAP
    };
    let fits = inside(x, width) && inside(y, height);
    fits.then(|| Region::around((x, y), width, height)).flatten()
}

/// True if a box keeps its gap to all others.
fn has_room(boxes: &[Kept], index: usize) -> bool {
    let Some(own) = boxes.get(index) else { return false };
    boxes
        .iter()
        .enumerate()
        .all(|(other, kept)| other == index || gap(&own.item.region, &kept.item.region) >= SWAP_GAP)
}

/// Gives names that no seen item has: a name that is used again would look like a moved item.
struct Names {
    last: BTreeMap<(Option<Attribute>, String), u32>,
}

impl Names {
    fn of(seen: &Layout) -> Self {
        let mut last: BTreeMap<(Option<Attribute>, String), u32> = BTreeMap::new();
        for item in &seen.items {
            let name = &item.name;
            let known = last.entry((name.attribute, name.noun.clone())).or_insert(0);
            *known = name.number.max(*known);
        }
        Self { last }
    }

    fn next(&mut self, attribute: Option<Attribute>, noun: &str) -> ItemName {
        let last = self.last.entry((attribute, noun.to_owned())).or_insert(0);
        *last = last.saturating_add(1);
        ItemName { attribute, noun: noun.to_owned(), number: *last }
    }
}

#[cfg(test)]
mod tests {
    use pentimento_world::{MAX_OBJECTS, read};

    use super::*;

    /// Each of these is one quick search, so this is what the longest revision costs.
    #[test]
    fn a_full_scene_leaves_few_changes_to_try() {
        let boxes: Vec<usize> = (0..MAX_OBJECTS as usize).collect();
        assert_eq!(small_sets(&boxes).count(), 12 + 66);
        assert_eq!(small_sets(&[]).count(), 0);
    }

    #[test]
    fn a_full_scene_where_everything_is_wrong_is_revised() {
        let constraints = read("six cats left of five dogs, and a kite above the dogs").unwrap();
        let items = (0..9_u8).map(|index| LayoutItem {
            name: ItemName { attribute: None, noun: "cat".to_owned(), number: index.into() },
            region: Region::new(f32::from(index) * 0.08, 0.4, 0.12, 0.12).unwrap(),
            confidence: Score::ONE,
        });
        let seen = Layout { items: items.collect() };
        let revision = revise(&constraints, &seen, &judge(&constraints, &seen));
        assert!(judge(&constraints, &revision.layout()).unmet.is_empty());
    }
}
