//! Instructions by rules: a layout that was seen → the layout that it shall become.
//!
//! Steps are done one after the other, each to the layout that the one before left. What a step is
//! about and is not there is told, and the step is left out.

use pentimento_engine::ports::Proposal;
use pentimento_model::{
    Attribute, Constraints, Count, Finding, ItemName, Layout, LayoutItem, Region, Relation,
    RelationKind, RelationTarget, Score, Seed, Severity, WantedObject,
};
use pentimento_world::{
    instruction::{Place, Step, Thing, Which},
    noun,
    placement::{Effort, Spot, Wish, fit, natural_size},
};

/// Every edit searches for places with the same seed.
const SEED: Seed = Seed(1);
/// The code of what cannot be done.
const UNDONE: &str = "instruction.undone";

/// The layout after an instruction, and what of the instruction could not be done.
pub fn edited(steps: &[Step], seen: &Layout) -> Proposal {
    let mut edit = Edit { items: seen.items.clone(), seen, findings: Vec::new() };
    for step in steps {
        edit.carry_out(step);
    }
    Proposal { layout: Layout { items: edit.items }, findings: edit.findings }
}

struct Edit<'a> {
    items: Vec<LayoutItem>,
    seen: &'a Layout,
    findings: Vec<Finding>,
}

impl Edit<'_> {
    fn carry_out(&mut self, step: &Step) {
        match step {
            Step::Remove(which) => {
                let gone = self.find(which);
                let mut index = 0;
                self.items.retain(|_| {
                    index += 1;
                    !gone.contains(&(index - 1))
                });
            }
            Step::Restyle(which, attribute) => {
                for index in self.find(which) {
                    self.rename(index, Some(*attribute), None);
                }
            }
            Step::Replace(which, thing) => {
                for index in self.find(which) {
                    self.replace(index, thing);
                }
            }
            Step::Swap(first, second) => {
                if let ([first, ..], [second, ..]) = (&*self.find(first), &*self.find(second)) {
                    self.swap(*first, *second);
                }
            }
            Step::Move(which, place) => {
                for index in self.find(which) {
                    self.move_to(index, place);
                }
            }
            Step::Add(thing, place) => {
                for _ in 0..thing.count {
                    self.add(thing, place.as_ref());
                }
            }
        }
    }

    /// The items that are meant; that there are none is told.
    fn find(&mut self, which: &Which) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.items.len())
            .filter(|index| self.items.get(*index).is_some_and(|item| fits(item, which)))
            .collect();
        if let Some(side) = which.side {
            let along = |index: &usize| {
                let (x, y) = self.items.get(*index).map_or((0.0, 0.0), |one| one.region.center());
                match side {
                    RelationKind::RightOf => -x,
                    RelationKind::Above | RelationKind::OnTopOf => y,
                    RelationKind::Below => -y,
                    RelationKind::LeftOf | RelationKind::NextTo => x,
                }
            };
            found.sort_by(|one, other| along(one).total_cmp(&along(other)));
        }
        if !which.all {
            found.truncate(1);
        }
        if found.is_empty() {
            self.tell(format!("there is no {} in the picture", named(which.attribute, which.noun)));
        }
        found
    }

    fn tell(&mut self, message: String) {
        self.findings.push(Finding {
            code: UNDONE.to_owned(),
            severity: Severity::Major,
            message,
            place: None,
            evidence: Vec::new(),
            suggestion: None,
        });
    }

    /// A name that nothing has or had.
    fn name(&self, attribute: Option<Attribute>, noun: &str) -> ItemName {
        let known = self.items.iter().chain(&self.seen.items).map(|item| &item.name);
        let same = known.filter(|name| name.attribute == attribute && name.noun == noun);
        let number = same.map(|name| name.number).max().unwrap_or(0).saturating_add(1);
        ItemName { attribute, noun: noun.to_owned(), number }
    }

    fn rename(&mut self, index: usize, attribute: Option<Attribute>, noun: Option<&str>) {
        let Some(item) = self.items.get(index) else { return };
        let noun = noun.unwrap_or(&item.name.noun).to_owned();
        if item.name.attribute == attribute && item.name.noun == noun {
            return;
        }
        let name = self.name(attribute, &noun);
        if let Some(item) = self.items.get_mut(index) {
            item.name = name;
        }
    }

    fn replace(&mut self, index: usize, thing: &Thing) {
        let Some(center) = self.items.get(index).map(|item| item.region.center()) else { return };
        let size = self.size_of(thing.noun);
        self.rename(index, thing.attribute, Some(thing.noun));
        self.put(index, Region::around(center, size.0, size.1));
    }

    fn swap(&mut self, first: usize, second: usize) {
        let region = |index: usize| self.items.get(index).map(|item| item.region);
        let (Some(one), Some(other)) = (region(first), region(second)) else { return };
        let at = |own: Region, center| Region::around(center, own.width(), own.height());
        self.put(first, at(one, other.center()));
        self.put(second, at(other, one.center()));
    }

    fn put(&mut self, index: usize, region: Option<Region>) {
        if let (Some(item), Some(region)) = (self.items.get_mut(index), region) {
            (item.region, item.confidence) = (region, Score::ONE);
        }
    }

    fn move_to(&mut self, index: usize, place: &Place) {
        let Some(item) = self.items.get(index).cloned() else { return };
        let size = (item.region.width(), item.region.height());
        let target = match place {
            Place::Side(kind) => Some((*kind, RelationTarget::Canvas)),
            Place::By(kind, which) => {
                let found = self.find(which).into_iter().find(|other| *other != index);
                found.map(|other| (*kind, RelationTarget::Object(other)))
            }
        };
        let Some(target) = target else { return };
        match self.room(index, size, Some(target)) {
            Some(region) => self.put(index, Some(region)),
            None => self.tell(format!("there is no room for `{}` there", item.name)),
        }
    }

    fn add(&mut self, thing: &Thing, place: Option<&Place>) {
        let target = match place {
            None => None,
            Some(Place::Side(kind)) => Some((*kind, RelationTarget::Canvas)),
            Some(Place::By(kind, which)) => match self.find(which).first() {
                Some(other) => Some((*kind, RelationTarget::Object(*other))),
                None => return,
            },
        };
        let (name, size) = (self.name(thing.attribute, thing.noun), self.size_of(thing.noun));
        match self.room(self.items.len(), size, target) {
            Some(region) => {
                self.items.push(LayoutItem { name, region, confidence: Score::ONE });
            }
            None => self.tell(format!("there is no room for `{name}`")),
        }
    }

    fn size_of(&self, name: &str) -> (f32, f32) {
        let items = u32::try_from(self.items.len()).unwrap_or(u32::MAX).saturating_add(1);
        noun(name).map_or((UNKNOWN_SIZE, UNKNOWN_SIZE), |noun| natural_size(noun, items))
    }

    /// A place for the item with this index, which need not be there yet; all others stay.
    fn room(
        &self,
        index: usize,
        size: (f32, f32),
        target: Option<(RelationKind, RelationTarget)>,
    ) -> Option<Region> {
        let one = |item: &LayoutItem| WantedObject {
            noun: item.name.noun.clone(),
            attribute: None,
            count: Count(1),
        };
        let mut objects: Vec<WantedObject> = self.items.iter().map(one).collect();
        if index >= objects.len() {
            let noun = String::new();
            objects.push(WantedObject { noun, attribute: None, count: Count(1) });
        }
        let relation = target.map(|(kind, target)| Relation { subject: index, kind, target });
        let constraints = Constraints {
            objects,
            relations: relation.into_iter().collect(),
            ..Constraints::default()
        };
        let others = self.items.iter().enumerate().filter(|(other, _)| *other != index);
        let spots: Vec<Spot> =
            others.map(|(object, item)| Spot { object, region: item.region }).collect();
        let wish = Wish { object: index, size };
        fit(&constraints, &spots, &[wish], SEED, Effort::Thorough)?.pop()
    }
}

/// The side of a box for a noun that is not in the vocabulary.
const UNKNOWN_SIZE: f32 = 0.25;

/// True if this is one of the things that are meant. What looks as it usually does has the usual
/// colors.
fn fits(item: &LayoutItem, which: &Which) -> bool {
    if item.name.noun != which.noun {
        return false;
    }
    match (which.attribute, item.name.attribute) {
        (None, _) => true,
        (Some(Attribute::Color(color)), None) => {
            noun(which.noun).is_some_and(|noun| noun.is_usually(color))
        }
        (wanted, own) => wanted == own,
    }
}

fn named(attribute: Option<Attribute>, noun: &str) -> String {
    ItemName { attribute, noun: noun.to_owned(), number: 1 }.kind()
}

#[cfg(test)]
mod tests {
    use pentimento_world::instruction::instruction;

    use super::*;

    fn layout(items: &[(&str, [f32; 4])]) -> Layout {
        let item = |(name, region): &(&str, [f32; 4])| LayoutItem {
            name: ItemName::read(name).unwrap(),
            region: Region::read(*region).unwrap(),
            confidence: Score::ONE,
        };
        Layout { items: items.iter().map(item).collect() }
    }

    fn seen() -> Layout {
        layout(&[
            ("apple #1", [0.1, 0.6, 0.2, 0.2]),
            ("green apple #1", [0.7, 0.6, 0.2, 0.2]),
            ("cup #1", [0.4, 0.1, 0.2, 0.25]),
        ])
    }

    fn check(text: &str, names: &[&str], told: &[&str]) -> Layout {
        let proposal = edited(&instruction(text).unwrap(), &seen());
        let found: Vec<String> =
            proposal.layout.items.iter().map(|item| item.name.to_string()).collect();
        assert_eq!(found, names, "{text}");
        let said: Vec<&str> = proposal.findings.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(said, told, "{text}");
        proposal.layout
    }

    #[test]
    fn what_is_not_spoken_of_keeps_its_name_and_box() {
        check("remove the green apple", &["apple #1", "cup #1"], &[]);
        check("remove the red apple", &["green apple #1", "cup #1"], &[]);
        check("remove the rightmost apple", &["apple #1", "cup #1"], &[]);
        check("remove all apples", &["cup #1"], &[]);
        let blue = check("make the cup blue", &["apple #1", "green apple #1", "blue cup #1"], &[]);
        assert_eq!(blue.items[2].region, seen().items[2].region);
        let dog =
            check("replace the cup with a dog", &["apple #1", "green apple #1", "dog #1"], &[]);
        assert_eq!(dog.items[..2], seen().items[..2]);
    }

    #[test]
    fn things_go_where_they_are_told_to() {
        let names = ["apple #1", "green apple #1", "cup #1"];
        let moved = check("move the cup to the left of the green apple", &names, &[]);
        assert!(moved.items[2].region.center().0 < moved.items[1].region.center().0, "{moved:?}");
        let swapped = check("swap the red apple and the cup", &names, &[]);
        let (x, y) = seen().items[2].region.center();
        let (own_x, own_y) = swapped.items[0].region.center();
        assert!((own_x - x).abs() < 1e-6 && (own_y - y).abs() < 1e-6);
        let more = ["apple #1", "green apple #1", "cup #1", "apple #2"];
        let added = check("add an apple at the top", &more, &[]);
        assert!(added.items[3].region.center().1 < 0.5, "{added:?}");
    }

    #[test]
    fn what_is_not_there_is_told_and_the_rest_is_done() {
        let names = ["apple #1", "green apple #1", "blue cup #1"];
        let there_is = "there is no cat in the picture";
        check("remove the cat and make the cup blue", &names, &[there_is]);
        let names = ["apple #1", "green apple #1", "cup #1"];
        check("add a dog next to the cat", &names, &[there_is]);
        check("make the purple cup red", &names, &["there is no purple cup in the picture"]);
    }
}
