//! Questions in words: what is sent, and what comes back.

use pentimento_model::{
    Artifact, Chat, Contract, Finish, MediaType, Message, Part, Speaker, Temperature, Usage,
};
use pentimento_provider::{Effort, Failure, Kind, Provider};
use pentimento_scripted::{Act, Asked};
use serde_json::Value;

use crate::place::{KEY, Place, ask, failed, wait};

const TALKERS: [Kind; 3] = [Kind::OpenAi, Kind::Anthropic, Kind::Ollama];

/// The body of the last call.
fn sent(place: &Place) -> (String, Value) {
    let asked = place.server.stats().asked.pop().unwrap();
    (asked.call, serde_json::from_str(&asked.body).unwrap())
}

#[test]
fn every_talker_answers_and_counts() {
    for kind in TALKERS {
        let place = Place::new(kind);
        let answered = wait(place.provider().complete("m", &ask("hello"))).unwrap();
        assert_eq!(answered.answer.text, "you said: hello", "{kind}");
        assert_eq!((answered.answer.finish, answered.answer.model), (Finish::Stop, "m".to_owned()));
        let usage = answered.usage.unwrap();
        assert_eq!((usage.input_tokens, usage.output_tokens), (11, 7), "{kind}");
        assert_eq!(usage.calls, 1);
    }
}

#[test]
fn keys_go_under_the_header_each_server_reads() {
    for (kind, header, value) in [
        (Kind::OpenAi, "authorization", format!("Bearer {KEY}")),
        (Kind::Anthropic, "x-api-key", KEY.to_owned()),
    ] {
        let place = Place::new(kind);
        wait(place.provider().complete("m", &ask("hello"))).unwrap();
        assert_eq!(place.server.stats().asked[0].headers[header], value);
    }
}

#[test]
fn pictures_are_shown_to_every_talker() {
    let picture = Artifact::new(MediaType::Png, pentimento_scripted::png([1, 2, 3]));
    for (kind, path) in [
        (Kind::OpenAi, "/input/0/content/1/image_url"),
        (Kind::Anthropic, "/messages/0/content/1/source/data"),
        (Kind::Ollama, "/messages/0/images/0"),
    ] {
        let place = Place::new(kind);
        let mut chat = ask("what is this?");
        chat.messages[0].parts.push(Part::Image(picture.clone()));
        wait(place.provider().complete("m", &chat)).unwrap();
        let (_, body) = sent(&place);
        let data = body.pointer(path).and_then(Value::as_str).unwrap().to_owned();
        assert!(data.contains("iVBORw0KGgo"), "{kind}: {data}");
    }
}

#[test]
fn all_that_a_question_holds_is_sent() {
    for kind in TALKERS {
        let place = Place::new(kind);
        let mut chat = ask("hello");
        chat.messages.insert(0, Message::text(Speaker::System, "be brief"));
        chat.messages.insert(1, Message::text(Speaker::User, "first"));
        chat.messages.insert(2, Message::text(Speaker::Model, "second"));
        chat.temperature = Temperature::new(0.5);
        chat.stop = vec!["END".to_owned()];
        let schema = r#"{"type":"object","title":"the-schema"}"#.to_owned();
        chat.contract = Some(Contract { name: "reply".into(), schema: schema.into() });
        wait(place.provider().complete("m", &chat)).unwrap();
        let body = sent(&place).1.to_string();
        for word in ["be brief", "first", "second", "0.5", "END", "100", "the-schema", "assistant"]
        {
            assert!(body.contains(word), "{kind} was not told `{word}`: {body}");
        }
    }
}

#[test]
fn a_form_is_kept_to_through_a_tool_where_there_is_no_other_way() {
    let place = Place::new(Kind::Anthropic);
    let mut chat = ask("hello");
    let schema = r#"{"type":"object"}"#.to_owned();
    chat.contract = Some(Contract { name: "reply".into(), schema: schema.into() });
    let answer = wait(place.provider().complete("m", &chat)).unwrap().answer;
    assert_eq!(
        (answer.text.as_str(), answer.finish),
        (r#"{"said":"you said: hello"}"#, Finish::Stop)
    );
}

#[test]
fn a_schema_that_is_no_json_is_not_sent() {
    for kind in TALKERS {
        let place = Place::new(kind);
        let mut chat = ask("hello");
        chat.contract = Some(Contract { name: "reply".into(), schema: "{".into() });
        let error = wait(place.provider().complete("m", &chat)).unwrap_err();
        assert_eq!((error.failure, place.server.stats().calls), (Failure::WrongUse, 0));
    }
}

#[test]
fn an_older_server_is_found_out_once() {
    let mut place = Place::new(Kind::OpenAi);
    let url = format!("{}/old/v1", place.server.url());
    place.move_to(&url);
    let provider = place.provider();
    wait(async {
        for _ in 0..3 {
            let answered = provider.complete("m", &ask("hello")).await.unwrap();
            assert_eq!(answered.answer.text, "you said: hello");
        }
    });
    let asked = place.server.stats().asked;
    let calls: Vec<_> = asked.iter().map(|asked| asked.call.as_str()).collect();
    let completions = "POST /old/v1/chat/completions";
    assert_eq!(calls, ["POST /old/v1/responses", completions, completions, completions]);
}

#[test]
fn questions_that_find_out_together_that_a_server_is_older_are_all_answered() {
    let (place, provider) = refusing("/old/v1", &[]);
    place.server.always(Act::Slow(50));
    let chat = ask("hello");
    let calls = (0..4).map(|_| provider.complete("m", &chat));
    for answered in wait(futures::future::join_all(calls)) {
        assert_eq!(answered.unwrap().answer.text, "you said: hello");
    }
}

#[test]
fn a_newer_server_is_not_asked_the_old_way_unless_it_must() {
    let place = Place::new(Kind::OpenAi);
    let provider = place.provider();
    wait(provider.complete("m", &ask("hello"))).unwrap();
    assert_eq!(sent(&place).0, "POST /v1/responses");
    let mut chat = ask("hello");
    chat.stop = vec!["END".to_owned()];
    wait(provider.complete("m", &chat)).unwrap();
    assert_eq!(sent(&place).0, "POST /v1/chat/completions");
    wait(provider.complete("m", &ask("hello"))).unwrap();
    assert_eq!(sent(&place).0, "POST /v1/responses");
}

#[test]
fn probabilities_come_likeliest_first() {
    for path in ["/v1", "/old/v1"] {
        let mut place = Place::new(Kind::OpenAi);
        let url = format!("{}{path}", place.server.url());
        place.move_to(&url);
        let mut chat = ask("hello");
        chat.alternatives = 2;
        let answer = wait(place.provider().complete("m", &chat)).unwrap().answer;
        let token = &answer.tokens[0];
        assert_eq!((token.text.as_str(), token.logprob), ("you", -0.25), "{path}");
        let expected = vec![("you".to_owned(), -0.25), ("we".to_owned(), -2.0)];
        assert_eq!(token.alternatives, expected);
    }
}

/// A server under this path that refuses calls with probabilities: those through one API, or both.
fn refusing(path: &str, calls: &'static [&'static str]) -> (Place, Provider) {
    let mut place = Place::new(Kind::OpenAi);
    let url = format!("{}{path}", place.server.url());
    place.move_to(&url);
    place.server.answer_by(move |asked| {
        let wants = asked.body.contains("top_logprobs");
        if wants && calls.iter().any(|call| asked.call.ends_with(call)) {
            return Act::status(400, "top_logprobs is not for this model");
        }
        Act::Answer
    });
    let provider = place.provider();
    (place, provider)
}

fn calls(place: &Place) -> Vec<String> {
    let asked = place.server.stats().asked;
    let word = |asked: &Asked| asked.call.rsplit('/').next().unwrap_or_default().to_owned();
    asked.iter().map(word).collect()
}

#[test]
fn a_model_that_refuses_probabilities_is_asked_without_and_not_asked_for_them_again() {
    let (place, provider) = refusing("/v1", &["responses", "completions"]);
    let likely = Chat { alternatives: 2, ..ask("hello") };
    wait(async {
        for _ in 0..2 {
            let answer = provider.complete("m", &likely).await.unwrap().answer;
            assert_eq!((answer.text.as_str(), answer.tokens.len()), ("you said: hello", 0));
        }
        assert_eq!(calls(&place), ["responses", "completions", "responses", "responses"]);
        // Another model is another matter, and so is another server.
        provider.complete("other", &likely).await.unwrap();
    });
    assert_eq!(calls(&place)[4..], ["responses", "completions", "responses"]);
}

#[test]
fn probabilities_that_one_api_refuses_are_had_through_the_other_from_then_on() {
    let (place, provider) = refusing("/v1", &["responses"]);
    let likely = Chat { alternatives: 2, ..ask("hello") };
    wait(async {
        provider.complete("m", &ask("hello")).await.unwrap();
        for _ in 0..2 {
            let answer = provider.complete("m", &likely).await.unwrap().answer;
            assert_eq!(answer.tokens[0].text, "you");
        }
    });
    assert_eq!(calls(&place), ["responses", "responses", "completions", "completions"]);
}

#[test]
fn a_question_that_is_refused_for_another_reason_is_an_error_and_teaches_nothing() {
    let place = Place::new(Kind::OpenAi);
    let provider = place.provider();
    let likely = Chat { alternatives: 2, ..ask("hello") };
    let too_long =
        r#"{"error":{"code":400,"message":"too long","type":"exceed_context_size_error"}}"#;
    let refusal = Act::Status(400, None, too_long.to_owned());
    place.server.script(vec![refusal; 3]);
    wait(async {
        let error = provider.complete("m", &likely).await.unwrap_err();
        assert_eq!(error.failure, Failure::Rejected);
        assert!(error.hint.unwrap().contains("larger context"));
        // Nothing was learned: probabilities are asked for as before.
        assert_eq!(provider.complete("m", &likely).await.unwrap().answer.tokens.len(), 1);
    });
    assert_eq!(calls(&place), ["responses", "completions", "responses", "responses"]);
}

#[test]
fn a_server_that_takes_no_notice_of_a_form_is_asked_through_the_other_api() {
    let schema = r#"{"type":"object"}"#.to_owned();
    let contract = Some(Contract { name: "reply".into(), schema: schema.into() });
    let formed = Chat { contract, ..ask("hello") };
    let (place, provider) = refusing("/half/v1", &[]);
    wait(async {
        // A question without a form is answered well by either.
        provider.complete("m", &ask("hello")).await.unwrap();
        for _ in 0..2 {
            provider.complete("m", &formed).await.unwrap();
        }
    });
    assert_eq!(calls(&place), ["responses", "responses", "completions", "completions"]);
    let (_, body) = sent(&place);
    assert_eq!(body["response_format"]["json_schema"]["name"], "reply");
    // One that repeats the form has taken notice, whatever its model says.
    let (place, provider) = refusing("/v1", &[]);
    wait(provider.complete("m", &formed)).unwrap();
    assert_eq!(calls(&place), ["responses"]);
    // What was paid is not lost because there is no better answer.
    let (place, provider) = refusing("/half/v1", &[]);
    place.server.script([Act::Answer, Act::status(400, "no")]);
    let answer = wait(provider.complete("m", &formed)).unwrap().answer;
    assert_eq!(answer.text, "you said: hello");
}

#[test]
fn an_answer_that_used_up_its_tokens_is_cut_off_whatever_the_server_says() {
    let answer = |written: u32| {
        let place = Place::new(Kind::OpenAi);
        place.server.script([Act::Body(format!(
            r#"{{"status":"completed","output":[{{"type":"message","content":[
                {{"type":"output_text","text":"once upon"}}]}}],
                "usage":{{"input_tokens":1,"output_tokens":{written}}}}}"#
        ))]);
        let chat = Chat { max_tokens: 20, ..ask("a story") };
        wait(place.provider().complete("m", &chat)).unwrap().answer.finish
    };
    assert_eq!([19, 20].map(answer), [Finish::Stop, Finish::Length]);
}

#[test]
fn thoughts_without_words_are_an_error_that_says_what_helps() {
    let thought = r#"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},
        "output":[{"type":"reasoning","content":[]}],
        "usage":{"input_tokens":1,"output_tokens":100}}"#;
    let cut = r#"{"choices":[{"message":{"content":""},"finish_reason":"length"}]}"#;
    let blocks = r#"{"content":[{"type":"thinking"}],"model":"m","stop_reason":"max_tokens"}"#;
    let empty = r#"{"message":{"content":" "},"done_reason":"length"}"#;
    for (kind, stop, body, effort) in [
        (Kind::OpenAi, None, thought, true),
        (Kind::OpenAi, Some("END"), cut, true),
        (Kind::Anthropic, None, blocks, false),
        (Kind::Ollama, None, empty, false),
    ] {
        let place = Place::new(kind);
        place.server.always(Act::Body(body.to_owned()));
        let chat = Chat { stop: stop.map(str::to_owned).into_iter().collect(), ..ask("hello") };
        let error = failed(wait(place.provider().complete("m", &chat)));
        assert_eq!((error.failure, place.server.stats().calls), (Failure::Wordless, 1), "{kind}");
        assert!(error.to_string().contains("all of its 100 tokens"), "{kind}: {error}");
        let hint = error.hint.unwrap();
        assert!(hint.contains("`answer-tokens` under `[providers.p]`"), "{kind}: {hint}");
        assert_eq!(hint.contains("reasoning-effort"), effort, "{kind}: {hint}");
    }
}

#[test]
fn effort_is_asked_for_in_the_words_of_both_apis() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.effort = Some(Effort::Low);
    let provider = place.provider();
    wait(provider.complete("m", &ask("hello"))).unwrap();
    assert_eq!(sent(&place).1["reasoning"]["effort"], "low");
    let chat = Chat { stop: vec!["END".to_owned()], ..ask("hello") };
    wait(provider.complete("m", &chat)).unwrap();
    assert_eq!(sent(&place).1["reasoning_effort"], "low");
    let plain = Place::new(Kind::OpenAi);
    wait(plain.provider().complete("m", &ask("hello"))).unwrap();
    assert!(!sent(&plain).1.to_string().contains("reasoning"));
}

#[test]
fn a_model_without_eyes_is_asked_once() {
    let place = Place::new(Kind::OpenAi);
    place.server.always(Act::status(500, "image input is not supported - hint: no mmproj"));
    let error = failed(wait(place.provider().complete("m", &ask("hello"))));
    assert_eq!((error.failure, error.attempts, error.unpaid), (Failure::Rejected, 1, true));
    assert!(error.hint.unwrap().contains("such as pictures"));
}

#[test]
fn what_a_provider_cannot_do_is_said_before_it_is_asked() {
    let mut chat = ask("hello");
    chat.alternatives = 2;
    for (kind, chat) in
        [(Kind::Anthropic, &chat), (Kind::Ollama, &chat), (Kind::SdWebUi, &ask("hello"))]
    {
        let place = Place::new(kind);
        let error = failed(wait(place.provider().complete("m", chat)));
        assert_eq!((error.failure, place.server.stats().calls), (Failure::Unsupported, 0));
    }
}

#[test]
fn texts_become_vectors_in_their_order() {
    for kind in [Kind::OpenAi, Kind::Ollama] {
        let place = Place::new(kind);
        let texts = ["a".to_owned(), "four".to_owned()];
        let embedded = wait(place.provider().embed("m", &texts)).unwrap();
        assert_eq!(embedded.vectors, [[1.0, 1.0, 0.5], [1.0, 4.0, 0.5]], "{kind}");
        assert_eq!(embedded.usage, Some(Usage::of_tokens(5, 0)));
    }
}

#[test]
fn no_texts_and_too_many_are_refused() {
    let place = Place::new(Kind::OpenAi);
    for many in [0, pentimento_provider::limits::VECTORS + 1] {
        let error = failed(wait(place.provider().embed("m", &vec![String::new(); many])));
        assert_eq!((error.failure, place.server.stats().calls), (Failure::WrongUse, 0));
    }
}

#[test]
fn models_are_listed() {
    for (kind, models) in [
        (Kind::OpenAi, &["large", "small"][..]),
        (Kind::Anthropic, &["large", "small"]),
        (Kind::Ollama, &["llava:7b"]),
        (Kind::SdWebUi, &["sd.safetensors [abc]"]),
    ] {
        assert_eq!(Place::new(kind).list().unwrap(), models);
    }
}

#[test]
fn an_answer_in_parts_or_behind_a_mark_is_read() {
    let parts = r#"[{"type":"thinking","thinking":[]},{"type":"text","text":"two "},
        {"type":"text","text":"cats"}]"#;
    let of = |content: &str| {
        format!(r#"{{"choices":[{{"message":{{"content":{content}}},"finish_reason":"stop"}}]}}"#)
    };
    // A character of which the model said only one half.
    let half = of(r#""two cats \ud83d""#);
    for body in [of(parts), format!("\u{feff}{}", of("\"two cats\"")), half] {
        let place = Place::new(Kind::OpenAi);
        place.server.script([Act::status(404, "no responses here"), Act::Body(body)]);
        let answered = wait(place.provider().complete("m", &ask("how many?"))).unwrap();
        assert_eq!(answered.answer.text.trim_end_matches([' ', '\u{fffd}']), "two cats");
    }
}
