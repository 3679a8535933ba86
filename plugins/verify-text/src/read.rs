//! Reads constraints from JSON: a list of our own kinds and `IFEval` instructions, or a row of `IFEval`.
//!
//! Everything unknown is an error with its path. The kwargs of `IFEval` are read by `ifeval`.

use serde_json::Value;

use crate::{
    bounds::Bounds,
    constraint::Constraint,
    ifeval,
    language::Language,
    measure::Unit,
    pattern::Pattern,
    phrase::Phrase,
    reader::{Fields, Malformed, Reader},
    schema::Schema,
};

/// Constraints in one setting, those inside others included. Nobody reads more findings.
const MOST: usize = 128;

/// How deep constraints may be inside others.
const DEEPEST: usize = 8;

/// Reads the setting `constraints`.
///
/// ```
/// let one = r#"[{"kind": "length", "unit": "words", "at-most": 5}]"#;
/// assert_eq!(verify_text::read(one).unwrap().len(), 1);
/// let error = verify_text::read(r#"[{"kind": "length", "unit": "feet"}]"#).unwrap_err();
/// assert_eq!(error.path, "constraints[0].unit");
/// ```
pub fn read(json: &str) -> Result<Vec<Constraint>, Malformed> {
    let value: Value = serde_json::from_str(json).map_err(|error| Malformed {
        path: "constraints".to_owned(),
        cause: format!("no JSON: {error}"),
    })?;
    let root = Reader::new("constraints", &value);
    let mut left = MOST;
    match &value {
        Value::Array(_) => several(&root, 0, &mut left),
        Value::Object(map) if map.contains_key("instruction_id_list") => ifeval::read_row(&root),
        _ => Err(root.malformed("a list of constraints or a row of IFEval is needed")),
    }
}

fn several(list: &Reader, depth: usize, left: &mut usize) -> Result<Vec<Constraint>, Malformed> {
    list.items()?.iter().map(|item| single(item, depth, left)).collect()
}

fn single(reader: &Reader, depth: usize, left: &mut usize) -> Result<Constraint, Malformed> {
    if depth >= DEEPEST {
        return Err(reader.malformed(format!("nested more than {DEEPEST} deep")));
    }
    *left = left
        .checked_sub(1)
        .ok_or_else(|| reader.malformed(format!("there are more than {MOST} constraints")))?;
    let mut fields = reader.fields()?;
    if fields.optional("instruction").is_some() {
        return ifeval::read_single(reader);
    }
    let kind = fields.required("kind")?;
    let constraint = match kind.text()? {
        "all" => Constraint::All(several(&fields.required("of")?, depth + 1, left)?),
        "any" => Constraint::Any(several(&fields.required("of")?, depth + 1, left)?),
        "not" => Constraint::Not(Box::new(single(&fields.required("of")?, depth + 1, left)?)),
        "contains" | "forbidden" | "starts-with" | "ends-with" | "equals" | "one-of" => {
            wording(kind.text()?, &mut fields)?
        }
        "length" | "bullets" | "headings" | "number" => counting(kind.text()?, &mut fields)?,
        "matches" | "matches-not" | "json" | "json-schema" => form(kind.text()?, &mut fields)?,
        "case" => {
            let upper = fields.required("is")?.choice(&[("upper", true), ("lower", false)])?;
            if upper { Constraint::Upper } else { Constraint::Lower }
        }
        "language" => {
            let code = fields.required("is")?;
            let language = Language::from_code(code.text()?);
            Constraint::Language(language.map_err(|cause| code.malformed(cause))?)
        }
        "no-repetition" => Constraint::NoRepetition,
        unknown => return Err(kind.malformed(format!("there is no constraint `{unknown}`"))),
    };
    fields.close()?;
    Ok(constraint)
}

/// Kinds about words and phrases.
fn wording(kind: &str, fields: &mut Fields) -> Result<Constraint, Malformed> {
    let about_words = matches!(kind, "contains" | "forbidden");
    let ignore_case = fields.flag("ignore-case", about_words)?;
    let whole_words = about_words && fields.flag("whole-words", true)?;
    let phrase = |text: String| {
        let text = if about_words { text } else { text.trim().to_owned() };
        Phrase::new(text, ignore_case, whole_words)
    };
    let mut one = |key| Ok(phrase(fields.required(key)?.text()?.to_owned()));
    match kind {
        "contains" => {
            let phrase = one("text")?;
            let bounds = bounds(fields)?.unwrap_or(Bounds::at_least(1));
            Ok(Constraint::Contains { phrase, bounds })
        }
        "starts-with" => one("text").map(Constraint::Starts),
        "ends-with" => one("text").map(Constraint::Ends),
        "equals" => one("text").map(|phrase| Constraint::OneOf(vec![phrase])),
        "forbidden" => {
            let words = fields.required("words")?.texts()?;
            Ok(Constraint::Forbidden(words.into_iter().map(phrase).collect()))
        }
        _ => {
            let texts = fields.required("texts")?.texts()?;
            Ok(Constraint::OneOf(texts.into_iter().map(phrase).collect()))
        }
    }
}

/// Kinds about numbers.
fn counting(kind: &str, fields: &mut Fields) -> Result<Constraint, Malformed> {
    if kind == "number" {
        let mut end = |key, open| fields.optional(key).map_or(Ok(open), |reader| reader.number());
        let (least, most) = (end("at-least", f64::NEG_INFINITY)?, end("at-most", f64::INFINITY)?);
        if least > most {
            return Err(fields.malformed("no number is between `at-least` and `at-most`"));
        }
        return Ok(Constraint::Number { least, most });
    }
    let unit = match kind {
        "length" => Some(fields.required("unit")?.choice(&Unit::NAMED)?),
        _ => None,
    };
    let level = match kind {
        "headings" => fields.optional("level").map(|level| level.count()).transpose()?,
        _ => None,
    };
    let bounds = bounds(fields)?
        .ok_or_else(|| fields.malformed("one of `at-least`, `at-most` and `exactly` is missing"))?;
    Ok(match (kind, unit) {
        (_, Some(unit)) => Constraint::Length { unit, bounds },
        ("bullets", _) => Constraint::Bullets(bounds),
        _ => Constraint::Headings { level, bounds },
    })
}

/// Kinds about patterns and JSON.
fn form(kind: &str, fields: &mut Fields) -> Result<Constraint, Malformed> {
    let pattern = |fields: &mut Fields| {
        let reader = fields.required("pattern")?;
        Pattern::new(reader.text()?).map_err(|cause| reader.malformed(cause))
    };
    match kind {
        "matches" => {
            let pattern = pattern(fields)?;
            let bounds = bounds(fields)?.unwrap_or(Bounds::at_least(1));
            Ok(Constraint::Matches { pattern, bounds })
        }
        "matches-not" => pattern(fields).map(Constraint::MatchesNot),
        "json" => Ok(Constraint::Json { fenced: fields.flag("fenced", false)? }),
        _ => {
            let schema = Schema::read(&fields.required("schema")?)?;
            Ok(Constraint::JsonSchema { schema, fenced: fields.flag("fenced", false)? })
        }
    }
}

/// `at-least`, `at-most` or `exactly`; `None` if none of them is there.
fn bounds(fields: &mut Fields) -> Result<Option<Bounds>, Malformed> {
    let mut count = |key| fields.optional(key).map(|reader| reader.count()).transpose();
    let (least, most, exactly) = (count("at-least")?, count("at-most")?, count("exactly")?);
    match (least, most, exactly) {
        (None, None, None) => Ok(None),
        (None, None, Some(count)) => Ok(Some(Bounds::exactly(count))),
        (_, _, Some(_)) => Err(fields.malformed("`exactly` leaves nothing for other bounds")),
        (least, most, None) => Bounds::new(least, most)
            .map(Some)
            .ok_or_else(|| fields.malformed("no count is between `at-least` and `at-most`")),
    }
}
