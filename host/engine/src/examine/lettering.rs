//! The words that a picture is to show, letter by letter.
//!
//! What stands between quotation marks in the idea (`a sign that says "OPEN"`) is to be written in the
//! picture. Somebody who reads pictures (role `reader`) tells what is; each wanted text is compared with the
//! lines that come nearest to it, by the share of letters that need not be changed (normalised edit distance
//! by Levenshtein, the `NED` of `AnyText`, arXiv:2311.03054, section 5.1). The score is the mean over all
//! wanted texts.
//!
//! What differs from the paper: blanks and the case of letters do not count, since readers lose the first and
//! signs are free in the second; a text may run over several lines.

use pentimento_model::{
    Artifact, Critique, Evidence, Exchange, Finding, Finish, Place, RunEvent, Score, Severity,
    StepKey,
};
use pentimento_prompts::{Writing, Written, read, written_in_json};
use pentimento_recipe::Role;

use super::{abstained, rich::finding};
use crate::{RunError, run::Run, share::Step};

/// Quotation marks, opening and closing. A straight apostrophe is none: it stands in words.
const MARKS: [(char, char); 5] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];
/// Texts that are looked for; those that follow are not.
const TEXTS: usize = 16;
/// Lines over which a text may run.
const LINES: usize = 8;
/// From this share on, lines are said to be a wanted text with mistakes; ours.
const LIKE: f64 = 0.5;
/// Evidence: what was to be written, and what is.
const REQUIRED: &str = "required";
const ACTUAL: &str = "actual";

/// What is written in the picture, against what was to be.
pub(super) async fn ask(
    run: &mut Run<'_>,
    picture: &Artifact,
) -> Result<Option<Critique>, RunError> {
    let wanted = wanted(&run.request.brief.idea);
    if wanted.is_empty() {
        return Ok(Some(abstained("the idea quotes no words that the picture is to show")));
    }
    let lines = run.read_picture(picture).await?;
    Ok(Some(critique(&wanted, &lines)))
}

impl Run<'_> {
    /// What somebody reads in a picture: read back, or asked for.
    async fn read_picture(&mut self, picture: &Artifact) -> Result<Vec<Written>, RunError> {
        let role = Role::Reader.as_str();
        let recipe = &self.request.recipe.name;
        let missing = || RunError::MissingRole { recipe: recipe.clone(), role };
        let reader = self.ports.models.reader.clone().ok_or_else(missing)?;
        let identity = reader.identity();
        let key = StepKey::of([
            b"read".as_slice(),
            identity.as_bytes(),
            picture.id.as_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        self.asked += 1;
        let stop = self.trace.stop();
        let work = async {
            let lines = stop.unless_raised(reader.read(picture)).await;
            let lines = lines.ok_or(RunError::Interrupted)?;
            let lines = lines.map_err(|source| RunError::Port { role, source })?;
            Ok(Exchange {
                role: role.into(),
                step: "read-picture".into(),
                asked: format!("what is written in [{}]?", picture.id.to_hex()).into(),
                answer: written_in_json(&lines).to_string(),
                finish: Finish::Stop,
                model: identity.clone(),
                tokens: Vec::new(),
            })
        };
        let event = |exchange, took| RunEvent::Answered {
            key,
            exchange,
            spending: pentimento_model::Spending::NONE,
            took,
        };
        match self.trace.perform(Step::lasting(key, reader.lasting()), work, event).await? {
            RunEvent::Answered { exchange, .. } => {
                self.trace.lend();
                // What was journaled is what this wrote: another form is another run's.
                read(&Writing, &exchange.answer).map_err(|_| self.trace.diverged())
            }
            _ => Err(self.trace.diverged()),
        }
    }
}

/// The texts between quotation marks, in order.
fn wanted(idea: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = idea;
    while let Some((at, open)) = rest.char_indices().find(|(_, one)| closing(*one).is_some()) {
        let (Some(close), Some(after)) = (closing(open), rest.get(at + open.len_utf8()..)) else {
            break;
        };
        rest = after;
        let Some((text, after)) = after.split_once(close) else { continue };
        rest = after;
        if !letters(text).is_empty() && texts.len() < TEXTS {
            texts.push(text.trim().to_owned());
        }
    }
    texts
}

fn closing(open: char) -> Option<char> {
    MARKS.into_iter().find(|(one, _)| *one == open).map(|(_, close)| close)
}

/// What counts of a text: no blanks, no case, and wide forms of letters as the usual ones.
fn letters(text: &str) -> String {
    let narrow = |one: char| match u32::from(one) {
        // Halfwidth and Fullwidth Forms are the printable ASCII characters in their order.
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(one),
        _ => one,
    };
    let counted = text.chars().map(narrow).filter(|one| !one.is_whitespace());
    counted.flat_map(char::to_lowercase).collect()
}

/// The lines that come nearest to a text, as a range, and how near.
fn nearest(text: &str, lines: &[Written]) -> Option<(std::ops::Range<usize>, f64)> {
    let text = letters(text);
    let mut best: Option<(std::ops::Range<usize>, f64)> = None;
    for from in 0..lines.len() {
        let mut joined = String::new();
        for (more, line) in lines.iter().skip(from).take(LINES).enumerate() {
            joined.push_str(&letters(&line.text));
            let near = strsim::normalized_levenshtein(&text, &joined);
            if best.as_ref().is_none_or(|(_, known)| near > *known) {
                best = Some((from..from + more + 1, near));
            }
        }
    }
    best
}

fn critique(wanted: &[String], lines: &[Written]) -> Critique {
    let mut findings: Vec<Finding> = lines.iter().map(seen).collect();
    let mut sum = 0.0;
    for text in wanted {
        let found = nearest(text, lines);
        let near = found.as_ref().map_or(0.0, |(_, near)| *near);
        sum += near;
        let found = found.and_then(|(range, _)| lines.get(range)).unwrap_or_default();
        findings.push(judged(text, found, near));
    }
    #[expect(clippy::cast_precision_loss, reason = "few texts are wanted")]
    let mean = sum / wanted.len().max(1) as f64;
    #[expect(clippy::cast_possible_truncation, reason = "a score needs no more digits")]
    let score = Some(Score::clamped(mean as f32));
    Critique { score, confidence: Score::ONE, abstained: None, findings }
}

/// A line as it was read.
fn seen(line: &Written) -> Finding {
    let sure = Score::clamped(line.sure);
    let text = sure.to_string();
    let value = Some(f64::from(sure.value()));
    Finding {
        place: Some(Place::Region(line.region)),
        evidence: vec![
            evidence(ACTUAL, &line.text),
            Evidence { kind: "confidence".to_owned(), text, value },
        ],
        ..finding("lettering.read", Severity::Note, format!("reads `{}`", line.text))
    }
}

/// What became of a wanted text.
fn judged(text: &str, found: &[Written], near: f64) -> Finding {
    let actual = found.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let place = found.first().map(|line| Place::Region(line.region));
    let both = || vec![evidence(REQUIRED, text), evidence(ACTUAL, &actual)];
    if near >= 1.0 {
        let right = finding("lettering.right", Severity::Note, format!("`{text}` is written"));
        Finding { place, evidence: both(), ..right }
    } else if near >= LIKE {
        let wrong = format!("`{text}` is written as `{actual}`");
        Finding { place, evidence: both(), ..finding("lettering.wrong", Severity::Major, wrong) }
    } else {
        let missing = format!("`{text}` is not written, nor anything like it");
        let evidence = vec![evidence(REQUIRED, text)];
        Finding { evidence, ..finding("lettering.missing", Severity::Major, missing) }
    }
}

fn evidence(kind: &str, text: &str) -> Evidence {
    Evidence { kind: kind.to_owned(), text: text.to_owned(), value: None }
}

#[cfg(test)]
mod tests {
    use pentimento_model::Region;

    use super::*;

    fn line(text: &str, top: f32) -> Written {
        let region = Region::new(0.1, top, 0.5, 0.1).unwrap();
        Written { text: text.to_owned(), sure: 0.9, region }
    }

    #[test]
    fn what_is_quoted_is_wanted() {
        for (idea, texts) in [
            (r#"a sign that says "OPEN""#, &["OPEN"][..]),
            ("a “red” door and „zwei“ « trois »", &["red", "zwei", "trois"]),
            ("‘single’ ones, and it's the dog's", &["single"]),
            (r#"an "unclosed one"#, &[]),
            (r#"nothing "" or "  " at all"#, &[]),
            ("a cat", &[]),
        ] {
            assert_eq!(wanted(idea), texts, "{idea}");
        }
        assert_eq!(wanted(&r#""a" "#.repeat(99)).len(), TEXTS);
    }

    #[test]
    fn blanks_and_case_do_not_count_and_letters_do() {
        for (text, lines, near) in [
            ("Grand Opening", &["GRANDOPENING"][..], 1.0),
            ("Grand Opening", &["GRAND", "OPENING", "today"], 1.0),
            ("SALE!", &["ＳＡＬＥ！"], 1.0),
            ("OPEN", &["OPEM"], 0.75),
            ("OPEN", &["CLOSED", "OPE"], 0.75),
            ("OPEN", &[], 0.0),
        ] {
            let lines: Vec<Written> = lines.iter().map(|text| line(text, 0.2)).collect();
            let found = nearest(text, &lines).map_or(0.0, |(_, near)| near);
            assert!((found - near).abs() < 1e-9, "{text}: {found}");
        }
    }

    #[test]
    fn the_score_is_the_mean_and_each_text_has_a_finding_with_its_place() {
        let wanted = ["Open".to_owned(), "50 % off".to_owned(), "bakery".to_owned()];
        let told = critique(&wanted, &[line("OPEN", 0.1), line("5O%OFF", 0.6)]);
        let codes: Vec<_> = told.findings.iter().map(|one| one.code.as_str()).collect();
        let read = "lettering.read";
        let judged = ["lettering.right", "lettering.wrong", "lettering.missing"];
        assert_eq!(codes, [&[read, read][..], &judged].concat());
        let wrong = &told.findings[3];
        assert_eq!(wrong.message, "`50 % off` is written as `5O%OFF`");
        assert!(matches!(wrong.place, Some(Place::Region(at)) if at.y() > 0.5));
        assert!(told.findings[4].place.is_none());
        let score = told.score.unwrap().value();
        assert!(score > 0.6 && score < 0.7, "{score}");
        let none = critique(&wanted, &[]);
        assert_eq!(none.score, Some(Score::clamped(0.0)));
    }

    #[test]
    fn a_page_full_of_lines_is_compared_in_good_time() {
        let lines: Vec<Written> = (0..200).map(|_| line(&"x".repeat(64), 0.5)).collect();
        assert!(nearest(&"y".repeat(1000), &lines).is_some());
    }
}
