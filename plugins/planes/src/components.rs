//! Which marked pixels belong together: connected components, with gaps up to a given length.
//!
//! Works on runs of pixels, row by row, so that large areas are cheap. What the components are
//! shown as is left to `regions`.

/// Marked pixels that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// The first column.
    pub left: usize,
    /// The first row.
    pub top: usize,
    /// One past the last column.
    pub right: usize,
    /// One past the last row.
    pub bottom: usize,
    /// Marked pixels in it.
    pub pixels: usize,
}

impl Component {
    /// Both as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
            pixels: self.pixels + other.pixels,
        }
    }
}

/// A stretch of one row: its first marked pixel, and one past its last.
struct Run {
    left: usize,
    right: usize,
}

/// The components of a map of marked pixels, row by row, in reading order of their first runs. Two
/// pixels belong together if neither their columns nor their rows are more than `reach` apart, or
/// if others link them: with a reach of 1, all eight neighbors.
#[must_use]
pub fn components(marked: &[bool], width: usize, reach: usize) -> Vec<Component> {
    let reach = reach.max(1);
    let mut found: Vec<Component> = Vec::new();
    let mut parents: Vec<usize> = Vec::new();
    // The runs of the last `reach` rows, each with the number of its first run.
    let mut above: Vec<(usize, Vec<Run>)> = Vec::new();
    for (y, row) in marked.chunks(width.max(1)).enumerate() {
        let first = found.len();
        let runs = runs(row, y, reach, &mut found);
        parents.extend(first..found.len());
        for (start, earlier) in &above {
            link(&runs, first, earlier, *start, reach, &mut parents);
        }
        if above.len() == reach {
            above.remove(0);
        }
        above.push((first, runs));
    }
    joined(&found, &mut parents)
}

/// The runs of a row; each is added to `found` as a component of its own.
fn runs(row: &[bool], y: usize, reach: usize, found: &mut Vec<Component>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (x, _) in row.iter().enumerate().filter(|(_, marked)| **marked) {
        let last = runs.last_mut().filter(|run| x < run.right + reach).zip(found.last_mut());
        if let Some((run, component)) = last {
            run.right = x + 1;
            component.right = x + 1;
            component.pixels += 1;
        } else {
            runs.push(Run { left: x, right: x + 1 });
            let (right, bottom) = (x + 1, y + 1);
            found.push(Component { left: x, top: y, right, bottom, pixels: 1 });
        }
    }
    runs
}

/// Joins the runs of two rows where they come within reach of each other. `first` and `start` are
/// the numbers of the rows' first runs.
fn link(
    runs: &[Run],
    first: usize,
    earlier: &[Run],
    start: usize,
    reach: usize,
    parents: &mut [usize],
) {
    let mut passed = 0;
    for (number, run) in (first..).zip(runs) {
        // Those that end too far to the left of this run do so for all later ones.
        while earlier.get(passed).is_some_and(|one| one.right + reach <= run.left) {
            passed += 1;
        }
        let near = earlier.iter().enumerate().skip(passed);
        for (other, _) in near.take_while(|(_, other)| other.left < run.right + reach) {
            let (one, other) = (root(parents, number), root(parents, start + other));
            // The earlier one stays, so that components keep reading order.
            if let Some(parent) = parents.get_mut(one.max(other)) {
                *parent = one.min(other);
            }
        }
    }
}

/// The run that stands for the component of this one; the way there is halved for the next time.
fn root(parents: &mut [usize], mut number: usize) -> usize {
    loop {
        let parent = parents.get(number).copied().unwrap_or(number);
        if parent == number {
            return number;
        }
        let grandparent = parents.get(parent).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(number) {
            *slot = grandparent;
        }
        number = grandparent;
    }
}

/// One component for all runs with the same root.
fn joined(runs: &[Component], parents: &mut [usize]) -> Vec<Component> {
    let mut places: Vec<Option<usize>> = vec![None; runs.len()];
    let mut joined: Vec<Component> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        let root = root(parents, number);
        let Some(place) = places.get_mut(root) else { continue };
        if let Some(component) = place.and_then(|place| joined.get_mut(place)) {
            *component = component.and(*run);
        } else {
            *place = Some(joined.len());
            joined.push(*run);
        }
    }
    joined
}

#[cfg(test)]
mod tests;
