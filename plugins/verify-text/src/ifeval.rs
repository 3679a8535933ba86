//! The 25 instructions of `IFEval` (Zhou et al. 2023, arXiv 2311.07911) and their published kwargs.
//!
//! Whether a text follows one is `ifeval::judge`'s business.

mod judge;
mod markdown;
mod tokens;

use crate::{
    bounds::Bounds,
    constraint::Constraint,
    language::Language,
    phrase::Phrase,
    reader::{Fields, Malformed, Reader},
};

/// Every name a kwarg can have. Tables of `IFEval` list all of them and put null where one is unused.
const KWARGS: [&str; 24] = [
    "capital_frequency",
    "capital_relation",
    "end_phrase",
    "first_word",
    "forbidden_words",
    "frequency",
    "keyword",
    "keywords",
    "language",
    "let_frequency",
    "let_relation",
    "letter",
    "nth_paragraph",
    "num_bullets",
    "num_highlights",
    "num_paragraphs",
    "num_placeholders",
    "num_sections",
    "num_sentences",
    "num_words",
    "postscript_marker",
    "prompt_to_repeat",
    "relation",
    "section_spliter",
];

/// Instructions in one row; the published ones have up to three.
const MOST: usize = 64;

/// An instruction of `IFEval` with its arguments.
#[derive(Clone, Debug)]
pub struct Instruction {
    id: &'static str,
    rule: Rule,
}

/// What an instruction asks for.
#[derive(Clone, Debug)]
enum Rule {
    Keywords(Vec<Phrase>),
    KeywordFrequency(Phrase, Bounds),
    ForbiddenWords(Vec<Phrase>),
    LetterFrequency(char, Bounds),
    ResponseLanguage(Language),
    Sentences(Bounds),
    Paragraphs(u64),
    Words(Bounds),
    NthParagraphFirstWord { paragraphs: u64, nth: u64, word: String },
    Placeholders(u64),
    Postscript(String),
    BulletLists(u64),
    ConstrainedResponse,
    HighlightedSections(u64),
    MultipleSections { splitter: String, sections: u64 },
    JsonFormat,
    Title,
    TwoResponses,
    RepeatPrompt(String),
    EndChecker(String),
    Quotation,
    CapitalWordFrequency(Bounds),
    EnglishCapital,
    EnglishLowercase,
    NoComma,
}

/// How an instruction's kwargs are read.
type ReadRule = fn(&mut Fields) -> Result<Rule, Malformed>;

/// The instructions by id.
const INSTRUCTIONS: [(&str, ReadRule); 25] = [
    ("keywords:existence", |kwargs| Ok(Rule::Keywords(phrases(kwargs, "keywords", false)?))),
    ("keywords:frequency", |kwargs| {
        let keyword = Phrase::new(text(kwargs, "keyword")?.trim(), true, false);
        Ok(Rule::KeywordFrequency(keyword, relation(kwargs, "relation", "frequency")?))
    }),
    ("keywords:forbidden_words", |kwargs| {
        Ok(Rule::ForbiddenWords(phrases(kwargs, "forbidden_words", true)?))
    }),
    ("keywords:letter_frequency", |kwargs| {
        let letter = letter(&kwargs.required("letter")?)?;
        Ok(Rule::LetterFrequency(letter, relation(kwargs, "let_relation", "let_frequency")?))
    }),
    ("language:response_language", |kwargs| {
        let code = kwargs.required("language")?;
        let language = Language::from_code(code.text()?);
        Ok(Rule::ResponseLanguage(language.map_err(|cause| code.malformed(cause))?))
    }),
    ("length_constraints:number_sentences", |kwargs| {
        Ok(Rule::Sentences(relation(kwargs, "relation", "num_sentences")?))
    }),
    ("length_constraints:number_paragraphs", |kwargs| {
        Ok(Rule::Paragraphs(count(kwargs, "num_paragraphs")?))
    }),
    ("length_constraints:number_words", |kwargs| {
        Ok(Rule::Words(relation(kwargs, "relation", "num_words")?))
    }),
    ("length_constraints:nth_paragraph_first_word", nth_paragraph),
    ("detectable_content:number_placeholders", |kwargs| {
        Ok(Rule::Placeholders(count(kwargs, "num_placeholders")?))
    }),
    ("detectable_content:postscript", |kwargs| {
        Ok(Rule::Postscript(text(kwargs, "postscript_marker")?.trim().to_owned()))
    }),
    ("detectable_format:number_bullet_lists", |kwargs| {
        Ok(Rule::BulletLists(count(kwargs, "num_bullets")?))
    }),
    ("detectable_format:constrained_response", |_| Ok(Rule::ConstrainedResponse)),
    ("detectable_format:number_highlighted_sections", |kwargs| {
        Ok(Rule::HighlightedSections(count(kwargs, "num_highlights")?))
    }),
    ("detectable_format:multiple_sections", |kwargs| {
        let splitter = text(kwargs, "section_spliter")?.trim().to_owned();
        Ok(Rule::MultipleSections { splitter, sections: count(kwargs, "num_sections")? })
    }),
    ("detectable_format:json_format", |_| Ok(Rule::JsonFormat)),
    ("detectable_format:title", |_| Ok(Rule::Title)),
    ("combination:two_responses", |_| Ok(Rule::TwoResponses)),
    ("combination:repeat_prompt", |kwargs| {
        Ok(Rule::RepeatPrompt(text(kwargs, "prompt_to_repeat")?))
    }),
    ("startend:end_checker", |kwargs| Ok(Rule::EndChecker(text(kwargs, "end_phrase")?))),
    ("startend:quotation", |_| Ok(Rule::Quotation)),
    ("change_case:capital_word_frequency", |kwargs| {
        let bounds = relation(kwargs, "capital_relation", "capital_frequency")?;
        Ok(Rule::CapitalWordFrequency(bounds))
    }),
    ("change_case:english_capital", |_| Ok(Rule::EnglishCapital)),
    ("change_case:english_lowercase", |_| Ok(Rule::EnglishLowercase)),
    ("punctuation:no_comma", |_| Ok(Rule::NoComma)),
];

impl Instruction {
    /// Its id, such as `punctuation:no_comma`.
    pub fn id(&self) -> &'static str {
        self.id
    }

    fn read(id: &Reader, kwargs: Option<&Reader>) -> Result<Constraint, Malformed> {
        let name = id.text()?;
        let known = INSTRUCTIONS.iter().find(|(known, _)| *known == name);
        let (name, read) =
            known.ok_or_else(|| id.malformed(format!("`{name}` is no instruction of IFEval")))?;
        let empty = serde_json::json!({});
        let absent = Reader::new(format!("{}.kwargs", id.path()), &empty);
        let mut fields = kwargs.unwrap_or(&absent).fields()?;
        let rule = read(&mut fields)?;
        fields.pass_over_null(&KWARGS);
        fields.close()?;
        Ok(Constraint::Ifeval(Self { id: name, rule }))
    }
}

/// Reads `{"instruction": "punctuation:no_comma", "kwargs": {}}`.
pub fn read_single(reader: &Reader) -> Result<Constraint, Malformed> {
    let mut fields = reader.fields()?;
    let id = fields.required("instruction")?;
    let kwargs = fields.optional("kwargs");
    fields.close()?;
    Instruction::read(&id, kwargs.as_ref())
}

/// Reads a row of `IFEval`: `instruction_id_list` and `kwargs`, one for each; `key` and `prompt` may
/// be there.
pub fn read_row(reader: &Reader) -> Result<Vec<Constraint>, Malformed> {
    let mut fields = reader.fields()?;
    fields.pass_over(&["key", "prompt"]);
    let ids = fields.required("instruction_id_list")?.items()?;
    let list = fields.required("kwargs")?;
    fields.close()?;
    let kwargs = list.items()?;
    if ids.len() != kwargs.len() {
        let (ids, kwargs) = (ids.len(), kwargs.len());
        return Err(list.malformed(format!("{kwargs} entries for {ids} instructions")));
    }
    if ids.len() > MOST {
        return Err(list.malformed(format!("there are more than {MOST} instructions")));
    }
    ids.iter().zip(&kwargs).map(|(id, kwargs)| Instruction::read(id, Some(kwargs))).collect()
}

fn text(kwargs: &mut Fields, key: &'static str) -> Result<String, Malformed> {
    kwargs.required(key)?.text().map(str::to_owned)
}

fn count(kwargs: &mut Fields, key: &'static str) -> Result<u64, Malformed> {
    kwargs.required(key)?.count()
}

fn phrases(
    kwargs: &mut Fields,
    key: &'static str,
    whole_words: bool,
) -> Result<Vec<Phrase>, Malformed> {
    let words = kwargs.required(key)?.texts()?;
    Ok(words.into_iter().map(|word| Phrase::new(word, true, whole_words)).collect())
}

/// `less than` or `at least` a number.
fn relation(
    kwargs: &mut Fields,
    relation: &'static str,
    number: &'static str,
) -> Result<Bounds, Malformed> {
    let less = kwargs.required(relation)?.choice(&[("less than", true), ("at least", false)])?;
    let number = kwargs.required(number)?;
    let count = number.count()?;
    if !less {
        return Ok(Bounds::at_least(count));
    }
    let most = count.checked_sub(1);
    most.and_then(|most| Bounds::new(None, Some(most)))
        .ok_or_else(|| number.malformed("nothing is less than 0 times there"))
}

fn letter(reader: &Reader) -> Result<char, Malformed> {
    let mut characters = reader.text()?.trim().chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err(reader.malformed("one character is needed")),
    }
}

fn nth_paragraph(kwargs: &mut Fields) -> Result<Rule, Malformed> {
    let paragraphs = count(kwargs, "num_paragraphs")?;
    let at = kwargs.required("nth_paragraph")?;
    let nth = at.count()?;
    if !(1..=paragraphs).contains(&nth) {
        return Err(at.malformed(format!("there is no paragraph {nth} of {paragraphs}")));
    }
    let word = crate::phrase::lower(text(kwargs, "first_word")?.trim());
    Ok(Rule::NthParagraphFirstWord { paragraphs, nth, word })
}
