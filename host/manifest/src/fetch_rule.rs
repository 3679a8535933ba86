//! One destination a plugin asks to reach: scheme, host, port, methods, and the secret the host
//! adds for it.
//!
//! Whether a request fits a rule is decided here; connecting is the sandbox's business.

use std::{collections::BTreeSet, fmt, net::IpAddr};

use serde::Deserialize;

use crate::{ManifestError, bounds, error::broken};

/// How a host is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Encrypted, with the host's certificate checked.
    Https,
    /// In the clear.
    Http,
}

impl Scheme {
    /// The word before `://`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }

    /// The port if none is named.
    pub const fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

/// What a request does (RFC 9110, section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Reads only the headers.
    Head,
    /// Sends.
    Post,
    /// Replaces.
    Put,
    /// Changes in part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// All that can be asked for.
    pub const ALL: [Self; 6] =
        [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The word in a request.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The method with this name, exactly.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}

/// A secret the host puts into a header of the plugin's requests. The plugin never sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    /// The name under which the operator keeps it.
    pub name: String,
    /// The header's name, in lower case.
    pub header: String,
}

/// One destination.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FetchRule {
    /// How it is spoken to.
    pub scheme: Scheme,
    /// A name in lower case, or an address. No wildcards.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// What may be done there.
    pub methods: BTreeSet<Method>,
    /// What the host adds.
    pub secret: Option<Secret>,
}

/// The rule's keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawRule {
    #[serde(default = "https")]
    scheme: Scheme,
    host: String,
    port: Option<u16>,
    #[serde(default = "get")]
    methods: BTreeSet<Method>,
    secret: Option<RawSecret>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSecret {
    name: String,
    header: String,
}

const fn https() -> Scheme {
    Scheme::Https
}

fn get() -> BTreeSet<Method> {
    BTreeSet::from([Method::Get])
}

/// Headers that steer the connection itself; a secret there would change more than who asks.
const STEERING: &[&str] =
    &["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"];

impl FetchRule {
    pub(crate) fn check(raw: RawRule) -> Result<Self, ManifestError> {
        let RawRule { scheme, host, port, methods, secret } = raw;
        if !is_host(&host) {
            let host = pentimento_model::clean(&host);
            return Err(broken(format!(
                "`fetch` names the host `{host}`; it must be a name in lower case or an address, \
                 without wildcards"
            )));
        }
        if methods.is_empty() {
            return Err(broken(format!("`fetch` names no method for `{host}`")));
        }
        let port = port.unwrap_or(scheme.default_port());
        let secret = secret.map(|raw| check_secret(raw, scheme)).transpose()?;
        Ok(Self { scheme, host, port, methods, secret })
    }

    /// True if a request to this place fits the rule.
    pub fn fits(&self, scheme: &str, host: &str, port: u16, method: Method) -> bool {
        self.scheme.as_str() == scheme
            && self.host == host
            && self.port == port
            && self.methods.contains(&method)
    }
}

impl fmt::Display for FetchRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port, methods, secret } = self;
        let methods: Vec<_> = methods.iter().map(|method| method.as_str()).collect();
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        write!(formatter, "{} {}://{host}:{port}", methods.join(","), scheme.as_str())?;
        match secret {
            Some(Secret { name, header }) => {
                write!(formatter, " with the secret {name} as {header}")
            }
            None => Ok(()),
        }
    }
}

fn check_secret(raw: RawSecret, scheme: Scheme) -> Result<Secret, ManifestError> {
    let RawSecret { name, header } = raw;
    if !crate::manifest::is_plain(&name) {
        return Err(broken("a secret's name must be 1 to 64 of a-z, 0-9 and -"));
    }
    let token = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let steers = STEERING.contains(&header.as_str()) || header.starts_with("proxy-");
    if header.is_empty()
        || header.len() > bounds::NAME_BYTES
        || !header.bytes().all(token)
        || steers
    {
        let header = pentimento_model::clean(&header);
        return Err(broken(format!("the secret `{name}` cannot go into a header `{header}`")));
    }
    if scheme == Scheme::Http {
        return Err(broken(format!("the secret `{name}` must not travel without https")));
    }
    Ok(Secret { name, header })
}

/// Names of letters, digits, dots and hyphens that no reader could take for an address in
/// disguise (`0x7f.1`, `2130706433`), or an address as it is always written.
fn is_host(host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return address.to_string() == host;
    }
    let label = |label: &str| {
        let byte = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(byte)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    host.len() <= bounds::HOST_BYTES && host.split('.').all(label) && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_or_plain_addresses() {
        for good in ["example.org", "a", "xn--bcher-kva.example", "192.0.2.1", "::1", "2001:db8::1"]
        {
            assert!(is_host(good), "{good}");
        }
        let long = "a.".repeat(127) + "aa";
        for bad in [
            "",
            ".",
            "a..b",
            "*.example.org",
            "Example.org",
            "a b",
            "a/b",
            "a:80",
            "a@b",
            "-a",
            "a-",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "127.1",
            "127.0.0.01",
            "[::1]",
            "0:0:0:0:0:0:0:1",
            "bücher.example",
            &long,
        ] {
            assert!(!is_host(bad), "{bad}");
        }
    }
}
