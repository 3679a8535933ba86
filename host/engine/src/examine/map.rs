//! A map of how right each part of a picture is: one digit for each cell, by a seer.
//!
//! Cells below the digit from which one is trusted are findings, one for each region of neighbors. No
//! such cell is the score 1; else the score is the mean of all cells, always less than 1.

use pentimento_model::{Artifact, Critique, Evidence, Finding, Place, Score, Severity};
use pentimento_prompts::{Map, Parts};

use super::{count, rich};
use crate::{RunError, cells::Cells, run::Run};

/// The surest digit.
const SUREST: usize = 9;
/// Of a hundred, the best score of a picture with a cell that is not trusted.
const MOST: usize = 99;
/// The kind of evidence that is a whole map, row by row.
pub(crate) const MAP: &str = "map";

/// One question about the whole picture.
pub(super) async fn ask(
    run: &mut Run<'_>,
    cells: u32,
    trust: u32,
    picture: &Artifact,
) -> Result<Option<Critique>, RunError> {
    let idea = &run.request.brief.idea;
    let (cells, pictures) = (count(cells), std::slice::from_ref(picture));
    let asked = Parts::Map { idea, cells };
    let asked = rich::question(&asked, pictures, "no part of the picture is judged")?;
    Ok(run.put(asked, &Map { cells }).await?.map(|rows| critique(&rows, trust)))
}

fn critique(rows: &[Vec<u8>], trust: u32) -> Critique {
    let all: Vec<usize> = rows.iter().flatten().map(|digit| usize::from(*digit)).collect();
    let low = Cells::below(rows, trust);
    let score = if low.is_empty() {
        Score::ONE
    } else {
        Score::share(all.iter().sum::<usize>() * MOST, all.len().max(1) * SUREST * 100)
    };
    let lines: Vec<String> =
        rows.iter().map(|row| row.iter().map(u8::to_string).collect()).collect();
    let map = Finding {
        evidence: vec![Evidence { kind: MAP.to_owned(), text: lines.join(" "), value: None }],
        ..rich::finding(
            "map.cells",
            Severity::Note,
            format!("how right each part is: {}", lines.join(" ")),
        )
    };
    let region = |region| Finding {
        place: Some(Place::Region(region)),
        ..rich::finding("map.low", Severity::Major, "this part is not right".to_owned())
    };
    let findings = std::iter::once(map).chain(low.regions().into_iter().map(region)).collect();
    Critique { score: Some(score), confidence: Score::ONE, abstained: None, findings }
}
