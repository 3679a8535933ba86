use super::*;

/// Reads a mask drawn with `#` for solid cells.
fn drawn(rows: &[&str]) -> Mask {
    let cells: Vec<&[u8]> = rows.iter().map(|row| row.as_bytes()).collect();
    Mask::from_fn(rows[0].len(), rows.len(), |x, y| cells[y][x] == b'#')
}

/// Two blocks of six by six cells, `gap` cells apart, closed: how many pieces are left.
fn check(radius: f32, gap: usize, pieces: usize) {
    let apart = Mask::from_fn(32, 20, |x, y| {
        (7..13).contains(&y) && ((6..12).contains(&x) || (12 + gap..18 + gap).contains(&x))
    });
    let closed = apart.closed(radius);
    assert_eq!(closed.pieces(), pieces, "a gap of {gap} with radius {radius}");
    let kept = apart.cells.iter().zip(&closed.cells).all(|(before, after)| !before || *after);
    assert!(kept, "closing took something away");
}

#[test]
fn a_narrow_gap_closes_and_a_wide_one_stays() {
    for (radius, gap, pieces) in [(1.5, 1, 1), (1.5, 2, 1), (1.5, 4, 2), (3.0, 4, 1), (0.0, 1, 2)] {
        check(radius, gap, pieces);
    }
}

#[test]
fn a_hole_fills_whatever_its_size() {
    let ring = drawn(&[".......", ".#####.", ".#...#.", ".#...#.", ".#####.", "......."]);
    let full = drawn(&[".......", ".#####.", ".#####.", ".#####.", ".#####.", "......."]);
    assert_eq!(ring.filled(), full);
}

#[test]
fn pieces_touching_at_a_corner_are_one() {
    for (rows, pieces) in [
        (["#..", ".#.", "..#"], 1),
        (["#.#", "...", "#.#"], 4),
        (["...", "...", "..."], 0),
        (["###", "...", "###"], 2),
    ] {
        assert_eq!(drawn(&rows).pieces(), pieces, "{rows:?}");
    }
}

#[test]
fn bounds_are_tight() {
    assert_eq!(drawn(&["....", "..#.", ".#..", "...."]).bounds(), Some((1, 1, 2, 2)));
    assert_eq!(drawn(&["..", ".."]).bounds(), None);
}

#[test]
fn distances_of_a_disc_are_those_of_a_circle() {
    let (center, radius) = (32.0_f32, 20.0_f32);
    let reach = |x: usize, y: usize| (float(x) - center).hypot(float(y) - center);
    let disc = Mask::from_fn(65, 65, |x, y| reach(x, y) <= radius);
    for (index, distance) in disc.signed_distances().into_iter().enumerate() {
        let wanted = reach(index % 65, index / 65) - radius;
        assert!((distance - wanted).abs() < 1.2, "{distance} at {index}, not {wanted}");
    }
}
