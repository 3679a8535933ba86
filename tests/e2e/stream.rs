//! Briefs that come when they come: from pipes that stay open, more than once, in any number, and in places
//! whose names are no texts. Runs that wait for one another's calls take turns.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use pentimento_scripted::{Act, Scripted};
use serde_json::Value;

use crate::{
    batch::CENTS,
    program::{Place, Said},
};

/// Longer than anything here takes, however busy the machine is.
const LONG: Duration = Duration::from_mins(1);

/// How often one brief comes.
const OFTEN: usize = 1500;

const BRIEF: &str = "{\"idea\":\"two red apples\",\"seed\":1}\n";

/// A batch whose briefs come through a pipe, and its results as lines.
fn piped(place: &Place, server: &Scripted) -> (Child, ChildStdin, mpsc::Receiver<String>) {
    let words = ["run", "-", "--recipe", "best-of-n", "--format", "json"];
    let mut command = place.command_to(server, &words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        BufReader::new(output).lines().try_for_each(|line| sender.send(line.unwrap()))
    });
    (child, input, lines)
}

#[test]
fn a_result_is_told_while_the_next_brief_is_waited_for_and_so_is_ctrl_c() {
    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    let (child, mut input, lines) = piped(&place, &server);
    input.write_all(BRIEF.as_bytes()).unwrap();
    let told: Value = serde_json::from_str(&lines.recv_timeout(LONG).unwrap()).unwrap();
    assert_eq!((&told["line"], &told["pictures"]), (&1.into(), &4.into()), "{told}");
    // Nobody wrote a second one, and nobody closed the pipe.
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!(said.code, Some(5), "{said:?}");
    assert!(said.err.contains("type the same command again to go on"), "{said:?}");
    assert!(!said.err.contains("stopped at once"), "once was enough: {said:?}");
    drop(input);
}

#[test]
fn the_same_brief_in_an_open_pipe_is_told_as_often_as_it_comes() {
    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    let (child, mut input, lines) = piped(&place, &server);
    // More often than the queue holds, and another one behind them.
    input.write_all(BRIEF.repeat(OFTEN).as_bytes()).unwrap();
    input.write_all(b"{\"idea\":\"a blue cup\"}\n").unwrap();
    let numbers = (0..=OFTEN).map(|_| {
        let told: Value = serde_json::from_str(&lines.recv_timeout(LONG).unwrap()).unwrap();
        assert_eq!(told["error"], Value::Null);
        usize::try_from(told["line"].as_u64().unwrap()).unwrap()
    });
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=OFTEN + 1).collect::<Vec<_>>());
    drop(input);
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(3), 8), "{said:?}");
}

#[test]
fn runs_that_wait_for_one_place_take_turns() {
    let (server, place) = (
        Scripted::start(),
        Place::of_user(&format!("{CENTS}[providers.openai]\ncalls-at-once = 1\n")),
    );
    // Longer than a run takes from an answer to its next question.
    server.always(Act::Draw(150, 16));
    let ideas = ["one red apple", "two green cups", "three blue kites"];
    let briefs = ideas.map(|idea| format!("{{\"idea\":\"{idea}\"}}\n")).concat();
    place.write("briefs.jsonl", briefs);
    let said = place.say_to(&server, &["run", "briefs.jsonl", "--recipe", "best-of-n"]);
    assert_eq!(said.code, Some(3), "{said:?}");
    let asked = server
        .stats()
        .asked
        .into_iter()
        .map(|asked| ideas.iter().position(|idea| asked.body.contains(idea)).unwrap());
    let asked: Vec<usize> = asked.collect();
    assert_eq!(asked.len(), 12);
    for round in asked.chunks(3) {
        let mut round = round.to_vec();
        round.sort_unstable();
        assert_eq!(round, [0, 1, 2], "nobody is asked twice before all others were: {asked:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_place_whose_name_is_no_text_is_a_place_like_others() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    place.write("briefs.jsonl", BRIEF);
    let runs = OsStr::from_bytes(b"r \xfe");
    let say = |words: &[&str]| {
        let mut command = place.command_to(&server, words);
        Said::of(command.arg("--runs-dir").arg(runs).output().unwrap()).without_panic()
    };
    for words in [
        &["refine", "two red apples", "--recipe", "best-of-n", "--format", "json"][..],
        &["run", "briefs.jsonl", "--recipe", "best-of-n", "--format", "json"],
    ] {
        let said = say(words);
        assert_eq!(said.code, Some(3), "{said:?}");
        let last = said.out.lines().last().unwrap();
        let told: Value =
            serde_json::from_str(&said.out).or_else(|_| serde_json::from_str(last)).unwrap();
        assert!(told["picture"].as_str().unwrap().starts_with("r \u{fffd}/"), "{told}");
    }
    for words in [
        &["report", "latest", "--format", "json"][..],
        &["runs", "export", "latest", "-o", "run.tar", "--format", "json"],
        &["runs", "list", "--format", "json"],
        &["runs", "verify", "--format", "json"],
        &["resume", "--format", "json"],
    ] {
        let said = say(words);
        assert!(matches!(said.code, Some(0 | 3)), "{words:?}: {said:?}");
        assert!(serde_json::from_str::<Value>(&said.out).is_ok(), "{words:?}: {said:?}");
    }
    fs::remove_dir_all(place.path().join(runs)).unwrap();
    let said = say(&["runs", "import", "run.tar", "--format", "json"]);
    assert_eq!((said.code, said.json()["report"].is_string()), (Some(0), true), "{said:?}");
}
