//! One cheap call, to see whether a role can be played.

use pentimento_model::{Chat, Part, Seed, Usage};
use pentimento_provider::{Answered, Kind, Painting, Provider, mask};

use super::{Binding, EMBEDDED, ModelRole, Providers, SIMULATED};
use crate::error::AppError;

/// Words asked for; models that think before they speak need some for that.
const WORDS: u32 = 512;
/// Characters of an answer that are shown: a server may send any number.
const SHOWN_CHARS: usize = 1000;
/// A side of the picture that is painted or looked at, where a provider lets one choose.
const SIDE: u32 = 256;

/// How it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Who was asked.
    pub binding: Binding,
    /// What came back, in words.
    pub outcome: String,
    /// What it took, as the provider counts it.
    pub usage: Option<Usage>,
}

/// Asks whoever plays a role for one small thing, once: whoever tries a role wants to know what is
/// wrong, now.
pub async fn try_role(providers: &Providers, role: ModelRole) -> Result<Tried, AppError> {
    let binding = providers.binding(role)?.clone();
    if binding.provider == SIMULATED {
        let outcome =
            "is a simulation: it knows calculations, and there is nothing to try".to_owned();
        return Ok(Tried { binding, outcome, usage: None });
    }
    if binding.provider == EMBEDDED {
        let outcome = "answers by rules what recipes for pictures ask about the closed world, and there \
                       is nothing to try";
        return Ok(Tried { binding, outcome: outcome.to_owned(), usage: None });
    }
    let provider = providers.open_once(&binding.provider)?;
    let (outcome, usage) = match role {
        ModelRole::Writer | ModelRole::Auditor => words(&provider, &binding.model).await?,
        ModelRole::Seer | ModelRole::Judge => sight(&provider, &binding.model).await?,
        ModelRole::Painter => picture(&provider, &binding.model).await?,
        ModelRole::Detector => objects(&provider, &binding.model).await?,
        ModelRole::Embedder => vector(&provider, &binding.model).await?,
        ModelRole::Reader => lines(&provider, &binding.model).await?,
    };
    Ok(Tried { binding, outcome, usage })
}

/// The names of a provider's models.
pub async fn models(providers: &Providers, name: &str) -> Result<Vec<String>, AppError> {
    let provider = providers.open_once(name)?;
    Ok(provider.models().await?)
}

type Outcome = Result<(String, Option<Usage>), AppError>;

async fn words(provider: &Provider, model: &str) -> Outcome {
    let chat = Chat::ask("Say in one short sentence what a pentimento is.", WORDS, Seed(1));
    Ok(said(&provider.complete(model, &chat).await?))
}

async fn sight(provider: &Provider, model: &str) -> Outcome {
    let mut chat = Chat::ask("What color fills this picture? One word.", WORDS, Seed(1));
    // A mask without holes is black all over.
    let black = mask(SIDE, SIDE, &[])?;
    if let Some(message) = chat.messages.first_mut() {
        message.parts.push(Part::Image(black));
    }
    let (outcome, usage) = said(&provider.complete(model, &chat).await?);
    Ok((format!("shown a black picture, it {outcome}"), usage))
}

fn said(answered: &Answered) -> (String, Option<Usage>) {
    let text = pentimento_model::clean(&answered.answer.text);
    let beginning: String = text.trim().chars().take(SHOWN_CHARS).collect();
    (format!("said: {beginning}"), answered.usage)
}

async fn picture(provider: &Provider, model: &str) -> Outcome {
    // Models behind `openai` take a few sizes each, and none alike.
    let takes_any =
        matches!(provider.settings().kind, Kind::SdWebUi | Kind::ComfyUi | Kind::Command);
    let size = takes_any.then_some((SIDE, SIDE));
    let painting = Painting {
        prompt: "a red apple",
        size,
        seed: Seed(1),
        picture: None,
        mask: None,
        liked: &[],
        disliked: &[],
    };
    let painted = provider.paint(model, &painting).await?;
    let (bytes, kind) = (painted.made.bytes.len(), painted.made.media_type.as_str());
    Ok((format!("painted a red apple: {bytes} bytes of {kind}"), Some(painted.usage)))
}

async fn objects(provider: &Provider, model: &str) -> Outcome {
    let found = provider.detect(model, &mask(SIDE, SIDE, &[])?, &[]).await?;
    let objects = if found.len() == 1 { "object" } else { "objects" };
    Ok((format!("looked at a black picture and found {} {objects}", found.len()), None))
}

async fn lines(provider: &Provider, model: &str) -> Outcome {
    let read = provider.read(model, &mask(SIDE, SIDE, &[])?).await?;
    let lines = if read.len() == 1 { "line" } else { "lines" };
    Ok((format!("looked at a black picture and read {} {lines}", read.len()), None))
}

async fn vector(provider: &Provider, model: &str) -> Outcome {
    let embedded = provider.embed(model, &["a red apple".to_owned()]).await?;
    let length = embedded.vectors.first().map_or(0, Vec::len);
    Ok((format!("turned a text into {length} numbers"), embedded.usage))
}
