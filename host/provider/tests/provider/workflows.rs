//! `ComfyUI`: workflows filled, queued, waited for and fetched, whatever the server does.

use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::future::join_all;
use pentimento_engine::Ledger;
use pentimento_model::{Artifact, Bounds, MediaType, Money, Region, Seed, Spending, Usage};
use pentimento_provider::{
    Cassette, Failure, Kind, Painting, Provider, ProviderError, Tape, Workflow, Workflows, mask,
};
use pentimento_record::take_from_json;
use pentimento_scripted::{Act, Frame, Whisper, bomb, png};
use serde_json::{Value, json};

use crate::place::{Place, failed, wait, whole};

const FLOW: &str = r#"{"3":{"class_type":"Sampler","inputs":{"text":"{{prompt}}","seed":"{{seed}}",
    "width":"{{width}}","height":"{{height}}","model":"{{model}}"}}}"#;
const EDIT: &str = r#"{"3":{"class_type":"Sampler","inputs":{"text":"{{prompt}}",
    "image":"{{picture}}"}}}"#;
const INPAINT: &str = r#"{"3":{"class_type":"Sampler","inputs":{"text":"{{prompt}}",
    "image":"{{picture}}","mask":"{{mask}}"}}}"#;

const AFTER: &str = r#"{"3":{"class_type":"Sampler","inputs":{"text":"{{prompt}}","one":"{{liked-1}}",
    "two":"{{liked-2}}","three":"{{liked-3}}","not":"{{disliked-1}}"}}}"#;

const CAT: Painting<'_> = Painting {
    prompt: "a cat",
    size: Some((64, 32)),
    seed: Seed(7),
    picture: None,
    mask: None,
    liked: &[],
    disliked: &[],
};

fn place() -> Place {
    let mut place = Place::new(Kind::ComfyUi);
    let read = |text| Workflow::read(text).unwrap();
    place.settings.workflows = Some(Workflows {
        generate: read(FLOW),
        edit: Some(read(EDIT)),
        inpaint: Some(read(INPAINT)),
        references: Some(read(AFTER)),
    });
    place
}

fn paint(place: &Place) -> Result<Vec<u8>, ProviderError> {
    wait(place.provider().paint("m", &CAT)).map(|painted| painted.made.bytes.to_vec())
}

/// What was called, without the names of workflows.
fn calls(place: &Place) -> Vec<String> {
    let asked = place.server.stats().asked;
    let plain = |call: &str| match call.split_once("/w-") {
        Some((before, _)) => before.to_owned(),
        None => call.to_owned(),
    };
    asked.iter().map(|asked| plain(&asked.call)).collect()
}

fn history(entry: &Value) -> Act {
    // Whatever the workflow is called: the server is asked for one alone.
    Act::Body(json!({ "ID": entry }).to_string())
}

/// A workflow that is always called so, with what stands in its history.
fn ended(place: &Place, entry: &Value) {
    let queued = Act::Body(json!({ "prompt_id": "ID", "number": 1 }).to_string());
    place.server.whisper(Whisper::Refused);
    place.server.script([queued, history(entry)]);
}

#[test]
fn the_newest_pictures_that_were_liked_are_uploaded_to_their_places() {
    let place = place();
    let pictures = [1, 2, 3].map(|one| Artifact::new(MediaType::Png, png([one, one, one])));
    let painting = Painting { liked: &pictures[..2], disliked: &pictures[1..], ..CAT };
    wait(place.provider().paint("m", &painting)).unwrap();
    let asked = place.server.stats().asked;
    let uploads = asked.iter().filter(|asked| asked.call == "POST /upload/image").count();
    assert_eq!(uploads, 3, "two that were liked, and the one that has a place of the others");
    let queued = asked.iter().find(|asked| asked.call == "POST /prompt").unwrap();
    let body: Value = serde_json::from_str(&queued.body).unwrap();
    let inputs = &body["prompt"]["3"]["inputs"];
    for place in ["one", "two", "three", "not"] {
        assert_eq!(inputs[place], "uploaded.png", "as the server calls it: {inputs}");
    }
    let name = |one: usize| format!("pentimento-{}.png", pictures[one].id.to_hex());
    let uploaded =
        |one: usize| asked.iter().filter(|asked| asked.body.contains(&name(one))).count();
    assert_eq!([0, 1, 2].map(uploaded), [1, 1, 1], "of the disliked ones the newest alone");
}

#[test]
fn a_workflow_has_one_turn_for_all_its_calls() {
    let mut place = place();
    place.settings.limits.in_flight = 1;
    let picture = Artifact::new(MediaType::Png, png([1, 1, 1]));
    let painting = Painting { liked: &[picture], ..CAT };
    let provider = place.provider();
    let painted = wait(join_all((0..3).map(|_| provider.paint("m", &painting))));
    assert!(painted.iter().all(Result::is_ok), "{painted:?}");
    let calls = calls(&place);
    let one = calls.len() / 3;
    assert!(one >= 4, "a picture, the workflow, its history and what it made: {calls:?}");
    assert_eq!((&calls[..one], &calls[..one]), (&calls[one..2 * one], &calls[2 * one..]));

    // Calls that a work under way needs wait for nobody: they would take two seconds more.
    place.settings.limits.per_minute = NonZeroU32::new(60);
    place.settings.limits.deadline = Duration::from_millis(900);
    let provider = place.provider();
    wait(provider.paint("m", &painting)).unwrap();
    assert!(place.waits().is_empty());
}

#[test]
fn a_workflow_is_filled_queued_heard_of_and_its_picture_fetched() {
    let place = place();
    let bytes = paint(&place).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(calls(&place), ["POST /prompt", "GET /history", "GET /view"]);
    assert!(place.waits().is_empty(), "it was told when it was done");
    let sent: Value = serde_json::from_str(&place.server.stats().asked[0].body).unwrap();
    let inputs = json!({ "text": "a cat", "seed": 7, "width": 64, "height": 32, "model": "m" });
    assert_eq!(sent["prompt"]["3"]["inputs"], inputs);
    assert_eq!(wait(place.provider().models()).unwrap(), ["sd15.safetensors"]);
    let answered = wait(place.provider().complete("m", &crate::place::ask("hello")));
    assert_eq!(failed(answered).failure, Failure::Unsupported);
}

#[test]
fn pictures_to_change_and_masks_are_uploaded_and_named_in_the_workflow() {
    let place = place();
    let picture = Artifact::new(MediaType::Png, png([1, 2, 3]));
    let region = Region::new(0.0, 0.0, 0.5, 0.5).unwrap();
    let hole = mask(8, 8, &[region]).unwrap();
    let painting = Painting { picture: Some(&picture), mask: Some(&hole), ..CAT };
    wait(place.provider().paint("m", &painting)).unwrap();
    let upload = "POST /upload/image";
    assert_eq!(calls(&place), [upload, upload, "POST /prompt", "GET /history", "GET /view"]);
    let asked = place.server.stats().asked;
    assert!(asked[0].body.contains(&format!("pentimento-{}.png", picture.id.to_hex())));
    let sent: Value = serde_json::from_str(&asked[2].body).unwrap();
    let inputs = json!({ "text": "a cat", "image": "uploaded.png", "mask": "uploaded.png" });
    assert_eq!(sent["prompt"]["3"]["inputs"], inputs);
    // What has no workflow cannot be done, and nothing is sent.
    let mut place = self::place();
    place.settings.workflows.as_mut().unwrap().edit = None;
    let painting = Painting { picture: Some(&picture), ..CAT };
    let error = failed(wait(place.provider().paint("m", &painting)));
    assert_eq!((error.failure, place.server.stats().connections), (Failure::Unsupported, 0));
}

#[test]
fn where_nothing_can_be_heard_the_server_is_asked_until_it_is_done() {
    let junk = Frame::Text("{".to_owned());
    for whisper in [
        Whisper::Refused,
        Whisper::Forged,
        Whisper::Frames(vec![Frame::Break]),
        Whisper::Frames(vec![junk.clone(), Frame::Junk]),
        Whisper::Frames(vec![Frame::Binary(17 << 20)]),
        Whisper::Frames(vec![junk; 70_000]),
    ] {
        let place = place();
        place.server.whisper(whisper.clone());
        let empty = || Act::Body("{}".to_owned());
        place.server.script([Act::Answer, empty(), empty()]);
        assert!(paint(&place).is_ok(), "{whisper:?}");
        let history = "GET /history";
        assert_eq!(calls(&place), ["POST /prompt", history, history, history, "GET /view"]);
        assert!(place.waits().iter().all(|wait| *wait == Duration::from_secs(1)));
    }
}

#[test]
fn what_became_of_a_workflow_is_told_in_the_servers_words() {
    let message = |node: &str| json!(["execution_error", { "node_type": node, "exception_message": "out of memory" }]);
    let error =
        |messages: Value| json!({ "status": { "status_str": "error", "messages": messages } });
    for (entry, failure, words) in [
        (error(json!([message("KSampler")])), Failure::ServerBroken, "in the node `KSampler`"),
        (error(json!([message("KSampler")])), Failure::ServerBroken, "out of memory"),
        (error(json!([["execution_interrupted", {}]])), Failure::ServerBroken, "interrupted"),
        (error(json!([])), Failure::ServerBroken, "did not finish"),
        (json!({}), Failure::BadAnswer, "saved none"),
        (json!({ "outputs": { "9": { "text": ["a"] } } }), Failure::BadAnswer, "saved none"),
        (json!({ "outputs": 5 }), Failure::BadAnswer, "not what its API says"),
    ] {
        let place = place();
        ended(&place, &entry);
        let error = failed(paint(&place).map(drop));
        assert_eq!(error.failure, failure, "{entry}");
        assert!(whole(&error).contains(words), "{entry}: {}", whole(&error));
        assert_eq!(calls(&place), ["POST /prompt", "GET /history/ID"], "nothing is queued again");
    }
}

#[test]
fn the_picture_that_was_saved_last_is_the_picture() {
    let file =
        |name: &str, kind: &str| json!({ "filename": name, "subfolder": "a b", "type": kind });
    let place = place();
    let outputs = json!({
        "10": { "images": [file("late&x=1.png", "output")] },
        "9": { "images": [file("early.png", "output")] },
        "11": { "images": [file("preview.png", "temp")] },
    });
    ended(&place, &json!({ "outputs": outputs }));
    place.server.script([Act::Status(404, None, "{}".to_owned())]);
    let error = failed(paint(&place).map(drop));
    assert_eq!(error.failure, Failure::NotFound);
    // Names of a server are data: they cannot ask for something else.
    let shelf = Arc::new(Shelf::default());
    ended(&place, &json!({ "outputs": outputs }));
    let provider = place.provider().on_tape(Tape::record(shelf.clone()));
    wait(provider.paint("m", &CAT)).unwrap();
    let takes = shelf.0.lock().unwrap().join("\n");
    assert!(takes.contains("late&x=1.png"), "{takes}");
}

#[test]
fn what_a_server_of_workflows_does_wrong_is_told_and_queued_no_second_time() {
    let refusal = r#"{"error":{"type":"prompt_outputs_failed_validation","message":"Prompt outputs failed validation"},
        "node_errors":{"4":{"errors":[{"message":"Value not in list","details":"ckpt_name: 'm' not in ['x']"}]}}}"#;
    let bad_id = |id: &str| Act::Body(json!({ "prompt_id": id }).to_string());
    for (act, failure, words) in [
        (Act::Status(400, None, refusal.to_owned()), Failure::Rejected, "ckpt_name: 'm' not in"),
        (Act::Body("{}".to_owned()), Failure::BadAnswer, "not what its API says"),
        (bad_id("../../secret"), Failure::BadAnswer, "by what is no name"),
        (bad_id(""), Failure::BadAnswer, "by what is no name"),
        (bad_id(&"a".repeat(65)), Failure::BadAnswer, "by what is no name"),
        (Act::HalfJson, Failure::BadAnswer, "is not whole JSON"),
        (Act::Huge(8 << 20), Failure::TooLarge, "larger than"),
    ] {
        let place = place();
        place.server.script([act.clone()]);
        let error = failed(paint(&place).map(drop));
        assert_eq!(error.failure, failure, "{act:?}");
        assert!(whole(&error).contains(words), "{act:?}: {}", whole(&error));
        assert_eq!(calls(&place), ["POST /prompt"]);
    }
    let picture = |bytes: Vec<u8>| Act::File("image/png".to_owned(), bytes);
    for (act, failure) in [
        (Act::Typed("text/html".to_owned(), "<html>".to_owned()), Failure::BadAnswer),
        (picture(b"no picture".to_vec()), Failure::BadAnswer),
        (picture(bomb(50_000, 50_000)), Failure::TooLarge),
        (picture(Vec::new()), Failure::BadAnswer),
        (Act::Bytes(png([1, 2, 3])), Failure::BadAnswer),
    ] {
        let place = place();
        place.server.script([Act::Answer, Act::Answer, act.clone()]);
        assert_eq!(failed(paint(&place).map(drop)).failure, failure, "{act:?}");
    }
}

#[test]
fn a_workflow_that_takes_too_long_is_taken_out_of_the_queue() {
    let mut place = place();
    place.settings.limits.deadline = Duration::from_millis(500);
    // It says that it is at work, and goes on saying so.
    place.server.whisper(Whisper::Frames(vec![Frame::Text("{}".to_owned())]));
    let error = failed(paint(&place).map(drop));
    assert_eq!(error.failure, Failure::TimedOut);
    let asked = place.server.stats().asked;
    let last = asked.last().unwrap();
    assert_eq!(last.call, "POST /queue");
    assert!(last.body.contains("\"delete\":[\"w-"), "{}", last.body);
}

const CENT: Money = Money::from_nanos(10_000_000);

#[test]
fn queueing_is_paid_and_nothing_around_it_is() {
    let most = Spending { usage: Usage::PICTURE, money: CENT, unpriced: 0 };
    let spent = |acts: Vec<Act>| {
        let place = place();
        place.server.script(acts);
        let ledger = Ledger::new(Bounds { money: Some(CENT.saturating_mul(9)), ..Bounds::NONE });
        let leave = Arc::new(ledger.reserve(most).unwrap());
        let painted = wait(place.provider().charged_to(leave.clone()).paint("m", &CAT));
        if painted.is_ok() {
            leave.settle(most);
        }
        drop(leave);
        (painted.is_ok(), ledger.spent().money)
    };
    let busy = || Act::status(503, "busy");
    assert_eq!(spent(vec![]), (true, CENT));
    assert_eq!(spent(vec![busy(), busy()]), (true, CENT), "what was refused is not paid");
    assert_eq!(spent(vec![Act::Answer, busy(), busy()]), (true, CENT), "asking is free");
    let lost = vec![Act::Answer, Act::Body(r#"{"outputs":5}"#.to_owned())];
    assert_eq!(spent(lost), (false, CENT), "what was queued may have been paid");
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
fn a_cassette_plays_a_workflow_without_its_server() {
    let place = place();
    let shelf = Arc::new(Shelf::default());
    let bytes = |provider: &Provider| wait(provider.paint("m", &CAT)).unwrap().made.bytes;
    let painted = bytes(&place.provider().on_tape(Tape::record(shelf.clone())));
    let takes = shelf.0.lock().unwrap().iter().map(|text| take_from_json(text).unwrap()).collect();
    let nobody = self::place();
    nobody.server.always(Act::Reset);
    let tape = Tape::play(takes);
    assert_eq!(bytes(&nobody.provider().on_tape(tape.clone())), painted);
    assert_eq!((tape.unplayed(), nobody.server.stats().connections), (0, 0));
}
