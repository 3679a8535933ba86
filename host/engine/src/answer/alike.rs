//! Words that say the same, and words that say nothing of which answer it is.

/// A unit in its long form: abbreviations are those of the International System of Units (SI brochure,
/// 9th edition) and those that English has for time, money, length and weight.
const UNITS: [(&str, &str); 51] = [
    ("$", "dollar"),
    ("usd", "dollar"),
    ("€", "euro"),
    ("eur", "euro"),
    ("£", "pound"),
    ("gbp", "pound"),
    ("lb", "pound"),
    ("lbs", "pound"),
    ("¥", "yen"),
    ("¢", "cent"),
    ("%", "percent"),
    ("pct", "percent"),
    ("°", "degree"),
    ("feet", "foot"),
    ("ft", "foot"),
    ("inches", "inch"),
    ("in", "inch"),
    ("mi", "mile"),
    ("yd", "yard"),
    ("oz", "ounce"),
    ("mm", "millimeter"),
    ("cm", "centimeter"),
    ("m", "meter"),
    ("km", "kilometer"),
    ("metre", "meter"),
    ("millimetre", "millimeter"),
    ("centimetre", "centimeter"),
    ("kilometre", "kilometer"),
    ("mg", "milligram"),
    ("g", "gram"),
    ("kg", "kilogram"),
    ("t", "ton"),
    ("tonne", "ton"),
    ("ml", "milliliter"),
    ("l", "liter"),
    ("litre", "liter"),
    ("ms", "millisecond"),
    ("s", "second"),
    ("sec", "second"),
    ("min", "minute"),
    ("h", "hour"),
    ("hr", "hour"),
    ("yr", "year"),
    ("mph", "mile per hour"),
    ("kmh", "kilometer per hour"),
    ("kph", "kilometer per hour"),
    ("hz", "hertz"),
    ("w", "watt"),
    ("kw", "kilowatt"),
    ("c", "celsius"),
    ("f", "fahrenheit"),
];

/// What may be written to a number without a space, beyond the units: `5th`, `5pm`.
const ENDINGS: [&str; 7] = ["st", "nd", "rd", "th", "am", "pm", "pt"];
/// Articles, and words around a number that do not make another of it.
pub(super) const ARTICLES: [&str; 3] = ["a", "an", "the"];
const FILLERS: [&str; 24] = [
    "so",
    "thus",
    "hence",
    "therefore",
    "then",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "there",
    "of",
    "all",
    "altogether",
    "total",
    "only",
    "just",
    "exactly",
    "about",
    "approximately",
    "around",
    "final",
    "answer",
];

/// A word of what a number is a number of, as it is compared: `km` and `kilometers` alike; empty if it
/// says nothing.
pub(super) fn unit(word: &str) -> String {
    let word = word.replace('.', "").to_lowercase();
    if let Some((_, long)) = UNITS.iter().find(|(short, _)| *short == word) {
        return (*long).to_owned();
    }
    if ARTICLES.contains(&&*word) || FILLERS.contains(&&*word) {
        return String::new();
    }
    // Plural and singular are one; `glass` is no plural.
    let is_plural = word.len() > 2 && word.ends_with('s') && !word.ends_with("ss");
    let one = if is_plural { word.trim_end_matches('s') } else { &word };
    UNITS.iter().find(|(short, _)| *short == one).map_or(one, |(_, long)| long).to_owned()
}

/// True if a word written to a number leaves it a number: `5km`, `18dollars`, but not `2x`.
pub(super) fn may_touch(word: &str) -> bool {
    let word = word.to_lowercase();
    word.chars().count() > 2
        || UNITS.iter().any(|(short, _)| *short == word)
        || ENDINGS.contains(&&*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("km", "Kilometres"),
            ("$", "dollars"),
            ("%", "percent"),
            ("a.m.", "AM"),
            ("feet", "foot"),
            ("hrs", "hours"),
            ("eggs", "egg"),
        ] {
            assert_eq!(unit(one), unit(other), "{one} and {other}");
        }
        for (one, other) in
            [("km", "m"), ("am", "pm"), ("$", "€"), ("hour", "minute"), ("glass", "glas")]
        {
            assert_ne!(unit(one), unit(other), "{one} and {other}");
        }
        assert!(may_touch("km") && may_touch("apples") && !may_touch("x") && !may_touch("D"));
    }
}
