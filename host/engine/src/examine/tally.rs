//! What answers come to: which questions make no sense, the score, and what is wrong. Pure.

use pentimento_model::{Critique, Evidence, Finding, Score, Severity};
use pentimento_prompts::Query;

use super::Exam;

/// What became of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Not asked, or without an answer of use.
    Unasked,
    /// One of its choices.
    Answered(usize),
    /// It makes no sense: one that it needs was answered wrong.
    Moot,
}

/// An order in which no question comes before those it needs. Questions that need each other in a
/// circle come last, in their own order.
pub(super) fn order(parents: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(parents.len());
    loop {
        let ready = |index: &usize| {
            let needed = parents.get(*index).map(Vec::as_slice).unwrap_or_default();
            !order.contains(index) && needed.iter().all(|parent| order.contains(parent))
        };
        match (0..parents.len()).find(ready) {
            Some(next) => order.push(next),
            None => break,
        }
    }
    let left: Vec<usize> = (0..parents.len()).filter(|index| !order.contains(index)).collect();
    order.extend(left);
    order
}

/// True if a question that is needed was answered wrong, or makes no sense itself. One that was not
/// answered rules nothing out.
pub(super) fn is_moot(exam: &Exam, told: &[Told], parents: &[usize]) -> bool {
    parents.iter().any(|&parent| match (told.get(parent), exam.queries.get(parent)) {
        (Some(Told::Moot), _) => true,
        (Some(Told::Answered(choice)), Some(query)) => *choice != query.right,
        _ => false,
    })
}

/// Strikes out answers to questions that make no sense.
pub(super) fn rule_out(exam: &Exam, told: &mut [Told]) {
    for index in order(&exam.parents) {
        let moot = exam.parents.get(index).is_some_and(|parents| is_moot(exam, told, parents));
        if let (true, Some(place)) = (moot, told.get_mut(index)) {
            *place = Told::Moot;
        }
    }
}

/// The share of questions that are answered right; those that make no sense count as wrong (DSG). `None` if no question has an answer.
pub(super) fn tally(exam: &Exam, told: &[Told]) -> Option<Critique> {
    let both = || exam.queries.iter().zip(told);
    let all = exam.queries.len();
    let right = both().filter(|(query, told)| **told == Told::Answered(query.right)).count();
    let known = told.iter().filter(|told| **told != Told::Unasked).count();
    if known == 0 {
        return None;
    }
    Some(Critique {
        score: Some(Score::share(right, all)),
        confidence: Score::share(known, all),
        abstained: None,
        findings: both().map(|(query, told)| finding(query, *told)).collect(),
    })
}

fn finding(query: &Query, told: Told) -> Finding {
    let choice = |index: usize| query.choices.get(index).map_or("", String::as_str);
    let right = choice(query.right);
    let (code, severity, answer) = match told {
        Told::Answered(index) if index == query.right => {
            ("answer.right", Severity::Note, choice(index).to_owned())
        }
        // Of two choices, the one that is not right needs no mention.
        Told::Answered(index) if query.choices.len() == 2 => {
            ("answer.wrong", Severity::Major, choice(index).to_owned())
        }
        Told::Answered(index) => {
            ("answer.wrong", Severity::Major, format!("{}, not {right}", choice(index)))
        }
        Told::Moot => {
            ("answer.moot", Severity::Major, "makes no sense, by another answer".to_owned())
        }
        Told::Unasked => ("answer.none", Severity::Note, "no answer of use".to_owned()),
    };
    let evidence = |kind: &str, text: &str| Evidence {
        kind: kind.to_owned(),
        text: text.to_owned(),
        value: None,
    };
    let mut all = vec![evidence("question", &query.question), evidence("right", right)];
    if let Told::Answered(index) = told {
        all.push(evidence("answer", choice(index)));
    }
    all.extend((!query.kind.is_empty()).then(|| evidence("about", &query.kind)));
    Finding {
        code: code.to_owned(),
        severity,
        message: format!("{} {answer}", query.question),
        place: None,
        evidence: all,
        suggestion: None,
    }
}

#[cfg(test)]
mod tests {
    use pentimento_prompts::no_or_yes;
    use proptest::prelude::*;

    use super::*;

    const NO: Told = Told::Answered(0);
    const YES: Told = Told::Answered(1);

    fn exam(parents: &[&[usize]]) -> Exam {
        let queries = (0..parents.len()).map(|index| no_or_yes("fact", format!("{index}?")));
        let parents = parents.iter().map(|&parents| parents.to_vec()).collect();
        Exam { queries: queries.collect(), parents }
    }

    #[test]
    fn a_question_makes_no_sense_where_one_it_needs_was_answered_wrong() {
        let chain = exam(&[&[], &[0], &[1], &[]]);
        for (told, expected, score) in [
            ([NO, YES, YES, YES], [NO, Told::Moot, Told::Moot, YES], "0.25"),
            ([YES, NO, YES, NO], [YES, NO, Told::Moot, NO], "0.25"),
            ([YES, YES, YES, YES], [YES, YES, YES, YES], "1.00"),
            ([Told::Unasked, YES, NO, YES], [Told::Unasked, YES, NO, YES], "0.50"),
        ] {
            let mut ruled = told;
            rule_out(&chain, &mut ruled);
            assert_eq!(ruled, expected, "{told:?}");
            let critique = tally(&chain, &ruled).unwrap();
            assert_eq!(critique.score.unwrap().to_string(), score, "{told:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_in_the_words_of_question_and_answer() {
        let mut exam = exam(&[&[], &[0], &[], &[]]);
        exam.queries[2].choices = ["red", "blue", "green"].map(str::to_owned).to_vec();
        let told = [NO, Told::Moot, Told::Answered(0), Told::Unasked];
        let critique = tally(&exam, &told).unwrap();
        let words: Vec<_> = critique
            .findings
            .iter()
            .map(|one| format!("{} {} {}", one.severity.as_str(), one.code, one.message))
            .collect();
        assert_eq!(
            words,
            [
                "major answer.wrong 0? no",
                "major answer.moot 1? makes no sense, by another answer",
                "major answer.wrong 2? red, not blue",
                "note answer.none 3? no answer of use",
            ]
        );
        assert_eq!(critique.confidence.to_string(), "0.75");
        assert_eq!(tally(&exam, &[Told::Unasked; 4]), None);
    }

    proptest! {
        #[test]
        fn every_question_is_asked_once_and_after_those_it_needs_unless_in_a_circle(
            parents in prop::collection::vec(prop::collection::vec(0_usize..6, 0..3), 0..6)
        ) {
            let order = order(&parents);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..parents.len()).collect::<Vec<_>>());
            let forward = parents.iter().enumerate().all(|(at, all)| all.iter().all(|one| *one < at));
            if forward {
                for (place, index) in order.iter().enumerate() {
                    prop_assert!(parents[*index].iter().all(|parent| order[..place].contains(parent)));
                }
            }
        }
    }
}
