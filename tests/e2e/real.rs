//! The program with what nobody here wrote: a model behind llama.cpp's server on this machine, and
//! Python. How good the model's answers are is not looked at; that a run with it is whole, is.

use std::fs;

use pentimento_real::Llama;
use pentimento_scripted::Scripted;

use crate::program::{Place, Said};

/// A user whose writer, judge and seer is the model of that server.
fn place(server: &Llama) -> Place {
    place_with(server, "")
}

/// The same with more settings of the provider.
fn place_with(server: &Llama, more: &str) -> Place {
    Place::of_user(&format!(
        "[providers.llama]\nkind = \"openai\"\nurl = \"{}/v1\"\n\
         # However busy the machine is.\ndeadline = 7200\nread-timeout = 7200\n{more}\
         [roles]\nwriter = \"llama/smollm2\"\njudge = \"llama/smollm2\"\nseer = \"llama/smollm2\"\n",
        server.url()
    ))
}

/// The smallest of models does not always come to an end by itself, and JSON that breaks off is no answer. That
/// the server keeps its answers to a form is tried where providers are.
const FEW_WORDS: &str = "json = false\nanswer-tokens = 96\n";

/// The lines of the text that was handed out, as the terminal shows them.
fn text(said: &Said) -> Vec<&str> {
    said.out.lines().filter(|line| line.contains('│')).collect()
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_text_is_written_by_a_real_model_and_everything_is_read_back_without_it() {
    let server = Llama::start();
    let place = place_with(&server, FEW_WORDS);
    let listed = place.say(&["model", "list", "llama"]).without_panic();
    assert_eq!(
        (listed.code, listed.out.as_str()),
        (Some(0), "  smollm2@b179c9523d0e\n"),
        "{listed:?}"
    );
    let tried = place.say(&["model", "test", "writer"]).without_panic();
    assert!(tried.out.starts_with("writer (llama/smollm2) said: "), "{tried:?}");
    let question = "Tom has 3 boxes of 4 eggs. How many eggs?";
    let refine = ["refine", question, "--recipe", "self-refine", "--rounds", "1"];
    let said = place.say(&[&refine[..], &["--record", "tape"]].concat()).without_panic();
    assert!(matches!(said.code, Some(0 | 3)), "accepted or given up: {said:?}");
    assert!(!text(&said).is_empty() && said.out.contains("writer smollm2"), "{said:?}");
    assert!(
        fs::read_to_string(place.run_folder().join("report.html")).unwrap().contains("smollm2")
    );
    let shown = place.say(&["show", "--format", "json"]).json();
    let calls = shown["cost"]["calls"].as_u64();
    assert!(calls.is_some_and(|calls| calls >= 2), "an answer and its judgement: {shown}");
    drop(server);
    // Everything that was answered is in the journal and on the cassette.
    let resumed = place.say(&["resume"]).without_panic();
    assert_eq!((resumed.code, text(&resumed)), (said.code, text(&said)), "{resumed:?}");
    let run = place.run_folder();
    let replayed = place.say(&["replay", run.to_str().unwrap()]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    fs::remove_dir_all(place.path().join("runs")).unwrap();
    let played = place.say(&[&refine[..], &["--replay", "tape"]].concat()).without_panic();
    assert_eq!((played.code, text(&played)), (said.code, text(&said)), "{played:?}");
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn recipes_are_measured_with_a_real_model_and_told_again_without_it() {
    let server = Llama::start();
    let place = place_with(&server, FEW_WORDS);
    let words = ["bench", "gsm8k", "--live", "--limit", "2", "--seeds", "1", "--tokens", "1200"];
    let recipes = ["--recipe", "self-refine", "--against", "best-of-n-text", "--json"];
    let bench = [&words[..], &recipes].concat();
    let said = place.say(&bench).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.json();
    assert_eq!((&value["questions"], &value["wanted"]), (&2.into(), &2.into()), "{value}");
    assert_eq!(value["served"], serde_json::json!(["smollm2@b179c9523d0e"]), "which weights");
    for who in ["recipe", "against"] {
        assert!(value[who]["calls"].as_f64().unwrap() >= 1.0, "{value}");
    }
    drop(server);
    let told = place.say(&[&bench[..], &["--no-calls"]].concat()).without_panic();
    assert_eq!((told.code, &told.out), (Some(0), &said.out), "{told:?}");
    let again = place.say(&bench).without_panic();
    assert_eq!(again.out, said.out, "everything is there: {again:?}");
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_model_without_eyes_in_the_role_of_a_seer_is_told_as_such_after_one_call() {
    let (server, painter) = (Llama::start(), Scripted::start());
    let place = place(&server);
    let tried = place.say(&["model", "test", "seer"]).without_panic();
    assert_eq!(tried.code, Some(2), "{tried:?}");
    for words in ["image input is not supported", "hint: the model may not know", "pictures"] {
        assert!(tried.err.contains(words), "{words}: {tried:?}");
    }
    let words = ["refine", "two cats", "--recipe", "rank", "--painter", "openai/p"];
    let said = place.say_to(&painter, &words);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("image input is not supported"), "{said:?}");
    assert!(painter.stats().calls >= 1, "a picture was painted before");
    let pictures = fs::read_dir(place.run_folder().join("artifacts")).unwrap().count();
    assert!(pictures >= 1, "and is kept");
}
