//! Programs that a model wrote, run by the recipe's tool.
//!
//! The tool runs one as `tool-python` and `tool-javascript` do: arguments `code` and `then`, and an answer whose form is
//! `prompts::Execution`, and queries as `tool-sql` does (`prompts::Rows`). A tool that breaks, or answers otherwise, leaves a program of which nothing
//! is known; the recipe goes on with that.

use pentimento_model::{Argument, Fault};
use pentimento_prompts::{
    Code, Execution, Language, ProgramFields, ProgramPrompt, Rows, Solution, Unusable,
};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::number,
    ask::{Question, unwritten},
    run::Run,
};

/// What stands in an answer's place where a program came to nothing.
const NO_ANSWER: &str = "none";
/// What the database knows of the tables that the operator made.
const TABLES: &str = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL \
                      AND name NOT LIKE 'sqlite_%' ORDER BY rowid";

/// A question to the writer about this run's idea.
pub(crate) fn question(
    prompt: ProgramPrompt,
    fields: &ProgramFields<'_>,
    instead: &'static str,
) -> Result<Question<'static>, RunError> {
    let (role, step) = (Role::Writer, prompt.step());
    let text = prompt.render(fields).map_err(unwritten)?;
    Ok(Question { role, step, text, pictures: &[], likelihood: false, instead })
}

impl Run<'_> {
    /// What the recipe's tool runs programs in.
    pub(crate) fn language(&self) -> Language {
        Language::of_tool(self.request.recipe.tool.as_deref().unwrap_or_default())
    }

    /// Asks the writer for a program.
    pub(crate) async fn program(
        &mut self,
        prompt: ProgramPrompt,
        fields: &ProgramFields<'_>,
        form: Code,
        instead: &'static str,
    ) -> Result<Option<String>, RunError> {
        self.put(question(prompt, fields, instead)?, &form).await
    }

    /// Runs a program, and then one expression that sees its names.
    pub(crate) async fn execute(
        &mut self,
        step: &'static str,
        code: &str,
        then: &str,
    ) -> Result<Execution, RunError> {
        let arguments = vec![Argument::new("code", code), Argument::new("then", then)];
        Ok(ran(self.perform(step, arguments).await?, Execution::read))
    }

    /// Puts a query to the tables that the recipe's tool has.
    pub(crate) async fn query(
        &mut self,
        step: &'static str,
        query: &str,
    ) -> Result<Execution, RunError> {
        let arguments = vec![Argument::new("query", query)];
        Ok(ran(self.perform(step, arguments).await?, Execution::of_query))
    }

    /// Which tables there are, each as it was made; none if nobody can tell.
    pub(crate) async fn tables(&mut self) -> Result<Vec<String>, RunError> {
        let answer = self.perform("tables", vec![Argument::new("query", TABLES)]).await?;
        Ok(answer.ok().and_then(|told| Rows::read(&told).ok()).map(Rows::texts).unwrap_or_default())
    }
}

/// What a tool's answer says of a program.
fn ran(
    answer: Result<String, Fault>,
    read: impl Fn(&str) -> Result<Execution, Unusable>,
) -> Execution {
    match answer {
        Ok(answer) => read(&answer).unwrap_or_else(|wrong| Execution::unknown(&wrong.reason)),
        Err(fault) => {
            let (kind, message) = (fault.kind.as_str(), &fault.message);
            Execution::unknown(&format!("the tool gave no answer ({kind}): {message}"))
        }
    }
}

/// A program with what it came to, as a text of the pool: its lines, then the answer.
pub(crate) fn as_text(code: &str, ran: &Execution) -> Solution {
    let steps = code.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let answer = ran.value.clone().unwrap_or_else(|| NO_ANSWER.to_owned());
    Solution { steps, answer }
}

/// An answer as a literal of the program's language: a number if it is one, else a text.
pub(crate) fn literal(answer: &str) -> String {
    /// Whole numbers up to here are what they seem in 64 bits.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number(answer) {
        Some(number) if number.fract() == 0.0 && number.abs() <= EXACT => format!("{number:.0}"),
        Some(number) => format!("{number:?}"),
        None => {
            let mut text = String::from("\"");
            for character in answer.chars() {
                match character {
                    '"' => text.push_str("\\\""),
                    '\\' => text.push_str("\\\\"),
                    '\n' => text.push_str("\\n"),
                    plain if plain.is_control() => text.push(' '),
                    plain => text.push(plain),
                }
            }
            text + "\""
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_becomes_a_literal_that_cannot_run() {
        for (answer, expected) in [
            ("18", "18"),
            ("$1,200.00", "1200"),
            ("about -2.5 dollars", "-2.5"),
            ("\u{2212}5", "-5"),
            ("x = \u{2212}5", "-5"),
            ("less than 10", "\"less than 10\""),
            ("-0", "0"),
            ("Paris", "\"Paris\""),
            ("1914 and 1918", "\"1914 and 1918\""),
            ("\") or exit() #\\", "\"\\\") or exit() #\\\\\""),
            ("two\nlines\u{7}", "\"two\\nlines \""),
            ("", "\"\""),
        ] {
            assert_eq!(literal(answer), expected, "{answer}");
        }
    }

    #[test]
    fn a_program_without_a_value_has_no_answer() {
        let ran = Execution::unknown("it broke");
        assert_eq!(as_text("a = 1\n\nb = 2", &ran).text(), "a = 1\nb = 2\nAnswer: none");
    }
}
