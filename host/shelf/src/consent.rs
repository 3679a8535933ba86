//! What the operator of this machine consented to: for exactly these bytes and this request, until
//! a day, and with how much say.
//!
//! Kept in the user's own data folder, which no plugin and no model can reach.

use jiff::Timestamp;
use pentimento_manifest::Power;
use pentimento_model::{Capability, Grant, Mode};
use serde::{Deserialize, Serialize};

use crate::{Conformance, LockedPlugin, Tried};

/// What stands at the head of the file.
pub(crate) const HEADING: &str = "# Written by `pentimento plugin grant` and `deny`. Consent is local: do not share this file.\n";

/// One decision of the operator.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Consent {
    /// The plugin's name.
    pub plugin: String,
    /// Its exact bytes.
    pub digest: String,
    /// The request this answers.
    pub request: String,
    /// Facets, or single powers in the words of `review`, that it may use.
    pub allow: Vec<String>,
    /// Those it may not. Everything not allowed is refused; this remembers that somebody said so.
    pub deny: Vec<String>,
    /// The second consent: private input and egress together.
    #[serde(default)]
    pub with_private_input: bool,
    /// How much say it has.
    #[serde(with = "mode_word")]
    pub mode: Mode,
    /// When this was decided.
    pub decided: Timestamp,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// How it answered on this machine then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
}

impl Consent {
    /// True if it answers exactly this plugin.
    pub(crate) fn answers(&self, plugin: &LockedPlugin) -> bool {
        let Consent { plugin: name, digest, request, .. } = self;
        (name, digest, request) == (&plugin.name, &plugin.digest, &plugin.request)
    }

    /// True if the plugin may not be run at all.
    pub fn denies(&self) -> bool {
        self.deny.iter().any(|word| word == EVERYTHING)
    }

    /// True if it answered otherwise on this machine than where the lock file was written.
    pub(crate) fn differs_from(&self, plugin: &LockedPlugin) -> bool {
        let locked = plugin.conformance.as_ref().map(Conformance::tried);
        let both = self.tried.as_ref().zip(locked.as_ref());
        both.is_some_and(|(here, locked)| here.asked == locked.asked && here != locked)
    }

    /// True if it has ended.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// What the sandbox is to give.
    pub fn grant(&self) -> Grant {
        let denied = |word: &String| self.deny.contains(word);
        let allowed: Vec<_> = self.allow.iter().filter(|word| !denied(word)).cloned().collect();
        let facets = allowed.iter().filter_map(|word| Capability::from_name(word));
        let grant = Grant::of(facets).with_powers(allowed.iter().cloned());
        if self.with_private_input { grant.with_private_input_and_egress() } else { grant }
    }
}

/// A mode as its word.
mod mode_word {
    use pentimento_model::Mode;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    pub(super) fn serialize<S: Serializer>(mode: &Mode, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(mode.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Mode, D::Error> {
        let word = String::deserialize(from)?;
        Mode::from_name(&word)
            .ok_or_else(|| D::Error::custom("a mode is shadow, advise or enforce"))
    }
}

/// The word in `deny` for a plugin that is not to be run.
pub(crate) const EVERYTHING: &str = "everything";

/// True if a word names a facet of the request, or one of its powers.
pub(crate) fn names_a_power(word: &str, powers: &[Power]) -> bool {
    powers.iter().any(|power| power.words == word || power.facet.as_str() == word)
}

/// The file.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentFile {
    #[serde(default, rename = "grant", skip_serializing_if = "Vec::is_empty")]
    pub(crate) consents: Vec<Consent>,
}

impl ConsentFile {
    /// What was decided about exactly this plugin.
    pub(crate) fn about(&self, plugin: &LockedPlugin) -> Option<&Consent> {
        self.consents.iter().find(|consent| consent.answers(plugin))
    }

    /// Puts a decision in, in place of the older one about the same bytes.
    pub(crate) fn insert(&mut self, consent: Consent) {
        self.consents
            .retain(|other| (&other.plugin, &other.digest) != (&consent.plugin, &consent.digest));
        self.consents.push(consent);
        self.consents
            .sort_by(|one, other| (&one.plugin, &one.digest).cmp(&(&other.plugin, &other.digest)));
    }
}
