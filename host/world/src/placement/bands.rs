//! Where an object's center may lie, from the chains of relations it is in: what has two things to
//! its left and one to its right is sought in the third quarter.

use pentimento_model::{Constraints, RelationKind, RelationTarget};

use super::{EDGE, Wish, chance::Chance};

/// For each object its band across and down, as shares of the picture.
pub(super) struct Bands {
    across: Vec<Band>,
    down: Vec<Band>,
}

#[derive(Clone, Copy)]
struct Band {
    /// From the chains of relations alone.
    chain: (f32, f32),
    /// From the side of the picture alone.
    side: (f32, f32),
}

impl Bands {
    pub(super) fn of(constraints: &Constraints) -> Self {
        let bands = |first: &[RelationKind], second: &[RelationKind]| {
            let pairs = pairs(constraints, first, second);
            (0..constraints.objects.len())
                .map(|object| Band {
                    chain: chain(&pairs, object, constraints.objects.len()),
                    side: side(constraints, object, first, second),
                })
                .collect()
        };
        Self {
            across: bands(&[RelationKind::LeftOf], &[RelationKind::RightOf]),
            down: bands(&[RelationKind::Above, RelationKind::OnTopOf], &[RelationKind::Below]),
        }
    }

    /// A random center. Without `banded` only sides of the picture are respected, because bands are
    /// only a guess.
    pub(super) fn center(&self, wish: &Wish, banded: bool, chance: &mut Chance) -> (f32, f32) {
        let (width, height) = wish.size;
        let x = range(self.across.get(wish.object), banded, width);
        let y = range(self.down.get(wish.object), banded, height);
        (chance.between(x.0, x.1), chance.between(y.0, y.1))
    }
}

/// The range of a center: the side of the picture, cut to the band where both agree, and kept away
/// from the picture's edge.
fn range(band: Option<&Band>, banded: bool, size: f32) -> (f32, f32) {
    let (edge_low, edge_high) = (EDGE + size / 2.0, 1.0 - EDGE - size / 2.0);
    let within = |(low, high): (f32, f32), bounds: (f32, f32)| {
        (low.clamp(bounds.0, bounds.1), high.clamp(bounds.0, bounds.1))
    };
    let edges = (edge_low.min(0.5), edge_high.max(0.5));
    let Some(band) = band else { return edges };
    let half = within(band.side, edges);
    let cut = within(band.chain, half);
    if banded && cut.0 < cut.1 { cut } else { half }
}

/// All (first, second) pairs of an axis.
fn pairs(
    constraints: &Constraints,
    first: &[RelationKind],
    second: &[RelationKind],
) -> Vec<(usize, usize)> {
    let pair = |relation: &pentimento_model::Relation| match relation.target {
        RelationTarget::Object(other) if first.contains(&relation.kind) => {
            Some((relation.subject, other))
        }
        RelationTarget::Object(other) if second.contains(&relation.kind) => {
            Some((other, relation.subject))
        }
        _ => None,
    };
    constraints.relations.iter().filter_map(pair).collect()
}

/// The band of an object in the longest chains before and after it.
fn chain(pairs: &[(usize, usize)], object: usize, n_objects: usize) -> (f32, f32) {
    let before =
        longest(pairs, object, n_objects, |(first, second), at| (*second == at).then_some(*first));
    let after =
        longest(pairs, object, n_objects, |(first, second), at| (*first == at).then_some(*second));
    let (before, after) = (f32::from(before), f32::from(after));
    let n_bands = before + after + 1.0;
    (before / n_bands, (before + 1.0) / n_bands)
}

/// Steps of the longest way from `object`; the bound ends it on rings.
fn longest(
    pairs: &[(usize, usize)],
    object: usize,
    bound: usize,
    step: impl Fn(&(usize, usize), usize) -> Option<usize> + Copy,
) -> u8 {
    let mut reached = vec![object];
    let mut length = 0;
    for _ in 0..bound {
        let mut next: Vec<usize> = reached
            .iter()
            .flat_map(|at| pairs.iter().filter_map(move |pair| step(pair, *at)))
            .collect();
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            break;
        }
        reached = next;
        length += 1;
    }
    length
}

/// The half of the picture that an object was asked for, or all of it.
fn side(
    constraints: &Constraints,
    object: usize,
    first: &[RelationKind],
    second: &[RelationKind],
) -> (f32, f32) {
    let asked = |kinds: &[RelationKind]| {
        constraints.relations.iter().any(|relation| {
            relation.subject == object
                && relation.target == RelationTarget::Canvas
                && kinds.contains(&relation.kind)
        })
    };
    match (asked(first), asked(second)) {
        (true, false) => (0.0, 0.5),
        (false, true) => (0.5, 1.0),
        _ => (0.0, 1.0),
    }
}
