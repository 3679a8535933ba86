//! The client for OpenAI-compatible servers against one that nobody here wrote: llama.cpp's, with a
//! small real model. What the model says is its own business; what the server does is checked.

use std::{sync::OnceLock, time::Duration};

use pentimento_model::{
    Artifact, Chat, Contract, Finish, MediaType, Message, Part, Speaker, Temperature,
};
use pentimento_provider::{Failure, Kind, Provider};
use pentimento_real::Llama;
use serde_json::Value;

use crate::place::{Place, ask, failed, wait, whole};

const MODEL: &str = "smollm2";

/// A provider that talks to the server that all tests share: it ends when this process does.
fn llama() -> Provider {
    static SERVER: OnceLock<Llama> = OnceLock::new();
    provider(SERVER.get_or_init(Llama::start))
}

fn provider(server: &Llama) -> Provider {
    let mut place = Place::new(Kind::OpenAi);
    place.move_to(&format!("{}/v1", server.url()));
    place.settings.key = None;
    // However busy the machine is.
    place.settings.limits.deadline = Duration::from_hours(2);
    place.settings.limits.read = Duration::from_hours(2);
    place.provider()
}

fn greedy(text: &str) -> Chat {
    Chat { temperature: Some(Temperature::ZERO), max_tokens: 24, ..ask(text) }
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn models_are_listed_and_words_are_counted() {
    let provider = llama();
    // The server calls a model by its name and the beginning of its weights' digest.
    let served = wait(provider.models()).unwrap();
    let [served] = served.as_slice() else { panic!("{served:?}") };
    let digest = served.strip_prefix(MODEL).and_then(|rest| rest.strip_prefix('@')).unwrap_or("");
    assert!(digest.len() == 12 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{served}");
    let mut chat = greedy("Say hello.");
    chat.messages.insert(0, Message::text(Speaker::System, "You are brief."));
    let answered = wait(provider.complete(MODEL, &chat)).unwrap();
    assert!(!answered.answer.text.trim().is_empty());
    assert_eq!(answered.answer.model, *served);
    let usage = answered.usage.unwrap();
    assert!(usage.input_tokens > 5 && usage.output_tokens > 0, "{usage:?}");
    assert!(usage.output_tokens <= 24, "{usage:?}");
    // A conversation goes on, and a short bound is kept to.
    chat.messages.push(Message::text(Speaker::Model, answered.answer.text));
    chat.messages.push(Message::text(Speaker::User, "Tell me a long story."));
    let told = wait(provider.complete(MODEL, &Chat { max_tokens: 16, ..chat })).unwrap();
    assert_eq!((told.answer.finish, told.usage.unwrap().output_tokens), (Finish::Length, 16));
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_form_is_kept_to_though_one_of_the_servers_apis_takes_no_notice_of_it() {
    let provider = llama();
    let schema = r#"{"type":"object","properties":{
        "steps":{"type":"array","items":{"type":"string","maxLength":30},"maxItems":2},
        "eggs":{"type":"integer"}},
        "required":["steps","eggs"],"additionalProperties":false}"#;
    let contract = Contract { name: "solution".into(), schema: schema.to_owned().into() };
    for question in ["How many eggs are 3 and 4 eggs?", "Tell me a joke."] {
        let chat = Chat { contract: Some(contract.clone()), max_tokens: 128, ..greedy(question) };
        let answer = wait(provider.complete(MODEL, &chat)).unwrap().answer;
        assert_eq!(answer.finish, Finish::Stop, "{answer:?}");
        let value: Value = serde_json::from_str(&answer.text).unwrap();
        assert!(value["eggs"].is_i64() && value["steps"].is_array(), "{value}");
        assert_eq!(value.as_object().unwrap().len(), 2, "{value}");
    }
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn words_come_with_their_likelihoods_though_one_of_the_servers_apis_refuses_them() {
    let provider = llama();
    let chat = Chat { alternatives: 10, ..greedy("Is grass green? Answer yes or no.") };
    let first = wait(provider.complete(MODEL, &chat)).unwrap().answer;
    assert!(!first.tokens.is_empty(), "{first:?}");
    for token in &first.tokens {
        assert!(token.logprob <= 0.0 && token.alternatives.len() == 10, "{token:?}");
        assert!(token.alternatives.is_sorted_by(|one, other| one.1 >= other.1), "{token:?}");
        let sum: f32 = token.alternatives.iter().map(|(_, logprob)| logprob.exp()).sum();
        assert!(sum <= 1.001, "{token:?}");
        // At temperature 0, what is written is what is likeliest.
        assert!((token.alternatives[0].1 - token.logprob).abs() < 1e-3, "{token:?}");
    }
    let text: String = first.tokens.iter().map(|token| token.text.as_str()).collect();
    assert_eq!(text.trim(), first.text.trim());
    // The second time nothing has to be found out any more, and the answer is the same.
    assert_eq!(wait(provider.complete(MODEL, &chat)).unwrap().answer.text, first.text);
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_text_that_ends_it_ends_it() {
    let provider = llama();
    let question = "Write the numbers from 1 to 9, separated by commas.";
    let free = wait(provider.complete(MODEL, &greedy(question))).unwrap().answer.text;
    let Some(at) = free.find(',') else { panic!("no comma: {free}") };
    let chat = Chat { stop: vec![",".to_owned()], ..greedy(question) };
    let answer = wait(provider.complete(MODEL, &chat)).unwrap().answer;
    assert_eq!((answer.text.as_str(), answer.finish), (&free[..at], Finish::Stop));
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn what_the_model_cannot_is_refused_once_and_explained() {
    let provider = llama();
    let mut sees = greedy("What is this?");
    let picture = Artifact::new(MediaType::Png, pentimento_scripted::png([1, 2, 3]));
    sees.messages[0].parts.push(Part::Image(picture));
    let error = failed(wait(provider.complete(MODEL, &sees)));
    assert_eq!((error.failure, error.attempts), (Failure::Rejected, 1), "{}", whole(&error));
    assert!(whole(&error).contains("image input is not supported"), "{}", whole(&error));
    let long = greedy(&"word ".repeat(10_000));
    let error = failed(wait(provider.complete(MODEL, &long)));
    assert_eq!((error.failure, error.attempts), (Failure::Rejected, 1), "{}", whole(&error));
    assert!(error.hint.unwrap().contains("larger context"));
    let error = failed(wait(provider.embed(MODEL, &["a".to_owned()])));
    assert_eq!(error.failure, Failure::NotFound, "{}", whole(&error));
    assert!(whole(&error).contains("--embeddings"), "{}", whole(&error));
    let contract = Contract { name: "x".into(), schema: r#"{"type":"nonsense"}"#.into() };
    let chat = Chat { contract: Some(contract), stop: vec!["#".to_owned()], ..greedy("hi") };
    let error = failed(wait(provider.complete(MODEL, &chat)));
    assert_eq!((error.failure, error.attempts), (Failure::Rejected, 1), "{}", whole(&error));
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn texts_become_vectors_of_which_the_same_are_the_nearest() {
    let server = Llama::start_for_vectors();
    let provider = provider(&server);
    let texts = ["a red apple on a table", "a red apple on a table", "stock prices fell on Monday"];
    let texts = texts.map(str::to_owned);
    let vectors = wait(provider.embed(MODEL, &texts)).unwrap().vectors;
    assert!(vectors.iter().all(|vector| vector.len() == 576), "the model's own width");
    let product = |one: usize, other: usize| -> f32 {
        let pairs = vectors[one].iter().zip(&vectors[other]);
        pairs.map(|(one, other)| one * other).sum()
    };
    let near = |one: usize, other: usize| {
        product(one, other) / (product(one, one) * product(other, other)).sqrt()
    };
    assert!(near(0, 1) > 0.999 && near(0, 2) < near(0, 1) - 0.01, "{} {}", near(0, 1), near(0, 2));
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_server_that_ends_is_told_as_unreachable() {
    let server = Llama::start();
    let provider = provider(&server);
    wait(provider.models()).unwrap();
    drop(server);
    let error = failed(wait(provider.complete(MODEL, &greedy("hello"))));
    assert_eq!(error.failure, Failure::Unreachable, "{}", whole(&error));
}
