//! A component taken apart and checked for validity, with the parser that wasmtime uses.
//!
//! What its parts mean for a plugin is left to `inspect.rs`.

use std::collections::BTreeSet;

use pentimento_model::clean;
use wasmparser::{
    Encoding, FuncValidatorAllocations, KnownCustom, Parser, Payload, Result, ValidPayload,
    Validator, component_types::ComponentEntityType, types::TypesRef,
};

use super::{CoreModule, Interface, MemoryBounds, Producer};
use crate::compile;

/// Producers that are told of one component. Honest toolchains name some ten.
const MOST_PRODUCERS: usize = 64;

/// Bytes of a page of linear memory.
const PAGE: u64 = 64 << 10;

/// The parts of a component, or of a core module.
#[derive(Debug, Default)]
pub(super) struct Anatomy {
    pub(super) imports: Vec<Interface>,
    pub(super) exports: Vec<Interface>,
    pub(super) modules: Vec<CoreModule>,
    pub(super) producers: Vec<Producer>,
}

/// Takes the bytes apart; an error if they are not valid.
pub(super) fn read(bytes: &[u8]) -> Result<Anatomy> {
    let mut reading = Reading { next_bytes: bytes.len(), ..Reading::default() };
    let mut validator = Validator::new_with_features(compile::features());
    let mut room = FuncValidatorAllocations::default();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        reading.note(&payload)?;
        match validator.payload(&payload)? {
            ValidPayload::Func(function, body) => {
                let mut function = function.into_validator(room);
                function.validate(&body)?;
                room = function.into_allocations();
            }
            ValidPayload::End(types) if reading.depth.is_empty() => {
                reading.name_functions(types.as_ref());
            }
            _ => {}
        }
    }
    let producers = reading.producers.into_iter().collect();
    Ok(Anatomy { producers, ..reading.anatomy })
}

/// What is being read: a component, or the core module with this number.
#[derive(Clone, Copy, Debug)]
enum Level {
    Component,
    Module(usize),
}

#[derive(Default)]
struct Reading {
    anatomy: Anatomy,
    producers: BTreeSet<Producer>,
    depth: Vec<Level>,
    /// Size of the module that begins next: the outermost one is all there is.
    next_bytes: usize,
}

impl Reading {
    fn note(&mut self, payload: &Payload<'_>) -> Result<()> {
        match payload {
            Payload::Version { encoding, .. } => self.begin(*encoding),
            Payload::ModuleSection { unchecked_range, .. } => {
                self.next_bytes = unchecked_range.len();
            }
            Payload::End(_) => {
                self.depth.pop();
            }
            Payload::ComponentImportSection(section) if self.is_outermost() => {
                for import in section.clone() {
                    let name = import?.name.name;
                    self.anatomy.imports.push(unread(name));
                }
            }
            Payload::ComponentExportSection(section) if self.is_outermost() => {
                for export in section.clone() {
                    let name = export?.name.name;
                    self.anatomy.exports.push(unread(name));
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Producers(producers) = section.as_known() {
                    self.note_producers(producers);
                }
            }
            _ => self.note_in_module(payload)?,
        }
        Ok(())
    }

    fn begin(&mut self, encoding: Encoding) {
        let level = match encoding {
            Encoding::Component => Level::Component,
            Encoding::Module => {
                let bytes = self.next_bytes;
                self.anatomy.modules.push(CoreModule { bytes, ..CoreModule::default() });
                Level::Module(self.anatomy.modules.len() - 1)
            }
        };
        self.depth.push(level);
    }

    fn is_outermost(&self) -> bool {
        self.depth.len() == 1
    }

    fn note_in_module(&mut self, payload: &Payload<'_>) -> Result<()> {
        let Some(Level::Module(index)) = self.depth.last() else { return Ok(()) };
        let Some(module) = self.anatomy.modules.get_mut(*index) else { return Ok(()) };
        match payload {
            Payload::MemorySection(section) => {
                for memory in section.clone() {
                    let memory = memory?;
                    let bytes = |pages: u64| pages.saturating_mul(PAGE);
                    let (min, max) = (bytes(memory.initial), memory.maximum.map(bytes));
                    module.memories.push(MemoryBounds { min, max });
                }
            }
            Payload::FunctionSection(section) => module.functions = section.count(),
            Payload::StartSection { .. } => module.has_start = true,
            _ => {}
        }
        Ok(())
    }

    /// A damaged section is passed over: it is a remark, and nothing depends on it.
    fn note_producers(&mut self, section: wasmparser::ProducersSectionReader<'_>) {
        for field in section.into_iter().map_while(Result::ok) {
            for value in field.values.into_iter().map_while(Result::ok) {
                if self.producers.len() == MOST_PRODUCERS {
                    return;
                }
                let part = field.name.to_owned();
                let (name, version) = (clean(value.name), clean(value.version));
                self.producers.insert(Producer { part, name, version });
            }
        }
    }

    fn name_functions(&mut self, types: TypesRef<'_>) {
        for import in &mut self.anatomy.imports {
            let item = types.component_item_for_import(&import.name);
            import.functions = item.map(|item| functions(types, item.ty)).unwrap_or_default();
        }
        for export in &mut self.anatomy.exports {
            let item = types.component_item_for_export(&export.name);
            export.functions = item.map(|item| functions(types, item.ty)).unwrap_or_default();
        }
    }
}

/// An interface whose functions are not known before the end.
fn unread(name: &str) -> Interface {
    Interface { name: name.to_owned(), functions: Vec::new() }
}

fn functions(types: TypesRef<'_>, entity: ComponentEntityType) -> Vec<String> {
    let ComponentEntityType::Instance(id) = entity else { return Vec::new() };
    let Some(instance) = types.get(id) else { return Vec::new() };
    let functions =
        instance.exports.iter().filter(|(_, item)| matches!(item.ty, ComponentEntityType::Func(_)));
    functions.map(|(name, _)| name.clone()).collect()
}
