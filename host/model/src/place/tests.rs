use super::*;

fn region(x: f32, y: f32, width: f32, height: f32) -> Region {
    Region::new(x, y, width, height).unwrap()
}

#[test]
fn a_region_is_clipped_to_the_picture() {
    let clipped = region(-0.5, 0.5, 1.0, 1.0);
    assert_eq!((clipped.x(), clipped.y(), clipped.width(), clipped.height()), (0.0, 0.5, 0.5, 0.5));
}

#[test]
fn what_has_no_area_or_is_not_a_number_is_no_region() {
    for (x, y, width, height) in [
        (0.0, 0.0, 0.0, 1.0),
        (0.5, 0.5, -0.1, 0.1),
        (1.5, 0.0, 0.2, 0.2),
        (f32::NAN, 0.0, 1.0, 1.0),
        (0.0, 0.0, f32::INFINITY, 1.0),
    ] {
        assert_eq!(Region::new(x, y, width, height), None);
    }
}

#[test]
fn overlap_is_counted_once() {
    let left = region(0.0, 0.0, 0.5, 1.0);
    let right = region(0.25, 0.0, 0.5, 1.0);
    assert!((left.iou(&right) - 1.0 / 3.0).abs() < 1e-6);
    assert!((left.iou(&left) - 1.0).abs() < 1e-6);
    assert!(left.iou(&region(0.5, 0.0, 0.5, 1.0)).abs() < 1e-6);
}

#[test]
fn exact_numbers_are_taken_as_they_are_or_not_at_all() {
    let odd = region(0.1, 0.2, 0.3, 0.4);
    assert_eq!(Region::exact(odd.x(), odd.y(), odd.width(), odd.height()), Some(odd));
    for (x, y, width, height) in [
        (0.5, 0.0, 0.6, 1.0),
        (-0.1, 0.0, 0.5, 0.5),
        (0.0, 0.0, 0.0, 1.0),
        (f32::NAN, 0.0, 1.0, 1.0),
    ] {
        assert_eq!(Region::exact(x, y, width, height), None);
    }
}
