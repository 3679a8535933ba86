//! The truth about pictures that a server paints: only the embedded world behind it has one.
//!
//! Every picture is painted here as well, from the same prompt and seed. If the bytes are the same,
//! what is really in the one is really in the other, and the oracle knows it. If they are not, the
//! server is somebody else, and nothing it paints can be scored.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_easel::Easel;
use pentimento_engine::{
    PortError, PortErrorKind, Reservation,
    ports::{Change, Edit, Edited, Generate, Made, Paid, References, Waiting},
};
use pentimento_model::{Artifact, Seed, Spending};

/// A painter elsewhere, with an easel beside it that sees whether it is one too.
pub(crate) struct Witness {
    /// Who paints.
    pub(crate) there: Arc<dyn Generate>,
    /// Who paints the same; its oracle is asked afterwards.
    pub(crate) here: Easel,
}

#[async_trait]
impl Generate for Witness {
    fn identity(&self) -> String {
        self.there.identity()
    }

    fn most(&self, prompt: &str) -> Spending {
        self.there.most(prompt)
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        self.there.turn()
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        let paid = self.there.generate(prompt, seed, leave).await?;
        let same = self.here.generate(prompt, seed).await?;
        if paid.value.bytes == same.bytes { Ok(paid) } else { Err(stranger()) }
    }

    fn most_after(&self, prompt: &str, pictures: u32) -> Spending {
        self.there.most_after(prompt, pictures)
    }

    async fn generate_after(
        &self,
        prompt: &str,
        feedback: References<'_>,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        let References { liked, disliked } = feedback;
        let paid = self.there.generate_after(prompt, feedback, seed, leave).await?;
        let same = self.here.generate_after(prompt, References { liked, disliked }, seed).await?;
        if paid.value.bytes == same.bytes { Ok(paid) } else { Err(stranger()) }
    }
}

/// The same for a painter who changes pictures.
pub(crate) struct WitnessOfEdits {
    /// Who paints.
    pub(crate) there: Arc<dyn Edit>,
    /// Who does the same; its oracle is asked afterwards.
    pub(crate) here: Easel,
}

#[async_trait]
impl Edit for WitnessOfEdits {
    fn identity(&self) -> String {
        self.there.identity()
    }

    fn most(&self, change: &Change<'_>) -> Spending {
        self.there.most(change)
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        self.there.turn()
    }

    async fn edit(
        &self,
        picture: &Artifact,
        change: &Change<'_>,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError> {
        let paid = self.there.edit(picture, change, seed, leave).await?;
        let same = self.here.edit(picture, change.ops, seed).await?;
        if paid.value.made.bytes == same.made.bytes { Ok(paid) } else { Err(stranger()) }
    }
}

fn stranger() -> PortError {
    PortError {
        message: "the server is not the embedded world: it makes another picture of the same words \
                  and seed"
            .to_owned(),
        hint: Some(
            "start `pentimento serve --fake-openai` of this version, and set `send-seed = true` for \
             its provider"
                .to_owned(),
        ),
        kind: PortErrorKind::WrongUse,
        cause: None,
    }
}

#[cfg(test)]
mod tests {
    use pentimento_easel::Preset;
    use pentimento_engine::Ledger;
    use pentimento_model::{Bounds, MediaType};

    use super::*;

    /// A server that may or may not be an easel.
    struct There(Option<Easel>);

    #[async_trait]
    impl Generate for There {
        fn identity(&self) -> String {
            "there".to_owned()
        }

        async fn generate(
            &self,
            prompt: &str,
            seed: Seed,
            _leave: &Arc<Reservation>,
        ) -> Result<Paid<Made>, PortError> {
            let bytes: Arc<[u8]> = match &self.0 {
                Some(easel) => easel.generate(prompt, seed).await?.bytes,
                None => b"somebody else's picture".as_slice().into(),
            };
            Ok(Paid::free(Made { media_type: MediaType::Png, bytes }))
        }
    }

    #[tokio::test]
    async fn what_both_paint_has_a_truth_and_what_only_one_paints_is_an_error() {
        let (prompt, seed) = ("two red apples", Seed(u64::MAX));
        let leave = || Arc::new(Ledger::new(Bounds::NONE).reserve(Spending::NONE).unwrap());
        for (there, same) in [
            (There(Some(Easel::new(Preset::Dalle3Like))), true),
            (There(Some(Easel::new(Preset::Hopeless))), false),
            (There(None), false),
        ] {
            let (here, oracle) = Easel::with_oracle(Preset::Dalle3Like);
            let witness = Witness { there: Arc::new(there), here };
            match witness.generate(prompt, seed, &leave()).await {
                Ok(painted) => {
                    let made = Artifact::new(painted.value.media_type, painted.value.bytes);
                    assert!(same && oracle.truth(made.id).is_some());
                }
                Err(error) => {
                    assert!(!same && error.kind == PortErrorKind::WrongUse, "{error}");
                    assert!(error.hint.unwrap().contains("send-seed"));
                }
            }
        }
    }
}
