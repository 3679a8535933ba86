//! Components against a slow reference, and maps where they are plain to see.

use super::*;

/// Marked where a map has `#`.
fn map(rows: &[&str]) -> (Vec<bool>, usize) {
    (rows.concat().chars().map(|mark| mark == '#').collect(), rows[0].len())
}

fn boxes(rows: &[&str], reach: usize) -> Vec<[usize; 5]> {
    let (marked, width) = map(rows);
    let found = components(&marked, width, reach);
    found.iter().map(|one| [one.left, one.top, one.right, one.bottom, one.pixels]).collect()
}

#[test]
fn what_touches_belongs_together() {
    let rows: [(&[&str], &[[usize; 5]]); 6] = [
        (&["....", "...."], &[]),
        (&["#..#", ".##."], &[[0, 0, 4, 2, 4]]),
        (&["#..#", "#..#"], &[[0, 0, 1, 2, 2], [3, 0, 4, 2, 2]]),
        (&["#..#", "#..#", "####"], &[[0, 0, 4, 3, 8]]),
        (&["###", "#.#", "###"], &[[0, 0, 3, 3, 8]]),
        (&["...#", "#..."], &[[3, 0, 4, 1, 1], [0, 1, 1, 2, 1]]),
    ];
    for (rows, wanted) in rows {
        assert_eq!(boxes(rows, 1), wanted, "{rows:?}");
    }
}

#[test]
fn a_longer_reach_closes_gaps() {
    let rows = ["#...#", ".....", ".....", "#...."];
    for (reach, wanted) in [(1, 3), (2, 3), (3, 2), (4, 1), (100, 1)] {
        assert_eq!(boxes(&rows, reach).len(), wanted, "reach {reach}");
    }
}

#[test]
fn an_empty_map_has_no_components() {
    assert_eq!(components(&[], 0, 1), []);
    assert_eq!(components(&[], 10, 0), []);
}

/// The number of components and their pixels, by flooding pixel for pixel.
fn flooded(marked: &[bool], width: usize, reach: usize) -> Vec<usize> {
    let height = marked.len() / width;
    let mut left = marked.to_vec();
    let mut sizes = Vec::new();
    for start in 0..left.len() {
        let mut open = vec![start];
        let mut size = 0;
        while let Some(at) = open.pop() {
            if !std::mem::take(&mut left[at]) {
                continue;
            }
            size += 1;
            let (x, y) = (at % width, at / width);
            for row in y.saturating_sub(reach)..(y + reach + 1).min(height) {
                for column in x.saturating_sub(reach)..(x + reach + 1).min(width) {
                    open.push(row * width + column);
                }
            }
        }
        sizes.extend((size > 0).then_some(size));
    }
    sizes.sort_unstable();
    sizes
}

#[test]
fn components_are_those_of_a_flood() {
    let mut state = 7_u32;
    for round in 0..300 {
        let (width, height) = (1 + round % 23, 1 + round % 17);
        let density = 1 + u32::try_from(round % 9).unwrap();
        let marked: Vec<bool> = (0..width * height)
            .map(|_| {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                state >> 16 & 15 < density
            })
            .collect();
        for reach in 1..4 {
            let found = components(&marked, width, reach);
            let mut sizes: Vec<usize> = found.iter().map(|one| one.pixels).collect();
            sizes.sort_unstable();
            assert_eq!(sizes, flooded(&marked, width, reach), "round {round}, reach {reach}");
            for one in &found {
                assert!(one.left < one.right && one.right <= width, "{one:?}");
                assert!(one.top < one.bottom && one.bottom <= height, "{one:?}");
            }
        }
    }
}
