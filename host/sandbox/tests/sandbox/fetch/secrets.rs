//! Secrets reach the server their rule names, and nobody else: not the plugin by way of an echo,
//! and no other place.

use pentimento_sandbox::{FetchSettings, LoadedPlugin, SandboxSettings, SecretText};

use super::{
    servers::{Server, echo, ok},
    set_up::{at_home, refusal, rule, say, witness},
};

const TOKEN: &str = "tok3n-0123456789";

fn with_root(server: &Server) -> SandboxSettings {
    let settings = at_home();
    let extra_roots = vec![server.certificate.clone()];
    SandboxSettings { fetch: FetchSettings { extra_roots, ..settings.fetch }, ..settings }
}

/// A witness that may ask the server with a secret, and `http://evil.test:81` without.
fn keeping(server: &Server, secret: Option<&str>) -> (LoadedPlugin, String) {
    let port = server.port;
    let secured = format!(
        "{{ host = \"good.test\", port = {port}, methods = [\"GET\", \"POST\"], \
         secret = {{ name = \"token\", header = \"authorization\" }} }}"
    );
    let plugin = witness(with_root(server), &secured);
    let secrets = secret.map(|text| ("token".to_owned(), SecretText::new(text).unwrap()));
    let request = format!("GET https://good.test:{port}/");
    (plugin.with_secrets(secrets.into_iter().collect()), request)
}

#[test]
fn a_secret_reaches_its_server_and_its_echo_does_not_reach_the_plugin() {
    let server = Server::encrypted("good.test", |request, stream| {
        let knows = request.contains("\r\nauthorization: Bearer tok3n-0123456789\r\n");
        let token = if knows { TOKEN } else { "nobody" };
        let body = format!("knows {knows}: {token}, {request}");
        let head = format!("HTTP/1.1 200 OK\r\nx-echo: {token}\r\ncontent-length: {}", body.len());
        drop(stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()));
    });
    let (plugin, request) = keeping(&server, Some(&format!("Bearer {TOKEN}")));
    let port = server.port;
    let expected = format!(
        "200 knows true: •••, GET / HTTP/1.1  host: good.test:{port}  authorization: •••    "
    );
    assert_eq!(say(&plugin, &format!("fetch {request}")), Ok(expected));
    let expected = "200 Some(\"•••\")".to_owned();
    assert_eq!(say(&plugin, &format!("header x-echo {request}")), Ok(expected));
    let shown = format!("{plugin:?}");
    assert!(!shown.contains("tok3n"), "{shown}");
}

#[test]
fn a_plugin_cannot_write_the_secrets_header_nor_have_its_echo_packed() {
    let server = Server::encrypted("good.test", echo);
    let (plugin, request) = keeping(&server, Some(TOKEN));
    let carries = "is the host's to write: it carries the secret `token` (bad-request)";
    let beside = "cannot be sent beside the secret `token` (bad-request)";
    for (header, name, expected) in [
        ("Authorization: mine", "authorization", carries),
        ("AUTHORIZATION: mine", "authorization", carries),
        ("Accept-Encoding: gzip", "accept-encoding", beside),
        ("Accept_Encoding: gzip", "accept_encoding", beside),
        ("Range: bytes=0-3", "range", beside),
    ] {
        let found = refusal(&plugin, &format!("fetch {request}|{header}"));
        assert_eq!(found, format!("the header `{name}` {expected}"), "{header}");
    }
    assert_eq!(server.visits(), 0);
}

#[test]
fn an_answer_packed_unasked_is_kept_back() {
    let server = Server::encrypted("good.test", |_, stream| {
        let answer = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc";
        drop(stream.write_all(answer.as_bytes()));
    });
    let (plugin, request) = keeping(&server, Some(TOKEN));
    let expected = "the answer is packed, so the secret could be in it unseen (bad-response)";
    assert_eq!(refusal(&plugin, &format!("fetch {request}")), expected);
}

#[test]
fn without_its_secret_a_request_is_not_sent() {
    let server = Server::encrypted("good.test", echo);
    let (plugin, request) = keeping(&server, None);
    let expected = "the operator keeps no secret `token` for this plugin (no-secret)";
    assert_eq!(refusal(&plugin, &format!("fetch {request}")), expected);
    assert_eq!(server.visits(), 0);
}

#[test]
fn a_secret_goes_to_no_place_but_its_rules() {
    let evil = Server::plain(echo);
    let good = Server::encrypted("good.test", |_, stream| {
        drop(stream.write_all(ok("").as_bytes()));
    });
    let rules = format!(
        "{{ host = \"good.test\", port = {}, secret = {{ name = \"token\", \
         header = \"authorization\" }} }}, {}",
        good.port,
        rule("evil.test", evil.port)
    );
    let plugin = witness(with_root(&good), &rules);
    let secrets = [("token".to_owned(), SecretText::new(TOKEN).unwrap())];
    let plugin = plugin.with_secrets(secrets.into());
    assert_eq!(
        say(&plugin, &format!("fetch GET https://good.test:{}/", good.port)),
        Ok("200 ".to_owned())
    );
    let port = evil.port;
    let sent = format!("200 GET / HTTP/1.1  host: evil.test:{port}    ");
    assert_eq!(say(&plugin, &format!("fetch GET http://evil.test:{port}/")), Ok(sent));
}
