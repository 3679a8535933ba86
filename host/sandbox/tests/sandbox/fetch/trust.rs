//! Whose certificates are believed.

use pentimento_sandbox::{FetchSettings, Sandbox, SandboxSettings};

use super::{
    servers::{Server, echo},
    set_up::{at_home, refusal, say, witness},
};

fn believing(roots: Vec<Vec<u8>>) -> SandboxSettings {
    let settings = at_home();
    SandboxSettings { fetch: FetchSettings { extra_roots: roots, ..settings.fetch }, ..settings }
}

#[test]
fn a_server_is_believed_by_a_known_root_and_its_own_name_only() {
    let good = Server::encrypted("good.test", echo);
    let other = Server::encrypted("other.test", echo);
    let untrusted = "`good.test` did not prove who it is with a valid certificate (unreachable)";
    for (server, roots, expected) in [
        (&good, vec![good.certificate.clone()], None),
        (&good, Vec::new(), Some(untrusted)),
        (&good, vec![other.certificate.clone()], Some(untrusted)),
        (&other, vec![other.certificate.clone()], Some(untrusted)),
    ] {
        let rule = format!("{{ host = \"good.test\", port = {} }}", server.port);
        let plugin = witness(believing(roots), &rule);
        let question = format!("fetch GET https://good.test:{}/", server.port);
        match expected {
            None => assert!(say(&plugin, &question).unwrap().starts_with("200 GET / HTTP/1.1")),
            Some(message) => assert_eq!(refusal(&plugin, &question), message),
        }
    }
}

#[test]
fn a_server_that_does_not_encrypt_is_not_spoken_to_as_if_it_did() {
    let server = Server::hasty("HTTP/1.1 204 No Content\r\n\r\n");
    let rule = format!("{{ host = \"good.test\", port = {} }}", server.port);
    let plugin = witness(at_home(), &rule);
    let question = format!("fetch GET https://good.test:{}/", server.port);
    let message = "`good.test` did not prove who it is with a valid certificate (unreachable)";
    assert_eq!(refusal(&plugin, &question), message);
}

#[test]
fn a_root_that_is_no_certificate_is_told_at_once() {
    let error = Sandbox::new(believing(vec![b"nonsense".to_vec()])).unwrap_err();
    assert_eq!(error.to_string(), "could not set up what fetching plugins need");
}
