//! What the eye found in a picture, as findings, as sightings, and as a layout.

use pentimento_engine::observation;
use pentimento_model::{Assessment, Attribute, Constraints, Finding, Layout, Opinion, Place};
use pentimento_prompts::sld::Sighting;
use pentimento_world::{
    layout_from_findings, noun,
    seen::{
        ATTRIBUTE_EVIDENCE, CLASS_EVIDENCE, CONFIDENCE_EVIDENCE, NATURAL_EVIDENCE, OBJECT_CODE,
    },
};

/// Objects that were found.
#[derive(Clone, Debug, Default)]
pub(super) struct Glance {
    findings: Vec<Finding>,
}

impl Glance {
    /// What an assessor found; `None` if it could not look.
    pub(super) fn of(assessment: Assessment) -> Option<Self> {
        match assessment {
            Assessment::Given { opinion: Opinion::Critique(critique), .. }
                if critique.abstained.is_none() =>
            {
                Some(Self { findings: critique.findings })
            }
            Assessment::Given { .. } | Assessment::Missing { .. } => None,
        }
    }

    /// The same, told as sightings.
    pub(super) fn of_sightings(seen: &[Sighting]) -> Self {
        Self { findings: seen.iter().map(observation).collect() }
    }

    /// What is seen, whatever was asked for.
    pub(super) fn sightings(&self) -> Vec<Sighting> {
        self.findings.iter().filter_map(sighting).collect()
    }

    /// What is seen, named after what was asked for.
    pub(super) fn layout(&self, wanted: &Constraints) -> Layout {
        layout_from_findings(wanted, &self.findings)
    }

    /// How many of a kind there are.
    pub(super) fn count(&self, class: &str) -> usize {
        self.of_class(class).count()
    }

    /// The one look that all of a kind have, among these; `None` if there is none.
    pub(super) fn common_look(&self, class: &str, looks: &[Attribute]) -> Option<Attribute> {
        looks.iter().copied().find(|look| self.all_look(class, *look))
    }

    /// Whether all of a kind have this color or material, or may naturally be called so.
    pub(super) fn all_look(&self, class: &str, look: Attribute) -> bool {
        let usual = match (noun(class), look) {
            (Some(noun), Attribute::Color(color)) => noun.is_usually(color),
            _ => false,
        };
        let right = |one: &Sighting| one.attribute == Some(look) || (one.usual && usual);
        self.of_class(class).all(|one| right(&one))
    }

    fn of_class(&self, class: &str) -> impl Iterator<Item = Sighting> {
        self.findings.iter().filter_map(sighting).filter(move |one| one.noun == class)
    }
}

fn sighting(finding: &Finding) -> Option<Sighting> {
    if finding.code != OBJECT_CODE {
        return None;
    }
    let Some(Place::Region(region)) = finding.place else { return None };
    #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits")]
    let sure = finding.evidence_value(CONFIDENCE_EVIDENCE).unwrap_or(1.0) as f32;
    Some(Sighting {
        noun: finding.evidence_text(CLASS_EVIDENCE)?.to_owned(),
        attribute: finding.evidence_text(ATTRIBUTE_EVIDENCE).and_then(Attribute::from_word),
        usual: finding.evidence_text(NATURAL_EVIDENCE) == Some("yes"),
        sure,
        region,
    })
}
