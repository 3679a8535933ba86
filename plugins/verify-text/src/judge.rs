//! Whether a constraint holds for a text, with the proof.
//!
//! Counting and searching is left to the modules named after what they look at; `IFEval`'s
//! instructions to `ifeval`.

use std::ops::Range;

use crate::{
    bounds::Bounds,
    constraint::Constraint,
    document, layout,
    measure::Unit,
    pattern::{Pattern, TooCostly},
    phrase::Phrase,
    report::brief,
    ruling::{Ruling, Standing},
};

impl Constraint {
    /// The ruling on this constraint for a text.
    pub fn judge(&self, text: &str) -> Ruling {
        match self {
            Self::Length { unit, bounds } => length(*unit, *bounds, text),
            Self::Contains { phrase, bounds } => contains(phrase, *bounds, text),
            Self::Forbidden(words) => forbidden(words, text),
            Self::Starts(phrase) => {
                let wanted = format!("starts with `{}`", brief(phrase.text()));
                let start: String = text.trim_start().chars().take(40).collect();
                Ruling::new(phrase.starts(text.trim()), wanted, format!("starts with `{start}`"))
            }
            Self::Ends(phrase) => {
                let wanted = format!("ends with `{}`", brief(phrase.text()));
                let skipped = text.trim_end().chars().count().saturating_sub(40);
                let end: String = text.trim_end().chars().skip(skipped).collect();
                Ruling::new(phrase.ends(text.trim()), wanted, format!("ends with `{end}`"))
            }
            Self::OneOf(texts) => one_of(texts, text),
            Self::Matches { pattern, bounds } => matches(pattern, *bounds, text),
            Self::MatchesNot(pattern) => matches_not(pattern, text),
            Self::Json { fenced } => match document::parse(text, *fenced) {
                Ok(_) => Ruling::new(true, "JSON", "JSON"),
                Err(cause) => Ruling::new(false, "JSON", format!("no JSON: {cause}")),
            },
            Self::JsonSchema { schema, fenced } => match document::parse(text, *fenced) {
                Ok(document) => schema.judge(&document),
                Err(cause) => Ruling::new(false, "JSON of a schema", format!("no JSON: {cause}")),
            },
            Self::Upper => case(text, true),
            Self::Lower => case(text, false),
            Self::Language(language) => language.judge(text),
            Self::Number { least, most } => number(*least, *most, text),
            Self::Bullets(bounds) => places(*bounds, "bullets", &layout::bullets(text)),
            Self::Headings { level, bounds } => {
                let what = level
                    .map_or("headings".to_owned(), |level| format!("headings of level {level}"));
                places(*bounds, &what, &layout::headings(text, *level))
            }
            Self::NoRepetition => {
                let again = layout::repeated_lines(text);
                let seen = match quoted(text, again.first()) {
                    Some(line) => format!("{} again, the first is {line}", again.len()),
                    None => "none comes twice".to_owned(),
                };
                Ruling::new(again.is_empty(), "no line twice", seen).at(again.into_iter().next())
            }
            Self::Ifeval(instruction) => instruction.judge(text),
            Self::All(parts) => all(parts, text),
            Self::Any(parts) => any(parts, text),
            Self::Not(part) => not(part, text),
        }
    }
}

/// A count against its bounds; the place is told only if there are too many.
pub fn counted(bounds: Bounds, count: u64, wanted: String, place: Option<Range<usize>>) -> Ruling {
    let place = place.filter(|_| bounds.exceeded_by(count));
    Ruling::new(bounds.admit(count), wanted, format!("counted {count}")).at(place)
}

fn length(unit: Unit, bounds: Bounds, text: &str) -> Ruling {
    let count = unit.count(text);
    let wanted = format!("{bounds} {}", unit.name());
    let surplus = bounds.most().and_then(|most| usize::try_from(most).ok());
    let place = surplus.filter(|_| bounds.exceeded_by(count));
    counted(bounds, count, wanted, place.and_then(|most| unit.surplus(text, most)))
}

fn contains(phrase: &Phrase, bounds: Bounds, text: &str) -> Ruling {
    places(bounds, &format!("of `{}`", brief(phrase.text())), &phrase.places(text))
}

/// As many places as wanted; if there are too many, the first surplus one is pointed at.
pub fn places(bounds: Bounds, what: &str, places: &[Range<usize>]) -> Ruling {
    let most = bounds.most().and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    counted(bounds, places.len() as u64, format!("{bounds} {what}"), places.get(most).cloned())
}

/// None of the words; the first place of any is pointed at.
pub fn forbidden(words: &[Phrase], text: &str) -> Ruling {
    let list: Vec<&str> = words.iter().map(Phrase::text).collect();
    let wanted = format!("none of `{}`", brief(&list.join("`, `")));
    let mut found: Vec<Range<usize>> = words.iter().flat_map(|word| word.places(text)).collect();
    found.sort_by_key(|place| place.start);
    let seen = match quoted(text, found.first()) {
        Some(word) => format!("counted {}, the first is {word}", found.len()),
        None => "counted 0".to_owned(),
    };
    Ruling::new(found.is_empty(), wanted, seen).at(found.into_iter().next())
}

/// What is said where a pattern is too large for a text so long.
const TOO_COSTLY: &str = "the pattern is too large for a text so long";

fn matches(pattern: &Pattern, bounds: Bounds, text: &str) -> Ruling {
    let what = format!("matches of `{}`", brief(pattern.as_str()));
    match pattern.places(text) {
        Ok(found) => places(bounds, &what, &found),
        Err(TooCostly) => Ruling::undecided(format!("{bounds} {what}"), TOO_COSTLY),
    }
}

fn matches_not(pattern: &Pattern, text: &str) -> Ruling {
    let wanted = format!("no match of `{}`", brief(pattern.as_str()));
    let Ok(first) = pattern.first(text) else { return Ruling::undecided(wanted, TOO_COSTLY) };
    let seen = quoted(text, first.as_ref()).unwrap_or("no match".to_owned());
    Ruling::new(first.is_none(), wanted, seen).at(first)
}

fn one_of(texts: &[Phrase], text: &str) -> Ruling {
    let list: Vec<&str> = texts.iter().map(Phrase::text).collect();
    let holds = texts.iter().any(|phrase| phrase.equals(text.trim()));
    let wanted = match list.as_slice() {
        [single] => format!("the text `{}`", brief(single)),
        several => format!("one of `{}`", brief(&several.join("`, `"))),
    };
    Ruling::new(holds, wanted, format!("`{}`", brief(text.trim())))
}

/// All letters that have a case are in this one, and there are some.
pub fn case(text: &str, upper: bool) -> Ruling {
    let titled = |c: char| !c.is_lowercase() && !c.is_uppercase() && c.to_lowercase().ne([c]);
    let offends = |c: char| titled(c) || if upper { c.is_lowercase() } else { c.is_uppercase() };
    let wanted = if upper { "capital letters only" } else { "small letters only" };
    let first = text.char_indices().find(|(_, character)| offends(*character));
    if let Some((at, character)) = first {
        let count = text.chars().filter(|character| offends(*character)).count();
        let seen = format!("counted {count} others, the first is `{character}`");
        return Ruling::new(false, wanted, seen).at(Some(at..at + character.len_utf8()));
    }
    let cased = text.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).count();
    let seen =
        if cased == 0 { "no letters with a case".to_owned() } else { format!("all {cased}") };
    Ruling::new(cased > 0, wanted, seen)
}

fn number(least: f64, most: f64, text: &str) -> Ruling {
    let wanted = match (least.is_finite(), most.is_finite()) {
        (true, true) => format!("a number from {least} to {most}"),
        (true, false) => format!("a number of at least {least}"),
        (false, true) => format!("a number of at most {most}"),
        (false, false) => "a number".to_owned(),
    };
    // Rust also reads `inf` and `NaN`, which are no numbers here.
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let seen = number.map_or_else(
        || format!("`{}` is no number", brief(text.trim())),
        |number| number.to_string(),
    );
    Ruling::new(number.is_some_and(|number| least <= number && number <= most), wanted, seen)
}

fn all(parts: &[Constraint], text: &str) -> Ruling {
    let rulings: Vec<Ruling> = parts.iter().map(|part| part.judge(text)).collect();
    let broken = rulings.iter().find(|ruling| ruling.standing == Standing::Broken);
    let worst = broken.or_else(|| rulings.iter().find(|r| r.standing == Standing::Undecided));
    let wanted = format!("all of {} constraints", parts.len());
    let Some(worst) = worst else { return Ruling::new(true, wanted, "all hold") };
    let seen = format!("not {}: {}", worst.wanted, worst.seen);
    Ruling { standing: worst.standing, ..Ruling::new(false, wanted, seen) }.at(worst.place.clone())
}

fn any(parts: &[Constraint], text: &str) -> Ruling {
    let rulings: Vec<Ruling> = parts.iter().map(|part| part.judge(text)).collect();
    let wanted = rulings.iter().map(|r| r.wanted.as_str()).collect::<Vec<_>>().join(", or ");
    if let Some(ruling) = rulings.iter().find(|ruling| ruling.standing == Standing::Holds) {
        return Ruling::new(true, wanted, format!("{}: {}", ruling.wanted, ruling.seen));
    }
    let seen = rulings.iter().map(|r| r.seen.as_str()).collect::<Vec<_>>().join("; ");
    let open = rulings.iter().any(|ruling| ruling.standing == Standing::Undecided);
    let standing = if open { Standing::Undecided } else { Standing::Broken };
    Ruling { standing, ..Ruling::new(false, wanted, seen) }
}

fn not(part: &Constraint, text: &str) -> Ruling {
    let ruling = part.judge(text);
    let standing = match ruling.standing {
        Standing::Holds => Standing::Broken,
        Standing::Broken => Standing::Holds,
        Standing::Undecided => Standing::Undecided,
    };
    Ruling { standing, wanted: format!("not: {}", ruling.wanted), place: None, ..ruling }
}

/// A place of the text in backticks.
fn quoted(text: &str, place: Option<&Range<usize>>) -> Option<String> {
    text.get(place?.clone()).map(|words| format!("`{}`", brief(words)))
}
