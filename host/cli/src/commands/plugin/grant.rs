//! `plugin grant`: a person's consent, for exactly the installed bytes.

use std::time::Duration;

use clap::{Args, ValueEnum};
use pentimento_app::{AppError, Compared, Consent, Mode, Power, State};

use super::review;
use crate::{args::GlobalFlags, commands::runtime, exit::Exit, fail::Failure, output};

/// What is granted.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// An installed plugin
    name: String,
    /// Only this facet or power, in the words of `plugin review`, beside what it already has;
    /// may be repeated
    #[arg(long, value_name = "POWER")]
    allow: Vec<String>,
    /// How much say it has [default: advise, or what it has]
    #[arg(long, value_enum)]
    mode: Option<ModeFlag>,
    /// Days after which the grant ends
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: Option<u32>,
    /// Let it send away what it sees: needed if it may see the candidate and send requests
    #[arg(long)]
    with_private_input: bool,
}

/// How much say an assessor has.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeFlag {
    /// Recorded and shown, changes nothing
    Shadow,
    /// Its findings are weighed
    Advise,
    /// Nothing is accepted over its objection
    Enforce,
}

impl From<ModeFlag> for Mode {
    fn from(flag: ModeFlag) -> Self {
        match flag {
            ModeFlag::Shadow => Self::Shadow,
            ModeFlag::Advise => Self::Advise,
            ModeFlag::Enforce => Self::Enforce,
        }
    }
}

/// A day's length, for the end of a grant.
const DAY: Duration = Duration::from_hours(24);

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let (shelf, now) = (super::shelf()?, super::now());
    let plugin = shelf.locked(&flags.name).map_err(AppError::from)?;
    let powers = shelf.manifest(&plugin).map_err(AppError::from)?.powers();
    let all = shelf.list(now).map_err(AppError::from)?;
    let older = all.into_iter().find_map(|(one, state)| match state {
        State::Granted(consent) if one.name == flags.name => Some(consent),
        _ => None,
    });
    let expires = match flags.days {
        Some(days) => now.checked_add(DAY * days).ok(),
        None => older.as_ref().and_then(|older| older.expires),
    };
    let (allow, deny) = chosen(flags, &powers, older.as_ref());
    let consent = Consent {
        plugin: plugin.name.clone(),
        digest: plugin.digest.clone(),
        request: plugin.request.clone(),
        allow,
        deny,
        with_private_input: flags.with_private_input
            || older.as_ref().is_some_and(|older| older.with_private_input),
        mode: flags.mode.map(Mode::from).or(older.map(|older| older.mode)).unwrap_or_default(),
        decided: now,
        expires,
        tried: None,
    };
    let asked = super::conformity()?;
    let compared = runtime()?.block_on(asked.grant(&shelf, &plugin, consent))?;
    if matches!(compared, Compared::Differs(_)) && !global.quiet {
        output::note(&format!(
            "note: `{0}` answers otherwise here than where it was added; `pentimento plugin verify` \
             tells how",
            flags.name
        ));
    }
    review::show(&flags.name, global)
}

/// What is allowed and what stays denied: everything asked for, or the words beside what was
/// allowed before.
fn chosen(flags: &Flags, powers: &[Power], older: Option<&Consent>) -> (Vec<String>, Vec<String>) {
    let denied = older.map(|older| older.deny.clone()).unwrap_or_default();
    let terms_only = flags.mode.is_some() || flags.days.is_some() || flags.with_private_input;
    let mut allow: Vec<String> = match older {
        None if flags.allow.is_empty() => powers.iter().map(|power| power.words.clone()).collect(),
        Some(_) if flags.allow.is_empty() && !terms_only => {
            powers.iter().map(|power| power.words.clone()).collect()
        }
        older => {
            let before = older.map(|older| older.allow.clone()).unwrap_or_default();
            before.into_iter().chain(flags.allow.iter().cloned()).collect()
        }
    };
    allow.sort();
    allow.dedup();
    let deny = denied.into_iter().filter(|word| !allow.contains(word)).collect();
    (allow, deny)
}
