//! `MAgICoRe` (arXiv:2409.12147): vote on what is easy, refine what is hard.
//!
//! Draw answers → score every step and the answer of each → easy? then the weighted vote is the answer
//! → else, for each: a reviewer says what is wrong with its low steps, a refiner writes it again, and it
//! is scored; the best of old and new are kept → vote and gate again.
//!
//! What differs from the paper: the scores are a model's word, not those of trained reward models (bind a
//! good `judge`); the mean reward of a data set is a parameter; what a verifier refutes is worth nothing,
//! and what it proves ends the run. As the paper means and its code does not, each round pools what it
//! began with and what it made.

use pentimento_model::RoundNumber;
use pentimento_prompts::{Listed, Scored as ScoreForm, Scores, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::{Kinds, heaviest},
    draft::Draft,
    hearing::Hearing,
    policy::Mark,
    run::{Ending, Run},
    samples::Samples,
    write::{Text, question},
};

/// The reviewer looks at steps below this, of 10 (the prompt of the paper's code).
const LOW: usize = 6;
/// What a reviewer says of one answer, at most; ours.
const MOST_NOTES: usize = 8;

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub answers: u32,
    pub temperature: f32,
    pub average: f64,
    pub confidence: f64,
}

/// An answer with its scores.
#[derive(Clone)]
struct Scored {
    text: Text,
    hearing: Hearing,
    scores: Scores,
}

impl Scored {
    /// The chance that all steps are right.
    fn process(&self) -> f64 {
        self.scores.steps.iter().product()
    }

    fn outcome(&self) -> f64 {
        if self.hearing.objected { 0.0 } else { self.scores.answer }
    }

    /// ORM + Π PRM, from 0 to 2.
    fn reward(&self) -> f64 {
        if self.hearing.objected { 0.0 } else { self.outcome() + self.process() }
    }

    fn answer(&self) -> &str {
        &self.text.solution.answer
    }
}

/// Round 0 draws, scores and votes; every further round refines all that is kept.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let mut samples = Samples::default();
    for _ in 0..knobs.answers {
        samples.draw(run, knobs.temperature).await?;
    }
    let mut pool = Vec::new();
    for (text, hearing) in samples.texts().iter().cloned() {
        pool.push(score(run, text, hearing).await?);
    }
    loop {
        let draft = vote(&pool, knobs).ok_or(RunError::NoText)?;
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let mut refined = Vec::new();
        for one in &pool {
            refined.extend(refine(run, one).await?);
        }
        // What was there before stands first among equals.
        let kept = pool.len();
        pool.extend(refined);
        pool.sort_by(|one, other| other.reward().total_cmp(&one.reward()));
        pool.truncate(kept);
    }
}

/// The weighted vote: the answer with the greatest sum of rewards, in its best text. It is trusted if the
/// question is not hard; a text that is proved stands above the vote.
fn vote(pool: &[Scored], knobs: Knobs) -> Option<Draft> {
    let draft = |one: &Scored| Draft::new(one.text.clone(), one.hearing.clone());
    if let Some(proved) = pool.iter().find(|one| one.hearing.proved) {
        return Some(draft(proved));
    }
    let kinds = Kinds::of(pool.iter().map(Scored::answer));
    let weighed = kinds.weigh(|place| pool.get(place).map_or(0.0, Scored::reward));
    let of_winner = of_kind(pool, &kinds, heaviest(&weighed)?).rev();
    let best = of_winner.max_by(|one, other| one.reward().total_cmp(&other.reward()))?;
    let mut draft = draft(best);
    draft.mark = (!is_hard(pool, knobs)).then_some(Mark::Trusted);
    Some(draft)
}

/// The answers of one kind.
fn of_kind<'a>(
    pool: &'a [Scored],
    kinds: &'a Kinds,
    kind: usize,
) -> impl DoubleEndedIterator<Item = &'a Scored> {
    let all = pool.iter().enumerate();
    all.filter(move |(place, _)| kinds.at(*place) == Some(kind)).map(|(_, one)| one)
}

/// True if the majority's answer is worth less than usual, and the weighted votes are not sure of one.
fn is_hard(pool: &[Scored], knobs: Knobs) -> bool {
    let kinds = Kinds::of(pool.iter().map(Scored::answer));
    let Some(majority) = heaviest(&kinds.weigh(|_| 1.0)) else { return true };
    let rewards: Vec<f64> = of_kind(pool, &kinds, majority).map(Scored::reward).collect();
    #[expect(clippy::cast_precision_loss, reason = "a run has few answers")]
    let mean = rewards.iter().sum::<f64>() / rewards.len() as f64;
    let sure = |weight: fn(&Scored) -> f64| {
        confidence(&kinds.weigh(|place| pool.get(place).map_or(0.0, weight)))
    };
    let least = sure(Scored::outcome).min(sure(Scored::process));
    // One answer is no vote that could be sure.
    let is_unsure = pool.len() < 2 || least < knobs.confidence;
    mean < knobs.average && is_unsure
}

/// 2·(1 − sigmoid(H)), where H is the entropy of the answers' shares in nats: 1 for one answer, below
/// one half from entropies of ln 3 on.
fn confidence(weighed: &[(usize, f64)]) -> f64 {
    let all: f64 = weighed.iter().map(|(_, weight)| weight).sum();
    if all <= 0.0 {
        // Nothing is worth anything.
        return 0.0;
    }
    let shares = weighed.iter().map(|(_, weight)| weight / all).filter(|share| *share > 0.0);
    let entropy: f64 = shares.map(|share| -share * share.ln()).sum();
    2.0 * (1.0 - 1.0 / (1.0 + (-entropy).exp()))
}

/// Scores an answer; without scores of use it is worth nothing.
async fn score(run: &mut Run<'_>, text: Text, hearing: Hearing) -> Result<Scored, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&text.solution),
        findings: &hearing.findings,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::ScoreSteps, &fields, "the answer is worth nothing")?;
    let form = ScoreForm { steps: text.solution.steps.len() };
    let nothing = || Scores { steps: vec![0.0], answer: 0.0 };
    let scores = run.put(asked, &form).await?.unwrap_or_else(nothing);
    Ok(Scored { text, hearing, scores })
}

/// Reviewed, written again and scored; `None` if the writer gives nothing of use.
async fn refine(run: &mut Run<'_>, one: &Scored) -> Result<Option<Scored>, RunError> {
    let idea = &run.request.brief.idea;
    let told = |(at, score): (usize, &f64)| format!("step {at}: {:.0}", score * 10.0);
    let notes: Vec<String> = one.scores.steps.iter().enumerate().map(told).collect();
    let fields = TextFields {
        question: idea,
        draft: Some(&one.text.solution),
        notes: &notes,
        findings: &one.hearing.findings,
        count: LOW,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Review, &fields, "the scores alone are told")?;
    let form = Listed { name: "review", most: MOST_NOTES };
    let said = run.put(asked, &form).await?.unwrap_or_default();
    let fields = TextFields { findings: &said, ..fields };
    let asked = question(Role::Writer, TextPrompt::Improve, &fields, "the answer is kept")?;
    let parent = Some(one.text.candidate);
    let Some(text) = run.write(asked, parent, None).await? else { return Ok(None) };
    let hearing = run.hear(text.candidate).await?;
    score(run, text, hearing).await.map(Some)
}

#[cfg(test)]
mod tests {
    use pentimento_model::CandidateId;
    use pentimento_prompts::Solution;

    use super::*;

    const KNOBS: Knobs = Knobs { answers: 3, temperature: 0.8, average: 1.0, confidence: 0.5 };

    fn scored(answer: &str, outcome: f64, steps: &[f64]) -> Scored {
        let solution = Solution { steps: Vec::new(), answer: answer.to_owned() };
        let text = Text { candidate: CandidateId(0), solution };
        let scores = Scores { steps: steps.to_vec(), answer: outcome };
        Scored { text, hearing: Hearing::default(), scores }
    }

    #[test]
    fn confidence_is_one_for_one_answer_and_a_half_at_three_equal_ones() {
        let even =
            |count: usize| Kinds::of(["a", "b", "c", "d"].into_iter().take(count)).weigh(|_| 0.7);
        for (count, expected) in [(1, 1.0), (2, 2.0 / 3.0), (3, 0.5), (4, 0.4), (0, 0.0)] {
            assert!((confidence(&even(count)) - expected).abs() < 1e-9, "{count}");
        }
    }

    #[test]
    fn a_question_is_hard_only_if_it_scores_low_and_nobody_is_sure() {
        let low = |answer: &str| scored(answer, 0.3, &[0.5]);
        let high = |answer: &str| scored(answer, 0.9, &[0.9]);
        for (pool, hard) in [
            (vec![low("1"), low("2"), low("3"), low("4")], true),
            (vec![low("1"), low("1"), low("1")], false),
            (vec![high("1"), high("2"), high("3"), high("4")], false),
            (vec![], true),
        ] {
            assert_eq!(is_hard(&pool, KNOBS), hard, "{}", pool.len());
        }
    }

    #[test]
    fn the_vote_goes_to_the_greatest_sum_of_rewards_in_its_best_text() {
        let pool =
            [scored("1", 0.4, &[0.5]), scored("2", 0.9, &[0.9, 0.9]), scored("1", 0.5, &[0.2])];
        let draft = vote(&pool, KNOBS).unwrap();
        assert_eq!(draft.text.solution.answer, "2");
        let mut refuted = pool[1].clone();
        refuted.hearing.objected = true;
        let pool = [pool[0].clone(), refuted];
        assert_eq!(vote(&pool, KNOBS).unwrap().text.solution.answer, "1");
    }
}
