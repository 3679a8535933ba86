//! Picks who stands behind the engine's ports.
//!
//! Roles are bound to the embedded world: mind, and the bundled eye in its sandbox. Who paints is
//! picked in `painter`.

use std::{fmt, sync::Arc};

use pentimento_engine::{
    Models, Ports,
    ports::{Assess, Clock, Edit, Generate, Keep, Parse, Watch},
};
use pentimento_mind::{RuleController, RuleParser};
use pentimento_recipe::Medium;
use pentimento_sandbox::{Compiler, LoadedPlugin, RunScope, Sandbox, SandboxSettings};

use crate::{Bundled, Plugins, Settings, error::AppError};

/// Compiled components, below the cache folder.
const COMPONENT_CACHE: &str = "components";

/// Both halves of the role `painter`.
pub type PainterPorts = (Arc<dyn Generate>, Arc<dyn Edit>);

/// Everything that is made once and used by many runs.
#[derive(Clone)]
pub struct Workshop {
    plugins: Vec<LoadedPlugin>,
    assessors: Vec<Arc<dyn Assess>>,
    /// Plugins that nobody asked for, and that look at pictures.
    of_pictures: Vec<&'static str>,
    clock: Arc<dyn Clock>,
}

impl Workshop {
    /// Starts the sandbox and lets the assessors in.
    pub fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        let sandbox = sandbox(settings)?;
        let settings = &with_held_out(settings);
        let plugins = Plugins::let_in(settings, &sandbox, Plugins::now(clock.as_ref()))?;
        let assessors = plugins.iter().map(LoadedPlugin::assessor).collect::<Result<_, _>>()?;
        let unasked =
            |one: &&Bundled| one.assesses_by_default && !settings.plugins.contains_key(one.name);
        let of_pictures = Bundled::ALL.iter().filter(unasked).map(|one| one.name).collect();
        Ok(Self { plugins, assessors, of_pictures, clock })
    }

    /// The same for runs whose candidates are of this kind: the eye is not asked about texts unless
    /// the settings name it.
    #[must_use]
    pub fn of(&self, medium: Medium) -> Self {
        let mut workshop = self.clone();
        if medium == Medium::Text {
            let stays = |name: &str| !self.of_pictures.contains(&name);
            workshop.plugins.retain(|plugin| stays(&plugin.id().name));
            workshop.assessors.retain(|assessor| stays(&assessor.plugin().name));
        }
        workshop
    }

    /// The ports of one run, without anyone who answers in words.
    pub fn ports(
        &self,
        (generator, editor): PainterPorts,
        keep: Arc<dyn Keep>,
        watchers: Vec<Arc<dyn Watch>>,
    ) -> Ports {
        // What plugins remember and what they may use together is of one run.
        let run = RunScope::default();
        let assessors = self.plugins.iter().map(|plugin| plugin.clone().in_run(&run));
        Ports {
            parser: self.parser(),
            generator,
            editor,
            controller: Arc::new(RuleController),
            models: Models::default(),
            assessors: assessors.filter_map(|plugin| plugin.assessor().ok()).collect(),
            keep,
            clock: self.clock.clone(),
            watchers,
        }
    }

    /// The assessors, in the order in which they look.
    pub fn assessors(&self) -> &[Arc<dyn Assess>] {
        &self.assessors
    }

    /// Reads ideas.
    pub fn parser(&self) -> Arc<dyn Parse> {
        Arc::new(RuleParser)
    }
}

impl fmt::Debug for Workshop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.assessors.iter().map(|one| one.plugin().to_string()).collect();
        formatter.debug_struct("Workshop").field("assessors", &names).finish_non_exhaustive()
    }
}

/// The settings with the assessor that the recipe holds out among the plugins: whoever names it wants
/// it asked.
fn with_held_out(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    if let Some(name) = &settings.recipe.held_out {
        settings.plugins.entry(name.clone()).or_default();
    }
    settings
}

/// The sandbox with the settings' cache folder. Plugins are told no time of their own choosing:
/// the clock facet stands at the epoch, so that a verdict does not depend on when it was given.
pub(crate) fn sandbox(settings: &Settings) -> Result<Sandbox, AppError> {
    let cache_dir = Some(settings.cache_dir.join(COMPONENT_CACHE));
    let compiler = settings.compiler.clone().map(Compiler::new);
    let trusted = Bundled::ALL.iter().map(Bundled::digest).collect();
    Ok(Sandbox::new(SandboxSettings {
        cache_dir,
        compiler,
        trusted,
        ..SandboxSettings::default()
    })?)
}
