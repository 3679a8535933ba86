//! Which places are reached: those a granted rule names, at addresses that are public or opened,
//! and no other, whatever URL, redirect, resolver or environment says.

use std::{env, process::Command};

use pentimento_model::{Capability, FaultKind, Grant};
use pentimento_sandbox::SandboxSettings;

use super::{
    servers::{Server, echo},
    set_up::{Names, at_home, refusal, rule, say, with_names, witness, witness_granted},
};

#[test]
fn a_granted_request_is_sent_and_answered() {
    let server = Server::plain(echo);
    let port = server.port;
    let plugin = witness(at_home(), &rule("good.test", port));
    let question = format!("fetch POST http://GOOD.test:{port}/a?b=c#d|X-One: two|#3");
    // Proofs are one line: ends of lines became spaces.
    let sent = format!(
        "200 POST /a?b=c HTTP/1.1  host: good.test:{port}  x-one: two  content-length: 3    aaa"
    );
    assert_eq!(say(&plugin, &question), Ok(sent));
}

#[test]
fn what_no_rule_names_is_not_reached() {
    let server = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let port = server.port;
    let plugin = witness(at_home(), &rule("good.test", port));
    let other = port.wrapping_add(1);
    for (request, named) in [
        (format!("GET http://evil.test:{port}/"), format!("GET http://evil.test:{port}")),
        (format!("GET https://good.test:{port}/"), format!("GET https://good.test:{port}")),
        (format!("GET http://good.test:{other}/"), format!("GET http://good.test:{other}")),
        ("GET http://good.test/".to_owned(), "GET http://good.test:80".to_owned()),
        (format!("DELETE http://good.test:{port}/"), format!("DELETE http://good.test:{port}")),
        (format!("GET http://good.test.:{port}/"), format!("GET http://good.test.:{port}")),
        (format!("GET http://a.good.test:{port}/"), format!("GET http://a.good.test:{port}")),
        (format!("GET http://127.0.0.1:{port}/"), format!("GET http://127.0.0.1:{port}")),
    ] {
        let expected = format!("no rule of `fetch` in `plugin.toml` names {named} (not-wanted)");
        assert_eq!(refusal(&plugin, &format!("fetch {request}")), expected, "{request}");
    }
    let user = "the URL has a user name or password, which no request may have (bad-request)";
    for url in ["http://good.test@evil.test", "http://good.test:x@evil.test", "http://x@good.test"]
    {
        assert_eq!(refusal(&plugin, &format!("fetch GET {url}:{port}/")), user, "{url}");
    }
    assert_eq!(server.visits(), 0);
}

#[test]
fn what_was_not_granted_says_what_to_add() {
    let rules = format!("{}, {}", rule("good.test", 81), rule("evil.test", 81));
    let allowed = "fetch GET,POST http://good.test:81".to_owned();
    let grant = Grant::default().with_powers([allowed]).with_private_input_and_egress();
    let plugin = witness_granted(at_home(), &rules, &grant);
    let power = "fetch GET,POST http://evil.test:81";
    let expected = format!(
        "the operator did not grant `{power}`; to allow it, run `pentimento plugin grant witness \
         --allow \"{power}\"` (refused)"
    );
    assert_eq!(refusal(&plugin, "fetch POST http://evil.test:81/"), expected);
    let plugin = witness_granted(at_home(), &rules, &Grant::default());
    let expected = "the operator did not grant `fetch`; to allow it, run `pentimento plugin grant \
                    witness --allow fetch` (refused)";
    assert_eq!(refusal(&plugin, "fetch GET http://good.test:81/"), expected);
}

#[test]
fn who_can_send_is_not_told_the_idea_without_a_second_consent() {
    let grant = Grant::of([Capability::Fetch]);
    let plugin = witness_granted(at_home(), &rule("good.test", 81), &grant);
    let told_nothing = Err((FaultKind::Failed, " (unknown-question)".to_owned()));
    assert_eq!(say(&plugin, "type"), told_nothing);
    let plugin = witness(at_home(), &rule("good.test", 81));
    assert_eq!(say(&plugin, "type"), Ok("text/plain 0".to_owned()));
    let plugin = witness_granted(at_home(), &rule("good.test", 81), &Grant::default());
    assert_eq!(say(&plugin, "type"), Ok("text/plain 0".to_owned()));
}

#[test]
fn a_redirect_is_handed_back_and_not_followed() {
    let evil = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let location = format!("http://evil.test:{}/", evil.port);
    let answer = format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
    let good = Server::plain(move |_, stream| drop(stream.write_all(answer.as_bytes())));
    let plugin = witness(at_home(), &rule("good.test", good.port));
    let question = format!("header Location GET http://good.test:{}/", good.port);
    assert_eq!(say(&plugin, &question), Ok(format!("302 Some({location:?})")));
    assert_eq!((good.visits(), evil.visits()), (1, 0));
    // The plugin's own next request is judged like any other.
    let expected = format!(
        "no rule of `fetch` in `plugin.toml` names GET http://evil.test:{} (not-wanted)",
        evil.port
    );
    assert_eq!(refusal(&plugin, &format!("fetch GET {location}")), expected);
}

#[test]
fn a_name_that_leads_elsewhere_the_second_time_is_judged_again() {
    let server = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let port = server.port;
    let names = Names::of(&[("good.test", &[&["127.0.0.1"], &["169.254.169.254"]])]);
    let plugin = witness(with_names(names, &["127.0.0.0/8"]), &rule("good.test", port));
    let question = format!("fetch GET http://good.test:{port}/");
    // Had it been looked up twice for one request, this one would fail.
    assert_eq!(say(&plugin, &question), Ok("204 ".to_owned()));
    let expected = "`good.test` leads to a cloud's metadata service; only public ones may be \
                    reached (blocked)";
    assert_eq!(refusal(&plugin, &question), expected);
    assert_eq!(server.visits(), 1);
}

#[test]
fn one_forbidden_address_among_others_is_enough() {
    let server = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let names = Names::of(&[("good.test", &[&["127.0.0.1", "10.0.0.1"]])]);
    let plugin = witness(with_names(names, &["127.0.0.0/8"]), &rule("good.test", server.port));
    let expected =
        "`good.test` leads to a private address; only public ones may be reached (blocked)";
    let question = format!("fetch GET http://good.test:{}/", server.port);
    assert_eq!(refusal(&plugin, &question), expected);
    assert_eq!(server.visits(), 0);
}

#[test]
fn names_that_lead_inside_are_not_followed_there() {
    for (address, what) in [
        ("127.0.0.1", "a loopback address"),
        ("10.0.0.1", "a private address"),
        ("169.254.169.254", "a cloud's metadata service"),
        ("fd00:ec2::254", "a cloud's metadata service"),
        ("::ffff:169.254.169.254", "a cloud's metadata service"),
        ("64:ff9b::a9fe:a9fe", "a cloud's metadata service"),
        ("::169.254.169.254", "an IPv4 address in an old IPv6 form"),
        ("2002:a9fe:a9fe::", "an address of an IPv6 tunnel"),
        ("2001:0:a9fe:a9fe::", "an address of an IPv6 tunnel"),
        ("100.64.0.1", "an address behind a carrier's translation"),
        ("224.0.0.1", "a multicast address"),
        ("0.0.0.0", "an unspecified address"),
        ("192.0.2.1", "an address for documentation"),
    ] {
        let names = Names::of(&[("good.test", &[&[address]])]);
        let plugin = witness(with_names(names, &[]), &rule("good.test", 81));
        let expected = format!("`good.test` leads to {what}; only public ones may be reached");
        let found = refusal(&plugin, "fetch GET http://good.test:81/");
        assert_eq!(found, format!("{expected} (blocked)"), "{address}");
    }
}

#[test]
fn a_rule_for_an_address_opens_no_inner_network() {
    for (host, in_url, what) in [
        ("127.0.0.1", "127.0.0.1", "a loopback address"),
        ("169.254.169.254", "169.254.169.254", "a cloud's metadata service"),
        ("fd00:ec2::254", "[FD00:EC2::254]", "a cloud's metadata service"),
        ("::ffff:127.0.0.1", "[::ffff:127.0.0.1]", "a loopback address"),
        ("::1", "[::1]", "a loopback address"),
    ] {
        let plugin = witness(SandboxSettings::default(), &rule(host, 81));
        let expected = format!("`{host}` leads to {what}; only public ones may be reached");
        let found = refusal(&plugin, &format!("fetch GET http://{in_url}:81/"));
        assert_eq!(found, format!("{expected} (blocked)"));
    }
}

#[test]
fn an_address_is_reached_if_a_rule_names_it_and_its_network_is_open() {
    let server = Server::saying("HTTP/1.1 204 No Content\r\n\r\n");
    let port = server.port;
    let plugin = witness(at_home(), &rule("127.0.0.1", port));
    assert_eq!(say(&plugin, &format!("fetch GET http://127.0.0.1:{port}/")), Ok("204 ".to_owned()));
    for disguise in ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1."] {
        let expected = format!(
            "no rule of `fetch` in `plugin.toml` names GET http://{disguise}:{port} (not-wanted)"
        );
        let question = format!("fetch GET http://{disguise}:{port}/");
        assert_eq!(refusal(&plugin, &question), expected);
    }
    assert_eq!(server.visits(), 1);
}

#[test]
fn a_name_without_an_address_and_a_port_without_a_server_are_told() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let rules = format!("{}, {}", rule("good.test", free), rule("nowhere.test", 81));
    let plugin = witness(at_home(), &rules);
    assert_eq!(
        refusal(&plugin, &format!("fetch GET http://good.test:{free}/")),
        format!("`good.test` takes no connection on port {free} (unreachable)")
    );
    assert_eq!(
        refusal(&plugin, "fetch GET http://nowhere.test:81/"),
        "no address was found for `nowhere.test` (unreachable)"
    );
}

#[test]
fn proxies_of_the_environment_are_not_asked() {
    let proxy = Server::saying("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let mut again = Command::new(env::current_exe().unwrap());
    again.args(["fetch::places::a_granted_request_is_sent_and_answered", "--exact"]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    {
        again.env(name, &address);
    }
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(proxy.visits(), 0);
}
