//! Where a picture is wrong: what the rules would change, as marks and as a map.

use pentimento_engine::diff::{PRESERVE_IOU, diff};
use pentimento_model::{Constraints, EditOp, Layout, Region};
use pentimento_prompts::{Flaw, Marked};

use super::BEST_SCORE;
use crate::propose;

/// The digits of what is right, and of what is wrong.
const RIGHT: char = '9';
const WRONG: char = '1';

/// What the rules would change; one point less for each.
pub(super) fn marked(wanted: &Constraints, seen: &Layout) -> Marked {
    let ops = changes(wanted, seen);
    let flaw = |region: Region, instead: String| Flaw { region, problem: String::new(), instead };
    let flaws = ops.iter().flat_map(|op| match op {
        EditOp::Delete { region, .. } => vec![flaw(*region, String::new())],
        EditOp::Add { item, region } => vec![flaw(*region, format!("a {}", item.kind()))],
        EditOp::Move { item, from, to } => {
            vec![flaw(*from, String::new()), flaw(*to, format!("a {}", item.kind()))]
        }
        EditOp::Restyle { item, region, attribute } => {
            vec![flaw(*region, format!("a {attribute} {}", item.noun))]
        }
        EditOp::Inpaint { region, prompt } => vec![flaw(*region, prompt.clone())],
    });
    let score = u8::try_from(BEST_SCORE.saturating_sub(ops.len())).unwrap_or_default();
    Marked { scores: [None, None, None, Some(score)], flaws: flaws.collect(), words: Vec::new() }
}

/// Rows of as many digits: low where the rules would change something.
pub(super) fn map(wanted: &Constraints, seen: &Layout, cells: usize) -> Vec<String> {
    let regions: Vec<Region> = changes(wanted, seen)
        .iter()
        .flat_map(|op| match op {
            EditOp::Delete { region, .. }
            | EditOp::Add { region, .. }
            | EditOp::Restyle { region, .. }
            | EditOp::Inpaint { region, .. } => vec![*region],
            EditOp::Move { from, to, .. } => vec![*from, *to],
        })
        .collect();
    let cells = u16::try_from(cells).unwrap_or(u16::MAX);
    let side = 1.0 / f32::from(cells.max(1));
    let digit = |row: u16, column: u16| {
        let cell = Region::new(f32::from(column) * side, f32::from(row) * side, side, side);
        let touched = |cell: Region| regions.iter().any(|region| region.overlap(&cell) > 0.0);
        if cell.is_some_and(touched) { WRONG } else { RIGHT }
    };
    (0..cells).map(|row| (0..cells).map(|column| digit(row, column)).collect()).collect()
}

fn changes(wanted: &Constraints, seen: &Layout) -> Vec<EditOp> {
    diff(seen, &propose(wanted, seen).layout, PRESERVE_IOU)
}
