//! Facts of an idea, questions about a picture, and the forms in which models give them.
//!
//! Texts of models are cleaned and cut where they are read. An answer of another length than what
//! was asked is of no use: nobody could say which question it belongs to.

use pentimento_model::Contract;
use serde_json::{Value, json};

use crate::form::{Form, Json, Unusable, contract, sentence};

/// Bytes of a choice or a kind; longer ones are no single word or phrase.
const WORD_BYTES: usize = 80;
/// Choices of one question. TIFA's have two or four.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=8;

/// How the question begins whether a picture shows a whole idea, which follows with a question mark.
pub const OF_IDEA: &str = "Does the picture show this: ";
/// The same for one fact of the idea, as a sentence.
pub const OF_FACT: &str = "Is this true of the picture: ";
/// The same for a fact that does not stand in the idea.
pub const OF_SHOWN: &str = "Is this true of what the picture shows: ";

/// One thing an idea says that a picture can show or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Entity, attribute, relation and so on, in the writer's word.
    pub kind: String,
    /// The fact as a sentence.
    pub text: String,
}

/// A question about a picture, with the answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What it is about, in the writer's word.
    pub kind: String,
    /// The question.
    pub question: String,
    /// At least two, all different.
    pub choices: Vec<String>,
    /// Which of them the idea wants.
    pub right: usize,
}

/// A question that wants `yes`. `no` comes first, so that a mind that takes the first choice claims
/// nothing.
pub fn no_or_yes(kind: impl Into<String>, question: impl Into<String>) -> Query {
    let choices = vec!["no".to_owned(), "yes".to_owned()];
    Query { kind: kind.into(), question: question.into(), choices, right: 1 }
}

/// The facts of an idea: at least one, at most so many, none twice.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// More than these are left out.
    pub most: usize,
}

impl Facts {
    fn of(self, facts: impl Iterator<Item = (String, String)>) -> Result<Vec<Fact>, Unusable> {
        let mut known: Vec<Fact> = Vec::new();
        for (kind, text) in facts {
            let told = known.iter().any(|fact| fact.text == text);
            if !told && known.len() < self.most {
                known.push(Fact { kind, text });
            }
        }
        if known.is_empty() { Err(Unusable::new("the answer holds no fact")) } else { Ok(known) }
    }
}

impl Form for Facts {
    type Value = Vec<Fact>;

    fn contract(&self) -> Contract {
        let text = json!({ "type": "string" });
        let fact = object(&json!({ "kind": text, "fact": text }));
        contract("facts", &json!({ "facts": { "type": "array", "items": fact } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Fact>, Unusable> {
        let fact = |one: &Json<'_>| Some((kind(one), sentence(one.get("fact")?.as_str()?)?));
        self.of(list(value, "facts")?.iter().filter_map(fact))
    }

    fn of_words(&self, text: &str) -> Result<Vec<Fact>, Unusable> {
        let fact = |columns: Vec<&str>| match *columns.as_slice() {
            [_, kind, fact] => Some((word(kind).unwrap_or_default(), sentence(fact)?)),
            _ => None,
        };
        self.of(numbered(text).filter_map(fact))
    }
}

/// For each fact, the others it needs, counted from 0. Numbers that mean no other fact are left out.
#[derive(Clone, Copy, Debug)]
pub struct Parents {
    /// How many facts there are.
    pub facts: usize,
}

impl Parents {
    /// Facts are counted from 1 in the answer, as in DSG's files; 0 is none.
    fn named(self, of: usize, numbers: impl Iterator<Item = u64>) -> Vec<usize> {
        let index = |number: u64| usize::try_from(number.checked_sub(1)?).ok();
        let mut named: Vec<usize> = numbers.filter_map(index).collect();
        named.retain(|&parent| parent < self.facts && parent != of);
        named.sort_unstable();
        named.dedup();
        named
    }
}

impl Form for Parents {
    type Value = Vec<Vec<usize>>;

    fn contract(&self) -> Contract {
        let numbers = json!({ "type": "array", "items": { "type": "integer" } });
        contract("parents", &json!({ "parents": { "type": "array", "items": numbers } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Vec<usize>>, Unusable> {
        let lists = exactly(self.facts, list(value, "parents")?)?;
        let numbers = |list: &Json<'_>| -> Vec<u64> {
            list.as_array().into_iter().flatten().filter_map(Json::as_u64).collect()
        };
        let named = |(of, list)| self.named(of, numbers(list).into_iter());
        Ok(lists.iter().enumerate().map(named).collect())
    }

    fn of_words(&self, text: &str) -> Result<Vec<Vec<usize>>, Unusable> {
        let mut parents = vec![Vec::new(); self.facts];
        let mut found = false;
        for columns in numbered(text) {
            let [number, needed] = *columns.as_slice() else { continue };
            let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let Some(index) = index.filter(|&index| index < self.facts) else { continue };
            let numbers = needed.split(',').filter_map(|one| one.trim().parse().ok());
            if let Some(own) = parents.get_mut(index) {
                (*own, found) = (self.named(index, numbers), true);
            }
        }
        if found {
            Ok(parents)
        } else {
            Err(Unusable::new("the answer says of no fact what it needs"))
        }
    }
}

/// A yes/no question for each fact.
#[derive(Clone, Copy, Debug)]
pub struct Questions {
    /// How many facts there are.
    pub facts: usize,
}

impl Form for Questions {
    type Value = Vec<String>;

    fn contract(&self) -> Contract {
        let texts = json!({ "type": "array", "items": { "type": "string" } });
        contract("questions", &json!({ "questions": texts }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<String>, Unusable> {
        let questions = exactly(self.facts, list(value, "questions")?)?;
        let asked = |one: &Json<'_>| sentence(one.as_str()?);
        let questions: Option<Vec<String>> = questions.iter().map(asked).collect();
        questions.ok_or_else(|| Unusable::new("a question in the answer is empty"))
    }

    fn of_words(&self, text: &str) -> Result<Vec<String>, Unusable> {
        let asked = |columns: Vec<&str>| sentence(columns.get(1)?);
        let questions: Vec<String> = numbered(text).filter_map(asked).collect();
        exactly(self.facts, &questions).cloned()
    }
}

/// Questions with choices: at least one, at most so many, none twice.
#[derive(Clone, Copy, Debug)]
pub struct Quiz {
    /// More than these are left out.
    pub most: usize,
}

impl Quiz {
    fn of(self, queries: impl Iterator<Item = Query>) -> Result<Vec<Query>, Unusable> {
        let mut known: Vec<Query> = Vec::new();
        for query in queries {
            let told = known.iter().any(|one| one.question == query.question);
            if !told && known.len() < self.most {
                known.push(query);
            }
        }
        let none = "the answer holds no question with choices of which one is right";
        if known.is_empty() { Err(Unusable::new(none)) } else { Ok(known) }
    }
}

impl Form for Quiz {
    type Value = Vec<Query>;

    fn contract(&self) -> Contract {
        let text = json!({ "type": "string" });
        let choices = json!({ "type": "array", "items": text });
        let question =
            object(&json!({ "kind": text, "question": text, "choices": choices, "answer": text }));
        contract("quiz", &json!({ "questions": { "type": "array", "items": question } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Query>, Unusable> {
        let one = |one: &Json<'_>| {
            let choices = one.get("choices")?.as_array()?.iter().filter_map(Json::as_str);
            let text = |name| one.get(name).and_then(Json::as_str);
            query(&kind(one), text("question")?, choices, text("answer")?)
        };
        self.of(list(value, "questions")?.iter().filter_map(one))
    }

    fn of_words(&self, text: &str) -> Result<Vec<Query>, Unusable> {
        let one = |line: &str| {
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            match *columns.as_slice() {
                [kind, question, choices, answer] => {
                    query(&word(kind).unwrap_or_default(), question, choices.split(','), answer)
                }
                _ => None,
            }
        };
        self.of(text.lines().filter_map(one))
    }
}

/// A question whose answer is one of its choices, which are all different.
fn query<'t>(
    kind: &str,
    question: &str,
    choices: impl Iterator<Item = &'t str>,
    answer: &str,
) -> Option<Query> {
    let question = sentence(question)?;
    let choices: Vec<String> = choices.map(word).collect::<Option<_>>()?;
    let mut plain: Vec<String> = choices.iter().map(|choice| spelled(choice).join(" ")).collect();
    plain.sort_unstable();
    plain.dedup();
    let different = plain.len() == choices.len() && CHOICES.contains(&choices.len());
    let right = choice(&choices, answer).filter(|_| different)?;
    Some(Query { kind: kind.to_owned(), question, choices, right })
}

/// One of a question's choices, counted from 0.
#[derive(Clone, Copy, Debug)]
pub struct OneWord<'a> {
    /// The choices.
    pub choices: &'a [String],
}

impl Form for OneWord<'_> {
    type Value = usize;

    fn contract(&self) -> Contract {
        contract("answer", &json!({ "answer": { "type": "string", "enum": self.choices } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<usize, Unusable> {
        let answer = value.get("answer").and_then(Json::as_str);
        let answer = answer.ok_or_else(|| Unusable::new("there is no text `answer` in it"))?;
        self.of_words(answer)
    }

    fn of_words(&self, text: &str) -> Result<usize, Unusable> {
        choice(self.choices, text)
            .ok_or_else(|| Unusable::new("the answer is none of the choices, or several of them"))
    }
}

/// For each question one of its choices, counted from 0; `None` where the answer is none of them.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    /// The questions.
    pub queries: &'a [Query],
}

impl Answers<'_> {
    fn of(self, texts: &[Option<&str>]) -> Result<Vec<Option<usize>>, Unusable> {
        let texts = exactly(self.queries.len(), texts)?;
        let both = self.queries.iter().zip(texts);
        let answers: Vec<Option<usize>> =
            both.map(|(query, text)| choice(&query.choices, (*text)?)).collect();
        Ok(answers)
    }
}

impl Form for Answers<'_> {
    type Value = Vec<Option<usize>>;

    fn contract(&self) -> Contract {
        let texts = json!({ "type": "array", "items": { "type": "string" } });
        contract("answers", &json!({ "answers": texts }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Option<usize>>, Unusable> {
        let texts: Vec<Option<&str>> = list(value, "answers")?.iter().map(Json::as_str).collect();
        self.of(&texts)
    }

    fn of_words(&self, text: &str) -> Result<Vec<Option<usize>>, Unusable> {
        let lines: Vec<Vec<&str>> = numbered(text).collect();
        let texts: Vec<Option<&str>> = lines.iter().map(|line| line.get(1).copied()).collect();
        self.of(&texts)
    }
}

/// The choice that an answer names: word for word, or as the only one of them in a longer answer.
fn choice(choices: &[String], answer: &str) -> Option<usize> {
    let said = spelled(answer);
    let spelled: Vec<Vec<String>> = choices.iter().map(|choice| spelled(choice)).collect();
    if let Some(same) = spelled.iter().position(|choice| *choice == said) {
        return Some(same);
    }
    let within = |choice: &&Vec<String>| {
        !choice.is_empty() && said.windows(choice.len()).any(|words| words == choice.as_slice())
    };
    let mut found = spelled.iter().enumerate().filter(|(_, choice)| within(choice));
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

/// A text's words, so that `Yes.` is `yes`.
fn spelled(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A clean text that is short enough to be a word.
pub(crate) fn word(text: &str) -> Option<String> {
    sentence(text).filter(|word| word.len() <= WORD_BYTES)
}

fn kind(value: &Json<'_>) -> String {
    value.get("kind").and_then(Json::as_str).and_then(word).unwrap_or_default()
}

pub(crate) fn object(properties: &Value) -> Value {
    let names: Vec<&String> =
        properties.as_object().into_iter().flat_map(|map| map.keys()).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

pub(crate) fn list<'v, 'j>(value: &'v Json<'j>, name: &str) -> Result<&'v [Json<'j>], Unusable> {
    let found = value.get(name).and_then(Json::as_array);
    found.ok_or_else(|| Unusable::new(format!("there is no list `{name}` in the answer")))
}

fn exactly<T, L: AsRef<[T]>>(wanted: usize, list: L) -> Result<L, Unusable> {
    let found = list.as_ref().len();
    if found == wanted {
        return Ok(list);
    }
    Err(Unusable::new(format!("{wanted} were asked for, and the answer holds {found}")))
}

/// The columns of lines such as `3 | red`.
fn numbered(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let columns = |line| str::split(line, '|').map(str::trim).collect::<Vec<&str>>();
    let counts = |columns: &Vec<&str>| {
        columns.len() > 1 && columns.first().is_some_and(|first| first.parse::<u32>().is_ok())
    };
    text.lines().map(columns).filter(counts)
}

#[cfg(test)]
mod tests;
