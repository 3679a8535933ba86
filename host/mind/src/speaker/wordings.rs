//! Ideas in other words: what means the same, and what contradicts.
//!
//! Every wording is read back by the world's own grammar, and is left out unless it says just what it was
//! meant to.

use pentimento_model::{
    Attribute, Color, Constraints, Count, RelationKind, RelationTarget, WantedObject,
};
use pentimento_prompts::CLUSTERS;
use pentimento_world::{NOUNS, noun, read};

use crate::wording::side;

/// What may stand before an idea.
const LEADS: [&str; 8] = [
    "",
    "a photo of ",
    "a picture of ",
    "please draw ",
    "an illustration of ",
    "a drawing of ",
    "show me ",
    "a painting of ",
];
/// What may stand behind it.
const TAILS: [&str; 6] =
    ["", ", highly detailed", ", photorealistic", ", high quality", ", beautiful", ", simple"];
/// Wordings that are offered at once: more than any recipe asks for.
const OFFERED: usize = 12;
/// Contrary ideas that are offered at once.
const CONTRARY: usize = 12;
/// Numbers in words, from one on: as many as a scene may hold of a kind.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The idea, and other words for it, without those that were tried; the idea alone once all were.
pub(super) fn others(idea: &str, wanted: &Constraints, tried: &[&str]) -> Vec<String> {
    let plain = idea.trim_end_matches(['.', ' ']);
    let pairs = TAILS.iter().flat_map(|tail| LEADS.iter().map(move |lead| (lead, tail)));
    let told = pairs.map(|(lead, tail)| match (*lead, *tail) {
        ("", "") => idea.to_owned(),
        (lead, tail) => format!("{lead}{plain}{tail}"),
    });
    let means_it = |text: &String| {
        !tried.contains(&text.as_str()) && read(text).is_ok_and(|found| found == *wanted)
    };
    let found: Vec<String> = told.filter(means_it).take(OFFERED).collect();
    if found.is_empty() { vec![idea.to_owned()] } else { found }
}

/// Other words for the idea, with a term of so many clusters if they are wanted.
pub(super) fn another(idea: &str, wanted: &Constraints, tried: &[&str], clusters: usize) -> String {
    if clusters == 0 {
        return others(idea, wanted, tried).into_iter().next().unwrap_or_else(|| idea.to_owned());
    }
    let idea = idea.trim_end_matches(['.', ' ']);
    let chosen = CLUSTERS.iter().take(clusters);
    chosen.fold(idea.to_owned(), |text, (_, terms)| {
        // Another term of each cluster every time, if the painter understands it.
        let turned = terms.iter().cycle().skip(tried.len() % terms.len().max(1)).take(terms.len());
        let with = |term| format!("{text}, {term}");
        let mut told = turned.map(with).filter(|text| read(text).is_ok_and(|read| read == *wanted));
        told.next().unwrap_or(text.clone())
    })
}

/// Ideas that differ in one thing: a number, a look, a kind, or where something lies.
pub(super) fn contraries(wanted: &Constraints) -> Vec<String> {
    let mut found = Vec::new();
    for other in contrary(wanted) {
        let text = phrase(&other);
        let right = read(&text).is_ok_and(|read| same(&read, &other));
        if right && !found.contains(&text) && found.len() < CONTRARY {
            found.push(text);
        }
    }
    found
}

/// One change each, those first that a painter gets wrong most easily.
fn contrary(wanted: &Constraints) -> Vec<Constraints> {
    let changed = |at: usize, change: &dyn Fn(&mut WantedObject)| {
        let mut other = wanted.clone();
        if let Some(object) = other.objects.get_mut(at) {
            change(object);
        }
        other
    };
    let mut found = Vec::new();
    for at in 0..wanted.objects.len() {
        found.push(changed(at, &|object| object.count = Count(object.count.0.saturating_add(1))));
    }
    for at in 0..wanted.relations.len() {
        let mut other = wanted.clone();
        if let Some(relation) = other.relations.get_mut(at) {
            relation.kind = opposite(relation.kind);
        }
        found.push(other);
    }
    for at in 0..wanted.objects.len() {
        found.push(changed(at, &|object| object.attribute = object.attribute.map(another_look)));
        found.push(changed(at, &|object| {
            object.noun = another_kind(&object.noun, wanted).to_owned();
        }));
    }
    for at in 0..wanted.objects.len() {
        found.push(changed(at, &|object| object.count = Count(object.count.0.saturating_sub(1))));
    }
    found
}

const fn opposite(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::LeftOf => RelationKind::RightOf,
        RelationKind::RightOf | RelationKind::NextTo => RelationKind::LeftOf,
        RelationKind::Above | RelationKind::OnTopOf => RelationKind::Below,
        RelationKind::Below => RelationKind::Above,
    }
}

/// The next one in the list of all.
fn another_look(look: Attribute) -> Attribute {
    let mut all = Attribute::all().skip_while(|one| *one != look).skip(1);
    all.next().unwrap_or(Attribute::Color(Color::Red))
}

/// The next kind in the vocabulary that is not asked for.
fn another_kind(name: &str, wanted: &Constraints) -> &'static str {
    let asked = |name: &str| {
        wanted.objects.iter().any(|one| one.noun == name)
            || wanted.absent.iter().any(|one| one == name)
    };
    let after = NOUNS.iter().cycle().skip_while(|one| one.name != name).skip(1);
    after.take(NOUNS.len()).find(|one| !asked(one.name)).map_or("", |one| one.name)
}

/// Constraints as an idea: `two red apples left of a blue cup and a cat`.
pub(super) fn phrase(wanted: &Constraints) -> String {
    let mut said = vec![false; wanted.objects.len()];
    let mut mention = |at: usize| {
        let again = said.get_mut(at).is_some_and(|said| std::mem::replace(said, true));
        wanted.objects.get(at).map(|object| mentioned(object, again)).unwrap_or_default()
    };
    let mut parts = Vec::new();
    for relation in &wanted.relations {
        let subject = mention(relation.subject);
        parts.push(match relation.target {
            RelationTarget::Canvas => format!("{subject} {}", side(relation.kind)),
            RelationTarget::Object(target) => {
                format!("{subject} {} {}", relation.kind.as_str(), mention(target))
            }
        });
    }
    let rest: Vec<usize> =
        (0..wanted.objects.len()).filter(|at| !said.get(*at).is_some_and(|said| *said)).collect();
    parts.extend(rest.iter().filter_map(|at| Some(mentioned(wanted.objects.get(*at)?, false))));
    parts.extend(wanted.absent.iter().map(|absent| format!("no {}", plural(absent))));
    let text = parts.join(" and ");
    match &wanted.background {
        Some(background) => format!("{text}, {background} background"),
        None => text,
    }
}

/// `two red apples`, and `the red apples` later on.
pub(super) fn mentioned(object: &WantedObject, again: bool) -> String {
    let count = object.count.0;
    let number = usize::try_from(count).ok().and_then(|count| count.checked_sub(1));
    let number = number
        .and_then(|at| NUMBERS.get(at))
        .map_or_else(|| count.to_string(), |word| (*word).to_owned());
    let name = noun(&object.noun).map_or(object.noun.as_str(), |noun| noun.name_for(count));
    let look = object.attribute.map(|look| format!("{look} ")).unwrap_or_default();
    let number = if again { "the".to_owned() } else { number };
    format!("{number} {look}{name}")
}

/// A number in words, if it has one.
pub(super) fn number(count: usize) -> Option<&'static str> {
    NUMBERS.get(count.checked_sub(1)?).copied()
}

fn plural(name: &str) -> &str {
    noun(name).map_or(name, |noun| noun.plural)
}

/// Whether two readings ask for the same, in whatever order.
fn same(one: &Constraints, other: &Constraints) -> bool {
    let told = |wanted: &Constraints| {
        let name = |at: usize| wanted.objects.get(at).map(|one| mentioned(one, false));
        let mut all: Vec<String> = (0..wanted.objects.len()).filter_map(name).collect();
        all.extend(wanted.absent.iter().map(|noun| format!("no {noun}")));
        all.extend(wanted.background.iter().map(|name| format!("@{name}")));
        all.extend(wanted.relations.iter().map(|relation| {
            let target = match relation.target {
                RelationTarget::Object(at) => name(at),
                RelationTarget::Canvas => None,
            };
            format!("{:?} {} {target:?}", name(relation.subject), relation.kind.as_str())
        }));
        all.sort_unstable();
        all
    };
    told(one) == told(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(idea: &str) -> Constraints {
        read(idea).unwrap()
    }

    #[test]
    fn ideas_are_said_otherwise_and_mean_the_same() {
        for idea in [
            "two red apples left of a blue cup",
            "a photo of a cat on a beach",
            "three dogs and no cats.",
            "a cat on the left of the picture",
        ] {
            let wanted = of(idea);
            let first = others(idea, &wanted, &[]);
            assert_eq!((first[0].as_str(), first.len()), (idea, OFFERED), "{first:?}");
            let tried: Vec<&str> = first.iter().map(String::as_str).collect();
            let second = others(idea, &wanted, &tried);
            assert!(!second.is_empty() && second.iter().all(|one| !first.contains(one)));
            assert!(second.iter().all(|one| of(one) == wanted), "{second:?}");
        }
        let wanted = of("a cat");
        let all: Vec<String> = TAILS
            .iter()
            .flat_map(|tail| LEADS.iter().map(move |lead| format!("{lead}a cat{tail}")))
            .collect();
        let tried: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(others("a cat", &wanted, &tried), ["a cat"], "nothing is left to be said");
    }

    #[test]
    fn every_term_of_a_cluster_is_read_and_changes_nothing() {
        let wanted = of("two red apples");
        for (name, terms) in CLUSTERS {
            for term in terms.iter().filter(|term| **term != "photograph") {
                let text = format!("two red apples, {term}");
                assert_eq!(read(&text).ok().as_ref(), Some(&wanted), "{name}: {term}");
            }
        }
        for tried in [&[] as &[&str], &["x"], &["x"; 7]] {
            let text = another("two red apples.", &wanted, tried, CLUSTERS.len());
            assert_eq!(read(&text).ok().as_ref(), Some(&wanted), "{text}");
            let has = |terms: &[&str]| terms.iter().any(|term| text.contains(term));
            assert!(CLUSTERS.iter().all(|(_, terms)| has(terms)), "{text}");
        }
    }

    #[test]
    fn a_contrary_idea_differs_in_one_thing() {
        let found = contraries(&of("two red apples left of a blue cup"));
        for expected in [
            "three red apples left of one blue cup",
            "two red apples right of one blue cup",
            "one red apple left of one blue cup",
        ] {
            assert!(found.iter().any(|one| one == expected), "{expected}: {found:#?}");
        }
        assert!(found.len() >= 7, "{found:#?}");
        let own = of("two red apples left of a blue cup");
        assert!(found.iter().all(|one| !same(&of(one), &own)));
        assert!(!contraries(&of("a cat")).is_empty());
        assert!(!contraries(&of("three dogs on a beach, no cats")).is_empty());
    }

    #[test]
    fn whatever_is_asked_for_can_be_said() {
        for idea in [
            "a cat",
            "twelve apples",
            "a red car, a cat left of a dog and the dog on top of a bench",
            "a cat in the top of the picture and no dogs",
            "two red apples and one green apple and a yellow banana right of a cup",
            "a person next to a bench on a beach",
        ] {
            let wanted = of(idea);
            let text = phrase(&wanted);
            assert!(read(&text).is_ok_and(|read| same(&read, &wanted)), "{idea}: {text}");
        }
    }
}
