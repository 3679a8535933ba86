//! In a world that carries out every proposal, one proposal is enough.

use pentimento_model::{Color, Count, Relation, RelationKind, RelationTarget, Seed, WantedObject};
use pentimento_world::{NOUNS, place};
use proptest::prelude::*;

use super::*;

/// Random numbers that become constraints.
type Draft = (Vec<(usize, u32, usize)>, Vec<(usize, usize, usize)>);

fn drafts() -> impl Strategy<Value = Draft> {
    (
        proptest::collection::vec((0..NOUNS.len(), 1_u32..4, 0_usize..16), 1..5),
        proptest::collection::vec((0_usize..4, 0_usize..6, 0_usize..5), 0..3),
    )
}

fn constraints((objects, relations): &Draft) -> Constraints {
    let mut constraints = Constraints::default();
    for (noun, count, color) in objects {
        // Few nouns make it likely that one is wanted in several colors.
        let noun = NOUNS[noun % 12].name.to_owned();
        let attribute = Color::ALL.get(*color).copied().map(Attribute::Color);
        let object = WantedObject { noun, attribute, count: Count(*count) };
        let same =
            |other: &WantedObject| (&other.noun, other.attribute) == (&object.noun, attribute);
        if !constraints.objects.iter().any(same) {
            constraints.objects.push(object);
        }
    }
    let n_objects = constraints.objects.len();
    for (subject, kind, target) in relations {
        let (subject, kind) = (subject % n_objects, RelationKind::ALL[*kind]);
        let target = match target {
            4 => RelationTarget::Canvas,
            target => RelationTarget::Object(target % n_objects),
        };
        if target != RelationTarget::Object(subject) {
            constraints.relations.push(Relation { subject, kind, target });
        }
    }
    constraints
}

/// What a painter may have made of it: names and boxes anywhere.
fn seen() -> impl Strategy<Value = Vec<(usize, usize, [u8; 4])>> {
    let numbers = [0_u8..80, 0_u8..80, 5_u8..40, 5_u8..40];
    proptest::collection::vec((0_usize..14, 0_usize..16, numbers), 0..9)
}

fn seen_layout(rows: &[(usize, usize, [u8; 4])]) -> Layout {
    let items = rows.iter().enumerate().map(|(index, (noun, color, numbers))| {
        let [x, y, width, height] = numbers.map(|number| f32::from(number) / 100.0);
        LayoutItem {
            name: ItemName {
                attribute: Color::ALL.get(*color).copied().map(Attribute::Color),
                noun: NOUNS[*noun].name.to_owned(),
                number: u32::try_from(index).unwrap() + 1,
            },
            region: Region::new(x, y, width, height).unwrap(),
            confidence: Score::ONE,
        }
    });
    Layout { items: items.collect() }
}

/// True if a fresh scene meets the constraints, so that they can be met at all.
fn can_be_met(constraints: &Constraints) -> bool {
    judge(constraints, &place(constraints, Seed(0))).unmet.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_proposal_is_accepted_when_it_is_carried_out(draft in drafts(), rows in seen()) {
        let constraints = constraints(&draft);
        prop_assume!(can_be_met(&constraints));
        let seen = seen_layout(&rows);
        let proposal = propose(&constraints, &seen);
        let again = propose(&constraints, &proposal.layout);
        prop_assert_eq!(&again.findings, &[]);
        prop_assert_eq!(again.layout, proposal.layout.clone());
        let unmet = judge(&constraints, &seen).unmet;
        prop_assert_eq!(unmet.is_empty(), proposal.findings.is_empty());
        let names: std::collections::BTreeSet<_> =
            proposal.layout.items.iter().map(|item| item.name.clone()).collect();
        prop_assert_eq!(names.len(), proposal.layout.items.len());
    }

    #[test]
    fn a_scene_as_it_was_planned_needs_no_change(draft in drafts(), seed in any::<u64>()) {
        let constraints = constraints(&draft);
        prop_assume!(can_be_met(&constraints));
        let layout = place(&constraints, Seed(seed));
        prop_assert_eq!(propose(&constraints, &layout).findings, []);
    }
}
