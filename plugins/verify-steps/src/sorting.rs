//! Words sorted letter by letter, as BIG-Bench Mistake's traces do: which letters were read, what
//! order follows, and what is still open.
//!
//! The state after each step is computed here, from the words alone; a step that says otherwise is
//! false. A trace in other words is none of this file's business.

mod order;
mod read;

use order::{Order, in_words};
use read::{Step, step};

use crate::{False, Trace, Verdict};

/// Checks a trace that sorts the question's words; `None` if it does not read like one.
pub(crate) fn check(question: &str, trace: &Trace<'_>) -> Option<Verdict> {
    let steps: Vec<Step<'_>> = trace.steps.iter().map(|text| step(text)).collect();
    if !matches!(steps.first(), Some(Step::Letters { group: None, .. })) {
        return None;
    }
    let words: Vec<&str> = words(question).collect();
    let mut sorted = words.clone();
    sorted.sort_unstable();
    let mut sorting = Sorting::new(&words);
    let mut verdict = Verdict { answer: Some(sorted.join(" ")), ..Verdict::default() };
    for (number, step) in steps.iter().enumerate() {
        match sorting.take(step, &sorted) {
            Ok(()) => verdict.held += 1,
            Err(Wrong { required, actual }) => {
                verdict.wrong.push(False { step: number, required, actual });
                // What follows a false step stands on it.
                break;
            }
        }
    }
    let given: Vec<_> = answered(trace.answer).collect();
    verdict.right = Some(given == sorted);
    Some(verdict)
}

/// The question's words: those after its last colon, if it has one.
fn words(question: &str) -> impl Iterator<Item = &str> {
    let list = question.rsplit(':').next().unwrap_or(question);
    list.split_whitespace()
}

fn answered(answer: &str) -> impl Iterator<Item = &str> {
    answer.split_whitespace().map(|word| word.trim_matches([',', '.', '"']))
}

/// What a step says, and what it should.
pub(crate) struct Wrong {
    required: String,
    actual: String,
}

fn wrong<T>(required: impl Into<String>, actual: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { required: required.into(), actual: actual.into() })
}

/// How far the words are sorted.
struct Sorting<'w> {
    /// Groups in order; words within one are still open.
    state: Order<'w>,
    /// The group whose letters were read last, and which letter.
    group: Vec<&'w str>,
    nth: usize,
    /// What became of the group before.
    last: Order<'w>,
}

impl<'w> Sorting<'w> {
    fn new(words: &[&'w str]) -> Self {
        let state = Order(vec![words.to_vec()]);
        Self { state, group: words.to_vec(), nth: 0, last: Order::default() }
    }

    fn take(&mut self, step: &Step<'_>, sorted: &[&str]) -> Result<(), Wrong> {
        match step {
            Step::Letters { group, named, nth, letters } => {
                if let Some(group) = group {
                    self.choose(group, *named, *nth)?;
                }
                self.nth = *nth;
                self.letters(letters)
            }
            Step::Order { order, whole } => self.order(order, whole.as_ref()),
            Step::Done { answer } => self.done(answer, sorted),
            Step::Unread => wrong("a step of sorting", "something else"),
        }
    }

    /// A group is sorted next: one that is open, of the group before if any of that is.
    fn choose(&mut self, group: &[&str], named: Option<usize>, nth: usize) -> Result<(), Wrong> {
        let said = || in_words(group);
        let Some(open) = self.state.group(group) else {
            return wrong(self.state.in_words(), said());
        };
        if self.last.has_open() && self.last.group(group).is_none() {
            return wrong(format!("{} is still open", self.last.in_words()), said());
        }
        if named != Some(nth) {
            return wrong("the same letter twice", "two different letters");
        }
        // A letter at which all words agree can be left out, none at which they differ.
        let longest = open.iter().map(|word| word.len()).max().unwrap_or(0);
        let differ = (0..=longest).find(|at| !order::same_letter(open, *at)).unwrap_or(0);
        if nth > differ {
            return wrong(format!("letter {}", differ + 1), format!("letter {}", nth + 1));
        }
        self.group = open.to_vec();
        Ok(())
    }

    fn letters(&self, letters: &[(&str, &str, usize)]) -> Result<(), Wrong> {
        let said: Vec<&str> = letters.iter().map(|(word, ..)| *word).collect();
        if !order::same_words(&said, &self.group) {
            return wrong(in_words(&self.group), in_words(&said));
        }
        for (word, letter, place) in letters {
            let right = order::letter(word, self.nth);
            let shown = right.map(String::from).unwrap_or_default();
            let number = right.and_then(order::place);
            if *letter != shown || number.is_some_and(|number| number != *place) {
                let required = format!("{word}: {shown} ({})", number.unwrap_or_default());
                return wrong(required, format!("{word}: {letter} ({place})"));
            }
        }
        Ok(())
    }

    /// The letters just read put the group into this order, and all words into that.
    fn order(
        &mut self,
        said: &[(Option<usize>, Vec<&str>)],
        whole: Option<&Vec<(Option<usize>, Vec<&str>)>>,
    ) -> Result<(), Wrong> {
        let right = Order::by_letter(&self.group, self.nth);
        let groups = |said: &[(Option<usize>, Vec<&str>)]| -> Vec<Vec<String>> {
            said.iter()
                .map(|(_, words)| words.iter().map(|&word| word.to_owned()).collect())
                .collect()
        };
        if !right.is(&groups(said)) {
            return wrong(right.in_words(), in_words_of(&groups(said)));
        }
        for ((place, _), words) in said.iter().zip(&right.0) {
            let number = words.first().and_then(|word| order::letter(word, self.nth));
            let number = number.and_then(order::place);
            if let (Some(said), Some(number)) = (place, number)
                && *said != number
            {
                return wrong(format!("({number}) {}", in_words(words)), format!("({said})"));
            }
        }
        self.state.refine(&self.group, &right);
        self.last = right;
        let Some(whole) = whole else { return Ok(()) };
        if self.state.is(&groups(whole)) {
            return Ok(());
        }
        wrong(self.state.in_words(), in_words_of(&groups(whole)))
    }

    fn done(&self, answer: &[&str], sorted: &[&str]) -> Result<(), Wrong> {
        if self.state.has_open() {
            return wrong("nothing is open", self.state.in_words());
        }
        if answer == sorted { Ok(()) } else { wrong(sorted.join(" "), answer.join(" ")) }
    }
}

fn in_words_of(groups: &[Vec<String>]) -> String {
    let told: Vec<_> = groups
        .iter()
        .map(|group| in_words(&group.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    told.join(" < ")
}

#[cfg(test)]
mod tests;
