//! One GET over TLS, with every bound on it, and what the client's errors mean.
//!
//! No proxy is taken from the environment and no key of the user is ever sent. Redirects are
//! followed here and not by the client, so that each address is looked at first.

use std::error::Error;

use pentimento_tls::{SetUpError, is_untrusted};
use reqwest::{
    Response, StatusCode, Url,
    header::{ACCEPT, LOCATION, WWW_AUTHENTICATE},
};

use crate::{FetchError, Limits, limits, source::shown};

/// The client.
#[derive(Debug)]
pub(crate) struct Transport(reqwest::Client);

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) url: &'a Url,
    /// The only media type that is of use.
    pub(crate) accept: Option<&'a str>,
    /// Goes to the server of the URL and to no other.
    pub(crate) token: Option<&'a str>,
}

/// An answer of which only the head is read.
pub(crate) struct Answer {
    response: Response,
    by: Url,
}

/// An answer, read to its end.
pub(crate) struct Served {
    pub(crate) bytes: Vec<u8>,
    /// Where it came from in the end.
    pub(crate) by: Url,
}

impl Transport {
    pub(crate) fn new(limits: Limits, extra_roots: Option<&[u8]>) -> Result<Self, FetchError> {
        let client = |error: &dyn Error| FetchError::Client { problem: error.to_string() };
        let built = pentimento_tls::client(extra_roots).map_err(|error| match error {
            SetUpError::Certificates(source) => {
                FetchError::Certificates { problem: source.to_string() }
            }
            SetUpError::Tls(source) => client(&source),
        })?;
        let built = built
            .https_only(true)
            .connect_timeout(limits.connect)
            .read_timeout(limits.silence)
            .build();
        built.map(Self).map_err(|error| client(&error))
    }

    /// What is at this URL, if it is at most so many bytes.
    pub(crate) async fn get(&self, url: &Url, most: usize) -> Result<Served, FetchError> {
        self.send(Ask { url, accept: None, token: None }).await?.read(most).await
    }

    /// The head of an answer, whatever its status.
    pub(crate) async fn send(&self, ask: Ask<'_>) -> Result<Answer, FetchError> {
        let mut url = ask.url.clone();
        for _ in 0..=limits::REDIRECTS {
            let mut request = self.0.get(url.clone());
            if let Some(accept) = ask.accept {
                request = request.header(ACCEPT, accept);
            }
            if let Some(token) = ask.token.filter(|_| url.origin() == ask.url.origin()) {
                request = request.bearer_auth(token);
            }
            let response = request.send().await.map_err(|error| failed(&url, error))?;
            match next(&url, &response)? {
                Some(next) => url = next,
                None => return Ok(Answer { response, by: url }),
            }
        }
        Err(FetchError::Redirect { place: shown(&url), problem: "there are too many redirects" })
    }
}

impl Answer {
    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// How the server wants to be asked instead.
    pub(crate) fn challenge(&self) -> Option<String> {
        let header = self.response.headers().get(WWW_AUTHENTICATE)?;
        header.to_str().ok().map(str::to_owned)
    }

    /// Reads the rest, if it is a good answer of at most so many bytes.
    pub(crate) async fn read(self, most: usize) -> Result<Served, FetchError> {
        let Self { response, by } = self;
        read(by, response, most).await
    }
}

/// Where a redirect leads, if it is one.
fn next(url: &Url, response: &Response) -> Result<Option<Url>, FetchError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let refused = |problem| FetchError::Redirect { place: shown(url), problem };
    let place = response.headers().get(LOCATION).and_then(|place| place.to_str().ok());
    let place = place.and_then(|place| url.join(place).ok());
    let place = place.ok_or_else(|| refused("the address is not valid"))?;
    match () {
        () if place.scheme() != "https" => Err(refused("the address is not `https`")),
        () if !place.username().is_empty() || place.password().is_some() => {
            Err(refused("the address holds a user name or password"))
        }
        () => Ok(Some(place)),
    }
}

/// Memory is taken as bytes arrive: what a server announces is only checked.
async fn read(by: Url, mut response: Response, most: usize) -> Result<Served, FetchError> {
    let status = response.status();
    if status != StatusCode::OK {
        return Err(FetchError::Status { place: shown(&by), status: status.to_string() });
    }
    let too_large = || FetchError::TooLarge { place: shown(&by), limit: most };
    if response.content_length().is_some_and(|announced| announced > most as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > most => return Err(too_large()),
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(Served { bytes, by }),
            Err(error) if error.is_timeout() => {
                return Err(FetchError::TimedOut { place: shown(&by) });
            }
            Err(error) => {
                let source = error.without_url();
                return Err(FetchError::BrokeOff { place: shown(&by), source });
            }
        }
    }
}

/// What it means that no answer came. The error's own URL goes: it may hold what a redirect gave.
fn failed(url: &Url, error: reqwest::Error) -> FetchError {
    let (place, source) = (shown(url), error.without_url());
    match () {
        () if is_untrusted(&source) => FetchError::Untrusted { place, source },
        () if source.is_timeout() => FetchError::TimedOut { place },
        () => FetchError::Unreachable { place, source },
    }
}
