//! What running programs does for a writer of known ability: CRITIC on programs, and `ProgCo`.

use std::fmt::Write;

use pentimento_engine::{Ports, ports::Perform, testing::ScriptedTool};
use serde_json::{Value, json};

use super::*;

/// Runs what the simulated writer writes, as `tool-python` would.
fn python() -> Arc<ScriptedTool> {
    ScriptedTool::python(|code, then| {
        let mut values: Vec<i64> = Vec::new();
        let mut printed = String::new();
        for line in code.lines().map(str::trim).filter(|line| line.starts_with('s')) {
            let at = values.len();
            let (name, sum) = line.split_once(" = ").unwrap();
            assert_eq!(name, format!("s{at}"));
            let text = (0..at).rev().fold(sum.to_owned(), |text, step| {
                text.replace(&format!("s{step}"), &format!("({})", values[step]))
            });
            if text.contains('s') {
                let error = json!({ "type": "NameError", "message": "no such name", "line": at + 1, "source": line });
                return json!({ "outcome": "error", "error": error, "stdout": printed })
                    .to_string();
            }
            values.push(*Sum::find(&text).unwrap().truth().unwrap().last().unwrap());
            writeln!(printed, "s{at} = {}", values[at]).unwrap();
        }
        let last = values.last().unwrap();
        let value = match then.strip_prefix("verify(").and_then(|rest| rest.strip_suffix(')')) {
            Some(answer) if answer.parse() == Ok(*last) => "True".to_owned(),
            Some(_) => "False".to_owned(),
            None => last.to_string(),
        };
        let printed = if then == "answer" { "" } else { &printed };
        json!({ "outcome": "ok", "value": value, "stdout": printed }).to_string()
    })
}

/// Tells nothing of any program.
fn broken() -> Arc<ScriptedTool> {
    ScriptedTool::python(|_, _| Value::Null.to_string())
}

/// A recipe over all questions with this tool.
fn with(tool: &Arc<ScriptedTool>, recipe: &Recipe, ability: Ability) -> Trial {
    let tools: Vec<Arc<dyn Perform>> = vec![tool.clone()];
    let among = |ports: Ports| Ports { tools: tools.clone(), ..ports };
    let setting = Setting::alone(ability);
    Trial((0..QUESTIONS).map(|number| course_among(recipe, &setting, number, among)).collect())
}

/// As many answers to each question as the trial made calls for one, on the average, and the vote.
fn resampled(trial: &Trial, ability: Ability) -> Trial {
    let calls = trial.calls().div_ceil(u32::try_from(QUESTIONS).unwrap());
    let blind = Trial::of(&recipe("self-consistency", calls - 1), ability, false);
    // The vote may be settled before: then further answers change nothing.
    assert!(blind.calls() <= calls * u32::try_from(QUESTIONS).unwrap());
    blind
}

/// Shares of right answers: at first, in the end, and of as many blind answers with a vote.
fn against_blind(name: &str, rounds: u32, habit: f64) -> (f64, f64, f64) {
    let ability = Ability { habit, ..Temper::Typical.ability() };
    let trial = with(&python(), &recipe(name, rounds), ability);
    let blind = resampled(&trial, ability).last();
    println!(
        "{name}, habit {habit}: {:.3} → {:.3}, blind {blind:.3}",
        trial.accuracy(0),
        trial.last()
    );
    (trial.accuracy(0), trial.last(), blind)
}

#[test]
fn running_programs_beats_as_many_blind_answers_where_mistakes_are_habits() {
    for (name, rounds) in [("critic-program", 4), ("progco", 3)] {
        let (first, last, blind) = against_blind(name, rounds, 0.8);
        assert!(last > first + 0.08, "{name}: {first} → {last}");
        assert!(last > blind + 0.04, "{name}: {last} against {blind}");
        // Mistakes that are made by chance alone are outvoted at the same cost.
        let (_, last, blind) = against_blind(name, rounds, 0.0);
        assert!(blind > last, "{name}: {last} against {blind}");
    }
}

#[test]
fn a_correction_beats_no_correction_only_where_what_came_of_the_program_says_something() {
    // A writer that learns nothing from what a program came to, and whose programs never crash.
    let ability = Temper::Typical.ability();
    let blind = Ability { reads: ability.notice, crash: 0.0, ..ability };
    let recipe = recipe("critic-program", 4);
    let gain = |ability| {
        let trial = with(&python(), &recipe, ability);
        trial.last() - trial.accuracy(0)
    };
    let (told, untold) = (gain(ability), gain(blind));
    println!("gain {told:.3}, without evidence {untold:.3}");
    assert!(told > untold + 0.04, "{told} against {untold}");
}

#[test]
fn programs_mend_more_than_they_spoil_and_more_than_looking_again_does() {
    let ability = Temper::Typical.ability();
    let intrinsic = Trial::of(&recipe("self-refine", 3), ability, false).last();
    for (name, rounds) in [("critic-program", 4), ("progco", 3)] {
        let trial = with(&python(), &recipe(name, rounds), ability);
        let ((spoilt, mended), last) = (trial.flips(), trial.last());
        println!("{name}: {mended:.3} mended, {spoilt:.3} spoilt, self-refine {intrinsic:.3}");
        assert!(mended > 4.0 * spoilt, "{name}: {mended} mended, {spoilt} spoilt");
        assert!(last > intrinsic + 0.08, "{name}: {last} against {intrinsic}");
    }
}

#[test]
fn progco_without_an_interpreter_changes_no_answer() {
    let ability = Temper::Typical.ability();
    let unverified = with(&broken(), &recipe("progco", 3), ability);
    assert_eq!(
        unverified.flips(),
        (0.0, 0.0),
        "what says nothing is no reason to change an answer"
    );
}

#[test]
fn thinking_over_the_program_too_is_better_than_believing_it() {
    // Who never sees that a program is wrong, and never puts one right, believes the first one.
    let ability = Temper::Typical.ability();
    let believes = Ability { reads: 0.0, notice: 0.0, false_alarm: 0.0, ..ability };
    let recipe = recipe("progco", 3);
    let spoilt = |ability| with(&python(), &recipe, ability).flips().0;
    let (dual, single) = (spoilt(ability), spoilt(believes));
    println!("right answers spoilt: {dual:.3}, believing the program {single:.3}");
    assert!(dual < single, "{dual} against {single}");
}
