//! What a model can do, so that what is missing is said before anything is spent.

use std::fmt;

/// One thing a model may be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Ability {
    /// Answer messages.
    Chat,
    /// Look at pictures in messages.
    ImagesIn,
    /// Keep to a JSON schema.
    JsonSchema,
    /// Say how likely each token was.
    Logprobs,
    /// Paint from words.
    Generate,
    /// Change a picture by words.
    Edit,
    /// Paint within a mask.
    Inpaint,
    /// Paint after reference pictures.
    References,
    /// Paint the same for the same seed.
    Seeded,
    /// Turn texts into vectors.
    EmbedText,
    /// Turn pictures into vectors.
    EmbedImages,
    /// Find objects and their boxes.
    Detect,
    /// Read what is written in a picture.
    ReadText,
}

impl Ability {
    /// Everything there is.
    pub const ALL: [Self; 13] = [
        Self::Chat,
        Self::ImagesIn,
        Self::JsonSchema,
        Self::Logprobs,
        Self::Generate,
        Self::Edit,
        Self::Inpaint,
        Self::References,
        Self::Seeded,
        Self::EmbedText,
        Self::EmbedImages,
        Self::Detect,
        Self::ReadText,
    ];

    /// The word used in settings and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::ImagesIn => "images-in",
            Self::JsonSchema => "json-schema",
            Self::Logprobs => "logprobs",
            Self::Generate => "generate",
            Self::Edit => "edit",
            Self::Inpaint => "inpaint",
            Self::References => "references",
            Self::Seeded => "seeded",
            Self::EmbedText => "embed-text",
            Self::EmbedImages => "embed-images",
            Self::Detect => "detect",
            Self::ReadText => "read-text",
        }
    }

    /// The ability with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ability| ability.as_str() == word)
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Ability {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What one model can do. The default is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Abilities(u16);

impl Abilities {
    /// Exactly these.
    pub fn of(abilities: impl IntoIterator<Item = Ability>) -> Self {
        Self(abilities.into_iter().fold(0, |bits, ability| bits | ability.bit()))
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, ability: Ability) -> Self {
        Self(self.0 | ability.bit())
    }

    /// These without one.
    #[must_use]
    pub const fn without(self, ability: Ability) -> Self {
        Self(self.0 & !ability.bit())
    }

    /// True if this is one of them.
    pub const fn has(self, ability: Ability) -> bool {
        self.0 & ability.bit() != 0
    }

    /// All of them, in the order of [`Ability::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Ability> {
        Ability::ALL.into_iter().filter(move |ability| self.has(*ability))
    }
}

/// `chat, images-in`, or `nothing`.
impl fmt::Display for Abilities {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.iter().map(Ability::as_str).collect();
        formatter.write_str(if words.is_empty() { "nothing" } else { "" })?;
        formatter.write_str(&words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_back_to_its_ability_and_each_is_its_own() {
        for ability in Ability::ALL {
            assert_eq!(Ability::from_name(ability.as_str()), Some(ability));
            let only = Abilities::of([ability]);
            assert_eq!(only.iter().collect::<Vec<_>>(), [ability]);
            assert!(!only.without(ability).has(ability));
        }
        assert_eq!(Ability::from_name("dance"), None);
    }

    #[test]
    fn abilities_are_listed_in_words() {
        let some = Abilities::of([Ability::Edit]).with(Ability::Chat);
        assert_eq!(some.to_string(), "chat, edit");
        assert_eq!(Abilities::default().to_string(), "nothing");
    }
}
