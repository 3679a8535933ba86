//! What is wrong with a picture, as far as the eye can see and the mind can tell.

use pentimento_app::Workshop;
use pentimento_engine::ports::Assess;
use pentimento_mind::propose;
use pentimento_model::{
    Artifact, Assessment, Attribute, Brief, Constraints, Finding, Layout, Opinion, Place,
};
use pentimento_prompts::sld::Sighting;
use pentimento_world::seen::{
    ATTRIBUTE_EVIDENCE, CLASS_EVIDENCE, CONFIDENCE_EVIDENCE, NATURAL_EVIDENCE, OBJECT_CODE,
};
use std::sync::Arc;

use crate::world::World;

/// The bundled plugin that finds objects.
const EYE: &str = "critic-detector";

/// The eye among those the settings let in.
pub(crate) fn of(workshop: &Workshop) -> Option<Arc<dyn Assess>> {
    workshop.assessors().iter().find(|one| one.plugin().name == EYE).cloned()
}

/// What the picture lacks of the idea, in the mind's order; `None` if it cannot be looked at.
pub(crate) async fn findings(
    world: &World,
    idea: &str,
    wanted: &Constraints,
    picture: &Artifact,
) -> Option<Vec<Finding>> {
    let seen = layout(world, idea, wanted, picture).await?;
    Some(propose(wanted, &seen).findings)
}

/// What is in the picture, named after the idea; `None` if it cannot be looked at.
pub(crate) async fn layout(
    world: &World,
    idea: &str,
    wanted: &Constraints,
    picture: &Artifact,
) -> Option<Layout> {
    match world.look(&Brief::from_idea(idea), picture).await? {
        Assessment::Missing { .. } => None,
        seen @ Assessment::Given { .. } => {
            Some(pentimento_world::layout_from_findings(wanted, seen.findings()))
        }
    }
}

/// What the eye sees, whatever the idea; `None` if the picture cannot be looked at.
pub(crate) async fn sightings(world: &World, picture: &Artifact) -> Option<Vec<Sighting>> {
    match world.look(&Brief::from_idea(""), picture).await? {
        Assessment::Given { opinion: Opinion::Critique(critique), .. }
            if critique.abstained.is_none() =>
        {
            Some(critique.findings.iter().filter_map(sighting).collect())
        }
        Assessment::Given { .. } | Assessment::Missing { .. } => None,
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
