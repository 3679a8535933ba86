//! Where the component comes from that a person names or a lock file holds: this machine or the
//! network. Whether it is let in is the shelf's business.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use pentimento_depot::{Depot, Fetched, Limits, Source};
use pentimento_sandbox::Inspection;
use pentimento_shelf::{LockedPlugin, Offer, Shelf, ShelfError, Signature};

use crate::{AppError, WorkbenchError, workbench::Found};

/// Bytes of a signature or of certificates that are read; what is longer is none of them.
const TEXT_BYTES: u64 = 1 << 20;

/// A component that somebody wants, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// A path, a bundled plugin's name, an `https` URL or an `oci` reference.
    pub source: String,
    /// The SHA-256 that the component must have. An `https` URL needs it.
    pub sha256: Option<String>,
    /// Files or `https` URLs of signatures.
    pub signatures: Vec<String>,
    /// A file with certificates to trust beside the well-known ones.
    pub ca_file: Option<PathBuf>,
}

/// What was found, with nothing checked yet but the digest of what was fetched.
#[derive(Clone, Debug)]
pub struct Offered {
    /// For the shelf.
    pub offer: Offer,
    /// The server that served it, if it is another than the one that was named.
    pub served_by: Option<String>,
}

impl Wanted {
    /// Gets the component and its signatures.
    pub async fn offer(&self) -> Result<Offered, AppError> {
        let Self { source, sha256, signatures: words, .. } = self;
        // A source that cannot be used is told before a file is looked for.
        let from = Source::of(source, sha256.as_deref())?;
        let mut signatures = Vec::new();
        let mut network = Network { ca_file: self.ca_file.as_deref(), depot: None };
        for word in words {
            signatures.push(signature(word, &mut network).await?);
        }
        let (component, place, served_by) = if let Some(from) = from {
            let Fetched { component, served_by } = network.depot()?.fetch(&from).await?;
            (component, source.trim().to_owned(), served_by)
        } else {
            let found = Found::by(source)?;
            (found.component, found.place, None)
        };
        let digest = sha256.as_deref().map(str::to_ascii_lowercase);
        let offer = Offer { component, source: place, signatures, digest, conformance: None };
        Ok(Offered { offer, served_by })
    }
}

async fn signature(word: &str, network: &mut Network<'_>) -> Result<Signature, AppError> {
    if word.contains("://") {
        return Ok(Signature(network.depot()?.signature(word).await?));
    }
    read(Path::new(word)).and_then(|bytes| {
        let text = String::from_utf8(bytes).map_err(std::io::Error::other);
        text.map(Signature).map_err(|source| unread(Path::new(word), source))
    })
}

/// The way to servers: set up when it is needed first, and once for component and signatures.
struct Network<'w> {
    ca_file: Option<&'w Path>,
    depot: Option<Depot>,
}

impl Network<'_> {
    fn depot(&mut self) -> Result<&Depot, AppError> {
        let depot = if let Some(depot) = self.depot.take() {
            depot
        } else {
            let roots = self.ca_file.map(read).transpose()?;
            let limits = Limits::for_components_of(Inspection::MOST_BYTES);
            Depot::new(limits, roots.as_deref())?
        };
        Ok(self.depot.insert(depot))
    }
}

/// Brings back the bytes of a plugin in the lock file, from where it came. They must be exactly
/// those; nothing is granted. `false`: they were here already.
pub async fn restore(
    shelf: &Shelf,
    plugin: &LockedPlugin,
    ca_file: Option<&Path>,
) -> Result<bool, AppError> {
    if shelf.holds(plugin)? {
        return Ok(false);
    }
    let source = plugin.source.clone();
    // The word is a stranger's here: it must not have us wait at a pipe or read a device.
    if !source.contains("://") && !fs::metadata(&source).is_ok_and(|at| at.is_file() || at.is_dir())
    {
        let word = pentimento_model::clean(&source);
        return Err(WorkbenchError::NoSuchPlugin { word }.into());
    }
    let (sha256, ca_file) = (Some(plugin.digest.clone()), ca_file.map(Path::to_owned));
    let wanted = Wanted { source, sha256, ca_file, ..Wanted::default() };
    let Offered { offer, .. } = wanted.offer().await?;
    shelf.restore(plugin, offer.component)?;
    Ok(true)
}

fn read(path: &Path) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(TEXT_BYTES).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|source| unread(path, source))
}

fn unread(path: &Path, source: std::io::Error) -> AppError {
    ShelfError::Read { path: path.to_owned(), source }.into()
}
