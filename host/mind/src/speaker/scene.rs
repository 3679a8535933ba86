//! A picture in words from which it could be painted again, and what is lost in them of an idea.

use pentimento_model::{Attribute, Constraints, Region};
use pentimento_prompts::sld::Sighting;
use pentimento_world::noun;
use serde_json::{Value, json};

use super::{BEST_SCORE, glance::Glance};
use crate::propose;

/// How a description begins, and how one of nothing reads.
const SHOWS: &str = "The picture shows ";
const NOTHING: &str = "The picture shows nothing.";
/// Between two things.
const AND: &str = "; ";
/// Before the place of a thing.
const AT: &str = " at [";
/// The look of what looks as such things do, and of what has no look that is known.
const USUAL: &str = "usual";
const PLAIN: &str = "plain";

/// `The picture shows red apple at [0.10, 0.52, 0.20, 0.20]; usual dog at […].`
pub(super) fn caption(glance: &Glance) -> String {
    let seen = glance.sightings();
    if seen.is_empty() {
        return NOTHING.to_owned();
    }
    let things: Vec<String> = seen.iter().map(thing).collect();
    format!("{SHOWS}{}.", things.join(AND))
}

fn thing(seen: &Sighting) -> String {
    let look = match (seen.attribute, seen.usual) {
        (Some(look), _) => look.as_str(),
        (None, true) => USUAL,
        (None, false) => PLAIN,
    };
    let Sighting { noun, region, .. } = seen;
    let [x, y, width, height] = [region.x(), region.y(), region.width(), region.height()];
    format!("{look} {noun}{AT}{x:.3}, {y:.3}, {width:.3}, {height:.3}]")
}

/// What of an idea a description lacks, in the form of a comparison; `None` if the description is
/// nobody's here.
pub(super) fn compared(wanted: &Constraints, caption: &str) -> Option<Value> {
    let seen = if caption == NOTHING {
        Vec::new()
    } else {
        let things = caption.strip_prefix(SHOWS)?.strip_suffix('.')?;
        things.split(AND).map(read).collect::<Option<Vec<_>>>()?
    };
    let seen = Glance::of_sightings(&seen).layout(wanted);
    let lost: Vec<String> =
        propose(wanted, &seen).findings.into_iter().map(|finding| finding.message).collect();
    let same = BEST_SCORE.saturating_sub(lost.len());
    // There is no other way to say it to the painter of this world than the idea itself.
    Some(json!({ "differences": lost, "hint": "", "same": same }))
}

fn read(thing: &str) -> Option<Sighting> {
    let (name, place) = thing.split_once(AT)?;
    let (look, name) = name.split_once(' ')?;
    let numbers = place.strip_suffix(']')?.split(", ").map(|number| number.parse().ok());
    let numbers: Vec<f32> = numbers.collect::<Option<_>>()?;
    Some(Sighting {
        noun: noun(name)?.name.to_owned(),
        attribute: Attribute::from_word(look),
        usual: look == USUAL,
        sure: 1.0,
        region: Region::read(numbers.try_into().ok()?)?,
    })
}
