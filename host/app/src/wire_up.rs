//! Picks who stands behind the engine's ports.
//!
//! Roles are bound to the embedded world: mind, and the bundled eye in its sandbox. Who paints is
//! picked in `painter`.

use std::{fmt, sync::Arc};

use pentimento_engine::{
    Models, Ports,
    ports::{Assess, Clock, Edit, Generate, Keep, Parse, Watch},
};
use pentimento_manifest::Role;
use pentimento_mind::{RuleController, RuleParser};
use pentimento_model::Argument;
use pentimento_prompts::Execution;
use pentimento_recipe::{Medium, Recipe, Trial};
use pentimento_sandbox::{Compiler, LoadedPlugin, RunScope, Sandbox, SandboxSettings};

use crate::{Bundled, Plugins, Settings, error::AppError, paths::SETTINGS_FILE};

/// Compiled components, below the cache folder.
const COMPONENT_CACHE: &str = "components";

/// Both halves of the role `painter`.
pub type PainterPorts = (Arc<dyn Generate>, Arc<dyn Edit>);

/// Everything that is made once and used by many runs.
#[derive(Clone)]
pub struct Workshop {
    plugins: Vec<LoadedPlugin>,
    /// Plugins that recipes may call.
    tools: Vec<LoadedPlugin>,
    assessors: Vec<Arc<dyn Assess>>,
    /// Plugins that nobody asked for, and that look at pictures.
    of_pictures: Vec<&'static str>,
    clock: Arc<dyn Clock>,
}

impl Workshop {
    /// Starts the sandbox and lets the assessors in.
    pub fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        let sandbox = sandbox(settings)?;
        Plugins::check_named(settings, Plugins::now(clock.as_ref()))?;
        let settings = &with_named(settings);
        let let_in = Plugins::let_in(settings, &sandbox, Plugins::now(clock.as_ref()))?;
        let (tools, plugins): (Vec<_>, Vec<_>) =
            let_in.into_iter().partition(|plugin| plugin.manifest().role == Role::Tool);
        let assessors = plugins.iter().map(LoadedPlugin::assessor).collect::<Result<_, _>>()?;
        let unasked =
            |one: &&Bundled| one.assesses_by_default && !settings.plugins.contains_key(one.name);
        let of_pictures = Bundled::ALL.iter().filter(unasked).map(|one| one.name).collect();
        Ok(Self { plugins, tools, assessors, of_pictures, clock })
    }

    /// Says whether the tool that a recipe needs is there and may be told what recipes tell it.
    ///
    /// It is tried once: one that lacks what the operator hands it, or that does something else than the
    /// recipe needs, is told before anything is spent.
    pub async fn check_tool(&self, settings: &Settings, recipe: &Recipe) -> Result<(), AppError> {
        let Some(name) = &recipe.tool else { return Ok(()) };
        let no_tool = |why, hint| AppError::NoTool {
            recipe: recipe.name.clone(),
            plugin: name.clone(),
            why,
            hint,
        };
        let mut there = self.tools.iter().chain(&self.plugins);
        let Some(plugin) = there.find(|plugin| &plugin.id().name == name) else {
            let (why, hint) = Plugins::why_not(settings, name, Plugins::now(self.clock.as_ref()))?;
            return Err(no_tool(why, hint));
        };
        let performer = plugin.performer()?;
        let Some(Trial { arguments, value }) = recipe.tool_trial() else { return Ok(()) };
        let argument = |(name, value): &(&str, &str)| Argument::new(*name, *value);
        let arguments: Vec<_> = arguments.iter().map(argument).collect();
        let tried = performer.perform(&arguments, settings.seed).await;
        let told = tried.map_err(|fault| format!("({}): {}", fault.kind.as_str(), fault.message));
        let Some(value) = value else {
            let hint = format!(
                "hand it what it works with under `[plugins.{name}.settings]` in `{SETTINGS_FILE}`; \
                 its README says under which keys"
            );
            return told.map(drop).map_err(|why| no_tool(format!("it cannot work {why}"), hint));
        };
        let ran = told.and_then(|told| match Execution::read(&told) {
            Ok(ran) if ran.value.as_deref() == Some(value) => Ok(()),
            Ok(ran) => Err(format!("(`6 * 7`): {}", ran.report().join("; "))),
            Err(wrong) => Err(format!("(`6 * 7`): {}", wrong.reason)),
        });
        ran.map_err(|why| {
            let hint = "name one that does in the recipe's file (`tool = \"tool-python\"`, or \
                        `tool-javascript`)";
            no_tool(format!("it runs no programs {why}"), hint.to_owned())
        })
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
        let in_run = |plugin: &LoadedPlugin| plugin.clone().in_run(&run);
        let assessors = self.plugins.iter().map(in_run);
        let tools = self.tools.iter().map(in_run);
        Ports {
            parser: self.parser(),
            generator,
            editor,
            controller: Arc::new(RuleController),
            models: Models::default(),
            assessors: assessors.filter_map(|plugin| plugin.assessor().ok()).collect(),
            tools: tools.filter_map(|plugin| plugin.performer().ok()).collect(),
            keep,
            share: None,
            clock: self.clock.clone(),
            watchers,
        }
    }

    /// The assessors, in the order in which they look.
    pub fn assessors(&self) -> &[Arc<dyn Assess>] {
        &self.assessors
    }

    /// The bundled eye, if the settings let it in.
    pub fn eye(&self) -> Option<&Arc<dyn Assess>> {
        self.assessors.iter().find(|one| one.plugin().name == EYE)
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

/// The settings with the assessors that the recipe names among the plugins: whoever names one wants it
/// asked. Those that are asked anyway keep the say they have.
fn with_named(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    let recipe = &settings.recipe;
    let detecting = recipe.detecting_plugin().filter(|name| *name != EYE);
    let named: Vec<_> =
        detecting.into_iter().chain(recipe.held_out_plugin()).map(str::to_owned).collect();
    for name in named {
        settings.plugins.entry(name).or_default();
    }
    settings
}

/// The bundled plugin that finds objects in pictures.
pub(crate) const EYE: &str = "critic-detector";

/// The eye by itself, for whoever looks through it.
pub(crate) fn eye(settings: &Settings) -> Result<Arc<dyn Assess>, AppError> {
    let missing = || AppError::NoSuchPlugin { plugin: EYE.to_owned() };
    let bundled = Bundled::find(EYE).ok_or_else(missing)?;
    Ok(sandbox(settings)?.admit(bundled.component, &bundled.grant())?.assessor()?)
}

/// What is seen through it depends on these bytes.
pub(crate) fn eye_digest() -> String {
    Bundled::find(EYE).map(Bundled::digest).unwrap_or_default()
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
