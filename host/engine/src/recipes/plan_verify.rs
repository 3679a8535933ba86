//! A sound verifier in the loop (Stechly et al., arXiv:2402.08115; Valmeekam et al., arXiv:2310.08118):
//! propose, check, tell what was found, propose again, until something is proved.
//!
//! The papers find that a model which checks its own plans makes them worse, that a sound verifier makes
//! them better, and that it matters little how much the verifier tells. So no model is ever asked here
//! whether a proposal is right, and nothing but a proof is accepted.
//!
//! What differs from the papers: verifiers are plugins, for plans or anything else; what they find least
//! wrong with is handed out if nothing is proved (there: the last proposal).

use pentimento_prompts::{PastText, SaidBy, TextFields, TextPrompt};

use crate::{
    RunError,
    draft::again,
    hearing::Hearing,
    history::History,
    policy::Mark,
    run::{Ending, Run},
};

/// What is told of a proposal that is refuted and of which no more is to be told.
const WRONG: &str = "it is not right";

/// How much of what verifiers find is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    Binary,
    First,
    All,
}

impl Detail {
    /// Levels as recipes number them.
    pub(super) const fn of(level: u32) -> Self {
        match level {
            0 => Self::Binary,
            1 => Self::First,
            _ => Self::All,
        }
    }

    /// What is told of a proposal.
    fn told(self, hearing: &Hearing) -> Vec<String> {
        let shown = match self {
            Self::Binary => 0,
            Self::First => 1,
            Self::All => hearing.findings.len(),
        };
        let told: Vec<String> = hearing.findings.iter().take(shown).cloned().collect();
        if told.is_empty() { vec![WRONG.to_owned()] } else { told }
    }
}

/// Round 0 proposes; every further round proposes again, knowing what was tried.
pub(super) async fn perform(
    run: &mut Run<'_>,
    detail: Detail,
    mut past: History<PastText>,
) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let idea = &run.request.brief.idea;
    let mut latest = (draft.text.solution.clone(), draft.hearing.clone());
    loop {
        draft.mark = draft.hearing.standing.is_none().then_some(Mark::Unheard);
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let (tried, heard) = &latest;
        past.push(PastText::new(tried, SaidBy::Verifiers, &detail.told(heard)));
        let fields = TextFields { question: idea, past: past.told(), ..TextFields::default() };
        if let Some((text, hearing)) =
            run.rewrite(again(TextPrompt::Replan, &fields)?, &draft).await?
        {
            latest = (text.solution.clone(), hearing.clone());
            draft.offer((text, hearing));
        } else {
            past.take_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_told_as_is_asked_for_and_never_nothing() {
        let findings = vec!["step 1: no".to_owned(), "step 3: no".to_owned()];
        let heard = Hearing { findings, ..Hearing::default() };
        for (level, expected) in
            [(0, vec![WRONG]), (1, vec!["step 1: no"]), (2, vec!["step 1: no", "step 3: no"])]
        {
            assert_eq!(Detail::of(level).told(&heard), expected, "{level}");
            assert_eq!(Detail::of(level).told(&Hearing::default()), [WRONG], "{level}");
        }
    }
}
