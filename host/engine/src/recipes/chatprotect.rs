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
//! answer, is left alone. A contradiction that is said every time the same way cannot be seen, as there.

use pentimento_model::Temperature;
use pentimento_prompts::{Each, OneText, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::plain,
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
        let others = contradicted(run, &said, knobs).await?;
        if others.iter().all(Option::is_none) {
            draft.pleases();
            continue;
        }
        let last = run.round.0 >= run.request.budget.rounds;
        let rest = freed(run, &said, &others, last).await?;
        match with_statements(&draft.text.solution, rest) {
            Some(changed) => run.offer(&mut draft, "resolve", changed).await?,
            // A text of which nothing would be left is kept, but not accepted.
            None => draft.mark = Some(Mark::Exhausted),
        }
    }
}

/// For each sentence one that contradicts it, if there is one.
async fn contradicted(
    run: &mut Run<'_>,
    said: &[String],
    knobs: Knobs,
) -> Result<Vec<Option<String>>, RunError> {
    let mut found = vec![None; said.len()];
    let looked_at = said.len().min(knobs.sentences);
    let whole = as_text(said.iter().take(looked_at));
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&whole),
        count: looked_at,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Cues, &fields, "no contradiction is looked for")?;
    let cues = run.put(asked, &Each { name: "cues", count: looked_at }).await?.unwrap_or_default();
    for (at, cue) in cues.iter().enumerate() {
        let Some(sentence) = said.get(at) else { continue };
        let Some(other) = restated(run, said, at, cue).await? else { continue };
        // Who says the same again does not contradict.
        let differs = plain(&other) != plain(sentence);
        if differs
            && contradicts(run, said, at, &other, knobs).await?
            && let Some(place) = found.get_mut(at)
        {
            *place = Some(other);
        }
    }
    Ok(found)
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
    let instead = "the sentence is taken not to be contradicted";
    let asked = question(Role::Writer, TextPrompt::Restate, &fields, instead)?;
    run.put(asked, &OneText { name: "sentence", may_be_empty: false }).await
}

/// Whether two sentences contradict: explained first, then voted on.
async fn contradicts(
    run: &mut Run<'_>,
    said: &[String],
    at: usize,
    other: &str,
    knobs: Knobs,
) -> Result<bool, RunError> {
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
    let instead = "it does not count as a contradiction";
    let asked = question(who, TextPrompt::Contradict, &fields, instead)?;
    let share = run.share_of_yes(&asked, knobs.votes, Temperature::new(1.0)).await?;
    Ok(share.is_some_and(|share| share.value() >= knobs.agreement))
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
