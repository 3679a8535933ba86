//! Of all who want the same result at once, one makes it; the others wait and read it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use pentimento_engine::Turn;
use pentimento_model::StepKey;
use tokio::sync::Mutex as Place;

/// Who is making what in this program.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<StepKey, Weak<Place<()>>>>);

impl Turns {
    /// Waits until nobody else is making this.
    pub(crate) async fn wait(&self, name: StepKey) -> Turn {
        let place = self.place(name);
        Box::new(place.lock_owned().await)
    }

    fn place(&self, name: StepKey) -> Arc<Place<()>> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get(&name).and_then(Weak::upgrade) {
            return place;
        }
        // What nobody waits for any more is forgotten now and then, not at every call.
        if places.len() == places.capacity() {
            places.retain(|_, place| place.strong_count() > 0);
        }
        let place = Arc::new(Place::new(()));
        places.insert(name, Arc::downgrade(&place));
        place
    }

    /// How many names are remembered.
    #[cfg(test)]
    pub(crate) fn known(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
