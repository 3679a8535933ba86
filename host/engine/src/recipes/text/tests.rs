//! Whole runs of the recipes for texts over a scripted writer: who is asked what and in which order,
//! when the run stops, and what is remembered.

use std::sync::Arc;

use futures::executor::block_on;
use pentimento_model::*;
use pentimento_recipe::{Algorithm, Recipe, TextAlgorithm};

use crate::{
    Memory, Models, RunError, RunRequest, StopFlag, run,
    testing::{
        Script, ScriptedEmbedder, ScriptedPorts, ScriptedTool, ScriptedVerifier, ScriptedWriter,
    },
};

mod ablation;
mod breeding;
mod citing;
mod contrast;
mod evidence;
mod held_out;
mod likeness;
mod programs;
mod refine;
mod samples;
mod searches;
mod sights;
mod silent;
mod steps;
mod turns;
mod until;

/// How a run ended and what its candidates say.
struct Ended {
    outcome: RunOutcome,
    texts: Vec<String>,
    events: Vec<TimedEvent>,
}

impl Ended {
    fn short(&self) -> (Verdict, u32, StopReason) {
        (self.outcome.verdict, self.outcome.best.0, self.outcome.stop)
    }

    /// What every round was decided for.
    fn reasons(&self) -> Vec<String> {
        let reason = |timed: &TimedEvent| match &timed.event {
            RunEvent::Decided { reason, .. } => Some(reason.clone()),
            _ => None,
        };
        self.events.iter().filter_map(reason).collect()
    }

    /// What the writer was asked for each text, and which text it started from.
    fn origins(&self) -> Vec<(String, Option<u32>)> {
        let origin = |timed: &TimedEvent| match &timed.event {
            RunEvent::CandidateReady { candidate, .. } => match &candidate.origin {
                Origin::Written { step } => {
                    Some((step.to_string(), candidate.parent.map(|parent| parent.0)))
                }
                _ => None,
            },
            _ => None,
        };
        self.events.iter().filter_map(origin).collect()
    }
}

/// Runs a recipe with this writer, and with a verifier if there is one.
fn perform(
    recipe: &Recipe,
    writer: &Arc<ScriptedWriter>,
    verifier: Option<ScriptedVerifier>,
) -> Result<Ended, RunError> {
    let (one, other) = (writer.clone(), writer.clone());
    let models = Models { writer: Some(one), seer: Some(other), ..Models::default() };
    perform_with(recipe, models, verifier)
}

/// The recipe's tool, which answers nothing of use.
fn of_no_use(recipe: &Recipe) -> Arc<ScriptedTool> {
    let name = recipe.tool.as_deref().unwrap_or("tool-python");
    ScriptedTool::by(name, |_| Ok(String::new()))
}

fn perform_with(
    recipe: &Recipe,
    models: Models,
    verifier: Option<ScriptedVerifier>,
) -> Result<Ended, RunError> {
    perform_about("How much is 3 * 4?", recipe, models, verifier)
}

fn perform_about(
    idea: &str,
    recipe: &Recipe,
    models: Models,
    verifier: Option<ScriptedVerifier>,
) -> Result<Ended, RunError> {
    perform_among(idea, recipe, models, verifier, &of_no_use(recipe))
}

fn perform_among(
    idea: &str,
    recipe: &Recipe,
    models: Models,
    verifier: Option<ScriptedVerifier>,
    tool: &Arc<ScriptedTool>,
) -> Result<Ended, RunError> {
    let keep = Arc::new(Memory::default());
    let mut scripted = ScriptedPorts::over(&Script::new("", &[]), keep.clone());
    scripted.ports.models = models;
    scripted.ports.tools = vec![tool.clone()];
    scripted.ports.assessors = match verifier {
        Some(verifier) => vec![Arc::new(verifier)],
        None => Vec::new(),
    };
    let request = RunRequest {
        run: RunId::new("test").unwrap(),
        brief: brief(idea, recipe, &keep),
        budget: recipe.budget(),
        recipe: recipe.clone().into(),
        painter: "none".to_owned(),
        seed: Seed(7),
    };
    let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default()))?;
    let events = scripted.witness.events();
    // The same journal read back is the same run, and nobody is asked or called again.
    let calls = tool.told().len();
    let again = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    assert_eq!((again, tool.told().len()), (outcome.clone(), calls));
    let texts = events.iter().filter_map(|timed| match &timed.event {
        RunEvent::CandidateReady { candidate, .. } => {
            let artifact = crate::ports::Keep::load(&*keep, candidate.artifact).unwrap();
            assert_eq!(artifact.media_type, MediaType::Text);
            Some(String::from_utf8(artifact.bytes.to_vec()).unwrap())
        }
        _ => None,
    });
    Ok(Ended { outcome, texts: texts.collect(), events: events.clone() })
}

/// A question, with a picture if the recipe asks about one.
fn brief(idea: &str, recipe: &Recipe, keep: &Memory) -> Brief {
    let mut brief = Brief::from_idea(idea);
    if recipe.needs_picture() {
        let picture = Artifact::new(MediaType::Png, b"apple 0.1 0.1 0.2 0.2".to_vec());
        crate::ports::Keep::store(keep, &picture).unwrap();
        brief.attached.push(picture.id);
    }
    brief
}

fn recipe(name: &str, rounds: u32) -> Recipe {
    pentimento_recipe::find(name).unwrap().with_rounds(rounds).unwrap()
}

/// An answer in two steps.
fn answer(answer: &str) -> String {
    format!(r#"{{"steps": ["3 * 4 = {answer}", "so it is {answer}"], "answer": "{answer}"}}"#)
}

fn wrong(problem: &str) -> String {
    format!(r#"{{"problems": ["{problem}"], "correct": false, "score": 3}}"#)
}

const FINE: &str = r#"{"problems": [], "correct": true, "score": 9}"#;

/// Proves 12, refutes other numbers at step 0, and can tell nothing of words.
fn knows(text: &str) -> Option<Result<(), u32>> {
    let answer = text.rsplit("Answer: ").next()?;
    let number: f64 = answer.parse().ok()?;
    Some(if (number - 12.0).abs() < 0.5 { Ok(()) } else { Err(0) })
}

#[test]
fn nothing_is_asked_where_the_writer_is_missing() {
    for name in TextAlgorithm::NAMES.iter().copied() {
        let recipe = recipe(name, 1);
        let wanted = if recipe.needs_picture() { "seer" } else { "writer" };
        let ended = perform_with(&recipe, Models::default(), None);
        let Err(RunError::MissingRole { role, .. }) = ended else { panic!("{name}") };
        assert_eq!(role, wanted, "{name}");
    }
}

#[test]
fn a_writer_of_no_use_leaves_nothing_to_hand_out() {
    for name in TextAlgorithm::NAMES.iter().copied() {
        let writer = ScriptedWriter::new("mute", ["{}"]);
        let ended = perform(&recipe(name, 1), &writer, None);
        assert!(matches!(ended, Err(RunError::NoText)), "{name}");
    }
}

#[test]
fn every_recipe_for_texts_is_embedded_under_its_own_name() {
    for name in TextAlgorithm::NAMES.iter().copied() {
        let Algorithm::Text(text) = pentimento_recipe::find(name).unwrap().algorithm else {
            panic!("`{name}` makes texts");
        };
        assert_eq!(text.name(), name);
    }
}
