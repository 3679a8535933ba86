//! A judge that is asked about two answers, in both orders: what it owes to the order, and what to
//! whose they are.
//!
//! Two writers answer every question: the judge's own model, and another one. Where they differ, the
//! judge is asked which is right, with its own first and with the other's first. Nobody tells it
//! whose is whose, and who is right is known here alone.

use std::{num::NonZeroUsize, path::PathBuf, sync::Arc};

use pentimento_app::Settings;
use pentimento_engine::{
    Ledger, PortErrorKind, Refused, StopFlag,
    ports::{Complete, Paid},
};
use pentimento_measure::{Pair, Pick, Swapped, swapped};
use pentimento_model::{Chat, Finish, Seed};
use pentimento_prompts::{Form as _, InSteps, Solution, TextFields, TextPrompt, numbers, read};
use pentimento_recipe::Role;
use serde::Serialize;

use super::questions::{self, Question};
use crate::{BenchError, Progress, harness, side_by_side::side_by_side};

/// The benchmark's name on the command line.
pub const NAME: &str = "judge";
/// Tokens of an answer, at most: those of a run's.
const ANSWER_TOKENS: u32 = 2048;

/// What to measure.
#[derive(Clone, Debug)]
pub struct DuelRequest {
    /// Who plays the judge and the writer.
    pub settings: Settings,
    /// A file of questions in the form of GSM8K; calculations without one.
    pub data: Option<PathBuf>,
    /// Only the first so many questions.
    pub limit: Option<usize>,
    /// Every question is asked with so many seeds.
    pub seeds: NonZeroUsize,
    /// Questions under way at once.
    pub jobs: NonZeroUsize,
}

/// How a judge judges.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DuelResult {
    /// Version of this form.
    pub format: u32,
    /// Always `judge`.
    pub task: &'static str,
    /// The judge, whose model also gives one of the answers.
    pub judge: String,
    /// Who gives the other one.
    pub other: String,
    /// Both are one model: then nothing can be told of whose answers it prefers.
    pub same_model: bool,
    /// Questions.
    pub questions: usize,
    /// Seeds, each of which every question was asked with.
    pub seeds: Vec<u64>,
    /// Pairs whose answers are the same, so that there was nothing to ask.
    pub alike: usize,
    /// Pairs without two answers of use.
    pub without: usize,
    /// Pairs that were not answered in both orders.
    pub unanswered: usize,
    /// What the picks come to; absent without a pair that was answered in both orders.
    pub picks: Option<Swapped>,
}

impl DuelRequest {
    fn questions(&self) -> Result<Vec<Question>, BenchError> {
        let mut questions = questions::arithmetic(self.data.as_deref())?;
        questions.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(questions)
    }

    /// Questions and seeds.
    pub fn pairs(&self) -> Result<usize, BenchError> {
        Ok(self.questions()?.len() * self.seeds.get())
    }
}

/// Asks the judge about all questions with all seeds.
pub async fn duel(request: &DuelRequest, progress: Progress<'_>) -> Result<DuelResult, BenchError> {
    let settings = &request.settings;
    let questions: Vec<_> = request.questions()?.into_iter().map(Arc::new).collect();
    for question in &questions {
        pentimento_app::check_idea(settings, &question.idea)?;
    }
    let (_, models) = pentimento_app::open_makers(settings)?;
    let role = |role| models.of(role).cloned();
    let writer = role(Role::Writer).ok_or(BenchError::NoWriter)?;
    let judge = role(Role::Judge).unwrap_or_else(|| writer.clone());
    let ring = Ring { judge, writer, ledger: Ledger::new(settings.bounds) };
    let seeds = harness::seeds(settings.seed, request.seeds);
    let pairs = questions.iter().flat_map(|one| seeds.iter().map(move |seed| (one.clone(), *seed)));
    let tasks = pairs.enumerate().map(|(index, (question, seed))| {
        let (ring, seed) = (ring.clone(), seed.derive("duel", (index / seeds.len()) as u64));
        async move { ring.meet(&question, seed).await }
    });
    let mut met = Vec::new();
    side_by_side(tasks, request.jobs.get(), &StopFlag::default(), |one| {
        met.push(one);
        progress(NAME);
    })
    .await?;
    let same_model = ring.judge.identity() == ring.writer.identity();
    let count = |what: &Met| met.iter().filter(|one| *one == what).count();
    let pairs: Vec<Pair> = met
        .iter()
        .filter_map(|one| if let Met::Asked(pair) = one { Some(*pair) } else { None })
        .collect();
    let picks = swapped(&pairs);
    Ok(DuelResult {
        format: 1,
        task: NAME,
        judge: name(ring.judge.as_ref()),
        other: name(ring.writer.as_ref()),
        same_model,
        questions: questions.len(),
        seeds: seeds.iter().map(|seed| seed.0).collect(),
        alike: count(&Met::Alike),
        without: count(&Met::Without),
        unanswered: pairs.len() - picks.map_or(0, |picks| picks.pairs),
        picks: picks.map(|picks| Swapped { own: picks.own.filter(|_| !same_model), ..picks }),
    })
}

fn name(model: &dyn Complete) -> String {
    let name = model.identity();
    name.strip_prefix("model/").map_or(name.clone(), str::to_owned)
}

/// What came of one question with one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    /// Not both gave an answer of use.
    Without,
    /// Both gave the same answer.
    Alike,
    /// The judge was asked.
    Asked(Pair),
}

/// Who meets.
#[derive(Clone)]
struct Ring {
    judge: Arc<dyn Complete>,
    writer: Arc<dyn Complete>,
    ledger: Arc<Ledger>,
}

impl Ring {
    async fn meet(&self, question: &Question, seed: Seed) -> Result<Met, BenchError> {
        let fields = TextFields { question: &question.idea, ..TextFields::default() };
        let solve = (TextPrompt::Solve, &fields);
        let own = self.ask(&self.judge, solve, seed.derive("own", 0)).await?;
        let other = self.ask(&self.writer, solve, seed.derive("other", 0)).await?;
        let (Some(own), Some(other)) = (own, other) else { return Ok(Met::Without) };
        if same(&own, &other) {
            return Ok(Met::Alike);
        }
        let own_first = self.decide(question, (&own, &other), seed.derive("order", 0)).await?;
        let other_first = self.decide(question, (&other, &own), seed.derive("order", 1)).await?;
        let right = (question.is_right(&own.answer), question.is_right(&other.answer));
        Ok(Met::Asked(Pair { own_first, other_first, right }))
    }

    /// Which of two answers the judge takes for the right one.
    async fn decide(
        &self,
        question: &Question,
        (first, second): (&Solution, &Solution),
        seed: Seed,
    ) -> Result<Pick, BenchError> {
        let fields = TextFields {
            question: &question.idea,
            draft: Some(first),
            other: Some(second),
            ..TextFields::default()
        };
        let taken = self.ask(&self.judge, (TextPrompt::Decide, &fields), seed).await?;
        Ok(match taken {
            Some(taken) if same(&taken, first) => Pick::First,
            Some(taken) if same(&taken, second) => Pick::Second,
            _ => Pick::Neither,
        })
    }

    /// One call; `None` if the answer is of no use.
    async fn ask(
        &self,
        model: &Arc<dyn Complete>,
        (prompt, fields): (TextPrompt, &TextFields<'_>),
        seed: Seed,
    ) -> Result<Option<Solution>, BenchError> {
        let text = prompt.render(fields).map_err(|error| BenchError::Prompt(error.to_string()))?;
        let mut chat = Chat::ask(text, ANSWER_TOKENS, seed);
        chat.contract = Some(InSteps.contract());
        let leave = self.ledger.reserve(model.most(&chat));
        let leave = leave.map_err(|Refused { stop }| BenchError::Spent { stop })?;
        let leave = Arc::new(leave.called(chat.key()));
        let answered = model.complete(&chat, &leave).await;
        let Paid { value, cost } = match answered {
            Ok(paid) => paid,
            // Who thinks until no word is left does so again.
            Err(error) if error.kind == PortErrorKind::Wordless => return Ok(None),
            Err(error) => return Err(BenchError::Model(error)),
        };
        leave.settle(cost);
        let refused = value.finish == Finish::Refusal;
        Ok(if refused { None } else { read(&InSteps, &value.text).ok() })
    }
}

/// Two answers are the same number, or the same words.
fn same(one: &Solution, other: &Solution) -> bool {
    match (numbers(&one.answer).last(), numbers(&other.answer).last()) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-4,
        _ => one.answer.trim() == other.answer.trim(),
    }
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use pentimento_engine::{PortError, Reservation};
    use pentimento_model::{Answer, Bounds, Spending};

    use super::*;

    /// Answers every question with its own number, and takes of two answers what its rule says.
    struct Player {
        answer: u32,
        takes: fn(&str, &str) -> bool,
    }

    /// The answer of the last quoted text by this author.
    fn quoted<'t>(text: &'t str, author: &str) -> Option<&'t str> {
        let block = text.rsplit_once(&format!("<findings author=\"{author}\">"))?.1;
        let block = block.split("</findings>").next()?;
        block.rsplit("Answer: ").next()?.split('"').next()
    }

    #[async_trait]
    impl Complete for Player {
        fn identity(&self) -> String {
            format!("player {}", self.answer)
        }

        fn most(&self, _chat: &Chat) -> Spending {
            Spending::NONE
        }

        async fn complete(
            &self,
            chat: &Chat,
            _leave: &Arc<Reservation>,
        ) -> Result<Paid<Answer>, PortError> {
            let text: String = chat.texts().collect();
            let answer = match (quoted(&text, "writer"), quoted(&text, "other")) {
                (Some(first), Some(second)) if (self.takes)(first, second) => first.to_owned(),
                (Some(_), Some(second)) => second.to_owned(),
                _ => self.answer.to_string(),
            };
            let text = format!(r#"{{"steps": ["so it is"], "answer": "{answer}"}}"#);
            let (finish, model, tokens) = (Finish::Stop, "player".to_owned(), Vec::new());
            Ok(Paid::free(Answer { text, finish, model, tokens }))
        }
    }

    async fn met(own: u32, other: u32, takes: fn(&str, &str) -> bool) -> Met {
        let player = |answer| Arc::new(Player { answer, takes }) as Arc<dyn Complete>;
        let ledger = Ledger::new(Bounds::NONE);
        let ring = Ring { judge: player(own), writer: player(other), ledger };
        let question = Question::of("How much is 3 * 4?", 12.0);
        ring.meet(&question, Seed(1)).await.unwrap()
    }

    #[tokio::test]
    async fn picks_are_told_by_what_was_taken_in_both_orders() {
        let pair =
            |own_first, other_first, right| Met::Asked(Pair { own_first, other_first, right });
        let by_place = met(12, 13, |_, _| true).await;
        assert_eq!(by_place, pair(Pick::First, Pick::First, (true, false)));
        let by_truth = met(12, 13, |first, _| first == "12").await;
        assert_eq!(by_truth, pair(Pick::First, Pick::Second, (true, false)));
        let by_kinship = met(14, 13, |first, _| first == "14").await;
        assert_eq!(by_kinship, pair(Pick::First, Pick::Second, (false, false)));
        assert_eq!(met(12, 12, |_, _| true).await, Met::Alike);
    }
}
