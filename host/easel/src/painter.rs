//! The easel itself: paints prompts and edits pictures behind the engine's ports.
//!
//! Drawing takes milliseconds of pure computing, so it leaves the async threads. How good the
//! painter is, its preset says; what it really did, only its oracle knows.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    PortError, Reservation,
    ports::{Change, Edit, Edited, Generate, Made, Paid, References},
};
use pentimento_model::{Artifact, EditOp, MediaType, Seed};

use crate::{
    codec::{decode, encode_png},
    draw::draw,
    edits::{Changed, apply},
    error::EaselError,
    feedback::paint_after,
    oracle::{Ledger, Oracle, Truth},
    plan::imagine,
    preset::Preset,
    scene::Scene,
};

/// Width and height, in pixels, of the pictures an easel paints.
pub const PICTURE_SIZE: u32 = 512;

/// The embedded painter. Cheap to clone; clones share their oracle.
#[derive(Clone)]
pub struct Easel {
    preset: Preset,
    ledger: Option<Arc<Ledger>>,
}

impl std::fmt::Debug for Easel {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Easel").field("preset", &self.preset).finish_non_exhaustive()
    }
}

impl Easel {
    /// A painter that forgets what it painted.
    pub const fn new(preset: Preset) -> Self {
        Self { preset, ledger: None }
    }

    /// A painter with an oracle: for harnesses that score others.
    pub fn with_oracle(preset: Preset) -> (Self, Oracle) {
        let ledger = Arc::new(Ledger::default());
        let easel = Self { preset, ledger: Some(Arc::clone(&ledger)) };
        (easel, Oracle::over(ledger))
    }

    /// How good it is.
    pub const fn preset(&self) -> Preset {
        self.preset
    }

    /// A picture of the prompt. Same prompt and seed, same bytes.
    pub async fn generate(&self, prompt: &str, seed: Seed) -> Result<Made, PortError> {
        let (easel, prompt) = (self.clone(), prompt.to_owned());
        let work = tokio::task::spawn_blocking(move || easel.paint(&prompt, seed));
        Ok(work.await.map_err(EaselError::Stopped)??)
    }

    /// A picture of the prompt after feedback. Same prompt, pictures and seed, same bytes.
    pub async fn generate_after(
        &self,
        prompt: &str,
        feedback: References<'_>,
        seed: Seed,
    ) -> Result<Made, PortError> {
        let (easel, prompt) = (self.clone(), prompt.to_owned());
        let (liked, disliked) = (feedback.liked.to_vec(), feedback.disliked.to_vec());
        let work = tokio::task::spawn_blocking(move || {
            let rates = easel.preset.rates();
            let (scene, picture) = paint_after(&prompt, rates, (&liked, &disliked), seed)?;
            easel.noted(scene, &picture)
        });
        Ok(work.await.map_err(EaselError::Stopped)??)
    }

    /// The picture after these operations. Same picture, operations and seed, same bytes.
    pub async fn edit(
        &self,
        picture: &Artifact,
        ops: &[EditOp],
        seed: Seed,
    ) -> Result<Edited, PortError> {
        let (easel, picture, ops) = (self.clone(), picture.clone(), ops.to_vec());
        let work = tokio::task::spawn_blocking(move || easel.retouch(&picture, &ops, seed));
        Ok(work.await.map_err(EaselError::Stopped)??)
    }

    fn name(&self) -> String {
        format!("easel/{}/{}", env!("CARGO_PKG_VERSION"), self.preset)
    }

    /// Reads, plans, errs, draws and encodes.
    fn paint(&self, prompt: &str, seed: Seed) -> Result<Made, EaselError> {
        let scene = imagine(prompt, self.preset.rates(), seed)?;
        let picture = draw(&scene, PICTURE_SIZE);
        self.noted(scene, &picture)
    }

    /// Encodes a picture, and remembers what is really in it for the oracle.
    fn noted(&self, scene: Scene, picture: &image::RgbImage) -> Result<Made, EaselError> {
        let made = png(picture)?;
        if let Some(ledger) = &self.ledger {
            ledger.note(name_of(&made).id, Truth { items: scene.items });
        }
        Ok(made)
    }

    /// Decodes, changes and encodes. A picture that nothing was done to keeps its bytes.
    fn retouch(
        &self,
        picture: &Artifact,
        ops: &[EditOp],
        seed: Seed,
    ) -> Result<Edited, EaselError> {
        let pixels = decode(picture)?;
        let Changed { picture: pixels, applied, effects } =
            apply(pixels, ops, &self.preset.rates().edits, seed);
        if effects.is_empty() {
            let made = Made { media_type: picture.media_type, bytes: Arc::clone(&picture.bytes) };
            return Ok(Edited { made, applied });
        }
        let made = png(&pixels)?;
        if let Some(ledger) = &self.ledger
            && let Some(truth) = ledger.recall(picture.id)
        {
            ledger.note(name_of(&made).id, truth.after(&effects));
        }
        Ok(Edited { made, applied })
    }
}

#[async_trait]
impl Generate for Easel {
    fn identity(&self) -> String {
        self.name()
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        Ok(Paid::free(Self::generate(self, prompt, seed).await?))
    }

    async fn generate_after(
        &self,
        prompt: &str,
        feedback: References<'_>,
        seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        Ok(Paid::free(Self::generate_after(self, prompt, feedback, seed).await?))
    }
}

#[async_trait]
impl Edit for Easel {
    fn identity(&self) -> String {
        self.name()
    }

    async fn edit(
        &self,
        picture: &Artifact,
        change: &Change<'_>,
        seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError> {
        Ok(Paid::free(Self::edit(self, picture, change.ops, seed).await?))
    }
}

fn png(picture: &image::RgbImage) -> Result<Made, EaselError> {
    let bytes = encode_png(picture)?;
    Ok(Made { media_type: MediaType::Png, bytes: bytes.into() })
}

/// What was made, under the name it will be known by.
fn name_of(made: &Made) -> Artifact {
    Artifact::new(made.media_type, Arc::clone(&made.bytes))
}

#[cfg(test)]
mod tests;
