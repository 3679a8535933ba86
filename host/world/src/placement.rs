//! Puts boxes into a picture so that relations and gaps hold.
//!
//! A seeded search: boxes are placed one after the other at the best of some random positions; if
//! one finds no place, the search starts anew, in the end with smaller boxes. The same arguments
//! always give the same boxes. What is drawn in a box is the easel's business.

use pentimento_model::{
    Constraints, ItemName, Layout, LayoutItem, Region, RelationKind, RelationTarget, Score, Seed,
};

use crate::{
    geometry::{Strictness, gap, holds, holds_on_canvas},
    judge::needs_every_target,
    vocabulary,
};

mod bands;
mod chance;
mod score;
mod sizes;

use bands::Bands;
use chance::Chance;
pub use sizes::natural_size;

/// The least gap between two planned boxes: room for both white borders and a strip of background.
pub const GAP: f32 = 0.035;

/// The least gap between a planned box and the picture's edge.
pub const EDGE: f32 = 0.035;

/// Random positions tried for each box.
const POSITIONS: u32 = 64;

/// How hard a search tries before it gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For one of many alternatives: sizes change little, milliseconds at most.
    Quick,
    /// For the only way left: boxes shrink to a third.
    Thorough,
}

impl Effort {
    /// Searches with the same sizes.
    const fn tries(self) -> u32 {
        match self {
            Self::Quick => 4,
            Self::Thorough => 12,
        }
    }

    /// Searches with ever smaller boxes.
    const fn shrinks(self) -> u32 {
        match self {
            Self::Quick => 3,
            Self::Thorough => 10,
        }
    }
}

/// What each of those searches leaves of the last one's sizes.
const SHRINK: f32 = 0.9;

/// The seed of the search that decides whether constraints can be laid out at all; every other
/// search falls back to it.
const COMMON: Seed = Seed(0);

/// A box that is there already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// What it is: an index in [`Constraints::objects`].
    pub object: usize,
    /// Where it is.
    pub region: Region,
}

/// A box that needs a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// What it is: an index in [`Constraints::objects`].
    pub object: usize,
    /// Its width and height; the search may shrink both alike.
    pub size: (f32, f32),
}

/// A whole scene: a box for every wanted object, named as a perfect eye would name it. If the
/// relations cannot all hold, they are given up; counts, names and gaps are kept for up to
/// [`crate::MAX_OBJECTS`] objects and, with smaller boxes, for some more.
pub fn place(constraints: &Constraints, seed: Seed) -> Layout {
    let wishes = whole_scene(constraints);
    let free = Constraints { relations: Vec::new(), ..constraints.clone() };
    let regions = fit(constraints, &[], &wishes, seed, Effort::Thorough)
        .or_else(|| fit(constraints, &[], &wishes, COMMON, Effort::Thorough))
        .or_else(|| fit(&free, &[], &wishes, COMMON, Effort::Thorough))
        .unwrap_or_else(|| sizes::grid(wishes.len()));
    let names = constraints.objects.iter().flat_map(|object| {
        (1..=object.count.0).map(|number| ItemName {
            attribute: object.attribute,
            noun: object.noun.clone(),
            number,
        })
    });
    let item = |(name, region)| LayoutItem { name, region, confidence: Score::ONE };
    Layout { items: names.zip(regions).map(item).collect() }
}

/// True if all relations can hold in one picture.
pub(crate) fn can_be_placed(constraints: &Constraints) -> bool {
    constraints.relations.is_empty()
        || fit(constraints, &[], &whole_scene(constraints), COMMON, Effort::Thorough).is_some()
}

/// Places for `wishes` beside what is `occupied`, in the order of the wishes; `None` if the search
/// finds none. Gaps and relations among occupied boxes are taken as they are.
pub fn fit(
    constraints: &Constraints,
    occupied: &[Spot],
    wishes: &[Wish],
    seed: Seed,
    effort: Effort,
) -> Option<Vec<Region>> {
    search(constraints, occupied, wishes, seed, effort).0
}

/// As [`fit`], with the number of attempts it took.
fn search(
    constraints: &Constraints,
    occupied: &[Spot],
    wishes: &[Wish],
    seed: Seed,
    effort: Effort,
) -> (Option<Vec<Region>>, u32) {
    let search = Search { constraints, occupied, bands: Bands::of(constraints) };
    let (mut scale, mut attempts) = (1.0, 0);
    for shrink in 0..effort.shrinks() {
        let wishes: Vec<Wish> = wishes.iter().map(|wish| sizes::scaled(wish, scale)).collect();
        for attempt in 0..effort.tries() {
            let number = u64::from(shrink * effort.tries() + attempt);
            let mut chance = Chance::new(seed.derive("placement", number));
            attempts += 1;
            if let Some(regions) = search.attempt(&wishes, Manner::of(attempt), &mut chance) {
                return (Some(regions), attempts);
            }
        }
        scale *= SHRINK;
    }
    (None, attempts)
}

/// A wish for every object, as large as the number of objects allows.
fn whole_scene(constraints: &Constraints) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for (object, wanted) in constraints.objects.iter().enumerate() {
        let size =
            vocabulary::noun(&wanted.noun).map_or((sizes::UNKNOWN, sizes::UNKNOWN), sizes::box_of);
        wishes.extend((0..wanted.count.0).map(|_| Wish { object, size }));
    }
    sizes::share_out(&mut wishes);
    sizes::make_carriers_wide(constraints, &mut wishes);
    wishes
}

/// How an attempt chooses positions. The manners take turns: what looks best may leave no room for
/// the rest.
#[derive(Clone, Copy)]
struct Manner {
    /// Look for centers in the band that the chains of relations suggest.
    banded: bool,
    /// Prefer positions that look good.
    scored: bool,
}

impl Manner {
    fn of(attempt: u32) -> Self {
        Self { banded: attempt.is_multiple_of(2), scored: attempt % 4 < 2 }
    }
}

/// What does not change between attempts.
struct Search<'a> {
    constraints: &'a Constraints,
    occupied: &'a [Spot],
    bands: Bands,
}

impl Search<'_> {
    /// One search: each wish at its best random position.
    fn attempt(&self, wishes: &[Wish], manner: Manner, chance: &mut Chance) -> Option<Vec<Region>> {
        let mut spots = self.occupied.to_vec();
        let mut regions = vec![None; wishes.len()];
        for index in self.order(wishes) {
            let wish = wishes.get(index)?;
            let region = self.best_position(wish, &spots, manner, chance)?;
            spots.push(Spot { object: wish.object, region });
            *regions.get_mut(index)? = Some(region);
        }
        self.all_hold(&spots).then(|| regions.into_iter().collect())?
    }

    /// What others must lie on or near comes first, then what has many relations, then what is
    /// large.
    fn order(&self, wishes: &[Wish]) -> Vec<usize> {
        let relations = &self.constraints.relations;
        let key = |wish: &Wish| {
            let carries = relations.iter().any(|relation| {
                !needs_every_target(relation.kind)
                    && relation.target == RelationTarget::Object(wish.object)
            });
            let n_relations = relations
                .iter()
                .filter(|relation| {
                    relation.subject == wish.object
                        || relation.target == RelationTarget::Object(wish.object)
                })
                .count();
            (carries, n_relations, wish.size.0 * wish.size.1)
        };
        let mut order: Vec<(usize, (bool, usize, f32))> =
            wishes.iter().enumerate().map(|(index, wish)| (index, key(wish))).collect();
        order.sort_by(|(first_index, first), (second_index, second)| {
            let by_relations = (second.0, second.1).cmp(&(first.0, first.1));
            by_relations.then(second.2.total_cmp(&first.2)).then(first_index.cmp(second_index))
        });
        order.into_iter().map(|(index, _)| index).collect()
    }

    fn best_position(
        &self,
        wish: &Wish,
        spots: &[Spot],
        manner: Manner,
        chance: &mut Chance,
    ) -> Option<Region> {
        let mut best: Option<(f32, Region)> = None;
        for number in 0..POSITIONS {
            let anchored = number % 2 == 0;
            let center = self
                .beside_target(wish, spots, chance)
                .filter(|_| anchored)
                .unwrap_or_else(|| self.bands.center(wish, manner.banded, chance));
            let Some(region) = inside(center, wish.size) else { continue };
            if !self.is_free(wish.object, &region, spots) {
                continue;
            }
            let beauty = if manner.scored { score::of(&region, spots) } else { 0.0 };
            let score = beauty + chance.jitter();
            if best.is_none_or(|(known, _)| known < score) {
                best = Some((score, region));
            }
        }
        best.map(|(_, region)| region)
    }

    /// A position on top of or next to the thing it must be near, if that is placed.
    fn beside_target(
        &self,
        wish: &Wish,
        spots: &[Spot],
        chance: &mut Chance,
    ) -> Option<(f32, f32)> {
        let own = |relation: &&pentimento_model::Relation| {
            relation.subject == wish.object && !needs_every_target(relation.kind)
        };
        let relation = self.constraints.relations.iter().find(own)?;
        let is_target = |spot: &&Spot| relation.target == RelationTarget::Object(spot.object);
        let targets: Vec<&Spot> = spots.iter().filter(is_target).collect();
        let Spot { object, region: target } = **targets.get(chance.below(targets.len())?)?;
        let away = GAP + chance.between(0.0, 2.0 * GAP);
        let (x, y) = target.center();
        Some(if relation.kind == RelationKind::OnTopOf {
            let n_slots = sizes::carried_by_each(self.constraints, object);
            let free = chance.between(0.0, n_slots);
            let slot = if n_slots > 1.0 { free.floor().min(n_slots - 1.0) + 0.5 } else { free };
            let x = target.x() + target.width() * slot / n_slots;
            (x, target.y() - away - wish.size.1 / 2.0)
        } else {
            let aside = f32::midpoint(target.width(), wish.size.0) + away;
            let y = y + chance.between(-0.5, 0.5) * target.height();
            (if chance.coin() { x + aside } else { x - aside }, y)
        })
    }

    /// True if the box keeps its gaps and breaks no relation with what is placed.
    fn is_free(&self, object: usize, region: &Region, spots: &[Spot]) -> bool {
        let own = (object, region);
        spots.iter().all(|spot| gap(region, &spot.region) >= GAP)
            && self.constraints.relations.iter().all(|relation| match relation.target {
                RelationTarget::Canvas => {
                    relation.subject != object
                        || holds_on_canvas(relation.kind, region, Strictness::Planned)
                }
                RelationTarget::Object(target) if needs_every_target(relation.kind) => {
                    agrees((relation.subject, target), relation.kind, own, spots)
                }
                RelationTarget::Object(target) => {
                    relation.subject != object || has_one(target, relation.kind, region, spots)
                }
            })
    }

    /// True if what must lie on or near something does. Relations of every pair were checked box by
    /// box.
    fn all_hold(&self, spots: &[Spot]) -> bool {
        self.constraints.relations.iter().all(|relation| {
            let RelationTarget::Object(target) = relation.target else { return true };
            if needs_every_target(relation.kind) {
                return true;
            }
            let of = |object: usize| spots.iter().filter(move |spot| spot.object == object);
            of(relation.subject).all(|spot| has_one(target, relation.kind, &spot.region, spots))
        })
    }
}

/// True if a box lies so to one of the target's boxes, or there are none yet.
fn has_one(target: usize, kind: RelationKind, region: &Region, spots: &[Spot]) -> bool {
    let mut targets = spots.iter().filter(|spot| spot.object == target).peekable();
    targets.peek().is_none()
        || targets.any(|spot| holds(kind, region, &spot.region, Strictness::Planned))
}

/// True if a new box agrees with all placed boxes in a relation that holds for every pair.
fn agrees(
    (subject, target): (usize, usize),
    kind: RelationKind,
    (object, region): (usize, &Region),
    spots: &[Spot],
) -> bool {
    spots.iter().all(|spot| {
        let as_subject = object != subject
            || spot.object != target
            || holds(kind, region, &spot.region, Strictness::Planned);
        let as_target = object != target
            || spot.object != subject
            || holds(kind, &spot.region, region, Strictness::Planned);
        as_subject && as_target
    })
}

/// The box around a center, if it keeps its gap to the picture's edge.
fn inside((x, y): (f32, f32), (width, height): (f32, f32)) -> Option<Region> {
    let fits = |center: f32, size: f32| {
        center - size / 2.0 >= EDGE - f32::EPSILON
            && center + size / 2.0 <= 1.0 - EDGE + f32::EPSILON
    };
    if !fits(x, width) || !fits(y, height) {
        return None;
    }
    Region::around((x, y), width, height)
}

#[cfg(test)]
mod tests;
