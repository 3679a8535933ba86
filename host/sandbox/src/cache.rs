//! Compiled components on disk, so that a plugin is compiled once and not at every start.
//!
//! Loading compiled code is as dangerous as loading a shared library. So entries lie in a folder
//! private to the user, are sealed with a key that lies there too, and are found by a hash of
//! everything they depend on: the component, wasmtime, its configuration, the processor. A cache
//! that cannot be used costs time, never correctness.

mod files;

use std::{
    hash::{Hash, Hasher},
    path::PathBuf,
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use wasmtime::{Engine, component::Component};

/// Whether compiled components are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheState {
    /// Nobody asked for a cache.
    Off,
    /// They are kept in this folder.
    Ready(PathBuf),
    /// The folder cannot be used; the text says why and what to do.
    Unusable(String),
}

/// The bytes of a seal: HMAC-SHA-256.
const SEAL_BYTES: usize = 32;

/// The cache, if there is one.
pub(crate) struct Cache {
    state: CacheState,
    key: [u8; files::KEY_BYTES],
}

impl Cache {
    /// Opens or makes the folder.
    pub(crate) fn open(folder: Option<PathBuf>) -> Self {
        let Some(folder) = folder else {
            return Self { state: CacheState::Off, key: [0; files::KEY_BYTES] };
        };
        match files::open(&folder) {
            Ok(key) => Self { state: CacheState::Ready(folder), key },
            Err(why) => Self { state: CacheState::Unusable(why), key: [0; files::KEY_BYTES] },
        }
    }

    pub(crate) fn state(&self) -> &CacheState {
        &self.state
    }

    /// The compiled form of a component, if it is there and intact.
    pub(crate) fn find(&self, engine: &Engine, digest: &str) -> Option<Component> {
        let CacheState::Ready(folder) = &self.state else { return None };
        let name = entry_name(engine, digest);
        let entry = files::read(folder, &name)?;
        let (seal, code) = entry.split_at_checked(SEAL_BYTES)?;
        self.seal(&name, code).verify_slice(seal).ok()?;
        deserialize(engine, code).ok()
    }

    /// Keeps a compiled component. Failing to is no harm: it will be compiled again.
    pub(crate) fn keep(&self, engine: &Engine, digest: &str, component: &Component) {
        if let (CacheState::Ready(_), Ok(code)) = (&self.state, component.serialize()) {
            self.keep_code(engine, digest, &code);
        }
    }

    /// Loads what a compiling process handed over, and keeps it.
    pub(crate) fn adopt(
        &self,
        engine: &Engine,
        digest: &str,
        code: &[u8],
    ) -> wasmtime::Result<Component> {
        let component = deserialize(engine, code)?;
        self.keep_code(engine, digest, code);
        Ok(component)
    }

    fn keep_code(&self, engine: &Engine, digest: &str, code: &[u8]) {
        let CacheState::Ready(folder) = &self.state else { return };
        let name = entry_name(engine, digest);
        let mut entry = self.seal(&name, code).finalize().into_bytes().to_vec();
        entry.extend_from_slice(code);
        files::write(folder, &name, &entry);
    }

    /// Covers the name as well, so that no entry can stand in for another.
    fn seal(&self, name: &str, code: &[u8]) -> Hmac<Sha256> {
        let mut seal = Hmac::<Sha256>::new(&self.key.into());
        seal.update(name.as_bytes());
        seal.update(code);
        seal
    }
}

/// What an entry is found by: everything the compiled code depends on.
fn entry_name(engine: &Engine, digest: &str) -> String {
    let mut hash = Sha256Hasher(Sha256::new());
    digest.hash(&mut hash);
    engine.precompile_compatibility_hash().hash(&mut hash);
    let digits: Vec<String> = hash.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// Lets wasmtime's description of its configuration go into a hash that is the same at every
/// start and wide enough to rely on.
struct Sha256Hasher(Sha256);

impl Hasher for Sha256Hasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[expect(unsafe_code, reason = "the only way to load what was compiled before")]
fn deserialize(engine: &Engine, code: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: `code` must be what wasmtime's compiler made. Either it carries a seal made by
    // `keep_code` with a key that only this user can read, over these bytes and their name; or it
    // came just now, through a pipe that nobody else holds, from the program that the host's
    // settings name as its compiler, which ended well. Wasmtime checks that version, configuration
    // and processor are the ones it was made for.
    unsafe { Component::deserialize(engine, code) }
}

#[cfg(test)]
mod tests {
    use wasmtime::Config;

    use super::*;

    #[test]
    fn code_made_for_another_engine_is_not_loaded_however_well_it_is_sealed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(Some(folder.path().to_owned()));
        let [ours, other] = [false, true].map(|counts| {
            let mut config = Config::new();
            Engine::new(config.consume_fuel(counts)).unwrap()
        });
        let bytes = wat::parse_str("(component (core module (func)))").unwrap();
        let code = |engine| Component::new(engine, &bytes).unwrap().serialize().unwrap();
        cache.keep_code(&ours, "digest", &code(&ours));
        assert!(cache.find(&ours, "digest").is_some());
        assert!(cache.find(&other, "digest").is_none(), "it has another name");
        // As if the name stood for both: the seal is right, and wasmtime looks for itself.
        cache.keep_code(&ours, "digest", &code(&other));
        assert!(cache.find(&ours, "digest").is_none());
    }
}
