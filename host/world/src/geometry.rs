//! When a relation holds between two boxes, or between a box and the picture.
//!
//! Left, right, above and below are GenEval's rule (`evaluation/evaluate_images.py`): the distance
//! of the centers, shrunk by a tenth of both sizes, must make up more than half of the whole
//! distance. It is stricter than comparing centers: what lies diagonally needs some distance.
//! Where boxes should be put is the placement's business.

use pentimento_model::{Region, RelationKind};

/// GenEval's share of both sizes that a distance must exceed.
const SHRINK: f32 = 0.1;

/// GenEval's least share of the whole distance.
const LEAST_SHARE: f32 = 0.5;

/// The picture's middle.
const MIDDLE: f32 = 0.5;

/// The widest gap between an object and what it is on top of.
const ON_TOP_GAP: f32 = 0.15;

/// How far an object may reach into the box of what it is on top of, as a share of its own height.
/// Boxes overlap where a round thing lies on a hollow one.
const ON_TOP_SINK: f32 = 0.5;

/// The widest gap between two objects next to each other.
const NEXT_TO_GAP: f32 = 0.25;

/// How strictly a relation is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// For boxes that were seen.
    Seen,
    /// For boxes that are planned: with a margin, so that drawing and looking do not break it.
    Planned,
}

impl Strictness {
    /// The margin in fractions of the picture (and of a share, for directions). Three hundredths
    /// of a 512 pixel picture are 15 pixels: several times the eye's error.
    const fn margin(self) -> f32 {
        match self {
            Self::Seen => 0.0,
            Self::Planned => 0.03,
        }
    }
}

/// True if `subject` lies so to `target`.
pub fn holds(kind: RelationKind, subject: &Region, target: &Region, how: Strictness) -> bool {
    let margin = how.margin();
    let (across, down) = directions(subject, target);
    let far_enough = LEAST_SHARE + margin;
    match kind {
        RelationKind::LeftOf => across < -far_enough,
        RelationKind::RightOf => across > far_enough,
        RelationKind::Above => down < -far_enough,
        RelationKind::Below => down > far_enough,
        RelationKind::OnTopOf => is_on_top(subject, target, margin),
        RelationKind::NextTo => {
            across.abs() > far_enough && gap(subject, target) <= NEXT_TO_GAP - margin
        }
    }
}

/// True if `subject` lies on that side of the picture.
pub fn holds_on_canvas(kind: RelationKind, subject: &Region, how: Strictness) -> bool {
    let (x, y) = subject.center();
    let margin = how.margin();
    match kind {
        RelationKind::LeftOf => x < MIDDLE - margin,
        RelationKind::RightOf => x > MIDDLE + margin,
        RelationKind::Above | RelationKind::OnTopOf => y < MIDDLE - margin,
        RelationKind::Below => y > MIDDLE + margin,
        RelationKind::NextTo => true,
    }
}

/// The gap between two boxes: the larger of the horizontal and the vertical one, negative if they
/// overlap.
pub fn gap(first: &Region, second: &Region) -> f32 {
    let across = (first.x() - second.right()).max(second.x() - first.right());
    let down = (first.y() - second.bottom()).max(second.y() - first.bottom());
    across.max(down)
}

/// GenEval's direction from target to subject, each number between -1 and 1.
fn directions(subject: &Region, target: &Region) -> (f32, f32) {
    let (subject_x, subject_y) = subject.center();
    let (target_x, target_y) = target.center();
    let offset = (subject_x - target_x, subject_y - target_y);
    let length = (offset.0 * offset.0 + offset.1 * offset.1).sqrt();
    if length <= f32::EPSILON {
        return (0.0, 0.0);
    }
    let shrunk =
        |offset: f32, sizes: f32| (offset.abs() - SHRINK * sizes).max(0.0) * offset.signum();
    (
        shrunk(offset.0, subject.width() + target.width()) / length,
        shrunk(offset.1, subject.height() + target.height()) / length,
    )
}

fn is_on_top(subject: &Region, target: &Region, margin: f32) -> bool {
    let (x, y) = subject.center();
    let distance = target.y() - subject.bottom();
    let over_it = (target.x() + margin..=target.right() - margin).contains(&x);
    let near = distance <= ON_TOP_GAP - margin && distance >= -ON_TOP_SINK * subject.height();
    over_it && near && y < target.center().1
}

#[cfg(test)]
mod tests;
