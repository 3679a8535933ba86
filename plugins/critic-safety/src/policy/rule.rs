//! One rule of a policy's text → one checked rule, or what is wrong and where.

use pentimento_sdk::Severity;
use regex_lite::RegexBuilder;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Complaint, Rule, complaint};
use crate::checks::Check;
use crate::words::Entry;

/// Bytes of a compiled pattern, so that none takes long to run over a text.
const PATTERN_BYTES: usize = 64 << 10;

/// Entries of one list.
const MOST_ENTRIES: usize = 2000;

/// Bytes of a name, a category or an exception.
const NAME_BYTES: usize = 64;

/// Bytes of a message.
const MESSAGE_BYTES: usize = 400;

/// Reads a `[[rule]]`.
pub(super) fn read(written: &Spanned<DeValue<'_>>) -> Result<Rule, Complaint> {
    let Some(table) = written.get_ref().as_table() else {
        return Err(complaint(written, "a rule is a table, written as `[[rule]]`"));
    };
    known_keys(table)?;
    let name = required(written, table, "name")?;
    let category = required(written, table, "category")?;
    let severity = severity(written, table)?;
    let message = match table.get("message") {
        Some(value) => text("message", value, MESSAGE_BYTES)?.to_owned(),
        None => format!("something the rule `{name}` forbids"),
    };
    let words = table.get("words").map(words).transpose()?.unwrap_or_default();
    let pattern = table.get("pattern").map(pattern).transpose()?;
    let check = table.get("check").map(check).transpose()?;
    if words.is_empty() && pattern.is_none() && check.is_none() {
        let cause = format!("the rule `{name}` has neither `words` nor `pattern` nor `check`");
        return Err(complaint(written, cause));
    }
    let except = match table.get("except") {
        Some(value) => exceptions(value)?,
        None => Vec::new(),
    };
    Ok(Rule { name, category, severity, message, words, pattern, check, except })
}

fn known_keys(table: &DeTable<'_>) -> Result<(), Complaint> {
    const KEYS: [&str; 8] =
        ["name", "category", "severity", "message", "words", "pattern", "check", "except"];
    for (key, _) in table {
        if !KEYS.contains(&key.get_ref().as_ref()) {
            let cause = format!("unknown key `{}`; known: {}", key.get_ref(), KEYS.join(", "));
            return Err(complaint(key, cause));
        }
    }
    Ok(())
}

fn required(
    rule: &Spanned<DeValue<'_>>,
    table: &DeTable<'_>,
    key: &str,
) -> Result<String, Complaint> {
    let value = table.get(key).ok_or_else(|| complaint(rule, format!("a rule without `{key}`")))?;
    Ok(text(key, value, NAME_BYTES)?.to_owned())
}

/// A text of 1 to `most` bytes.
fn text<'t>(key: &str, value: &'t Spanned<DeValue<'_>>, most: usize) -> Result<&'t str, Complaint> {
    let kind = value.get_ref().type_str();
    let Some(text) = value.get_ref().as_str() else {
        return Err(complaint(value, format!("`{key}` is a text, not of type {kind}")));
    };
    if text.trim().is_empty() || text.len() > most {
        return Err(complaint(value, format!("`{key}` has 1 to {most} bytes")));
    }
    Ok(text)
}

/// A list of texts, each with its place.
pub(super) fn texts<'t>(
    key: &str,
    value: &'t Spanned<DeValue<'_>>,
) -> Result<Vec<(&'t str, usize)>, Complaint> {
    let Some(list) = value.get_ref().as_array() else {
        return Err(complaint(value, format!("`{key}` is a list of texts")));
    };
    if list.len() > MOST_ENTRIES {
        return Err(complaint(value, format!("`{key}` has at most {MOST_ENTRIES} entries")));
    }
    list.iter().map(|one| Ok((text(key, one, NAME_BYTES)?, one.span().start))).collect()
}

fn severity(rule: &Spanned<DeValue<'_>>, table: &DeTable<'_>) -> Result<Severity, Complaint> {
    let Some(value) = table.get("severity") else {
        return Err(complaint(rule, "a rule without `severity`"));
    };
    match value.get_ref().as_str() {
        Some("note") => Ok(Severity::Note),
        Some("minor") => Ok(Severity::Minor),
        Some("major") => Ok(Severity::Major),
        Some("blocking") => Ok(Severity::Blocking),
        _ => Err(complaint(value, "`severity` is note, minor, major or blocking")),
    }
}

fn words(value: &Spanned<DeValue<'_>>) -> Result<Vec<Entry>, Complaint> {
    let entries = texts("words", value)?.into_iter();
    let parsed =
        entries.map(|(entry, at)| Entry::parse(entry).map_err(|cause| Complaint { at, cause }));
    parsed.collect()
}

fn pattern(value: &Spanned<DeValue<'_>>) -> Result<regex_lite::Regex, Complaint> {
    let written = text("pattern", value, PATTERN_BYTES)?;
    let regex = RegexBuilder::new(written).size_limit(PATTERN_BYTES).build();
    let regex = regex.map_err(|error| complaint(value, format!("`pattern`: {error}")))?;
    if regex.is_match("") {
        return Err(complaint(value, "`pattern` matches the empty text, so it is everywhere"));
    }
    Ok(regex)
}

fn check(value: &Spanned<DeValue<'_>>) -> Result<Check, Complaint> {
    let named = value.get_ref().as_str().and_then(Check::named);
    named.ok_or_else(|| {
        let known: Vec<&str> = Check::NAMES.iter().map(|(name, _)| *name).collect();
        complaint(value, format!("`check` is one of {}", known.join(", ")))
    })
}

fn exceptions(value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Complaint> {
    let listed = texts("except", value)?.into_iter();
    Ok(listed.map(|(exception, _)| exception.to_ascii_lowercase()).collect())
}
