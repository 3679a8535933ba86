//! Places in cases: four numbers for a region, and when a found one is the same.

use pentimento_model::{Place, Region};

/// Intersection over union from which two regions are the same: the usual bar of object detection
/// (Everingham et al. 2010, PASCAL VOC, section 4.2).
const SAME: f32 = 0.5;

/// A region as a case has it: left, top, width and height in fractions of the picture.
pub(super) fn checked([x, y, width, height]: [f32; 4]) -> Result<Region, String> {
    let inside = |start: f32, length: f32| {
        start >= 0.0 && length > 0.0 && start + length <= 1.0 + f32::EPSILON
    };
    let region = (inside(x, width) && inside(y, height)).then(|| Region::new(x, y, width, height));
    region.flatten().ok_or_else(|| {
        format!("`place` [{x}, {y}, {width}, {height}] is not [x, y, width, height] within 0 to 1")
    })
}

/// True if the found place is this region.
pub(super) fn is_met(wanted: Region, found: Option<Place>) -> bool {
    matches!(found, Some(Place::Region(region)) if wanted.iou(&region) >= SAME)
}

/// A place for people.
pub(super) fn in_words(place: Place) -> String {
    match place {
        Place::Region(one) => region(one),
        Place::TextSpan { start, end } => format!("bytes {start} to {end}"),
        Place::Step(step) => format!("step {step}"),
    }
}

/// A region for people, as a case would have it.
pub(super) fn region(region: Region) -> String {
    let (x, y) = (region.x(), region.y());
    format!("[{x:.2}, {y:.2}, {:.2}, {:.2}]", region.width(), region.height())
}
