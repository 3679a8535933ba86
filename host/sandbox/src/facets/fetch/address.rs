//! Where a name leads: looked up once for each request, and judged before anybody connects.
//!
//! Only addresses of the public internet may be reached, and those of networks the operator opens.
//! The tables are IANA's special-purpose registries (IPv4 and IPv6, RFC 6890 and its updates).

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs},
    sync::{Arc, LazyLock},
    thread,
};

use async_trait::async_trait;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use tokio::sync::{Semaphore, oneshot};

use crate::limits;

/// Finds the addresses of a host.
#[async_trait]
pub trait Resolve: fmt::Debug + Send + Sync {
    /// All addresses of a name. Asked once for each request.
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// Finds addresses and keeps its thread until it has them.
type Lookup = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// Asks somebody who keeps a thread busy meanwhile.
pub(super) struct AskInThreads {
    lookup: Arc<Lookup>,
    /// One permit a lookup in progress. It is given back when the answer is there, not when the
    /// caller has gone, so that calls cannot pile up threads.
    permits: Arc<Semaphore>,
}

impl AskInThreads {
    fn new(lookup: Arc<Lookup>) -> Self {
        Self { lookup, permits: Arc::new(Semaphore::new(limits::LOOKUPS)) }
    }
}

/// Asks the operating system, which all sandboxes of a program share.
#[derive(Debug)]
pub(super) struct AskSystem;

static SYSTEM: LazyLock<AskInThreads> = LazyLock::new(|| {
    AskInThreads::new(Arc::new(|host: &str| {
        let found = (host, 0).to_socket_addrs()?;
        Ok(found.map(|address| address.ip()).collect())
    }))
});

#[async_trait]
impl Resolve for AskSystem {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        SYSTEM.resolve(host).await
    }
}

#[async_trait]
impl Resolve for AskInThreads {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(io::Error::other)?;
        let (sender, receiver) = oneshot::channel();
        let (host, lookup) = (host.to_owned(), Arc::clone(&self.lookup));
        // A thread of its own: the runtime's would keep the program from ending.
        thread::Builder::new().name("plugin-lookup".to_owned()).spawn(move || {
            let found = lookup(&host);
            drop(permit);
            // Nobody is left to tell if the call ended meanwhile.
            let _ = sender.send(found);
        })?;
        receiver.await.map_err(io::Error::other)?
    }
}

impl fmt::Debug for AskInThreads {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AskInThreads({} free)", self.permits.available_permits())
    }
}

/// What an address is, if plugins may not reach it; `None` for those they may.
pub(super) fn forbidden(address: IpAddr, opened: &[IpNet]) -> Option<&'static str> {
    let address = meant(address);
    if opened.iter().any(|network| network.contains(&address)) {
        return None;
    }
    match address {
        IpAddr::V4(address) => within_v4(address),
        IpAddr::V6(address) => within_v6(address),
    }
}

/// The IPv4 address that is reached through an IPv6 form of it, where the system or a gateway would
/// really do so: mapped (RFC 4291) and NAT64 (RFC 6052).
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address else { return address };
    let mapped = six.to_ipv4_mapped();
    let four = mapped.or_else(|| NAT64.contains(&six).then(|| last_four(six)));
    four.map_or(address, IpAddr::V4)
}

fn last_four(address: Ipv6Addr) -> Ipv4Addr {
    let [.., a, b, c, d] = address.octets();
    Ipv4Addr::new(a, b, c, d)
}

fn within_v4(address: Ipv4Addr) -> Option<&'static str> {
    let (_, what) = FORBIDDEN_V4.iter().find(|(network, _)| network.contains(&address))?;
    Some(what)
}

fn within_v6(address: Ipv6Addr) -> Option<&'static str> {
    if let Some((_, what)) = FORBIDDEN_V6.iter().find(|(network, _)| network.contains(&address)) {
        return Some(what);
    }
    // All that IANA has given out for the public internet; what comes later is not known here.
    (!GLOBAL_UNICAST.contains(&address)).then_some("a reserved address")
}

const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), prefix)
}

const fn v6(a: u16, b: u16, c: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), prefix)
}

const NAT64: Ipv6Net = v6(0x64, 0xff9b, 0, 96);
const GLOBAL_UNICAST: Ipv6Net = v6(0x2000, 0, 0, 3);

/// The first that fits gives the word.
const FORBIDDEN_V4: &[(Ipv4Net, &str)] = &[
    (v4(0, 0, 0, 8), "an unspecified address"),
    (v4(10, 0, 0, 8), "a private address"),
    (v4(100, 64, 0, 10), "an address behind a carrier's translation"),
    (v4(127, 0, 0, 8), "a loopback address"),
    (Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 169, 254), 32), "a cloud's metadata service"),
    (v4(169, 254, 0, 16), "a link-local address"),
    (v4(172, 16, 0, 12), "a private address"),
    (v4(192, 0, 0, 24), "a reserved address"),
    (v4(192, 0, 2, 24), "an address for documentation"),
    (v4(192, 88, 99, 24), "an address of an IPv6 tunnel"),
    (v4(192, 168, 0, 16), "a private address"),
    (v4(198, 18, 0, 15), "an address for benchmarks"),
    (v4(198, 51, 100, 24), "an address for documentation"),
    (v4(203, 0, 113, 24), "an address for documentation"),
    // Public by its number, but answered by the machine's own host (Azure).
    (Ipv4Net::new_assert(Ipv4Addr::new(168, 63, 129, 16), 32), "a cloud's metadata service"),
    (v4(224, 0, 0, 4), "a multicast address"),
    (v4(240, 0, 0, 4), "a reserved address"),
];

const FORBIDDEN_V6: &[(Ipv6Net, &str)] = &[
    (Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 128), "an unspecified address"),
    (Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128), "a loopback address"),
    (v6(0, 0, 0, 96), "an IPv4 address in an old IPv6 form"),
    (v6(0x64, 0xff9b, 1, 48), "an address of a local translation"),
    (v6(0x100, 0, 0, 64), "a discard address"),
    (v6(0x2001, 0, 0, 32), "an address of an IPv6 tunnel"),
    (v6(0x2001, 0, 0, 23), "a reserved address"),
    (v6(0x2001, 0xdb8, 0, 32), "an address for documentation"),
    (v6(0x2002, 0, 0, 16), "an address of an IPv6 tunnel"),
    (v6(0x3fff, 0, 0, 20), "an address for documentation"),
    (
        Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128),
        "a cloud's metadata service",
    ),
    (
        Ipv6Net::new_assert(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254), 128),
        "a cloud's metadata service",
    ),
    (v6(0xfc00, 0, 0, 7), "a private address"),
    (v6(0xfe80, 0, 0, 10), "a link-local address"),
    (v6(0xfec0, 0, 0, 10), "a private address"),
    (v6(0xff00, 0, 0, 8), "a multicast address"),
];

#[cfg(test)]
mod tests;
