//! Text → [`Recipe`], collecting every problem on the way.
//!
//! Unknown keys are refused: a misspelled parameter must not silently keep its usual value.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    Algorithm, Problem, Recipe, RecipeError, Role, TextAlgorithm,
    examiner::Examiner,
    parameter::{CELLS, CONTRASTS, Parameter, QUESTIONS, ROUNDS, Range, SAMPLES, TOGETHER, TRUST},
    problem::{Problems, advice},
};

mod picture;
mod reflection;
mod search;
mod text;
mod until;

/// Longest text of a recipe; a page of parameters has a few kilobytes.
const MOST_BYTES: usize = 64 * 1024;

/// The keys at the top of a recipe.
const TOP_KEYS: [&str; 11] = [
    "name",
    "title",
    "paper",
    "summary",
    "algorithm",
    "detector",
    "tool",
    "examiner",
    "held-out",
    "until",
    "parameters",
];

/// Checks a recipe's text. `origin` is the file's name, for the error.
pub fn read(origin: &str, text: &str) -> Result<Recipe, RecipeError> {
    let mut problems = Vec::new();
    let recipe = if text.len() > MOST_BYTES {
        let message = format!("the text has {} bytes; {MOST_BYTES} are allowed", text.len());
        problems.push(Problem::at(text, 0, message));
        None
    } else {
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let offset = error.span().map_or(0, |span| span.start);
            problems.push(Problem::at(text, offset, error.message().trim_end_matches('.')));
        }
        Check { text, problems: &mut problems }.recipe(document.get_ref())
    };
    problems.sort();
    problems.dedup();
    match recipe {
        Some(recipe) if problems.is_empty() => Ok(recipe),
        _ => Err(RecipeError::Problems { origin: origin.to_owned(), problems: Problems(problems) }),
    }
}

/// The text being checked, and what was found wrong with it.
struct Check<'a> {
    text: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Check<'_> {
    /// Notes a problem and goes on without the value.
    fn wrong<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    fn recipe(&mut self, top: &DeTable<'_>) -> Option<Recipe> {
        self.refuse_unknown(top, &TOP_KEYS);
        let name = self.name(top, "name");
        let title = self.required_text(top, "title");
        let paper = self.optional_text(top, "paper");
        let summary = self.required_text(top, "summary");
        let algorithm_name = self.algorithm_name(top);
        // Of an algorithm that is not known nobody can say whether it has one.
        let detector = algorithm_name
            .and_then(|name| self.somebody(top, "detector", Algorithm::has_detector(name)));
        let has_tool = algorithm_name.is_some_and(Algorithm::has_tool);
        let tool = self.somebody(top, "tool", has_tool);
        let examiner_name = self.examiner_name(top, algorithm_name);
        let held_out = self.held_out(top, algorithm_name);
        let until = self.until(top, algorithm_name);
        let nothing = DeTable::default();
        let parameters = self.parameters(top).unwrap_or(&nothing);
        let rounds = self.whole(parameters, &ROUNDS);
        let (algorithm_name, examiner_name) = (algorithm_name?, examiner_name?);
        let own = Algorithm::parameters_of(algorithm_name)?;
        let asked = examiner_name.and_then(Examiner::parameters_of).unwrap_or_default();
        let names: Vec<_> = own.iter().chain(asked).map(|parameter| parameter.name).collect();
        self.refuse_unknown(parameters, &names);
        let algorithm = self.algorithm(algorithm_name, parameters);
        let examiner = match examiner_name {
            None => Some(None),
            Some(name) => self.examiner(name, parameters).map(Some),
        };
        Some(Recipe {
            name: name?,
            title: title?,
            paper: paper?,
            summary: summary?,
            detector: detector?,
            tool: tool?,
            examiner: examiner?,
            held_out: held_out?,
            until: until?,
            rounds: rounds?,
            algorithm: algorithm?,
        })
    }

    /// The plugin under this key, in an algorithm that has one; any other must not name one.
    #[expect(clippy::option_option, reason = "a mistake is not a missing value")]
    fn somebody(
        &mut self,
        top: &DeTable<'_>,
        key: &str,
        is_needed: bool,
    ) -> Option<Option<String>> {
        if is_needed {
            return self.name(top, key).map(Some);
        }
        match top.get(key) {
            None => Some(None),
            Some(value) => {
                let message = format!("nothing asks the `{key}` in this algorithm");
                let problem = Problem::at(self.text, value.span().start, message);
                self.wrong(problem.with_hint("leave it out"))
            }
        }
    }

    /// The assessor that is asked and not heard; not the detector, whom everybody hears.
    #[expect(clippy::option_option, reason = "a mistake is not a missing value")]
    fn held_out(&mut self, top: &DeTable<'_>, algorithm: Option<&str>) -> Option<Option<String>> {
        let Some(value) = top.get("held-out") else { return Some(None) };
        let name = self.name(top, "held-out")?;
        if top.get("detector").and_then(|one| one.get_ref().as_str()) == Some(name.as_str()) {
            let message = format!("`{name}` is the detector, and cannot be held out");
            let problem = Problem::at(self.text, value.span().start, message);
            return self.wrong(problem.with_hint("name another assessor, or leave it out"));
        }
        let makes_pictures = algorithm.is_some_and(|name| Algorithm::NAMES.contains(&name));
        if name == Role::Auditor.as_str() && makes_pictures {
            let message = "an auditor grades texts, and this algorithm makes pictures";
            let problem = Problem::at(self.text, value.span().start, message);
            return self.wrong(problem.with_hint("name an assessor, or leave it out"));
        }
        Some(Some(name))
    }

    /// Names the keys that mean nothing here.
    fn refuse_unknown(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                let problem =
                    Problem::at(self.text, key.span().start, format!("unknown key `{word}`"));
                self.problems.push(problem.with_hint(advice(word, known)));
            }
        }
    }

    /// The table `[parameters]`, if it is there and a table.
    fn parameters<'t, 'i>(&mut self, top: &'t DeTable<'i>) -> Option<&'t DeTable<'i>> {
        let value = top.get("parameters")?;
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.mistyped(value, "parameters", "a table"),
        }
    }

    fn algorithm_name<'t>(&mut self, top: &'t DeTable<'_>) -> Option<&'t str> {
        let value = self.required(top, "algorithm")?;
        let Some(name) = value.get_ref().as_str() else {
            return self.mistyped(value, "algorithm", "a text");
        };
        let known = [Algorithm::NAMES.as_slice(), TextAlgorithm::NAMES].concat();
        if known.contains(&name) {
            return Some(name);
        }
        let problem =
            Problem::at(self.text, value.span().start, format!("unknown algorithm `{name}`"));
        self.wrong(problem.with_hint(advice(name, &known)))
    }

    fn algorithm(&mut self, name: &str, parameters: &DeTable<'_>) -> Option<Algorithm> {
        if Algorithm::NAMES.contains(&name) {
            return self.picture_algorithm(name, parameters);
        }
        self.text_algorithm(name, parameters).map(Algorithm::Text)
    }

    /// The name of the examiner, if one is named.
    #[expect(clippy::option_option, reason = "a mistake is not a missing value")]
    fn examiner_name<'t>(
        &mut self,
        top: &'t DeTable<'_>,
        algorithm: Option<&str>,
    ) -> Option<Option<&'t str>> {
        if algorithm.is_some_and(Algorithm::has_examiner) {
            self.required(top, "examiner")?;
        }
        let Some(value) = top.get("examiner") else { return Some(None) };
        let Some(name) = value.get_ref().as_str() else {
            return self.mistyped(value, "examiner", "a text");
        };
        if Examiner::NAMES.contains(&name) {
            return Some(Some(name));
        }
        let problem =
            Problem::at(self.text, value.span().start, format!("unknown examiner `{name}`"));
        self.wrong(problem.with_hint(advice(name, &Examiner::NAMES)))
    }

    fn examiner(&mut self, name: &str, parameters: &DeTable<'_>) -> Option<Examiner> {
        let mut questions =
            || Some((self.whole(parameters, &QUESTIONS)?, self.flag(parameters, &TOGETHER)?));
        match name {
            "dsg" => {
                let (questions, together) = questions()?;
                Some(Examiner::Dsg { questions, together })
            }
            "tifa" => {
                let (questions, together) = questions()?;
                Some(Examiner::Tifa { questions, together })
            }
            "rich" => Some(Examiner::Rich),
            "lettering" => Some(Examiner::Lettering),
            "map" => Some(Examiner::Map {
                cells: self.whole(parameters, &CELLS)?,
                trust: self.whole(parameters, &TRUST)?,
            }),
            "vqascore" => Some(Examiner::VqaScore { samples: self.whole(parameters, &SAMPLES)? }),
            "textnorm" => Some(Examiner::TextNorm {
                contrasts: self.whole(parameters, &CONTRASTS)?,
                samples: self.whole(parameters, &SAMPLES)?,
            }),
            "cycle" => Some(Examiner::Cycle),
            _ => None,
        }
    }

    /// The value of a key that must be there.
    fn required<'t, 'i>(
        &mut self,
        top: &'t DeTable<'i>,
        key: &str,
    ) -> Option<&'t Spanned<DeValue<'i>>> {
        let value = top.get(key);
        if value.is_none() {
            let problem = Problem::at(self.text, 0, format!("the key `{key}` is missing"));
            self.problems.push(problem.with_hint(format!("add a line `{key} = \"…\"` at the top")));
        }
        value
    }

    fn required_text(&mut self, top: &DeTable<'_>, key: &str) -> Option<String> {
        let value = self.required(top, key)?;
        match value.get_ref().as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => self.mistyped(value, key, "a text that is not empty"),
        }
    }

    /// The inner `None` is an absent key, the outer one a bad value.
    #[expect(clippy::option_option, reason = "a bad value is a problem, an absent one is not")]
    fn optional_text(&mut self, top: &DeTable<'_>, key: &str) -> Option<Option<String>> {
        if top.contains_key(key) { self.required_text(top, key).map(Some) } else { Some(None) }
    }

    /// A name: `a-z`, `0-9` and `-`, as in folder and plugin names.
    fn name(&mut self, top: &DeTable<'_>, key: &str) -> Option<String> {
        let name = self.required_text(top, key)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.len() <= 64 && name.bytes().all(plain) {
            return Some(name);
        }
        let value = self.required(top, key)?;
        self.mistyped(value, key, "1 to 64 characters of `a-z`, `0-9` and `-`")
    }

    fn whole(&mut self, parameters: &DeTable<'_>, parameter: &Parameter) -> Option<u32> {
        let Range::Whole { least, most, usual } = parameter.range else { return None };
        let Some(value) = parameters.get(parameter.name) else { return Some(usual) };
        let read = value
            .get_ref()
            .as_integer()
            .and_then(|digits| u32::from_str_radix(digits.as_str(), digits.radix()).ok());
        match read {
            Some(number) if (least..=most).contains(&number) => Some(number),
            _ => self.out_of_range(value, parameter),
        }
    }

    fn number(&mut self, parameters: &DeTable<'_>, parameter: &Parameter) -> Option<f32> {
        let Range::Number { least, most, usual } = parameter.range else { return None };
        let Some(value) = parameters.get(parameter.name) else { return Some(usual) };
        let read = value.get_ref().as_float().and_then(|digits| digits.as_str().parse().ok());
        match read {
            Some(number) if (least..=most).contains(&number) => Some(number),
            _ => self.out_of_range(value, parameter),
        }
    }

    fn flag(&mut self, parameters: &DeTable<'_>, parameter: &Parameter) -> Option<bool> {
        let Range::Flag { usual } = parameter.range else { return None };
        let Some(value) = parameters.get(parameter.name) else { return Some(usual) };
        match value.get_ref().as_bool() {
            Some(flag) => Some(flag),
            None => self.out_of_range(value, parameter),
        }
    }

    fn out_of_range<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        parameter: &Parameter,
    ) -> Option<T> {
        self.mistyped(value, parameter.name, &parameter.range.to_string())
    }

    fn mistyped<T>(&mut self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) -> Option<T> {
        let found = self.text.get(value.span()).unwrap_or_default();
        let shown: String = found.chars().take(40).collect();
        let message = format!("`{key}` cannot be `{shown}`");
        let problem = Problem::at(self.text, value.span().start, message);
        self.wrong(problem.with_hint(format!("`{key}` is {wanted}")))
    }
}

#[cfg(test)]
mod tests;
