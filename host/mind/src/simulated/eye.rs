//! What the simulation makes of a picture: how many things of each kind are in it.

use std::collections::BTreeMap;

use pentimento_engine::PortError;
use pentimento_model::{Assessment, Chat};
use pentimento_world::seen::{CLASS_EVIDENCE, OBJECT_CODE};

use crate::eye::Eye;

/// How many objects of each kind are in a picture.
pub(super) type Seen = BTreeMap<String, u32>;

/// What is in the first picture of a question; `None` if there is no picture, or nobody looks.
pub(super) async fn look(eye: &Eye, chat: &Chat) -> Result<Option<Seen>, PortError> {
    let Some(picture) = chat.images().next() else { return Ok(None) };
    match eye.look("", picture).await {
        None => Ok(None),
        Some(Assessment::Missing { fault, .. }) => {
            Err(PortError::broken("the eye could not look at the picture", fault.message))
        }
        Some(seen @ Assessment::Given { .. }) => {
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
