//! One provider as settings describe it, and whether a stranger may have described it so.

use std::{
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use pentimento_engine::ports::Manner;
use pentimento_local::LocalModels;
use pentimento_model::{Abilities, Ability};
use pentimento_provider::{Address, Effort, Kind, Limits, Reach};

use super::{Environment, local, options::ProviderOptions, program, workflows};
use crate::{error::AppError, paths};

/// Who described a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody needs to: everyone has it.
    Usual,
    /// The user's own file.
    User,
    /// The file of the project.
    Project,
}

/// Whether a key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// None is sent.
    NotWanted,
    /// Its variable is set.
    Set,
    /// Its variable is not set.
    Missing,
}

/// One provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Which protocol it speaks.
    pub kind: Kind,
    /// How it is reached.
    pub reach: Reach,
    /// What it can be asked for.
    pub abilities: Abilities,
    /// The variable that holds the key; `None` if none is sent.
    pub key_env: Option<String>,
    /// Who described it.
    pub source: Source,
    /// Whether its models can say how likely their words are.
    pub likelihoods: bool,
    /// How its models want to be asked.
    pub manner: Manner,
    /// How much, how often and how long.
    pub limits: Limits,
    /// Pictures are asked for with the whole seed.
    pub sends_seed: bool,
    /// How long its models are to think.
    pub effort: Option<Effort>,
    /// Variables that a program finds in its environment.
    pub(super) environment: Vec<String>,
    /// Models in files.
    pub(super) local: LocalModels,
    /// The program that carries them out, if settings name it.
    pub(super) runtime: Option<PathBuf>,
    /// Files with workflows, of a server that takes some.
    pub(super) workflows: workflows::Files,
    pub(super) ca_file: Option<PathBuf>,
    pub(super) proxy: Option<Address>,
}

/// Most of anything that is counted in settings of providers; in seconds, a day.
const MOST: u32 = 86_400;
/// Most attempts of one call: a server that fails so often does not recover while one waits.
const MOST_ATTEMPTS: u32 = 20;
/// Nobody calls a variable by so many capital and small letters and digits.
const KEY_LENGTH: usize = 20;
/// Most tokens of an answer: as many as models write at once, hidden thoughts included (128 Ki; the
/// longest answers of `OpenAI`'s and Anthropic's have as many).
const MOST_ANSWER_TOKENS: u32 = 131_072;

impl Known {
    pub(super) fn settle(
        name: &str,
        options: &ProviderOptions,
        source: Source,
        environment: Environment<'_>,
    ) -> Result<Self, AppError> {
        check_name(name)?;
        check_key_name(name, options)?;
        let word = options.kind.as_deref().unwrap_or(name);
        let kind = Kind::from_name(word).ok_or_else(|| no_kind(name, options.kind.as_deref()))?;
        if source == Source::Project {
            program::check_stranger(name, kind, options)?;
            local::check_stranger(name, kind, options)?;
        }
        let files = workflows::files(name, kind, options)?;
        if source == Source::Project {
            workflows::check_stranger(name, &files)?;
        }
        let (reach, local, abilities) = match kind {
            Kind::Onnx => local::read(name, options)?,
            Kind::Command => {
                local::check_absent(name, kind, options)?;
                let (reach, abilities) = program::read(name, options)?;
                (reach, LocalModels::default(), abilities)
            }
            _ => {
                program::check_absent(name, kind, options)?;
                local::check_absent(name, kind, options)?;
                let server = Reach::Server(server(name, kind, options, environment)?);
                (server, LocalModels::default(), workflows::abilities(kind, &files))
            }
        };
        let usual = || {
            let variable = kind.usual_key()?;
            let url = reach.server()?;
            belongs(variable, url, environment).then(|| variable.to_owned())
        };
        Ok(Self {
            name: name.to_owned(),
            kind,
            key_env: options.key_env.clone().or_else(usual),
            source,
            likelihoods: options.logprobs.unwrap_or(true) && abilities.has(Ability::Logprobs),
            manner: manner(name, options)?,
            limits: limits(name, kind, options)?,
            sends_seed: sends_seed(name, kind, options)?,
            effort: effort(name, kind, options)?,
            ca_file: options.ca_file.clone(),
            proxy: options.proxy.as_deref().map(|url| address(name, "proxy", url)).transpose()?,
            environment: options.environment.clone().unwrap_or_default(),
            abilities: declared(name, kind, options, abilities)?,
            workflows: files,
            local,
            runtime: options.runtime.clone(),
            reach,
        })
    }

    /// What this model of it can be asked for; `None` if it has no such model. Servers and programs know
    /// best what theirs can do.
    pub(super) fn of_model(&self, model: &str) -> Option<Abilities> {
        match self.kind {
            Kind::Onnx => {
                let model = self.local.0.get(model)?;
                Some(Abilities::of([model.family.ability()]))
            }
            _ => Some(self.abilities),
        }
    }

    /// Its models in files, each with its name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.local.0.iter().map(|(name, model)| (name.as_str(), model.file.path.as_path()))
    }

    /// Whether its key is there.
    pub fn key_state(&self) -> KeyState {
        match &self.key_env {
            None => KeyState::NotWanted,
            Some(variable) if paths::variable(variable).is_some() => KeyState::Set,
            Some(_) => KeyState::Missing,
        }
    }

    /// Whether a project may describe it so, given the providers the user agreed to.
    pub(super) fn check_agreed<'a>(
        &self,
        options: &ProviderOptions,
        mut agreed: impl Iterator<Item = &'a Self> + Clone,
        environment: Environment<'_>,
    ) -> Result<(), AppError> {
        let name = &self.name;
        for (key, given) in
            [("ca-file", options.ca_file.is_some()), ("proxy", options.proxy.is_some())]
        {
            if given {
                let problem =
                    format!("a project may not set `{key}`, as it does for provider `{name}`");
                let hint = format!("if you want it, describe the provider in {}", own_file());
                return Err(AppError::Setting { name: "providers", problem, hint });
            }
        }
        // A stranger's program was refused when it was read.
        let Some(url) = self.reach.server() else { return Ok(()) };
        let origin = url.origin();
        let is_there =
            |known: &Self| known.reach.server().is_some_and(|url| url.origin() == origin);
        let known_host = agreed.clone().any(is_there);
        if !url.is_loopback() && !known_host && !is_well_known(&origin) {
            let problem = format!(
                "the project would have questions and pictures sent to `{origin}` (provider \
                 `{name}`), to which you have not agreed"
            );
            let hint = format!("if you trust it, describe the provider in {}", own_file());
            return Err(AppError::Setting { name: "providers", problem, hint });
        }
        let Some(variable) = &self.key_env else { return Ok(()) };
        let same = |known: &Self| is_there(known) && known.key_env.as_ref() == Some(variable);
        if belongs(variable, url, environment) || agreed.any(same) {
            return Ok(());
        }
        let problem = format!(
            "the project would have the key in `{variable}` sent to `{origin}` (provider `{name}`)"
        );
        let hint = format!("if it belongs there, describe the provider in {}", own_file());
        Err(AppError::Setting { name: "providers", problem, hint })
    }
}

/// The user's own file, in words.
pub(super) fn own_file() -> String {
    match paths::user_settings() {
        Some(path) => format!("`{}`", path.display()),
        None => "your own settings file".to_owned(),
    }
}

/// Hosts that everyone knows, with the keys that are theirs.
const WELL_KNOWN: [(&str, Kind); 2] =
    [("https://api.openai.com", Kind::OpenAi), ("https://api.anthropic.com", Kind::Anthropic)];

fn is_well_known(origin: &str) -> bool {
    WELL_KNOWN.iter().any(|(host, _)| *host == origin)
}

/// True if the key in this variable is meant for this address: the maker's own, or the one that
/// the user's environment names beside the key.
fn belongs(variable: &str, url: &Address, environment: Environment<'_>) -> bool {
    let origin = url.origin();
    WELL_KNOWN.iter().filter(|(_, kind)| kind.usual_key() == Some(variable)).any(|(host, kind)| {
        let base = base_variable(*kind).and_then(environment);
        let base = base.and_then(|text| Address::new(&text).ok());
        base.map_or(*host == origin, |base| base.origin() == origin)
    })
}

/// The variable that moves a maker's address, as the makers' own clients read it.
const fn base_variable(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::OpenAi => Some(paths::ENV_OPENAI_BASE_URL),
        Kind::Anthropic => Some(paths::ENV_ANTHROPIC_BASE_URL),
        Kind::Ollama | Kind::SdWebUi | Kind::ComfyUi | Kind::Command | Kind::Onnx => None,
    }
}

/// Where a server is: where settings say, else where the environment does, else where it usually is.
fn server(
    name: &str,
    kind: Kind,
    options: &ProviderOptions,
    environment: Environment<'_>,
) -> Result<Address, AppError> {
    if let Some(url) = &options.url {
        return address(name, "url", url);
    }
    let named = base_variable(kind).and_then(|name| Some((name, environment(name)?)));
    let usual = || Some(("providers", kind.usual_url()?.to_owned()));
    let (name, text) = named.or_else(usual).unwrap_or_default();
    Address::new(&text).map_err(|error| AppError::Setting {
        name,
        problem: error.to_string(),
        hint: "unset it, or set it to the base URL of the server".to_owned(),
    })
}

fn address(provider: &str, key: &str, text: &str) -> Result<Address, AppError> {
    Address::new(text).map_err(|error| AppError::Setting {
        name: "providers",
        problem: format!("`{key}` of provider `{provider}` cannot be used: {error}"),
        hint: "write it like `http://127.0.0.1:8080/v1`".to_owned(),
    })
}

/// A key may have been typed where its variable's name belongs: what is no name is not repeated.
fn check_key_name(name: &str, options: &ProviderOptions) -> Result<(), AppError> {
    let Some(variable) = &options.key_env else { return Ok(()) };
    let has = |kind: fn(&u8) -> bool| variable.bytes().any(|byte| kind(&byte));
    let is_like_a_key = variable.len() >= KEY_LENGTH
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit);
    if program::is_variable(variable) && !is_like_a_key {
        return Ok(());
    }
    Err(AppError::Setting {
        name: "providers",
        problem: format!("`key-env` of provider `{name}` is no name of a variable"),
        hint: "if it is the key itself: put that into a variable, and write the variable's name, such \
               as `MY_KEY`; a key never stands in a file"
            .to_owned(),
    })
}

fn check_name(name: &str) -> Result<(), AppError> {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=32).contains(&name.len()) && name.bytes().all(good) {
        return Ok(());
    }
    Err(AppError::Setting {
        name: "providers",
        problem: format!("`{}` is no name for a provider", pentimento_model::clean(name)),
        hint: "use up to 32 of a-z, 0-9 and `-`".to_owned(),
    })
}

fn no_kind(name: &str, kind: Option<&str>) -> AppError {
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let problem = match kind {
        Some(kind) => {
            let kind = pentimento_model::clean(kind);
            format!("provider `{name}` is of no kind that there is: `{kind}`")
        }
        None => format!("provider `{name}` has no `kind`"),
    };
    let hint = format!("there are {}", kinds.join(", "));
    AppError::Setting { name: "providers", problem, hint }
}

fn limits(name: &str, kind: Kind, options: &ProviderOptions) -> Result<Limits, AppError> {
    let usual = Limits::of(kind);
    let number = |key: &str, value| up_to((name, MOST), key, value);
    let seconds = |key, value, usual: Duration| {
        let number = number(key, value)?;
        Ok::<_, AppError>(number.map_or(usual, |number| Duration::from_secs(number.get().into())))
    };
    let at_once = number("calls-at-once", options.calls_at_once)?;
    Ok(Limits {
        deadline: seconds("deadline", options.deadline, usual.deadline)?,
        connect: seconds("connect-timeout", options.connect_timeout, usual.connect)?,
        read: seconds("read-timeout", options.read_timeout, usual.read)?,
        attempts: up_to((name, MOST_ATTEMPTS), "attempts", options.attempts)?
            .unwrap_or(usual.attempts),
        in_flight: at_once
            .and_then(|number| usize::try_from(number.get()).ok())
            .unwrap_or(usual.in_flight),
        per_minute: number("calls-per-minute", options.calls_per_minute)?,
        retry_after: seconds("longest-wait", options.longest_wait, usual.retry_after)?,
    })
}

fn manner(name: &str, options: &ProviderOptions) -> Result<Manner, AppError> {
    let answer_tokens = up_to((name, MOST_ANSWER_TOKENS), "answer-tokens", options.answer_tokens)?;
    Ok(Manner { words: options.json == Some(false), answer_tokens })
}

fn effort(name: &str, kind: Kind, options: &ProviderOptions) -> Result<Option<Effort>, AppError> {
    let Some(word) = &options.reasoning_effort else { return Ok(None) };
    let wrong =
        |problem: String, hint: String| AppError::Setting { name: "providers", problem, hint };
    if kind != Kind::OpenAi {
        return Err(wrong(
            format!("`reasoning-effort` of provider `{name}` means nothing to `{kind}`"),
            "take it out: it is for servers of the kind `openai`".to_owned(),
        ));
    }
    Effort::from_name(word).map(Some).ok_or_else(|| {
        let words: Vec<_> = Effort::ALL.iter().map(|effort| effort.as_str()).collect();
        wrong(
            format!(
                "`reasoning-effort` of provider `{name}` is `{}`",
                pentimento_model::clean(word)
            ),
            format!("it can be {}", words.join(", ")),
        )
    })
}

/// A number that is at least one, if there is any.
fn up_to(
    (name, most): (&str, u32),
    key: &str,
    value: Option<u32>,
) -> Result<Option<NonZeroU32>, AppError> {
    let Some(number) = value else { return Ok(None) };
    let good = NonZeroU32::new(number).filter(|number| number.get() <= most);
    good.map(Some).ok_or_else(|| out_of_range(name, key, number, most))
}

/// What the settings leave of its abilities. Servers of these kinds that do not know pictures as feedback take
/// no notice of them, so that the user must say which do.
fn declared(
    name: &str,
    kind: Kind,
    options: &ProviderOptions,
    abilities: Abilities,
) -> Result<Abilities, AppError> {
    let must_say = matches!(kind, Kind::OpenAi | Kind::SdWebUi);
    if options.references.is_some() && !must_say {
        return Err(AppError::Setting {
            name: "providers",
            problem: format!("`references` of provider `{name}` means nothing to `{kind}`"),
            hint: "take it out; `references-workflow` is for `comfyui`, and `can` for `command`"
                .to_owned(),
        });
    }
    let abilities = if must_say && options.references != Some(true) {
        abilities.without(Ability::References)
    } else {
        abilities
    };
    // A picture comes again where its seed is sent.
    let abilities = match options.send_seed {
        Some(true) if kind == Kind::OpenAi => abilities.with(Ability::Seeded),
        _ => abilities,
    };
    Ok(match options.edits {
        Some(false) => abilities.without(Ability::Edit).without(Ability::Inpaint),
        _ => abilities,
    })
}

/// Only where pictures are asked for with no seed otherwise is there anything to choose.
fn sends_seed(name: &str, kind: Kind, options: &ProviderOptions) -> Result<bool, AppError> {
    match options.send_seed {
        Some(true) if kind != Kind::OpenAi => Err(AppError::Setting {
            name: "providers",
            problem: format!("`send-seed` of provider `{name}` means nothing to a `{kind}` server"),
            hint: "take it out: it is for servers of the kind `openai` that take a `seed`"
                .to_owned(),
        }),
        wish => Ok(wish.unwrap_or(false)),
    }
}

fn out_of_range(provider: &str, key: &str, number: u32, most: u32) -> AppError {
    AppError::Setting {
        name: "providers",
        problem: format!("`{key}` of provider `{provider}` is {number}"),
        hint: format!("it can be from 1 to {most}"),
    }
}
