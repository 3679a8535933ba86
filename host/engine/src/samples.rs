//! Several answers to one question, and the choice among them.

use pentimento_model::{RoundNumber, StopReason, Temperature};
use pentimento_prompts::{TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::Kinds,
    ask::Question,
    decide, draft,
    hearing::Hearing,
    run::{Ending, Run},
    write::{Text, question},
};

/// Answers drawn so far.
#[derive(Debug, Default)]
pub(crate) struct Samples(Vec<(Text, Hearing)>);

/// One of them, and how many agree with it.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub text: Text,
    pub hearing: Hearing,
    pub votes: usize,
    /// Answers in all.
    pub of: usize,
}

impl Samples {
    /// Draws another one, if the writer gives one.
    pub(crate) async fn draw(
        &mut self,
        run: &mut Run<'_>,
        temperature: f32,
    ) -> Result<(), RunError> {
        let idea = &run.request.brief.idea;
        let fields = TextFields { question: idea, ..TextFields::default() };
        let instead = "the vote goes on without it";
        let asked = question(Role::Writer, TextPrompt::Solve, &fields, instead)?;
        self.ask(run, asked, Temperature::new(temperature)).await
    }

    /// Draws one by another question, if the writer gives one.
    pub(crate) async fn ask(
        &mut self,
        run: &mut Run<'_>,
        asked: Question<'_>,
        temperature: Option<Temperature>,
    ) -> Result<(), RunError> {
        if let Some(text) = run.write(asked, None, temperature).await? {
            let hearing = run.hear(text.candidate).await?;
            self.0.push((text, hearing));
        }
        Ok(())
    }

    /// All of them, in order.
    pub(crate) fn texts(&self) -> &[(Text, Hearing)] {
        &self.0
    }

    /// The earliest text with each answer and its votes, most votes first; of equals, the answer that
    /// was given first.
    pub(crate) fn different(&self) -> Vec<Chosen> {
        let of = self.0.len();
        let chosen = |(first, votes): (usize, usize)| {
            let (text, hearing) = self.0.get(first)?.clone();
            Some(Chosen { text, hearing, votes, of })
        };
        let mut all: Vec<Chosen> = self.kinds().count().into_iter().filter_map(chosen).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.votes));
        all
    }

    /// The answer given most often, in the earliest text that gives it; of equals, the answer that
    /// was given first.
    pub(crate) fn by_vote(&self) -> Option<Chosen> {
        self.best(|_| true)
    }

    /// The text with the least wrong with it; of equals, one with the answer given most often; of
    /// those, the earliest. A text that somebody looked at stands above one that nobody did.
    pub(crate) fn by_findings(&self) -> Option<Chosen> {
        let rank = |hearing: &Hearing| (hearing.standing.is_none(), hearing.standing);
        let least = self.0.iter().map(|(_, hearing)| rank(hearing)).min()?;
        self.best(|hearing| rank(hearing) == least)
    }

    /// Among the texts that may be chosen; every text votes.
    fn best(&self, may: impl Fn(&Hearing) -> bool) -> Option<Chosen> {
        let kinds = self.kinds();
        let counted = kinds.count();
        let votes = |place: usize| {
            let kind = kinds.at(place);
            counted.iter().find(|(known, _)| Some(*known) == kind).map_or(0, |(_, votes)| *votes)
        };
        let choices = self.0.iter().enumerate().filter(|(_, (_, hearing))| may(hearing));
        // The last of equals in this order is the earliest.
        let (place, (text, hearing)) = choices.rev().max_by_key(|(place, _)| votes(*place))?;
        let (votes, of) = (votes(place), self.0.len());
        Some(Chosen { text: text.clone(), hearing: hearing.clone(), votes, of })
    }

    /// True if so many further answers cannot change the vote.
    pub(crate) fn is_settled(&self, further: usize) -> bool {
        let mut votes: Vec<_> = self.kinds().count().iter().map(|(_, votes)| *votes).collect();
        votes.sort_unstable_by(|one, other| other.cmp(one));
        let first = votes.first().copied().unwrap_or(0);
        // Who draws level may have been first, and wins then.
        first > votes.get(1).copied().unwrap_or(0) + further
    }

    fn kinds(&self) -> Kinds {
        Kinds::of(self.0.iter().map(|(text, _)| text.solution.answer.as_str()))
    }
}

impl Run<'_> {
    /// Ends a round of sampling: `over` if no further answer is wanted. What enough of them agree
    /// on is accepted unless somebody objects.
    pub(crate) fn settle_samples(
        &mut self,
        chosen: Option<&Chosen>,
        over: bool,
        agreement: f32,
    ) -> Result<Option<Ending>, RunError> {
        let stop = decide::stop_reason(&self.facts_of_texts());
        let Some(Chosen { text, hearing, votes, of }) = chosen else {
            return if stop.is_some() { Err(RunError::NoText) } else { Ok(None) };
        };
        #[expect(clippy::cast_precision_loss, reason = "a run has few answers")]
        let share = *votes as f32 / *of as f32;
        // One answer agrees with nobody.
        let agreed = *votes > 1 && share > agreement;
        let accepted = hearing.proved || (!hearing.objected && agreed);
        let (stop, ended) = match (over, accepted) {
            (false, _) => (stop, decide::reason(stop)),
            (true, true) => (Some(StopReason::Accepted), "no further one is needed"),
            (true, false) => (Some(StopReason::NoOps), "no further one can change the vote"),
        };
        let (best, verdict) = (text.candidate, draft::verdict(stop, accepted));
        let reason = format!("{votes} of {of} answers agree with {best}: {ended}");
        self.decided(self.round, (best, accepted), verdict, reason)?;
        Ok(stop.map(|stop| Ending { best, stop, verdict }))
    }

    /// Answers that may still be drawn after this round.
    pub(crate) fn further(&self) -> usize {
        usize::try_from(self.request.budget.rounds.saturating_sub(self.round.0)).unwrap_or(0)
    }

    /// Begins the round of the next answer.
    pub(crate) fn begin_sample(&mut self, number: u32) -> Result<(), RunError> {
        self.begin_round(RoundNumber(number))
    }
}

#[cfg(test)]
mod tests;
