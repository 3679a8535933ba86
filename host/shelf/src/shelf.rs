//! What the operator does with plugins: add, review, grant, deny, update, remove, verify; and what
//! a run gets of them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pentimento_manifest::{Change, Manifest, PACKAGE, VERSION, compare, extract};
use pentimento_model::{Capability, Grant, Mode, PluginId};

use crate::{
    Conformance, Consent, LockedPlugin, Minisign, Policy, ShelfError, Signature, Signer,
    VerifySignature,
    consent::{self, ConsentFile, EVERYTHING},
    files,
    lock::{self, LockFile},
    policy::RawPolicy,
    store::Store,
};

/// The folder of components, below the data folder.
const COMPONENTS: &str = "plugins";
/// What was consented to, below the data folder.
const GRANTS: &str = "grants.toml";
/// Whose signatures count, below the data folder.
const TRUST: &str = "trust.toml";

/// A component that somebody wants to add.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its bytes.
    pub component: Vec<u8>,
    /// Where they came from, in words.
    pub source: String,
    /// The signatures that came with it.
    pub signatures: Vec<Signature>,
    /// The digest the operator named, if any.
    pub digest: Option<String>,
    /// How it answered the questions that every plugin is asked, if it was asked.
    pub conformance: Option<Conformance>,
}

/// What an update would do.
#[derive(Clone, Debug)]
pub struct Update {
    /// What is installed.
    pub older: LockedPlugin,
    /// What would be.
    pub newer: LockedPlugin,
    /// What changes in its request.
    pub changes: Vec<Change>,
}

impl Update {
    /// The powers that the newer version asks for and the older did not, in words.
    pub fn widened(&self) -> Vec<String> {
        let added = self.changes.iter().filter_map(|change| match change {
            Change::Added(power) => Some(power.words.clone()),
            Change::Dropped(_) | Change::Kept(_) => None,
        });
        added.collect()
    }
}

/// Where a plugin stands with the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody decided yet: it does not run.
    Waiting,
    /// It runs, with these consents.
    Granted(Consent),
    /// It does not run.
    Denied,
    /// The consent has ended: it does not run.
    Expired(Timestamp),
}

/// A plugin that may run.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// Which.
    pub id: PluginId,
    /// Its bytes, just checked.
    pub component: Vec<u8>,
    /// What it is given.
    pub grant: Grant,
    /// How much say it has.
    pub mode: Mode,
}

/// The plugins of one project on one machine.
#[derive(Clone, Debug)]
pub struct Shelf {
    lock_path: PathBuf,
    data_dir: PathBuf,
    store: Store,
    reserved: Vec<String>,
}

impl Shelf {
    /// The shelf of the project with this lock file, with components and consents in the user's
    /// data folder. `reserved` are the names of plugins that come with the program.
    pub fn new(lock_path: &Path, data_dir: &Path, reserved: &[&str]) -> Self {
        Self {
            lock_path: lock_path.to_owned(),
            data_dir: data_dir.to_owned(),
            store: Store::new(data_dir.join(COMPONENTS)),
            reserved: reserved.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Adds a plugin: bytes to the store, then a line to the lock file. It may do nothing yet.
    pub fn add(&self, offer: &Offer) -> Result<LockedPlugin, ShelfError> {
        let plugin = self.examine(offer)?;
        let _held = files::lock(&self.data_dir)?;
        let mut file = self.lock_file_for(&plugin)?;
        self.commit(&mut file, &plugin, &offer.component)?;
        Ok(plugin)
    }

    /// Refuses what [`Shelf::add`] would refuse. Nothing is written.
    pub fn check_new(&self, offer: &Offer) -> Result<(), ShelfError> {
        self.lock_file_for(&self.examine(offer)?).map(drop)
    }

    /// The lock file, if the newcomer takes nobody's name.
    fn lock_file_for(&self, newcomer: &LockedPlugin) -> Result<LockFile, ShelfError> {
        let file: LockFile = files::read(&self.lock_path)?;
        if file.find(&newcomer.name).is_some_and(|other| other.digest != newcomer.digest) {
            return Err(ShelfError::Taken { plugin: newcomer.name.clone() });
        }
        Ok(file)
    }

    /// What an update would change. Nothing is written.
    pub fn compare(&self, name: &str, offer: &Offer) -> Result<Update, ShelfError> {
        let older = self.locked(name)?;
        let newer = self.examine(offer)?;
        if newer.name != name {
            return Err(ShelfError::OtherName { plugin: name.to_owned(), found: newer.name });
        }
        let before = self.manifest(&older)?.powers();
        let after = Manifest::parse(&extract(&offer.component)?)?.powers();
        Ok(Update { older, newer, changes: compare(&before, &after) })
    }

    /// What an update would change, unless [`Shelf::update`] would refuse it. Nothing is written.
    pub fn check_update(
        &self,
        name: &str,
        offer: &Offer,
        accept_request: bool,
    ) -> Result<Update, ShelfError> {
        let update = self.compare(name, offer)?;
        let powers = update.widened();
        if !powers.is_empty() && !accept_request {
            return Err(ShelfError::Widened { plugin: name.to_owned(), powers });
        }
        Ok(update)
    }

    /// Puts the newer version in the older one's place. Consent moves along if the request did not
    /// widen; a wider one needs `accept_request`, and then waits for a new decision.
    pub fn update(
        &self,
        name: &str,
        offer: &Offer,
        accept_request: bool,
    ) -> Result<Update, ShelfError> {
        let update = self.check_update(name, offer, accept_request)?;
        let widened = update.widened();
        let _held = files::lock(&self.data_dir)?;
        let mut consents: ConsentFile = files::read(&self.grants_path())?;
        if let Some(consent) = consents.about(&update.older).filter(|_| widened.is_empty()) {
            let LockedPlugin { digest, request, conformance, .. } = update.newer.clone();
            // One that breaks has no say, whatever its older self had.
            let breaks = conformance.as_ref().is_some_and(|found| !found.broke.is_empty());
            let mode = if breaks { Mode::Shadow } else { consent.mode };
            let tried = conformance.as_ref().map(Conformance::tried);
            consents.insert(Consent { digest, request, mode, tried, ..consent.clone() });
            files::write(&self.grants_path(), consent::HEADING, &consents)?;
        }
        let mut file: LockFile = files::read(&self.lock_path)?;
        self.commit(&mut file, &update.newer, &offer.component)?;
        Ok(update)
    }

    /// Takes a plugin out of the project, with its consents and bytes.
    pub fn remove(&self, name: &str) -> Result<LockedPlugin, ShelfError> {
        let _held = files::lock(&self.data_dir)?;
        let mut file: LockFile = files::read(&self.lock_path)?;
        let unknown = || ShelfError::Unknown { plugin: name.to_owned() };
        let plugin = file.find(name).cloned().ok_or_else(unknown)?;
        file.plugins.retain(|other| other.name != name);
        files::write(&self.lock_path, lock::HEADING, &file)?;
        let mut consents: ConsentFile = files::read(&self.grants_path())?;
        consents.consents.retain(|consent| !consent.answers(&plugin));
        files::write(&self.grants_path(), consent::HEADING, &consents)?;
        self.store.remove(&plugin.digest)?;
        Ok(plugin)
    }

    /// Remembers a decision about the plugin as it is installed now. Every word must be one of its
    /// request.
    pub fn decide(
        &self,
        name: &str,
        decision: impl FnOnce(&LockedPlugin) -> Consent,
    ) -> Result<Consent, ShelfError> {
        let plugin = self.locked(name)?;
        let powers = self.manifest(&plugin)?.powers();
        let consent = decision(&plugin);
        let words = consent.allow.iter().chain(&consent.deny);
        for word in words.filter(|word| *word != EVERYTHING) {
            if !consent::names_a_power(word, &powers) {
                let (plugin, word) = (name.to_owned(), pentimento_model::clean(word));
                return Err(ShelfError::NotAsked { plugin, word });
            }
        }
        let allows = |facet| {
            let of_facet = powers.iter().filter(|power| power.facet == facet);
            let grant = consent.grant();
            of_facet.into_iter().any(|power| grant.allows_power(facet, &power.words))
        };
        let both = allows(Capability::Artifacts) && allows(Capability::Fetch);
        if both && !consent.with_private_input {
            return Err(ShelfError::PrivateInputAndEgress { plugin: name.to_owned() });
        }
        let _held = files::lock(&self.data_dir)?;
        let mut consents: ConsentFile = files::read(&self.grants_path())?;
        consents.insert(consent.clone());
        files::write(&self.grants_path(), consent::HEADING, &consents)?;
        Ok(consent)
    }

    /// The decision that a plugin is not to be run.
    pub fn deny(&self, name: &str, now: Timestamp) -> Result<Consent, ShelfError> {
        self.decide(name, |plugin| Consent {
            plugin: plugin.name.clone(),
            digest: plugin.digest.clone(),
            request: plugin.request.clone(),
            allow: Vec::new(),
            deny: vec![EVERYTHING.to_owned()],
            with_private_input: false,
            mode: Mode::Shadow,
            decided: now,
            expires: None,
            tried: None,
        })
    }

    /// Remembers a consent to a plugin that answered like this (`found`) on this machine. One that
    /// broke where none may break gets no say.
    pub fn grant(&self, consent: Consent, found: &Conformance) -> Result<Consent, ShelfError> {
        let plugin = consent.plugin.clone();
        if !found.broke.is_empty() && consent.mode != Mode::Shadow {
            return Err(ShelfError::Broke { plugin, questions: found.broke.clone() });
        }
        // It is bound to the bytes that were tried, whatever the lock file says by now.
        self.decide(&plugin, |_| Consent { tried: Some(found.tried()), ..consent })
    }

    /// All plugins of the project, and where they stand.
    pub fn list(&self, now: Timestamp) -> Result<Vec<(LockedPlugin, State)>, ShelfError> {
        let file: LockFile = files::read(&self.lock_path)?;
        let consents: ConsentFile = files::read(&self.grants_path())?;
        let state = |plugin: &LockedPlugin| match consents.about(plugin) {
            None => State::Waiting,
            Some(consent) if consent.denies() => State::Denied,
            Some(consent) => match consent.expires {
                Some(end) if consent.has_expired(now) => State::Expired(end),
                _ => State::Granted(consent.clone()),
            },
        };
        Ok(file.plugins.into_iter().map(|plugin| (plugin.clone(), state(&plugin))).collect())
    }

    /// What the plugin asks for, read from the stored bytes.
    pub fn manifest(&self, plugin: &LockedPlugin) -> Result<Manifest, ShelfError> {
        Ok(Manifest::parse(&extract(&self.store.get(&plugin.id())?)?)?)
    }

    /// The plugin of this name in the lock file.
    pub fn locked(&self, name: &str) -> Result<LockedPlugin, ShelfError> {
        let file: LockFile = files::read(&self.lock_path)?;
        file.find(name).cloned().ok_or_else(|| ShelfError::Unknown { plugin: name.to_owned() })
    }

    /// Checks a plugin again: bytes against digest, request and name against the lock file,
    /// signature against the trust file. Returns the bytes.
    pub fn verify(&self, plugin: &LockedPlugin) -> Result<Vec<u8>, ShelfError> {
        let component = self.store.get(&plugin.id())?;
        self.checked(plugin, component)
    }

    /// True if the bytes of this plugin are on this machine, and are those of the lock file.
    pub fn holds(&self, plugin: &LockedPlugin) -> Result<bool, ShelfError> {
        match self.store.get(&plugin.id()) {
            Ok(_) => Ok(true),
            Err(ShelfError::Gone { .. } | ShelfError::Tampered { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Brings back the bytes of a plugin that is in the lock file. Neither that file nor a consent
    /// changes.
    pub fn restore(&self, plugin: &LockedPlugin, component: Vec<u8>) -> Result<(), ShelfError> {
        let component = self.checked(plugin, component)?;
        let _held = files::lock(&self.data_dir)?;
        self.store.put(&plugin.id(), &component)
    }

    /// The component, if it is all that the lock file says of it.
    fn checked(&self, plugin: &LockedPlugin, component: Vec<u8>) -> Result<Vec<u8>, ShelfError> {
        let signatures = plugin.signatures.iter().cloned().map(Signature).collect();
        let (source, digest) = (plugin.source.clone(), Some(plugin.digest.clone()));
        let conformance = plugin.conformance.clone();
        let offer = Offer { component, source, signatures, digest, conformance };
        let found = self.examine(&offer)?;
        let differs = |what| ShelfError::Differs { plugin: plugin.name.clone(), what };
        let LockedPlugin { name, version, request, world, .. } = &found;
        match () {
            () if *name != plugin.name => Err(differs("its name")),
            () if *version != plugin.version => Err(differs("its version")),
            () if *request != plugin.request => Err(differs("its request")),
            () if *world != plugin.world => Err(differs("its world")),
            () if !is_signed_by_all(plugin, &offer) => Err(differs("its signers")),
            () => Ok(offer.component),
        }
    }

    /// Every plugin that may run now, checked again. One that is not what the lock file says is an
    /// error: nothing runs before somebody looked.
    pub fn admitted(&self, now: Timestamp) -> Result<Vec<Admitted>, ShelfError> {
        let mut admitted = Vec::new();
        for (plugin, state) in self.list(now)? {
            if let State::Granted(consent) = state {
                let component = self.verify(&plugin)?;
                let (grant, mode) = (consent.grant(), consent.mode);
                admitted.push(Admitted { id: plugin.id(), component, grant, mode });
            }
        }
        Ok(admitted)
    }

    /// As [`Shelf::admitted`], but an error unless that is every plugin of the lock file: for
    /// machines where nobody looks whether one is missing.
    pub fn admitted_all(&self, now: Timestamp) -> Result<Vec<Admitted>, ShelfError> {
        let why_not = |(plugin, state): (LockedPlugin, State)| match state {
            State::Granted(consent) if consent.differs_from(&plugin) => {
                Some(format!("`{}` answers otherwise here than where it was added", plugin.name))
            }
            State::Granted(_) => None,
            State::Waiting => Some(format!("`{}` waits for a decision", plugin.name)),
            State::Denied => Some(format!("`{}` is denied", plugin.name)),
            State::Expired(end) => {
                Some(format!("the grant of `{}` ended on {}", plugin.name, end.strftime("%F")))
            }
        };
        let plugins: Vec<_> = self.list(now)?.into_iter().filter_map(why_not).collect();
        if plugins.is_empty() {
            self.admitted(now)
        } else {
            Err(ShelfError::NotRunning { plugins })
        }
    }

    /// Bytes first, then the line that names them: a crash in between leaves the old state and a
    /// file that nobody looks at.
    fn commit(
        &self,
        file: &mut LockFile,
        plugin: &LockedPlugin,
        component: &[u8],
    ) -> Result<(), ShelfError> {
        self.store.put(&plugin.id(), component)?;
        file.insert(plugin.clone());
        files::write(&self.lock_path, lock::HEADING, file)
    }

    /// What the lock file will say of an offer, if it can be trusted.
    fn examine(&self, offer: &Offer) -> Result<LockedPlugin, ShelfError> {
        let manifest = Manifest::parse(&extract(&offer.component)?)?;
        if self.reserved.contains(&manifest.name) {
            return Err(ShelfError::Reserved { plugin: manifest.name });
        }
        let PluginId { name, digest } = PluginId::of(manifest.name.clone(), &offer.component);
        if let Some(wanted) = offer.digest.as_ref().filter(|wanted| **wanted != digest) {
            return Err(ShelfError::Digest { wanted: wanted.clone(), found: digest });
        }
        let signers = match self.policy()? {
            Some(policy) => policy.check(&name, &offer.component, &offer.signatures, &Minisign)?,
            None => Vec::new(),
        };
        Ok(LockedPlugin {
            request: manifest.request().to_hex(),
            world: format!("{PACKAGE}/{}@{VERSION}", manifest.role),
            version: manifest.version,
            source: offer.source.clone(),
            signatures: offer.signatures.iter().map(|one| one.0.clone()).collect(),
            signers: signers.into_iter().map(|signer| signer.0).collect(),
            conformance: offer.conformance.clone(),
            name,
            digest,
        })
    }

    fn policy(&self) -> Result<Option<Policy>, ShelfError> {
        let path = self.data_dir.join(TRUST);
        if !path.exists() {
            return Ok(None);
        }
        Policy::of(files::read::<RawPolicy>(&path)?).map(Some)
    }

    fn grants_path(&self) -> PathBuf {
        self.data_dir.join(GRANTS)
    }
}

/// True if everybody signed whom the lock file calls a signer. It may be a stranger's, and those
/// are shown to whoever decides, whether a trust file names them or not.
fn is_signed_by_all(plugin: &LockedPlugin, offer: &Offer) -> bool {
    plugin.signers.iter().all(|signer| {
        let is_by = |signature| {
            Minisign.is_by(&Signer(signer.clone()), &offer.component, signature).unwrap_or(false)
        };
        offer.signatures.iter().any(is_by)
    })
}

#[cfg(test)]
mod tests;
