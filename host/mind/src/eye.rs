//! How the mind sees a picture: through an assessor that finds objects in its pixels, and no other way.

use std::{fmt, sync::Arc};

use pentimento_engine::ports::Assess;
use pentimento_model::{Artifact, Assessment, Brief, Seed};

/// Whoever looks.
#[derive(Clone)]
pub(crate) struct Eye {
    /// Of the assessor's component: what is seen depends on it.
    pub digest: String,
    /// Nobody where only the name is needed.
    looks: Option<Arc<dyn Assess>>,
}

impl Eye {
    /// One that sees nothing yet.
    pub(crate) fn named(digest: &str) -> Self {
        Self { digest: digest.to_owned(), looks: None }
    }

    /// One that looks through this assessor.
    pub(crate) fn through(looks: Arc<dyn Assess>) -> Self {
        Self { digest: looks.plugin().digest.clone(), looks: Some(looks) }
    }

    /// What is in a picture, which was made of this idea; `None` if nobody looks.
    pub(crate) async fn look(&self, idea: &str, picture: &Artifact) -> Option<Assessment> {
        let looks = self.looks.as_ref()?;
        Some(looks.assess(&Brief::from_idea(idea), picture, Seed(0)).await)
    }
}

impl fmt::Debug for Eye {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Eye").field("digest", &self.digest).finish_non_exhaustive()
    }
}
