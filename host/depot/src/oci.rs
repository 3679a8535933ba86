//! A component in an OCI registry, after the CNCF's layout for Wasm: a manifest with one layer that
//! is the component. Both are held against their digests.
//!
//! The reference must name the manifest's digest: a tag says what is there today. No login is sent;
//! where a registry wants a token of everybody, one for nobody is asked for.

use http_auth::{ChallengeRef, parse_challenges};
use oci_spec::{distribution::Reference, image::ImageManifest};
use reqwest::{StatusCode, Url};
use serde::Deserialize;

use crate::{
    FetchError, Sha256, limits,
    source::{BadSource, check_digest, shown},
    transport::{Answer, Ask, Served, Transport},
};

/// How a reference begins where paths and URLs may stand too.
pub(crate) const SCHEME: &str = "oci://";
/// What follows an `@` unless it is a user's name that stands before it.
const DIGESTS: [&str; 2] = ["sha256:", "sha512:"];
/// What the manifest must be.
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// What its only layer may be: the CNCF's type, and the one that came before it.
const LAYERS: [&str; 2] = ["application/wasm", "application/vnd.wasm.content.layer.v1+wasm"];

/// A checked reference: registry, repository, perhaps a tag, and the manifest's digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    reference: Reference,
    manifest: Sha256,
}

impl Pinned {
    /// Reads `oci://REGISTRY/REPOSITORY[:TAG]@sha256:DIGEST`.
    pub(crate) fn of(word: &str) -> Result<Self, FetchError> {
        let word = word.trim();
        // Without what may be a query: it could be a key.
        let place = word.split(['?', '#']).next().unwrap_or_default();
        let wrong = |problem| FetchError::Source { place: pentimento_model::clean(place), problem };
        let text = word.strip_prefix(SCHEME).unwrap_or(word);
        let mut after_signs = text.split('@').skip(1);
        if after_signs.any(|after| !DIGESTS.iter().any(|kind| after.starts_with(kind))) {
            let place = format!("{SCHEME}…");
            return Err(FetchError::Source { place, problem: BadSource::User });
        }
        let reference: Reference = text.parse().map_err(|_| wrong(BadSource::Reference))?;
        if !text.starts_with(&format!("{}/", reference.registry())) {
            return Err(wrong(BadSource::NoRegistry));
        }
        let digest = reference.digest().ok_or_else(|| wrong(BadSource::NoPin))?;
        let manifest = digest.strip_prefix("sha256:").and_then(Sha256::from_hex);
        let manifest = manifest.ok_or_else(|| wrong(BadSource::NotADigest))?;
        let pinned = Self { reference, manifest };
        pinned.url("manifests", &pinned.manifest).ok_or_else(|| wrong(BadSource::Reference))?;
        Ok(pinned)
    }

    /// For people.
    pub(crate) fn shown(&self) -> String {
        format!("{SCHEME}{}", self.reference.whole())
    }

    /// True if this is the registry itself.
    pub(crate) fn is_at(&self, by: &Url) -> bool {
        self.url("manifests", &self.manifest).is_some_and(|url| url.origin() == by.origin())
    }

    /// Where the registry has a manifest or a blob of the repository.
    fn url(&self, kind: &str, digest: &Sha256) -> Option<Url> {
        let (registry, repository) =
            (self.reference.resolve_registry(), self.reference.repository());
        Url::parse(&format!("https://{registry}/v2/{repository}/{kind}/sha256:{digest}")).ok()
    }
}

/// Asks one registry for one plugin.
pub(crate) struct Registry<'a> {
    pub(crate) transport: &'a Transport,
    pub(crate) pinned: &'a Pinned,
    /// The most bytes of a component.
    pub(crate) most: usize,
}

impl Registry<'_> {
    /// The component. `wanted` is its digest, if somebody knows it already.
    pub(crate) async fn component(&self, wanted: Option<&Sha256>) -> Result<Served, FetchError> {
        let mut token = None;
        let manifest = &self.pinned.manifest;
        let served = self.get("manifests", manifest, limits::MANIFEST_BYTES, &mut token).await?;
        check_digest(&self.pinned.shown(), manifest, &served.bytes)?;
        let layer = self.layer(&served.bytes)?;
        if let Some(wanted) = wanted.filter(|wanted| **wanted != layer) {
            let (wanted, found) = (wanted.to_string(), layer.to_string());
            return Err(FetchError::Digest { place: self.pinned.shown(), wanted, found });
        }
        let served = self.get("blobs", &layer, self.most, &mut token).await?;
        check_digest(&shown(&served.by), &layer, &served.bytes)?;
        Ok(served)
    }

    /// The digest of the layer that is the component.
    fn layer(&self, manifest: &[u8]) -> Result<Sha256, FetchError> {
        let wrong = |problem: String| FetchError::Manifest { place: self.pinned.shown(), problem };
        let kind: Kind = serde_json::from_slice(manifest)
            .map_err(|_| wrong("its manifest is no JSON of that kind".to_owned()))?;
        if kind.manifests.is_some() {
            return Err(wrong("it is an index of manifests, not one".to_owned()));
        }
        let manifest: ImageManifest = serde_json::from_slice(manifest)
            .map_err(|_| wrong("its manifest is no JSON of that kind".to_owned()))?;
        let [layer] = manifest.layers().as_slice() else {
            return Err(wrong(format!("it has {} layers, not one", manifest.layers().len())));
        };
        let media_type = layer.media_type().to_string();
        if !LAYERS.contains(&media_type.as_str()) {
            let media_type = pentimento_model::clean(&media_type);
            return Err(wrong(format!("its layer is `{media_type}`, not `{}`", LAYERS[0])));
        }
        if layer.size() > self.most as u64 {
            return Err(FetchError::TooLarge { place: self.pinned.shown(), limit: self.most });
        }
        let digest = layer.as_digest_sha256().and_then(Sha256::from_hex);
        digest.ok_or_else(|| wrong("its layer is not named by a SHA-256".to_owned()))
    }

    /// A manifest or a blob; with a token for nobody if the registry wants one of everybody.
    async fn get(
        &self,
        kind: &str,
        digest: &Sha256,
        most: usize,
        token: &mut Option<String>,
    ) -> Result<Served, FetchError> {
        let wrong =
            || FetchError::Source { place: self.pinned.shown(), problem: BadSource::Reference };
        let url = self.pinned.url(kind, digest).ok_or_else(wrong)?;
        let accept = (kind == "manifests").then_some(MANIFEST);
        let ask = Ask { url: &url, accept, token: token.as_deref() };
        let mut answer = self.transport.send(ask).await?;
        if answer.status() == StatusCode::UNAUTHORIZED && token.is_none() {
            *token = Some(self.token(&answer).await?);
            let ask = Ask { url: &url, accept, token: token.as_deref() };
            answer = self.transport.send(ask).await?;
        }
        match answer.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(self.login()),
            _ => answer.read(most).await,
        }
    }

    /// A token for nobody in particular, from where the registry says.
    async fn token(&self, refusal: &Answer) -> Result<String, FetchError> {
        let header = refusal.challenge().ok_or_else(|| self.login())?;
        let url = self.realm(&header).ok_or_else(|| self.login())?;
        let answer = self.transport.send(Ask { url: &url, accept: None, token: None }).await?;
        if answer.status() != StatusCode::OK {
            return Err(self.login());
        }
        let served = answer.read(limits::TOKEN_BYTES).await?;
        let token = serde_json::from_slice::<Token>(&served.bytes).ok();
        let token = token.and_then(|token| token.token.or(token.access_token));
        // It becomes a header.
        let token = token.filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()));
        token.ok_or_else(|| self.login())
    }

    /// Where a bearer's token is asked for.
    fn realm(&self, header: &str) -> Option<Url> {
        let challenges = parse_challenges(header).ok()?;
        let bearer = challenges.iter().find(|one| one.scheme.eq_ignore_ascii_case("bearer"))?;
        let mut url = Url::parse(&parameter(bearer, "realm")?).ok()?;
        let is_plain = url.username().is_empty() && url.password().is_none();
        if url.scheme() != "https" || !is_plain {
            return None;
        }
        let scope = format!("repository:{}:pull", self.pinned.reference.repository());
        let mut query = url.query_pairs_mut();
        if let Some(service) = parameter(bearer, "service") {
            query.append_pair("service", &service);
        }
        query.append_pair("scope", &scope);
        drop(query);
        Some(url)
    }

    fn login(&self) -> FetchError {
        FetchError::Login { place: self.pinned.shown() }
    }
}

fn parameter(challenge: &ChallengeRef<'_>, name: &str) -> Option<String> {
    let mut parameters = challenge.params.iter();
    let found = parameters.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_unescaped())
}

/// What tells an index from a manifest.
#[derive(Deserialize)]
struct Kind {
    manifests: Option<serde::de::IgnoredAny>,
}

/// An answer of a token server.
#[derive(Deserialize)]
struct Token {
    token: Option<String>,
    access_token: Option<String>,
}
