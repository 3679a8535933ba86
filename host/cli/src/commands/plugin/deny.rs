//! `plugin deny`: refuses a plugin, or some of its powers, and remembers it.

use clap::Args;
use pentimento_app::{AppError, Consent, State};

use super::review;
use crate::{args::GlobalFlags, exit::Exit, fail::Failure};

/// What is refused.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// An installed plugin
    name: String,
    /// Only these facets or powers, in the words of `plugin review`
    #[arg(value_name = "POWER")]
    powers: Vec<String>,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let (shelf, now) = (super::shelf()?, super::now());
    let all = shelf.list(now).map_err(AppError::from)?;
    let granted = all.into_iter().find_map(|(one, state)| match state {
        State::Granted(consent) if one.name == flags.name => Some(consent),
        _ => None,
    });
    match granted {
        Some(consent) if !flags.powers.is_empty() => {
            let powers = shelf.locked(&flags.name).and_then(|plugin| shelf.manifest(&plugin));
            let powers = powers.map_err(AppError::from)?.powers();
            let facet = |words: &String| {
                powers.iter().find(|power| power.words == *words).map(|power| power.facet.as_str())
            };
            let refused = |words: &String| {
                let names = |word: &String| word == words || facet(words) == Some(word.as_str());
                flags.powers.iter().any(names)
            };
            let allow = consent.allow.iter().filter(|words| !refused(words)).cloned().collect();
            let mut deny = consent.deny.clone();
            deny.extend(flags.powers.iter().cloned());
            deny.sort();
            deny.dedup();
            let consent = Consent { allow, deny, decided: now, ..consent };
            shelf.decide(&flags.name, |_| consent).map_err(AppError::from)?;
        }
        _ => {
            shelf.deny(&flags.name, now).map_err(AppError::from)?;
        }
    }
    review::show(&flags.name, global)
}
