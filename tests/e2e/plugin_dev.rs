//! `plugin dev`: what an author sees while working, with good changes and bad ones.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use crate::{
    plugin::{SUM, calculator, refused},
    program::Place,
};

/// Longer than any build machine takes; only a broken program is waited for so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// The program while it watches, ended with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(place: &Place, folder: &str) -> Self {
        let mut command = place.command(&["plugin", "dev", folder]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let outputs: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for output in outputs {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Self { child, lines }
    }

    /// Goes on when all these words have been said since the last time.
    #[track_caller]
    fn until(&self, words: &[&str]) {
        let mut said = String::new();
        while !words.iter().all(|word| said.contains(word)) {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                panic!("waited for {words:?}, and it said only: {said}");
            };
            said += &line;
            said += "\n";
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same component with a note in it that changes nothing but its digest.
fn renewed(component: &Path) {
    let mut bytes = fs::read(component).unwrap();
    bytes.extend(b"\0\x05\x04note");
    fs::write(component, bytes).unwrap();
}

fn built(place: &Place) -> PathBuf {
    place.path().join("calc/target/plugin/tool-calculator.wasm")
}

#[test]
fn a_bad_change_leaves_the_version_before_and_a_good_one_replaces_it() {
    let place = Place::new();
    let folder = calculator(&place, &[("sum.toml", SUM)]);
    let good = fs::read(built(&place)).unwrap();
    let watching = Watching::start(&place, &folder);
    watching.until(&["1 of 1 cases hold"]);

    fs::write(built(&place), b"no component").unwrap();
    watching.until(&["error:", "hint:", "the version before stays", "1 of 1 cases hold"]);

    let wrong = SUM.replace("\"3\"", "\"4\"");
    fs::write(place.path().join("calc/cases/wrong.toml"), wrong).unwrap();
    watching.until(&["the version before stays", "FAILED", "1 of 2 cases hold"]);

    fs::remove_file(place.path().join("calc/cases/wrong.toml")).unwrap();
    fs::write(built(&place), good).unwrap();
    renewed(&built(&place));
    let seen =
        place.say(&["plugin", "inspect", built(&place).to_str().unwrap(), "--format", "json"]);
    let digest = &seen.json()["sha256"].as_str().unwrap()[..12].to_owned();
    watching.until(&[&format!("now trying tool-calculator {digest}"), "1 of 1 cases hold"]);
}

#[test]
fn a_broken_request_is_told_and_can_be_mended() {
    let place = Place::new();
    let folder = calculator(&place, &[("sum.toml", SUM)]);
    let manifest = place.path().join("calc/plugin.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, "name = ").unwrap();
    let watching = Watching::start(&place, &folder);
    watching.until(&["error: `calc/plugin.toml` cannot be used", "hint:"]);
    fs::write(&manifest, text).unwrap();
    watching.until(&["1 of 1 cases hold"]);
}

#[test]
fn watching_a_folder_that_is_not_there_is_refused() {
    let place = Place::new();
    refused(place.say(&["plugin", "dev", "nowhere"]), 2, &["there is no folder `nowhere`"]);
}
