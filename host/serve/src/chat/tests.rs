use std::sync::Arc;

use pentimento_model::{Place, Seed, Severity, quote};

use super::*;
use crate::{limits, world::Still};

const PNG: &str = "data:image/png;base64,iVBORw0KGgo=";

fn ask(form: Option<&str>, idea: &str, pictures: &[&str]) -> Value {
    let text = format!("Rules.\n{}More rules.", quote("user", [idea]));
    let mut parts = vec![json!({ "type": "text", "text": text })];
    parts.extend(
        pictures.iter().map(|url| json!({ "type": "image_url", "image_url": { "url": url } })),
    );
    let mut ask = json!({ "model": "mind", "messages": [{ "role": "user", "content": parts }] });
    if let Some(name) = form {
        ask["response_format"] = json!({ "type": "json_schema", "json_schema": { "name": name } });
    }
    ask
}

fn say(ask: &Value) -> Result<Value, Refusal> {
    let world = World::new(None, Arc::new(Still), Seed(1));
    let ask: Ask = serde_json::from_value(ask.clone()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(complete(&world, ask))
}

fn finding(message: &str) -> Finding {
    Finding {
        code: "count.missing".to_owned(),
        severity: Severity::Major,
        message: message.to_owned(),
        place: None::<Place>,
        evidence: Vec::new(),
        suggestion: None,
    }
}

#[test]
fn as_a_writer_the_mind_hands_the_idea_on() {
    let answer = say(&ask(Some("prompts"), "the sound of rain", &[])).unwrap();
    assert!(answer["choices"][0]["message"]["refusal"].is_string(), "{answer}");
    let answer = say(&ask(Some("prompts"), "two red cats", &[])).unwrap();
    let content = answer["choices"][0]["message"]["content"].as_str().unwrap();
    assert_eq!(content, r#"{"prompts":["two red cats"]}"#);
    let quoted = say(&ask(Some("prompts"), "two \"red\" <cats>", &[])).unwrap();
    let content = quoted["choices"][0]["message"]["content"].as_str().unwrap();
    let prompts: Value = serde_json::from_str(content).unwrap();
    assert_eq!(prompts["prompts"][0], "two \"red\" <cats>", "what quoting changed is put back");
    assert_eq!((&answer["created"], &answer["usage"]["total_tokens"]), (&json!(7), &json!(0)));
}

#[test]
fn what_the_mind_does_not_know_is_refused() {
    for strange in [
        ask(None, "two cats", &[]),
        ask(Some("poem"), "two cats", &[]),
        ask(Some("choice"), "two cats", &[]),
        ask(Some("reason"), "two cats", &[PNG, PNG]),
        json!({ "model": "mind", "messages": [{ "role": "user", "content": "hello" }] }),
        json!({ "model": "mind", "messages": [] }),
    ] {
        let refusal = say(&strange).unwrap_err();
        assert_eq!(refusal.to_json()["error"]["code"], "unknown_question", "{strange}");
    }
    for (field, value) in [
        ("stream", json!(true)),
        ("logprobs", json!(true)),
        ("n", json!(2)),
        ("model", json!("careful")),
    ] {
        let mut strange = ask(Some("prompts"), "two cats", &[]);
        strange[field] = value;
        assert_eq!(say(&strange).unwrap_err().to_json()["error"]["param"], field);
    }
}

#[test]
fn as_a_parser_and_controller_the_mind_goes_by_its_rules() {
    let idea = "two red apples to the left of a blue cup";
    let told = |answer: &Value| {
        let content = answer["choices"][0]["message"]["content"].as_str().unwrap();
        serde_json::from_str::<Value>(content).unwrap()
    };
    let parsed = told(&say(&ask(Some("parsed"), idea, &[])).unwrap());
    let wanted = pentimento_world::read(idea).unwrap();
    assert_eq!(parsed, parsed_in_json(&wanted));

    let with = |objects: &[&str]| {
        let mut ask = ask(Some("plan"), idea, &[]);
        let seen = json!({ "type": "text", "text": quote("seer", objects) });
        ask["messages"][0]["content"].as_array_mut().unwrap().push(seen);
        ask
    };
    let plan = told(&say(&with(&["red apple #1 at [0.1, 0.5, 0.2, 0.2]"])).unwrap());
    let names: Vec<_> =
        plan["objects"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["red apple #1", "red apple #2", "blue cup #1"]);
    assert_eq!(plan["problems"].as_array().unwrap().len(), 2, "{plan}");
    assert_eq!(told(&say(&with(&[])).unwrap())["objects"].as_array().unwrap().len(), 3);

    let many = vec!["cup #1 at [0, 0, 0.1, 0.1]"; limits::OBJECTS + 1];
    for strange in [with(&["a cup somewhere"]), with(&many), ask(Some("plan"), idea, &[])] {
        let refusal = say(&strange).unwrap_err();
        assert_eq!(refusal.to_json()["error"]["code"], "unknown_question");
    }
    let blind = say(&ask(Some("seen"), "", &[PNG])).unwrap();
    assert!(blind["choices"][0]["message"]["refusal"].is_string(), "{blind}");
}

#[test]
fn pictures_are_read_from_the_call_alone_and_not_without_end() {
    let many = vec![PNG; limits::PICTURES_SHOWN + 1];
    let elsewhere = "https://evil.example/cat.png";
    for pictures in [&[elsewhere] as &[&str], &["data:image/png;base64,%%%"], &["data:,cat"], &many]
    {
        let refusal = say(&ask(Some("choice"), "two cats", pictures)).unwrap_err();
        assert_eq!(refusal.to_json()["error"]["param"], "messages");
    }
    let messages = vec![json!({ "role": "user", "content": "x" }); limits::PIECES + 1];
    let refusal = say(&json!({ "model": "mind", "messages": messages })).unwrap_err();
    assert_eq!(refusal.to_json()["error"]["param"], "messages");
}

#[test]
fn without_an_eye_a_picture_is_not_judged() {
    let answer = say(&ask(Some("reason"), "two cats", &[PNG])).unwrap();
    assert!(answer["choices"][0]["message"]["refusal"].is_string(), "{answer}");
    assert!(answer["choices"][0]["message"]["content"].is_null(), "{answer}");
}

#[test]
fn the_picture_with_the_fewest_faults_is_best_and_the_earliest_of_equals() {
    let faults = |number: usize| vec![finding("a cat is missing"); number];
    let chosen = choice(&[faults(2), faults(1), faults(1), faults(30)]);
    assert_eq!(chosen["best"], 1);
    assert_eq!(chosen["scores"], json!([8, 9, 9, 1]));
    assert_eq!(choice(&[faults(0)])["scores"], json!([10]));
    assert_eq!(reason(&[finding("first"), finding("second")]), "first");
}
