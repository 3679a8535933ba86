use futures::executor::block_on;
use pentimento_model::{Attribute, ItemName, LayoutItem, Place, Region, Score, Severity};
use pentimento_world::read;

use super::*;

mod convergence;

/// `red apple #2`
fn name(text: &str) -> ItemName {
    let (words, number) = text.split_once(" #").unwrap();
    let first = words.split(' ').next().unwrap();
    let attribute = Attribute::from_word(first).filter(|_| words.contains(' '));
    let noun = match attribute {
        Some(attribute) => words[attribute.as_str().len() + 1..].to_owned(),
        None => words.to_owned(),
    };
    ItemName { attribute, noun, number: number.parse().unwrap() }
}

/// Items as `name` and (x, y, width, height) in hundredths.
fn layout(rows: &[(&str, [u8; 4])]) -> Layout {
    let items = rows.iter().map(|(text, numbers)| {
        let [x, y, width, height] = numbers.map(|number| f32::from(number) / 100.0);
        let region = Region::new(x, y, width, height).unwrap();
        LayoutItem { name: name(text), region, confidence: Score::ONE }
    });
    Layout { items: items.collect() }
}

/// What became of each item: `=` stays, `>` moved; then what is new.
fn told(seen: &Layout, proposal: &Proposal) -> Vec<String> {
    let row = |item: &LayoutItem| {
        let sign = match seen.find(&item.name) {
            Some(before) if before.region == item.region => "=",
            Some(_) => ">",
            None if seen.items.iter().any(|before| before.region == item.region) => "~",
            None => "+",
        };
        format!("{sign}{}", item.name)
    };
    proposal.layout.items.iter().map(row).collect()
}

/// The proposal keeps (`=`), moves (`>`), renames (`~`) and adds (`+`) these; the findings are
/// these.
fn check(idea: &str, rows: &[(&str, [u8; 4])], expected: &[&str], messages: &[&str]) -> Proposal {
    let constraints = read(idea).unwrap();
    let seen = layout(rows);
    let proposal = propose(&constraints, &seen);
    assert_eq!(told(&seen, &proposal), expected, "{idea}");
    let found: Vec<String> = proposal
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect();
    assert_eq!(found, messages, "{idea}");
    for finding in &proposal.findings {
        assert_eq!(finding.severity, Severity::Major);
        assert!(matches!(finding.place, Some(Place::Region(_))), "{finding:?}");
    }
    let again = propose(&constraints, &proposal.layout);
    assert_eq!(again.findings, [], "{idea}");
    assert_eq!(again.layout, proposal.layout);
    proposal
}

const LEFT: [u8; 4] = [10, 40, 20, 20];
const MIDDLE: [u8; 4] = [40, 40, 20, 20];
const RIGHT: [u8; 4] = [70, 40, 20, 20];
const TOP: [u8; 4] = [40, 5, 20, 20];
const BOTTOM: [u8; 4] = [40, 70, 20, 20];

#[test]
fn what_is_as_asked_stays_as_it_is() {
    check("two cats", &[("cat #1", LEFT), ("cat #2", RIGHT)], &["=cat #1", "=cat #2"], &[]);
    check("no cats", &[], &[], &[]);
    check(
        "a cat left of a dog",
        &[("dog #1", RIGHT), ("cat #1", LEFT)],
        &["=dog #1", "=cat #1"],
        &[],
    );
}

#[test]
fn what_is_missing_is_added_beside_what_is_there() {
    check(
        "three cats",
        &[("cat #1", LEFT), ("cat #2", RIGHT)],
        &["=cat #1", "=cat #2", "+cat #3"],
        &["count.missing: asked for 3 cats, saw 2: `cat #3` is missing"],
    );
    check(
        "three red apples",
        &[("red apple #1", LEFT)],
        &["=red apple #1", "+red apple #2", "+red apple #3"],
        &[
            "count.missing: asked for 3 red apples, saw 1: `red apple #2` is missing",
            "count.missing: asked for 3 red apples, saw 1: `red apple #3` is missing",
        ],
    );
    check(
        "a cat and a knife",
        &[],
        &["+cat #1", "+knife #1"],
        &[
            "count.missing: asked for 1 cat, saw 0: `cat #1` is missing",
            "count.missing: asked for 1 knife, saw 0: `knife #1` is missing",
        ],
    );
}

#[test]
fn what_is_surplus_or_ruled_out_is_deleted() {
    check(
        "one cat",
        &[("cat #1", [10, 40, 10, 10]), ("cat #2", RIGHT)],
        &["=cat #2"],
        &["count.surplus: asked for 1 cat, saw 2: `cat #1` is too many"],
    );
    check(
        "one cat",
        &[("cat #1", LEFT), ("dog #1", RIGHT)],
        &["=cat #1"],
        &["count.surplus: saw `dog #1`, which was not asked for"],
    );
    check(
        "a dog without cats",
        &[("cat #1", LEFT), ("dog #1", RIGHT), ("cat #2", TOP)],
        &["=dog #1"],
        &[
            "forbidden.present: asked for no cats, saw `cat #1`",
            "forbidden.present: asked for no cats, saw `cat #2`",
        ],
    );
}

#[test]
fn of_several_the_worst_placed_is_surplus() {
    check(
        "a cat left of a dog",
        &[("cat #1", RIGHT), ("dog #1", MIDDLE), ("cat #2", [12, 42, 15, 15])],
        &["=dog #1", "=cat #2"],
        &["count.surplus: asked for 1 cat, saw 2: `cat #1` is too many"],
    );
}

#[test]
fn what_looks_wrong_is_renamed_in_its_box() {
    check(
        "a blue cup and a red bowl",
        &[("cup #1", LEFT), ("red bowl #1", RIGHT)],
        &["~blue cup #1", "=red bowl #1"],
        &["attribute.wrong: asked for 1 blue cup: `cup #1` is not blue"],
    );
    check(
        "a white car and a yellow car",
        &[("white car #1", LEFT), ("car #1", RIGHT)],
        &["=white car #1", "~yellow car #1"],
        &["attribute.wrong: asked for 1 yellow car: `car #1` is not yellow"],
    );
    check(
        "two red apples and an apple",
        &[("red apple #1", LEFT), ("apple #1", RIGHT), ("apple #2", TOP)],
        &["=red apple #1", "=apple #1", "~red apple #2"],
        &["attribute.wrong: asked for 2 red apples: `apple #2` is not red"],
    );
}

#[test]
fn two_boxes_change_places_if_that_mends_a_relation() {
    check(
        "a cat left of a dog",
        &[("cat #1", RIGHT), ("dog #1", LEFT)],
        &[">cat #1", ">dog #1"],
        &["relation.violated: `cat #1` should be left of `dog #1`, and is not"],
    );
    let proposal = check(
        "a cat on the left and a dog on the right",
        &[("cat #1", RIGHT), ("dog #1", LEFT)],
        &[">cat #1", ">dog #1"],
        &[
            "relation.violated: `cat #1` should be on the left of the picture, and is not",
            "relation.violated: `dog #1` should be on the right of the picture, and is not",
        ],
    );
    let (left, right) = (layout(&[("cat #1", LEFT)]), layout(&[("cat #1", RIGHT)]));
    let near = |first: &Region, second: &Region| first.iou(second) > 0.99;
    assert!(near(&proposal.layout.items[0].region, &left.items[0].region));
    assert!(near(&proposal.layout.items[1].region, &right.items[0].region));
}

#[test]
fn one_box_moves_if_no_swap_helps() {
    let proposal = check(
        "a cat on the left",
        &[("cat #1", RIGHT)],
        &[">cat #1"],
        &["relation.violated: `cat #1` should be on the left of the picture, and is not"],
    );
    let suggestion = proposal.findings[0].suggestion.as_ref().unwrap();
    assert_eq!((suggestion.action.as_str(), suggestion.text.as_str()), ("move", "move `cat #1`"));
    assert_eq!(suggestion.place, Some(Place::Region(proposal.layout.items[0].region)));
    check(
        "a kite above a tree and a dog below the tree",
        &[("kite #1", TOP), ("tree #1", MIDDLE), ("dog #1", RIGHT)],
        &["=kite #1", "=tree #1", ">dog #1"],
        &["relation.violated: `dog #1` should be below `tree #1`, and is not"],
    );
}

#[test]
fn what_is_missing_respects_relations() {
    check(
        "three red apples to the left of a blue cup",
        &[("red apple #1", MIDDLE), ("blue cup #1", RIGHT), ("red apple #2", LEFT)],
        &["=red apple #1", "=blue cup #1", "=red apple #2", "+red apple #3"],
        &["count.missing: asked for 3 red apples, saw 2: `red apple #3` is missing"],
    );
    check(
        "a cat on top of a car",
        &[("car #1", BOTTOM)],
        &["=car #1", "+cat #1"],
        &["count.missing: asked for 1 cat, saw 0: `cat #1` is missing"],
    );
}

#[test]
fn everything_moves_if_there_is_no_room() {
    check(
        "two elephants",
        &[("elephant #1", [2, 2, 96, 96])],
        &[">elephant #1", "+elephant #2"],
        &["count.missing: asked for 2 elephants, saw 1: `elephant #2` is missing"],
    );
}

#[test]
fn new_names_are_never_those_of_deleted_items() {
    check(
        "one white cat and one black dog",
        &[("dog #1", LEFT), ("cat #1", RIGHT), ("cat #2", TOP)],
        &["~black dog #1", "~white cat #1"],
        &[
            "count.surplus: asked for 1 cat, saw 2: `cat #2` is too many",
            "attribute.wrong: asked for 1 white cat: `cat #1` is not white",
            "attribute.wrong: asked for 1 black dog: `dog #1` is not black",
        ],
    );
}

#[test]
fn several_faults_are_mended_at_once() {
    check(
        "two red apples left of a blue cup, and no dogs",
        &[("apple #1", RIGHT), ("cup #1", LEFT), ("dog #1", TOP)],
        // What must change its look and its place is drawn anew.
        &["+red apple #1", "+blue cup #1", "+red apple #2"],
        &[
            "forbidden.present: asked for no dogs, saw `dog #1`",
            "attribute.wrong: asked for 2 red apples: `apple #1` is not red",
            "count.missing: asked for 2 red apples, saw 1: `red apple #2` is missing",
            "attribute.wrong: asked for 1 blue cup: `cup #1` is not blue",
            "relation.violated: `apple #1` should be left of `cup #1`, and is not",
        ],
    );
}

#[test]
fn the_port_proposes_the_same() {
    let brief = Brief::from_idea("two cats");
    let constraints = read(&brief.idea).unwrap();
    let seen = layout(&[("cat #1", LEFT)]);
    let proposal = block_on(RuleController.propose(&brief, &constraints, &seen)).unwrap();
    assert_eq!(proposal, propose(&constraints, &seen));
    assert!(RuleController.identity().starts_with("mind-controller/"));
}
