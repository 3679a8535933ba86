//! Ctrl-C: nothing that is finished is lost, and `resume` ends where an unbroken run would have.

use std::{fs, process::Command, thread, time::Duration};

use crate::{
    program::{Place, Said},
    refine::{artifacts, events},
};

/// Long enough that the interruption comes in the middle: nearly no edit of this painter helps.
const WORDS: [&str; 7] =
    ["refine", "five red apples without dogs", "--preset", "hopeless", "--rounds", "16", "--quiet"];

#[test]
fn an_interrupted_run_is_resumed_to_the_same_end() {
    let unbroken = Place::new();
    let said = unbroken.say(&WORDS).without_panic();
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");

    let place = Place::new();
    let child = place.start(&WORDS);
    wait_for_events(&place, 8);
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!(said.code, Some(5), "{said:?}");
    assert!(said.err.contains("resume"), "the way on is told: {said:?}");
    let before = events(&place.run_folder());
    assert!(before.len() < events(&unbroken.run_folder()).len(), "it came in the middle");

    let resumed = place.say(&["resume", "--quiet"]).without_panic();
    assert!(matches!(resumed.code, Some(0 | 3)), "{resumed:?}");
    assert_eq!(events(&place.run_folder())[..before.len()], before[..]);
    assert_eq!(events(&place.run_folder()), events(&unbroken.run_folder()));
    assert_eq!(artifacts(&place.run_folder()), artifacts(&unbroken.run_folder()));
}

/// Waits until the journal holds so many events: the run is then truly under way.
fn wait_for_events(place: &Place, wanted: usize) {
    for _ in 0..2000 {
        thread::sleep(Duration::from_millis(5));
        let Ok(mut runs) = fs::read_dir(place.path().join("runs")) else { continue };
        let Some(run) = runs.next() else { continue };
        let journal = fs::read_to_string(run.unwrap().path().join("journal.jsonl"));
        if journal.is_ok_and(|text| text.lines().count() >= wanted) {
            return;
        }
    }
    panic!("the run never came to {wanted} events");
}
