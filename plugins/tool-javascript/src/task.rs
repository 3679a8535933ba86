//! What is asked of the tool: its arguments, checked.

use crate::limits::{MOST_CODE, MOST_INPUT, MOST_STEPS, USUAL_STEPS};

/// A program to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    /// The program.
    pub(crate) code: String,
    /// What is run after it came to its end.
    pub(crate) then: Option<String>,
    /// What it reads as its input.
    pub(crate) stdin: String,
    /// Steps that it may take.
    pub(crate) steps: u64,
}

impl Task {
    /// Reads the named arguments, or says which one cannot be used.
    pub(crate) fn read<'a>(
        arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, String> {
        const NAMES: [&str; 4] = ["code", "then", "stdin", "steps"];
        let mut given = [None; NAMES.len()];
        for (name, value) in arguments {
            let Some(slot) = NAMES.iter().position(|known| *known == name).map(|at| &mut given[at])
            else {
                let name = name.escape_debug();
                return Err(format!("the argument `{name}` is none of {}", NAMES.join(", ")));
            };
            if slot.replace(value).is_some() {
                return Err(format!("the argument `{name}` is given twice"));
            }
        }
        let [code, then, stdin, steps] = given;
        for (name, text, most) in
            [("code", code, MOST_CODE), ("then", then, MOST_CODE), ("stdin", stdin, MOST_INPUT)]
        {
            if text.is_some_and(|text| text.len() > most) {
                return Err(format!("the argument `{name}` is longer than {} KiB", most >> 10));
            }
        }
        let steps = match steps.map(|steps| (steps, steps.trim().parse())) {
            None => USUAL_STEPS,
            Some((_, Ok(steps))) if (1..=MOST_STEPS).contains(&steps) => steps,
            Some((steps, _)) => {
                let steps = steps.escape_debug();
                return Err(format!(
                    "the argument `steps` is a whole number from 1 to {MOST_STEPS}, not `{steps}`"
                ));
            }
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self {
            code: owned(code).ok_or("the argument `code` is missing")?,
            then: owned(then),
            stdin: owned(stdin).unwrap_or_default(),
            steps,
        })
    }

    /// The text of a line, without the space around it.
    pub(crate) fn line(&self, file: &str, number: u64) -> Option<&str> {
        let text = if file == THEN { self.then.as_deref()? } else { &self.code };
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        text.lines().nth(index).map(str::trim).filter(|line| !line.is_empty())
    }
}

/// What the two texts are called in stacks.
pub(crate) const PROGRAM: &str = "program.js";
pub(crate) const THEN: &str = "then.js";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_that_cannot_be_used_are_refused_by_name() {
        let long = " ".repeat(MOST_CODE + 1);
        for (arguments, words) in [
            (&[][..], "`code` is missing"),
            (&[("code", "1"), ("code", "2")], "`code` is given twice"),
            (&[("code", "1"), ("timeout", "5")], "`timeout` is none of code, then, stdin, steps"),
            (&[("code", "1"), ("steps", "0")], "from 1 to 100000000, not `0`"),
            (&[("code", "1"), ("steps", "many")], "not `many`"),
            (&[("code", "1"), ("then", &*long)], "`then` is longer than 256 KiB"),
        ] {
            let said = Task::read(arguments.iter().copied()).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
        let task = Task::read([("code", "a\n b "), ("steps", " 7 ")]).unwrap();
        assert_eq!((task.steps, task.line(PROGRAM, 2)), (7, Some("b")));
        assert_eq!(
            (task.line(PROGRAM, 3), task.line(THEN, 1), task.line(PROGRAM, 0)),
            (None, None, None)
        );
    }
}
