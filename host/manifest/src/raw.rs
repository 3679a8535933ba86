//! The keys of `[wants]`, as written: a reason in quotes, or a table with a reason and how far the
//! wish goes. Unknown keys are refused: an old host must not overlook a new restriction.

use std::collections::BTreeSet;

use pentimento_model::{Capability, clean};
use serde::{Deserialize, de::DeserializeOwned};
use toml::Value;

use crate::{
    FetchRule, ManifestError, Scope, Want, bounds, error::broken, fetch_rule::RawRule,
    manifest::is_plain,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWhole {
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMemory {
    reason: String,
    #[serde(default = "memory_bytes")]
    bytes: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTools {
    reason: String,
    plugins: BTreeSet<String>,
    #[serde(default = "calls")]
    calls: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModels {
    reason: String,
    names: BTreeSet<String>,
    #[serde(default = "calls")]
    calls: u32,
    #[serde(default = "tokens")]
    tokens: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFetch {
    reason: String,
    rules: Vec<RawRule>,
}

const fn memory_bytes() -> u64 {
    bounds::MEMORY_BYTES
}

const fn calls() -> u32 {
    bounds::CALLS
}

const fn tokens() -> u32 {
    bounds::TOKENS
}

/// Checks one line of `[wants]`.
pub(crate) fn want(name: &str, value: Value) -> Result<(Capability, Want), ManifestError> {
    let Some(facet) = Capability::from_name(name) else {
        let known = Capability::ALL.map(Capability::as_str).join("`, `");
        let name = clean(name);
        return Err(broken(format!("there is no facet `{name}`; there are `{known}`")));
    };
    let table = match value {
        Value::String(reason) => {
            Value::Table([("reason".to_owned(), Value::String(reason))].into_iter().collect())
        }
        Value::Table(_) => value,
        _ => {
            return Err(broken(format!(
                "`{name}` must be a reason in quotes, or a table with `reason`"
            )));
        }
    };
    let (reason, scope) = match facet {
        Capability::Memory => memory(read(name, table)?)?,
        Capability::Tools => tools(read(name, table)?)?,
        Capability::Models => models(read(name, table)?)?,
        Capability::Fetch => fetch(read(name, table)?)?,
        _ => (read::<RawWhole>(name, table)?.reason, Scope::Whole),
    };
    if reason.trim().is_empty() || reason.len() > bounds::REASON_BYTES {
        return Err(broken(format!("`{name}` needs a reason that a person can read")));
    }
    Ok((facet, Want { reason: clean(&reason), scope }))
}

fn read<T: DeserializeOwned>(name: &str, table: Value) -> Result<T, ManifestError> {
    table
        .try_into()
        .map_err(|error: toml::de::Error| broken(format!("`{name}`: {}", clean(error.message()))))
}

fn memory(raw: RawMemory) -> Result<(String, Scope), ManifestError> {
    let RawMemory { reason, bytes } = raw;
    within("`memory` bytes", bytes, bounds::MOST_MEMORY_BYTES)?;
    Ok((reason, Scope::Memory { bytes }))
}

fn tools(raw: RawTools) -> Result<(String, Scope), ManifestError> {
    let RawTools { reason, plugins, calls } = raw;
    partners("tools", "plugins", &plugins)?;
    within("`tools` calls", calls.into(), bounds::MOST_CALLS.into())?;
    Ok((reason, Scope::Tools { plugins, calls }))
}

fn models(raw: RawModels) -> Result<(String, Scope), ManifestError> {
    let RawModels { reason, names, calls, tokens } = raw;
    partners("models", "names", &names)?;
    within("`models` calls", calls.into(), bounds::MOST_CALLS.into())?;
    within("`models` tokens", tokens.into(), bounds::MOST_TOKENS.into())?;
    Ok((reason, Scope::Models { names, calls, tokens }))
}

fn fetch(raw: RawFetch) -> Result<(String, Scope), ManifestError> {
    let RawFetch { reason, rules } = raw;
    within("`fetch` rules", rules.len() as u64, bounds::FETCH_RULES as u64)?;
    let rules = rules.into_iter().map(FetchRule::check).collect::<Result<_, _>>()?;
    Ok((reason, Scope::Fetch { rules }))
}

fn within(what: &str, number: u64, most: u64) -> Result<(), ManifestError> {
    if (1..=most).contains(&number) {
        return Ok(());
    }
    Err(broken(format!("{what} must be 1 to {most}, not {number}")))
}

fn partners(facet: &str, key: &str, names: &BTreeSet<String>) -> Result<(), ManifestError> {
    within(&format!("`{facet}` {key}"), names.len() as u64, bounds::PARTNERS as u64)?;
    match names.iter().find(|name| !is_plain(name)) {
        None => Ok(()),
        Some(name) => Err(broken(format!(
            "`{facet}` names `{}`; a name has 1 to {} of a-z, 0-9 and -",
            clean(name),
            bounds::NAME_BYTES
        ))),
    }
}
