//! What the idea itself asks for: a word such as "night" makes a dark picture right.
//!
//! Word lists, matched as whole words and phrases without regard to case. What a wish changes is
//! for `verdict` to say.

/// What a picture may be asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Dark, so that shadows may be lost.
    Dark,
    /// Bright, so that highlights may be lost.
    Bright,
    /// Of little contrast.
    Faint,
    /// Without sharp edges.
    Soft,
    /// In one tint.
    Tinted,
    /// Of one color.
    Plain,
}

/// Words for dark pictures.
const DARK: &[&str] = &[
    "night",
    "nighttime",
    "midnight",
    "nocturnal",
    "dusk",
    "twilight",
    "dark",
    "darkness",
    "darkened",
    "dim",
    "dimly",
    "gloomy",
    "gloom",
    "shadow",
    "shadows",
    "shadowy",
    "silhouette",
    "silhouettes",
    "silhouetted",
    "noir",
    "low key",
    "chiaroscuro",
    "underexposed",
    "candlelight",
    "candlelit",
    "moonlight",
    "moonlit",
    "starry",
    "stars",
    "space",
    "galaxy",
    "nebula",
    "cave",
    "eclipse",
    "black",
];

/// Words for bright pictures.
const BRIGHT: &[&str] = &[
    "bright",
    "snow",
    "snowy",
    "blizzard",
    "white",
    "high key",
    "overexposed",
    "backlit",
    "backlight",
    "lens flare",
    "glare",
    "dazzling",
    "blinding",
    "radiant",
    "glowing",
    "explosion",
    "lightning",
    "fog",
    "foggy",
    "mist",
    "misty",
    "silhouette",
    "silhouettes",
    "silhouetted",
    "heavenly",
];

/// Words for pictures of little contrast.
const FAINT: &[&str] = &[
    "fog",
    "foggy",
    "mist",
    "misty",
    "haze",
    "hazy",
    "smoke",
    "smoky",
    "smog",
    "blizzard",
    "snowstorm",
    "pastel",
    "pastels",
    "faded",
    "washed out",
    "pale",
    "muted",
    "faint",
    "subtle",
    "low contrast",
    "minimalist",
    "minimal",
    "ghostly",
    "underwater",
    "white on white",
    "black on black",
    "monochrome",
    "monochromatic",
    "silhouette",
    "night",
    "dark",
    "darkness",
];

/// Words for pictures without sharp edges.
const SOFT: &[&str] = &[
    "blur",
    "blurred",
    "blurry",
    "bokeh",
    "out of focus",
    "defocused",
    "unfocused",
    "soft focus",
    "motion blur",
    "long exposure",
    "dreamy",
    "dreamlike",
    "gradient",
    "gradients",
    "abstract",
    "watercolor",
    "watercolour",
    "impressionist",
    "fog",
    "foggy",
    "mist",
    "misty",
    "haze",
    "hazy",
    "smoke",
    "smoky",
    "clouds",
    "aurora",
    "underwater",
    "tilt shift",
];

/// Words for pictures in one tint: light, places that have one color, and the colors themselves.
const TINTED: &[&str] = &[
    "sunset",
    "sunrise",
    "dusk",
    "dawn",
    "twilight",
    "golden hour",
    "blue hour",
    "golden",
    "night",
    "moonlight",
    "moonlit",
    "candlelight",
    "candlelit",
    "firelight",
    "fire",
    "lava",
    "neon",
    "sepia",
    "monochrome",
    "monochromatic",
    "black and white",
    "duotone",
    "cyanotype",
    "infrared",
    "night vision",
    "tinted",
    "vintage",
    "autumn",
    "forest",
    "jungle",
    "meadow",
    "lawn",
    "grass",
    "desert",
    "sand",
    "dune",
    "dunes",
    "mars",
    "sea",
    "ocean",
    "sky",
    "underwater",
    "red",
    "orange",
    "yellow",
    "green",
    "cyan",
    "turquoise",
    "teal",
    "blue",
    "purple",
    "violet",
    "magenta",
    "pink",
    "brown",
    "gold",
    "amber",
];

/// Words for pictures of one color.
const PLAIN: &[&str] = &[
    "plain",
    "blank",
    "empty",
    "solid",
    "uniform",
    "single color",
    "one color",
    "flat color",
    "monochrome",
    "nothing but",
    "black square",
    "white canvas",
    "pitch black",
    "color swatch",
];

/// Words that turn a wish around, up to [`REACH`] words later.
const NEGATIONS: &[&str] = &["no", "not", "without", "never", "isn", "aren", "avoid", "less"];

/// How many words a negation reaches ("not too dark", "without any fog").
const REACH: usize = 2;

/// The words of an idea.
#[derive(Clone, Debug)]
pub struct Wishes(Vec<String>);

impl Wishes {
    /// Reads the user's sentence.
    pub fn of(idea: &str) -> Self {
        let lower = idea.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric());
        Self(words.filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    /// The word or phrase that asks for it; none if nothing does.
    pub fn asks(&self, wish: Wish) -> Option<&'static str> {
        let list = match wish {
            Wish::Dark => DARK,
            Wish::Bright => BRIGHT,
            Wish::Faint => FAINT,
            Wish::Soft => SOFT,
            Wish::Tinted => TINTED,
            Wish::Plain => PLAIN,
        };
        list.iter().copied().find(|phrase| self.has(phrase))
    }

    fn has(&self, phrase: &str) -> bool {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let found = self.0.windows(wanted.len()).enumerate();
        found.filter(|(_, words)| *words == wanted).any(|(at, _)| !self.negated(at))
    }

    fn negated(&self, at: usize) -> bool {
        let before = self.0.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        before.iter().any(|word| NEGATIONS.contains(&word.as_str()))
    }
}

#[cfg(test)]
mod tests;
