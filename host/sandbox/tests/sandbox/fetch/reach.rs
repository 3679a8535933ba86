//! Which of a host's addresses are tried, and for how long. On Linux, where this machine answers to
//! all of 127.0.0.0/8.

use std::{
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use tokio::net::TcpSocket;

use super::{
    servers::Server,
    set_up::{Names, refusal, rule, say, with_names, witness},
};
use crate::guests::wait;

const NOTHING: &str = "HTTP/1.1 204 No Content\r\n\r\n";

#[test]
fn four_addresses_of_a_host_are_tried_and_no_fifth() {
    let server = Server::saying(NOTHING);
    let question = format!("fetch GET http://good.test:{}/", server.port);
    // Nobody listens at the others, which their kernel says at once.
    let others = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"];
    let ask = |before: usize| {
        let addresses: Vec<_> = others.into_iter().take(before).chain(["127.0.0.1"]).collect();
        let names = Names::of(&[("good.test", &[&addresses])]);
        let plugin = witness(with_names(names, &["127.0.0.0/8"]), &rule("good.test", server.port));
        (say(&plugin, &question), plugin)
    };
    assert_eq!(ask(3).0, Ok("204 ".to_owned()));
    let (_, plugin) = ask(4);
    let expected = format!("`good.test` takes no connection on port {} (unreachable)", server.port);
    assert_eq!(refusal(&plugin, &question), expected);
    assert_eq!(server.visits(), 1);
}

#[test]
fn an_address_that_takes_no_connection_gives_way_to_the_next() {
    let server = Server::saying(NOTHING);
    // A queue for two connections that nobody takes out: the kernel drops whoever comes after them.
    let full = SocketAddr::from(([127, 0, 0, 2], server.port));
    let listener = wait(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(full).unwrap();
        socket.listen(1).unwrap().into_std().unwrap()
    });
    let short = Duration::from_millis(50);
    let connect = || TcpStream::connect_timeout(&full, short);
    let waiting: Vec<_> = std::iter::from_fn(|| connect().ok()).take(100).collect();
    assert!((1..100).contains(&waiting.len()), "{} in the queue", waiting.len());
    let names = Names::of(&[("good.test", &[&["127.0.0.2", "127.0.0.1"]])]);
    let plugin = witness(with_names(names, &["127.0.0.0/8"]), &rule("good.test", server.port));
    // A kernel tries for two minutes, and the call has one.
    let question = format!("fetch GET http://good.test:{}/", server.port);
    assert_eq!(say(&plugin, &question), Ok("204 ".to_owned()));
    assert_eq!(server.visits(), 1);
    drop((listener, waiting));
}
