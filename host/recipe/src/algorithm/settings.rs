//! The parameters that only one algorithm has, with their values.

use super::Algorithm;
use crate::parameter::{
    ACCEPT_SCORE, ASKS_WRITER, CLUSTERS, DRAFTS, EDITS, EXAMPLES, FACTS, HISTORY, HOPS, PICTURES,
    PRESERVE_IOU, PROMPTS, REGIONS, SEEDS, SHOWN, START, STOP_EARLY, STOP_SCORE, Setting,
};

impl Algorithm {
    /// In the order in which they are written down. A flag that other recipes of the algorithm brought
    /// in later stands there only if it is set: without it, the text is that of older journals.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        match *self {
            Self::Sld { preserve_iou, asks_writer } => {
                let asks = asks_writer.then(|| ASKS_WRITER.flag(true));
                std::iter::once(PRESERVE_IOU.number(preserve_iou)).chain(asks).collect()
            }
            Self::BestOfN { stop_early } => vec![STOP_EARLY.flag(stop_early)],
            Self::Idea2Img { drafts, accept_score } => {
                vec![DRAFTS.whole(drafts), ACCEPT_SCORE.whole(accept_score)]
            }
            Self::Opt2I { prompts, pictures, history, stop_score } => vec![
                PROMPTS.whole(prompts),
                PICTURES.whole(pictures),
                HISTORY.whole(history),
                STOP_SCORE.number(stop_score),
            ],
            Self::Rank { stop_score } | Self::CyclePrompt { stop_score } => {
                vec![STOP_SCORE.number(stop_score)]
            }
            Self::BlackBox { start, examples, stop_score } => {
                vec![START.whole(start), EXAMPLES.whole(examples), STOP_SCORE.number(stop_score)]
            }
            Self::TextMatch { edits, examples, stop_score } => {
                let own = [EXAMPLES.whole(examples), STOP_SCORE.number(stop_score)];
                edits.then(|| EDITS.flag(true)).into_iter().chain(own).collect()
            }
            Self::RichFeedback { regions, stop_score } => {
                vec![REGIONS.whole(regions), STOP_SCORE.number(stop_score)]
            }
            Self::IterativeInpaint => Vec::new(),
            Self::NeuroPrompts { clusters, stop_score } => {
                vec![CLUSTERS.whole(clusters), STOP_SCORE.number(stop_score)]
            }
            Self::ContextCanvas { facts, hops, stop_score } => {
                vec![FACTS.whole(facts), HOPS.whole(hops), STOP_SCORE.number(stop_score)]
            }
            Self::InitNo { seeds, examples, stop_score } => {
                vec![SEEDS.whole(seeds), EXAMPLES.whole(examples), STOP_SCORE.number(stop_score)]
            }
            Self::Fabric { drafts, shown, stop_score } => {
                vec![DRAFTS.whole(drafts), SHOWN.whole(shown), STOP_SCORE.number(stop_score)]
            }
            Self::Text(text) => text.settings(),
        }
    }
}
