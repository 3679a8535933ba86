//! How the simulated writer breeds instructions, and what they do to it: some advice helps it, most of
//! what is said does nothing.

use serde_json::json;

use super::{Ability, asked::Asked, chance::below, thought::listed, work::Writer};

/// Advice that helps it.
const HELPS: [&str; 3] =
    ["Do every step twice.", "Check each result backwards.", "Mind the signs."];
/// Advice that does nothing.
const IDLE: [&str; 5] = [
    "Take a deep breath.",
    "Be brief.",
    "You are a famous mathematician.",
    "This is important.",
    "Use plain words.",
];

/// How often a step is right under an instruction.
pub(super) fn advised(step: f64, instruction: &str, ability: &Ability) -> f64 {
    let helpful = HELPS.iter().filter(|advice| instruction.contains(**advice)).count();
    let helpful = i32::try_from(helpful).unwrap_or(0);
    1.0 - (1.0 - step) * (1.0 - ability.guided).powi(helpful)
}

impl Writer<'_> {
    /// The answer, if an instruction is wanted.
    pub(super) fn breed(&self, asked: &Asked) -> Option<String> {
        let said = match asked.form.as_str() {
            "hints" => return Some(listed(&[self.advice(0).to_owned()])),
            "instruction" if !asked.block("list").is_empty() => joined(asked.block("list")),
            "instruction" if !asked.block("instruction").is_empty() => {
                let old = asked.block("instruction").join(" ");
                format!("{old} {}", self.advice(0))
            }
            "instruction"
                if !asked.block("mutation").is_empty() || !asked.block("style").is_empty() =>
            {
                "Add one piece of advice to the instruction.".to_owned()
            }
            "instruction" => format!("{} {}", self.advice(0), self.advice(1)),
            _ => return None,
        };
        Some(json!({ "text": said }).to_string())
    }

    /// Some piece of advice.
    fn advice(&self, number: usize) -> &'static str {
        let all = HELPS.iter().chain(&IDLE);
        let at = below(HELPS.len() + IDLE.len(), self.seed, "advice", number);
        all.clone().nth(at).copied().unwrap_or_default()
    }
}

/// All advice of the last two instructions of a list, each piece once.
fn joined(list: &[String]) -> String {
    let recent = list.iter().rev().take(2).cloned().collect::<Vec<_>>().join(" ");
    let pieces = HELPS.iter().chain(&IDLE).filter(|advice| recent.contains(**advice));
    let pieces: Vec<&str> = pieces.copied().collect();
    if pieces.is_empty() { recent } else { pieces.join(" ") }
}
