//! What is said of every relation that the idea states, and the score.
//!
//! Whether a relation holds is decided by `scene`, as the host decides it.

use pentimento_sdk::{Critique, Finding, Region, Severity};
use scene::{Asked, Item, Judgement, Kind, Named, Placed, Relation, Violation, Wanted};

/// Findings that are made at most, broken relations first. An idea can state hundreds of relations,
/// and the host takes 256 findings.
const MOST_FINDINGS: usize = 64;

/// Judges what was seen by an idea that states relations.
#[must_use]
pub fn verdict(asked: &Asked, seen: &[Item]) -> Critique {
    let told = Told { asked, judgement: Judgement::of(asked, seen) };
    let (mut broken, mut notes) = (Vec::new(), Vec::new());
    let (mut held, mut judged) = (0_u16, 0_u16);
    let mut confidence = 1.0_f32;
    for relation in &asked.relations {
        let placed = told.judgement.placed(*relation);
        if placed != Placed::Unseen {
            judged = judged.saturating_add(1);
            confidence =
                told.ends(*relation).fold(confidence, |least, one| least.min(one.confidence));
        }
        match placed {
            Placed::Unseen => notes.push(told.unseen(*relation)),
            Placed::Holds => {
                held = held.saturating_add(1);
                notes.push(told.holds(*relation));
            }
            Placed::Broken(violations) => {
                broken.extend(violations.iter().filter_map(|one| told.broken(*relation, *one)));
            }
        }
    }
    let findings = broken.into_iter().chain(notes).take(MOST_FINDINGS);
    if judged == 0 {
        // Nothing was seen that could lie wrong, which is no praise.
        return Critique::sure().confident(0.0).with_all(findings);
    }
    let score = f32::from(held) / f32::from(judged);
    Critique::sure().scored(score).confident(confidence).with_all(findings)
}

/// What the findings are drawn from.
struct Told<'a> {
    asked: &'a Asked,
    judgement: Judgement,
}

impl Told<'_> {
    /// Everything that stands for the ends of a relation.
    fn ends(&self, relation: Relation) -> impl Iterator<Item = &Named> {
        let objects = [Some(relation.subject), relation.target].into_iter().flatten();
        objects.flat_map(|object| self.standing_for(object))
    }

    fn standing_for(&self, object: usize) -> impl Iterator<Item = &Named> {
        self.judgement.standing_for(object).filter_map(|item| self.judgement.items.get(item))
    }

    /// What was asked for, such as `2 red apples`.
    fn object(&self, object: usize) -> String {
        let words = |wanted: &Wanted| {
            let look = wanted.look.map_or(String::new(), |look| format!("{look} "));
            format!("{} {look}{}", wanted.count, scene::plural(wanted.noun, wanted.count))
        };
        self.asked.objects.get(object).map(words).unwrap_or_default()
    }

    /// `left of 1 blue cup`, `on the left of the picture`
    fn asked_place(&self, relation: Relation) -> String {
        relation.target.map_or_else(
            || relation.kind.side().to_owned(),
            |target| format!("{} {}", relation.kind.as_str(), self.object(target)),
        )
    }

    fn unseen(&self, relation: Relation) -> Finding {
        let ends = [Some(relation.subject), relation.target].into_iter().flatten();
        let unseen = ends.filter(|object| self.standing_for(*object).next().is_none());
        let nouns: Vec<&str> = unseen
            .filter_map(|object| self.asked.objects.get(object))
            .map(|one| one.noun)
            .collect();
        let (subject, place) = (self.object(relation.subject), self.asked_place(relation));
        let message = format!(
            "asked for {subject} {place}, and there is no {} to judge by",
            nouns.join(", no ")
        );
        self.about(relation, Finding::new("relation.unseen", Severity::Note, message))
    }

    fn holds(&self, relation: Relation) -> Finding {
        let (subject, place) = (self.object(relation.subject), self.asked_place(relation));
        let message = format!("asked for {subject} {place}, and so it is");
        let mut finding = Finding::new("relation.kept", Severity::Note, message);
        if let Some(region) = around(self.standing_for(relation.subject).map(|one| one.region)) {
            finding = finding.at(region);
        }
        let target = relation.target.into_iter().flat_map(|target| self.standing_for(target));
        let finding = self.about(relation, finding);
        match around(target.map(|one| one.region)) {
            Some(region) => finding.shown("box", scene::in_words(region)),
            None => finding,
        }
    }

    /// A note about whole objects.
    fn about(&self, relation: Relation, finding: Finding) -> Finding {
        let finding = finding
            .shown("item", self.object(relation.subject))
            .shown("relation", relation.kind.as_str());
        match relation.target {
            Some(target) => finding.shown("target", self.object(target)),
            None => finding,
        }
    }

    fn broken(&self, relation: Relation, violation: Violation) -> Option<Finding> {
        let own = self.judgement.items.get(violation.item)?;
        let other = violation.target.and_then(|target| self.judgement.items.get(target));
        let name = own.name();
        let required = match other {
            Some(other) => format!("{} `{}`", relation.kind.as_str(), other.name()),
            None => relation.kind.side().to_owned(),
        };
        let actual = other.map_or_else(|| side_of(own.region), |other| lies(own.region, other));
        let message = format!("`{name}` should be {required}, and is {actual}");
        let finding = Finding::new("relation.violated", Severity::Major, message)
            .at(own.region)
            .shown("item", name)
            .shown("relation", relation.kind.as_str());
        let finding = match other {
            Some(other) => {
                finding.shown("target", other.name()).shown("box", scene::in_words(other.region))
            }
            None => finding,
        };
        Some(finding.shown("required", required).shown("actual", actual))
    }
}

/// How a box really lies to an item: every relation that holds.
fn lies(own: Region, other: &Named) -> String {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.holds(own, other.region));
    let words: Vec<&str> = kinds.map(Kind::as_str).collect();
    if words.is_empty() {
        return format!("to no clear side of `{}`", other.name());
    }
    format!("{} `{}`", listed(&words), other.name())
}

/// The sides of the picture that a box lies on.
fn side_of(own: Region) -> String {
    let sides = [Kind::LeftOf, Kind::RightOf, Kind::Above, Kind::Below];
    let words: Vec<&str> =
        sides.into_iter().filter(|kind| kind.holds_in_picture(own)).map(Kind::side).collect();
    if words.is_empty() { "in the middle of the picture".to_owned() } else { listed(&words) }
}

/// `a, b and c`
fn listed(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// The box around boxes.
fn around(regions: impl Iterator<Item = Region>) -> Option<Region> {
    regions.reduce(|one, other| {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        let right = (one.x + one.width).max(other.x + other.width);
        let bottom = (one.y + one.height).max(other.y + other.height);
        Region { x, y, width: right - x, height: bottom - y }
    })
}

#[cfg(test)]
mod tests;
