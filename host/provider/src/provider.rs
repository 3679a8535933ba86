//! One configured server or program: what it can do, and doing it.

use std::sync::Arc;

use pentimento_engine::{Reservation, Turn};
use pentimento_model::{Answer, Artifact, Chat, Finish};
use pentimento_prompts::{Written, sld::Sighting};

use crate::{
    anthropic, comfyui, command,
    error::{Failure, ProviderError},
    limits, ollama, openai,
    pace::Pace,
    reply::{Answered, Embedded, Painted, Painting},
    sdwebui,
    settings::{Kind, ProviderSettings},
    tape::Tape,
    transport::{KeyHeader, Transport},
};

/// A server or program with everything that is known of it. Made once; its connections, its limits and
/// what was found out about it are shared by all who use it, and by its clones.
#[derive(Clone, Debug)]
pub struct Provider {
    transport: Transport,
    dialect: Arc<openai::Dialect>,
}

impl Provider {
    /// Sets everything up; nothing is sent.
    pub fn open(settings: ProviderSettings, pace: Arc<dyn Pace>) -> Result<Self, ProviderError> {
        let (key, more) = match settings.kind {
            Kind::OpenAi | Kind::Ollama | Kind::ComfyUi => (KeyHeader::Bearer, &[][..]),
            Kind::Anthropic => (KeyHeader::ApiKey, &[anthropic::VERSION][..]),
            // To a program no header is sent: it finds the key in its environment.
            Kind::SdWebUi | Kind::Command | Kind::Onnx => (KeyHeader::Basic, &[][..]),
        };
        let transport = Transport::new(settings, key, more, pace)?;
        Ok(Self { transport, dialect: Arc::default() })
    }

    /// The same server behind a tape, which keeps what it says, or plays what it said.
    #[must_use]
    pub fn on_tape(self, tape: Tape) -> Self {
        Self { transport: self.transport.on_tape(tape), ..self }
    }

    /// Its settings.
    pub fn settings(&self) -> &ProviderSettings {
        self.transport.settings()
    }

    /// The same server, for one call that is paid for: `leave` is asked before each attempt, and
    /// released after one that surely is not to be paid.
    #[must_use]
    pub fn charged_to(&self, leave: Arc<Reservation>) -> Self {
        let transport = self.transport.charged_to(leave);
        Self { transport, dialect: self.dialect.clone() }
    }

    /// A turn for one call, which [`charged_to`](Self::charged_to) hands on: calls that have to wait for
    /// one are announced when it has come.
    pub async fn turn(&self) -> Turn {
        self.transport.place().await
    }

    /// Answers in words.
    pub async fn complete(&self, model: &str, chat: &Chat) -> Result<Answered, ProviderError> {
        let answered = match self.settings().kind {
            Kind::OpenAi => self.dialect.complete(&self.transport, model, chat).await,
            Kind::Anthropic => anthropic::complete(&self.transport, model, chat).await,
            Kind::Ollama => ollama::complete(&self.transport, model, chat).await,
            Kind::Command => command::complete(&self.transport, model, chat).await,
            Kind::SdWebUi | Kind::ComfyUi | Kind::Onnx => {
                Err(self.transport.cannot("answer in words"))
            }
        }?;
        // Asking again would come to the same.
        let Answer { text, finish, .. } = &answered.answer;
        if *finish == Finish::Length && text.trim().is_empty() {
            return Err(self.without_words(chat.max_tokens));
        }
        Ok(answered)
    }

    /// All tokens that an answer may have were used up before its first word.
    fn without_words(&self, most: u32) -> ProviderError {
        let name = self.transport.name();
        let effort = match self.settings().kind {
            Kind::OpenAi => "`reasoning-effort = \"low\"` there has it think less, and ",
            _ => "",
        };
        let error = self
            .transport
            .bad(&format!("holds no words: all of its {most} tokens were used up before, by thinking"))
            .hint(format!(
                "{effort}a larger `answer-tokens` under `[providers.{name}]` leaves room for words in \
                 runs that begin with it"
            ));
        ProviderError { failure: Failure::Wordless, ..error }
    }

    /// Paints or changes a picture.
    pub async fn paint(
        &self,
        model: &str,
        painting: &Painting<'_>,
    ) -> Result<Painted, ProviderError> {
        match self.settings().kind {
            Kind::OpenAi => openai::paint(&self.transport, model, painting).await,
            Kind::SdWebUi => sdwebui::paint(&self.transport, model, painting).await,
            Kind::ComfyUi => comfyui::paint(&self.transport, model, painting).await,
            Kind::Command => command::paint(&self.transport, model, painting).await,
            Kind::Anthropic | Kind::Ollama | Kind::Onnx => Err(self.transport.cannot("paint")),
        }
    }

    /// Turns texts into vectors; at least one, at most [`limits::VECTORS`].
    pub async fn embed(&self, model: &str, texts: &[String]) -> Result<Embedded, ProviderError> {
        if texts.is_empty() || texts.len() > limits::VECTORS {
            let (texts, most) = (texts.len(), limits::VECTORS);
            let message = format!("{texts} texts to turn into vectors at once");
            return Err(ProviderError::new(Failure::WrongUse, message)
                .hint(format!("between 1 and {most} can be")));
        }
        match self.settings().kind {
            Kind::OpenAi => openai::embed(&self.transport, model, texts).await,
            Kind::Ollama => ollama::embed(&self.transport, model, texts).await,
            Kind::Command | Kind::Onnx => command::embed(&self.transport, model, texts).await,
            Kind::Anthropic | Kind::SdWebUi | Kind::ComfyUi => {
                Err(self.transport.cannot("turn texts into vectors"))
            }
        }
    }

    /// Finds objects in a picture. `names` are the kinds that somebody looks for.
    pub async fn detect(
        &self,
        model: &str,
        picture: &Artifact,
        names: &[String],
    ) -> Result<Vec<Sighting>, ProviderError> {
        match self.settings().kind {
            Kind::Command | Kind::Onnx => {
                command::detect(&self.transport, model, picture, names).await
            }
            Kind::OpenAi | Kind::Anthropic | Kind::Ollama | Kind::SdWebUi | Kind::ComfyUi => {
                Err(self.transport.cannot("find objects"))
            }
        }
    }

    /// Reads what is written in a picture.
    pub async fn read(
        &self,
        model: &str,
        picture: &Artifact,
    ) -> Result<Vec<Written>, ProviderError> {
        match self.settings().kind {
            Kind::Command | Kind::Onnx => command::read(&self.transport, model, picture).await,
            Kind::OpenAi | Kind::Anthropic | Kind::Ollama | Kind::SdWebUi | Kind::ComfyUi => {
                Err(self.transport.cannot("read pictures line by line"))
            }
        }
    }

    /// The names of its models, in its own order.
    pub async fn models(&self) -> Result<Vec<String>, ProviderError> {
        match self.settings().kind {
            Kind::OpenAi => openai::models(&self.transport).await,
            Kind::Anthropic => anthropic::models(&self.transport).await,
            Kind::Ollama => ollama::models(&self.transport).await,
            Kind::SdWebUi => sdwebui::models(&self.transport).await,
            Kind::ComfyUi => comfyui::models(&self.transport).await,
            Kind::Command | Kind::Onnx => command::models(&self.transport).await,
        }
    }
}
