//! Lets a plugin in: its bytes must be a component of our version that imports no more than its
//! manifest wants, and exports what its role promises. Only wanted facets are linked; wanted and
//! not granted ones are linked to refusals.
//!
//! Nothing of the plugin runs here.

use std::{collections::BTreeMap, fmt, sync::Arc};

use pentimento_engine::ports::{Assess, Perform};
use pentimento_manifest::{Manifest, PACKAGE, Role, VERSION};
use pentimento_model::{Capability, Grant, Mode, PluginId};
use wasmtime::component::{Component, Linker, types::ComponentItem};

use crate::{
    Complete, Roster, RunScope, SandboxError, SecretText,
    assessor::{Critic, Verifier},
    bindings::{critic::CriticPre, tool::ToolPre, verifier::VerifierPre},
    call::{CallState, Shared},
    callee::{Callee, Caller},
    error, facets, limits,
    powers::Powers,
    tool::Tool,
};

/// The full name of one of its interfaces.
pub(crate) fn interface_name(interface: &str) -> String {
    format!("{PACKAGE}/{interface}@{VERSION}")
}

/// A plugin that was let in. Cheap to clone; nothing of it is running between calls.
#[derive(Clone)]
pub struct LoadedPlugin {
    callee: Callee,
    manifest: Arc<Manifest>,
    entry: Entry,
}

/// The linked component, typed by its role.
#[derive(Clone)]
enum Entry {
    Critic(CriticPre<CallState>),
    Verifier(VerifierPre<CallState>),
    Tool(ToolPre<CallState>),
}

impl LoadedPlugin {
    /// Its name and digest.
    pub fn id(&self) -> &PluginId {
        &self.callee.id
    }

    /// The plugin with what its operator configured, for the facet `settings`.
    #[must_use]
    pub fn configured(self, settings: BTreeMap<String, String>) -> Self {
        Self { callee: self.callee.configured(settings), ..self }
    }

    /// The plugin whose settings hold private input, such as files of the user's: an error if it could
    /// send that away and nobody said that it may. None that could is handed it on.
    pub fn holding_private(self) -> Result<Self, SandboxError> {
        self.check_private()?;
        Ok(Self { callee: self.callee.holding_private(), ..self })
    }

    fn check_private(&self) -> Result<(), SandboxError> {
        if self.powers().is_told_ideas() {
            return Ok(());
        }
        Err(SandboxError::PrivateInputAndEgress { plugin: self.callee.id.name.clone() })
    }

    /// The plugin with this much say, where it assesses.
    #[must_use]
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { callee: self.callee.with_mode(mode), ..self }
    }

    /// The plugin with the secrets its operator keeps for it, by the names its rules of `fetch`
    /// give. They go into headers of its requests; the plugin never sees them.
    #[must_use]
    pub fn with_secrets(self, secrets: BTreeMap<String, SecretText>) -> Self {
        Self { callee: self.callee.with_secrets(secrets), ..self }
    }

    /// The plugin in one run, with whose others it shares a budget and beside whose calls it
    /// remembers.
    #[must_use]
    pub fn in_run(self, run: &RunScope) -> Self {
        Self { callee: self.callee.in_run(run), ..self }
    }

    /// The plugin among others, of which it may call those that it asks for and was granted.
    #[must_use]
    pub fn among(self, roster: &Roster) -> Self {
        Self { callee: self.callee.among(roster), ..self }
    }

    /// The plugins that it asks to call and was granted.
    pub fn partners(&self) -> impl Iterator<Item = &str> {
        self.callee.powers.tools.granted()
    }

    /// Those of them that are not there.
    pub fn missing_partners(&self) -> impl Iterator<Item = &str> {
        self.partners().filter(|name| self.callee.roster.find(name).is_none())
    }

    /// The plugin with the models that its operator bound to the names it knows.
    #[must_use]
    pub fn with_models(self, models: BTreeMap<String, Arc<dyn Complete>>) -> Self {
        Self { callee: self.callee.with_models(models), ..self }
    }

    /// The plugin as another one calls it.
    pub(crate) fn called_by(self, caller: Caller) -> Self {
        Self { callee: self.callee.called_by(caller), ..self }
    }

    /// Who it is to its callers.
    pub(crate) fn callee(&self) -> &Callee {
        &self.callee
    }

    /// What it may really do.
    pub(crate) fn powers(&self) -> &Powers {
        &self.callee.powers
    }

    /// What its author says of it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The plugin as the engine's port; an error if it is a tool.
    pub fn assessor(&self) -> Result<Arc<dyn Assess>, SandboxError> {
        let callee = self.callee.clone();
        match &self.entry {
            Entry::Critic(pre) => Ok(Arc::new(Critic::new(callee, pre.clone()))),
            Entry::Verifier(pre) => Ok(Arc::new(Verifier::new(callee, pre.clone()))),
            Entry::Tool(_) => Err(self.wrong_role()),
        }
    }

    /// The plugin as a tool; an error if it is an assessor.
    pub fn tool(&self) -> Result<Tool, SandboxError> {
        match &self.entry {
            Entry::Tool(pre) => Ok(Tool::new(self.callee.clone(), pre.clone())),
            Entry::Critic(_) | Entry::Verifier(_) => Err(self.wrong_role()),
        }
    }

    /// The tool as the engine's port, which recipes call with what models made of the user's idea:
    /// an error if it is no tool, or could send that away and nobody said that it may.
    pub fn performer(&self) -> Result<Arc<dyn Perform>, SandboxError> {
        let tool = self.tool()?;
        self.check_private()?;
        Ok(Arc::new(tool))
    }

    fn wrong_role(&self) -> SandboxError {
        SandboxError::WrongRole { plugin: self.callee.id.name.clone(), role: self.manifest.role }
    }
}

impl fmt::Debug for LoadedPlugin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LoadedPlugin({} {})", self.manifest.role, self.callee.id)
    }
}

/// Refuses what is not a component before the compiler sees it.
pub(crate) fn check_bytes(plugin: &str, bytes: &[u8]) -> Result<(), SandboxError> {
    const MAGIC: &[u8] = b"\0asm";
    const MODULE: &[u8] = b"\0asm\x01\0\0\0";
    let plugin = plugin.to_owned();
    if bytes.len() > limits::COMPONENT_BYTES {
        let limit = limits::COMPONENT_BYTES;
        return Err(SandboxError::TooLarge { plugin, bytes: bytes.len(), limit });
    }
    if bytes.starts_with(MODULE) {
        return Err(SandboxError::CoreModule { plugin });
    }
    if !bytes.starts_with(MAGIC) {
        return Err(SandboxError::NotWebAssembly { plugin });
    }
    Ok(())
}

/// Checks and links a compiled component.
pub(crate) fn link(
    shared: &Shared,
    manifest: Manifest,
    id: PluginId,
    component: &Component,
    grant: &Grant,
) -> Result<LoadedPlugin, SandboxError> {
    check_imports(shared, &manifest, component)?;
    check_export(shared, &manifest, component)?;
    let mut linker = Linker::new(&shared.engine);
    let mismatch = |error: wasmtime::Error| SandboxError::Mismatch {
        plugin: manifest.name.clone(),
        source: error::cause_of(&error),
    };
    let powers = Powers::of(&manifest, grant)?;
    facets::link(&mut linker, &powers.answers).map_err(mismatch)?;
    let pre = linker.instantiate_pre(component).map_err(mismatch)?;
    let entry = match manifest.role {
        Role::Critic => CriticPre::new(pre).map(Entry::Critic),
        Role::Verifier => VerifierPre::new(pre).map(Entry::Verifier),
        Role::Tool => ToolPre::new(pre).map(Entry::Tool),
    };
    let entry = entry.map_err(mismatch)?;
    let limits = shared.limits.tightened(manifest.limits);
    let callee = Callee::new(id, Shared { limits, ..shared.clone() }, powers);
    Ok(LoadedPlugin { callee, manifest: Arc::new(manifest), entry })
}

/// The component's imports are the proof of what it can reach: they must be facets of our version,
/// and those whose functions it calls must be wanted by the manifest.
fn check_imports(
    shared: &Shared,
    manifest: &Manifest,
    component: &Component,
) -> Result<(), SandboxError> {
    let plugin = || manifest.name.clone();
    let component_type = component.component_type();
    for (name, import) in component_type.imports(&shared.engine) {
        let unknown = || SandboxError::UnknownImport {
            plugin: plugin(),
            import: pentimento_model::clean(name),
        };
        let interface = our_interface(manifest, name)?.ok_or_else(unknown)?;
        let ComponentItem::ComponentInstance(instance) = import.ty else { return Err(unknown()) };
        let functions = instance
            .exports(&shared.engine)
            .any(|(_, export)| matches!(export.ty, ComponentItem::ComponentFunc(_)));
        match Capability::from_name(interface) {
            Some(facet) if functions && !manifest.wants.contains_key(&facet) => {
                return Err(SandboxError::NotWanted { plugin: plugin(), facet });
            }
            None if interface != "types" => return Err(unknown()),
            _ => {}
        }
    }
    Ok(())
}

/// The bare name of one of our interfaces; `None` for other packages'. Another version is an error.
fn our_interface<'a>(manifest: &Manifest, name: &'a str) -> Result<Option<&'a str>, SandboxError> {
    let Some(rest) = name.strip_prefix(PACKAGE).and_then(|rest| rest.strip_prefix('/')) else {
        return Ok(None);
    };
    let (interface, version) = rest.split_once('@').unwrap_or((rest, ""));
    if version != VERSION {
        let (plugin, found) = (manifest.name.clone(), pentimento_model::clean(name));
        return Err(SandboxError::WrongVersion { plugin, found, offered: VERSION });
    }
    Ok(Some(interface))
}

fn check_export(
    shared: &Shared,
    manifest: &Manifest,
    component: &Component,
) -> Result<(), SandboxError> {
    let export = interface_name(manifest.role.export());
    let component_type = component.component_type();
    let mut names = component_type.exports(&shared.engine).map(|(name, _)| name);
    if names.any(|name| name == export) {
        return Ok(());
    }
    for (name, _) in component_type.exports(&shared.engine) {
        our_interface(manifest, name)?;
    }
    Err(SandboxError::MissingExport { plugin: manifest.name.clone(), role: manifest.role, export })
}
