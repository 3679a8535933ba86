//! How two boxes may lie to each other, and when they do.
//!
//! The host's rules, which are GenEval's for left, right, above and below
//! (`evaluation/evaluate_images.py`): the distance of the centers, shrunk by a tenth of both sizes,
//! makes up more than half of the whole distance. Native tests compare them with the host's.

use pentimento_sdk::Region;

/// GenEval's share of both sizes that a distance must exceed.
const SHRINK: f32 = 0.1;

/// GenEval's least share of the whole distance.
const LEAST_SHARE: f32 = 0.5;

/// The picture's middle.
const MIDDLE: f32 = 0.5;

/// The widest gap between an object and what it is on top of; the host's.
const ON_TOP_GAP: f32 = 0.15;

/// How far an object may reach into what it is on top of, as a share of its height; the host's.
const ON_TOP_SINK: f32 = 0.5;

/// The widest gap between two objects next to each other; the host's.
const NEXT_TO_GAP: f32 = 0.25;

/// How one object lies to another, or in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Further left.
    LeftOf,
    /// Further right.
    RightOf,
    /// Higher.
    Above,
    /// Lower.
    Below,
    /// Higher, over it, and near.
    OnTopOf,
    /// To one of its sides, and near.
    NextTo,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::LeftOf, Self::RightOf, Self::Above, Self::Below, Self::OnTopOf, Self::NextTo];

    /// The phrase, as in `a cat left of a dog`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftOf => "left of",
            Self::RightOf => "right of",
            Self::Above => "above",
            Self::Below => "below",
            Self::OnTopOf => "on top of",
            Self::NextTo => "next to",
        }
    }

    /// The side of the picture it names.
    pub const fn side(self) -> &'static str {
        match self {
            Self::LeftOf => "on the left of the picture",
            Self::RightOf => "on the right of the picture",
            Self::Above | Self::OnTopOf => "at the top of the picture",
            Self::Below => "at the bottom of the picture",
            Self::NextTo => "at the side of the picture",
        }
    }

    /// Whether it must hold to all objects of the other end. Nothing can lie on top of two things,
    /// or near to many.
    pub const fn needs_every_target(self) -> bool {
        !matches!(self, Self::OnTopOf | Self::NextTo)
    }

    /// True if `own` lies so to `other`.
    pub fn holds(self, own: Region, other: Region) -> bool {
        let (across, down) = directions(own, other);
        match self {
            Self::LeftOf => across < -LEAST_SHARE,
            Self::RightOf => across > LEAST_SHARE,
            Self::Above => down < -LEAST_SHARE,
            Self::Below => down > LEAST_SHARE,
            Self::OnTopOf => is_on_top(own, other),
            Self::NextTo => across.abs() > LEAST_SHARE && gap(own, other) <= NEXT_TO_GAP,
        }
    }

    /// True if `own` lies on that side of the picture.
    pub fn holds_in_picture(self, own: Region) -> bool {
        let (x, y) = center(own);
        match self {
            Self::LeftOf => x < MIDDLE,
            Self::RightOf => x > MIDDLE,
            Self::Above | Self::OnTopOf => y < MIDDLE,
            Self::Below => y > MIDDLE,
            Self::NextTo => true,
        }
    }
}

fn center(region: Region) -> (f32, f32) {
    (region.x + region.width / 2.0, region.y + region.height / 2.0)
}

/// The larger of the horizontal and the vertical gap; negative if the boxes overlap.
pub(crate) fn gap(first: Region, second: Region) -> f32 {
    let right = |region: Region| region.x + region.width;
    let bottom = |region: Region| region.y + region.height;
    let across = (first.x - right(second)).max(second.x - right(first));
    let down = (first.y - bottom(second)).max(second.y - bottom(first));
    across.max(down)
}

/// GenEval's direction from `other` to `own`, each number between -1 and 1.
fn directions(own: Region, other: Region) -> (f32, f32) {
    let ((own_x, own_y), (other_x, other_y)) = (center(own), center(other));
    let (across, down) = (own_x - other_x, own_y - other_y);
    let length = (across * across + down * down).sqrt();
    if length <= f32::EPSILON {
        return (0.0, 0.0);
    }
    let shrunk =
        |offset: f32, sizes: f32| (offset.abs() - SHRINK * sizes).max(0.0) * offset.signum();
    (
        shrunk(across, own.width + other.width) / length,
        shrunk(down, own.height + other.height) / length,
    )
}

fn is_on_top(own: Region, other: Region) -> bool {
    let (x, y) = center(own);
    let distance = other.y - (own.y + own.height);
    let over_it = (other.x..=other.x + other.width).contains(&x);
    let near = (-ON_TOP_SINK * own.height..=ON_TOP_GAP).contains(&distance);
    over_it && near && y < center(other).1
}
