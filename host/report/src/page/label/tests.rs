//! Labels stay inside the picture and off one another.

use super::{Frame, HEIGHT, Labels, WIDTH};

const HEIGHT_OF_PICTURE: f64 = 384.0;

fn frame(x: f64, y: f64, width: f64, height: f64) -> Frame {
    Frame { x, y, width, height }
}

fn check_inside(on: Frame, text: &str) {
    let label = Labels::on(HEIGHT_OF_PICTURE).place(text, &on).frame;
    assert!(label.x >= 0.0 && label.x + label.width <= WIDTH, "{label:?}");
    assert!(label.y >= 0.0 && label.y + label.height <= HEIGHT_OF_PICTURE, "{label:?}");
}

#[test]
fn a_label_never_crosses_the_edge() {
    let corners = [(0.0, 0.0), (500.0, 0.0), (0.0, 372.0), (500.0, 372.0), (250.0, 190.0)];
    for (x, y) in corners {
        for text in ["", "a", "red apple #1", &"w".repeat(500), &"漢".repeat(500)] {
            check_inside(frame(x, y, 12.0, 12.0), text);
        }
    }
    check_inside(frame(0.0, 0.0, WIDTH, HEIGHT_OF_PICTURE), "everything");
}

#[test]
fn a_label_sits_on_top_of_its_box_if_there_is_room() {
    let label = Labels::on(HEIGHT_OF_PICTURE).place("cup", &frame(100.0, 100.0, 90.0, 90.0));
    assert_eq!((label.frame.x, label.frame.y), (100.0, 100.0 - HEIGHT));
}

#[test]
fn labels_of_one_box_do_not_cover_each_other() {
    let mut labels = Labels::on(HEIGHT_OF_PICTURE);
    let on = frame(100.0, 100.0, 90.0, 90.0);
    let placed: Vec<_> = (0..4).map(|_| labels.place("apple", &on).frame).collect();
    for (index, first) in placed.iter().enumerate() {
        for second in &placed[index + 1..] {
            assert!(first.overlap(second) < f64::EPSILON, "{first:?} {second:?}");
        }
    }
}
