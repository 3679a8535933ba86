//! Ctrl-C: nothing that is finished is lost, and `resume` ends where an unbroken run would have.

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use pentimento_scripted::{Act, Scripted};

use crate::{
    batch::CENTS,
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

    // A person, and a terminal that is closed, which says so twice.
    for signals in [&["-INT"][..], &["-HUP", "-HUP"]] {
        let place = Place::new();
        // The tests themselves may have been started to outlive their terminal.
        let child = start_by(&["env", "--default-signal=HUP"], &place);
        wait_for_events(&place, 8);
        for signal in signals {
            send(signal, child.id());
        }
        let said = Said::of(child.wait_with_output().unwrap()).without_panic();
        assert_eq!(said.code, Some(5), "{said:?}");
        assert!(said.err.contains("resume"), "the way on is told: {said:?}");
        assert!(!said.err.contains("stopped at once"), "{said:?}");
        let before = events(&place.run_folder());
        assert!(before.len() < events(&unbroken.run_folder()).len(), "it came in the middle");

        let resumed = place.say(&["resume", "--quiet"]).without_panic();
        assert!(matches!(resumed.code, Some(0 | 3)), "{resumed:?}");
        assert_eq!(events(&place.run_folder())[..before.len()], before[..]);
        assert_eq!(events(&place.run_folder()), events(&unbroken.run_folder()));
        assert_eq!(artifacts(&place.run_folder()), artifacts(&unbroken.run_folder()));
    }
}

#[test]
fn a_run_that_is_to_outlive_its_terminal_does() {
    let place = Place::new();
    let child = start_by(&["nohup"], &place);
    wait_for_events(&place, 8);
    send("-HUP", child.id());
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
}

/// The run as another program starts it, and becomes it.
fn start_by(starter: &[&str], place: &Place) -> Child {
    let usual = place.command(&WORDS);
    Command::new(starter[0])
        .args(&starter[1..])
        .arg(usual.get_program())
        .args(usual.get_args())
        .current_dir(place.path())
        .envs(usual.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn send(signal: &str, to: u32) {
    let sent = Command::new("kill").args([signal, &to.to_string()]).status().unwrap();
    assert!(sent.success());
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

/// Eight briefs for a painter who takes one call at a time.
fn queue() -> (Scripted, Place) {
    let server = Scripted::start();
    server.always(Act::Draw(250, 16));
    let place = Place::of_user(&format!("{CENTS}[providers.openai]\ncalls-at-once = 1\n"));
    let brief = |seed| format!("{{\"idea\":\"two red apples\",\"seed\":{seed}}}");
    place.write("briefs.jsonl", (0..8).map(brief).collect::<Vec<_>>().join("\n"));
    (server, place)
}

const QUEUE: [&str; 7] =
    ["run", "briefs.jsonl", "--recipe", "best-of-n", "--concurrency", "8", "--quiet"];

fn wait_for_calls(server: &Scripted, wanted: usize) {
    while server.stats().calls < wanted {
        thread::sleep(Duration::from_millis(5));
    }
}

/// Events of this kind in all journals.
fn count(place: &Place, kind: &str) -> usize {
    let runs = fs::read_dir(place.path().join("runs")).unwrap();
    let journals = runs.map(|run| fs::read_to_string(run.unwrap().path().join("journal.jsonl")));
    journals.flatten().map(|text| text.matches(&format!("\"type\":\"{kind}\"")).count()).sum()
}

#[test]
fn who_asks_a_batch_to_end_pays_for_no_call_that_only_waited() {
    for signal in ["-INT", "-TERM"] {
        let (server, place) = queue();
        let mut command = place.command_to(&server, &QUEUE);
        let child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        wait_for_calls(&server, 2);
        let told = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let said = Said::of(child.wait_with_output().unwrap()).without_panic();
        assert_eq!(said.code, Some(5), "{said:?}");
        assert!(said.err.contains("type the same command again"), "{said:?}");
        // The one under way, and perhaps the next that had its turn before anybody said stop.
        let calls = server.stats().calls;
        assert!(calls <= 3, "{calls}");
        assert_eq!(count(&place, "call-begun"), calls, "what only waited is not announced");
        assert_eq!(count(&place, "call-lost"), 0);
        let again = place.say_to(&server, &QUEUE);
        assert_eq!((again.code, server.stats().calls), (Some(3), 32), "{again:?}");
        assert!(!again.err.contains("twice"), "{again:?}");
    }
}

#[test]
fn a_batch_that_is_killed_tells_only_the_call_under_way_as_perhaps_paid() {
    let (server, place) = queue();
    place.kill_at_call(&server, &QUEUE, 3);
    let begun = count(&place, "call-begun");
    assert!(begun <= server.stats().calls + 1, "{begun} were announced");
    let again = place.say_to(&server, &QUEUE);
    assert_eq!(again.code, Some(3), "{again:?}");
    let lost = count(&place, "call-lost");
    assert!(lost <= 2, "{lost}");
    assert_eq!(again.err.contains("may have been paid twice"), lost > 0, "{again:?}");
}
