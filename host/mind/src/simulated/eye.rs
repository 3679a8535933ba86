//! How the simulation sees a picture: through an assessor that finds objects in its pixels, and no
//! other way.

use std::{collections::BTreeMap, fmt, sync::Arc};

use pentimento_engine::{PortError, ports::Assess};
use pentimento_model::{Artifact, Assessment, Brief, Chat, Part, Seed};
use pentimento_world::seen::{CLASS_EVIDENCE, OBJECT_CODE};

/// Whoever looks for the simulation.
#[derive(Clone)]
pub(super) struct Eye {
    /// Of the assessor's component: what is seen depends on it.
    pub digest: String,
    /// Nobody where only the name is needed.
    pub looks: Option<Arc<dyn Assess>>,
}

impl fmt::Debug for Eye {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Eye").field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// How many objects of each kind are in a picture.
pub(super) type Seen = BTreeMap<String, u32>;

impl Eye {
    /// What is in the picture of a question; `None` if there is no picture.
    pub(super) async fn look(&self, chat: &Chat) -> Result<Option<Seen>, PortError> {
        let (Some(picture), Some(looks)) = (picture(chat), &self.looks) else { return Ok(None) };
        match looks.assess(&Brief::from_idea(""), picture, Seed(0)).await {
            Assessment::Missing { fault, .. } => {
                Err(PortError::broken("the eye could not look at the picture", fault.message))
            }
            seen @ Assessment::Given { .. } => {
                let objects = seen.findings().iter().filter(|one| one.code == OBJECT_CODE);
                let mut counts = Seen::new();
                for object in objects {
                    if let Some(class) = object.evidence_text(CLASS_EVIDENCE) {
                        *counts.entry(class.to_owned()).or_default() += 1;
                    }
                }
                Ok(Some(counts))
            }
        }
    }
}

/// The first picture that is shown.
fn picture(chat: &Chat) -> Option<&Artifact> {
    let parts = chat.messages.iter().flat_map(|message| &message.parts);
    parts.into_iter().find_map(|part| match part {
        Part::Image(picture) => Some(picture),
        Part::Text(_) => None,
    })
}
