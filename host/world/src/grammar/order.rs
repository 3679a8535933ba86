//! Finds relations that exclude each other: an object left of itself, or rings such as a left of b
//! left of a.
//!
//! Whether what is left can be laid out in one picture is the placement's business.

use pentimento_model::{Constraints, Relation, RelationKind, RelationTarget};

use super::builder::described;
use crate::ReadError;

/// Refuses relations that no picture could satisfy.
pub(super) fn check(constraints: &Constraints) -> Result<(), ReadError> {
    for relation in &constraints.relations {
        if relation.target == RelationTarget::Object(relation.subject) {
            let name = name(constraints, relation.subject);
            let what = format!("`{name}` would be {} itself", relation.kind.as_str());
            return Err(ReadError::Contradiction { what });
        }
    }
    for axis in [Axis::Across, Axis::Down] {
        if let Some(index) = on_a_ring(constraints, &edges(constraints, axis)) {
            let name = name(constraints, index);
            let words = match axis {
                Axis::Across => "left and right",
                Axis::Down => "above and below",
            };
            let what = format!("`{name}` would be {words} of the same thing");
            return Err(ReadError::Contradiction { what });
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Across,
    Down,
}

/// Whether the relation orders its two ends on an axis, and if the subject comes first (left, up).
fn direction(kind: RelationKind) -> Option<(Axis, bool)> {
    match kind {
        RelationKind::LeftOf => Some((Axis::Across, true)),
        RelationKind::RightOf => Some((Axis::Across, false)),
        RelationKind::Above | RelationKind::OnTopOf => Some((Axis::Down, true)),
        RelationKind::Below => Some((Axis::Down, false)),
        RelationKind::NextTo => None,
    }
}

/// All pairs (first, second) of an axis. What is in the first half of the picture comes before what
/// is in the second.
fn edges(constraints: &Constraints, axis: Axis) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    let (mut in_first_half, mut in_second_half) = (Vec::new(), Vec::new());
    for Relation { subject, kind, target } in &constraints.relations {
        let Some((of_axis, comes_first)) = direction(*kind) else { continue };
        if of_axis != axis {
            continue;
        }
        match target {
            RelationTarget::Object(other) if comes_first => edges.push((*subject, *other)),
            RelationTarget::Object(other) => edges.push((*other, *subject)),
            RelationTarget::Canvas if comes_first => in_first_half.push(*subject),
            RelationTarget::Canvas => in_second_half.push(*subject),
        }
    }
    for first in &in_first_half {
        edges.extend(in_second_half.iter().map(|second| (*first, *second)));
    }
    edges
}

/// An object that comes before itself. Objects without a predecessor are taken away until none is
/// left or only rings and what hangs on them are.
fn on_a_ring(constraints: &Constraints, edges: &[(usize, usize)]) -> Option<usize> {
    let mut left: Vec<usize> = (0..constraints.objects.len()).collect();
    loop {
        let waits = |object: &usize| {
            edges.iter().any(|(first, second)| second == object && left.contains(first))
        };
        let waiting: Vec<usize> = left.iter().copied().filter(waits).collect();
        if waiting.len() == left.len() {
            return left.first().copied();
        }
        left = waiting;
    }
}

/// How a person would call the object.
fn name(constraints: &Constraints, index: usize) -> String {
    let object = constraints.objects.get(index);
    object.map_or_else(String::new, |object| described(&object.noun, object.attribute))
}
