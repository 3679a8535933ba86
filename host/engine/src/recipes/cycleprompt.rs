//! `CyclePrompt` (arXiv:2402.08756): what is lost between words, picture and words becomes a hint.
//!
//! forward: the prompt is painted · backward: the seer describes the picture · compared: the writer
//! says what of the idea was lost, with a hint for the painter. The hints of all rounds are added to
//! the idea. The examiner `cycle` is the backward map and the comparison.
//!
//! What differs from the paper: its cycle begins at a picture or at code, ours at the idea; the
//! picture that keeps most is handed out, not the last one; and a round without a hint paints the
//! same prompt again with another seed.

use pentimento_model::Score;

use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// One picture in every round; one with score `good` ends the run.
pub(crate) async fn perform(run: &mut Run<'_>, good: Score) -> Result<Ending, RunError> {
    let mut prompt = run.request.brief.idea.clone();
    let mut pool = Pool::begin(run, good, 1).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        for hint in pool.hints() {
            if !prompt.contains(hint.as_str()) {
                prompt = format!("{} {hint}", with_full_stop(&prompt));
            }
        }
        pool.paint(run, &prompt, 1).await?;
    }
}

/// Ends a sentence, so that the next one is not read as its part.
fn with_full_stop(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
#[test]
fn a_hint_begins_a_sentence_of_its_own() {
    for (text, ended) in [("a cat", "a cat."), ("a cat. ", "a cat."), ("a cat!", "a cat!")] {
        assert_eq!(with_full_stop(text), ended);
    }
}
