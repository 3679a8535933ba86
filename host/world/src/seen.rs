//! Turns the eye's findings into a layout with names in SLD's manner.
//!
//! An item carries an attribute in its name only if that attribute was asked for its noun and was
//! recognized, and no more items carry it than were asked for: further ones are listed under the
//! bare noun, as SLD does, so that they can be recolored or deleted (section 3.2 of
//! arXiv:2311.16090). Everything that was seen is listed. How the eye words its findings is said in
//! `wit/CODES.md`.

use std::collections::BTreeMap;

use pentimento_model::{
    Attribute, Constraints, Finding, ItemName, Layout, LayoutItem, Place, Score,
};

use crate::{judge::judge, vocabulary};

/// The code of a finding that says: here is an object.
pub const OBJECT_CODE: &str = "object";
/// Evidence: the object's class.
pub const CLASS_EVIDENCE: &str = "class";
/// Evidence: its color or material, if one was recognized.
pub const ATTRIBUTE_EVIDENCE: &str = "attribute";
/// Evidence: `yes` if it looks as it naturally does.
pub const NATURAL_EVIDENCE: &str = "natural";
/// Evidence: how sure the eye is, 0 to 1.
pub const CONFIDENCE_EVIDENCE: &str = "confidence";

/// The layout that the eye's findings describe, in their order. Findings that are no objects are
/// passed over.
pub fn layout_from_findings(constraints: &Constraints, findings: &[Finding]) -> Layout {
    let items = findings.iter().filter_map(|finding| item(constraints, finding)).collect();
    let mut layout = Layout { items };
    let named = judge(constraints, &layout);
    for (index, item) in layout.items.iter_mut().enumerate() {
        let object = named.matches.iter().find(|found| found.item == index && found.looks_right);
        let wanted = object.and_then(|found| constraints.objects.get(found.object));
        item.name.attribute = wanted.and_then(|wanted| wanted.attribute);
    }
    number(&mut layout);
    layout
}

/// The same with every item under the look that was read, whatever was asked for: for those who are
/// told of the things of a picture, and not of an idea.
pub fn layout_as_seen(findings: &[Finding]) -> Layout {
    let look = |finding: &Finding| {
        let own = item(&Constraints::default(), finding)?;
        let read = finding.evidence_text(ATTRIBUTE_EVIDENCE).and_then(Attribute::from_word);
        Some(LayoutItem { name: ItemName { attribute: read, ..own.name }, ..own })
    };
    let mut layout = Layout { items: findings.iter().filter_map(look).collect() };
    number(&mut layout);
    layout
}

/// One seen object under the attribute it was recognized by, if that was asked for its noun.
fn item(constraints: &Constraints, finding: &Finding) -> Option<LayoutItem> {
    if finding.code != OBJECT_CODE {
        return None;
    }
    let Some(Place::Region(region)) = finding.place else { return None };
    let noun = finding.evidence_text(CLASS_EVIDENCE)?.to_owned();
    let attribute = recognized(constraints, &noun, finding);
    #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits")]
    let confidence = finding.evidence_value(CONFIDENCE_EVIDENCE).unwrap_or(1.0) as f32;
    let name = ItemName { attribute, noun, number: 1 };
    Some(LayoutItem { name, region, confidence: Score::clamped(confidence) })
}

/// The wanted attribute that a seen object has: the one that was read, else one that its natural
/// look may rightly be called.
fn recognized(constraints: &Constraints, noun: &str, finding: &Finding) -> Option<Attribute> {
    let of_noun = constraints.objects.iter().filter(|object| object.noun == noun);
    let wanted: Vec<Attribute> = of_noun.filter_map(|object| object.attribute).collect();
    let read = finding.evidence_text(ATTRIBUTE_EVIDENCE).and_then(Attribute::from_word);
    if let Some(read) = read.filter(|read| wanted.contains(read)) {
        return Some(read);
    }
    let natural = finding.evidence_text(NATURAL_EVIDENCE) == Some("yes");
    let noun = vocabulary::noun(noun).filter(|_| natural)?;
    wanted.into_iter().find(|attribute| match attribute {
        Attribute::Color(color) => noun.is_usually(*color),
        Attribute::Material(_) => false,
    })
}

/// Counts the items of each name from 1.
fn number(layout: &mut Layout) {
    let mut counts: BTreeMap<(Option<Attribute>, String), u32> = BTreeMap::new();
    for item in &mut layout.items {
        let count = counts.entry((item.name.attribute, item.name.noun.clone())).or_insert(0);
        *count += 1;
        item.name.number = *count;
    }
}

#[cfg(test)]
mod tests;
