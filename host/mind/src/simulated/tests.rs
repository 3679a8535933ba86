//! What the literature found of correction, reproduced with writers of known ability. These are
//! tests of mechanisms: no figure here is a figure of a model.

use std::sync::Arc;

use futures::executor::block_on;
use pentimento_engine::{
    Memory, Models, Ports, RunRequest, StopFlag,
    ports::{Complete, Keep},
    run,
    testing::{Script, ScriptedPorts, ScriptedVerifier},
};
use pentimento_measure::{Calibration, Change, Course as Journal, Gap, chosen, gap_of_many};
use pentimento_model::{Brief, Located, RunEvent, RunId, Seed, StopReason};
use pentimento_prompts::remark;
use pentimento_recipe::{Algorithm, Recipe, Reflection, TextAlgorithm};

use super::{almanac::Hop, chance::below, *};

mod bounds;
mod citing;
mod demands;
mod equal;
mod facts;
mod literature;
mod programs;
mod reflections;
mod searches;
mod sight;

/// Questions of a trial: enough for differences of a few points.
const QUESTIONS: usize = 400;

/// A calculation of four operations.
fn question(number: usize) -> String {
    let seed = Seed(5).derive("question", number as u64);
    let digit = |at| 2 + below(18, seed, "number", at);
    let sign = |at| ["+", "-", "*"][below(3, seed, "sign", at)];
    let pair = |at| format!("({} {} {})", digit(2 * at), sign(at), digit(2 * at + 1));
    format!("How much is ({} {} {}) {} {}?", pair(0), sign(2), pair(1), sign(3), digit(4))
}

/// What became of one question.
struct Course {
    /// Whether the draft was right after each round; the last one stands in for later ones.
    right: Vec<bool>,
    /// What whoever gives feedback thought of the texts, in order.
    scores: Vec<f64>,
    /// The first text and the one handed out.
    ends: (String, String),
    accepted: bool,
    calls: u32,
    /// Those of them that the judge answered.
    judged: u32,
    /// Whether each text is right, in the order made.
    made: Vec<bool>,
    /// Whether the text that was handed out is right, and why the run ended.
    last: bool,
    stop: StopReason,
    /// The same as whoever knows no truth reads it.
    journal: Journal,
}

/// Who answers which question, and who looks on.
#[derive(Clone, Copy)]
struct Setting {
    writer: Ability,
    /// Judges in the writer's place.
    judge: Option<Ability>,
    /// A verifier does every step again.
    verified: bool,
    /// Grades texts beside the run.
    auditor: Option<Ability>,
    question: fn(usize) -> String,
}

impl Setting {
    /// Nobody but a writer.
    fn alone(writer: Ability) -> Self {
        Self { writer, judge: None, verified: false, auditor: None, question }
    }
}

/// What became of all questions.
struct Trial(Vec<Course>);

impl Trial {
    /// Runs a recipe over all questions, with a verifier that does every step again or without.
    fn of(recipe: &Recipe, ability: Ability, verified: bool) -> Self {
        Self::in_setting(recipe, &Setting { verified, ..Setting::alone(ability) })
    }

    fn in_setting(recipe: &Recipe, setting: &Setting) -> Self {
        Self::of_first(QUESTIONS, recipe, setting)
    }

    /// The same over so many questions.
    fn of_first(count: usize, recipe: &Recipe, setting: &Setting) -> Self {
        Self((0..count).map(|number| course(recipe, setting, number)).collect())
    }

    /// The same with that verifier held out: asked, not heard, and watching.
    fn watched(recipe: &Recipe, ability: Ability) -> Self {
        let recipe = recipe.with_held_out("verify-script").unwrap();
        Self::of(&recipe, ability, true)
    }

    /// Right before, right after.
    fn change(&self) -> Change {
        let right = |course: &Course| course.right.first() == Some(&true);
        Change::of(self.0.iter().map(|course| (right(course), course.last)))
    }

    /// The judge in the loop against the verifier that is held out.
    fn gap(&self) -> Option<Gap> {
        self.gap_to("verify-script")
    }

    /// The same against somebody else who is held out.
    fn gap_to(&self, held_out: &str) -> Option<Gap> {
        let points = |course: &Course| {
            let journal = &course.journal;
            vec![journal.points(journal.judge(), held_out)]
        };
        gap_of_many(&self.0.iter().map(points).collect::<Vec<_>>())
    }

    /// Share of right drafts after a round.
    fn accuracy(&self, round: usize) -> f64 {
        share(&self.0, |course| course.right.get(round).or(course.right.last()) == Some(&true))
    }

    fn last(&self) -> f64 {
        self.accuracy(usize::MAX)
    }

    /// Share of questions that were right at first and wrong in the end, and the other way round.
    fn flips(&self) -> (f64, f64) {
        let ends = |course: &Course| {
            (course.right.first() == Some(&true), course.right.last() == Some(&true))
        };
        let to_wrong = share(&self.0, |course| ends(course) == (true, false));
        (to_wrong, share(&self.0, |course| ends(course) == (false, true)))
    }

    fn calls(&self) -> u32 {
        self.0.iter().map(|course| course.calls).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a trial has few questions")]
fn share(courses: &[Course], test: impl Fn(&Course) -> bool) -> f64 {
    courses.iter().filter(|course| test(course)).count() as f64 / courses.len() as f64
}

#[expect(clippy::cast_precision_loss, reason = "a trial has few questions")]
fn share_of(courses: &[&Course], test: impl Fn(&Course) -> bool) -> f64 {
    courses.iter().filter(|course| test(course)).count() as f64 / courses.len() as f64
}

fn course(recipe: &Recipe, setting: &Setting, number: usize) -> Course {
    course_among(recipe, setting, number, |ports| ports)
}

fn course_among(
    recipe: &Recipe,
    setting: &Setting,
    number: usize,
    among: impl Fn(Ports) -> Ports,
) -> Course {
    course_seeded(recipe, setting, (number, 0), among)
}

/// Whoever answers and looks on, over this memory.
fn ports(setting: &Setting, keep: Arc<Memory>) -> Ports {
    let Setting { writer, judge, verified, auditor, .. } = *setting;
    let mut ports = ScriptedPorts::over(&Script::new("", &[]), keep).ports;
    let model = |ability| Arc::new(Simulated::with("test", ability)) as Arc<dyn Complete>;
    let (judge, auditor) = (judge.map(model), auditor.map(model));
    let writer = Some(model(writer));
    ports.models = Models { writer, judge, auditor, ..Models::default() };
    ports.assessors =
        if verified { vec![Arc::new(ScriptedVerifier::new(equations))] } else { Vec::new() };
    ports
}

/// The same with one of many seeds.
fn course_seeded(
    recipe: &Recipe,
    setting: &Setting,
    (number, sample): (usize, u64),
    among: impl Fn(Ports) -> Ports,
) -> Course {
    let keep = Arc::new(Memory::default());
    let ports = among(ports(setting, keep.clone()));
    let idea = (setting.question)(number);
    let is_right = right_answer(&idea);
    let request = RunRequest {
        run: RunId::new("trial").unwrap(),
        brief: Brief::from_idea(idea),
        budget: recipe.budget(),
        recipe: recipe.clone().into(),
        painter: "none".to_owned(),
        seed: Seed(11 + sample).derive("trial", number as u64),
    };
    let outcome = block_on(run(&request, &ports, &StopFlag::default())).unwrap();
    let accepted = outcome.verdict == pentimento_model::Verdict::Accept;
    let ends = (String::new(), String::new());
    let events = keep.events();
    let journal = Journal::of(events.iter().map(|timed| &timed.event), remark);
    let mut course = Course {
        right: Vec::new(),
        scores: Vec::new(),
        ends,
        accepted,
        calls: 0,
        judged: 0,
        made: Vec::new(),
        last: false,
        stop: outcome.stop,
        journal,
    };
    let mut texts = Vec::new();
    for timed in events {
        match timed.event {
            RunEvent::CandidateReady { candidate, .. } => {
                let text = keep.load(candidate.artifact).unwrap();
                texts.push(String::from_utf8(text.bytes.to_vec()).unwrap());
            }
            RunEvent::Decided { draft, .. } => {
                course.right.push(is_right(&texts[draft.0 as usize]));
            }
            RunEvent::Answered { exchange, .. } => {
                course.calls += 1;
                course.judged += u32::from(exchange.role == "judge");
                // Where likelihoods are told, the answer is a word.
                let value = serde_json::from_str::<Value>(&exchange.answer);
                let graded = exchange.role != "auditor";
                let score = value.unwrap_or_default()["score"].as_f64();
                course.scores.extend(score.filter(|_| graded));
            }
            _ => {}
        }
    }
    course.ends = (texts[0].clone(), texts[outcome.best.0 as usize].clone());
    course.made = texts.iter().map(|text: &String| is_right(text)).collect();
    course.last = course.made[outcome.best.0 as usize];
    course
}

/// Says of a text whether it is right.
fn right_answer(question: &str) -> Box<dyn Fn(&str) -> bool> {
    if let Some(demands) = Demands::find(question) {
        return Box::new(move |text| demands.met(text).iter().all(|met| *met));
    }
    let right = format!("Answer: {}", truth(question));
    Box::new(move |text| text.ends_with(&right))
}

/// The answer to a question of either kind that has one.
fn truth(question: &str) -> String {
    match Quest::find(question).and_then(|quest| quest.truth()) {
        Some(facts) => (*facts.last().unwrap()).to_owned(),
        None => Sum::find(question).unwrap().truth().unwrap().last().unwrap().to_string(),
    }
}

/// Does every step again: sound, and it knows no answer.
fn equations(text: &str) -> Option<Result<(), u32>> {
    for (at, line) in text.lines().enumerate() {
        let Some((left, right)) = line.split_once(" = ") else { continue };
        let sum = Sum::find(left)?.truth()?;
        if right.parse() != Ok(*sum.last()?) {
            return Some(Err(u32::try_from(at).ok()?));
        }
    }
    Some(Ok(()))
}

fn recipe(name: &str, rounds: u32) -> Recipe {
    pentimento_recipe::find(name).unwrap().with_rounds(rounds).unwrap()
}

#[test]
fn the_same_question_and_seed_give_the_same_answer_and_others_another() {
    let texts = |seed| {
        let asked = Asked { question: question(1), ..Asked::default() };
        work::answer(&asked, &Temper::Typical.ability(), Seed(seed))
    };
    assert_eq!(texts(1), texts(1));
    let different = (0..50).map(texts).collect::<std::collections::BTreeSet<_>>();
    assert!(different.len() > 1);
}

#[test]
fn only_calculations_can_be_answered() {
    assert!(Simulated::check("How much is 3 + 4?").is_ok());
    let error = Simulated::check("Who wrote Faust?").unwrap_err();
    assert!(error.hint.is_some_and(|hint| hint.contains("writer =")));
}
