//! Options become settings once: flags over environment over `pentimento.toml` over defaults.
//!
//! Inside the program there is no `Option` that means "use the default". Flags are parsed by the
//! cli; here they arrive as [`RawOptions`] like those of every other source.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use pentimento_easel::Preset;
use pentimento_engine::ports::Clock;
use pentimento_journal::Durability;
use pentimento_model::{Bounds, Seed};
use pentimento_recipe::{Medium, Recipe, Role};
use serde::Deserialize;

use crate::{
    Handed,
    error::AppError,
    painter::Painter,
    paths::{self, SETTINGS_FILE},
    prices::{self, BudgetOptions, Prices},
    providers::{EMBEDDED, ModelRole, ProviderOptions, Providers, UserOptions},
    recipes,
};

/// The seed unless said otherwise: fixed, so that the same command draws the same pictures. Of the
/// first twelve seeds, 10 is one of those whose LMD accuracy before correction is typical of the
/// preset (29 / 37 / 75 / 69 percent), and its first pictures show several kinds of mistakes.
pub(crate) const DEFAULT_SEED: Seed = Seed(10);
/// How imperfect the easel is unless said otherwise.
pub(crate) const DEFAULT_PRESET: Preset = Preset::Dalle3Like;
/// The recipe unless said otherwise.
pub(crate) const DEFAULT_RECIPE: &str = "sld";

/// What the results of other runs may take unless said otherwise, in MiB: some thousand pictures.
const DEFAULT_CACHE_MIB: u64 = 1024;
/// The most they may take: what a disk of today holds.
const MOST_CACHE_MIB: u64 = 16 << 20;

/// What one source says. Missing means: ask the next source.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOptions {
    /// Name of a recipe.
    pub recipe: Option<String>,
    /// Name of the examiner who asks questions about every picture; the recipe's own otherwise.
    pub examiner: Option<String>,
    /// Who says what is in pictures, in place of the recipe's: an assessor, or the role of a model.
    pub detector: Option<String>,
    /// Name of an assessor that is asked and not heard, and by which reward hacking is told.
    pub held_out: Option<String>,
    /// Name of an easel preset.
    pub preset: Option<String>,
    /// Corrections after the first picture.
    pub rounds: Option<u32>,
    /// A number, or `random`.
    pub seed: Option<SeedOption>,
    /// Where runs are kept.
    pub runs_dir: Option<PathBuf>,
    /// When what is written must be on the disk: `always`, `stage` or `never`.
    pub sync: Option<String>,
    /// Results of other runs are used, and those of this one kept.
    pub cache: Option<bool>,
    /// How much they may take, in MiB: in the environment, never in a file.
    #[serde(skip)]
    pub cache_mib: Option<u64>,
    /// Where things that can be made again are kept.
    pub cache_dir: Option<PathBuf>,
    /// By name: bundled plugins to use, and settings of any plugin.
    #[serde(default)]
    pub plugins: BTreeMap<String, PluginOptions>,
    /// By name: servers with models.
    #[serde(default)]
    pub providers: BTreeMap<String, ProviderOptions>,
    /// By role: `PROVIDER/MODEL`.
    #[serde(default)]
    pub roles: BTreeMap<String, String>,
    /// What models cost; only the user's own file may say it.
    #[serde(default)]
    pub prices: Prices,
    /// Bounds of every run.
    #[serde(default)]
    pub budget: BudgetOptions,
    /// `embedded` or `PROVIDER/MODEL`: typed, never in a file, where the role stands.
    #[serde(skip)]
    pub painter: Option<String>,
    /// Every plugin of the lock file must run: typed, never in a file.
    #[serde(skip)]
    pub locked: bool,
}

/// What the settings say of one plugin.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PluginOptions {
    /// How much say a bundled plugin has; that of an installed one is given with its grant.
    pub mode: Option<String>,
    /// What the plugin reads through the facet `settings`.
    #[serde(default)]
    pub settings: BTreeMap<String, Handed>,
}

/// A seed as typed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged, expecting = "`seed` is a whole number from 0 to 2^63-1, or \"random\"")]
pub enum SeedOption {
    /// This seed.
    Fixed(u64),
    /// A word; only `random` is one.
    Word(String),
}

impl From<&str> for SeedOption {
    fn from(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Word(text.to_owned()), Self::Fixed)
    }
}

/// Everything a run needs to know before it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The recipe, with its number of rounds settled.
    pub recipe: Recipe,
    /// How imperfect the easel is.
    pub preset: Preset,
    /// Where all randomness comes from.
    pub seed: Seed,
    /// Where runs are kept.
    pub runs_dir: PathBuf,
    /// When what is written must be on the disk.
    pub durability: Durability,
    /// Results of other runs are used, and those of this one kept.
    pub cache: bool,
    /// How much they may take.
    pub cache_bytes: u64,
    /// Where things that can be made again are kept.
    pub cache_dir: PathBuf,
    /// The program that compiles strangers' plugins when it is started with the word for it: this
    /// one. `None` where nobody can say what it is; then they are compiled in this process.
    pub compiler: Option<PathBuf>,
    /// Every plugin of the lock file must run, or nothing does.
    pub locked: bool,
    /// The folder whose lock file counts.
    pub folder: PathBuf,
    /// By name: bundled plugins to use, and settings of any plugin.
    pub plugins: BTreeMap<String, PluginOptions>,
    /// Servers with models, and who plays which role.
    pub providers: Providers,
    /// What models cost.
    pub prices: Prices,
    /// What a run's models may take.
    pub bounds: Bounds,
    /// Who paints.
    pub painter: Painter,
    /// The roles that only the project's file binds, if the user has neither bounded what models may
    /// take nor, for the painter, typed who it is.
    pub strange_roles: Vec<String>,
}

impl Settings {
    /// Settles flags, the environment, and the settings file of `folder`.
    pub fn settle(flags: RawOptions, folder: &Path, clock: &dyn Clock) -> Result<Self, AppError> {
        let environment = from_environment()?;
        let file = from_file(&folder.join(SETTINGS_FILE))?;
        let project = UserOptions {
            providers: file.providers.clone(),
            roles: file.roles.clone(),
            ..UserOptions::default()
        };
        let user = paths::user_settings().map(|path| UserOptions::read(&path)).transpose()?;
        let user = user.unwrap_or_default();
        let providers = Providers::settle(&project, &user, &paths::variable)?;
        let typed = flags.budget.bounds();
        let own = user.budget.bounds();
        let bounds = or(typed, own.and(file.budget.bounds()));
        let preset_flag = flags.preset.is_some();
        let preset_typed = preset_flag || environment.preset.is_some();
        let word = flags.painter.clone();
        let is_strange = |role: &&String| word.is_none() || *role != PAINTER;
        let bound_by_file = file.roles.keys().filter(is_strange).cloned().collect();
        let chosen = [&flags, &environment, &file].iter().any(|one| one.detector.is_some());
        let settings = Self::resolve([flags, environment, file], clock)?;
        let detects = providers.binding(ModelRole::Detector).is_ok();
        let settings = if detects && !chosen { settings.without_seer()? } else { settings };
        let embedded = Painter::Embedded(settings.preset);
        if settings.recipe.medium() == Medium::Text {
            no_painter(&settings.recipe, word.is_some(), preset_flag)?;
        }
        let painter = match &word {
            None if !settings.recipe.needs(Role::Painter) => Painter::Nobody,
            Some(word) if word == EMBEDDED => embedded,
            Some(word) => Painter::Model(providers.bound(ModelRole::Painter, word)?),
            None if preset_typed => embedded,
            None => providers
                .binding(ModelRole::Painter)
                .map_or(embedded, |binding| Painter::Model(binding.clone())),
        };
        let strange_roles = match typed.and(own) {
            Bounds::NONE => bound_by_file,
            _ => Vec::new(),
        };
        prices::check(&user.prices)?;
        let (folder, prices) = (folder.to_owned(), user.prices);
        Ok(Self { folder, providers, prices, bounds, painter, strange_roles, ..settings })
    }

    /// The same where the seer is not asked for what a detector knows better, and for nothing.
    fn without_seer(self) -> Result<Self, AppError> {
        if self.recipe.detecting_role() != Some(Role::Seer) {
            return Ok(self);
        }
        let recipe = self.recipe.with_detector(Role::Detector.as_str())?;
        Ok(Self { recipe, ..self })
    }

    /// True if the user agreed to pay whoever plays this role, or if nobody is paid.
    pub(crate) fn may_spend(&self, role: ModelRole) -> bool {
        self.providers.is_playing()
            || !self.strange_roles.iter().any(|strange| strange == role.as_str())
    }

    /// Settles sources, strongest first.
    pub fn resolve(sources: [RawOptions; 3], clock: &dyn Clock) -> Result<Self, AppError> {
        let merged = sources.into_iter().reduce(RawOptions::or).unwrap_or_default();
        let name = merged.recipe.as_deref().unwrap_or(DEFAULT_RECIPE);
        let recipe = recipes::find(name)?;
        let recipe = match merged.examiner.as_deref() {
            Some(name) => recipe.with_examiner(name)?,
            None => recipe,
        };
        let recipe = match merged.detector.as_deref() {
            Some(name) => recipe.with_detector(name)?,
            None => recipe,
        };
        let recipe = match merged.held_out.as_deref() {
            Some(name) => recipe.with_held_out(name)?,
            None => recipe,
        };
        let preset = merged.preset.as_deref().map_or(Ok(DEFAULT_PRESET), preset)?;
        Ok(Self {
            recipe: merged
                .rounds
                .map_or(Ok(recipe.clone()), |rounds| with_rounds(&recipe, rounds))?,
            preset,
            seed: merged.seed.map_or(Ok(DEFAULT_SEED), |option| seed(&option, clock))?,
            runs_dir: runs_dir(merged.runs_dir)?,
            durability: merged.sync.as_deref().map_or(Ok(Durability::default()), durability)?,
            cache: merged.cache.unwrap_or(false),
            cache_bytes: cache_bytes(merged.cache_mib)?,
            cache_dir: merged.cache_dir.unwrap_or_else(paths::default_cache_dir),
            compiler: None,
            locked: merged.locked,
            folder: PathBuf::new(),
            plugins: merged.plugins,
            providers: Providers::default(),
            prices: Prices::default(),
            bounds: Bounds::NONE,
            painter: Painter::Embedded(preset),
            strange_roles: Vec::new(),
        })
    }
}

impl RawOptions {
    /// This source's word, else the weaker one's.
    fn or(self, weaker: Self) -> Self {
        Self {
            recipe: self.recipe.or(weaker.recipe),
            examiner: self.examiner.or(weaker.examiner),
            detector: self.detector.or(weaker.detector),
            held_out: self.held_out.or(weaker.held_out),
            preset: self.preset.or(weaker.preset),
            rounds: self.rounds.or(weaker.rounds),
            seed: self.seed.or(weaker.seed),
            runs_dir: self.runs_dir.or(weaker.runs_dir),
            sync: self.sync.or(weaker.sync),
            cache: self.cache.or(weaker.cache),
            cache_mib: self.cache_mib.or(weaker.cache_mib),
            cache_dir: self.cache_dir.or(weaker.cache_dir),
            // Only the file speaks of plugins, providers and roles.
            plugins: if self.plugins.is_empty() { weaker.plugins } else { self.plugins },
            providers: if self.providers.is_empty() { weaker.providers } else { self.providers },
            roles: if self.roles.is_empty() { weaker.roles } else { self.roles },
            // These are settled with the user's own file beside them.
            prices: Prices::default(),
            budget: BudgetOptions::default(),
            painter: None,
            locked: self.locked || weaker.locked,
        }
    }
}

/// The role's word in settings.
const PAINTER: &str = ModelRole::Painter.as_str();

/// What was typed, else the other.
fn or(typed: Bounds, other: Bounds) -> Bounds {
    Bounds {
        calls: typed.calls.or(other.calls),
        tokens: typed.tokens.or(other.tokens),
        images: typed.images.or(other.images),
        money: typed.money.or(other.money),
        time: typed.time.or(other.time),
    }
}

/// Who types a painter wants pictures.
fn no_painter(recipe: &Recipe, painter: bool, preset: bool) -> Result<(), AppError> {
    let name = match (painter, preset) {
        (true, _) => PAINTER,
        (_, true) => "preset",
        _ => return Ok(()),
    };
    Err(AppError::Setting {
        name,
        problem: format!("recipe `{}` makes texts, and nobody paints", recipe.name),
        hint: format!("leave `--{name}` out, or choose a recipe that makes pictures"),
    })
}

fn with_rounds(recipe: &Recipe, rounds: u32) -> Result<Recipe, AppError> {
    recipe.with_rounds(rounds).ok_or_else(|| AppError::Setting {
        name: "rounds",
        problem: format!("{rounds} is not {}", Recipe::rounds_range()),
        hint: "three rounds correct nearly everything that can be corrected".to_owned(),
    })
}

fn preset(name: &str) -> Result<Preset, AppError> {
    Preset::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Preset::ALL.iter().map(|preset| preset.as_str()).collect();
        AppError::Setting {
            name: "preset",
            problem: format!("there is no preset `{name}`"),
            hint: format!("choose one of {}", names.join(", ")),
        }
    })
}

fn durability(word: &str) -> Result<Durability, AppError> {
    Durability::from_word(word).ok_or_else(|| AppError::Setting {
        name: "sync",
        problem: format!(
            "`{word}` is none of {}",
            Durability::ALL.map(Durability::as_str).join(", ")
        ),
        hint: "`always` loses nothing when the power fails; `stage` nothing that was paid for"
            .to_owned(),
    })
}

fn seed(option: &SeedOption, clock: &dyn Clock) -> Result<Seed, AppError> {
    match option {
        SeedOption::Fixed(number) => Ok(Seed(*number)),
        SeedOption::Word(word) if word == "random" => {
            let now = clock.now();
            Ok(Seed(now.as_secs()).derive("random", u64::from(now.subsec_nanos())))
        }
        SeedOption::Word(word) => Err(AppError::Setting {
            name: "seed",
            problem: format!("`{word}` is neither a whole number from 0 to 2^64-1 nor `random`"),
            hint: "the same seed gives the same pictures; `--seed random` gives new ones"
                .to_owned(),
        }),
    }
}

/// Where runs are. Nothing would be the folder one stands in, with runs strewn about.
fn runs_dir(named: Option<PathBuf>) -> Result<PathBuf, AppError> {
    match named {
        Some(folder) if folder.as_os_str().is_empty() => Err(AppError::Setting {
            name: "runs-dir",
            problem: "it names no folder".to_owned(),
            hint: format!("name one, or leave it out: `{}` is usual", paths::RUNS_DIR),
        }),
        named => Ok(named.unwrap_or_else(|| paths::RUNS_DIR.into())),
    }
}

fn cache_bytes(mib: Option<u64>) -> Result<u64, AppError> {
    match mib.unwrap_or(DEFAULT_CACHE_MIB) {
        mib @ 1..=MOST_CACHE_MIB => Ok(mib << 20),
        mib => Err(AppError::Setting {
            name: paths::ENV_CACHE_MIB,
            problem: format!("{mib} is not a number from 1 to {MOST_CACHE_MIB}"),
            hint: format!("unset it: the cache then takes {DEFAULT_CACHE_MIB} MiB at most"),
        }),
    }
}

/// A whole number out of the environment.
fn number<T: std::str::FromStr>(name: &'static str, what: &str) -> Result<Option<T>, AppError> {
    let read = |text: String| {
        text.parse().map_err(|_| AppError::Setting {
            name,
            problem: format!("`{text}` is not a whole number"),
            hint: format!("set it to {what}, or unset it"),
        })
    };
    paths::variable(name).map(read).transpose()
}

/// `on` or `off` out of the environment.
fn switch(name: &'static str) -> Result<Option<bool>, AppError> {
    let read = |text: String| match text.as_str() {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(AppError::Setting {
            name,
            problem: format!("`{text}` is neither `on` nor `off`"),
            hint: "set it to one of them, or unset it".to_owned(),
        }),
    };
    paths::variable(name).map(read).transpose()
}

fn from_environment() -> Result<RawOptions, AppError> {
    let rounds = number(paths::ENV_ROUNDS, "a number of rounds")?;
    let cache_mib = number(paths::ENV_CACHE_MIB, "a number of MiB")?;
    Ok(RawOptions {
        cache: switch(paths::ENV_CACHE)?,
        cache_mib,
        recipe: paths::variable(paths::ENV_RECIPE),
        preset: paths::variable(paths::ENV_PRESET),
        rounds,
        seed: paths::variable(paths::ENV_SEED).as_deref().map(SeedOption::from),
        runs_dir: paths::variable(paths::ENV_RUNS_DIR).map(PathBuf::from),
        sync: paths::variable(paths::ENV_SYNC),
        cache_dir: paths::variable(paths::ENV_CACHE_DIR).map(PathBuf::from),
        ..RawOptions::default()
    })
}

fn from_file(path: &Path) -> Result<RawOptions, AppError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(RawOptions::default()),
        Err(source) => return Err(AppError::ReadSettings { path: path.to_owned(), source }),
    };
    let options: RawOptions = toml::from_str(&text).map_err(|source| AppError::ParseSettings {
        path: path.to_owned(),
        source: source.into(),
    })?;
    // The cache holds machine code that is run; a project of somebody else's must not bring its own.
    if options.cache_dir.is_some() {
        return Err(AppError::Setting {
            name: "cache-dir",
            problem: format!("`{}` may not choose it", path.display()),
            hint: format!("set {} instead", paths::ENV_CACHE_DIR),
        });
    }
    if !options.prices.is_empty() {
        return Err(AppError::Setting {
            name: "prices",
            problem: format!("`{}` may not say what models cost", path.display()),
            hint: "write them into your own settings file, so that no project can call a dear \
                   model cheap"
                .to_owned(),
        });
    }
    Ok(options)
}

#[cfg(test)]
mod tests;
