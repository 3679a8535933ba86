//! Every prompt of the LMD and GenEval benchmarks means exactly what its row says.

use std::collections::BTreeMap;

use pentimento_model::{Attribute, Count, Relation, RelationKind, WantedObject};
use serde_json::Value;

use super::*;

const LMD: &str = include_str!("../../../../../assets/benchmarks/lmd/lmd_prompts.jsonl");
const GENEVAL: &str =
    include_str!("../../../../../assets/benchmarks/geneval/evaluation_metadata.jsonl");

fn rows(text: &str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap())
}

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .map_or_else(Vec::new, |list| list.iter().map(|entry| entry.as_str().unwrap()).collect())
}

fn object(noun: &str, color: Option<&str>, count: u64) -> WantedObject {
    let attribute = color.map(|word| Attribute::from_word(word).unwrap());
    WantedObject { noun: noun.to_owned(), attribute, count: Count(count.try_into().unwrap()) }
}

#[test]
fn every_lmd_prompt_is_read_as_its_row_says() {
    let mut n_rows = 0;
    for row in rows(LMD) {
        n_rows += 1;
        let prompt = row["prompt"].as_str().unwrap();
        let read = read(prompt).unwrap_or_else(|error| panic!("{prompt}: {error}"));
        let nouns = strings(&row["objects"]);
        let mut expected = Constraints::default();
        match row["task"].as_str().unwrap() {
            "negation" => expected.absent = vec![nouns[0].to_owned()],
            "numeracy" => {
                expected.objects = vec![object(nouns[0], None, row["count"].as_u64().unwrap())];
            }
            "attribution" => {
                let colors = strings(&row["colors"]);
                let pairs = nouns.iter().zip(colors);
                expected.objects =
                    pairs.map(|(noun, color)| object(noun, Some(color), 1)).collect();
            }
            "spatial" => {
                expected.objects = nouns.iter().map(|noun| object(noun, None, 1)).collect();
                for (subject, side) in strings(&row["locations"]).into_iter().enumerate() {
                    let kind = match side {
                        "left" => RelationKind::LeftOf,
                        "right" => RelationKind::RightOf,
                        "top" => RelationKind::Above,
                        "bottom" => RelationKind::Below,
                        other => panic!("{other}"),
                    };
                    let target = RelationTarget::Canvas;
                    expected.relations.push(Relation { subject, kind, target });
                }
            }
            other => panic!("{other}"),
        }
        assert_eq!(read, expected, "{prompt}");
    }
    assert_eq!(n_rows, 400);
}

#[test]
fn every_geneval_prompt_is_read_as_its_row_says() {
    let mut n_rows = 0;
    for row in rows(GENEVAL) {
        n_rows += 1;
        let prompt = row["prompt"].as_str().unwrap();
        let read = read(prompt).unwrap_or_else(|error| panic!("{prompt}: {error}"));
        let wanted = row["include"].as_array().unwrap();
        let name = |clause: &Value| clause["class"].as_str().unwrap().to_owned();
        let expected: BTreeMap<String, WantedObject> = wanted
            .iter()
            .map(|clause| {
                let color = clause["color"].as_str();
                (name(clause), object(&name(clause), color, clause["count"].as_u64().unwrap()))
            })
            .collect();
        let objects: BTreeMap<String, WantedObject> =
            read.objects.iter().map(|object| (object.noun.clone(), object.clone())).collect();
        assert_eq!(objects, expected, "{prompt}");

        let mut positions = Vec::new();
        for clause in wanted.iter().filter(|clause| clause["position"].is_array()) {
            let target: usize = clause["position"][1].as_u64().unwrap().try_into().unwrap();
            let kind = clause["position"][0].as_str().unwrap();
            positions.push(format!("{} {kind} {}", name(clause), name(&wanted[target])));
        }
        let relations: Vec<String> = read
            .relations
            .iter()
            .map(|relation| {
                let RelationTarget::Object(target) = relation.target else { panic!("{prompt}") };
                let (subject, kind) =
                    (&read.objects[relation.subject].noun, relation.kind.as_str());
                format!("{subject} {kind} {}", read.objects[target].noun)
            })
            .collect();
        assert_eq!(relations, positions, "{prompt}");
        assert!(read.absent.is_empty() && read.background.is_none(), "{prompt}");
    }
    assert_eq!(n_rows, 553);
}
