//! Runs that ask an embedder how alike texts are, over the wire.

use pentimento_scripted::{Act, Scripted};

use crate::program::{KEY, Place, Said};

const QUESTION: &str = "How much is ((3 + 4) * 5) - 6?";
const BREED: [&str; 6] = ["refine", QUESTION, "--recipe", "promptbreeder", "--rounds", "4"];
const OPENAI: &str = "[roles]\nembedder = \"openai/e\"\n";

#[test]
fn an_embedder_behind_openai_or_ollama_is_tried_with_one_call_and_asked_in_runs() {
    for (provider, path) in [("openai", "/v1/embeddings"), ("ollama", "/api/embed")] {
        let server = Scripted::start();
        let place = Place::of_user(&format!("[roles]\nembedder = \"{provider}/e\"\n"));
        if provider == "ollama" {
            place.write(
                ".config/pentimento/settings.toml",
                format!(
                    "[providers.ollama]\nurl = \"{}\"\n[roles]\nembedder = \"ollama/e\"\n",
                    server.url()
                ),
            );
        }
        let tried = place.say_to(&server, &["model", "test", "embedder"]).without_panic();
        assert_eq!(tried.code, Some(0), "{tried:?}");
        assert!(tried.out.contains("numbers"), "{tried:?}");
        let said = place.say_to(&server, &BREED).without_panic();
        assert!(said.code.is_some_and(|code| [0, 3].contains(&code)), "{said:?}");
        let asked = server.stats().asked;
        assert!(asked.len() > 1 && asked.iter().all(|one| one.call.ends_with(path)), "{asked:?}");
        // Read back, nobody is asked.
        let calls = server.stats().calls;
        let replayed = place.say_to(&server, &["replay"]).without_panic();
        assert_eq!((replayed.code, server.stats().calls), (Some(0), calls), "{replayed:?}");
        let shown = place.say(&["show", "--format", "json"]).json().to_string();
        assert!(shown.contains("leave-out-alike") && shown.contains("how alike are"), "{shown}");
    }
}

#[test]
fn what_one_run_was_told_another_need_not_ask_and_pays_nothing_for() {
    let server = Scripted::start();
    let place = Place::of_user(OPENAI);
    let cache = tempfile::tempdir().unwrap();
    let breed = [&BREED[..], &["--cache"]].concat();
    let say = || {
        let mut command = place.command_to(&server, &breed);
        Said::of(command.env("PENTIMENTO_CACHE_DIR", cache.path()).output().unwrap())
            .without_panic()
    };
    let first = say();
    let calls = server.stats().calls;
    assert!(calls > 0, "{first:?}");
    let second = say();
    assert_eq!(server.stats().calls, calls, "the same question has the same answer");
    assert_eq!(second.code, first.code, "{second:?}");
}

#[test]
fn an_embedder_is_told_of_before_it_is_paid() {
    let server = Scripted::start();
    let place = Place::of_user(OPENAI);
    let dry = place.say_to(&server, &[&BREED[..], &["--dry-run"]].concat()).without_panic();
    assert!(dry.out.contains("questions to openai/e (embedder)"), "{dry:?}");
    let bound = place.say_to(&server, &[&BREED[..], &["--budget-usd", "1"]].concat());
    assert_eq!(bound.code, Some(2), "{bound:?}");
    assert!(bound.err.contains("the price of `openai/e` is not known"), "{bound:?}");
    // What a stranger's project alone chooses is not paid unasked.
    let stranger = Place::new();
    stranger.write("pentimento.toml", OPENAI);
    let mut command = stranger.command(&BREED);
    let refused = Said::of(command.env("OPENAI_API_KEY", KEY).output().unwrap()).without_panic();
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("at `openai/e` (role `embedder`)"), "{refused:?}");
    // Recipes that have no use for one do not even open it.
    let other = place.say_to(&server, &["refine", QUESTION, "--recipe", "self-refine"]);
    assert_eq!(server.stats().calls, 0, "{other:?}");
}

#[test]
fn an_embedder_that_fails_ends_the_run_which_goes_on_once_it_works() {
    let server = Scripted::start();
    let place = Place::of_user(OPENAI);
    for act in [
        Act::Body(r#"{"data":[{"index":0,"embedding":[0]}]}"#.to_owned()),
        Act::HalfJson,
        Act::status(404, "no such model"),
    ] {
        server.always(act);
        let said = place.say_to(&server, &BREED).without_panic();
        assert!(said.code.is_some_and(|code| [1, 6].contains(&code)), "{said:?}");
        assert!(said.err.contains("the embedder could not do its work"), "{said:?}");
        assert!(said.err.contains("hint:") && said.err.contains("caused by:"), "{said:?}");
    }
    let well = Scripted::start();
    let resumed = place.say_to(&well, &["resume"]).without_panic();
    assert!(resumed.code.is_some_and(|code| [0, 3].contains(&code)), "{resumed:?}");
    assert!(well.stats().calls > 0);
}
