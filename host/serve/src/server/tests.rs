//! Callers of all kinds. Where time is meant, it is a clock that runs on as soon as nobody has
//! anything to do.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, Seed};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::world::Still;

/// A server without an eye, and where it is. It ends with the runtime.
async fn start() -> (SocketAddr, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let world = Arc::new(World::new(None, Arc::new(Still), Seed(1)));
    let server = Server { listener, address, world };
    let mut running = JoinSet::new();
    running.spawn(server.run(std::future::pending()));
    (address, running)
}

struct Answer {
    status: u16,
    head: String,
    body: Value,
}

/// The next answer on a connection; `None` if it was closed without one.
async fn read_if_any(stream: &mut TcpStream) -> Option<Answer> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let length = head
        .split("content-length: ")
        .nth(1)
        .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some(Answer { status, head, body: serde_json::from_slice(&body).unwrap_or_default() })
}

async fn read(stream: &mut TcpStream) -> Answer {
    read_if_any(stream).await.unwrap()
}

fn post(path: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\n\
         content-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

async fn say(request: &[u8]) -> Answer {
    say_more(request).await.unwrap()
}

/// A server that has seen enough need not read to the end: who still sends then may be hung up on
/// before the answer is read.
async fn say_more(request: &[u8]) -> Option<Answer> {
    let (address, _server) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(request).await;
    read_if_any(&mut stream).await
}

async fn paint(wish: Value) -> Answer {
    say(&post("/v1/images/generations", "application/json", wish.to_string().as_bytes())).await
}

fn form(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value, b"\r\n"].concat());
    }
    body.extend(b"--b--\r\n");
    post("/v1/images/edits", "multipart/form-data; boundary=b", &body)
}

fn error(answer: &Answer) -> (&str, Option<&str>) {
    let error = &answer.body["error"];
    (error["message"].as_str().unwrap_or_default(), error["param"].as_str())
}

#[tokio::test]
async fn the_same_prompt_and_seed_are_the_same_picture_and_that_of_the_easel() {
    let wish = json!({ "model": "careful", "prompt": "two red apples", "seed": u64::MAX, "n": 2 });
    let answer = paint(wish).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let easel = pentimento_easel::Easel::new(pentimento_easel::Preset::Careful);
    let made = easel.generate("two red apples", Seed(u64::MAX)).await.unwrap();
    let data = answer.body["data"].as_array().unwrap();
    assert_eq!(data[0]["b64_json"], STANDARD.encode(&made.bytes));
    assert!(data.len() == 2 && data[0] != data[1]);
}

#[tokio::test]
async fn a_new_picture_after_others_is_the_one_of_the_easel() {
    use pentimento_engine::ports::References;

    let easel = pentimento_easel::Easel::new(pentimento_easel::Preset::Dalle3Like);
    let mut shown = Vec::new();
    for seed in [3, 4] {
        let made = easel.generate("a red apple", Seed(seed)).await.unwrap();
        shown.push(Artifact::new(made.media_type, made.bytes));
    }
    let (liked, disliked) = (&shown[0], &shown[1]);
    let told = pentimento_prompts::after("a red apple", (1, 1)).unwrap();
    for (prompt, feedback) in [
        (told.as_str(), (std::slice::from_ref(liked), std::slice::from_ref(disliked))),
        // Whoever says nothing of them likes them.
        ("a red apple", (shown.as_slice(), &[][..])),
    ] {
        let call = form(&[
            ("model", b"dalle3-like"),
            ("prompt", prompt.as_bytes()),
            ("seed", b"7"),
            ("image[]", &liked.bytes),
            ("image[]", &disliked.bytes),
        ]);
        let answer = say(&call).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let feedback = References { liked: feedback.0, disliked: feedback.1 };
        let made = easel.generate_after("a red apple", feedback, Seed(7)).await.unwrap();
        assert_eq!(answer.body["data"][0]["b64_json"], STANDARD.encode(&made.bytes));
    }
}

#[tokio::test]
async fn an_instruction_changes_single_objects_as_the_easel_does() {
    use pentimento_model::{EditOp, ItemName, Region};

    let easel = pentimento_easel::Easel::new(pentimento_easel::Preset::Dalle3Like);
    let made = easel.generate("a red apple", Seed(3)).await.unwrap();
    let picture = Artifact::new(made.media_type, made.bytes.clone());
    let item = |name: &str| ItemName::read(name).unwrap();
    let corner = Region::new(0.0, 0.0, 0.3, 0.3).unwrap();
    let ops = |count| {
        let mut ops = vec![EditOp::Delete { item: item("cat"), region: corner }];
        ops.resize(count, EditOp::Add { item: item("blue cup"), region: corner });
        ops
    };
    let change = async |ops: &[EditOp]| {
        let prompt = pentimento_prompts::instruct(ops).unwrap();
        let fields: &[(&str, &[u8])] =
            &[("image", &made.bytes), ("prompt", prompt.as_bytes()), ("seed", b"7")];
        say(&form(fields)).await
    };
    let answer = change(&ops(3)).await;
    assert_eq!(answer.status, 200, "what cannot be done is left: {}", answer.body);
    let edited = easel.edit(&picture, &ops(3), Seed(7)).await.unwrap();
    assert_eq!(answer.body["data"][0]["b64_json"], STANDARD.encode(&edited.made.bytes));
    assert!(edited.made.bytes != made.bytes && edited.applied[0].refused.is_some());
    let answer = change(&ops(limits::CHANGES + 1)).await;
    assert_eq!((answer.status, error(&answer).1), (400, Some("prompt")));
}

#[tokio::test]
async fn a_part_of_a_picture_is_painted_anew_and_the_rest_stays() {
    let easel = pentimento_easel::Easel::new(pentimento_easel::Preset::Perfect);
    let made = easel.generate("a red apple", Seed(3)).await.unwrap();
    let fields: &[(&str, &[u8])] =
        &[("image", &made.bytes), ("prompt", b"a blue cup"), ("model", b"perfect"), ("seed", b"7")];
    let answer = say(&form(fields)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["data"].as_array().unwrap().len(), 1);
    // A picture is no mask: nothing in it is transparent.
    let masked = [fields, &[("mask", &made.bytes as &[u8])]].concat();
    let answer = say(&form(&masked)).await;
    assert_eq!((answer.status, error(&answer).1), (400, Some("mask")), "{}", answer.body);
}

#[tokio::test]
async fn what_cannot_be_served_is_told_in_the_shape_of_the_api() {
    let png: &[u8] = b"\x89PNG\r\n\x1a\n";
    let told = pentimento_prompts::after("a cat", (1, 1)).unwrap();
    let told = told.as_bytes();
    let deep = format!("{{\"user\": {}", "[".repeat(100_000));
    for (request, status, words) in [
        (b"GET /v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), 404, "GET /v1/nothing"),
        (b"GET /v1/models/gpt-5 HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), 404, "dalle3-like"),
        (b"GET /v1/images/edits HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), 405, "POST"),
        (post("/v1/models", "application/json", b"{}"), 405, "GET"),
        (post("/v1/responses", "application/json", b"{}"), 404, "/v1/responses"),
        (post("/v1/images/generations", "text/plain", b"{}"), 415, "application/json"),
        (post("/v1/images/generations", "application/json", b"{"), 400, "cannot be read"),
        (
            post("/v1/images/generations", "application/json", b" [\"a cat\"]"),
            400,
            "no JSON object",
        ),
        (post("/v1/images/generations", "application/json", b"{}"), 400, "no `prompt`"),
        (
            post("/v1/images/generations", "application/json", br#"{"prompt":"x","seed":-1}"#),
            400,
            "cannot be read",
        ),
        (
            post("/v1/images/generations", "application/json", br#"{"prompt":"xyzzy frobs"}"#),
            400,
            "xyzzy",
        ),
        (
            post("/v1/images/generations", "application/json", deep.as_bytes()),
            400,
            "cannot be read",
        ),
        (post("/v1/images/edits", "application/json", b"{}"), 415, "multipart/form-data"),
        (post("/v1/images/edits", "multipart/form-data; boundary=b", b"--b\r\n"), 400, "form"),
        (form(&[("prompt", b"a cat")]), 400, "no `image`"),
        (form(&[("image", b"GIF89a"), ("prompt", b"a cat")]), 400, "neither PNG nor JPEG"),
        (form(&[("image", png), ("prompt", b"a cat")]), 400, "decoded"),
        (form(&[("image", png), ("image", png)]), 400, "more than one `image`"),
        (form(&[("image[]", png); 17]), 400, "more than 16 pictures"),
        (form(&[("image[]", png), ("prompt", told)]), 400, "speaks of 2 pictures, and there are 1"),
        (
            form(&[("image[]", png), ("image[]", png), ("prompt", told), ("mask", png)]),
            400,
            "no `mask`",
        ),
        (form(&[("image[]", png), ("image[]", png), ("prompt", b"a cat")]), 400, "decoded"),
        (form(&[("prompt", b"\xFF")]), 400, "UTF-8"),
        (form(&[("seed", b"one")]), 400, "`seed`"),
    ] {
        let answer = say(&request).await;
        let told = error(&answer).0;
        assert!(answer.status == status && told.contains(words), "{status} {words}: {told}");
        assert!(answer.head.contains("content-type: application/json"), "{}", answer.head);
        assert_eq!(answer.body["error"]["type"], "invalid_request_error");
        assert_eq!(answer.head.contains("\r\nallow: "), status == 405, "{}", answer.head);
    }
}

#[tokio::test]
async fn the_models_are_listed_and_each_is_there() {
    let answer = say(b"GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let names: Vec<_> =
        answer.body["data"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(names[..5], ["perfect", "careful", "dalle3-like", "hopeless", "mind"]);
    assert_eq!(names.len(), 9, "and a simulation of every temper: {names:?}");
    for name in ["mind", "simulated/vain"] {
        let asked = format!("GET /v1/models/{name} HTTP/1.1\r\nhost: x\r\n\r\n");
        assert_eq!(say(asked.as_bytes()).await.body["id"], name);
    }
}

#[tokio::test]
async fn calls_larger_than_any_are_refused_announced_or_not() {
    let announced = |path: &str, bytes: usize| {
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {bytes}\r\n\r\n"
        )
    };
    for (path, most) in [
        ("/v1/images/generations", limits::WORDS_BYTES),
        ("/v1/images/edits", limits::PICTURES_BYTES),
        ("/v1/chat/completions", limits::PICTURES_BYTES),
    ] {
        assert_eq!(say(announced(path, most + 1).as_bytes()).await.status, 413, "{path}");
        let chunk = format!("{:x}\r\n{}\r\n", most + 1, "x".repeat(most + 1));
        let chunked = announced(path, 0).replace("content-length: 0", "transfer-encoding: chunked");
        let answer = say_more((chunked + &chunk).as_bytes()).await;
        assert!(answer.is_none_or(|answer| answer.status == 413), "{path}");
    }
}

#[tokio::test]
async fn a_form_has_an_end() {
    let field: (&str, &[u8]) = ("user", b"x");
    let answer = say(&form(&vec![field; limits::FIELDS])).await;
    assert_eq!(
        (answer.status, error(&answer).0.contains("at most")),
        (400, true),
        "{}",
        answer.body
    );
    let answer = say(&form(&vec![field; limits::FIELDS - 1])).await;
    assert!(error(&answer).0.contains("no `prompt`"), "{}", answer.body);
}

#[tokio::test]
async fn a_header_without_end_is_refused() {
    let many = format!("GET /v1/models HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(limits::HEADERS + 1));
    assert_eq!(say(many.as_bytes()).await.status, 431);
    // What is read at once may go a little beyond the bound.
    let long = "y".repeat(4 * limits::HEADER_BYTES);
    let long = format!("GET /v1/models HTTP/1.1\r\nx: {long}\r\n\r\n");
    let answer = say_more(long.as_bytes()).await;
    assert!(answer.is_none_or(|answer| answer.status == 431));
}

#[tokio::test(start_paused = true)]
async fn a_header_that_never_ends_is_not_waited_for() {
    let (address, _server) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /v1/models HTTP/1.1\r\nx:").await.unwrap();
    let (before, mut rest) = (tokio::time::Instant::now(), Vec::new());
    let _ = stream.read_to_end(&mut rest).await;
    assert!(before.elapsed() + Duration::from_secs(1) >= limits::HEADER_TIME);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_not_waited_for() {
    let (address, _server) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = post("/v1/images/generations", "application/json", b"{}");
    stream.write_all(&request[..request.len() - 1]).await.unwrap();
    assert_eq!(read(&mut stream).await.status, 408);
}

#[tokio::test(start_paused = true)]
async fn a_connection_does_not_last_for_ever() {
    let (address, _server) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let pause = limits::HEADER_TIME / 2;
    let mut calls = 0;
    loop {
        let asked = stream.write_all(b"GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n").await;
        if asked.is_err() || stream.read_u8().await.is_err() {
            break;
        }
        let mut rest = [0; 4096];
        let _ = stream.read(&mut rest).await;
        calls += 1;
        tokio::time::sleep(pause).await;
        assert!(pause * calls <= limits::CONNECTION_TIME + limits::HEADER_TIME, "{calls} calls");
    }
    assert!(calls > 1, "it lasted for more than one call");
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_never_reads_is_hung_up_on() {
    let (address, _server) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = b"GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n".repeat(1000);
    let before = tokio::time::Instant::now();
    while stream.write_all(&request).await.is_ok() {}
    let most = limits::CONNECTION_TIME + limits::LAST_CALL_TIME + limits::HEADER_TIME;
    assert!(before.elapsed() <= most, "{:?}", before.elapsed());
}

#[tokio::test]
async fn callers_beyond_the_last_place_wait_until_one_is_free() {
    let (address, _server) = start().await;
    let mut inside = Vec::new();
    for _ in 0..limits::CONNECTIONS {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        assert_eq!(read(&mut stream).await.status, 200);
        inside.push(stream);
    }
    let mut next = TcpStream::connect(address).await.unwrap();
    next.write_all(b"GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let early = timeout(Duration::from_millis(100), next.readable()).await;
    assert!(early.is_err(), "all places are taken");
    inside.pop();
    assert_eq!(read(&mut next).await.status, 200);
}

#[tokio::test]
async fn a_server_ends_when_it_is_told_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let world = Arc::new(World::new(None, Arc::new(Still), Seed(1)));
    let server = Server { listener, address, world };
    assert!(server.is_private() && server.url() == format!("http://{address}/v1"));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let mut running = JoinSet::new();
    running.spawn(server.run(async { drop(stopped.await) }));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert_eq!(read(&mut stream).await.status, 200);
    drop(stop);
    running.join_next().await.unwrap().unwrap();
    drop(running);
    assert!(TcpStream::connect(address).await.is_err());
}
