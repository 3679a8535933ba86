//! Recipes that show a painter what was liked: what is liked and disliked, when they stop, and whether they
//! do better than as many pictures painted blindly.

use super::{
    exams::{READING, RED_DOG, carry_out, seer, steps, with, writer},
    *,
};

const ONLY_DOG: &str = "dog/red 0.6 0.6 0.3 0.3\n";

fn fabric(drafts: u32, rounds: u32) -> Recipe {
    let algorithm = Algorithm::Fabric { drafts, shown: 2, stop_score: 1.0 };
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    Recipe { algorithm, examiner, rounds, ..recipe("fabric") }
}

fn told(scripted: &ScriptedPorts) -> String {
    format!("{:?}", scripted.witness.events())
}

#[test]
fn the_best_is_liked_the_worst_disliked_and_both_are_shown_to_the_painter() {
    // The scripted painter takes over whatever the newest liked picture shows.
    let script = Script::new(GOAL, &[NOTHING, ONLY_DOG, NO_DOG]);
    let scripted = with(&script, writer(&READING), seer());
    let outcome = carry_out(&fabric(2, 1), &script, &scripted);
    assert_eq!((outcome.verdict, outcome.best.0, outcome.images), (Verdict::Accept, 2, 3));
    assert!(told(&scripted).contains("liked c1, disliked c0"), "{}", told(&scripted));
    let pictures = steps(&scripted);
    assert_eq!(pictures.iter().filter(|step| step.starts_with('c')).count(), 3, "{pictures:?}");

    // As many pictures and more, painted blindly: none shows both.
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let blind = Recipe { examiner, rounds: 3, ..recipe("rank") };
    let outcome = carry_out(&blind, &script, &with(&script, writer(&READING), seer()));
    assert_eq!((outcome.verdict, outcome.images), (Verdict::GiveUp, 4));
}

#[test]
fn between_pictures_that_are_as_good_nothing_is_liked() {
    let script = Script::new(GOAL, &[NO_DOG, NO_DOG, NO_DOG, ONLY_DOG]);
    let scripted = with(&script, writer(&READING), seer());
    let outcome = carry_out(&fabric(2, 1), &script, &scripted);
    assert_eq!((outcome.stop, outcome.images), (StopReason::Rounds, 4));
    let told = told(&scripted);
    let (first, second) = told.split_at(told.find("c1 ").unwrap_or(told.len() / 2));
    assert!(!first.contains("liked c"), "{first}");
    // In the second round one was better: it would have been liked for the next.
    assert!(second.contains("liked c3, disliked c2"), "{second}");
}

#[test]
fn a_good_picture_ends_the_run_before_its_round_does() {
    let script = Script::new(GOAL, &[NOTHING, RED_DOG]);
    let scripted = with(&script, writer(&READING), seer());
    let outcome = carry_out(&fabric(4, 2), &script, &scripted);
    assert_eq!((outcome.verdict, outcome.images), (Verdict::Accept, 2));
}

#[test]
fn a_run_that_goes_on_paints_nothing_twice() {
    let script = Script::new(GOAL, &[NOTHING, NO_DOG, NOTHING, NOTHING]);
    let memory = Arc::new(Memory::default());
    let over = || exams::over(&script, memory.clone(), writer(&READING), seer());
    let first = over();
    let outcome = carry_out(&fabric(2, 1), &script, &first);
    let again = over();
    assert_eq!(carry_out(&fabric(2, 1), &script, &again), outcome);
    assert_eq!(again.calls.counts()[1], 0, "everything is read back");
}
