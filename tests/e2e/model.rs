//! `model list` and `model test` against a scripted server, and what a stranger's project may not.

use pentimento_scripted::{Act, Scripted};

use crate::program::{KEY, Place, Said};

const ROLES: &str = "[roles]\nwriter = \"openai/w\"\nseer = \"openai/s\"\njudge = \"openai/j\"\n\
                     painter = \"openai/p\"\nembedder = \"openai/e\"\n";

/// A place with these settings, whose user has moved `OpenAI` to the server.
fn say(server: &Scripted, settings: &str, words: &[&str]) -> Said {
    let place = Place::new();
    place.write("pentimento.toml", settings);
    place.say_to(server, words)
}

#[test]
fn every_role_is_tried_with_one_call() {
    let black = || Some(responses("completed", &text("Black.")));
    for (role, act, words) in [
        ("writer", None, "you said: Say in one short sentence"),
        ("seer", black(), "shown a black picture, it said: Black."),
        ("judge", black(), "shown a black picture"),
        ("painter", None, "bytes of image/png"),
        ("embedder", None, "3 numbers"),
    ] {
        let server = Scripted::start();
        server.script(act);
        let said = say(&server, ROLES, &["model", "test", role]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.contains(words), "{said:?}");
        assert_eq!(server.stats().calls, 1);
        let sent = &server.stats().asked[0].headers["authorization"];
        assert_eq!(*sent, format!("Bearer {KEY}"));
    }
}

/// An answer of the Responses API with this status and this content of its message.
fn responses(status: &str, content: &str) -> Act {
    let reason = match status {
        "completed" => "null",
        _ => r#"{"reason":"max_output_tokens"}"#,
    };
    Act::Body(format!(
        r#"{{"status":"{status}","incomplete_details":{reason},"output":[
            {{"type":"message","content":[{content}]}}],
            "usage":{{"input_tokens":9,"output_tokens":2}}}}"#
    ))
}

fn text(words: &str) -> String {
    format!(r#"{{"type":"output_text","text":"{words}"}}"#)
}

#[test]
fn an_answer_that_is_none_is_no_success() {
    let refusal = r#"{"type":"refusal","refusal":"I will not"}"#;
    for (role, act, words) in [
        ("writer", responses("incomplete", ""), "a larger `answer-tokens`"),
        (
            "writer",
            responses("completed", refusal),
            "refuses to answer a harmless question: I will",
        ),
        ("writer", responses("completed", &text("  ")), "its answer is empty"),
        ("seer", responses("completed", &text("Red.")), "black all over, and said: Red."),
        ("judge", responses("completed", refusal), "cannot play the role `judge`"),
    ] {
        let server = Scripted::start();
        server.always(act);
        let said = say(&server, ROLES, &["model", "test", role]);
        assert!(matches!(said.code, Some(1 | 6)), "{said:?}");
        assert!(said.err.contains(words) && said.err.contains("hint:"), "{said:?}");
    }
    let server = Scripted::start();
    server.always(responses("incomplete", &text("It is")));
    let said = say(&server, ROLES, &["model", "test", "writer"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("It is … (cut off after 2048 tokens)"), "{said:?}");
}

#[test]
fn a_test_that_fails_says_why_and_what_to_do() {
    for (act, code, words) in [
        (Act::status(401, "bad key"), 6, "does not accept the key"),
        (Act::Echo(403), 6, "•••"),
        (Act::status(500, "fell over"), 6, "fell over"),
        (Act::too_many("1"), 6, "calls-per-minute"),
        (Act::too_many("9999"), 6, "it wants the next call in 9999 s"),
        (Act::status(402, "add credits"), 6, "no money or quota left"),
        (Act::HalfJson, 1, "is not whole JSON"),
        (Act::Reset, 6, "broke"),
    ] {
        let server = Scripted::start();
        server.always(act);
        let said = say(&server, ROLES, &["model", "test", "writer"]);
        assert_eq!(said.code, Some(code), "{said:?}");
        assert!(said.err.contains(words), "{said:?}");
        assert!(said.err.contains("caused by:") && said.err.contains("hint:"), "{said:?}");
        assert_eq!(server.stats().calls, 1, "whoever tries wants to know at once");
    }
}

#[test]
fn providers_roles_and_models_are_listed() {
    let server = Scripted::start();
    let said = say(&server, ROLES, &["model", "list"]);
    assert!(said.out.contains("(key from OPENAI_API_KEY)"), "{said:?}");
    assert!(said.out.contains("(no key: ANTHROPIC_API_KEY is not set)"), "{said:?}");
    let json = say(&server, ROLES, &["model", "list", "--format", "json"]).json();
    assert_eq!(json["roles"]["painter"], "openai/p");
    let listed = json["providers"].as_array().unwrap();
    let openai = listed.iter().find(|one| one["name"] == "openai").unwrap();
    assert_eq!(openai["key-is-set"], true);
    assert_eq!(server.stats().calls, 0);
    let said = say(&server, ROLES, &["model", "list", "openai"]);
    assert_eq!(said.out, "  large\n  small\n");
}

#[test]
fn a_role_nobody_plays_is_said_so() {
    let server = Scripted::start();
    for (words, code, complaint) in [
        (&["model", "test", "writer"][..], 2, "no model is bound"),
        (&["model", "test", "dancer"], 2, "no role `dancer`"),
        (&["model", "list", "nobody"], 2, "no provider `nobody`"),
    ] {
        let said = say(&server, "", words);
        assert_eq!(said.code, Some(code), "{said:?}");
        assert!(said.err.contains(complaint) && said.err.contains("hint:"), "{said:?}");
    }
}

#[test]
fn a_key_that_is_not_set_is_asked_for() {
    let place = Place::new();
    place.write("pentimento.toml", ROLES);
    let said = place.say(&["model", "test", "writer"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("`OPENAI_API_KEY`"), "{said:?}");
}

#[test]
fn a_strangers_project_does_not_get_the_key() {
    let server = Scripted::start();
    let thief = Scripted::start();
    let settings = format!(
        "[providers.thief]\nkind = \"openai\"\nurl = \"{}/v1\"\nkey-env = \"OPENAI_API_KEY\"\n\
         [roles]\nwriter = \"thief/m\"\n",
        thief.url()
    );
    for words in [&["model", "test", "writer"][..], &["model", "list", "thief"], &["doctor"]] {
        let said = say(&server, &settings, words);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("would have the key in `OPENAI_API_KEY` sent"), "{said:?}");
        assert!(said.err.contains("settings.toml"), "{said:?}");
    }
    assert_eq!(thief.stats().calls, 0);
}

#[test]
fn the_users_own_file_is_trusted() {
    let server = Scripted::start();
    let place = Place::new();
    let file = format!(
        "[providers.mine]\nkind = \"openai\"\nurl = \"{}/v1\"\nkey-env = \"MY_KEY\"\n\
         [roles]\nwriter = \"mine/m\"\n",
        server.url()
    );
    std::fs::create_dir_all(place.path().join(".config/pentimento")).unwrap();
    place.write(".config/pentimento/settings.toml", file);
    let mut command = place.command(&["model", "test", "writer"]);
    let said = Said::of(command.env("MY_KEY", KEY).output().unwrap()).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(server.stats().asked[0].headers["authorization"], format!("Bearer {KEY}"));
}

#[test]
fn a_key_where_its_variables_name_belongs_is_not_repeated() {
    for key in ["sk-proj-abc123", "hfAbCdEfGhIjKlMnOp123456", "1A", ""] {
        let place = Place::of_user(&format!(
            "providers.mine = {{ kind = \"openai\", url = \
             \"http://127.0.0.1:1/v1\", key-env = \"{key}\" }}\n"
        ));
        for words in [&["model", "list"][..], &["model", "list", "mine"], &["runs", "list"]] {
            let said = place.say(words).without_panic();
            assert_eq!(said.code, Some(2), "{said:?}");
            assert!(said.err.contains("`key-env` of provider `mine`"), "{said:?}");
            assert!(key.is_empty() || !format!("{said:?}").contains(key), "{said:?}");
        }
    }
}
