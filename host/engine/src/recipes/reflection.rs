//! The recipes that think about a text again, each in its own file.

use pentimento_model::Score;
use pentimento_recipe::Reflection;

use super::{
    chatprotect, count, magicore, multi_turn_correct, p_true, perspective_taking, plan_verify,
    self_cite, self_contrast, self_polish,
};
use crate::{
    RunError,
    history::History,
    run::{Ending, Run},
};

/// Carries out the algorithm.
pub(super) async fn perform(run: &mut Run<'_>, reflection: Reflection) -> Result<Ending, RunError> {
    match reflection {
        Reflection::PTrue { answers, temperature, votes, accept } => {
            let accept = Score::clamped(accept);
            p_true::perform(run, p_true::Knobs { answers, temperature, votes, accept }).await
        }
        Reflection::SelfContrast { perspectives, contrasted } => {
            self_contrast::perform(run, count(perspectives), count(contrasted)).await
        }
        Reflection::Magicore { answers, temperature, average, confidence } => {
            let (average, confidence) = (average.into(), confidence.into());
            let knobs = magicore::Knobs { answers, temperature, average, confidence };
            magicore::perform(run, knobs).await
        }
        Reflection::ChatProtect { sentences, votes, agreement } => {
            let sentences = count(sentences);
            chatprotect::perform(run, chatprotect::Knobs { sentences, votes, agreement }).await
        }
        Reflection::SelfPolish => self_polish::perform(run).await,
        Reflection::PlanVerify { detail, history } => {
            let history = History::of_latest(count(history));
            plan_verify::perform(run, plan_verify::Detail::of(detail), history).await
        }
        Reflection::MultiTurn { history } => {
            multi_turn_correct::perform(run, History::of_latest(count(history))).await
        }
        Reflection::PerspectiveTaking { own } => perspective_taking::perform(run, own).await,
        Reflection::SelfCite { sentences, citations, temperature, votes, reward } => {
            let (sentences, reward) = (count(sentences), self_cite::Reward::of(reward));
            let knobs = self_cite::Knobs { sentences, citations, temperature, votes, reward };
            self_cite::perform(run, knobs).await
        }
    }
}
