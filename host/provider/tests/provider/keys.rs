//! A key is shown nowhere, whatever a server does with it.

use std::sync::OnceLock;

use pentimento_provider::{Failure, Kind, ProviderSettings};
use pentimento_scripted::Act;
use proptest::prelude::*;

use crate::place::{KEY, Place, ask, wait, whole};

#[test]
fn settings_and_providers_do_not_show_their_key() {
    let place = Place::new(Kind::OpenAi);
    let shown = |settings: &ProviderSettings| format!("{settings:?} {settings:#?}");
    assert!(!shown(&place.settings).contains(KEY));
    let provider = place.provider();
    assert!(!format!("{provider:?} {provider:#?}").contains(KEY));
}

#[test]
fn an_echo_of_all_headers_comes_without_the_key() {
    for kind in Kind::ALL {
        let place = Place::new(kind);
        place.server.always(Act::Echo(400));
        let error = place.failure();
        assert_eq!(error.failure, Failure::Rejected);
        assert!(whole(&error).contains("•••"), "{kind}: {}", whole(&error));
    }
}

#[test]
fn an_answer_that_repeats_the_key_comes_without_it() {
    let place = Place::new(Kind::Ollama);
    let body = format!(r#"{{"model":"{KEY}","message":{{"content":"it is {KEY}"}}}}"#);
    place.server.always(Act::Body(body));
    let answered = wait(place.provider().complete("m", &ask("what is my key?"))).unwrap();
    assert_eq!(answered.answer.text, "it is •••");
    assert!(!format!("{answered:?}").contains(KEY));
    let split = KEY.replace("very", "ve\u{200B}ry");
    place.server.always(Act::Body(format!(r#"{{"message":{{"content":"{split}"}}}}"#)));
    let answered = wait(place.provider().complete("m", &ask("what is my key?"))).unwrap();
    assert_eq!(answered.answer.text, "•••");
}

/// Ways to put a key into a text so that it can be read there.
fn hidden_in(text: &str) -> impl Strategy<Value = String> + use<> {
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
    let escaped: String = text.bytes().flat_map(|one| [format!("\\u00{one:02x}")]).collect();
    let split: String = text.chars().flat_map(|one| [one, '\u{200B}']).collect();
    prop_oneof![
        Just(text.to_owned()),
        Just(text.to_uppercase()),
        Just(format!("Bearer {text}")),
        Just(encoded),
        Just(escaped),
        Just(split),
    ]
}

fn body() -> impl Strategy<Value = String> {
    let around = "[ -~äöü\u{200B}\n]{0,40}";
    let long = prop_oneof![4 => Just(0_usize), 1 => 250..320_usize, 1 => 65_400..65_600_usize];
    (around, hidden_in(KEY), around, long, 0..8_u8).prop_map(|(before, key, after, long, form)| {
        let before = format!("{}{before}", "x".repeat(long));
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let text = format!("{before}{key}{after}");
        match form {
            0 => text,
            1 => format!(r#"{{"error":{{"message":{},"code":{}}}}}"#, quoted(&text), quoted(&key)),
            2 => format!(r#"{{"error":{{"message":"{key}"}}}}"#),
            3 => format!(r#"{{"detail":{}}}"#, quoted(&text)),
            4 => format!(r#"{{"choices":[{{"message":{{"content":{{"{key}":1}}}}}}]}}"#),
            5 => format!(r#"{{"{key}":"#),
            6 => format!(r#"{{"message":"{key}","model":"{key}","choices":"{key}"}}"#),
            _ => format!("<html>{text}"),
        }
    })
}

fn act() -> impl Strategy<Value = Act> {
    let status = prop_oneof![
        Just(400),
        Just(401),
        Just(403),
        Just(404),
        Just(422),
        Just(429),
        Just(500),
        Just(503)
    ];
    let media = prop_oneof![
        Just("text/html".to_owned()),
        Just(format!("text/{KEY}")),
        Just(format!("x/{}", KEY.to_uppercase())),
    ];
    let place = format!("https://{KEY}@example.com/?key={KEY}");
    prop_oneof![
        4 => (status, body()).prop_map(|(status, body)| {
            let wish = (status == 429).then(|| "0".to_owned());
            Act::Status(status, wish, body)
        }),
        3 => body().prop_map(Act::Body),
        2 => (media, body()).prop_map(|(media, body)| Act::Typed(media, body)),
        1 => Just(Act::Redirect(place)),
        1 => Just(Act::Echo(418)),
        1 => Just(Act::CutOff),
        1 => Just(Act::Reset),
    ]
}

/// One server for all cases: a thousand would be slow to start.
fn place(kind: usize) -> &'static Place {
    static PLACES: [OnceLock<Place>; 4] = [const { OnceLock::new() }; 4];
    PLACES[kind].get_or_init(|| Place::new(Kind::ALL[kind]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_fault_of_a_server_shows_the_key(kind in 0..4_usize, act in act(), words: bool) {
        let place = place(kind);
        place.server.always(act);
        let provider = place.provider();
        let shown = if words {
            match wait(provider.complete("m", &ask("hello"))) {
                Ok(answered) => format!("{answered:?}"),
                Err(error) => whole(&error),
            }
        } else {
            match place.list() {
                Ok(models) => format!("{models:?}"),
                Err(error) => whole(&error),
            }
        };
        let lower = shown.to_lowercase();
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, KEY);
        prop_assert!(!lower.contains(KEY), "{}", shown);
        prop_assert!(!shown.contains(encoded.trim_end_matches('=')), "{}", shown);
        prop_assert!(!shown.contains("very-secret"), "{}", shown);
    }
}
