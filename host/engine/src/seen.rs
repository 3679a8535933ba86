//! The eye's findings as named boxes.

use pentimento_model::{
    Attribute, Constraints, Finding, ItemName, Layout, LayoutItem, Place, Score,
};

pub(crate) fn layout_from_findings(constraints: &Constraints, findings: &[Finding]) -> Layout {
    let mut layout = Layout::default();
    for finding in findings {
        let (Some(noun), Some(Place::Region(region))) =
            (finding.evidence_text("class"), finding.place)
        else {
            continue;
        };
        let seen = finding.evidence_text("attribute").and_then(Attribute::from_word);
        let asked = |attribute: &Attribute| {
            constraints
                .objects
                .iter()
                .any(|wanted| wanted.noun == noun && wanted.attribute == Some(*attribute))
        };
        let attribute = seen.filter(asked);
        let same = |item: &&LayoutItem| item.name.noun == noun && item.name.attribute == attribute;
        let number = u32::try_from(layout.items.iter().filter(same).count())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let name = ItemName { attribute, noun: noun.to_owned(), number };
        layout.items.push(LayoutItem { name, region, confidence: Score::ONE });
    }
    layout
}
