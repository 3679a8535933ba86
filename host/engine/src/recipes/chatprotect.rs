//! `ChatProtect` (arXiv:2305.15852): find where a text contradicts what the same writer says elsewhere,
//! put it right, and drop what cannot be.
//!
//! Write → for each sentence: say it again, from its beginning and what stands before it → do both
//! contradict? Explained once, then voted on → free the sentence from what is contradicted → again; the
//! last round drops every sentence that still contradicts. Nobody need know what is true: two statements
//! that cannot both be true are enough.
//!
//! What differs from the paper: what a sentence is about is asked of a model (there: extracted as a
//! triple, several of one sentence); a text in steps has its steps for sentences, and its last line, the
//! answer, is left alone; a text of which not every sentence could be looked at and voted on is not accepted. A
//! contradiction that is said every time the same way cannot be seen, as there.

use pentimento_model::Temperature;
use pentimento_prompts::{Each, OneText, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::plain,
    judgement::Judgement,
    policy::Mark,
    run::{Ending, Run},
    sentences::{statements, with_statements},
    write::question,
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub sentences: usize,
    pub votes: u32,
    pub agreement: f32,
}

/// Round 0 writes; every further round looks for contradictions and removes them.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let said = statements(&draft.text.solution);
        let judged = contradicted(run, &said, knobs).await?;
        let Some(others) = draft.hears(judged) else { continue };
        let last = run.round.0 >= run.request.budget.rounds;
        let rest = freed(run, &said, &others, last).await?;
        match with_statements(&draft.text.solution, rest) {
            Some(changed) => run.offer(&mut draft, "resolve", changed).await?,
            // A text of which nothing would be left is kept, but not accepted.
            None => draft.mark = Some(Mark::Exhausted),
        }
    }
}

/// For each sentence one that contradicts it, if there is one at all. That none does can be said only if
/// every sentence was said again, and voted on where it came out otherwise.
async fn contradicted(
    run: &mut Run<'_>,
    said: &[String],
    knobs: Knobs,
) -> Result<Judgement<Vec<Option<String>>>, RunError> {
    let mut found = vec![None; said.len()];
    let looked_at = said.len().min(knobs.sentences);
    let Some(cues) = cues(run, said, looked_at).await? else { return Ok(Judgement::Silent) };
    let mut everywhere = looked_at == said.len();
    for ((at, place), cue) in found.iter_mut().enumerate().zip(&cues) {
        let other = restated(run, said, at, cue).await?;
        let contradicts = match &other {
            // Who says the same again does not contradict.
            Some(other) if said.get(at).is_some_and(|one| plain(other) == plain(one)) => {
                Some(false)
            }
            Some(other) => contradicts(run, said, at, other, knobs).await?,
            None => None,
        };
        everywhere &= contradicts.is_some();
        *place = other.filter(|_| contradicts == Some(true));
    }
    let any = found.iter().any(Option::is_some);
    Ok(match everywhere {
        _ if any => Judgement::Objects(found),
        true => Judgement::Consents,
        false => Judgement::Silent,
    })
}

/// What each sentence is about.
async fn cues(
    run: &mut Run<'_>,
    said: &[String],
    looked_at: usize,
) -> Result<Option<Vec<String>>, RunError> {
    let whole = as_text(said.iter().take(looked_at));
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&whole),
        count: looked_at,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let instead = "no contradiction is looked for, and the text is not accepted";
    let asked = question(who, TextPrompt::Cues, &fields, instead)?;
    run.put(asked, &Each { name: "cues", count: looked_at }).await
}

/// The sentence said again, as if it were not there.
async fn restated(
    run: &mut Run<'_>,
    said: &[String],
    at: usize,
    cue: &str,
) -> Result<Option<String>, RunError> {
    let idea = &run.request.brief.idea;
    let whole = as_text(said);
    let fields =
        TextFields { question: idea, draft: Some(&whole), at, piece: cue, ..TextFields::default() };
    let instead = "the sentence is kept, and the text is not accepted as it is";
    let asked = question(Role::Writer, TextPrompt::Restate, &fields, instead)?;
    run.put(asked, &OneText { name: "sentence", may_be_empty: false }).await
}

/// Whether two sentences contradict: explained first, then voted on. Missing votes are no yes; `None` if
/// it turns on them.
async fn contradicts(
    run: &mut Run<'_>,
    said: &[String],
    at: usize,
    other: &str,
    knobs: Knobs,
) -> Result<Option<bool>, RunError> {
    let whole = as_text(said);
    let piece = said.get(at).map(String::as_str).unwrap_or_default();
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&whole),
        at,
        piece,
        against: other,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Contradiction, &fields, "the vote goes without it")?;
    let thought = run.put(asked, &OneText { name: "explanation", may_be_empty: false }).await?;
    let notes: Vec<String> = thought.into_iter().collect();
    let fields = TextFields { notes: &notes, ..fields };
    let asked =
        question(who, TextPrompt::Contradict, &fields, "it is no vote for a contradiction")?;
    let votes = run.votes_on(&asked, knobs.votes, Temperature::new(1.0)).await?;
    Ok(votes.carries(knobs.agreement))
}

/// The sentences without what is contradicted; in the last round without those that are.
async fn freed(
    run: &mut Run<'_>,
    said: &[String],
    others: &[Option<String>],
    last: bool,
) -> Result<Vec<String>, RunError> {
    let idea = &run.request.brief.idea;
    let mut rest: Vec<String> = Vec::new();
    for (sentence, other) in said.iter().zip(others) {
        match other {
            None => rest.push(sentence.clone()),
            Some(_) if last => {}
            Some(other) => {
                // What stands before it is what is left of that by now.
                let before = as_text(&rest);
                let fields = TextFields {
                    question: idea,
                    draft: Some(&before),
                    at: rest.len(),
                    piece: sentence,
                    against: other,
                    ..TextFields::default()
                };
                let who = run.ports.models.judge_or_writer();
                let asked = question(who, TextPrompt::Resolve, &fields, "the sentence is kept")?;
                let form = OneText { name: "freed", may_be_empty: true };
                let freed = run.put(asked, &form).await?.unwrap_or_else(|| sentence.clone());
                rest.extend(Some(freed).filter(|freed| !freed.is_empty()));
            }
        }
    }
    Ok(rest)
}

/// Sentences as a text that prompts can quote.
fn as_text<'s>(said: impl IntoIterator<Item = &'s String>) -> Solution {
    Solution { steps: said.into_iter().cloned().collect(), answer: String::new() }
}
