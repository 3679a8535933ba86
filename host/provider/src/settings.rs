//! What one provider is: settled settings. Files, environment and trust are the app's business.

use std::{fmt, num::NonZeroU32, time::Duration};

use pentimento_model::{Abilities, Ability};

use crate::{
    address::Address,
    comfyui::Workflows,
    limits,
    reach::{Reach, Variables},
    secret::Secret,
};

/// Which protocol a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Any server with `OpenAI`'s API.
    OpenAi,
    /// Anthropic's messages.
    Anthropic,
    /// Ollama's own API.
    Ollama,
    /// AUTOMATIC1111's API, as also served by stable-diffusion.cpp.
    SdWebUi,
    /// `ComfyUI`: workflows in a queue.
    ComfyUi,
    /// A program on this machine, asked in JSON over its standard input.
    Command,
    /// Models in ONNX files: `pentimento-onnx`, asked in the same way.
    Onnx,
}

impl Kind {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::OpenAi,
        Self::Anthropic,
        Self::Ollama,
        Self::SdWebUi,
        Self::ComfyUi,
        Self::Command,
        Self::Onnx,
    ];

    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Ollama => "ollama",
            Self::SdWebUi => "sdwebui",
            Self::ComfyUi => "comfyui",
            Self::Command => "command",
            Self::Onnx => "onnx",
        }
    }

    /// The kind with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What such a provider can be asked for. Whether a certain model or program can do it, only that
    /// one knows.
    pub fn abilities(self) -> Abilities {
        use Ability::{
            Chat, Detect, Edit, EmbedText, Generate, ImagesIn, Inpaint, JsonSchema, Logprobs,
            ReadText, References, Seeded,
        };
        match self {
            Self::OpenAi => Abilities::of([
                Chat, ImagesIn, JsonSchema, Logprobs, Generate, Edit, Inpaint, References,
                EmbedText,
            ]),
            Self::Anthropic => Abilities::of([Chat, ImagesIn, JsonSchema]),
            Self::Ollama => Abilities::of([Chat, ImagesIn, JsonSchema, EmbedText]),
            Self::SdWebUi | Self::ComfyUi => {
                Abilities::of([Generate, Edit, Inpaint, References, Seeded])
            }
            Self::Command => Abilities::of([
                Chat, ImagesIn, JsonSchema, Logprobs, Generate, Edit, Inpaint, References, Seeded,
                EmbedText, Detect, ReadText,
            ]),
            Self::Onnx => Abilities::of([Detect, EmbedText, ReadText]),
        }
    }

    /// Where such a server usually is; `None` for programs and files, which are nowhere usually.
    pub const fn usual_url(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("https://api.openai.com/v1"),
            Self::Anthropic => Some("https://api.anthropic.com"),
            Self::Ollama => Some("http://127.0.0.1:11434"),
            Self::SdWebUi => Some("http://127.0.0.1:7860"),
            Self::ComfyUi => Some("http://127.0.0.1:8188"),
            Self::Command | Self::Onnx => None,
        }
    }

    /// True for a program that is started for each call.
    pub const fn is_program(self) -> bool {
        matches!(self, Self::Command | Self::Onnx)
    }

    /// The environment variable that usually holds the key.
    pub const fn usual_key(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("OPENAI_API_KEY"),
            Self::Anthropic => Some("ANTHROPIC_API_KEY"),
            Self::Ollama | Self::SdWebUi | Self::ComfyUi | Self::Command | Self::Onnx => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// How long models that think before they speak are to do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Not at all.
    None,
    /// As little as there is.
    Minimal,
    /// Little.
    Low,
    /// As usual.
    Medium,
    /// Much.
    High,
}

impl Effort {
    /// All there are. Which of them a model takes, only its server knows.
    pub const ALL: [Self; 5] = [Self::None, Self::Minimal, Self::Low, Self::Medium, Self::High];

    /// The word used in settings, and by `OpenAI`'s API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minimal => "minimal",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The effort with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effort| effort.as_str() == word)
    }
}

/// How much, how often and how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the first attempt to the last byte of the last one.
    pub deadline: Duration,
    /// To reach the server.
    pub connect: Duration,
    /// Between two reads.
    pub read: Duration,
    /// Attempts of one call, the first included; at least 1.
    pub attempts: NonZeroU32,
    /// Calls on their way at a time; at least 1.
    pub in_flight: usize,
    /// Calls begun in a minute; `None` for as many as one likes.
    pub per_minute: Option<NonZeroU32>,
    /// The longest `Retry-After` that is waited for.
    pub retry_after: Duration,
}

impl Limits {
    /// What is usual for providers of this kind.
    pub fn of(kind: Kind) -> Self {
        let in_flight = if kind.is_program() { limits::PROGRAMS } else { limits::IN_FLIGHT };
        let usual = Self { in_flight, ..Self::default() };
        if kind != Kind::Onnx {
            return usual;
        }
        // The same file fails in the same way however often it is tried.
        Self { deadline: limits::LOCAL_DEADLINE, attempts: NonZeroU32::MIN, ..usual }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            deadline: limits::DEADLINE,
            connect: limits::CONNECT,
            read: limits::READ,
            attempts: NonZeroU32::new(limits::ATTEMPTS).unwrap_or(NonZeroU32::MIN),
            in_flight: limits::IN_FLIGHT,
            per_minute: None,
            retry_after: limits::RETRY_AFTER,
        }
    }
}

/// One provider.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// Its name in settings and messages.
    pub name: String,
    /// Which protocol it speaks.
    pub kind: Kind,
    /// How it is reached.
    pub reach: Reach,
    /// What a program finds in its environment.
    pub environment: Variables,
    /// The key, for servers that want one.
    pub key: Option<Secret>,
    /// How much, how often and how long.
    pub limits: Limits,
    /// Certificates to trust beside the well-known ones, as PEM.
    pub extra_roots: Option<Vec<u8>>,
    /// A proxy to go through. None is taken from the environment.
    pub proxy: Option<Address>,
    /// Pictures, and answers in words, are asked for with the whole seed. `OpenAI` itself takes none for
    /// pictures and refuses it, and others read 31 bits for words; many compatible servers take all. What every server of a kind takes is sent in any case.
    pub sends_seed: bool,
    /// How long models that think are to do so; `None` leaves it to them. For servers with `OpenAI`'s API.
    pub effort: Option<Effort>,
    /// What a server of workflows is given; `None` for all others.
    pub workflows: Option<Workflows>,
}
