//! Cells of a picture that are not trusted: which are left, and what regions they make. Pure.

use pentimento_model::Region;

/// A square of cells, row by row; true for one that may be painted anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    side: usize,
    open: Vec<bool>,
}

impl Cells {
    /// Those whose digit is less than this one.
    pub(crate) fn below(rows: &[Vec<u8>], trust: u32) -> Self {
        let open = rows.iter().flatten().map(|digit| u32::from(*digit) < trust).collect();
        Self { side: rows.len(), open }
    }

    /// Reads a map as it is written in evidence: rows of digits, with blanks between.
    pub(crate) fn read(text: &str, trust: u32) -> Option<Self> {
        let digit = |digit: char| digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
        let rows: Option<Vec<Vec<u8>>> =
            text.split_whitespace().map(|row| row.chars().map(digit).collect()).collect();
        let rows = rows.filter(|rows| rows.iter().all(|row| row.len() == rows.len()))?;
        Some(Self::below(&rows, trust))
    }

    /// Those that are open in both.
    pub(crate) fn within(&self, other: &Self) -> Self {
        let both = self.open.iter().zip(&other.open).map(|(one, other)| *one && *other);
        Self { side: self.side, open: both.collect() }
    }

    /// None is open.
    pub(crate) fn is_empty(&self) -> bool {
        !self.open.contains(&true)
    }

    /// The boxes around neighbors that are open, largest first; neighbors share a side.
    pub(crate) fn regions(&self) -> Vec<Region> {
        let mut seen = vec![false; self.open.len()];
        let mut found: Vec<[usize; 4]> = Vec::new();
        for start in 0..self.open.len() {
            if !self.is_open(start) || seen.get(start).copied().unwrap_or(true) {
                continue;
            }
            let mut stack = vec![start];
            let mut edges = [usize::MAX, usize::MAX, 0, 0];
            while let Some(cell) = stack.pop() {
                match seen.get_mut(cell) {
                    Some(place) if !*place && self.is_open(cell) => *place = true,
                    _ => continue,
                }
                let (row, column) = (cell / self.side, cell % self.side);
                let [left, top, right, bottom] = edges;
                edges = [left.min(column), top.min(row), right.max(column), bottom.max(row)];
                stack.extend(self.neighbors(row, column));
            }
            found.push(edges);
        }
        let area =
            |[left, top, right, bottom]: &[usize; 4]| (right - left + 1) * (bottom - top + 1);
        found.sort_by_key(|edges| std::cmp::Reverse(area(edges)));
        found.into_iter().filter_map(|edges| self.region(edges)).collect()
    }

    fn is_open(&self, cell: usize) -> bool {
        self.open.get(cell).copied().unwrap_or(false)
    }

    fn neighbors(&self, row: usize, column: usize) -> impl Iterator<Item = usize> + use<> {
        let side = self.side;
        let next = [
            (row.wrapping_sub(1), column),
            (row + 1, column),
            (row, column.wrapping_sub(1)),
            (row, column + 1),
        ];
        let inside = move |(row, column): &(usize, usize)| *row < side && *column < side;
        next.into_iter().filter(inside).map(move |(row, column)| row * side + column)
    }

    #[expect(clippy::cast_precision_loss, reason = "there are at most a few hundred cells")]
    fn region(&self, [left, top, right, bottom]: [usize; 4]) -> Option<Region> {
        let part = |cells: usize| cells as f32 / self.side as f32;
        Region::new(part(left), part(top), part(right - left + 1), part(bottom - top + 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbors_make_one_region_and_corners_do_not() {
        let cells = Cells::read("0999 0999 9900 9990", 5).unwrap();
        let region = |x, y, w, h| Region::new(x, y, w, h).unwrap();
        assert_eq!(cells.regions(), [region(0.5, 0.5, 0.5, 0.5), region(0.0, 0.0, 0.25, 0.5)]);
        assert!(Cells::read("99 99", 5).unwrap().is_empty());
        for bad in ["999 999", "9a 99", "9"] {
            assert_eq!(Cells::read(bad, 5).is_some(), bad == "9", "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_left_never_grows_and_lies_in_its_regions(
            rows in prop::collection::vec(prop::collection::vec(0_u8..10, 4), 4),
            later in prop::collection::vec(prop::collection::vec(0_u8..10, 4), 4),
        ) {
            let before = Cells::below(&rows, 5);
            let after = before.within(&Cells::below(&later, 5));
            let open = |cells: &Cells| cells.open.iter().filter(|open| **open).count();
            prop_assert!(open(&after) <= open(&before));
            let regions = before.regions();
            for (cell, _) in before.open.iter().enumerate().filter(|(_, open)| **open) {
                let middle = |at: usize| [0.125_f32, 0.375, 0.625, 0.875][at];
                let point = (middle(cell % 4), middle(cell / 4));
                prop_assert!(regions.iter().any(|region| region.contains(point)));
            }
        }
    }
}
