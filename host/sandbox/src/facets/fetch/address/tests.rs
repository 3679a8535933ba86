use std::sync::{Mutex, mpsc};

use super::*;

fn of(address: &str) -> Option<&'static str> {
    forbidden(address.parse().unwrap(), &[])
}

#[test]
fn public_addresses_may_be_reached() {
    for address in [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.31.196.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ] {
        assert_eq!(of(address), None, "{address}");
    }
}

#[test]
fn all_others_may_not() {
    for (address, expected) in [
        ("0.0.0.0", "an unspecified address"),
        ("0.1.2.3", "an unspecified address"),
        ("10.255.255.255", "a private address"),
        ("100.64.0.1", "an address behind a carrier's translation"),
        ("100.100.100.200", "an address behind a carrier's translation"),
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.254", "a loopback address"),
        ("168.63.129.16", "a cloud's metadata service"),
        ("169.254.169.254", "a cloud's metadata service"),
        ("169.254.1.1", "a link-local address"),
        ("172.16.0.1", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.0.0.192", "a reserved address"),
        ("192.0.2.1", "an address for documentation"),
        ("192.88.99.1", "an address of an IPv6 tunnel"),
        ("192.168.1.1", "a private address"),
        ("198.19.255.255", "an address for benchmarks"),
        ("198.51.100.1", "an address for documentation"),
        ("203.0.113.1", "an address for documentation"),
        ("224.0.0.1", "a multicast address"),
        ("239.255.255.255", "a multicast address"),
        ("240.0.0.1", "a reserved address"),
        ("255.255.255.255", "a reserved address"),
        ("::", "an unspecified address"),
        ("::1", "a loopback address"),
        ("::127.0.0.1", "an IPv4 address in an old IPv6 form"),
        ("::ffff:127.0.0.1", "a loopback address"),
        ("::ffff:169.254.169.254", "a cloud's metadata service"),
        ("::ffff:0:127.0.0.1", "a reserved address"),
        ("64:ff9b::169.254.169.254", "a cloud's metadata service"),
        ("64:ff9b::10.0.0.1", "a private address"),
        ("64:ff9b:1::10.0.0.1", "an address of a local translation"),
        ("100::1", "a discard address"),
        ("2001::1", "an address of an IPv6 tunnel"),
        ("2001:2::1", "a reserved address"),
        ("2001:20::1", "a reserved address"),
        ("2001:db8::1", "an address for documentation"),
        ("2002:7f00:1::", "an address of an IPv6 tunnel"),
        ("2002:a9fe:a9fe::", "an address of an IPv6 tunnel"),
        ("3fff::1", "an address for documentation"),
        ("4000::1", "a reserved address"),
        ("5f00::1", "a reserved address"),
        ("fc00::1", "a private address"),
        ("fd00:ec2::254", "a cloud's metadata service"),
        ("fd20:ce::254", "a cloud's metadata service"),
        ("fe80::1", "a link-local address"),
        ("fec0::1", "a private address"),
        ("ff02::1", "a multicast address"),
    ] {
        assert_eq!(of(address), Some(expected), "{address}");
    }
}

#[test]
fn a_network_the_operator_opens_is_open_and_its_neighbors_are_not() {
    let opened = ["10.1.0.0/16".parse().unwrap(), "fd12::/16".parse().unwrap()];
    let may = |address: &str| forbidden(address.parse().unwrap(), &opened).is_none();
    assert!(may("10.1.2.3") && may("::ffff:10.1.2.3") && may("64:ff9b::10.1.2.3"));
    assert!(may("fd12::1") && !may("fd13::1"));
    assert!(!may("10.2.0.1") && !may("127.0.0.1"));
}

#[tokio::test]
async fn the_system_knows_this_machine() {
    let found = AskSystem.resolve("localhost").await.unwrap();
    assert!(found.iter().all(IpAddr::is_loopback) && !found.is_empty(), "{found:?}");
}

#[tokio::test]
async fn lookups_that_nobody_waits_for_any_more_still_count() {
    let (began, beginnings) = mpsc::channel();
    let (answer, answers) = mpsc::channel::<()>();
    let answers = Mutex::new(answers);
    let slow = AskInThreads::new(Arc::new(move |host: &str| {
        began.send(host.to_owned()).unwrap();
        answers.lock().unwrap().recv().unwrap();
        Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)])
    }));
    for call in 0..limits::LOOKUPS {
        let host = format!("{call}.test");
        // Asked, and given up at once, as by a call that its deadline ends.
        let mut lookup = std::pin::pin!(slow.resolve(&host));
        assert!(look_at(lookup.as_mut()).is_none());
        assert_eq!(beginnings.recv().unwrap(), host);
    }
    assert_eq!(slow.permits.available_permits(), 0);
    let mut ninth = std::pin::pin!(slow.resolve("ninth.test"));
    assert!(look_at(ninth.as_mut()).is_none());
    assert!(beginnings.try_recv().is_err(), "the ninth has not begun");
    for _ in 0..=limits::LOOKUPS {
        answer.send(()).unwrap();
    }
    assert_eq!(ninth.await.unwrap(), [IpAddr::V4(Ipv4Addr::LOCALHOST)]);
    assert_eq!(beginnings.recv().unwrap(), "ninth.test");
}

/// What a future gives when it is looked at once.
fn look_at<T>(future: std::pin::Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Option<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.poll(&mut context) {
        std::task::Poll::Ready(value) => Some(value),
        std::task::Poll::Pending => None,
    }
}
