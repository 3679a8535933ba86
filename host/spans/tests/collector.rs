//! Spans on the wire: what a collector on this machine is sent, read byte by byte.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use pentimento_spans::{Collector, Exporter, Kind, Moment, Sink, Span, SpanId, TraceId, Value};

/// What one call brought: its first line and headers, and its body.
type Call = (String, Vec<u8>);

/// A collector that answers every call with this status.
fn collector(status: &'static str) -> (String, Arc<Mutex<Vec<Call>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1/traces", listener.local_addr().unwrap());
    let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
    let seen = calls.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let seen = seen.clone();
            thread::spawn(move || answer(stream.unwrap(), status, &seen));
        }
    });
    (url, calls)
}

fn answer(mut stream: TcpStream, status: &str, seen: &Mutex<Vec<Call>>) {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            if stream.read(&mut byte).unwrap_or(0) == 0 {
                return;
            }
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.unwrap().parse().unwrap()];
        stream.read_exact(&mut body).unwrap();
        seen.lock().unwrap().push((head, body));
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
    }
}

#[test]
fn a_slow_collector_is_not_waited_for_at_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1/traces", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            thread::spawn(move || {
                // Whatever comes, an answer takes two seconds; one that is nobody's is passed over.
                let mut bytes = vec![0; 1 << 16];
                while stream.read(&mut bytes).unwrap_or(0) > 0 {
                    thread::sleep(Duration::from_secs(2));
                    let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                }
            });
        }
    });
    let exporter = exporter(&url);
    for number in 0..4000_u64 {
        exporter.take(Span { id: SpanId((number + 1).to_be_bytes()), ..span(1, None) });
    }
    let began = Instant::now();
    let told = exporter.finish();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}: eight batches take sixteen seconds");
    assert!(told.is_some_and(|told| told.contains("more than") || told.contains("could not")));
}

/// A field of a protobuf message: its number and what it holds.
#[derive(Debug, PartialEq)]
enum Field {
    Number(u64),
    Bytes(Vec<u8>),
}

/// Reads a protobuf message as its encoding says (protobuf.dev, "Encoding").
fn fields(mut bytes: &[u8]) -> Vec<(u64, Field)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut bytes)),
            1 => Field::Number(u64::from_le_bytes(take(&mut bytes, 8).try_into().unwrap())),
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                Field::Bytes(take(&mut bytes, length).to_vec())
            }
            5 => Field::Number(u64::from(u32::from_le_bytes(
                take(&mut bytes, 4).try_into().unwrap(),
            ))),
            other => panic!("wire type {other}"),
        };
        found.push((tag >> 3, field));
    }
    found
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let byte = take(bytes, 1)[0];
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(count);
    *bytes = rest;
    taken
}

/// All messages under this path of field numbers.
fn under(bytes: &[u8], path: &[u64]) -> Vec<Vec<u8>> {
    let Some((first, rest)) = path.split_first() else { return vec![bytes.to_vec()] };
    let mut found = Vec::new();
    for (number, field) in fields(bytes) {
        if let (true, Field::Bytes(inside)) = (number == *first, field) {
            found.extend(under(&inside, rest));
        }
    }
    found
}

fn text(bytes: &[u8], path: &[u64]) -> String {
    String::from_utf8(under(bytes, path).concat()).unwrap()
}

fn number(bytes: &[u8], wanted: u64) -> u64 {
    let number = fields(bytes).into_iter().find_map(|(number, field)| match field {
        Field::Number(value) if number == wanted => Some(value),
        _ => None,
    });
    number.unwrap_or(0)
}

fn span(number: u8, parent: Option<SpanId>) -> Span {
    Span {
        trace: TraceId([7; 16]),
        id: SpanId([number; 8]),
        parent,
        name: format!("chat model-{number}"),
        kind: Kind::Client,
        start: Duration::from_nanos(1_000_000_001),
        end: Duration::from_nanos(2_000_000_002),
        attributes: vec![
            ("gen_ai.operation.name", Value::from("chat")),
            ("gen_ai.usage.input_tokens", Value::Whole(12)),
            ("gen_ai.response.finish_reasons", Value::Texts(vec!["stop".to_owned()])),
        ],
        moments: vec![Moment {
            name: "gen_ai.evaluation.result",
            at: Duration::from_secs(2),
            attributes: vec![("gen_ai.evaluation.score.value", Value::Number(0.5))],
        }],
        failed: parent.map(|_| "timeout".to_owned()),
    }
}

fn exporter(url: &str) -> Exporter {
    let headers = vec![("x-collector-key".to_owned(), "secret-7".to_owned())];
    let service = "painter".to_owned();
    Exporter::start(Collector { url: url.to_owned(), headers, service }).unwrap()
}

#[test]
fn spans_arrive_as_they_were_told() {
    let (url, calls) = collector("200 OK");
    let exporter = exporter(&url);
    exporter.take(span(1, None));
    exporter.take(span(2, Some(SpanId([1; 8]))));
    assert_eq!(exporter.finish(), None);
    let calls = calls.lock().unwrap();
    let [(head, body)] = calls.as_slice() else { panic!("{} calls", calls.len()) };
    assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    assert!(head.contains("x-collector-key: secret-7"), "{head}");
    assert!(text(body, &[1, 1, 1, 1]).contains("service.name"), "resource");
    assert!(text(body, &[1, 1, 1, 2, 1]).contains("painter"), "resource");
    assert_eq!(text(body, &[1, 2, 1, 1]), "pentimento", "scope");
    let spans = under(body, &[1, 2, 2]);
    assert_eq!(spans.len(), 2);
    let (one, two) = (&spans[0], &spans[1]);
    assert_eq!(under(one, &[1]), [vec![7; 16]]);
    assert_eq!((under(one, &[2]), under(two, &[4])), (vec![vec![1; 8]], vec![vec![1; 8]]));
    assert_eq!(text(two, &[5]), "chat model-2");
    assert_eq!(number(two, 6), 3, "a client");
    assert_eq!((number(two, 7), number(two, 8)), (1_000_000_001, 2_000_000_002));
    let keys = "gen_ai.operation.namegen_ai.usage.input_tokensgen_ai.response.finish_reasons";
    assert_eq!(text(two, &[9, 1]), keys);
    assert_eq!(text(&under(two, &[9])[0], &[2, 1]), "chat");
    assert_eq!(number(&under(&under(two, &[9])[1], &[2])[0], 3), 12);
    assert_eq!(text(two, &[11, 2]), "gen_ai.evaluation.result");
    assert_eq!(text(two, &[15, 2]), "timeout");
    assert_eq!((number(&under(two, &[15])[0], 3), under(one, &[15, 2]).len()), (2, 0));
}

#[test]
fn many_spans_arrive_in_few_calls() {
    let (url, calls) = collector("200 OK");
    let exporter = exporter(&url);
    (0..1500).for_each(|count: u32| exporter.take(span(count.to_le_bytes()[0], None)));
    assert_eq!(exporter.finish(), None);
    let calls = calls.lock().unwrap();
    let spans = calls.iter().map(|(_, body)| under(body, &[1, 2, 2]).len()).sum::<usize>();
    assert_eq!(spans, 1500);
    assert!(calls.len() <= 6, "{}", calls.len());
}

#[test]
fn a_collector_that_refuses_or_is_not_there_is_told_once_and_without_its_key() {
    let (refusing, calls) = collector("403 Forbidden");
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/v1/traces", listener.local_addr().unwrap())
    };
    for url in [&refusing, &gone] {
        let exporter = exporter(url);
        (0..1500).for_each(|count: u32| exporter.take(span(count.to_le_bytes()[0], None)));
        let told = exporter.finish().unwrap();
        assert!(told.contains("could not be sent") && told.contains(url.as_str()), "{told}");
        assert!(!told.contains("secret-7"), "{told}");
        assert_eq!(exporter.finish(), None, "once");
    }
    assert_eq!(calls.lock().unwrap().len(), 1, "it is left alone after that");
}

#[test]
fn an_address_that_is_none_is_refused_before_anything_is_sent() {
    let headers = Vec::new();
    let (url, service) = ("not a url".to_owned(), "x".to_owned());
    assert!(Exporter::start(Collector { url, headers, service }).is_err());
}
