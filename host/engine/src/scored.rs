//! Prompts that were painted, and how well each did: the memory of recipes that climb by scores.
//!
//! A picture's score is the examiner's. A picture without one (its questions brought no answer of
//! use) is never the best of several, and its prompt is not shown to anybody as an example.

use pentimento_model::{
    Assessment, CandidateId, EditOp, Finding, Mode, RoundNumber, Score, Seed, Severity, StopReason,
    Verdict,
};

use crate::{
    RunError,
    assess::Said,
    correct::Plan,
    decide::{self, Facts},
    generate::Feedback,
    run::{Ending, Run},
};

/// The code of an examiner's finding that makes no sense by another answer: nothing to put right.
const MOOT: &str = "answer.moot";

/// A prompt with what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    pub prompt: String,
    /// The mean of its pictures' scores; `None` if none has one.
    pub score: Option<Score>,
}

/// A picture with its score.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    pub candidate: CandidateId,
    pub prompt: String,
    pub score: Option<Score>,
    /// What is wrong with it, in the words of those who have a say.
    pub wrong: Vec<String>,
    /// What would help, in the words of the same.
    pub hints: Vec<String>,
    /// What the examiner found.
    pub findings: Vec<Finding>,
}

/// Everything that was tried.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    /// A picture with this score is accepted.
    good: Score,
    tried: Vec<Tried>,
    best: Option<Scored>,
    /// What would have helped the latest picture.
    hints: Vec<String>,
}

impl Pool {
    /// Round 0: the idea itself, painted so many times.
    pub(crate) async fn begin(
        run: &mut Run<'_>,
        good: Score,
        pictures: u32,
    ) -> Result<Self, RunError> {
        let mut pool = Self { good, tried: Vec::new(), best: None, hints: Vec::new() };
        run.begin_round(RoundNumber(0))?;
        let idea = run.request.brief.idea.clone();
        if run.given.is_some() {
            let given = run.begin_with(run.round).await?;
            let score = pool.take(run, given, &idea).await?;
            pool.tried.push(Tried { prompt: idea, score });
        } else {
            pool.paint(run, &idea, pictures).await?;
        }
        Ok(pool)
    }

    /// The same with another first prompt than the idea.
    pub(crate) async fn begin_with(
        run: &mut Run<'_>,
        good: Score,
        prompt: &str,
    ) -> Result<Self, RunError> {
        let mut pool = Self { good, tried: Vec::new(), best: None, hints: Vec::new() };
        pool.paint(run, prompt, 1).await?;
        Ok(pool)
    }

    /// Round 0 of a search whose pictures are compared with each other: the idea painted so many times,
    /// and the score of each.
    pub(crate) async fn begin_after(
        run: &mut Run<'_>,
        good: Score,
        pictures: u32,
    ) -> Result<(Self, Vec<(CandidateId, Option<Score>)>), RunError> {
        let mut pool = Self { good, tried: Vec::new(), best: None, hints: Vec::new() };
        run.begin_round(RoundNumber(0))?;
        let idea = run.request.brief.idea.clone();
        let round = pool.paint_after(run, &idea, pictures, &Feedback::default()).await?;
        Ok((pool, round))
    }

    /// Paints a prompt so many times after these pictures, as far as the budget's pictures go, and has
    /// each examined. A good picture ends it early. Says the score of each.
    pub(crate) async fn paint_after(
        &mut self,
        run: &mut Run<'_>,
        prompt: &str,
        pictures: u32,
        feedback: &Feedback,
    ) -> Result<Vec<(CandidateId, Option<Score>)>, RunError> {
        let mut round = Vec::new();
        for _ in 0..pictures {
            let spent = run.images() > 0 && run.images() >= run.request.budget.images;
            if spent || self.is_good() {
                break;
            }
            let candidate = run.paint_after(run.round, prompt, feedback).await?;
            round.push((candidate, self.take(run, candidate, prompt).await?));
        }
        Ok(round)
    }

    /// Has a finished picture examined, and keeps it if it is the best so far. Says its score.
    async fn take(
        &mut self,
        run: &mut Run<'_>,
        candidate: CandidateId,
        words: &str,
    ) -> Result<Option<Score>, RunError> {
        let new = examined(run, candidate, words).await?;
        let score = new.score;
        self.hints.clone_from(&new.hints);
        self.offer(new);
        // If there are no means for the next picture, this is what the run ends with.
        run.draft = self.best.as_ref().map(|best| (best.candidate, self.is_good()));
        Ok(score)
    }

    /// Changes the best picture, as far as the budget's pictures go, has the new one examined, and
    /// remembers what came of it under these words. `scene` is what it shall show then.
    pub(crate) async fn change(
        &mut self,
        run: &mut Run<'_>,
        ops: Vec<EditOp>,
        (scene, words): (&str, &str),
    ) -> Result<(), RunError> {
        if run.images() >= run.request.budget.images {
            return Ok(());
        }
        let parent = self.best.as_ref().ok_or_else(|| run.trace.diverged())?.candidate;
        let plan = Plan { parent, ops, scene: scene.to_owned(), because: None };
        let candidate = run.change(plan, run.round).await?;
        let score = self.take(run, candidate, words).await?;
        self.tried.push(Tried { prompt: words.to_owned(), score });
        Ok(())
    }

    /// Paints a prompt so many times, as far as the budget's pictures go, has each picture
    /// examined, and remembers what came of it. A good picture ends it early.
    pub(crate) async fn paint(
        &mut self,
        run: &mut Run<'_>,
        prompt: &str,
        pictures: u32,
    ) -> Result<(), RunError> {
        self.paint_from(run, prompt, pictures, None).await
    }

    /// The same, all from this seed; each from its own without one.
    pub(crate) async fn paint_from(
        &mut self,
        run: &mut Run<'_>,
        prompt: &str,
        pictures: u32,
        seed: Option<Seed>,
    ) -> Result<(), RunError> {
        let (mut painted, mut scores) = (false, Vec::new());
        for _ in 0..pictures {
            let spent = run.images() > 0 && run.images() >= run.request.budget.images;
            if spent || self.is_good() {
                break;
            }
            let candidate = run.paint_from(run.round, prompt, seed).await?;
            painted = true;
            scores.extend(self.take(run, candidate, prompt).await?);
        }
        let score = Score::mean(&scores);
        if painted {
            self.tried.push(Tried { prompt: prompt.to_owned(), score });
        }
        Ok(())
    }

    /// Keeps the better one, the older of equals.
    fn offer(&mut self, new: Scored) {
        let better = match &self.best {
            None => true,
            Some(old) => new.score.map(Score::value) > old.score.map(Score::value),
        };
        if better {
            self.best = Some(new);
        }
    }

    /// The best picture so far, the earliest of equals.
    pub(crate) const fn best(&self) -> Option<&Scored> {
        self.best.as_ref()
    }

    /// The best picture is good enough.
    pub(crate) fn is_good(&self) -> bool {
        self.best.as_ref().and_then(|best| best.score).is_some_and(|score| score >= self.good)
    }

    /// What would have helped the latest picture.
    pub(crate) fn hints(&self) -> &[String] {
        &self.hints
    }

    /// The so many worst prompts, worst first, without those that are among as many best.
    pub(crate) fn bottom(&self, most: usize) -> Vec<(&str, Score)> {
        let mut ranked = self.ranked();
        ranked.truncate(ranked.len().saturating_sub(most).min(most));
        ranked
    }

    /// True if this prompt was painted before.
    pub(crate) fn knows(&self, prompt: &str) -> bool {
        self.tried.iter().any(|tried| tried.prompt == prompt)
    }

    /// The so many best prompts, worst first; of equals the later one counts as better, so that the
    /// newest stands last.
    pub(crate) fn top(&self, most: usize) -> Vec<(&str, Score)> {
        let mut ranked = self.ranked();
        ranked.split_off(ranked.len().saturating_sub(most))
    }

    /// All prompts with a score, worst first.
    fn ranked(&self) -> Vec<(&str, Score)> {
        let scored = self.tried.iter();
        let mut ranked: Vec<(&str, Score)> =
            scored.filter_map(|tried| Some((tried.prompt.as_str(), tried.score?))).collect();
        ranked.sort_by(|(_, one), (_, other)| one.value().total_cmp(&other.value()));
        ranked
    }

    /// Ends a round: remembers why, and says how the run ends if it does.
    pub(crate) fn settle(&self, run: &mut Run<'_>) -> Result<Option<Ending>, RunError> {
        self.settle_if(run, true)
    }

    /// The same where there may be nothing that a further round could try.
    pub(crate) fn settle_if(
        &self,
        run: &mut Run<'_>,
        can_go_on: bool,
    ) -> Result<Option<Ending>, RunError> {
        self.settle_with(run, can_go_on, "")
    }

    /// The same with something that is told beside the score.
    pub(crate) fn settle_with(
        &self,
        run: &mut Run<'_>,
        can_go_on: bool,
        beside: &str,
    ) -> Result<Option<Ending>, RunError> {
        let best = self.best.as_ref().ok_or_else(|| run.trace.diverged())?;
        let facts = Facts {
            accepted: self.is_good(),
            seen: best.score.is_some(),
            can_go_on,
            round: run.round.0,
            images: run.images(),
            budget: run.request.budget,
            time: run.time(),
        };
        let stop: Option<StopReason> = decide::stop_reason(&facts);
        let words = match best.score {
            Some(score) => format!("{} has the score {score}{beside}", best.candidate),
            None => format!("{} has no score{beside}", best.candidate),
        };
        run.settle_round(run.round, best.candidate, self.is_good(), (stop, words))?;
        Ok(stop.map(|stop| {
            let ending = Ending::of(best.candidate, stop);
            if self.is_good() { Ending { verdict: Verdict::Accept, ..ending } } else { ending }
        }))
    }
}

/// Has a picture looked at by everyone.
async fn examined(run: &mut Run<'_>, id: CandidateId, prompt: &str) -> Result<Scored, RunError> {
    let known = run.pool.iter().find(|candidate| candidate.id == id).cloned();
    let candidate = known.ok_or_else(|| run.trace.diverged())?;
    let said = run.assess(&candidate).await?;
    let by_examiner = run.examined(&said);
    let findings = by_examiner.map(Assessment::findings).unwrap_or_default().to_vec();
    let (score, wrong, hints) = (run.score(&said), wrong(&said), hints(by_examiner));
    Ok(Scored { candidate: id, prompt: prompt.to_owned(), score, wrong, hints, findings })
}

/// What those who have a say found wrong, the examiner's answers included.
fn wrong(said: &[Said]) -> Vec<String> {
    let heard = said.iter().filter(|one| one.mode >= Mode::Advise);
    let found = heard.flat_map(|one| one.assessment.findings());
    let wrong = |one: &&Finding| one.severity > Severity::Note && one.code != MOOT;
    found.filter(wrong).map(|finding| finding.message.clone()).collect()
}

/// What the examiner suggests.
fn hints(examined: Option<&Assessment>) -> Vec<String> {
    let findings = examined.map(Assessment::findings).unwrap_or_default();
    let suggested = findings.iter().filter_map(|finding| finding.suggestion.as_ref());
    suggested.map(|suggestion| suggestion.text.clone()).collect()
}
