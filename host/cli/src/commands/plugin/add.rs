//! `plugin add`: installs a plugin. What it may do is granted afterwards, by a person.

use std::path::{Path, PathBuf};

use clap::Args;
use pentimento_app::{AppError, Offer, Offered, ShelfError, Wanted, workbench::Project};

use super::review;
use crate::{args::GlobalFlags, commands::runtime, exit::Exit, fail::Failure, output};

/// Which plugin, and what must be true of it.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    source: SourceFlags,
    /// Refuse anything new
    #[arg(long)]
    locked: bool,
}

/// Where a plugin comes from.
#[derive(Args, Debug)]
pub(super) struct SourceFlags {
    /// A component's file, the folder of a project that is built, an `https` URL, or
    /// `oci://REGISTRY/REPOSITORY[:TAG]@sha256:DIGEST`
    #[arg(value_name = "FILE|DIR|URL")]
    source: String,
    /// Build the project in the folder first, if a source is newer than its component. This runs
    /// the project's own build, with all your rights
    #[arg(long)]
    build: bool,
    /// The component must have this SHA-256; needed for an `https` URL
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    /// A minisign signature of the component; may be repeated
    #[arg(long, value_name = "FILE|URL")]
    signature: Vec<String>,
    /// Certificates to trust beside the well-known ones, for URLs
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

impl SourceFlags {
    /// The component with what came along.
    pub(super) fn offer(&self, global: GlobalFlags) -> Result<Offer, Failure> {
        let Self { source, build, sha256, signature, ca_file } = self;
        if *build {
            let project = Project::open(Path::new(source)).map_err(AppError::from)?;
            project.built().map_err(AppError::from)?;
        }
        let wanted = Wanted {
            source: source.clone(),
            sha256: sha256.clone(),
            signatures: signature.clone(),
            ca_file: ca_file.clone(),
        };
        let Offered { offer, served_by } = runtime()?.block_on(wanted.offer())?;
        if let Some(place) = served_by.filter(|_| !global.quiet) {
            output::note(&format!("{source} sent us on; the component came from {place}"));
        }
        Ok(offer)
    }
}

/// The refusal of `--locked`.
pub(super) fn refuse_if(locked: bool, what: &str) -> Result<(), AppError> {
    if locked {
        return Err(AppError::from(ShelfError::Locked { what: what.to_owned() }));
    }
    Ok(())
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    refuse_if(flags.locked, "add a plugin")?;
    let offer = flags.source.offer(global)?;
    let (shelf, conformity) = (super::shelf()?, super::conformity()?);
    let plugin = runtime()?.block_on(conformity.add(&shelf, offer))?;
    review::show(&plugin.name, global)
}
