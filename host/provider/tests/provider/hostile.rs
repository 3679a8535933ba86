//! Answers that are JSON, and wrong.

use pentimento_engine::PortErrorKind;
use pentimento_model::Finish;
use pentimento_provider::{Answered, Failure, Kind, ProviderError};
use pentimento_scripted::Act;

use crate::place::{Place, ask, failed, wait, whole};

/// What the client makes of this answer; for `OpenAI`, of a server with chat completions only.
fn answered(kind: Kind, body: &str) -> Result<Answered, ProviderError> {
    let mut place = Place::new(kind);
    if kind == Kind::OpenAi {
        place.server.script([Act::status(404, "no such call")]);
    }
    place.settings.limits.in_flight = 1;
    place.server.always(Act::Body(body.to_owned()));
    wait(place.provider().complete("m", &ask("hello")))
}

#[track_caller]
fn refused(kind: Kind, body: &str, words: &str) {
    let error = failed(answered(kind, body));
    assert_eq!(error.failure, Failure::BadAnswer, "{}", whole(&error));
    assert!(whole(&error).contains(words), "{}", whole(&error));
}

#[track_caller]
fn finished(kind: Kind, body: &str, finish: &Finish, text: &str) {
    let answer = answered(kind, body).unwrap_or_else(|error| panic!("{}", whole(&error))).answer;
    assert_eq!((&answer.finish, answer.text.as_str()), (finish, text), "{body}");
}

fn choice(rest: &str) -> String {
    format!(r#"{{"choices":[{{{rest}}}]}}"#)
}

#[test]
fn chat_completions_that_say_nothing_are_refused() {
    let kind = Kind::OpenAi;
    refused(kind, "{}", "no choice");
    refused(kind, r#"{"choices":[]}"#, "no choice");
    refused(kind, r#"{"choices":null}"#, "not what its API says");
    refused(kind, r#"{"choices":[{}]}"#, "missing field `message`");
    refused(kind, &choice(r#""message":{"content":null}"#), "says nothing");
    refused(kind, &choice(r#""message":{"content":""}"#), "says nothing");
    refused(kind, &choice(r#""message":{"content":7}"#), "not what its API says");
    refused(kind, r#"{"error":{"message":"model fell over"}}"#, "model fell over");
    refused(kind, r#"{"error":"no such endpoint"}"#, "no such endpoint");
    refused(kind, r#"{"error":{}}"#, "no reason given");
}

#[test]
fn chat_completions_end_for_many_reasons() {
    let kind = Kind::OpenAi;
    let said = r#""message":{"content":"hi"},"finish_reason":"#;
    for (reason, finish) in [
        ("stop", Finish::Stop),
        ("length", Finish::Length),
        ("content_filter", Finish::Refusal),
        ("tool_calls", Finish::Tool),
        ("mood", Finish::Other("mood".to_owned())),
    ] {
        finished(kind, &choice(&format!("{said}\"{reason}\"")), &finish, "hi");
    }
    finished(kind, &choice(&format!("{said}null")), &Finish::Stop, "hi");
    let refusal = r#""message":{"content":null,"refusal":"I will not"},"finish_reason":"stop""#;
    finished(kind, &choice(refusal), &Finish::Refusal, "I will not");
    // A model that is done without a word has answered; what that is worth the recipe says.
    for content in ["null", "\"\""] {
        let done = format!(r#""message":{{"content":{content}}},"finish_reason":"stop""#);
        finished(kind, &choice(&done), &Finish::Stop, "");
    }
    let cut = r#""message":{"content":null},"finish_reason":"length""#;
    let error = failed(answered(kind, &choice(cut)));
    assert_eq!((error.failure, error.kind()), (Failure::Wordless, PortErrorKind::Wordless));
    assert!(whole(&error).contains("holds no words"), "{}", whole(&error));
}

#[test]
fn impossible_probabilities_are_refused() {
    for number in ["1e400", "2.5", "-1e300"] {
        let body = choice(&format!(
            r#""message":{{"content":"hi"}},"logprobs":{{"content":[{{"token":"hi","logprob":{number}}}]}}"#
        ));
        let error = failed(answered(Kind::OpenAi, &body));
        assert_eq!(error.failure, Failure::BadAnswer, "{number}");
    }
}

#[test]
fn an_answer_is_kept_when_its_count_is_nonsense() {
    for usage in [
        "null",
        "{}",
        r#"{"prompt_tokens":-5,"completion_tokens":1}"#,
        r#"{"prompt_tokens":"many","completion_tokens":1e99}"#,
    ] {
        let body = format!(r#"{{"choices":[{{"message":{{"content":"hi"}}}}],"usage":{usage}}}"#);
        let answered = answered(Kind::OpenAi, &body).unwrap();
        assert_eq!((answered.answer.text.as_str(), answered.usage), ("hi", None), "{usage}");
    }
}

/// What the client makes of this answer of the Responses API.
fn response(body: &str) -> Result<Answered, ProviderError> {
    let place = Place::new(Kind::OpenAi);
    place.server.always(Act::Body(body.to_owned()));
    wait(place.provider().complete("m", &ask("hello")))
}

#[test]
fn responses_end_for_many_reasons() {
    let text = r#"{"type":"message","content":[{"type":"output_text","text":"hi"}]}"#;
    let refusal = r#"{"type":"message","content":[{"type":"refusal","refusal":"I will not"}]}"#;
    let tool = r#"{"type":"function_call","name":"x"}"#;
    for (output, rest, finish, words) in [
        (text, r#""status":"completed""#, Finish::Stop, "hi"),
        ("", r#""status":"completed""#, Finish::Stop, ""),
        (refusal, r#""status":"completed""#, Finish::Refusal, "I will not"),
        (tool, r#""status":"completed""#, Finish::Tool, ""),
        (
            text,
            r#""status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}"#,
            Finish::Length,
            "hi",
        ),
        (
            text,
            r#""status":"incomplete","incomplete_details":{"reason":"content_filter"}"#,
            Finish::Refusal,
            "hi",
        ),
        (text, r#""status":"cancelled""#, Finish::Other("cancelled".to_owned()), "hi"),
    ] {
        let answer = response(&format!(r#"{{"output":[{output}],{rest}}}"#)).unwrap().answer;
        assert_eq!((answer.finish, answer.text.as_str()), (finish, words), "{rest}");
    }
    for (body, words) in [
        ("{}", "no output"),
        (r#"{"output":[]}"#, "no output"),
        (r#"{"status":"failed","error":{"message":"fell over"},"output":[]}"#, "fell over"),
        (r#"{"output":[{"type":"message","content":[{"type":"output_text"}]}]}"#, "says nothing"),
    ] {
        let error = failed(response(body));
        assert!(whole(&error).contains(words), "{}", whole(&error));
    }
}

#[test]
fn messages_end_for_many_reasons() {
    let kind = Kind::Anthropic;
    let body = |content: &str, reason: &str| {
        format!(r#"{{"content":[{content}],"model":"m","stop_reason":{reason}}}"#)
    };
    let text = r#"{"type":"text","text":"hi"}"#;
    for (reason, finish) in [
        ("\"end_turn\"", Finish::Stop),
        ("null", Finish::Stop),
        ("\"max_tokens\"", Finish::Length),
        ("\"refusal\"", Finish::Refusal),
        ("\"tool_use\"", Finish::Tool),
        ("\"pause_turn\"", Finish::Other("pause_turn".to_owned())),
    ] {
        finished(kind, &body(text, reason), &finish, "hi");
    }
    finished(kind, &body("", "\"refusal\""), &Finish::Refusal, "");
    finished(kind, &body("", "\"end_turn\""), &Finish::Stop, "");
    refused(kind, &body("", "null"), "says nothing");
    refused(kind, "{}", "missing field `content`");
}

#[test]
fn ollama_ends_for_many_reasons() {
    let kind = Kind::Ollama;
    let body = |text: &str, reason: &str| {
        format!(r#"{{"message":{{"content":"{text}"}},"done_reason":"{reason}"}}"#)
    };
    finished(kind, &body("hi", "stop"), &Finish::Stop, "hi");
    finished(kind, &body("hi", "length"), &Finish::Length, "hi");
    finished(kind, &body("", "load"), &Finish::Other("load".to_owned()), "");
    finished(kind, &body("", "stop"), &Finish::Stop, "");
    refused(kind, r#"{"message":{"content":""}}"#, "says nothing");
    refused(kind, "{}", "missing field `message`");
}

#[test]
fn words_about_an_answer_are_short_and_command_no_terminal() {
    let name = format!("\\u001b[2J{}", "m".repeat(10_000));
    let body =
        format!(r#"{{"model":"{name}","message":{{"content":"hi"}},"done_reason":"{name}"}}"#);
    let answer = answered(Kind::Ollama, &body).unwrap().answer;
    let Finish::Other(finish) = answer.finish else { panic!("{:?}", answer.finish) };
    for shown in [answer.model, finish] {
        assert!(shown.starts_with("[2Jmm") && shown.chars().count() <= 301, "{shown:?}");
    }
}

#[test]
fn vectors_that_are_none_are_refused() {
    let texts = ["a".to_owned(), "b".to_owned()];
    for (vectors, words) in [
        ("[]", "0 vectors for 2 texts"),
        ("[[1],[1],[1]]", "3 vectors for 2 texts"),
        ("[[1],[]]", "impossible lengths"),
        ("[[1],[1,2]]", "impossible lengths"),
        ("[[1],[0]]", "without a direction"),
        ("[[1],[1e300]]", "not what its API says"),
        ("[[1],[null]]", "not what its API says"),
    ] {
        let place = Place::new(Kind::Ollama);
        place.server.always(Act::Body(format!(r#"{{"embeddings":{vectors}}}"#)));
        let error = failed(wait(place.provider().embed("m", &texts)));
        assert_eq!(error.failure, Failure::BadAnswer);
        assert!(whole(&error).contains(words), "{vectors}: {}", whole(&error));
    }
    let place = Place::new(Kind::OpenAi);
    let twice = r#"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#;
    place.server.always(Act::Body(twice.to_owned()));
    let error = failed(wait(place.provider().embed("m", &texts)));
    assert!(whole(&error).contains("twice"), "{}", whole(&error));
}
