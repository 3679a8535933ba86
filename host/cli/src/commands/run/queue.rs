//! Briefs that wait for a run: the same brief once more, until its run has ended, and those whose run another
//! program is at.

use std::collections::{HashMap, VecDeque};

use pentimento_model::RunId;

use super::brief::Line;

/// So many may wait; until there are fewer, no further line is read. A file may hold one brief a million
/// times.
const MOST: usize = 1024;

/// One whose turn has come. Its run is kept for it.
pub(super) struct Waiting {
    pub(super) line: Line,
    pub(super) run: RunId,
    /// Another program was at its run.
    pub(super) in_use: bool,
}

/// Who waits for whom.
#[derive(Default)]
pub(super) struct Queue {
    /// The runs under way, or kept for one whose turn has come, and who waits for each.
    kept: HashMap<RunId, VecDeque<Line>>,
    /// Whose turn has come, the next first.
    next: VecDeque<Waiting>,
    /// How many wait in both.
    count: usize,
}

impl Queue {
    /// True if no more should come.
    pub(super) fn is_full(&self) -> bool {
        self.count >= MOST
    }

    /// True if somebody's turn has come.
    pub(super) fn has_next(&self) -> bool {
        !self.next.is_empty()
    }

    /// Keeps a run for a brief, or has it wait for those before it.
    pub(super) fn begin(&mut self, line: Line, run: RunId) -> Option<Waiting> {
        if let Some(others) = self.kept.get_mut(&run) {
            others.push_back(line);
            self.count += 1;
            return None;
        }
        self.kept.insert(run.clone(), VecDeque::new());
        Some(Waiting { line, run, in_use: false })
    }

    /// The next whose turn has come.
    pub(super) fn take(&mut self) -> Option<Waiting> {
        let next = self.next.pop_front()?;
        self.count -= 1;
        Some(next)
    }

    /// Another program is at the run of this one, which is looked at again later.
    pub(super) fn put_back(&mut self, line: Line, run: RunId) {
        self.next.push_back(Waiting { line, run, in_use: true });
        self.count += 1;
    }

    /// A run has ended: whoever waited for it first is next.
    pub(super) fn ended(&mut self, run: &RunId) {
        let Some(others) = self.kept.get_mut(run) else { return };
        match others.pop_front() {
            Some(line) => {
                self.next.push_back(Waiting { line, run: run.clone(), in_use: false });
            }
            None => drop(self.kept.remove(run)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u64) -> Line {
        Line { number, id: None, idea: "a cat".to_owned(), seed: None }
    }

    fn run(name: &str) -> RunId {
        RunId::new(name).unwrap()
    }

    #[test]
    fn briefs_of_one_run_come_one_after_the_other_and_hold_up_no_other() {
        let mut queue = Queue::default();
        assert!(queue.begin(line(1), run("a")).is_some());
        assert!(
            queue.begin(line(2), run("a")).is_none() && queue.begin(line(3), run("a")).is_none()
        );
        assert!(queue.begin(line(4), run("b")).is_some() && !queue.has_next());
        queue.ended(&run("b"));
        assert!(!queue.has_next() && queue.begin(line(5), run("b")).is_some());
        queue.ended(&run("a"));
        let second = queue.take().unwrap();
        assert_eq!((second.line.number, second.in_use, queue.has_next()), (2, false, false));
        // Another program is at it: it stays before the third.
        queue.put_back(second.line, second.run);
        let second = queue.take().unwrap();
        assert_eq!((second.line.number, second.in_use, queue.has_next()), (2, true, false));
        queue.ended(&run("a"));
        assert_eq!(queue.take().unwrap().line.number, 3);
        queue.ended(&run("a"));
        assert!(!queue.has_next() && queue.begin(line(6), run("a")).is_some());
        assert_eq!(queue.count, 0);
    }

    #[test]
    fn only_so_many_wait_and_each_costs_the_same() {
        let mut queue = Queue::default();
        assert!(queue.begin(line(0), run("a")).is_some());
        let mut waiting = 0;
        while !queue.is_full() {
            waiting += 1;
            assert!(queue.begin(line(waiting), run("a")).is_none());
        }
        assert_eq!(waiting, 1024);
        // A queue that is turned as a whole for each of them takes hours for this.
        for number in 1..=1_000_000 {
            queue.ended(&run("a"));
            assert_eq!(queue.take().unwrap().line.number, number);
            assert!(!queue.is_full());
            assert!(queue.begin(line(number + waiting), run("a")).is_none());
        }
    }
}
