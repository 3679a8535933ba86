//! Answers to one question, sorted by which are the same, and the vote among them.

use super::form::Form;

/// Which of several answers are the same: for each the place of the first one that is like it.
///
/// A number without a unit counts for one with a unit, and `12 eggs` for `12 duck eggs`, unless that can be
/// meant in two ways: among `5 km` and `5 m`, `5` is an answer of its own. So being the same is one
/// relation for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(Vec<usize>);

impl Kinds {
    pub(crate) fn of<'a>(answers: impl IntoIterator<Item = &'a str>) -> Self {
        let forms: Vec<Form> = answers.into_iter().map(Form::of).collect();
        let fullest: Vec<usize> = (0..forms.len()).map(|at| fullest(&forms, at)).collect();
        let first = |kind: &usize| fullest.iter().position(|other| other == kind).unwrap_or(*kind);
        Self(fullest.iter().map(first).collect())
    }

    /// The kind of the answer at this place.
    pub(crate) fn at(&self, place: usize) -> Option<usize> {
        self.0.get(place).copied()
    }

    /// How often each was given, in the order in which they were first given.
    pub(crate) fn count(&self) -> Vec<(usize, usize)> {
        self.sum(|_| 1)
    }

    /// The summed weight of each, in the order in which they were first given.
    pub(crate) fn weigh(&self, weight: impl Fn(usize) -> f64) -> Vec<(usize, f64)> {
        self.sum(weight)
    }

    fn sum<T: std::ops::AddAssign>(&self, weight: impl Fn(usize) -> T) -> Vec<(usize, T)> {
        let mut summed: Vec<(usize, T)> = Vec::new();
        for (place, kind) in self.0.iter().enumerate() {
            match summed.iter_mut().find(|(known, _)| known == kind) {
                Some((_, sum)) => *sum += weight(place),
                None => summed.push((*kind, weight(place))),
            }
        }
        summed
    }
}

#[cfg(test)]
impl From<&[usize]> for Kinds {
    fn from(kinds: &[usize]) -> Self {
        Self(kinds.to_vec())
    }
}

/// The place of the first answer that says most of what the one at this place says; itself if there are
/// several that differ.
fn fullest(forms: &[Form], at: usize) -> usize {
    let Some(form) = forms.get(at) else { return at };
    let is_full =
        |one: &Form| forms.iter().all(|other| !one.is_part_of(other) || other.is_part_of(one));
    let mut fuller =
        forms.iter().enumerate().filter(|(_, other)| form.is_part_of(other) && is_full(other));
    let itself = || forms.iter().position(|other| other == form).unwrap_or(at);
    let Some((first, fullest)) = fuller.next() else { return itself() };
    if fuller.all(|(_, other)| other == fullest) { first } else { itself() }
}

/// The kind with the greatest weight, the first of equals.
pub(crate) fn heaviest(weighed: &[(usize, f64)]) -> Option<usize> {
    // The last of equals in this order is the first.
    let all = weighed.iter().rev();
    all.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(kind, _)| *kind)
}
