//! Which providers there are, who may be given which key, and which model plays which role.
//!
//! A project's file may come from a stranger. It chooses among hosts that the user agreed to:
//! those everyone knows, those on this machine, and those in the user's own file or environment.
//! A key goes to the host it belongs to, and elsewhere only if the user's own file says so.

mod known;
mod local;
mod opened;
mod options;
mod program;
mod role;
mod trial;
mod workflows;

use std::{
    collections::BTreeMap,
    fs, io,
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::Arc,
};

use pentimento_local::LocalModel;
use pentimento_model::StepKey;
use pentimento_provider::{
    Address, Kind, Limits, Provider, ProviderSettings, Reach, Secret, Tape, Variables,
};
use serde::Deserialize;

use self::opened::Opened;
pub(crate) use self::role::{EMBEDDED, SIMULATED};
pub use self::{
    known::{KeyState, Known, Source},
    local::{Labels, LocalOptions},
    options::ProviderOptions,
    role::{Binding, ModelRole},
    trial::{Tried, models, try_role},
};
use crate::{
    error::AppError,
    pace::{Impatient, SystemPace},
    paths,
    prices::{BudgetOptions, Prices},
};

/// Looks up an environment variable.
type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What the user's own settings file may say.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct UserOptions {
    /// By name.
    #[serde(default)]
    pub(crate) providers: BTreeMap<String, ProviderOptions>,
    /// By role: `PROVIDER/MODEL`.
    #[serde(default)]
    pub(crate) roles: BTreeMap<String, String>,
    /// What models cost, by `PROVIDER/MODEL`.
    #[serde(default)]
    pub(crate) prices: Prices,
    /// Bounds of every run.
    #[serde(default)]
    pub(crate) budget: BudgetOptions,
}

impl UserOptions {
    /// Reads the user's file; one that is not there says nothing.
    pub(crate) fn read(path: &Path) -> Result<Self, AppError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(AppError::ReadSettings { path: path.to_owned(), source }),
        };
        toml::from_str(&text).map_err(|source| AppError::ParseSettings {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }
}

/// All providers and roles, settled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Providers {
    known: BTreeMap<String, Known>,
    roles: BTreeMap<ModelRole, Binding>,
    /// Stands between all of them and the network.
    tape: Option<Tape>,
    opened: Opened,
}

impl Providers {
    /// Settles what the project's file and the user's say. A provider that both name is the
    /// user's; a role that both bind is the project's.
    pub(crate) fn settle(
        project: &UserOptions,
        user: &UserOptions,
        environment: Environment<'_>,
    ) -> Result<Self, AppError> {
        let mut known = BTreeMap::new();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.usual_url().is_some()) {
            let options = ProviderOptions::default();
            let name = kind.as_str().to_owned();
            let usual = Known::settle(&name, &options, Source::Usual, environment)?;
            known.insert(name, usual);
        }
        for (name, options) in &user.providers {
            let own = Known::settle(name, options, Source::User, environment)?;
            known.insert(name.clone(), own);
        }
        let agreed = known.clone();
        for (name, options) in &project.providers {
            if user.providers.contains_key(name) {
                continue;
            }
            let strange = Known::settle(name, options, Source::Project, environment)?;
            strange.check_agreed(options, agreed.values(), environment)?;
            known.insert(name.clone(), strange);
        }
        let mut roles = BTreeMap::new();
        for (role, bound) in user.roles.iter().chain(&project.roles) {
            if role == ModelRole::Painter.as_str() && bound == EMBEDDED {
                // Whom the user's own file binds does not paint either.
                roles.remove(&ModelRole::Painter);
                continue;
            }
            let (role, binding) = role::read(role, bound, &known)?;
            roles.insert(role, binding);
        }
        Ok(Self { known, roles, tape: None, opened: Opened::default() })
    }

    /// Who a word such as `openai/gpt-image-1` means, if that one can play this role.
    pub(crate) fn bound(&self, role: ModelRole, word: &str) -> Result<Binding, AppError> {
        role::read(role.as_str(), word, &self.known).map(|(_, binding)| binding)
    }

    /// All providers, by name.
    pub fn known(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
    }

    /// The roles that are bound.
    pub fn roles(&self) -> impl Iterator<Item = (ModelRole, &Binding)> {
        self.roles.iter().map(|(role, binding)| (*role, binding))
    }

    /// The provider with this name.
    pub fn find(&self, name: &str) -> Result<&Known, AppError> {
        self.known.get(name).ok_or_else(|| self.unknown(name))
    }

    /// Who plays this role.
    pub fn binding(&self, role: ModelRole) -> Result<&Binding, AppError> {
        self.roles.get(&role).ok_or_else(|| AppError::Setting {
            name: "roles",
            problem: format!("no model is bound to the role `{role}`"),
            hint: format!("write `{role} = \"PROVIDER/MODEL\"` under `[roles]`"),
        })
    }

    /// The same behind a tape.
    #[must_use]
    pub fn on_tape(self, tape: Tape) -> Self {
        Self { tape: Some(tape), opened: Opened::default(), ..self }
    }

    /// True if answers go onto a tape, or come from one.
    pub(crate) const fn is_on_tape(&self) -> bool {
        self.tape.is_some()
    }

    /// What the answers of a provider's models depend on in any run, beside the model and what it is
    /// asked: which server it is, and how it is asked. `None` for a program: nobody says when it has
    /// become another one.
    pub(crate) fn lasting(&self, name: &str) -> Result<Option<StepKey>, AppError> {
        let known = self.find(name)?;
        let key = |address: &Address| {
            let (kind, address) = (known.kind.as_str().as_bytes(), address.to_string());
            let asked = [known.sends_seed.into(), known.likelihoods.into()];
            let parts = [b"provider".as_slice(), kind, address.as_bytes(), &asked];
            // Where nothing is said of it, the key is that of results from before.
            let effort = known.effort.map(|effort| effort.as_str().as_bytes());
            StepKey::of(parts.into_iter().chain(effort))
        };
        Ok(known.reach.server().map(key))
    }

    /// The same of one model; of one in a file: which file it is, to the last byte, and how it is read.
    pub(crate) fn lasting_of(&self, binding: &Binding) -> Result<Option<StepKey>, AppError> {
        let known = self.find(&binding.provider)?;
        if known.kind != Kind::Onnx {
            return self.lasting(&binding.provider);
        }
        let mut models = local::pinned(&known.local)?;
        models.0.retain(|name, _| *name == binding.model);
        // Where it lies does not matter.
        let files = models.0.values_mut().flat_map(LocalModel::files_mut);
        files.for_each(|file| file.path = PathBuf::new());
        Ok(Some(StepKey::of([b"local".as_slice(), models.to_argument().as_bytes()])))
    }

    /// True if nothing is sent: a tape plays what was said before.
    pub fn is_playing(&self) -> bool {
        self.tape.as_ref().is_some_and(Tape::is_playing)
    }

    /// Sets up the provider with this name, or hands out the one that is set up already: its
    /// connections and limits are shared by all roles, all runs and all clones of this. Nothing is
    /// sent.
    pub(crate) fn open(&self, name: &str) -> Result<Provider, AppError> {
        self.opened.get(name, || self.set_up(name, None))
    }

    /// The same for one call alone, which is made once.
    pub(crate) fn open_once(&self, name: &str) -> Result<Provider, AppError> {
        self.set_up(name, Some(NonZeroU32::MIN))
    }

    /// Reads key, variables and certificates. A tape that plays needs neither key nor patience.
    fn set_up(&self, name: &str, attempts: Option<NonZeroU32>) -> Result<Provider, AppError> {
        let known = self.find(name)?;
        let mut limits = known.limits.clone();
        limits.attempts = attempts.unwrap_or(limits.attempts);
        let Some(tape) = self.tape.clone() else {
            let settings = settings(known, key(known)?, limits)?;
            return Ok(Provider::open(settings, Arc::new(SystemPace))?);
        };
        if !tape.is_playing() {
            let settings = settings(known, key(known)?, limits)?;
            return Ok(Provider::open(settings, Arc::new(SystemPace))?.on_tape(tape));
        }
        let settings = settings(known, None, Limits { per_minute: None, ..limits })?;
        Ok(Provider::open(settings, Arc::new(Impatient))?.on_tape(tape))
    }

    fn unknown(&self, name: &str) -> AppError {
        let names: Vec<_> = self.known.keys().map(String::as_str).collect();
        AppError::Setting {
            name: "providers",
            problem: format!("there is no provider `{name}`"),
            hint: format!("there are {}; others are added under `[providers]`", names.join(", ")),
        }
    }
}

fn settings(
    known: &Known,
    key: Option<Secret>,
    limits: Limits,
) -> Result<ProviderSettings, AppError> {
    let extra_roots = known.ca_file.as_ref().map(|path| {
        fs::read(path).map_err(|source| AppError::ReadSettings { path: path.clone(), source })
    });
    let workflows = match known.kind {
        Kind::ComfyUi => Some(workflows::read(&known.workflows)?),
        _ => None,
    };
    let reach = match known.kind {
        Kind::Onnx => {
            let models = local::pinned(&known.local)?;
            Reach::Program(local::runtime(&known.name, known.runtime.as_deref(), &models)?)
        }
        _ => known.reach.clone(),
    };
    Ok(ProviderSettings {
        workflows,
        name: known.name.clone(),
        kind: known.kind,
        reach,
        environment: Variables(values(&known.environment)),
        key,
        limits,
        extra_roots: extra_roots.transpose()?,
        proxy: known.proxy.clone(),
        sends_seed: known.sends_seed,
        effort: known.effort,
    })
}

/// The values of those variables that are set.
fn values(names: &[String]) -> Vec<(String, String)> {
    let value = |name: &String| Some((name.clone(), paths::variable(name)?));
    names.iter().filter_map(value).collect()
}

fn key(known: &Known) -> Result<Option<Secret>, AppError> {
    let Some(variable) = &known.key_env else { return Ok(None) };
    let wrong = |problem: String| AppError::Setting {
        name: "providers",
        problem,
        hint: match known.reach.server() {
            Some(server) => {
                format!("set the variable to the key of `{server}`, or choose another")
            }
            None => {
                "set the variable, or take `key-env` out if the program wants no key".to_owned()
            }
        },
    };
    let name = &known.name;
    let Some(text) = paths::variable(variable) else {
        return Err(wrong(format!("`{variable}`, the key of provider `{name}`, is not set")));
    };
    let secret = Secret::new(&text)
        .map_err(|error| wrong(format!("`{variable}`, the key of `{name}`, is no key: {error}")))?;
    Ok(Some(secret))
}

#[cfg(test)]
mod tests;
