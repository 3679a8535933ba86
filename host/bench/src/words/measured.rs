//! Runs that somebody made for their own sake, read against gold answers that they have.
//!
//! Nobody is asked anything: the journals say it all. The gold answers were never in a run.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use pentimento_journal::{PastRun, folders};
use pentimento_model::{ArtifactId, MediaType, RunEvent, RunOutcome};
use serde::Serialize;

use super::{course::Course, questions, questions::Question, tally::RecipeResult};
use crate::BenchError;

/// Version of the form that [`Measured`] is written in.
const FORMAT: u32 = 1;

/// What runs came to, recipe by recipe.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Version of this form.
    pub format: u32,
    /// Runs that were read against a gold answer.
    pub runs: usize,
    /// Questions with a gold answer, and of these how many some run was on.
    pub questions: usize,
    /// See `questions`.
    pub asked: usize,
    /// Runs that have not ended: they count for nothing.
    pub open: Vec<String>,
    /// Runs that cannot be read, on whatever they are.
    pub unreadable: Vec<String>,
    /// By name. Runs on one question count as seeds of it.
    pub recipes: Vec<RecipeResult>,
}

/// The runs of one recipe, by question.
type Courses = BTreeMap<usize, Vec<Course>>;

/// Reads all finished runs in a folder whose ideas have gold answers in a file.
///
/// # Errors
///
/// If the file of gold answers or the folder cannot be read, if two of its answers to one question differ, or if
/// no finished run is on one of its questions.
pub fn measured(runs: &Path, gold: &Path) -> Result<Measured, BenchError> {
    let questions = questions::each_of_file(gold)?;
    let of_idea: HashMap<&str, usize> =
        questions.iter().enumerate().map(|(index, one)| (one.idea.as_str(), index)).collect();
    let mut told = Measured {
        format: FORMAT,
        runs: 0,
        questions: questions.len(),
        asked: 0,
        open: Vec::new(),
        unreadable: Vec::new(),
        recipes: Vec::new(),
    };
    let mut recipes: BTreeMap<String, Courses> = BTreeMap::new();
    for found in folders(runs)? {
        let Ok(past) = PastRun::read(&found.path) else {
            told.unreadable.push(found.run.to_string());
            continue;
        };
        let Some((recipe, index)) = asked(&past, &of_idea).filter(|_| !paints(&past)) else {
            continue;
        };
        let (Some(outcome), Some(question)) = (outcome(&past), questions.get(index)) else {
            told.open.push(found.run.to_string());
            continue;
        };
        told.runs += 1;
        let courses = recipes.entry(recipe).or_default();
        courses.entry(index).or_default().push(course(&past, &outcome, question));
    }
    let mut asked: Vec<usize> = recipes.values().flat_map(|one| one.keys().copied()).collect();
    asked.sort_unstable();
    asked.dedup();
    told.asked = asked.len();
    if told.runs == 0 {
        return Err(BenchError::NoRuns { runs: runs.to_owned(), gold: gold.to_owned() });
    }
    told.recipes = recipes.into_iter().map(|(name, courses)| counted(&name, courses)).collect();
    Ok(told)
}

/// The recipe of a run and the place of its question, if there is a gold answer to it.
fn asked(past: &PastRun, of_idea: &HashMap<&str, usize>) -> Option<(String, usize)> {
    past.events.iter().find_map(|timed| match &timed.event {
        RunEvent::RunStarted { idea, recipe, .. } => {
            Some((recipe.clone(), *of_idea.get(idea.as_str())?))
        }
        _ => None,
    })
}

/// True if the run makes pictures, which are no answers.
fn paints(past: &PastRun) -> bool {
    past.events.iter().any(|timed| match &timed.event {
        RunEvent::CandidateReady { candidate, .. } => {
            past.load(candidate.artifact).is_ok_and(|made| made.media_type != MediaType::Text)
        }
        _ => false,
    })
}

fn outcome(past: &PastRun) -> Option<RunOutcome> {
    past.events.iter().rev().find_map(|timed| match &timed.event {
        RunEvent::RunFinished { outcome } => Some(outcome.clone()),
        _ => None,
    })
}

fn course(past: &PastRun, outcome: &RunOutcome, question: &Question) -> Course {
    let load = |id: ArtifactId| past.load(id).ok();
    let events = past.events.iter().map(|timed| &timed.event);
    Course::of(events, Some(outcome), &load, &|answer| question.is_right(answer))
}

fn counted(name: &str, courses: Courses) -> RecipeResult {
    let courses: Vec<Vec<Course>> = courses.into_values().collect();
    let all = || courses.iter().flatten();
    let rounds = all().map(|one| one.journal.settled.len().saturating_sub(1)).max();
    let rounds = u32::try_from(rounds.unwrap_or(0)).unwrap_or(u32::MAX);
    let calls = all().map(|one| one.spending().usage.calls).max().unwrap_or(0);
    RecipeResult::of((name, rounds, calls), &courses)
}
