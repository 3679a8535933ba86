//! Memory policies: of what was tried before, what whoever writes again is told. Pure.
//!
//! Self-Refine keeps all (arXiv:2303.17651, section 2), Reflexion the latest one to three
//! (arXiv:2303.11366, section 3). Recipes that are told the best instead have scores, and a pool of them
//! (`scored.rs`).

/// What was tried, oldest first, and how much of it is told.
#[derive(Clone, Debug)]
pub(crate) struct History<T> {
    tried: Vec<T>,
    /// So many of the latest are told.
    told: usize,
}

impl<T> History<T> {
    /// Nothing yet; all of it will be told.
    pub(crate) const fn whole() -> Self {
        Self::of_latest(usize::MAX)
    }

    /// Nothing yet; so many of the latest will be told.
    pub(crate) const fn of_latest(told: usize) -> Self {
        Self { tried: Vec::new(), told }
    }

    /// Something was tried.
    pub(crate) fn push(&mut self, tried: T) {
        self.tried.push(tried);
    }

    /// Takes back what was pushed last: nothing came of it.
    pub(crate) fn take_back(&mut self) {
        self.tried.pop();
    }

    /// What is told, oldest first.
    pub(crate) fn told(&self) -> &[T] {
        let from = self.tried.len().saturating_sub(self.told);
        self.tried.get(from..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_told_and_what_was_taken_back_makes_room() {
        let mut all = History::whole();
        let mut two = History::of_latest(2);
        assert!(all.told().is_empty() && two.told().is_empty());
        for number in 0..4 {
            all.push(number);
            two.push(number);
        }
        assert_eq!((all.told(), two.told()), ([0, 1, 2, 3].as_slice(), [2, 3].as_slice()));
        two.take_back();
        assert_eq!(two.told(), [1, 2]);
        assert!(History::<u8>::of_latest(0).told().is_empty());
    }
}
