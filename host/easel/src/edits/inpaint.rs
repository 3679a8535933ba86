//! Paints a region anew after a prompt: what stands in it goes, what the prompt asks for comes.

use pentimento_model::Region;

use super::{Brush, Refusal, Sheet};
use crate::{fit::fit, plan::plan, scene::SceneItem};

/// A sticker goes if at least this much of its box lies in the region.
const MOSTLY_INSIDE: f32 = 0.5;

impl Brush<'_> {
    /// An empty prompt only clears the region.
    pub(super) fn inpaint(&mut self, region: &Region, prompt: &str) -> Result<(), Refusal> {
        let wanted = if prompt.trim().is_empty() {
            Vec::new()
        } else {
            let constraints = pentimento_world::read(prompt).map_err(|error| error.to_string())?;
            let seed = self.dice.seed();
            plan(&constraints, seed).map_err(|error| error.to_string())?.items
        };
        if self.dice.happens(self.rates.inpaint_nothing) {
            return Ok(());
        }
        self.clear_region(region);
        for item in wanted {
            let inside = within(region, &item.region);
            let fitted =
                inside.and_then(|inside| fit(&item.noun, &inside, self.picture.dimensions()));
            let room =
                fitted.ok_or_else(|| format!("there is too little room for `{}`", item.noun))?;
            self.paint(SceneItem { region: room, ..item });
        }
        Ok(())
    }

    /// Takes away, one after the other, what lies mostly in the region.
    fn clear_region(&mut self, region: &Region) {
        let sheet = Sheet::read(self.picture);
        let inside = sheet.found.iter().filter(|found| {
            let own = sheet.region(found);
            own.is_some_and(|own| own.overlap(region) >= MOSTLY_INSIDE * own.area())
        });
        for found in inside {
            // Every removal changes what its neighbors' gaps are filled from.
            let now = Sheet::read(self.picture);
            let there = sheet.region(found).and_then(|own| now.at(&own));
            if let Some(found) = there {
                self.clear(&now, &found);
            }
        }
    }
}

/// A region of a whole picture as the same part of another region.
fn within(region: &Region, part: &Region) -> Option<Region> {
    Region::new(
        region.x() + part.x() * region.width(),
        region.y() + part.y() * region.height(),
        part.width() * region.width(),
        part.height() * region.height(),
    )
}
