//! One cheap call, to see whether a role can be played.

use std::num::NonZeroU32;

use pentimento_engine::{ANSWER_TOKENS, PortError};
use pentimento_model::{Chat, Contract, Finish, Part, Seed, Usage};
use pentimento_prompts::{Exam, Facts, Form as _, OneWord};
use pentimento_provider::{Answered, Kind, Painting, Provider, mask};

use super::{Binding, EMBEDDED, ModelRole, Providers, SIMULATED, role::MIND};
use crate::error::AppError;

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
    let most = providers.find(&binding.provider)?.manner.answer_tokens;
    let most = most.map_or(ANSWER_TOKENS, NonZeroU32::get);
    let (outcome, usage) = match role {
        ModelRole::Writer | ModelRole::Auditor => words(&provider, &binding, (role, most)).await?,
        ModelRole::Seer | ModelRole::Judge => sight(&provider, &binding, (role, most)).await?,
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

/// What a model of the embedded world is asked behind a server: it has no words for anything else.
enum OfTheWorld {
    /// The mind: what recipes for pictures ask.
    Mind,
    /// A simulated writer: a calculation.
    Simulated,
}

impl OfTheWorld {
    /// Which one bears this name, as a server of the embedded world calls it.
    fn named(model: &str) -> Option<Self> {
        match model.split_once('/') {
            None if model == MIND => Some(Self::Mind),
            Some((SIMULATED, _)) => Some(Self::Simulated),
            _ => None,
        }
    }
}

/// An idea that everyone knows.
const APPLE: &str = "a red apple";
/// What a simulated seer is asked of a picture.
const COUNT: &str = "How many apples and cats are in the picture?";

async fn words(provider: &Provider, binding: &Binding, (role, most): (ModelRole, u32)) -> Outcome {
    let chat = match OfTheWorld::named(&binding.model) {
        None => Chat::ask("Say in one short sentence what a pentimento is.", most, Seed(1)),
        Some(OfTheWorld::Simulated) => Chat::ask("How much is 3 + 4 * 5?", most, Seed(1)),
        Some(OfTheWorld::Mind) => {
            let facts = Exam::Facts { idea: APPLE, most: 8 };
            formed(&facts, Facts { most: 8 }.contract(), most)?
        }
    };
    let answered = provider.complete(&binding.model, &chat).await?;
    let text = said(&answered, (binding, role, most))?;
    Ok((format!("said: {text}"), answered.usage))
}

async fn sight(provider: &Provider, binding: &Binding, (role, most): (ModelRole, u32)) -> Outcome {
    let choices = ["yes", "no"].map(str::to_owned);
    let (mut chat, right) = match OfTheWorld::named(&binding.model) {
        None => {
            (Chat::ask("What color fills this picture? One word.", most, Seed(1)), Some("black"))
        }
        // It counts, and errs as often as it is set to: nothing can be held against it.
        Some(OfTheWorld::Simulated) => (Chat::ask(COUNT, most, Seed(1)), None),
        Some(OfTheWorld::Mind) => {
            let shows = Exam::Shows { idea: APPLE };
            (formed(&shows, OneWord { choices: &choices }.contract(), most)?, Some("no"))
        }
    };
    // A mask without holes is black all over.
    let black = mask(SIDE, SIDE, &[])?;
    if let Some(message) = chat.messages.first_mut() {
        message.parts.push(Part::Image(black));
    }
    let answered = provider.complete(&binding.model, &chat).await?;
    let text = said(&answered, (binding, role, most))?;
    let mut words = text.split(|character: char| !character.is_alphanumeric());
    if right.is_some_and(|right| !words.any(|word| word.eq_ignore_ascii_case(right))) {
        return Err(AppError::NotPlayed {
            role: role.as_str(),
            binding: binding.to_string(),
            problem: format!("it was shown a picture that is black all over, and said: {text}"),
            hint: "bind a model that looks at pictures: others are shown them, and guess"
                .to_owned(),
        });
    }
    Ok((format!("shown a black picture, it said: {text}"), answered.usage))
}

/// A question of an examiner, as it is put in runs.
fn formed(exam: &Exam<'_>, contract: Contract, most: u32) -> Result<Chat, AppError> {
    let text = exam.render().map_err(|error| {
        AppError::Idea(PortError::broken("a question could not be written", error))
    })?;
    Ok(Chat { contract: Some(contract), ..Chat::ask(text, most, Seed(1)) })
}

/// The answer on one line, if it is one.
fn said(
    answered: &Answered,
    (binding, role, most): (&Binding, ModelRole, u32),
) -> Result<String, AppError> {
    let text = pentimento_model::clean(&answered.answer.text);
    let text: String = text.trim().chars().take(SHOWN_CHARS).collect();
    let wrong = |problem: String, hint: &str| AppError::NotPlayed {
        role: role.as_str(),
        binding: binding.to_string(),
        problem,
        hint: hint.to_owned(),
    };
    match &answered.answer.finish {
        Finish::Refusal => Err(wrong(
            format!("it refuses to answer a harmless question: {text}"),
            "bind another model, or see what its server is told to refuse",
        )),
        Finish::Tool => Err(wrong(
            "it calls a tool in place of an answer".to_owned(),
            "bind a model that answers in words, or take away the tools that its server gives it",
        )),
        _ if text.is_empty() => Err(wrong(
            "its answer is empty".to_owned(),
            "see whether the model is one that answers in words",
        )),
        Finish::Length => Ok(format!("{text} … (cut off after {most} tokens)")),
        Finish::Stop | Finish::Other(_) => Ok(text),
    }
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
