//! Context Canvas (arXiv:2412.09614): what the idea takes for known is looked up, said, and checked.
//!
//! Facts of a graph that belong to things the idea names → the writer says them in the prompt → it is
//! painted → a seer is asked about each fact, and about the idea as a whole → the writer is told what
//! is not shown and writes a better prompt. More facts shown is a better picture.
//!
//! What differs from the paper: the graph is a file of the user's, and facts are found by the words of
//! their subjects (there: by vectors); corrections are prompts, not `ControlNet` edits; the number of
//! rounds is ours. Without a fact the idea alone is painted and asked about, and that is said. An answer
//! of no use says the facts behind the idea.

use pentimento_model::{MediaType, RoundNumber, RunEvent, Score};
use pentimento_prompts::{Climb, OF_IDEA, OF_SHOWN, Thought, no_or_yes};

use super::{climb::question, textmatch};
use crate::{
    RunError,
    examine::Exam,
    facts::{self, Fact},
    run::{Ending, Run},
    scored::Pool,
};

/// Earlier prompts that the writer is shown.
const EXAMPLES: usize = 3;

/// One picture in every round; so many facts, from so many steps away.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    (most, hops): (usize, u32),
    good: Score,
) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let idea = run.request.brief.idea.clone();
    let facts = facts::about(&idea, &graph(run)?, hops, most);
    let whole = no_or_yes("idea", format!("{OF_IDEA}{idea}?"));
    let ask = |fact: &Fact| no_or_yes("fact", format!("{OF_SHOWN}{}?", fact.in_words()));
    run.exam = Some(Exam::of(facts.iter().map(ask).chain([whole]).collect()));
    let prompt = grounded(run, &idea, &facts).await?;
    let mut pool = Pool::begin_with(run, good, &prompt).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        let prompt = textmatch::rewrite(run, &pool, EXAMPLES).await?;
        pool.paint(run, &prompt, 1).await?;
    }
}

/// All facts that the user attached.
fn graph(run: &Run<'_>) -> Result<Vec<Fact>, RunError> {
    let mut graph = Vec::new();
    for id in &run.request.brief.attached {
        let attached = run.ports.keep.load(*id)?;
        if attached.media_type == MediaType::Text {
            graph.extend(facts::read(&String::from_utf8_lossy(&attached.bytes)));
        }
    }
    Ok(graph)
}

/// A prompt that says what is known.
async fn grounded(run: &mut Run<'_>, idea: &str, facts: &[Fact]) -> Result<String, RunError> {
    let told: Vec<String> = facts.iter().map(Fact::in_words).collect();
    if told.is_empty() {
        let (step, reason) = ("ground".to_owned(), "no fact is about the idea".to_owned());
        let instead = "the idea alone is painted".to_owned();
        run.trace.note(RunEvent::FellBack { step, reason, instead })?;
        return Ok(idea.to_owned());
    }
    let asked = Climb::Ground { idea, facts: &told };
    let instead = "the facts are said behind the idea";
    let written = run.put(question(&asked, instead)?, &Thought).await?;
    let plain = || format!("{}. {}.", idea.trim_end_matches(['.', ' ']), told.join(". "));
    Ok(written.unwrap_or_else(plain))
}
