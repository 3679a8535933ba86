//! How much a text is worth: the measure by which searches choose.

use pentimento_prompts::{Grade, Solution, TextFields, TextPrompt};

use crate::{
    RunError,
    draft::Draft,
    hearing::Hearing,
    policy::{Mark, outranks},
    run::{Ending, Run},
    write::{Text, question},
};

/// What is compared with where nobody says anything of use: neither good nor bad.
const UNKNOWN: f64 = 0.5;

/// How much a text, or the beginning of one, is worth, from 0 to 1; or that nobody said anything of use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Worth(Option<f64>);

impl Worth {
    /// Known to be this.
    pub(crate) const fn of(worth: f64) -> Self {
        Self(Some(worth))
    }

    /// To compare by.
    pub(crate) fn rank(self) -> f64 {
        self.0.unwrap_or(UNKNOWN)
    }

    /// Somebody says that it is worth this at least. What nobody knows is not.
    pub(crate) fn reaches(self, good: f64) -> bool {
        self.0.is_some_and(|worth| worth >= good)
    }

    /// Somebody said something of use.
    pub(crate) const fn is_known(self) -> bool {
        self.0.is_some()
    }
}

/// A whole text with what it is worth.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub text: Text,
    pub hearing: Hearing,
    pub worth: Worth,
}

impl Whole {
    /// As the draft of a run.
    pub(crate) fn draft(&self) -> Draft {
        Draft::new(self.text.clone(), self.hearing.clone())
    }

    /// True if this one takes the place of another. What verifiers find counts first.
    pub(crate) fn outranks(&self, other: &Self) -> bool {
        let rank = |one: &Self| (one.hearing.standing, one.worth.rank());
        outranks(rank(self), rank(other))
    }
}

/// The best of several, the earliest of equals.
pub(crate) fn best<'w>(all: impl IntoIterator<Item = &'w Whole>) -> Option<&'w Whole> {
    all.into_iter().reduce(|best, one| if one.outranks(best) { one } else { best })
}

impl Run<'_> {
    /// What a whole text is worth: all if it is proved, nothing if somebody objects; else as the judge
    /// or the writer says.
    pub(crate) async fn weigh(&mut self, text: Text, hearing: Hearing) -> Result<Whole, RunError> {
        let worth = match (hearing.proved, hearing.objected) {
            (true, _) => Worth::of(1.0),
            (_, true) => Worth::of(0.0),
            _ => self.promise(&text.solution).await?,
        };
        Ok(Whole { text, hearing, worth })
    }

    /// Ends a turn of a search: its best text is trusted if it is worth enough, and there is no further
    /// turn if nothing is left to try.
    pub(crate) fn settle_search(
        &mut self,
        best: &Whole,
        goes_on: bool,
        good: f64,
    ) -> Result<Option<Ending>, RunError> {
        let mut draft = best.draft();
        let exhausted = (!goes_on).then_some(Mark::Exhausted);
        draft.mark = if best.worth.reaches(good) { Some(Mark::Trusted) } else { exhausted };
        self.settle(&draft)
    }

    /// How much a text, or the beginning of one, promises, as the judge or the writer says.
    pub(crate) async fn promise(&mut self, text: &Solution) -> Result<Worth, RunError> {
        let idea = &self.request.brief.idea;
        let fields = TextFields { question: idea, draft: Some(text), ..TextFields::default() };
        let who = self.ports.models.judge_or_writer();
        let instead = "it counts as neither good nor bad";
        let asked = question(who, TextPrompt::Value, &fields, instead)?;
        self.put(asked, &Grade { name: "value" }).await.map(Worth)
    }
}
