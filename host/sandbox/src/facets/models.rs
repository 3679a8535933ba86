//! Facet `models`: models by the names the plugin knows them by.
//!
//! Metered: a question counts for the call and the run before it is asked, and its tokens are set
//! aside, so that questions on their way cannot overdraw together. Who answers is a [`Complete`].

use std::{collections::BTreeMap, sync::Arc};

use pentimento_model::{Artifact, Capability, MediaType, clean};
use wasmtime::component::{Linker, Resource};

use super::{
    Answer, Refused, Served, ToRefuse, ToServe, artifacts::HeldArtifact, failure, not_granted,
    partners, refused, served,
};
use crate::{
    Complete, Completion, Prompt,
    bindings::{models, types::Failure},
    call::CallState,
    limits,
};

type Answered<T> = wasmtime::Result<Result<T, Failure>>;

/// What one call may see: the models bound to the names its plugin knows.
pub(crate) type Models = Arc<BTreeMap<String, Arc<dyn Complete>>>;

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => models::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => models::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

impl Served<'_> {
    /// Checks one question and counts it: who answers it, and the tokens set aside for it.
    fn question(
        &mut self,
        model: &str,
        prompt: &Prompt,
    ) -> Result<(Arc<dyn Complete>, u64), Failure> {
        let plugin = &self.0.callee;
        partners::check_granted(plugin, Capability::Models, model)?;
        self.check_prompt(prompt)?;
        let provider = plugin.models.get(model).cloned().ok_or_else(|| {
            let message = format!(
                "no provider is bound to the model `{model}`; the operator binds one to each name \
                 a plugin asks for"
            );
            failure("unavailable", message)
        })?;
        let most = plugin.powers.models.calls;
        if self.0.model_calls >= most {
            let message = format!(
                "{most} questions to models in one call were asked, which is what `plugin.toml` \
                 asks for"
            );
            return Err(failure("quota", message));
        }
        plugin.run.count_question().map_err(|most| {
            failure("quota", format!("the plugins of this run have asked models {most} times"))
        })?;
        let aside = estimate(prompt);
        plugin.run.set_aside(aside).map_err(|left| {
            let message = format!(
                "{left} tokens are left to the plugins of this run, and this question may take \
                 {aside}"
            );
            failure("quota", message)
        })?;
        self.0.model_calls += 1;
        Ok((provider, aside))
    }

    fn check_prompt(&self, prompt: &Prompt) -> Result<(), Failure> {
        let powers = &self.0.callee.powers;
        let Prompt { text, images, max_tokens, .. } = prompt;
        if text.len() > limits::PROMPT_BYTES {
            let (bytes, most) = (text.len(), limits::PROMPT_BYTES);
            let message = format!("a prompt of {bytes} bytes; at most {most} are handed over");
            return Err(failure("too-large", message));
        }
        let most = powers.model_tokens;
        if !(1..=most).contains(max_tokens) {
            let message =
                format!("an answer of {max_tokens} tokens; `plugin.toml` asks for 1 to {most}");
            return Err(failure("quota", message));
        }
        // Or one that may not look could have a model look for it.
        if !images.is_empty() && !powers.serves(Capability::Artifacts) {
            let facet = Capability::Artifacts;
            return Err(not_granted(&self.0.callee, facet.as_str(), facet));
        }
        if images.iter().any(|image| image.media_type == MediaType::Text) {
            let message = "a text is no picture; put it into the prompt".to_owned();
            return Err(failure("unsupported-media", message));
        }
        Ok(())
    }
}

/// What a question may take, before it is asked.
fn estimate(prompt: &Prompt) -> u64 {
    let text = prompt.text.len().div_ceil(limits::BYTES_PER_TOKEN);
    let images = prompt.images.len() * limits::TOKENS_PER_IMAGE;
    (text + images) as u64 + u64::from(prompt.max_tokens)
}

/// A provider's answer, if it is one that can be handed on.
fn checked(answer: Completion) -> Result<models::Reply, Failure> {
    let Completion { text, input_tokens, output_tokens } = answer;
    if text.len() > limits::REPLY_BYTES {
        let (bytes, most) = (text.len(), limits::REPLY_BYTES);
        let message = format!("an answer of {bytes} bytes; at most {most} are handed on");
        return Err(failure("too-large", message));
    }
    Ok(models::Reply { text, input_tokens, output_tokens })
}

impl models::Host for Served<'_> {
    async fn complete(
        &mut self,
        model: String,
        text: String,
        images: Vec<Resource<HeldArtifact>>,
        max_tokens: u32,
    ) -> Answered<models::Reply> {
        if images.len() > limits::PROMPT_IMAGES {
            let (many, most) = (images.len(), limits::PROMPT_IMAGES);
            let message = format!("{many} pictures in one prompt; at most {most} are handed over");
            return Ok(Err(failure("too-large", message)));
        }
        let held = |handle: &Resource<HeldArtifact>| Ok(self.0.table.get(handle)?.0.clone());
        let images = images.iter().map(held).collect::<wasmtime::Result<Vec<Artifact>>>()?;
        let seed = self.0.seed.derive("models", self.0.model_calls.into());
        let prompt = Prompt { text, images, max_tokens, seed };
        let (provider, aside) = match self.question(&model, &prompt) {
            Ok(question) => question,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // If the call ends while the model is at work, what was set aside stays spent: whoever
        // sells tokens may count them.
        let answer = provider.complete(&prompt).await;
        let run = &self.0.callee.run;
        Ok(match answer {
            Ok(answer) => {
                run.settle(aside, u64::from(answer.input_tokens) + u64::from(answer.output_tokens));
                checked(answer)
            }
            Err(error) => {
                run.settle(aside, 0);
                let why = clean(&error.0);
                Err(failure("model-failed", format!("the model `{model}` gave no answer: {why}")))
            }
        })
    }
}

impl models::Host for Refused<'_> {
    async fn complete(
        &mut self,
        _model: String,
        _prompt: String,
        _images: Vec<Resource<HeldArtifact>>,
        _max_tokens: u32,
    ) -> Answered<models::Reply> {
        Ok(Err(self.refusal(Capability::Models)))
    }
}
