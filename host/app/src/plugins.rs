//! Which plugins a run gets: the bundled eye, bundled ones that the settings name, and installed
//! ones that the operator of this machine consented to.
//!
//! What is installed and granted is the shelf's business; running them the sandbox's.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pentimento_engine::ports::Clock;
use pentimento_manifest::{Manifest, Role, extract};
use pentimento_model::{Mode, PluginId};
use pentimento_sandbox::{LoadedPlugin, Sandbox};
use pentimento_shelf::{Admitted, Shelf, ShelfError, SigningKey, State};

use crate::{
    AppError, Bundled, Handed, Settings,
    paths::{self, LOCK_FILE, SETTINGS_FILE},
    products, roster,
    wire_up::EYE,
    workbench::Found,
};

/// What follows a component's name in that of its signature.
const SIGNATURE_ENDING: &str = ".minisig";

/// The plugins of the project in a folder, on this machine.
#[derive(Debug)]
pub struct Plugins;

impl Plugins {
    /// The shelf of the project in this folder.
    pub fn shelf(folder: &Path) -> Result<Shelf, AppError> {
        let data_dir = paths::data_dir().ok_or(AppError::NoDataFolder)?;
        let reserved: Vec<_> = Bundled::ALL.iter().map(|bundled| bundled.name).collect();
        Ok(Shelf::new(&folder.join(LOCK_FILE), &data_dir, &reserved))
    }

    /// Signs a component's file with a key and puts the signature beside it. Returns where. The key
    /// is asked for, or made, only if the component is one that can be signed.
    pub fn sign<E: From<AppError>>(
        file: &Path,
        key: impl FnOnce() -> Result<SigningKey, E>,
    ) -> Result<(PathBuf, SigningKey), E> {
        let component = Found::file(file).map_err(AppError::from)?.component;
        // A signature that covers no request would vouch for any.
        let manifest = extract(&component).and_then(|text| Manifest::parse(&text));
        let name = manifest.map_err(|error| AppError::from(ShelfError::from(error)))?.name;
        let key = key()?;
        let path = Self::put_signature(file, &key, &PluginId::of(name, &component), &component)?;
        Ok((path, key))
    }

    fn put_signature(
        file: &Path,
        key: &SigningKey,
        id: &PluginId,
        component: &[u8],
    ) -> Result<PathBuf, AppError> {
        let signature = key.sign(id, component)?;
        let mut beside = file.as_os_str().to_owned();
        beside.push(SIGNATURE_ENDING);
        let path = PathBuf::from(beside);
        products::replace(&path, signature.0.as_bytes())
            .map_err(|source| ShelfError::Write { path: path.clone(), source })?;
        Ok(path)
    }

    /// The password of a signing key, if the environment has it.
    pub fn key_password() -> Option<String> {
        paths::variable(paths::ENV_KEY_PASSWORD)
    }

    /// The time, for decisions that end some day.
    pub fn now(clock: &dyn Clock) -> Timestamp {
        let seconds = i64::try_from(clock.now().as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    }

    /// Lets everything in that a run is to use.
    pub(crate) fn let_in(
        settings: &Settings,
        sandbox: &Sandbox,
        now: Timestamp,
    ) -> Result<Vec<LoadedPlugin>, AppError> {
        let installed = installed(settings, now)?;
        check_names(settings, &installed)?;
        let mut plugins = Vec::new();
        for bundled in Bundled::ALL {
            let options = settings.plugins.get(bundled.name);
            let mode = match options {
                None if bundled.assesses_by_default => Mode::Enforce,
                None => continue,
                Some(options) => mode(bundled.name, options.mode.as_deref())?,
            };
            let plugin = sandbox.admit(bundled.component, &bundled.grant())?;
            plugins.push(plugin.with_mode(mode));
        }
        for Admitted { component, grant, mode, .. } in installed {
            plugins.push(sandbox.admit(&component, &grant)?.with_mode(mode));
        }
        let configured = plugins.into_iter().map(|plugin| configured(settings, plugin));
        let plugins = configured.collect::<Result<Vec<_>, _>>()?;
        let roster = roster::of(sandbox, &plugins)?;
        Ok(plugins.into_iter().map(|plugin| plugin.among(&roster)).collect())
    }

    /// Says who could be meant, if whom the recipe names to say what is in pictures, or to be held out,
    /// is not there.
    pub(crate) fn check_named(settings: &Settings, now: Timestamp) -> Result<(), AppError> {
        let recipe = &settings.recipe;
        let named = [
            (recipe.detecting_plugin(), "say what is in pictures"),
            (recipe.held_out_plugin(), "be held out"),
        ];
        for (name, task) in named {
            let Some(name) = name.filter(|name| *name != EYE) else { continue };
            let mut known = assessors(settings, now)?;
            if known.iter().any(|one| one == name) {
                continue;
            }
            if recipe.detecting_plugin() == Some(name) {
                known.extend(["detector", "seer"].map(in_role));
            } else {
                known.retain(|one| recipe.detecting_plugin() != Some(one));
                known.push(in_role("auditor"));
            }
            return Err(AppError::NoSuchAssessor {
                name: pentimento_model::clean(name),
                task,
                hint: format!("there are {}", known.join(", ")),
            });
        }
        Ok(())
    }

    /// Why a plugin is not among those that were let in, and what would help.
    pub(crate) fn why_not(
        settings: &Settings,
        name: &str,
        now: Timestamp,
    ) -> Result<(String, String), AppError> {
        if Bundled::find(name).is_some() {
            let hint = format!("write `[plugins.{name}]` into `{SETTINGS_FILE}`");
            return Ok((
                "it comes with the program, and is not named in the settings".into(),
                hint,
            ));
        }
        let grant = format!("run `pentimento plugin grant {name}`");
        let listed = if settings.folder.join(LOCK_FILE).exists() {
            Self::shelf(&settings.folder)?.list(now)?
        } else {
            Vec::new()
        };
        let state = listed.into_iter().find(|(plugin, _)| plugin.name == name);
        Ok(match state {
            None => {
                let add = if Bundled::TO_BE_BUILT.contains(&name) {
                    format!(
                        "`pentimento plugin add plugins/{name} --build` in a copy of Pentimento's sources"
                    )
                } else {
                    "`pentimento plugin add`".to_owned()
                };
                let hint = format!("add it with {add}, and {grant}");
                ("it is neither bundled nor installed".into(), hint)
            }
            Some((_, State::Waiting | State::Granted(_))) => ("nobody let it in".into(), grant),
            Some((_, State::Denied)) => ("it was denied".into(), grant),
            Some((_, State::Expired(end))) => {
                (format!("its grant ended on {}", end.strftime("%F")), grant)
            }
        })
    }
}

/// The names of all plugins that assess: bundled ones, and those that the operator let in.
fn assessors(settings: &Settings, now: Timestamp) -> Result<Vec<String>, AppError> {
    let assesses = |component: &[u8]| {
        let text = extract(component).ok();
        let manifest = text.and_then(|text| Manifest::parse(&text).ok());
        manifest.is_some_and(|manifest| manifest.role != Role::Tool)
    };
    let bundled = Bundled::ALL.iter().filter(|one| assesses(one.component));
    let installed = installed(settings, now)?.into_iter().filter(|one| assesses(&one.component));
    let names = bundled.map(|one| one.name.to_owned());
    Ok(names.chain(installed.map(|one| one.id.name)).collect())
}

fn in_role(role: &str) -> String {
    format!("{role} (a model in that role)")
}

/// What is installed and granted. Without a lock file nothing is, and no data folder is needed.
pub(crate) fn installed(settings: &Settings, now: Timestamp) -> Result<Vec<Admitted>, AppError> {
    if !settings.folder.join(LOCK_FILE).exists() {
        return Ok(Vec::new());
    }
    let shelf = Plugins::shelf(&settings.folder)?;
    Ok(if settings.locked { shelf.admitted_all(now)? } else { shelf.admitted(now)? })
}

/// The plugin with its settings. What stands in files of the user's is private input.
pub(crate) fn configured(
    settings: &Settings,
    plugin: LoadedPlugin,
) -> Result<LoadedPlugin, AppError> {
    let Some(options) = settings.plugins.get(&plugin.id().name) else { return Ok(plugin) };
    let is_read = options.settings.values().any(Handed::is_read);
    let read = |(key, value): (&String, &Handed)| Ok((key.clone(), value.read(&settings.folder)?));
    let values = options.settings.iter().map(read).collect::<Result<_, AppError>>()?;
    let plugin = plugin.configured(values);
    Ok(if is_read { plugin.holding_private()? } else { plugin })
}

fn check_names(settings: &Settings, installed: &[Admitted]) -> Result<(), AppError> {
    for (name, options) in &settings.plugins {
        let is_installed = installed.iter().any(|admitted| admitted.id.name == *name);
        if !is_installed && Bundled::find(name).is_none() {
            return Err(AppError::NoSuchPlugin { plugin: pentimento_model::clean(name) });
        }
        if is_installed && options.mode.is_some() {
            return Err(AppError::Setting {
                name: "plugins",
                problem: format!("the mode of the installed plugin `{name}` belongs to its grant"),
                hint: format!("run `pentimento plugin grant {name} --mode MODE` instead"),
            });
        }
    }
    Ok(())
}

fn mode(plugin: &str, word: Option<&str>) -> Result<Mode, AppError> {
    let Some(word) = word else { return Ok(Mode::default()) };
    Mode::from_name(word).ok_or_else(|| AppError::Setting {
        name: "plugins",
        problem: format!("`{plugin}` has the mode `{}`", pentimento_model::clean(word)),
        hint: "a mode is shadow, advise or enforce".to_owned(),
    })
}
