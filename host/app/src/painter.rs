//! Who paints: the embedded easel, a model behind a provider, or, where texts are made, nobody.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_easel::{Easel, Preset};
use pentimento_engine::{
    PortError, Reservation, RunRequest,
    ports::{Change, Edit, Edited, Generate, Made, Paid, References, Waiting},
};
use pentimento_model::{
    Ability, AppliedOp, Artifact, Bounds, EditOp, Region, Seed, Spending, StepKey,
};
use pentimento_provider::{Kind, Painting, Provider};
use pentimento_recipe::Recipe;

use crate::{
    Settings,
    error::AppError,
    prices::{self, Quote},
    providers::{Binding, Known, Providers},
    wire_up::PainterPorts,
};

/// A painter that is not opened yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Painter {
    /// The easel.
    Embedded(Preset),
    /// A model.
    Model(Binding),
    /// Nobody: the recipe makes texts.
    Nobody,
}

impl Painter {
    /// Who painted a run.
    pub(crate) fn of_run(request: &RunRequest) -> Result<Self, AppError> {
        Self::from_name(&request.painter).ok_or_else(|| AppError::UnknownPainter {
            run: request.run.to_string(),
            painter: request.painter.clone(),
        })
    }

    /// The painter that a journal names so: a preset, or `PROVIDER/MODEL`.
    fn from_name(name: &str) -> Option<Self> {
        if name == NOBODY {
            return Some(Self::Nobody);
        }
        let preset = Preset::from_name(name).map(Self::Embedded);
        preset.or_else(|| Binding::read(name).map(Self::Model))
    }

    /// Its name in journals.
    pub fn name(&self) -> String {
        match self {
            Self::Embedded(preset) => preset.as_str().to_owned(),
            Self::Model(binding) => binding.to_string(),
            Self::Nobody => NOBODY.to_owned(),
        }
    }

    /// What its pictures depend on, as it stands in the keys of primitives.
    pub(crate) fn identity(&self) -> String {
        match self {
            Self::Embedded(preset) => Generate::identity(&Easel::new(*preset)),
            Self::Model(binding) => identity(binding),
            Self::Nobody => NOBODY.to_owned(),
        }
    }

    /// How imperfect it is, if it is an easel: here, or behind a server that names its models so.
    pub fn preset(&self) -> Option<Preset> {
        match self {
            Self::Embedded(preset) => Some(*preset),
            Self::Model(binding) => Preset::from_name(&binding.model),
            Self::Nobody => None,
        }
    }

    /// True if nothing leaves this machine for it.
    pub(crate) fn is_at_home(&self, providers: &Providers) -> bool {
        match self {
            Self::Embedded(_) | Self::Nobody => true,
            Self::Model(binding) => {
                providers.find(&binding.provider).is_ok_and(|known| known.reach.is_at_home())
            }
        }
    }

    /// Both halves of the role, ready to work. Nothing is sent, and everything that can be wrong
    /// before is told: an ability the recipe needs, a price that the budget needs, a key.
    pub fn open(
        &self,
        settings: &Settings,
        recipe: &Recipe,
        bounds: &Bounds,
    ) -> Result<PainterPorts, AppError> {
        let binding = match self {
            Self::Embedded(preset) => {
                let easel = Arc::new(Easel::new(*preset));
                return Ok((easel.clone(), easel));
            }
            Self::Nobody => return Ok((Arc::new(Nobody), Arc::new(Nobody))),
            Self::Model(binding) => binding,
        };
        let known = settings.providers.find(&binding.provider)?;
        check_recipe(recipe, binding, known)?;
        let quote = prices::picture(&settings.prices, binding, bounds)?;
        let provider = settings.providers.open(&binding.provider)?;
        let lasting = settings.providers.lasting(&binding.provider)?;
        let (binding, kind) = (binding.clone(), known.kind);
        let painter = Arc::new(ModelPainter { provider, binding, kind, quote, lasting });
        Ok((painter.clone(), painter))
    }
}

/// What a recipe does to pictures, its painter must be able to do.
fn check_recipe(recipe: &Recipe, painter: &Binding, known: &Known) -> Result<(), AppError> {
    let missing = recipe.paints_by().iter().find(|ability| !known.abilities.has(**ability));
    let Some(missing) = missing else { return Ok(()) };
    Err(AppError::Setting {
        name: "painter",
        problem: format!(
            "recipe `{}` needs a painter with the ability `{missing}`, which `{painter}` has not",
            recipe.name
        ),
        hint: format!(
            "{}choose `--recipe rank`, or the embedded painter with `--preset`",
            setting_for(*missing, known).unwrap_or_default()
        ),
    })
}

/// Which setting of its provider gives it this ability, if one does.
fn setting_for(missing: Ability, known: &Known) -> Option<String> {
    let (setting, claim) = match (missing, known.kind) {
        (Ability::Seeded, Kind::OpenAi) => ("send-seed = true", "it takes a seed"),
        (Ability::References, Kind::OpenAi | Kind::SdWebUi) => {
            ("references = true", "it takes pictures as feedback")
        }
        (Ability::References, Kind::ComfyUi) => ("references-workflow = \"FILE\"", "it has one"),
        (_, Kind::Command) => {
            return Some(format!(
                "if it can, add `{missing}` to `can` under `[providers.{}]`; else ",
                known.name
            ));
        }
        _ => return None,
    };
    let name = &known.name;
    Some(format!("if {claim}, say `{setting}` under `[providers.{name}]`; else "))
}

/// What stands in a journal in place of a painter.
pub(crate) const NOBODY: &str = "none";

/// The painter of runs that make texts: no recipe for texts asks it for anything.
#[derive(Debug)]
struct Nobody;

#[async_trait]
impl Generate for Nobody {
    fn identity(&self) -> String {
        NOBODY.to_owned()
    }

    async fn generate(
        &self,
        _prompt: &str,
        _seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        Err(nobody_paints())
    }
}

#[async_trait]
impl Edit for Nobody {
    fn identity(&self) -> String {
        NOBODY.to_owned()
    }

    async fn edit(
        &self,
        _picture: &Artifact,
        _change: &Change<'_>,
        _seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError> {
        Err(nobody_paints())
    }
}

fn nobody_paints() -> PortError {
    PortError::wrong_use("nobody paints in this run", "choose a recipe that makes pictures")
}

/// A model that paints.
#[derive(Debug)]
struct ModelPainter {
    provider: Provider,
    binding: Binding,
    kind: Kind,
    quote: Quote,
    /// What its pictures depend on in any run.
    lasting: Option<StepKey>,
}

impl ModelPainter {
    /// What it is told of a change. Models behind this API follow instructions; those behind others
    /// are told what the whole picture shall show.
    fn words(&self, change: &Change<'_>) -> Result<String, PortError> {
        if let [EditOp::Inpaint { region, prompt }] = change.ops
            && *region == Region::WHOLE
        {
            return Ok(prompt.clone());
        }
        if self.kind != Kind::OpenAi {
            return Ok(change.scene.to_owned());
        }
        pentimento_prompts::instruct(change.ops)
            .map_err(|error| PortError::broken("a change could not be put into words", error))
    }

    /// What it is told of a new picture after so many that were liked, and disliked. Behind this API
    /// all pictures come in one row, so that the words must say which are which.
    fn words_after(&self, prompt: &str, shown: (u32, u32)) -> Result<String, PortError> {
        if self.kind != Kind::OpenAi {
            return Ok(prompt.to_owned());
        }
        pentimento_prompts::after(prompt, shown)
            .map_err(|error| PortError::broken("feedback could not be put into words", error))
    }

    /// The most that a change in these words costs.
    fn most_of_edit(&self, change: &Change<'_>) -> Spending {
        self.quote.most_of_edit(&self.words(change).unwrap_or_default())
    }
}

/// A change goes this far beyond the boxes it is about, in fractions of the picture: detectors' boxes
/// are tight, and edges need room to be painted over.
const MARGIN: f32 = 0.02;

/// Where operations change a picture.
fn changed(ops: &[EditOp]) -> Vec<Region> {
    let regions = ops.iter().flat_map(|op| match op {
        EditOp::Move { from, to, .. } => vec![*from, *to],
        EditOp::Delete { region, .. }
        | EditOp::Add { region, .. }
        | EditOp::Restyle { region, .. }
        | EditOp::Inpaint { region, .. } => vec![*region],
    });
    regions.map(|region| region.grown(MARGIN)).collect()
}

fn identity(binding: &Binding) -> String {
    format!("model/{binding}")
}

#[async_trait]
impl Generate for ModelPainter {
    fn identity(&self) -> String {
        identity(&self.binding)
    }

    fn lasting(&self) -> Option<StepKey> {
        self.lasting
    }

    fn most(&self, prompt: &str) -> Spending {
        self.quote.most(prompt)
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        Some(Box::pin(self.provider.turn()))
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        let (liked, disliked): (&[Artifact], &[Artifact]) = (&[], &[]);
        let painting =
            Painting { prompt, size: None, seed, picture: None, mask: None, liked, disliked };
        let provider = self.provider.charged_to(leave.clone());
        let painted = provider.paint(&self.binding.model, &painting).await?;
        Ok(Paid { value: painted.made, cost: self.quote.of(painted.usage, prompt) })
    }

    fn most_after(&self, prompt: &str, pictures: u32) -> Spending {
        let told = self.words_after(prompt, (pictures, pictures)).unwrap_or_default();
        self.quote.most_after(&told, pictures)
    }

    async fn generate_after(
        &self,
        prompt: &str,
        feedback: References<'_>,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        let References { liked, disliked } = feedback;
        let count = |pictures: &[Artifact]| u32::try_from(pictures.len()).unwrap_or(u32::MAX);
        let shown = (count(liked), count(disliked));
        let told = self.words_after(prompt, shown)?;
        let (prompt, picture, mask) = (told.as_str(), None, None);
        let painting = Painting { prompt, size: None, seed, picture, mask, liked, disliked };
        let provider = self.provider.charged_to(leave.clone());
        let painted = provider.paint(&self.binding.model, &painting).await?;
        let pictures = shown.0.saturating_add(shown.1);
        Ok(Paid { value: painted.made, cost: self.quote.of_after(painted.usage, prompt, pictures) })
    }
}

#[async_trait]
impl Edit for ModelPainter {
    fn identity(&self) -> String {
        identity(&self.binding)
    }

    fn lasting(&self) -> Option<StepKey> {
        self.lasting
    }

    fn most(&self, change: &Change<'_>) -> Spending {
        self.most_of_edit(change)
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        Some(Box::pin(self.provider.turn()))
    }

    async fn edit(
        &self,
        picture: &Artifact,
        change: &Change<'_>,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError> {
        let prompt = self.words(change)?;
        let (size, mask) = pentimento_provider::opened(picture, changed(change.ops)).await?;
        // Servers of the other kind would paint in a size of their own.
        let size = (self.kind != Kind::OpenAi).then_some(size);
        // A mask that opens everything says nothing.
        let whole =
            |op: &EditOp| matches!(op, EditOp::Inpaint { region, .. } if *region == Region::WHOLE);
        let mask = (!change.ops.iter().any(whole)).then_some(&mask);
        let (prompt, picture) = (prompt.as_str(), Some(picture));
        let painting = Painting { prompt, size, seed, picture, mask, liked: &[], disliked: &[] };
        let provider = self.provider.charged_to(leave.clone());
        let painted = provider.paint(&self.binding.model, &painting).await?;
        // It does not say what it did; the next look will.
        let applied = change.ops.iter().map(|op| AppliedOp { op: op.clone(), refused: None });
        let value = Edited { made: painted.made, applied: applied.collect() };
        Ok(Paid { value, cost: self.quote.of_edit(painted.usage, prompt) })
    }
}
