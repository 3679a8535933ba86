//! `Idea2Img` (arXiv:2310.08541): a writer and a seer make prompts better, round by round.
//!
//! Prompts out of the idea → a picture of each → the seer chooses the best → it says the one thing
//! that is wrong with it → the writer writes better prompts. Only a round's best picture, its
//! prompt and that reason are remembered. In the end the seer chooses among the rounds' best.
//!
//! What differs from the paper and its code: round 0 takes part in the final choice (there it does
//! not), so that the run never ends worse than it began; the writer is told of earlier pictures in
//! words alone; an answer of no use keeps the first picture (there: a random one), or the best
//! score so far in the final choice; fewer prompts than wanted are not filled up; and what critics
//! find in the best picture is told to the seer. As in the paper, all rounds are always made.

use pentimento_model::{Artifact, CandidateId, Mode, RoundNumber, Severity, StopReason};
use pentimento_prompts::{Choice, Fields, OneOf, Past, Prompt, Prompts, Reason};
use pentimento_recipe::Role;

use super::count;
use crate::{
    RunError,
    ask::{Question, unwritten},
    decide::{self, Facts},
    history::History,
    run::{Ending, Run, load},
};

/// The best picture of a round.
#[derive(Clone)]
struct Winner {
    candidate: CandidateId,
    prompt: String,
    /// From 1 to 10; 0 if nobody gave one.
    score: u8,
}

/// Rounds of `drafts` pictures each; the final choice is accepted if its score is at least
/// `accept_score`.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    drafts: u32,
    accept_score: u32,
) -> Result<Ending, RunError> {
    let (mut winners, mut past) = (Vec::<Winner>::new(), History::<Past>::whole());
    let mut round = RoundNumber(0);
    loop {
        run.begin_round(round)?;
        let prompts = match winners.last() {
            None => first_prompts(run, drafts).await?,
            Some(last) => {
                let reason = reflect(run, last, past.told()).await?;
                past.push(Past { prompt: last.prompt.clone(), reason });
                better_prompts(run, drafts, last, past.told()).await?
            }
        };
        let winner = draft(run, round, prompts).await?;
        winners.push(winner);
        let accepts = |winner: &Winner| u32::from(winner.score) >= accept_score;
        let mut draft = best_score(&winners).ok_or_else(|| run.trace.diverged())?;
        // If there are no means for the final choice, this is what the run ends with.
        run.draft = Some((draft.candidate, accepts(&draft)));
        let stop = decide::stop_reason(&facts(run, round));
        if stop.is_some() && winners.len() > 1 {
            draft = final_choice(run, &winners, draft).await?;
        }
        let accepted = accepts(&draft);
        run.settle_round(round, draft.candidate, accepted, (stop, in_words(&draft)))?;
        if let Some(stop) = stop {
            return Ok(ending(&draft, stop, accepted));
        }
        round = RoundNumber(round.0 + 1);
    }
}

/// The best score, the earliest of equals.
fn best_score(winners: &[Winner]) -> Option<Winner> {
    winners.iter().rev().max_by_key(|winner| winner.score).cloned()
}

fn ending(draft: &Winner, stop: StopReason, accepted: bool) -> Ending {
    let ending = Ending::of(draft.candidate, stop);
    if accepted { Ending { verdict: pentimento_model::Verdict::Accept, ..ending } } else { ending }
}

fn in_words(draft: &Winner) -> String {
    match draft.score {
        0 => format!("{} has no score", draft.candidate),
        score => format!("{} has {score} of 10", draft.candidate),
    }
}

fn facts(run: &Run<'_>, round: RoundNumber) -> Facts {
    Facts {
        accepted: false,
        seen: true,
        can_go_on: true,
        round: round.0,
        images: run.images(),
        budget: run.request.budget,
        time: run.time(),
    }
}

/// Section 3.1 of the paper, round 0.
async fn first_prompts(run: &mut Run<'_>, drafts: u32) -> Result<Vec<String>, RunError> {
    let idea = run.request.brief.idea.clone();
    let form = Prompts { wanted: count(drafts) };
    let fields = Fields { idea: &idea, count: form.wanted, ..Fields::default() };
    let instead = "the idea itself is painted";
    let question = question((Role::Writer, Prompt::Draft), &fields, &[], instead)?;
    Ok(run.put(question, &form).await?.unwrap_or_else(|| vec![idea.clone()]))
}

/// The same, later: with what is known of the rounds before.
async fn better_prompts(
    run: &mut Run<'_>,
    drafts: u32,
    last: &Winner,
    past: &[Past],
) -> Result<Vec<String>, RunError> {
    let idea = &run.request.brief.idea;
    let form = Prompts { wanted: count(drafts) };
    let fields = Fields { idea, count: form.wanted, past, ..Fields::default() };
    let instead = "the last prompt is painted again with another seed";
    let question = question((Role::Writer, Prompt::Revise), &fields, &[], instead)?;
    Ok(run.put(question, &form).await?.unwrap_or_else(|| vec![last.prompt.clone()]))
}

/// Paints every prompt, as far as the budget's pictures go, and chooses.
async fn draft(
    run: &mut Run<'_>,
    round: RoundNumber,
    prompts: Vec<String>,
) -> Result<Winner, RunError> {
    let mut drafts = Vec::new();
    for prompt in prompts {
        if !drafts.is_empty() && run.images() >= run.request.budget.images {
            break;
        }
        let candidate = run.paint(round, &prompt).await?;
        drafts.push(Winner { candidate, prompt, score: 0 });
    }
    let choice = choose(run, &drafts, "the first picture is kept").await?;
    let Choice { best, score } = choice.unwrap_or(Choice { best: 0, score: 0 });
    let chosen = drafts.get(best).cloned().ok_or_else(|| run.trace.diverged())?;
    Ok(Winner { score, ..chosen })
}

/// The seer's choice among the rounds' best, those of round 0 included.
async fn final_choice(
    run: &mut Run<'_>,
    winners: &[Winner],
    best: Winner,
) -> Result<Winner, RunError> {
    let choice = choose(run, winners, "the picture with the best score so far is kept").await?;
    let chosen = choice.and_then(|choice| {
        let winner = winners.get(choice.best)?.clone();
        let score = if choice.score == 0 { winner.score } else { choice.score };
        Some(Winner { score, ..winner })
    });
    Ok(chosen.unwrap_or(best))
}

/// Section 3.2: which picture shows the idea best.
async fn choose(
    run: &mut Run<'_>,
    among: &[Winner],
    instead: &'static str,
) -> Result<Option<Choice>, RunError> {
    let idea = &run.request.brief.idea;
    let form = OneOf { pictures: among.len() };
    let pictures = among.iter().map(|one| picture(run, one.candidate));
    let pictures = pictures.collect::<Result<Vec<_>, _>>()?;
    let fields = Fields { idea, count: among.len(), ..Fields::default() };
    let who = run.ports.models.judge_or_seer();
    let question = question((who, Prompt::Select), &fields, &pictures, instead)?;
    run.put(question, &form).await
}

/// Section 3.3: the one thing that is most worth changing; empty if nobody says.
async fn reflect(run: &mut Run<'_>, on: &Winner, past: &[Past]) -> Result<String, RunError> {
    let findings = findings(run, on.candidate).await?;
    let idea = &run.request.brief.idea;
    let shown = [picture(run, on.candidate)?];
    let fields = Fields { idea, count: 1, past, prompt: &on.prompt, findings: &findings };
    let instead = "the writer is not told what is wrong";
    let question = question((Role::Seer, Prompt::Reflect), &fields, &shown, instead)?;
    Ok(run.put(question, &Reason).await?.unwrap_or_default())
}

/// What the critics that have a say find wrong with a picture.
async fn findings(run: &mut Run<'_>, id: CandidateId) -> Result<Vec<String>, RunError> {
    let known = run.pool.iter().find(|candidate| candidate.id == id).cloned();
    let candidate = known.ok_or_else(|| run.trace.diverged())?;
    let said = run.assess(&candidate).await?;
    let heard = said.iter().filter(|one| one.mode >= Mode::Advise);
    let found = heard.flat_map(|one| one.assessment.findings());
    let wrong = found.filter(|finding| finding.severity > Severity::Note);
    Ok(wrong.map(|finding| finding.message.clone()).collect())
}

fn picture(run: &Run<'_>, id: CandidateId) -> Result<Artifact, RunError> {
    let known = run.pool.iter().find(|candidate| candidate.id == id);
    let artifact = known.map(|one| one.artifact).ok_or_else(|| run.trace.diverged())?;
    load(&run.made, run.ports, artifact)
}

fn question<'q>(
    (role, prompt): (Role, Prompt),
    fields: &Fields<'_>,
    pictures: &'q [Artifact],
    instead: &'static str,
) -> Result<Question<'q>, RunError> {
    let text = prompt.render(fields).map_err(unwritten)?;
    Ok(Question { role, step: prompt.step(), text, pictures, likelihood: false, instead })
}
