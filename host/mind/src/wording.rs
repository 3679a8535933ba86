//! Says what is wrong with a layout, for a person: one finding for each change, with its place,
//! what shows it, and what would help.
//!
//! The codes are registered in `wit/CODES.md`. What is wrong is decided by `world::judge`.

use pentimento_model::{
    Constraints, Evidence, Finding, ItemName, Layout, Place, Region, Relation, RelationKind,
    Severity, Suggestion, WantedObject,
};
use pentimento_world::{Judgement, Unmet, noun};

use crate::revision::{Kept, Revision};

/// All findings, in the judgement's order.
pub(crate) fn findings(
    constraints: &Constraints,
    seen: &Layout,
    judgement: &Judgement,
    revision: &Revision,
) -> Vec<Finding> {
    let told = Told { constraints, seen, revision };
    judgement.unmet.iter().flat_map(|unmet| told.findings(unmet)).collect()
}

/// What the findings are drawn from.
struct Told<'a> {
    constraints: &'a Constraints,
    seen: &'a Layout,
    revision: &'a Revision,
}

impl Told<'_> {
    /// One finding for each item that must change.
    fn findings(&self, unmet: &Unmet) -> Vec<Finding> {
        match *unmet {
            Unmet::Missing { object, wanted, seen } => self.missing(object, (wanted, seen)),
            Unmet::WrongLook { object, item } => {
                self.wrong_look(object, item).into_iter().collect()
            }
            Unmet::Surplus { item, wanted, seen } => {
                self.surplus(item, (wanted, seen)).into_iter().collect()
            }
            Unmet::Forbidden { item } => self.forbidden(item).into_iter().collect(),
            Unmet::Violated { relation, item, target } => {
                self.violated(relation, item, target).into_iter().collect()
            }
        }
    }

    fn missing(&self, object: usize, (wanted, seen): (u32, u32)) -> Vec<Finding> {
        let Some(asked) = self.constraints.objects.get(object) else { return Vec::new() };
        let new = |kept: &&Kept| kept.object == object && kept.was.is_none();
        let asked_for = counted(asked, wanted);
        let finding = |kept: &Kept| {
            let name = &kept.item.name;
            Finding {
                message: format!("asked for {asked_for}, saw {seen}: `{name}` is missing"),
                evidence: numbers(name, wanted, seen),
                ..found("count.missing", "add", format!("add `{name}`"), kept.item.region)
            }
        };
        self.revision.boxes.iter().filter(new).map(finding).collect()
    }

    fn surplus(&self, item: usize, (wanted, seen): (u32, u32)) -> Option<Finding> {
        let item = self.seen.items.get(item)?;
        let name = &item.name;
        let message = if wanted == 0 {
            format!("saw `{name}`, which was not asked for")
        } else {
            let asked_for = named(&name.noun, wanted);
            format!("asked for {asked_for}, saw {seen}: `{name}` is too many")
        };
        Some(Finding {
            message,
            evidence: numbers(name, wanted, seen),
            ..found("count.surplus", "delete", format!("delete `{name}`"), item.region)
        })
    }

    fn forbidden(&self, item: usize) -> Option<Finding> {
        let item = self.seen.items.get(item)?;
        let name = &item.name;
        let plural = noun(&name.noun).map_or(name.noun.as_str(), |noun| noun.plural);
        Some(Finding {
            message: format!("asked for no {plural}, saw `{name}`"),
            evidence: vec![item_evidence(name)],
            ..found("forbidden.present", "delete", format!("delete `{name}`"), item.region)
        })
    }

    fn wrong_look(&self, object: usize, item: usize) -> Option<Finding> {
        let item = self.seen.items.get(item)?;
        let asked = self.constraints.objects.get(object)?;
        let attribute = asked.attribute?;
        let name = &item.name;
        let asked_for = counted(asked, asked.count.0);
        Some(Finding {
            message: format!("asked for {asked_for}: `{name}` is not {attribute}"),
            evidence: vec![item_evidence(name), text("attribute", attribute.as_str())],
            ..found("attribute.wrong", "restyle", format!("make `{name}` {attribute}"), item.region)
        })
    }

    fn violated(&self, relation: Relation, item: usize, target: Option<usize>) -> Option<Finding> {
        let own = self.seen.items.get(item)?;
        let other = target.and_then(|target| self.seen.items.get(target));
        let where_to = match other {
            Some(other) => format!("{} `{}`", relation.kind.as_str(), other.name),
            None => side(relation.kind).to_owned(),
        };
        let name = &own.name;
        let mut evidence = vec![item_evidence(name), text("relation", relation.kind.as_str())];
        evidence.extend(other.map(|other| text("target", &other.name.to_string())));
        let moved = [Some(item), target].into_iter().flatten().find_map(|item| self.moved(item));
        Some(Finding {
            code: "relation.violated".to_owned(),
            severity: Severity::Major,
            message: format!("`{name}` should be {where_to}, and is not"),
            place: Some(Place::Region(own.region)),
            evidence,
            suggestion: moved.map(|(name, region)| Suggestion {
                action: "move".to_owned(),
                text: format!("move `{name}`"),
                place: Some(Place::Region(region)),
            }),
        })
    }

    /// The seen item's name and new place, if it has one.
    fn moved(&self, item: usize) -> Option<(&ItemName, Region)> {
        let was = self.seen.items.get(item)?;
        let now = self.revision.became(item)?.item.region;
        (was.region != now).then_some((&was.name, now))
    }
}

/// A finding about one place that one action at the same place would mend.
fn found(code: &str, action: &str, advice: String, region: Region) -> Finding {
    let place = Some(Place::Region(region));
    Finding {
        code: code.to_owned(),
        severity: Severity::Major,
        message: String::new(),
        place,
        evidence: Vec::new(),
        suggestion: Some(Suggestion { action: action.to_owned(), text: advice, place }),
    }
}

/// `3 red apples`
fn counted(object: &WantedObject, count: u32) -> String {
    let name = noun(&object.noun).map_or(object.noun.as_str(), |noun| noun.name_for(count));
    match object.attribute {
        Some(attribute) => format!("{count} {attribute} {name}"),
        None => format!("{count} {name}"),
    }
}

/// `3 apples`
fn named(name: &str, count: u32) -> String {
    format!("{count} {}", noun(name).map_or(name, |noun| noun.name_for(count)))
}

/// How a side of the picture is called.
pub(crate) fn side(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::LeftOf => "on the left of the picture",
        RelationKind::RightOf => "on the right of the picture",
        RelationKind::Above | RelationKind::OnTopOf => "at the top of the picture",
        RelationKind::Below => "at the bottom of the picture",
        RelationKind::NextTo => "at the side of the picture",
    }
}

fn item_evidence(name: &ItemName) -> Evidence {
    text("item", &name.to_string())
}

fn text(kind: &str, text: &str) -> Evidence {
    Evidence { kind: kind.to_owned(), text: text.to_owned(), value: None }
}

fn numbers(name: &ItemName, wanted: u32, seen: u32) -> Vec<Evidence> {
    let number = |kind: &str, number: u32| Evidence {
        kind: kind.to_owned(),
        text: number.to_string(),
        value: Some(f64::from(number)),
    };
    vec![item_evidence(name), number("wanted", wanted), number("seen", seen)]
}
