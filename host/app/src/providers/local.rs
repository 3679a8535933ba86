//! Models in files, as settings describe them. Only the user's own file may: what a graph makes the
//! runtime do is as much a stranger's as a program.
//!
//! They are carried out by `pentimento-onnx`, which is started for every question as any program is.

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
};

use pentimento_local::{Companion, Family, FileError, LocalFile, LocalModel, LocalModels, Pooling};
use pentimento_model::{Abilities, Ability, clean};
use pentimento_provider::{Kind, Program, Reach};
use serde::Deserialize;

use super::{known::own_file, options::ProviderOptions};
use crate::{error::AppError, paths};

/// The program that carries them out.
const RUNTIME: &str = "pentimento-onnx";
/// Models of one provider, at most: they are handed over as one argument of a program.
const MODELS: usize = 16;
/// Bytes of that argument; Linux takes 128 KiB.
const ARGUMENT_BYTES: usize = 96 * 1024;
/// Seconds that a graph may work for one answer, at most.
const MOST_SECONDS: u32 = 600;

/// One table `[providers.NAME.models.MODEL]`. Missing means the family's default.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LocalOptions {
    /// How the graph is fed and read.
    pub family: String,
    /// The file; from the settings file's folder on, unless its path is whole.
    pub file: PathBuf,
    /// What a detector's kinds are called, in the graph's order.
    pub labels: Option<Labels>,
    /// Pixels of a side of the picture that the graph is shown, if it takes any size.
    pub size: Option<u16>,
    /// Objects that the detector is less sure of are left out.
    pub threshold: Option<f32>,
    /// Of two boxes of a kind that overlap by more than this, one is kept.
    pub overlap: Option<f32>,
    /// The file by which texts are cut into tokens.
    pub tokenizer: Option<PathBuf>,
    /// What becomes of the vectors of a text's tokens.
    pub pooling: Option<String>,
    /// The graph that reads the lines that this one finds.
    pub recognizer: Option<PathBuf>,
    /// What its numbers stand for.
    pub characters: Option<PathBuf>,
}

impl LocalOptions {
    /// The file in this part.
    fn file(&self, companion: Companion) -> Option<&Path> {
        match companion {
            Companion::Tokenizer => self.tokenizer.as_deref(),
            Companion::Recognizer => self.recognizer.as_deref(),
            Companion::Characters => self.characters.as_deref(),
        }
    }
}

/// Names of kinds.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged, expecting = "`\"coco\"` or a list of names is needed")]
pub enum Labels {
    /// A set that comes along.
    Named(String),
    /// One after the other.
    Listed(Vec<String>),
}

/// How models in files are reached, what they are, and what they can do together.
pub(super) fn read(
    name: &str,
    options: &ProviderOptions,
) -> Result<(Reach, LocalModels, Abilities), AppError> {
    check_others(name, options)?;
    let described = options.models.as_ref().filter(|models| !models.is_empty());
    let Some(described) = described.filter(|models| models.len() <= MODELS) else {
        let problem = format!("provider `{name}` describes no model, or more than {MODELS}");
        return Err(wrong(problem, usage(name)));
    };
    let models = described.iter().map(|(word, one)| Ok((word.clone(), model(name, word, one)?)));
    let models = LocalModels(models.collect::<Result<BTreeMap<_, _>, AppError>>()?);
    if models.to_argument().len() > ARGUMENT_BYTES {
        let problem =
            format!("the labels of provider `{name}` have more than {ARGUMENT_BYTES} bytes");
        return Err(wrong(problem, "describe its models as several providers".to_owned()));
    }
    let abilities = Abilities::of(models.0.values().map(|model| model.family.ability()));
    Ok((Reach::Program(runtime(name, options.runtime.as_deref(), &models)?), models, abilities))
}

/// Refuses models in a project's file, and models of a server.
pub(super) fn check_stranger(
    name: &str,
    kind: Kind,
    options: &ProviderOptions,
) -> Result<(), AppError> {
    if kind != Kind::Onnx && options.models.is_none() && options.runtime.is_none() {
        return Ok(());
    }
    let problem = format!("the project would have a model's file read (provider `{name}`)");
    Err(wrong(problem, format!("if you want it, describe the provider in {}", own_file())))
}

/// Refuses what only models in files have.
pub(super) fn check_absent(
    name: &str,
    kind: Kind,
    options: &ProviderOptions,
) -> Result<(), AppError> {
    if options.models.is_none() && options.runtime.is_none() {
        return Ok(());
    }
    let problem = format!("`models` or `runtime` of provider `{name}` means nothing to `{kind}`");
    Err(wrong(problem, "it is for models in files, which have `kind = \"onnx\"`".to_owned()))
}

/// The same models under the digests that their files have now.
pub(super) fn pinned(models: &LocalModels) -> Result<LocalModels, AppError> {
    let pinned = |(name, model): (&String, &LocalModel)| {
        let mut model = model.clone();
        for file in model.files_mut() {
            *file = file.pinned().map_err(|error| unusable(name, &error))?;
        }
        Ok((name.clone(), model))
    };
    models.0.iter().map(pinned).collect::<Result<_, _>>().map(LocalModels)
}

/// The program that carries out models in files, told these: the one that settings name, or else the one
/// that lies beside this one.
pub(super) fn runtime(
    name: &str,
    named: Option<&Path>,
    models: &LocalModels,
) -> Result<Program, AppError> {
    let beside = || {
        let own = env::current_exe().ok()?;
        Some(own.with_file_name(format!("{RUNTIME}{}", env::consts::EXE_SUFFIX)))
    };
    let path = named.map(Path::to_owned).or_else(beside).unwrap_or_default();
    Program::new(&[path.to_string_lossy().into_owned(), models.to_argument()]).map_err(|error| {
        let problem = format!("`runtime` of provider `{name}` cannot be used: {error}");
        wrong(problem, format!("name the whole path of the program `{RUNTIME}`"))
    })
}

fn model(provider: &str, word: &str, options: &LocalOptions) -> Result<LocalModel, AppError> {
    let of = format!("model `{}` of provider `{provider}`", clean(word));
    let good = |byte: u8| byte.is_ascii_graphic() && byte != b'/';
    if word.is_empty() || word.len() > 64 || !word.bytes().all(good) {
        return Err(wrong(format!("{of} has no name that can be used"), usage(provider)));
    }
    let family = Family::from_name(&options.family).ok_or_else(|| {
        let names: Vec<_> = Family::ALL.iter().map(|family| family.as_str()).collect();
        let problem = format!("{of} is of no family that there is: `{}`", clean(&options.family));
        wrong(problem, format!("there are {}", names.join(", ")))
    })?;
    if options.file.as_os_str().is_empty() {
        return Err(wrong(format!("{of} has no `file`"), usage(provider)));
    }
    check_family(&of, family, options)?;
    let folder = paths::user_settings().and_then(|file| file.parent().map(PathBuf::from));
    let folder = folder.unwrap_or_default();
    let usual = LocalModel::new(family, folder.join(&options.file));
    let pooling = match options.pooling.as_deref() {
        None => usual.pooling,
        Some(word) => Pooling::from_name(word).ok_or_else(|| {
            let problem = format!("`pooling` of {of} is `{}`", clean(word));
            wrong(problem, "it can be `\"mean\"` or `\"cls\"`".to_owned())
        })?,
    };
    let companion =
        |one: &Companion| Some((*one, LocalFile::new(folder.join(options.file(*one)?))));
    let companions = family.companions().iter().filter_map(companion).collect();
    let labels = match &options.labels {
        None => usual.labels.clone(),
        Some(Labels::Named(set)) if set == "coco" => LocalModel::coco(),
        Some(Labels::Listed(labels)) if LocalModel::are_labels(labels) => labels.clone(),
        Some(_) => {
            let problem = format!("`labels` of {of} cannot be used");
            return Err(wrong(problem, "write `\"coco\"`, or a list of short names".to_owned()));
        }
    };
    let share = |key: &str, value: Option<f32>, usual: f32| match value {
        None => Ok(usual),
        Some(share) if (0.0..=1.0).contains(&share) => Ok(share),
        Some(share) => {
            Err(wrong(format!("`{key}` of {of} is {share}"), "it can be from 0 to 1".to_owned()))
        }
    };
    Ok(LocalModel {
        labels,
        companions,
        pooling,
        side: options.size.map(usize::from),
        least_sure: share("threshold", options.threshold, usual.least_sure)?,
        most_overlap: share("overlap", options.overlap, usual.most_overlap)?,
        ..usual
    })
}

/// Refuses a model without a file that its family needs, or with settings that mean nothing to it.
fn check_family(of: &str, family: Family, options: &LocalOptions) -> Result<(), AppError> {
    let name = family.as_str();
    if let Some(missing) = family.companions().iter().find(|one| options.file(**one).is_none()) {
        let word = missing.as_str();
        let problem = format!("{of} has no `{word}`, which a `{name}` needs");
        return Err(wrong(problem, format!("add `{word} = \"…\"` to its table")));
    }
    let LocalOptions { labels, size, threshold, overlap, pooling, .. } = options;
    let detects = family.ability() == Ability::Detect;
    let own = [
        ("labels", labels.is_some(), detects),
        ("size", size.is_some(), detects),
        ("threshold", threshold.is_some(), detects),
        ("overlap", overlap.is_some(), detects),
        ("pooling", pooling.is_some(), family.ability() == Ability::EmbedText),
    ];
    let companions = Companion::ALL
        .map(|one| (one.as_str(), options.file(one).is_some(), family.companions().contains(&one)));
    let mut set = own.into_iter().chain(companions);
    match set.find(|(_, set, means)| *set && !means) {
        None => Ok(()),
        Some((word, ..)) => {
            let problem = format!("`{word}` of {of} means nothing to a `{name}`");
            Err(wrong(problem, "leave it out, or see that `family` is right".to_owned()))
        }
    }
}

/// Nothing that belongs to servers and programs means anything here.
fn check_others(name: &str, options: &ProviderOptions) -> Result<(), AppError> {
    let others = ProviderOptions {
        kind: None,
        models: None,
        runtime: None,
        deadline: None,
        calls_at_once: None,
        calls_per_minute: None,
        ..options.clone()
    };
    if others != ProviderOptions::default() {
        let problem = format!("provider `{name}` sets what means nothing to models in files");
        let hint = "besides `kind` it takes `models`, `runtime`, `deadline`, `calls-at-once` and \
                    `calls-per-minute`";
        return Err(wrong(problem, hint.to_owned()));
    }
    match options.deadline {
        Some(seconds) if seconds > MOST_SECONDS => {
            let problem = format!("`deadline` of provider `{name}` is {seconds}");
            Err(wrong(problem, format!("it can be from 1 to {MOST_SECONDS}")))
        }
        _ => Ok(()),
    }
}

fn unusable(name: &str, error: &FileError) -> AppError {
    wrong(format!("model `{name}` cannot be used: {error}"), error.hint().to_owned())
}

fn usage(name: &str) -> String {
    format!(
        "write a table `[providers.{name}.models.coco]` with `family = \"centernet\"` and `file = \
         \"/home/me/centernet.onnx\"`"
    )
}

fn wrong(problem: String, hint: String) -> AppError {
    AppError::Setting { name: "providers", problem, hint }
}
