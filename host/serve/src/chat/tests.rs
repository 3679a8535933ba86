use std::sync::Arc;

use pentimento_model::{Seed, quote};

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

#[test]
fn what_the_mind_says_is_written_as_the_api_writes_it() {
    let answer = say(&ask(Some("prompts"), "the sound of rain", &[])).unwrap();
    let message = &answer["choices"][0]["message"];
    assert!(message["refusal"].is_string() && message["content"].is_null(), "{answer}");
    let answer = say(&ask(Some("prompts"), "two red cats", &[])).unwrap();
    let content = answer["choices"][0]["message"]["content"].as_str().unwrap();
    assert!(content.starts_with(r#"{"prompts":["two red cats","#), "{content}");
    assert_eq!((&answer["created"], &answer["usage"]["total_tokens"]), (&json!(7), &json!(0)));
    assert!(answer["choices"][0]["logprobs"].is_null());
}

#[test]
fn likelihoods_are_told_as_the_api_tells_them() {
    let token = Token {
        text: "yes".to_owned(),
        logprob: -0.1,
        alternatives: vec![("yes".to_owned(), -0.1), ("no".to_owned(), -2.5)],
    };
    let told = super::token(&token);
    assert_eq!((&told["token"], &told["bytes"]), (&json!("yes"), &json!([121, 101, 115])));
    assert_eq!(told["top_logprobs"][1]["token"], "no");
    let asked = serde_json::json!({
        "model": "mind", "messages": [], "logprobs": true, "top_logprobs": 200,
    });
    let read = |ask: Value| serde_json::from_value::<Ask>(ask).unwrap().read(Seed(0)).unwrap();
    assert_eq!(read(asked).alternatives, ALTERNATIVES);
    assert_eq!(read(json!({ "model": "mind", "messages": [] })).alternatives, 0);
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
    for (field, value) in [("stream", json!(true)), ("n", json!(2)), ("model", json!("careful"))] {
        let mut strange = ask(Some("prompts"), "two cats", &[]);
        strange[field] = value;
        assert_eq!(say(&strange).unwrap_err().to_json()["error"]["param"], field);
    }
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
fn the_simulation_answers_whoever_asks_and_follows_the_seed() {
    let ask = |seed: u64, words: &str| {
        json!({
            "model": "simulated/typical", "seed": seed,
            "messages": [
                { "role": "system", "content": "Be brief." },
                { "role": "assistant", "content": null },
                { "role": "user", "content": words },
            ],
        })
    };
    let told = |ask: Value| {
        let answer = say(&ask).unwrap();
        assert_eq!(answer["model"], "simulated/typical");
        assert!(answer["usage"]["prompt_tokens"].as_u64() > Some(0), "{answer}");
        answer["choices"][0]["message"]["content"].as_str().unwrap().to_owned()
    };
    let sum = "How much is ((3 + 4) * 5) - 6?";
    let answers: Vec<_> = (0..40).map(|seed| told(ask(seed, sum))).collect();
    assert!(answers.iter().any(|one| one.ends_with("Answer: 29")), "{answers:?}");
    assert!(answers.iter().any(|one| !one.ends_with("Answer: 29")), "it errs: {answers:?}");
    assert_eq!(told(ask(7, sum)), answers[7]);
    let unknown = say(&ask(7, "Why is the sky blue?")).unwrap_err();
    assert!(unknown.to_json().to_string().contains("whole numbers"), "{unknown:?}");
    let long = say(&ask(7, &"1 + ".repeat(limits::WORDS_BYTES / 4 + 1))).unwrap_err();
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
}
