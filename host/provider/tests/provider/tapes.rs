//! Cassettes: kept without the key, played without the network, and never played for another
//! question.

use std::{
    io,
    sync::{Arc, Mutex},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, MediaType, Seed};
use pentimento_provider::{Cassette, Failure, Kind, Painting, Provider, ProviderError, Tape};
use pentimento_record::{Take, take_from_json};
use pentimento_scripted::{Act, bomb, png};
use serde_json::Value;

use crate::place::{KEY, Place, ask, failed, wait, whole};

/// A cassette that is only remembered.
#[derive(Debug, Default)]
struct Shelf(Mutex<Vec<(String, String)>>);

impl Cassette for Shelf {
    fn add(&self, name: &str, text: &str) -> io::Result<()> {
        self.0.lock().unwrap().push((name.to_owned(), text.to_owned()));
        Ok(())
    }
}

impl Shelf {
    fn takes(&self) -> Vec<Take> {
        self.0.lock().unwrap().iter().map(|(_, text)| take_from_json(text).unwrap()).collect()
    }
}

/// A server, a cassette, and what is done with both.
fn recorded<T>(place: &Place, work: impl Fn(&Provider) -> T) -> (Arc<Shelf>, T) {
    let shelf = Arc::new(Shelf::default());
    let provider = place.provider().on_tape(Tape::record(shelf.clone()));
    let done = work(&provider);
    (shelf, done)
}

/// The same provider without a key, and with a server that must not be called.
fn playing(place: &Place, shelf: &Shelf) -> (Provider, Tape, Place) {
    let mut nobody = Place::new(place.settings.kind);
    nobody.settings.key = None;
    nobody.server.always(Act::Reset);
    let tape = Tape::play(shelf.takes());
    let provider = nobody.provider().on_tape(tape.clone());
    (provider, tape, nobody)
}

const CAT: Painting<'_> = Painting {
    prompt: "a cat",
    size: None,
    seed: Seed(7),
    picture: None,
    mask: None,
    liked: &[],
    disliked: &[],
};

#[test]
fn what_was_recorded_is_played_without_a_call_or_a_key() {
    for kind in [Kind::OpenAi, Kind::Anthropic, Kind::Ollama] {
        let place = Place::new(kind);
        let say = |provider: &Provider| wait(provider.complete("m", &ask("hello"))).unwrap();
        let (shelf, said) = recorded(&place, say);
        let (provider, tape, nobody) = playing(&place, &shelf);
        assert_eq!(say(&provider), said, "{kind}");
        assert_eq!((tape.unplayed(), nobody.server.stats().connections), (0, 0), "{kind}");
    }
    for kind in [Kind::OpenAi, Kind::SdWebUi] {
        let place = Place::new(kind);
        let picture = Artifact::new(MediaType::Png, png([9, 9, 9]));
        let paint = |provider: &Provider| {
            let changed = Painting { picture: Some(&picture), ..CAT };
            [&CAT, &changed].map(|one| wait(provider.paint("m", one)).unwrap().made.bytes)
        };
        let (shelf, painted) = recorded(&place, paint);
        let (provider, _, nobody) = playing(&place, &shelf);
        assert_eq!(paint(&provider), painted, "{kind}");
        assert_eq!(nobody.server.stats().connections, 0, "{kind}");
    }
}

#[test]
fn attempts_are_kept_one_by_one_and_played_in_their_order() {
    let place = Place::new(Kind::OpenAi);
    place.server.script([
        Act::status(503, "busy"),
        Act::Status(429, Some("9".to_owned()), "{}".to_owned()),
    ]);
    let list = |provider: &Provider| wait(provider.models()).unwrap();
    let (shelf, listed) = recorded(&place, list);
    let takes = shelf.takes();
    assert_eq!(takes.iter().map(|take| take.status).collect::<Vec<_>>(), [503, 429, 200]);
    assert!(takes[1].headers.contains(&("retry-after".to_owned(), "9".to_owned())), "{takes:?}");
    let (provider, tape, nobody) = playing(&place, &shelf);
    assert_eq!(list(&provider), listed);
    assert_eq!((tape.unplayed(), nobody.waits().len()), (0, 2));
    let names: Vec<_> = shelf.0.lock().unwrap().iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, ["00000-p-models.json", "00001-p-models.json", "00002-p-models.json"]);
}

fn not_played(
    place: &Place,
    shelf: &Shelf,
    ask: impl Fn(&Provider) -> Option<ProviderError>,
) -> String {
    let (provider, _, nobody) = playing(place, shelf);
    let error = ask(&provider).unwrap();
    assert_eq!((error.failure, error.unpaid), (Failure::Tape, true), "{error}");
    assert_eq!(nobody.server.stats().connections, 0, "nothing is sent instead");
    assert!(error.hint.is_some());
    whole(&error)
}

#[test]
fn another_question_is_an_error_that_says_what_changed() {
    let place = Place::new(Kind::OpenAi);
    let (shelf, _) = recorded(&place, |provider| {
        wait(provider.complete("m", &ask("Rules.\nPaint two cats.\nBe brief."))).unwrap();
        wait(provider.paint("m", &CAT)).unwrap()
    });
    let told = not_played(&place, &shelf, |provider| {
        wait(provider.complete("m", &ask("Rules.\nPaint two dogs.\nBe brief."))).err()
    });
    assert!(told.contains("asks something else than what is on the cassette"), "{told}");
    for line in ["- Paint two cats.", "+ Paint two dogs."] {
        assert!(told.contains(line), "{told}");
    }
    assert!(!told.contains("- Rules."), "only what changed: {told}");
    for (painting, line) in [
        (Painting { prompt: "a dog", ..CAT }, "+   \"prompt\": \"a dog\""),
        (Painting { size: Some((8, 8)), ..CAT }, "+   \"size\": \"8x8\""),
    ] {
        let told =
            not_played(&place, &shelf, |provider| wait(provider.paint("m", &painting)).err());
        assert!(told.contains(line), "{told}");
    }
    let told = not_played(&place, &shelf, |provider| wait(provider.models()).err());
    assert!(told.contains("no further answer to `GET models`"), "{told}");
}

#[test]
fn a_question_asked_once_more_than_before_is_told_as_such() {
    let place = Place::new(Kind::OpenAi);
    let (shelf, _) = recorded(&place, |provider| wait(provider.paint("m", &CAT)).unwrap());
    let told = not_played(&place, &shelf, |provider| {
        wait(provider.paint("m", &CAT)).unwrap();
        wait(provider.paint("m", &CAT)).err()
    });
    assert!(told.contains("once more than the cassette has answers (1)"), "{told}");
}

#[test]
fn another_provider_has_no_say_on_the_cassette_of_the_first() {
    let place = Place::new(Kind::OpenAi);
    let (shelf, _) = recorded(&place, |provider| wait(provider.models()).unwrap());
    let mut other = Place::new(Kind::OpenAi);
    other.settings.name = "q".to_owned();
    let provider = other.provider().on_tape(Tape::play(shelf.takes()));
    let error = failed(wait(provider.models()));
    assert_eq!(error.failure, Failure::Tape);
    assert_eq!(other.server.stats().asked.len(), 0);
}

/// The key as a server may repeat it.
fn disguises() -> Vec<String> {
    let escaped: String = KEY
        .bytes()
        .flat_map(|byte| format!("\\u{byte:04x}").into_bytes())
        .map(char::from)
        .collect();
    vec![
        format!(r#"{{"data": [], "echo": "Bearer {KEY}"}}"#),
        format!(r#"{{"data": [], "echo": "{escaped}"}}"#),
        format!(r#"{{"data": [], "{KEY}": ["{}"]}}"#, KEY.to_uppercase()),
        format!(r#"{{"data": [], "echo": "{}"}}"#, STANDARD.encode(KEY)),
        format!(r#"{{"data": [], "echo": "sk-very\u200b{}"}}"#, &KEY[7..]),
        format!(r#"{{"data": [], "echo": "{escaped}"#),
        format!("Bearer {KEY}"),
    ]
}

#[test]
fn no_take_holds_the_key_however_a_server_repeats_it() {
    for body in disguises() {
        for status in [200, 400] {
            let place = Place::new(Kind::OpenAi);
            place.server.script([Act::Status(status, None, body.clone())]);
            let (shelf, ()) = recorded(&place, |provider| drop(wait(provider.models())));
            let texts = shelf.0.lock().unwrap().clone();
            assert_eq!(texts.len(), 1);
            let text = &texts[0].1;
            // What anybody could read out of it: as it is, and as JSON within JSON.
            let take = take_from_json(text).unwrap();
            let parsed = serde_json::from_str::<Value>(&take.body).map(|value| value.to_string());
            for seen in [text.clone(), take.body.clone(), parsed.unwrap_or_default()] {
                let seen = seen.to_lowercase().replace('\u{200b}', "");
                for form in [KEY.to_owned(), STANDARD.encode(KEY)] {
                    assert!(!seen.contains(&form.to_lowercase()), "{body}: {seen}");
                }
                assert!(!seen.contains("\\u0073\\u006b"), "{body}: {seen}");
            }
        }
    }
    // What is asked may hold it too; headers are never kept.
    let place = Place::new(Kind::OpenAi);
    let question = ask(&format!("is {KEY} a good key?"));
    let (shelf, ()) = recorded(&place, |provider| drop(wait(provider.complete("m", &question))));
    let texts = shelf.0.lock().unwrap().clone();
    assert!(!texts.is_empty() && texts.iter().all(|(_, text)| !text.contains(KEY)));
    assert!(texts.iter().all(|(_, text)| !text.to_lowercase().contains("authorization")));
}

#[test]
fn what_never_came_is_not_kept_and_what_is_too_large_is_not_either() {
    let place = Place::new(Kind::OpenAi);
    place.server.script([Act::Reset, Act::CutOff]);
    let (shelf, listed) = recorded(&place, |provider| wait(provider.models()));
    assert!(listed.is_ok());
    assert_eq!(shelf.takes().len(), 1);
    let place = Place::new(Kind::OpenAi);
    place.server.script([Act::Huge(64 << 20)]);
    let (shelf, listed) = recorded(&place, |provider| wait(provider.models()));
    assert_eq!((failed(listed).failure, shelf.takes().len()), (Failure::TooLarge, 0));
}

/// A full disk.
#[derive(Debug)]
struct Full;

impl Cassette for Full {
    fn add(&self, _name: &str, _text: &str) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn an_answer_that_cannot_be_kept_is_an_error_and_is_not_asked_for_again() {
    let place = Place::new(Kind::OpenAi);
    let provider = place.provider().on_tape(Tape::record(Arc::new(Full)));
    let error = failed(wait(provider.paint("m", &CAT)));
    assert_eq!((error.failure, error.unpaid), (Failure::Tape, false), "it may have been paid");
    assert_eq!(place.server.stats().asked.len(), 1);
}

#[test]
fn headers_that_a_cassette_makes_up_are_not_believed() {
    let take = |headers: &[(&str, &str)]| Take {
        provider: "p".to_owned(),
        call: "GET models".to_owned(),
        asked: "null".to_owned(),
        status: 200,
        headers: headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        body: r#"{"data": []}"#.to_owned(),
    };
    for headers in [&[("content type", "x")] as &[_], &[("content-type", "a\r\nb")], &[("", "")]] {
        let place = Place::new(Kind::OpenAi);
        let provider = place.provider().on_tape(Tape::play(vec![take(headers)]));
        let error = failed(wait(provider.models()));
        assert_eq!((error.failure, place.server.stats().connections), (Failure::BadAnswer, 0));
    }
}

#[test]
fn an_edited_answer_is_believed_no_more_than_a_servers() {
    let place = Place::new(Kind::OpenAi);
    let (shelf, _) = recorded(&place, |provider| wait(provider.paint("m", &CAT)).unwrap());
    let kept = shelf.takes().remove(0);
    let picture =
        |bytes: &[u8]| format!(r#"{{"data":[{{"b64_json":"{}"}}]}}"#, STANDARD.encode(bytes));
    for (body, failure) in [
        (kept.body[..kept.body.len() / 2].to_owned(), Failure::BadAnswer),
        ("[]".to_owned(), Failure::BadAnswer),
        (r#"{"data":[{"b64_json":"%%%"}]}"#.to_owned(), Failure::BadAnswer),
        (picture(b"no picture"), Failure::BadAnswer),
        (picture(&bomb(50_000, 50_000)), Failure::TooLarge),
    ] {
        let tape = Tape::play(vec![Take { body, ..kept.clone() }]);
        let place = Place::new(Kind::OpenAi);
        let error = failed(wait(place.provider().on_tape(tape).paint("m", &CAT)));
        assert_eq!((error.failure, place.server.stats().connections), (failure, 0), "{error}");
    }
    // Another status is another end: whoever edits a cassette plays a server.
    let busy = Take { status: 503, body: "busy".to_owned(), ..kept.clone() };
    let place = Place::new(Kind::OpenAi);
    let provider = place.provider().on_tape(Tape::play(vec![busy, kept]));
    assert!(wait(provider.paint("m", &CAT)).is_ok());
    assert_eq!(place.waits().len(), 1);
}
