//! How much is fetched: requests, bytes and time of a call and of a run, and what may stand in a
//! request and in an answer.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use pentimento_model::FaultKind;
use pentimento_sandbox::{Limits, LoadedPlugin, RunLimits, RunScope, SandboxSettings};

use super::{
    servers::{Server, echo, ok},
    set_up::{at_home, refusal, rule, say, witness},
};

fn asking(server: &Server) -> (LoadedPlugin, String) {
    let plugin = witness(at_home(), &rule("good.test", server.port));
    (plugin, format!("GET http://good.test:{}/", server.port))
}

#[test]
fn the_ninth_request_of_a_call_is_refused_and_the_next_call_begins_anew() {
    let server = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let (plugin, request) = asking(&server);
    for _ in 0..2 {
        let expected = "8 sent, then more than 8 requests in one call".to_owned();
        assert_eq!(say(&plugin, &format!("storm 100 {request}")), Ok(expected));
    }
    assert_eq!(server.visits(), 16);
}

#[test]
fn a_run_has_requests_and_traffic_for_all_its_calls_together() {
    let server = Server::plain(|_, stream| drop(stream.write_all(ok("aaaa").as_bytes())));
    let (plugin, request) = asking(&server);
    let limits = RunLimits { requests: 10, ..RunLimits::default() };
    let plugin = plugin.in_run(&RunScope::new(limits));
    assert_eq!(say(&plugin, &format!("storm 8 {request}")), Ok("8 sent".to_owned()));
    let expected = "2 sent, then the plugins of this run have used up their 10 requests together";
    assert_eq!(say(&plugin, &format!("storm 8 {request}")), Ok(expected.to_owned()));
    let limits = RunLimits { traffic: 130, ..RunLimits::default() };
    let plugin = plugin.in_run(&RunScope::new(limits));
    let expected = "1 sent, then the plugins of this run have used up their 130 bytes of traffic \
                    together";
    assert_eq!(say(&plugin, &format!("storm 8 {request}")), Ok(expected.to_owned()));
}

#[test]
fn no_call_sends_more_than_a_mebibyte() {
    let server = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let (plugin, _) = asking(&server);
    let request = format!("POST http://good.test:{}/|#600000", server.port);
    let expected = "1 sent, then more than 1048576 bytes sent in one call".to_owned();
    assert_eq!(say(&plugin, &format!("storm 2 {request}")), Ok(expected));
    assert_eq!(server.visits(), 1);
}

#[test]
fn an_answer_of_four_mebibytes_is_taken_in_and_a_longer_one_is_not() {
    for (length, taken) in [(4_000_000, true), (5_000_000, false)] {
        let answer = ok(&"a".repeat(length));
        let server = Server::plain(move |_, stream| drop(stream.write_all(answer.as_bytes())));
        let (plugin, request) = asking(&server);
        let expected = if taken {
            Ok(length.to_string())
        } else {
            let message = "more than 4194304 bytes received in one call (quota)";
            Err((FaultKind::Failed, message.to_owned()))
        };
        assert_eq!(say(&plugin, &format!("length {request}")), expected);
    }
}

#[test]
fn an_endless_answer_is_cut_off_and_its_server_sees_that_nobody_listens() {
    let (sender, receiver) = mpsc::channel();
    let sender = Mutex::new(sender);
    let server = Server::plain(move |_, stream| {
        let piece = format!("1000\r\n{}\r\n", "a".repeat(0x1000));
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let mut written = stream.write_all(head.as_bytes());
        while written.is_ok() {
            written = stream.write_all(piece.as_bytes());
        }
        sender.lock().unwrap().send(()).unwrap();
    });
    let (plugin, request) = asking(&server);
    let expected = "more than 4194304 bytes received in one call (quota)";
    assert_eq!(refusal(&plugin, &format!("length {request}")), expected);
    receiver.recv().unwrap();
}

#[test]
fn a_server_that_drips_holds_no_call_longer_than_its_deadline() {
    let (sender, receiver) = mpsc::channel();
    let sender = Arc::new(Mutex::new(sender));
    let dripping = |head: &'static str| {
        let sender = Arc::clone(&sender);
        Server::plain(move |_, stream| {
            let mut written = stream.write_all(head.as_bytes());
            while written.is_ok() {
                thread::sleep(Duration::from_millis(20));
                written = stream.write_all(b"a");
            }
            sender.lock().unwrap().send(()).unwrap();
        })
    };
    let body = dripping("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
    let head = dripping("HTTP/1.1 200 OK\r\nx-long: ");
    let limits = Limits { wall_time: Duration::from_millis(500), memory: 16 << 20 };
    let settings = || SandboxSettings { limits, ..at_home() };
    for server in [body, head] {
        let plugin = witness(settings(), &rule("good.test", server.port));
        let expected = (FaultKind::Timeout, "it did not answer within 500ms".to_owned());
        let question = format!("length GET http://good.test:{}/", server.port);
        assert_eq!(say(&plugin, &question), Err(expected));
        // It hung up; a server that goes on dripping would take hours.
        receiver.recv().unwrap();
    }
}

#[test]
fn headers_inject_nothing_and_steer_nothing() {
    let server = Server::plain(echo);
    let (plugin, request) = asking(&server);
    let hosts = |name: &str| format!("the header `{name}` is the host's to write (bad-request)");
    let odd = "the value of the header `x-a` has characters no header has (bad-request)";
    // With a port of five digits, as all are that a server gets unasked.
    let long = format!("X-A: {}", "a".repeat(9_000));
    let many = vec!["X-A: b"; 33].join("|");
    for (header, expected) in [
        ("X-A: b\r\nX-C: d", odd.to_owned()),
        ("X-A: b\nX-C: d", odd.to_owned()),
        ("X-A: b\0", odd.to_owned()),
        ("X-A: \u{e4}", odd.to_owned()),
        ("X-A\r\nX-C: d", "`X-A  X-C` is no name of a header (bad-request)".to_owned()),
        (": d", "`` is no name of a header (bad-request)".to_owned()),
        ("Host: evil.test", hosts("host")),
        ("Content-Length: 0", hosts("content-length")),
        ("Content_Length: 0", hosts("content_length")),
        ("Transfer-Encoding: chunked", hosts("transfer-encoding")),
        ("Connection: keep-alive", hosts("connection")),
        ("Upgrade: websocket", hosts("upgrade")),
        ("Proxy-Authorization: a", hosts("proxy-authorization")),
        ("X-HTTP-Method-Override: DELETE", hosts("x-http-method-override")),
        (&*long, "9030 bytes of headers; at most 8192 are sent (bad-request)".to_owned()),
        (&*many, "33 headers; at most 32 are sent (bad-request)".to_owned()),
    ] {
        let found = refusal(&plugin, &format!("fetch {request}|{header}"));
        assert_eq!(found, expected, "{}", header.get(..30).unwrap_or(header));
    }
    assert_eq!(server.visits(), 0);
}

#[test]
fn a_url_brings_no_second_line() {
    let server = Server::plain(echo);
    let (plugin, request) = asking(&server);
    let expected =
        "the URL has characters that are not visible ASCII, or a backslash (bad-request)";
    for end in [" HTTP/1.1\r\nX-A: b", "\n", "\t", "\u{e4}", "\\"] {
        assert_eq!(refusal(&plugin, &format!("fetch {request}{end}")), expected, "{end:?}");
    }
    assert_eq!(server.visits(), 0);
}

#[test]
fn answers_that_are_none_are_told() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-a: b\r\n".repeat(200));
    let large = format!("HTTP/1.1 200 OK\r\nx-a: {}\r\n\r\n", "b".repeat(1_000_000));
    let no_http = "`good.test` answered with what is no HTTP/1 (bad-response)";
    let hung_up = "`good.test` hung up before its answer ended (unreachable)";
    for (answer, expected) in [
        ("SSH-2.0-OpenSSH_9.9\r\n".to_owned(), no_http),
        (many, no_http),
        (large, no_http),
        (String::new(), hung_up),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc".to_owned(), hung_up),
    ] {
        let server = Server::plain(move |_, stream| drop(stream.write_all(answer.as_bytes())));
        let (plugin, request) = asking(&server);
        let found = say(&plugin, &format!("fetch {request}"));
        assert_eq!(found, Err((FaultKind::Failed, expected.to_owned())));
    }
}
