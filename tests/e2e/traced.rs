//! Spans, in a program that was built with the feature `otel`: sent where the environment says, and only
//! there, without a word of anybody.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use pentimento_real::Collector;

use crate::{
    idea2img::{IDEA, place},
    killed::{REFINE, server},
    program::{KEY, Place, Said},
    refine::{artifacts, events},
};

/// A collector that takes everything: its address, and what it was sent.
fn collector() -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let all: Arc<Mutex<Vec<u8>>> = Arc::default();
    let seen = all.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            take(stream.unwrap(), &seen);
        }
    });
    (url, all)
}

fn take(mut stream: TcpStream, seen: &Mutex<Vec<u8>>) {
    loop {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read(&mut byte).unwrap_or(0) == 0 {
                return;
            }
            head.push(byte[0]);
        }
        let text = String::from_utf8_lossy(&head).to_ascii_lowercase();
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut body).unwrap();
        seen.lock().unwrap().extend([head, body].concat());
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
    }
}

/// A refined idea, with these variables.
fn refined(place: &Place, variables: &[(&str, &str)]) -> Said {
    let server = server();
    let mut command = place.command_to(&server, &REFINE);
    command.envs(variables.iter().copied());
    Said::of(command.output().unwrap()).without_panic()
}

#[test]
fn a_run_is_told_to_a_collector_without_a_word_or_a_key() {
    let (url, seen) = collector();
    let (place, quiet) = (place(), place());
    let said = refined(&place, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &url)]);
    assert_eq!((said.code, said.err.as_str()), (Some(3), ""), "{said:?}");
    let sent = String::from_utf8_lossy(&seen.lock().unwrap()).into_owned();
    assert!(sent.starts_with("POST /v1/traces HTTP/1.1"), "{sent}");
    for name in [
        "invoke_workflow idea2img",
        "chat w",
        "chat s",
        "generate_content p",
        "gen_ai.provider.name",
        "openai",
        "gen_ai.usage.input_tokens",
        "execute_tool critic-detector",
        "gen_ai.evaluation.result",
    ] {
        assert!(sent.contains(name), "{name}");
    }
    let run = place.run_folder();
    let run = run.file_name().unwrap().to_str().unwrap();
    for secret in [KEY, IDEA, "umbrella", "musicians", run] {
        assert!(!sent.contains(secret), "{secret}");
    }
    // Nobody was asked to tell anybody else, and the run is the same.
    assert_eq!(refined(&quiet, &[]).code, Some(3));
    assert_eq!(events(&quiet.run_folder()), events(&place.run_folder()));
    assert_eq!(artifacts(&quiet.run_folder()), artifacts(&place.run_folder()));
}

#[test]
fn words_are_told_to_those_who_ask_for_them_and_a_collector_that_is_gone_costs_no_run() {
    let (url, seen) = collector();
    let words = ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
    assert_eq!(refined(&place(), &[("OTEL_EXPORTER_OTLP_ENDPOINT", &url), words]).code, Some(3));
    let sent = String::from_utf8_lossy(&seen.lock().unwrap()).into_owned();
    assert!(sent.contains(IDEA) && sent.contains("gen_ai.input.messages") && !sent.contains(KEY));

    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (place, gone) = (place(), format!("http://{gone}"));
    let said = refined(&place, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &gone)]);
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.err.contains("note: spans could not be sent to `http://127.0.0.1"), "{said:?}");
    assert!(fs::metadata(place.run_folder().join("report.html")).is_ok());
    let said = refined(
        &place,
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", &gone), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")],
    );
    assert!(said.err.contains("note: no spans are sent"), "{said:?}");
}

#[test]
#[ignore = "needs a real collector: scripts/test-spans"]
fn a_collector_that_others_wrote_reads_every_span() {
    let collector = Collector::start();
    let place = place();
    let said = refined(&place, &[("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())]);
    assert_eq!((said.code, said.err.as_str()), (Some(3), ""), "{said:?}");
    let told = collector.told("Name           : invoke_workflow idea2img");
    let values = |field: &str| -> Vec<String> {
        let lines = told.lines().filter_map(|line| line.trim().strip_prefix(field));
        lines.filter_map(|rest| rest.trim().strip_prefix(": ").map(str::to_owned)).collect()
    };
    let (traces, names) = (values("Trace ID"), values("Name"));
    let (own, parents) = (values("ID"), values("Parent ID"));
    assert!(traces.iter().all(|trace| *trace == traces[0]), "one trace: {traces:?}");
    assert_eq!((own.len(), parents.len() + 1), (names.len(), names.len()), "one root: {told}");
    assert!(parents.iter().all(|parent| own.contains(parent)), "{told}");
    for kind in ["chat", "generate_content", "execute_tool", "invoke_workflow"] {
        assert!(names.iter().any(|name| name.starts_with(kind)), "{kind}: {names:?}");
    }
    for line in ["gen_ai.provider.name: Str(openai)", "service.name: Str(pentimento)"] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(told.contains("gen_ai.usage.input_tokens: Int("), "{told}");
    for secret in [KEY, IDEA] {
        assert!(!told.contains(secret), "{secret}");
    }
}
