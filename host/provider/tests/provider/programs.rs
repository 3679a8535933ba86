//! Programs in place of servers: what they are told, what they may not, and how they end.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use pentimento_model::{
    Artifact, Contract, Finish, MediaType, Message, Part, Seed, Speaker, Usage,
};
use pentimento_provider::{
    Cassette, Failure, Painting, Program, Reach, Secret, Tape, Variables, limits,
};
use pentimento_record::take_from_json;
use pentimento_scripted::{bomb, png};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::place::{KEY, Place, ask, failed, wait, whole};

/// Answers with `$1`, and keeps the question in `$2`.
const KEEPS: &str = "cat > \"$2\"; printf '%s' \"$1\"";

/// A program that answers so, and the file in which it keeps what it was asked.
fn answering(answer: &str) -> (Place, TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("asked").to_str().unwrap().to_owned();
    (Place::program(KEEPS, &[answer, &file]), folder, file)
}

fn asked(file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// True once nobody has this number. A zombie that nobody waits for is gone too: in a container
/// there may be nobody who does.
fn is_gone(pid: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = status.rsplit(')').next().unwrap_or_default().trim_start().chars().next();
    state.is_none_or(|state| state == 'Z')
}

#[track_caller]
fn wait_until_gone(file: &Path) {
    let begun = Instant::now();
    let pid = fs::read_to_string(file).unwrap();
    while !is_gone(pid.trim()) {
        assert!(begun.elapsed() < Duration::from_secs(30), "{pid} is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}

const CAT: Painting<'_> = Painting {
    prompt: "a cat",
    size: None,
    seed: Seed(u64::MAX),
    picture: None,
    mask: None,
    liked: &[],
    disliked: &[],
};

#[test]
fn a_question_is_told_whole_and_its_answer_read_whole() {
    let (place, _folder, file) = answering(
        r#"{"text":"Yes","finish":"length","model":"m-1","usage":{"input":11,"output":7},
            "tokens":[{"text":"Yes","logprob":-0.25,"alternatives":[["No",-2],["Yes",-0.25]]}]}"#,
    );
    let mut chat = ask("is it?");
    chat.messages.insert(0, Message::text(Speaker::System, "be brief"));
    let picture = Artifact::new(MediaType::Png, png([1, 2, 3]));
    chat.messages[1].parts.push(Part::Image(picture));
    let schema = r#"{"type":"object"}"#.to_owned();
    chat.contract = Some(Contract { name: "reply".into(), schema: schema.into() });
    chat.stop = vec!["END".to_owned()];
    chat.alternatives = 2;
    chat.seed = Seed(u64::MAX);
    let answered = wait(place.provider().complete("m", &chat)).unwrap();
    assert_eq!(answered.usage, Some(Usage::of_tokens(11, 7)));
    assert_eq!((answered.answer.text.as_str(), answered.answer.finish), ("Yes", Finish::Length));
    let likely = [("Yes".to_owned(), -0.25), ("No".to_owned(), -2.0)];
    assert_eq!(answered.answer.tokens[0].alternatives, likely);
    let mut asked = asked(&file);
    let data = asked["messages"][1]["parts"][1]["image"]["base64"].take();
    assert!(data.as_str().unwrap().starts_with("iVBORw0KGgo"));
    let expected = json!({
        "format": 1, "call": "complete", "model": "m", "max-tokens": 100,
        "seed": 9_007_199_254_740_991_u64, "stop": ["END"], "alternatives": 2,
        "schema": { "type": "object" },
        "messages": [
            { "from": "system", "parts": [{ "text": "be brief" }] },
            { "from": "user", "parts": [
                { "text": "is it?" }, { "image": { "type": "image/png", "base64": null } },
            ] },
        ],
    });
    assert_eq!(asked, expected);
}

#[test]
fn pictures_come_and_go_as_base64() {
    let (_, answer) = picture(&png([9, 9, 9]));
    let (place, _folder, file) = answering(&answer);
    let picture = Artifact::new(MediaType::Png, png([1, 2, 3]));
    let painting = Painting { size: Some((64, 32)), picture: Some(&picture), ..CAT };
    let painted = wait(place.provider().paint("m", &painting)).unwrap();
    assert_eq!((painted.made.bytes.to_vec(), painted.usage), (png([9, 9, 9]), Usage::PICTURE));
    let asked = asked(&file);
    assert_eq!((&asked["prompt"], &asked["size"]), (&json!("a cat"), &json!([64, 32])));
    assert_eq!((&asked["call"], &asked["picture"]["type"]), (&json!("paint"), &json!("image/png")));
    assert_eq!(asked.get("mask"), None);
}

fn picture(bytes: &[u8]) -> (String, String) {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let data = STANDARD.encode(bytes);
    (data.clone(), json!({ "picture": data }).to_string())
}

#[test]
fn texts_become_vectors_and_models_are_listed() {
    let (place, _folder, file) = answering(r#"{"vectors":[[1,2],[3,4]],"usage":{"input":5}}"#);
    let texts = ["a".to_owned(), "b".to_owned()];
    let embedded = wait(place.provider().embed("m", &texts)).unwrap();
    assert_eq!(embedded.vectors, [[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(
        (embedded.usage, asked(&file)["texts"].clone()),
        (Some(Usage::of_tokens(5, 0)), json!(texts))
    );
    let (place, _folder, file) = answering(r#"{"models":["large","small"]}"#);
    assert_eq!(place.list().unwrap(), ["large", "small"]);
    assert_eq!(asked(&file), json!({ "format": 1, "call": "models" }));
}

#[test]
fn a_program_that_is_done_without_a_word_has_answered() {
    let (place, _folder, _) = answering(r#"{"text":"","finish":"stop"}"#);
    let answer = wait(place.provider().complete("m", &ask("hello"))).unwrap().answer;
    assert_eq!((answer.finish, answer.text.as_str()), (Finish::Stop, ""));
}

#[test]
fn what_is_no_answer_is_told_as_such() {
    let bombed = picture(&bomb(50_000, 50_000)).1;
    let junk = picture(b"no picture").1;
    for (answer, failure, words) in [
        ("", Failure::BadAnswer, "is empty"),
        (r#"{"text":"hi""#, Failure::BadAnswer, "is not whole JSON"),
        (r#"log: started {"text":"hi"}"#, Failure::BadAnswer, "is not whole JSON"),
        (r#"{"text":5}"#, Failure::BadAnswer, "is not what its API says"),
        (r#"{"text":""}"#, Failure::BadAnswer, "says nothing"),
        ("{}", Failure::BadAnswer, "says nothing"),
        (r#"{"text":"a","tokens":[{"text":"a","logprob":3}]}"#, Failure::BadAnswer, "no number"),
        (r#"{"error":"no such model"}"#, Failure::Rejected, "it says: no such model"),
    ] {
        let place = Place::program(KEEPS, &[answer, "/dev/null"]);
        let error = failed(wait(place.provider().complete("m", &ask("hello"))));
        assert_eq!(error.failure, failure, "{answer}: {error}");
        assert!(whole(&error).contains(words), "{answer}: {}", whole(&error));
        assert!(place.waits().is_empty(), "asking once more gets the same answer");
    }
    for (answer, failure) in [
        (bombed.as_str(), Failure::TooLarge),
        (&junk, Failure::BadAnswer),
        (r#"{"picture":"%%%"}"#, Failure::BadAnswer),
        ("{}", Failure::BadAnswer),
    ] {
        let place = Place::program(KEEPS, &[answer, "/dev/null"]);
        assert_eq!(failed(wait(place.provider().paint("m", &CAT))).failure, failure, "{answer}");
    }
    for answer in [r#"{"vectors":[]}"#, r#"{"vectors":[[]]}"#, r#"{"vectors":[[0,0]]}"#] {
        let place = Place::program(KEEPS, &[answer, "/dev/null"]);
        let error = failed(wait(place.provider().embed("m", &["a".to_owned()])));
        assert_eq!(error.failure, Failure::BadAnswer, "{answer}");
    }
}

#[test]
fn objects_are_told_in_boxes_and_what_is_none_is_refused() {
    let (place, _folder, file) = answering(
        r#"{"objects":[{"name":"Dog","attribute":"brown","usual":true,"sure":0.5,
            "box":[0.25,0.5,0.5,0.5]}, {"name":"cat","box":[0,0,0.5,0.5]}]}"#,
    );
    let picture = Artifact::new(MediaType::Png, png([1, 2, 3]));
    let names = ["dog".to_owned(), "cat".to_owned()];
    let found = wait(place.provider().detect("m", &picture, &names)).unwrap();
    let told: Vec<_> = found.iter().map(|one| (one.noun.as_str(), one.sure, one.usual)).collect();
    assert_eq!(told, [("dog", 0.5, true), ("cat", 1.0, false)]);
    let mut asked = asked(&file);
    assert!(asked["picture"]["base64"].take().as_str().unwrap().starts_with("iVBORw0KGgo"));
    let expected = json!({ "format": 1, "call": "detect", "model": "m", "names": ["dog", "cat"],
        "picture": { "type": "image/png", "base64": null } });
    assert_eq!(asked, expected);
    for (answer, failure, words) in [
        ("{}", Failure::BadAnswer, "tells of no objects"),
        (r#"{"objects":[{"name":"dog"}]}"#, Failure::BadAnswer, "is not four numbers"),
        (r#"{"objects":[{"name":"dog","box":[0,0,100,100]}]}"#, Failure::BadAnswer, "fractions"),
        (r#"{"objects":[{"box":[0,0,1,1]}]}"#, Failure::BadAnswer, "has no name"),
        (r#"{"error":"too dark","hint":"light"}"#, Failure::Rejected, "too dark"),
        ("[", Failure::BadAnswer, ""),
    ] {
        let place = Place::program(KEEPS, &[answer, "/dev/null"]);
        let error = failed(wait(place.provider().detect("m", &picture, &[])));
        assert_eq!(error.failure, failure, "{answer}");
        assert!(whole(&error).contains(words), "{answer}: {}", whole(&error));
    }
}

#[test]
fn a_program_reads_what_is_written_in_a_picture() {
    let picture = Artifact::new(MediaType::Png, png([1, 2, 3]));
    let (place, _folder, file) =
        answering(r#"{"lines":[{"text":"OPEN","sure":0.5,"box":[0.25,0.5,0.5,0.5]}]}"#);
    let read = wait(place.provider().read("m", &picture)).unwrap();
    assert_eq!((read.len(), read[0].text.as_str(), read[0].sure), (1, "OPEN", 0.5));
    assert_eq!(asked(&file)["call"], "read");
    for (answer, failure, words) in [
        ("{}", Failure::BadAnswer, "tells of no lines"),
        (r#"{"lines":[{"text":"a"}]}"#, Failure::BadAnswer, "is not four numbers"),
        (r#"{"lines":[{"box":[0,0,1,1]}]}"#, Failure::BadAnswer, "has no text"),
        (r#"{"error":"too dark","hint":"light"}"#, Failure::Rejected, "too dark"),
    ] {
        let place = Place::program(KEEPS, &[answer, "/dev/null"]);
        let error = failed(wait(place.provider().read("m", &picture)));
        assert_eq!(error.failure, failure, "{answer}");
        assert!(whole(&error).contains(words), "{answer}: {}", whole(&error));
    }
}

#[test]
fn a_program_finds_what_it_is_given_and_nothing_else() {
    let script =
        "printf '{\"text\":\"%s\"}' \"$(/usr/bin/env | /usr/bin/sort | /usr/bin/tr '\\n' ' ')\"";
    let mut place = Place::program(script, &[]);
    let said = wait(place.provider().complete("m", &ask("hello"))).unwrap().answer.text;
    // What a shell says of itself.
    let own = |word: &&str| {
        !["PWD=/", "OLDPWD=/", "SHLVL=0", "SHLVL=1"].contains(word) && !word.starts_with("_=")
    };
    assert_eq!(said.split(' ').filter(own).collect::<String>(), "", "in no folder of ours: {said}");
    assert!(said.contains("PWD=/ "), "{said}");
    let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    place.settings.environment = Variables(vec![variable("GIVEN", "this")]);
    let said = wait(place.provider().complete("m", &ask("hello"))).unwrap().answer.text;
    assert_eq!(said.split(' ').filter(own).collect::<String>(), "GIVEN=this");
}

#[test]
fn a_key_is_handed_over_and_taken_out_of_all_that_is_said() {
    for (script, good) in [
        ("printf '{\"text\":\"I have %s\"}' \"$MY_KEY\"", true),
        ("echo \"bad key $MY_KEY\" >&2; exit 1", false),
        ("printf '{\"error\":\"bad key %s\"}' \"$MY_KEY\"", false),
    ] {
        let mut place = Place::program(script, &[]);
        let Reach::Program(program) = place.settings.reach.clone() else { panic!("a program") };
        let program = program.with_key_as(Some("MY_KEY".to_owned()));
        place.settings.reach = Reach::Program(program);
        place.settings.key = Some(Secret::new(KEY).unwrap());
        let answered = wait(place.provider().complete("m", &ask("hello")));
        if good {
            assert_eq!(answered.unwrap().answer.text, "I have •••");
        } else {
            assert!(whole(&failed(answered)).contains("•••"));
        }
    }
}

#[test]
fn one_that_fails_is_quoted_and_only_asked_again_if_it_wishes() {
    let count = "echo x >> \"$1\"; ";
    for (end, attempts, words) in [
        ("echo first >&2; echo the reason >&2; exit 3", 1, "it says: first the reason"),
        ("exit 1", 1, "it wrote nothing to its standard error"),
        ("kill -9 $$", 1, "signal: 9"),
        ("echo busy >&2; exit 75", 5, "busy"),
        (
            "i=0; while [ $i -lt 20000 ]; do echo noise; i=$((i+1)); done >&2; echo last words >&2; exit 2",
            1,
            "last words",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("count");
        let place = Place::program(&format!("{count}{end}"), &[file.to_str().unwrap()]);
        let error = failed(wait(place.provider().complete("m", &ask("hello"))));
        assert_eq!((error.failure, error.attempts), (Failure::ServerBroken, attempts), "{end}");
        assert!(whole(&error).contains(words), "{end}: {}", whole(&error));
        assert!(whole(&error).len() < 4000, "bounded: {}", whole(&error));
        assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), attempts as usize, "{end}");
    }
}

#[test]
fn one_that_cannot_be_started_is_named_and_not_paid() {
    let mut place = Place::program("", &[]);
    for path in ["/nowhere/at-all", "/", "/etc/passwd"] {
        place.settings.reach = Reach::Program(Program::new(&[path.to_owned()]).unwrap());
        let error = failed(wait(place.provider().complete("m", &ask("hello"))));
        assert_eq!((error.failure, error.attempts, error.unpaid), (Failure::Unreachable, 1, true));
        assert!(error.hint.unwrap().contains(path));
    }
}

#[test]
fn one_that_never_ends_is_ended_with_all_that_it_started() {
    for script in [
        "/bin/sleep 1000 & echo $! > \"$1\"; wait",
        // Says all it has to say, and stays.
        "/bin/sleep 1000 & echo $! > \"$1\"; printf '{\"text\":\"hi\"}'; exec >&-; wait",
        // Ignores whoever asks kindly.
        "trap '' TERM INT HUP; /bin/sleep 1000 & echo $! > \"$1\"; while :; do wait; done",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pid");
        let mut place = Place::program(script, &[file.to_str().unwrap()]);
        place.settings.limits.deadline = Duration::from_secs(2);
        let error = failed(wait(place.provider().complete("m", &ask("hello"))));
        assert_eq!(error.failure, Failure::TimedOut, "{script}: {error}");
        wait_until_gone(&file);
    }
}

#[test]
fn what_a_program_leaves_running_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pid");
    // The one left behind holds the output open, too.
    let script = "/bin/sleep 1000 & echo $! > \"$1\"; printf '{\"text\":\"hi\"}'";
    let place = Place::program(script, &[file.to_str().unwrap()]);
    let answered = wait(place.provider().complete("m", &ask("hello"))).unwrap();
    assert_eq!(answered.answer.text, "hi");
    wait_until_gone(&file);
}

#[test]
fn one_that_says_too_much_or_does_not_listen_is_no_danger() {
    let begun = Instant::now();
    let place =
        Place::program("while :; do echo 0000000000000000000000000000000000000000; done", &[]);
    let error = failed(wait(place.provider().complete("m", &ask("hello"))));
    assert_eq!(error.failure, Failure::TooLarge, "{error}");
    assert!(error.to_string().contains(&limits::WORDS_BYTES.to_string()));
    assert!(begun.elapsed() < place.settings.limits.deadline);
    // More than a pipe holds is not read.
    let place = Place::program("printf '{\"text\":\"hi\"}'", &[]);
    let chat = ask(&"long ".repeat(100_000));
    assert_eq!(wait(place.provider().complete("m", &chat)).unwrap().answer.text, "hi");
}

#[test]
fn programs_are_started_no_more_at_a_time_than_settings_say() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("lock");
    // Fails if another one is at work.
    let script = "/bin/mkdir \"$1\" || exit 9; /bin/sleep 0.05; /bin/rmdir \"$1\"; printf '{\"text\":\"hi\"}'";
    let mut place = Place::program(script, &[lock.to_str().unwrap()]);
    place.settings.limits.in_flight = limits::PROGRAMS;
    let provider = place.provider();
    let chat = ask("hello");
    let calls = (0..6).map(|_| provider.complete("m", &chat));
    for answered in wait(futures::future::join_all(calls)) {
        assert_eq!(answered.unwrap().answer.text, "hi");
    }
}

/// A cassette that is only remembered.
#[derive(Debug, Default)]
struct Shelf(Mutex<Vec<String>>);

impl Cassette for Shelf {
    fn add(&self, _name: &str, text: &str) -> std::io::Result<()> {
        self.0.lock().unwrap().push(text.to_owned());
        Ok(())
    }
}

#[test]
fn a_cassette_plays_what_a_program_said_without_starting_it() {
    let (mut place, _folder, file) = answering(r#"{"text":"hi"}"#);
    let shelf = Arc::new(Shelf::default());
    let provider = place.provider().on_tape(Tape::record(shelf.clone()));
    let said = wait(provider.complete("m", &ask("hello"))).unwrap();
    let takes = shelf.0.lock().unwrap().iter().map(|text| take_from_json(text).unwrap()).collect();
    fs::remove_file(&file).unwrap();
    place.settings.reach = Reach::Program(Program::new(&["/nowhere".to_owned()]).unwrap());
    let tape = Tape::play(takes);
    let provider = place.provider().on_tape(tape.clone());
    assert_eq!(wait(provider.complete("m", &ask("hello"))).unwrap(), said);
    assert_eq!((tape.unplayed(), Path::new(&file).exists()), (0, false));
    let error = failed(wait(provider.complete("m", &ask("another"))));
    assert_eq!(error.failure, Failure::Tape);
}
