//! Questions and their gold answers.

use std::{collections::HashMap, path::Path};

use pentimento_model::{Artifact, Seed};
use pentimento_prompts::numbers;
use serde_json::{Map, Value};

use super::{counting, own};
use crate::BenchError;

/// The first 200 test questions of GSM8K; see the folder's `PROVENANCE.txt`.
const GSM8K: &str = include_str!("../../../../assets/benchmarks/gsm8k/gsm8k_test_200.jsonl");
/// Its file, for messages.
const GSM8K_NAME: &str = "gsm8k_test_200.jsonl";
/// A line of such a file.
const FORM: &str = "{\"input\": \"How much is 2 + 2?\", \"target\": 4}";
/// Questions of the closed task.
const SUMS: u64 = 200;

/// A benchmark of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionTask {
    /// Calculations of four operations, which the simulated writer can do: for mechanisms.
    Arithmetic,
    /// GSM8K (arXiv:2110.14168): grade-school mathematics in words. It needs a real model.
    Gsm8k,
    /// How many things there are in pictures of the closed world, which the simulated seer can say: for
    /// mechanisms.
    Counting,
}

impl QuestionTask {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Arithmetic, Self::Gsm8k, Self::Counting];

    /// The name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::Gsm8k => "gsm8k",
            Self::Counting => "counting",
        }
    }

    /// The benchmark with this name, if it is one of questions.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.as_str() == name)
    }

    /// True if its questions are about pictures.
    pub const fn needs_picture(self) -> bool {
        matches!(self, Self::Counting)
    }

    /// How many questions there are: those that come with the program, or those of a file in the same form.
    pub fn count(self, data: Option<&Path>) -> Result<usize, BenchError> {
        match self.in_words(data)? {
            Some(questions) => Ok(questions.len()),
            None => Ok(counting::PICTURES),
        }
    }

    /// The first so many questions. Pictures are drawn.
    pub(super) async fn questions(
        self,
        data: Option<&Path>,
        limit: usize,
    ) -> Result<Vec<Question>, BenchError> {
        match self.in_words(data)? {
            Some(mut questions) => {
                questions.truncate(limit);
                Ok(questions)
            }
            None => counting::questions(limit).await,
        }
    }

    /// All questions that are words alone; `None` if they are about pictures.
    fn in_words(self, data: Option<&Path>) -> Result<Option<Vec<Question>>, BenchError> {
        match (self, data) {
            (Self::Counting, Some(_)) => Err(BenchError::OwnPictures { task: self.as_str() }),
            (Self::Counting, None) => Ok(None),
            (Self::Gsm8k, None) => {
                own::rows((Path::new(GSM8K_NAME), FORM), GSM8K.as_bytes(), question).map(Some)
            }
            (Self::Arithmetic | Self::Gsm8k, data) => arithmetic(data).map(Some),
        }
    }
}

/// Calculations, or the questions of a file of the user's own.
pub(super) fn arithmetic(data: Option<&Path>) -> Result<Vec<Question>, BenchError> {
    match data {
        Some(path) => of_file(path),
        None => Ok((0..SUMS).filter_map(sum).collect()),
    }
}

/// The questions of a file of the user's own.
fn of_file(path: &Path) -> Result<Vec<Question>, BenchError> {
    own::rows((path, FORM), &own::bytes(path)?, question)
}

/// The same where each question counts once: two lines on one idea must give the same answer.
pub(super) fn each_of_file(path: &Path) -> Result<Vec<Question>, BenchError> {
    let mut lines: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<(usize, Question)> = Vec::new();
    for (line, question) in own::numbered((path, FORM), &own::bytes(path)?, question)? {
        match lines.get(&question.idea).and_then(|at| all.get(*at)) {
            None => {
                lines.insert(question.idea.clone(), all.len());
                all.push((line, question));
            }
            Some((_, known)) if known.gold == question.gold => {}
            Some((first, _)) => {
                let lines = (*first, line);
                return Err(BenchError::TwoAnswers { path: path.to_owned(), lines });
            }
        }
    }
    Ok(all.into_iter().map(|(_, question)| question).collect())
}

/// A line of `gsm.jsonl` in Self-Refine's repository, whose gold answer may be a text, too. Fields that are
/// not known are passed over.
fn question(line: &Map<String, Value>) -> Result<Question, String> {
    let target = own::field(line, "target")?;
    let gold = match (target.as_f64(), target.as_str().map(folded)) {
        (Some(number), _) => Gold::Number(number),
        (None, Some(text)) if !text.is_empty() => Gold::Text(text),
        _ => return Err(own::wrong("target", target, "a number or a text that says something")),
    };
    Ok(Question { idea: own::text(line, "input")?, gold, picture: None })
}

/// What is right.
#[derive(Clone, Debug, PartialEq)]
enum Gold {
    Number(f64),
    /// In the form that [`folded`] brings answers into.
    Text(String),
}

/// A text without what does not count when it is held against a gold answer: capitals, the kind of its
/// white space, and what sentences end with.
fn folded(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().trim_end_matches(['.', '!']).to_owned()
}

/// A question with its gold answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked.
    pub idea: String,
    gold: Gold,
    /// What it is asked about.
    picture: Option<Artifact>,
}

impl Question {
    /// A question with its gold answer.
    #[cfg(test)]
    pub(crate) fn of(idea: &str, gold: f64) -> Self {
        Self { idea: idea.to_owned(), gold: Gold::Number(gold), picture: None }
    }

    /// A question of how many there are in a picture.
    #[expect(clippy::cast_precision_loss, reason = "a picture has few things")]
    pub(super) fn about(picture: Artifact, idea: String, count: usize) -> Self {
        Self { idea, gold: Gold::Number(count as f64), picture: Some(picture) }
    }

    /// The picture that it is about, if it is about one.
    pub(super) const fn picture(&self) -> Option<&Artifact> {
        self.picture.as_ref()
    }

    /// True if an answer's last number is the gold one (GSM8K's usual rule), or, where the gold answer is a
    /// text, if the whole answer is that text.
    pub fn is_right(&self, answer: &str) -> bool {
        /// Gold answers have at most two decimals.
        const NEAR: f64 = 1e-4;
        match &self.gold {
            Gold::Number(gold) => {
                numbers(answer).last().is_some_and(|number| (number - gold).abs() < NEAR)
            }
            Gold::Text(gold) => folded(answer) == *gold,
        }
    }
}

/// The calculation with this number; always the same ones.
fn sum(number: u64) -> Option<Question> {
    let seed = Seed(1).derive("arithmetic", number);
    let digit = |at| i64::try_from(2 + seed.derive("number", at).0 % 18).ok();
    let sign = |at| seed.derive("sign", at).0 % 3;
    let of = |left: i64, sign: u64, right: i64| match sign {
        0 => left + right,
        1 => left - right,
        _ => left * right,
    };
    let word = |sign: u64| match sign {
        0 => "+",
        1 => "-",
        _ => "*",
    };
    // One operation on two numbers, and how it is written.
    let pair = |at| {
        let (left, right) = (digit(2 * at)?, digit(2 * at + 1)?);
        let sign = sign(at);
        Some((of(left, sign, right), format!("({left} {} {right})", word(sign))))
    };
    let ((left, left_words), (right, right_words)) = (pair(0)?, pair(1)?);
    let (middle, end, last) = (sign(2), sign(3), digit(4)?);
    let gold = of(of(left, middle, right), end, last);
    let (middle, end) = (word(middle), word(end));
    let idea = format!("How much is (({left_words} {middle} {right_words}) {end} {last})?");
    #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
    let gold = gold as f64;
    Some(Question { idea, gold: Gold::Number(gold), picture: None })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_questions_that_come_with_the_program_can_be_read() {
        for task in QuestionTask::ALL {
            assert_eq!(task.count(None).unwrap(), 200, "{}", task.as_str());
        }
        let error = QuestionTask::Counting.count(Some(Path::new("q.jsonl"))).unwrap_err();
        assert!(error.is_wrong_use() && error.hint().is_some(), "{error}");
    }

    #[test]
    fn an_answers_last_number_counts() {
        let question = Question::of("", 1200.0);
        for right in ["1200", "$1,200.00", "first 3, then 1200.", "It is 1200 dollars"] {
            assert!(question.is_right(right), "{right}");
        }
        for wrong in ["", "-1200", "1200 of 1300", "twelve hundred", "12-00"] {
            assert!(!question.is_right(wrong), "{wrong}");
        }
        let below = Question::of("", -3.0);
        for right in ["it is -3", "−3", "–3", "-$3.00", "x = −3"] {
            assert!(below.is_right(right), "{right}");
        }
        for wrong in ["3", "5-3", "0–3", "- 3"] {
            assert!(!below.is_right(wrong), "{wrong}");
        }
        let many = Question::of("", 10_000.0);
        assert!(many.is_right("10\u{a0}000") && many.is_right("10 000 dollars"));
    }

    #[test]
    fn a_gold_answer_in_words_is_the_whole_answer() {
        let line = serde_json::json!({ "input": "Who?", "target": "Ada  Lovelace." });
        let question = question(line.as_object().unwrap()).unwrap();
        for right in ["Ada Lovelace", " ada lovelace.", "Ada\nLovelace!"] {
            assert!(question.is_right(right), "{right}");
        }
        for wrong in ["", "Ada", "It is Ada Lovelace", "Ada-Lovelace"] {
            assert!(!question.is_right(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_the_simulation_holds_for_true_is_the_gold_answer() {
        for question in arithmetic(None).unwrap() {
            assert!(pentimento_mind::Simulated::check(&question.idea).is_ok(), "{}", question.idea);
        }
    }

    #[test]
    fn a_question_with_two_answers_is_refused_with_both_lines_and_the_same_answer_twice_counts_once()
     {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.jsonl");
        let line =
            |idea: &str, target: &str| format!("{{\"input\":\"{idea}\",\"target\":{target}}}\n");
        let all = |lines: &[String]| {
            fs::write(&path, lines.concat()).unwrap();
            each_of_file(&path)
        };
        let told = all(&[line("a", "2"), "\n".to_owned(), line("b", "3"), line("a", "2.0")]);
        assert_eq!(told.unwrap().len(), 2);
        let told = all(&[line("a", "\"North\""), line("a", "\"north.\"")]);
        assert_eq!(told.unwrap().len(), 1);
        for other in ["3", "\"2\""] {
            let error = all(&[line("b", "3"), line("a", "2"), "\n".to_owned(), line("a", other)]);
            let error = error.unwrap_err();
            let message = error.to_string();
            assert!(message.starts_with("lines 2 and 4 of `"), "{message}");
            assert!(message.ends_with("give different answers to the same question"), "{message}");
            assert!(error.is_wrong_use() && error.hint().is_some());
        }
    }

    #[test]
    fn a_file_of_ones_own_is_read_or_refused_by_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("q.jsonl");
        fs::write(&path, "{\"input\":\"1 + 1?\",\"target\":2}\n\n{\"input\":3}\n").unwrap();
        let told = || QuestionTask::Gsm8k.count(Some(&path)).unwrap_err();
        let error = told();
        assert!(error.to_string().contains("line 3 of `"), "{error}");
        assert!(error.to_string().ends_with("form: it has no `target`"), "{error}");
        assert!(error.hint().unwrap().contains("\"target\": 4"));
        for (line, problem) in [
            ("nonsense", "it is no JSON from column 2 on"),
            (
                "{\"input\":\"1 + 1?\",\"target\":[2]}",
                "`target` is a list, not a number or a text that says something",
            ),
            (
                "{\"input\":\"1 + 1?\",\"target\":\" . \"}",
                "`target` is a text, not a number or a text that says something",
            ),
            ("[]", "it is a list, not an object"),
            ("\n", "holds no line that says anything"),
        ] {
            fs::write(&path, line).unwrap();
            let error = told();
            assert!(error.to_string().ends_with(problem), "{error}");
            assert!(error.hint().is_some() && error.is_wrong_use());
        }
        fs::write(&path, "\u{feff}{\"input\":\"1 + 1?\",\"target\":2}\n").unwrap();
        assert_eq!(QuestionTask::Gsm8k.count(Some(&path)).unwrap(), 1);
        let missing = QuestionTask::Gsm8k.count(Some(&folder.path().join("none")));
        assert!(matches!(missing, Err(BenchError::Data { .. })));
    }
}
