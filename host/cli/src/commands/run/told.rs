//! What is told of each brief, and of all together.

use std::fmt::Write as _;

use pentimento_app::{Answered, AppError, Makes};
use pentimento_model::{Money, Spending, Verdict};
use serde::Serialize;
use serde_json::{Value, json};

use super::brief::Line;
use crate::{exit::Exit, fail::Failure, output};

/// The result of one brief.
#[derive(Debug)]
pub(super) struct Told {
    line: u64,
    id: Option<String>,
    idea: Option<String>,
    end: Box<End>,
}

#[derive(Debug)]
enum End {
    Answered {
        value: Value,
        accepted: bool,
        budget: bool,
        pictures: u32,
        /// They are texts.
        texts: bool,
        run: String,
        was_there: bool,
        /// Its brief stands there more than once, and was told before.
        is_repeated: bool,
        /// What may have been paid twice.
        twice: Spending,
    },
    Failed {
        message: String,
        hint: Option<String>,
        exit: Exit,
    },
}

impl Told {
    /// How a brief's run came out.
    pub(super) fn of(line: &Line, result: Result<Answered, AppError>) -> Self {
        let end = match result.and_then(|answered| End::of(&answered)) {
            Ok(end) => end,
            Err(error) => {
                let (message, hint) = (pentimento_app::in_words(&error), error.hint());
                End::Failed { message, hint, exit: Failure::from(error).exit() }
            }
        };
        Self {
            line: line.number,
            id: line.id.clone(),
            idea: Some(line.idea.clone()),
            end: Box::new(end),
        }
    }

    /// A line that is no brief.
    pub(super) fn unread(line: u64, message: String, hint: &str) -> Self {
        let hint = Some(hint.to_owned());
        let end = End::Failed { message, hint, exit: Exit::WrongUse };
        Self { line, id: None, idea: None, end: Box::new(end) }
    }

    /// One line for a person.
    pub(super) fn in_words(&self) -> String {
        match &*self.end {
            End::Answered { accepted, pictures, texts, run, was_there, twice, .. } => {
                let verdict = if *accepted { "accepted" } else { "given up" };
                let before = if *was_there { "  (before)" } else { "" };
                let noun = if *texts { "text" } else { "picture" };
                let s = if *pictures == 1 { " " } else { "s" };
                let twice = perhaps_twice(*twice).map(|told| format!("  ({told})"));
                let twice = twice.unwrap_or_default();
                format!("{verdict}  {pictures:2} {noun}{s}  {run}{before}{twice}")
            }
            End::Failed { message, .. } => format!("failed   line {}: {message}", self.line),
        }
    }

    /// True if it was only read: how long that took says nothing of the others.
    pub(super) fn was_there(&self) -> bool {
        matches!(*self.end, End::Answered { was_there: true, .. })
    }

    /// One line for a program.
    pub(super) fn to_json(&self) -> String {
        let mut value = json!({ "line": self.line, "id": self.id, "idea": self.idea });
        let more = match &*self.end {
            End::Answered { value, .. } => value.clone(),
            End::Failed { message, hint, .. } => json!({ "error": message, "hint": hint }),
        };
        if let (Some(object), Value::Object(more)) = (value.as_object_mut(), more) {
            object.extend(more);
        }
        value.to_string()
    }
}

impl End {
    fn of(answered: &Answered) -> Result<Self, AppError> {
        let Answered { outcome, stored, was_there, is_repeated } = answered;
        let gist = stored.gist()?;
        let texts = gist.makes == Makes::Texts;
        // A picture is not read back: where it is, is all that is told of it.
        let best = texts.then(|| stored.best()).flatten();
        let text = best.map(|text| String::from_utf8_lossy(&text.bytes).into_owned());
        let accepted = outcome.verdict == Verdict::Accept;
        let value = json!({
            "run": stored.run().as_str(),
            "accepted": accepted,
            "stop": outcome.stop.as_str(),
            "best": outcome.best.to_string(),
            "pictures": outcome.images,
            "picture": if text.is_some() { None } else { stored.files().best.as_deref().map(output::path) },
            "text": text,
            "cost": gist.cost,
            "perhaps_twice": gist.perhaps_twice,
            "was-there": was_there,
        });
        Ok(Self::Answered {
            value,
            accepted,
            budget: outcome.stop.is_budget(),
            pictures: outcome.images,
            texts,
            run: stored.run().to_string(),
            was_there: *was_there,
            is_repeated: *is_repeated,
            twice: gist.twice,
        })
    }
}

/// `3 calls, up to $0.12, may have been paid twice`; `None` if that is so of none.
fn perhaps_twice(spending: Spending) -> Option<String> {
    let Spending { usage, money, .. } = spending;
    let noun = if usage.calls == 1 { "call" } else { "calls" };
    let most = if money == Money::ZERO { String::new() } else { format!(", up to ${money},") };
    (spending != Spending::NONE)
        .then(|| format!("{} {noun}{most} may have been paid twice", usage.calls))
}

/// All results together.
#[derive(Debug, Default, Serialize)]
pub(super) struct Totals {
    accepted: u64,
    given_up: u64,
    failed: u64,
    was_there: u64,
    pictures: u64,
    texts: u64,
    ran_out: bool,
    #[serde(skip)]
    first_failure: Option<Exit>,
    #[serde(skip)]
    pub(super) spent: Spending,
    #[serde(skip)]
    twice: Spending,
}

impl Totals {
    pub(super) fn count(&mut self, told: &Told) {
        match &*told.end {
            End::Answered {
                accepted,
                budget,
                pictures,
                texts,
                was_there,
                is_repeated,
                twice,
                ..
            } => {
                *(if *accepted { &mut self.accepted } else { &mut self.given_up }) += 1;
                self.ran_out |= *budget && !*accepted;
                if *is_repeated {
                    return;
                }
                self.twice = self.twice.plus(*twice);
                *(if *texts { &mut self.texts } else { &mut self.pictures }) +=
                    u64::from(*pictures);
                self.was_there += u64::from(*was_there);
            }
            End::Failed { exit, .. } => {
                self.failed += 1;
                self.first_failure.get_or_insert(*exit);
            }
        }
    }

    /// Beside a moving bar: what is cut off at the end of a narrow line matters least.
    pub(super) fn short(&self, money: Money) -> String {
        let Self { accepted, given_up, failed, .. } = self;
        let mut text = String::new();
        if money != Money::ZERO {
            let _ = write!(text, "${money}  ");
        }
        if *failed > 0 {
            let _ = write!(text, "{failed} failed, ");
        }
        let _ = write!(text, "{accepted} accepted, {given_up} given up");
        text
    }

    /// At the end.
    pub(super) fn in_words(&self) -> String {
        let Self { accepted, given_up, failed, pictures, texts, was_there, .. } = self;
        let mut text = format!("{accepted} accepted, {given_up} given up, {failed} failed");
        let Spending { usage, money, unpriced } = self.spent;
        if money != Money::ZERO || unpriced > 0 {
            let known = (unpriced < usage.calls).then(|| money.to_string());
            let _ = write!(text, ", {}", pentimento_app::dollars(known.as_deref(), unpriced));
        }
        let made = if *texts > 0 { (*texts, "text") } else { (*pictures, "picture") };
        let s = if made.0 == 1 { "" } else { "s" };
        let _ = write!(text, "; {} {}{s}", made.0, made.1);
        if *was_there > 0 {
            let _ = write!(text, "; {was_there} of these runs had ended before");
        }
        if let Some(twice) = perhaps_twice(self.twice) {
            let _ = write!(text, "; {twice}");
        }
        text
    }

    /// How the program ends: with the first failure's code, else by what was not accepted.
    pub(super) fn exit(&self) -> Exit {
        match self.first_failure {
            Some(exit) => exit,
            None if self.ran_out => Exit::Budget,
            None if self.given_up > 0 => Exit::NotAccepted,
            None => Exit::Done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_a_bar_what_was_paid_and_what_failed_come_first() {
        let totals = Totals { accepted: 30, given_up: 20, ..Totals::default() };
        assert_eq!(totals.short(Money::ZERO), "30 accepted, 20 given up");
        let totals = Totals { failed: 2, ..totals };
        let paid = Money::from_nanos(1_500_000_000);
        assert_eq!(totals.short(paid), "$1.50  2 failed, 30 accepted, 20 given up");
    }
}
