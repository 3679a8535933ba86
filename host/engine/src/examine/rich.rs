//! Rich human feedback (arXiv:2312.10240), by a seer: scores, regions and words.
//!
//! Each region that is marked is a finding with its place; what the place should show is its
//! suggestion. Each word of the idea that is not shown is a finding too. Nothing marked is the score 1;
//! else it is the overall score, at most 0.9.
//!
//! What differs from the paper: its model is trained on people's marks and gives heat maps, from which
//! regions are cut by a threshold; a seer gives boxes, and says what should be there instead.

use pentimento_model::{Artifact, Critique, Evidence, Finding, Place, Score, Severity, Suggestion};
use pentimento_prompts::{Flaw, Marked, Parts, Rich, SCORES};
use pentimento_recipe::Role;

use crate::{
    RunError,
    ask::{Question, unwritten},
    run::Run,
};

/// The best score of a picture in which something is marked, in tenths.
const MOST: u8 = 9;
/// The score of one of which only marks are known: half.
const UNKNOWN: u8 = 5;
/// The action of a suggestion that says what a place should show.
pub(crate) const INPAINT: &str = "inpaint";
/// The kind of evidence that is a word of the idea.
pub(crate) const WORD: &str = "word";

/// One question about the whole picture.
pub(super) async fn ask(
    run: &mut Run<'_>,
    picture: &Artifact,
) -> Result<Option<Critique>, RunError> {
    let idea = &run.request.brief.idea;
    let pictures = std::slice::from_ref(picture);
    let asked = question(&Parts::Rich { idea }, pictures, "nothing is marked")?;
    Ok(run.put(asked, &Rich).await?.map(critique))
}

/// A question to the seer about the parts of a picture.
pub(super) fn question<'q>(
    asked: &Parts<'_>,
    pictures: &'q [Artifact],
    instead: &'static str,
) -> Result<Question<'q>, RunError> {
    let text = asked.render().map_err(unwritten)?;
    let (role, step) = (Role::Seer, asked.step());
    Ok(Question { role, step, text, pictures, likelihood: false, instead })
}

fn critique(marked: Marked) -> Critique {
    let Marked { scores, flaws, words } = marked;
    let overall = scores.last().copied().flatten().unwrap_or(UNKNOWN);
    let score = if flaws.is_empty() && words.is_empty() {
        Score::ONE
    } else {
        Score::share(overall.min(MOST).into(), 10)
    };
    let told = SCORES.into_iter().zip(scores);
    let told: Vec<String> =
        told.filter_map(|(name, score)| Some(format!("{name} {}", score?))).collect();
    let scores = finding("rich.scores", Severity::Note, format!("of 10: {}", told.join(", ")));
    let word = |word: String| Finding {
        evidence: vec![Evidence { kind: WORD.to_owned(), text: word.clone(), value: None }],
        ..finding("rich.word", Severity::Major, format!("`{word}` is not shown"))
    };
    let all = std::iter::once(scores).chain(flaws.into_iter().map(flaw));
    let findings = all.chain(words.into_iter().map(word)).collect();
    Critique { score: Some(score), confidence: Score::ONE, abstained: None, findings }
}

fn flaw(flaw: Flaw) -> Finding {
    let Flaw { region, problem, instead } = flaw;
    let place = Some(Place::Region(region));
    let message = match (problem.is_empty(), instead.is_empty()) {
        (false, _) => problem,
        (true, false) => format!("there should be: {instead}"),
        (true, true) => "something is wrong here".to_owned(),
    };
    let suggestion = Some(Suggestion { action: INPAINT.to_owned(), text: instead, place });
    Finding { place, suggestion, ..finding("rich.region", Severity::Major, message) }
}

pub(super) fn finding(code: &str, severity: Severity, message: String) -> Finding {
    let (evidence, suggestion) = (Vec::new(), None);
    Finding { code: code.to_owned(), severity, message, place: None, evidence, suggestion }
}
