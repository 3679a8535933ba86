//! The algorithms that make pictures, with their parameters.

use toml::de::DeTable;

use super::Check;
use crate::{
    Algorithm,
    parameter::{
        ACCEPT_SCORE, ASKS_WRITER, CLUSTERS, DRAFTS, EDITS, EXAMPLES, FACTS, HISTORY, HOPS,
        PICTURES, PRESERVE_IOU, PROMPTS, REGIONS, SEEDS, SHOWN, START, STOP_EARLY, STOP_SCORE,
    },
};

impl Check<'_> {
    /// The algorithm with this name; `None` if there is none, or if a value is wrong.
    pub(super) fn picture_algorithm(
        &mut self,
        name: &str,
        parameters: &DeTable<'_>,
    ) -> Option<Algorithm> {
        Some(match name {
            "sld" => Algorithm::Sld {
                preserve_iou: self.number(parameters, &PRESERVE_IOU)?,
                asks_writer: self.flag(parameters, &ASKS_WRITER)?,
            },
            "best-of-n" => Algorithm::BestOfN { stop_early: self.flag(parameters, &STOP_EARLY)? },
            "idea2img" => Algorithm::Idea2Img {
                drafts: self.whole(parameters, &DRAFTS)?,
                accept_score: self.whole(parameters, &ACCEPT_SCORE)?,
            },
            "opt2i" => Algorithm::Opt2I {
                prompts: self.whole(parameters, &PROMPTS)?,
                pictures: self.whole(parameters, &PICTURES)?,
                history: self.whole(parameters, &HISTORY)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            "rank" => Algorithm::Rank { stop_score: self.number(parameters, &STOP_SCORE)? },
            "cycleprompt" => {
                Algorithm::CyclePrompt { stop_score: self.number(parameters, &STOP_SCORE)? }
            }
            "blackbox" => Algorithm::BlackBox {
                start: self.whole(parameters, &START)?,
                examples: self.whole(parameters, &EXAMPLES)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            "textmatch" => Algorithm::TextMatch {
                edits: self.flag(parameters, &EDITS)?,
                examples: self.whole(parameters, &EXAMPLES)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            _ => return self.newer_algorithm(name, parameters),
        })
    }

    /// The same for those that repair, enhance, and choose.
    fn newer_algorithm(&mut self, name: &str, parameters: &DeTable<'_>) -> Option<Algorithm> {
        Some(match name {
            "rich-feedback" => Algorithm::RichFeedback {
                regions: self.whole(parameters, &REGIONS)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            "iterative-inpaint" => Algorithm::IterativeInpaint,
            "neuroprompts" => Algorithm::NeuroPrompts {
                clusters: self.whole(parameters, &CLUSTERS)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            "context-canvas" => Algorithm::ContextCanvas {
                facts: self.whole(parameters, &FACTS)?,
                hops: self.whole(parameters, &HOPS)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            "initno" => Algorithm::InitNo {
                seeds: self.whole(parameters, &SEEDS)?,
                examples: self.whole(parameters, &EXAMPLES)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            "fabric" => Algorithm::Fabric {
                drafts: self.whole(parameters, &DRAFTS)?,
                shown: self.whole(parameters, &SHOWN)?,
                stop_score: self.number(parameters, &STOP_SCORE)?,
            },
            _ => return None,
        })
    }
}
