//! Facet `memory`: small values of the plugin's own, kept from call to call until the run ends.
//!
//! Where they are kept is `run_scope.rs`; how much, the plugin's request says.

use pentimento_model::Capability;
use wasmtime::component::Linker;

use super::{Answer, Refused, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::{memory, types::Failure},
    call::CallState,
    limits,
    run_scope::Memory,
};

type Answered<T> = wasmtime::Result<Result<T, Failure>>;

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => memory::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => memory::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

impl Served<'_> {
    /// What one call may see: what this very build of the plugin kept in this run.
    fn remembered<T>(&self, read: impl FnOnce(&mut Memory) -> T) -> T {
        let callee = &self.0.callee;
        let mut memories = callee.run.memories();
        if let Some(memory) = memories.get_mut(&callee.id.digest) {
            return read(memory);
        }
        read(memories.entry(callee.id.digest.clone()).or_default())
    }
}

/// Keeps a value, or says why not.
fn keep(memory: &mut Memory, key: String, value: Vec<u8>, most: u64) -> Result<(), Failure> {
    let over = |message| Err(Failure { code: "quota".to_owned(), message });
    if key.len() > limits::MEMORY_KEY_BYTES {
        let (bytes, most) = (key.len(), limits::MEMORY_KEY_BYTES);
        return over(format!("a key of {bytes} bytes; at most {most} are kept"));
    }
    if !memory.contains_key(&key) && memory.len() >= limits::MEMORY_KEYS {
        return over(format!("more than {} keys", limits::MEMORY_KEYS));
    }
    let others = memory.iter().filter(|(other, _)| **other != key);
    let held: usize = others.map(|(key, value)| key.len() + value.len()).sum();
    let bytes = (held + key.len() + value.len()) as u64;
    if bytes > most {
        return over(format!("{bytes} bytes to remember; `plugin.toml` asked for {most}"));
    }
    memory.insert(key, value);
    Ok(())
}

impl memory::Host for Served<'_> {
    fn get(&mut self, key: String) -> Answered<Option<Vec<u8>>> {
        Ok(Ok(self.remembered(|memory| memory.get(&key).cloned())))
    }

    fn set(&mut self, key: String, value: Vec<u8>) -> Answered<()> {
        let most = self.0.callee.powers.memory_bytes;
        Ok(self.remembered(|memory| keep(memory, key, value, most)))
    }

    fn remove(&mut self, key: String) -> Answered<()> {
        self.remembered(|memory| memory.remove(&key));
        Ok(Ok(()))
    }

    fn keys(&mut self) -> Answered<Vec<String>> {
        Ok(Ok(self.remembered(|memory| memory.keys().cloned().collect())))
    }
}

impl memory::Host for Refused<'_> {
    fn get(&mut self, _key: String) -> Answered<Option<Vec<u8>>> {
        Ok(Err(self.refusal(Capability::Memory)))
    }

    fn set(&mut self, _key: String, _value: Vec<u8>) -> Answered<()> {
        Ok(Err(self.refusal(Capability::Memory)))
    }

    fn remove(&mut self, _key: String) -> Answered<()> {
        Ok(Err(self.refusal(Capability::Memory)))
    }

    fn keys(&mut self) -> Answered<Vec<String>> {
        Ok(Err(self.refusal(Capability::Memory)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_keys_are_kept_and_one_more_is_not() {
        let mut memory = Memory::default();
        let mut keep = |key: usize| keep(&mut memory, key.to_string(), vec![1], u64::MAX);
        for key in 0..limits::MEMORY_KEYS {
            keep(key).unwrap();
        }
        let refused = keep(limits::MEMORY_KEYS).unwrap_err();
        assert_eq!((&*refused.code, &*refused.message), ("quota", "more than 1000 keys"));
        keep(7).unwrap();
    }
}
