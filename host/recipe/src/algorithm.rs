//! The algorithms a recipe can name, with the parameters and roles of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

mod settings;

use crate::{
    TextAlgorithm,
    parameter::{
        ACCEPT_SCORE, ASKS_WRITER, CLUSTERS, DRAFTS, EDITS, EXAMPLES, FACTS, HISTORY, HOPS,
        PICTURES, PRESERVE_IOU, PROMPTS, Parameter, REGIONS, ROUNDS, SEEDS, SHOWN, START,
        STOP_EARLY, STOP_SCORE,
    },
};

/// Someone a recipe needs besides its assessors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads the idea.
    Parser,
    /// Makes pictures and edits them.
    Painter,
    /// Compares what was seen with what was asked for.
    Controller,
    /// Answers in words.
    Writer,
    /// Answers questions about pictures.
    Seer,
    /// Compares pictures.
    Judge,
    /// Grades texts beside the run; nobody in it hears that.
    Auditor,
    /// Finds objects in pictures.
    Detector,
    /// Turns texts into vectors.
    Embedder,
    /// Reads what is written in pictures.
    Reader,
}

impl Role {
    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parser => "parser",
            Self::Painter => "painter",
            Self::Controller => "controller",
            Self::Writer => "writer",
            Self::Seer => "seer",
            Self::Judge => "judge",
            Self::Auditor => "auditor",
            Self::Detector => "detector",
            Self::Embedder => "embedder",
            Self::Reader => "reader",
        }
    }
}

/// An algorithm with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Algorithm {
    /// Self-correcting LLM-controlled Diffusion (arXiv:2311.16090).
    Sld {
        /// Boxes that overlap more than this (intersection over union) are left alone.
        preserve_iou: f32,
        /// A writer reads the idea and plans the changes, in place of the closed world's rules.
        asks_writer: bool,
    },
    /// The same idea painted several times, the best kept.
    BestOfN {
        /// Stop at the first picture with nothing wrong in it.
        stop_early: bool,
    },
    /// `Idea2Img` (arXiv:2310.08541).
    Idea2Img {
        /// Pictures of each round.
        drafts: u32,
        /// The judge's score, of 10, from which the final picture is accepted.
        accept_score: u32,
    },
    /// The idea painted several times, the best by score kept (`VQAScore`, arXiv:2404.01291).
    Rank {
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// OPT2I (arXiv:2403.17804).
    Opt2I {
        /// New prompts of a round.
        prompts: u32,
        /// Pictures of a prompt.
        pictures: u32,
        /// Earlier prompts that the writer is shown.
        history: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// `CyclePrompt` (arXiv:2402.08756).
    CyclePrompt {
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// Language models as black-box optimizers (arXiv:2309.05950).
    BlackBox {
        /// Ways of saying the idea beside itself that are painted first.
        start: u32,
        /// Good and as many bad prompts that the writer is shown.
        examples: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// Rich feedback (arXiv:2312.10240): regions and words.
    RichFeedback {
        /// Regions that are painted anew in a round.
        regions: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// Inpainting with iterative confidence feedback (arXiv:2005.11742).
    IterativeInpaint,
    /// `NeuroPrompts` (arXiv:2311.12229).
    NeuroPrompts {
        /// Clusters of terms of which the prompt must have one each.
        clusters: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// Context Canvas (arXiv:2412.09614).
    ContextCanvas {
        /// Facts that are used.
        facts: u32,
        /// Steps from a thing of the idea to a fact.
        hops: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// Seed selection in the manner of `InitNO` (arXiv:2404.04650).
    InitNo {
        /// Seeds that are tried.
        seeds: u32,
        /// Earlier prompts that the writer is shown.
        examples: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// FABRIC (arXiv:2307.10159): feedback pictures.
    Fabric {
        /// Pictures of each round.
        drafts: u32,
        /// Liked pictures, and as many disliked ones, that the painter is shown.
        shown: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// `TextMatch` (arXiv:2412.18185).
    TextMatch {
        /// The best picture is edited, in place of painting a new one.
        edits: bool,
        /// Earlier prompts that the writer is shown.
        examples: u32,
        /// The examiner's score from which a picture is accepted.
        stop_score: f32,
    },
    /// One that makes texts.
    Text(TextAlgorithm),
}

/// What a recipe's candidates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Pictures.
    Picture,
    /// Texts.
    Text,
}

impl Algorithm {
    /// The names of all algorithms that make pictures.
    pub const NAMES: [&'static str; 14] = [
        "sld",
        "best-of-n",
        "rank",
        "idea2img",
        "opt2i",
        "textmatch",
        "cycleprompt",
        "blackbox",
        "rich-feedback",
        "iterative-inpaint",
        "neuroprompts",
        "context-canvas",
        "initno",
        "fabric",
    ];

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sld { .. } => "sld",
            Self::BestOfN { .. } => "best-of-n",
            Self::Idea2Img { .. } => "idea2img",
            Self::Rank { .. } => "rank",
            Self::Opt2I { .. } => "opt2i",
            Self::TextMatch { .. } => "textmatch",
            Self::CyclePrompt { .. } => "cycleprompt",
            Self::BlackBox { .. } => "blackbox",
            Self::RichFeedback { .. } => "rich-feedback",
            Self::IterativeInpaint => "iterative-inpaint",
            Self::NeuroPrompts { .. } => "neuroprompts",
            Self::ContextCanvas { .. } => "context-canvas",
            Self::InitNo { .. } => "initno",
            Self::Fabric { .. } => "fabric",
            Self::Text(text) => text.name(),
        }
    }

    /// Who must be there.
    pub const fn roles(&self) -> &'static [Role] {
        match self {
            Self::Sld { asks_writer: false, .. } | Self::BestOfN { .. } => {
                &[Role::Parser, Role::Painter, Role::Controller]
            }
            Self::Idea2Img { .. } => &[Role::Painter, Role::Writer, Role::Seer],
            Self::Sld { asks_writer: true, .. }
            | Self::Opt2I { .. }
            | Self::TextMatch { .. }
            | Self::BlackBox { .. }
            | Self::RichFeedback { .. }
            | Self::NeuroPrompts { .. }
            | Self::ContextCanvas { .. }
            | Self::InitNo { .. } => &[Role::Painter, Role::Writer],
            Self::Rank { .. }
            | Self::CyclePrompt { .. }
            | Self::IterativeInpaint
            | Self::Fabric { .. } => &[Role::Painter],
            Self::Text(text) => text.roles(),
        }
    }

    /// What its candidates are.
    pub const fn medium(&self) -> Medium {
        match self {
            Self::Text(_) => Medium::Text,
            _ => Medium::Picture,
        }
    }

    /// True if a detector's findings say what is in a picture.
    pub(crate) fn has_detector(name: &str) -> bool {
        matches!(name, "sld" | "best-of-n")
    }

    /// True if the algorithm with this name has a tool work.
    pub(crate) fn has_tool(name: &str) -> bool {
        TextAlgorithm::has_tool(name)
    }

    /// True if the algorithm with this name goes by an examiner's scores.
    pub(crate) fn has_examiner(name: &str) -> bool {
        let others = ["sld", "best-of-n", "idea2img"];
        Self::NAMES.contains(&name) && !others.contains(&name)
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "sld" => Some(&[ROUNDS, PRESERVE_IOU, ASKS_WRITER]),
            "best-of-n" => Some(&[ROUNDS, STOP_EARLY]),
            "idea2img" => Some(&[ROUNDS, DRAFTS, ACCEPT_SCORE]),
            "opt2i" => Some(&[ROUNDS, PROMPTS, PICTURES, HISTORY, STOP_SCORE]),
            "textmatch" => Some(&[ROUNDS, EDITS, EXAMPLES, STOP_SCORE]),
            "rich-feedback" => Some(&[ROUNDS, REGIONS, STOP_SCORE]),
            "iterative-inpaint" => Some(&[ROUNDS]),
            "neuroprompts" => Some(&[ROUNDS, CLUSTERS, STOP_SCORE]),
            "context-canvas" => Some(&[ROUNDS, FACTS, HOPS, STOP_SCORE]),
            "initno" => Some(&[ROUNDS, SEEDS, EXAMPLES, STOP_SCORE]),
            "fabric" => Some(&[ROUNDS, DRAFTS, SHOWN, STOP_SCORE]),
            "rank" | "cycleprompt" => Some(&[ROUNDS, STOP_SCORE]),
            "blackbox" => Some(&[ROUNDS, START, EXAMPLES, STOP_SCORE]),
            _ => TextAlgorithm::parameters_of(name),
        }
    }
}
