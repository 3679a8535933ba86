//! What is wrong with a picture, as far as the eye can see and the mind can tell.

use pentimento_app::Workshop;
use pentimento_engine::ports::Assess;
use pentimento_mind::propose;
use pentimento_model::{Artifact, Assessment, Brief, Constraints, Finding};
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
    match world.look(&Brief::from_idea(idea), picture).await? {
        Assessment::Missing { .. } => None,
        seen @ Assessment::Given { .. } => {
            let layout = pentimento_world::layout_from_findings(wanted, seen.findings());
            Some(propose(wanted, &layout).findings)
        }
    }
}
