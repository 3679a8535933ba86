use proptest::prelude::*;

use super::*;
use crate::{Role, embedded, find};

const GOOD: &str = r#"name = "mine"
title = "Mine"
summary = "Does it."
algorithm = "sld"
detector = "critic-detector"

[parameters]
rounds = 2
preserve-iou = 0.8
"#;

/// Replaces one piece of the good recipe and lists the problems as `line:column: message (hint)`.
fn check(piece: &str, by: &str, expected: &[&str]) {
    assert!(GOOD.contains(piece), "no `{piece}` in the good recipe");
    let found = problems(&GOOD.replacen(piece, by, 1));
    assert_eq!(found, expected, "`{piece}` → `{by}`");
}

fn problems(text: &str) -> Vec<String> {
    match read("test", text) {
        Ok(_) => Vec::new(),
        Err(RecipeError::Problems { problems, .. }) => problems
            .iter()
            .map(|one| match &one.hint {
                Some(hint) => format!("{one} ({hint})"),
                None => one.to_string(),
            })
            .collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_good_recipe_is_read_as_it_is_written() {
    let recipe = read("test", GOOD).unwrap();
    assert_eq!(recipe.rounds, 2);
    assert_eq!(recipe.algorithm, Algorithm::Sld { preserve_iou: 0.8, asks_writer: false });
    assert_eq!(
        (recipe.paper.as_deref(), recipe.detector.as_deref()),
        (None, Some("critic-detector"))
    );
}

#[test]
fn parameters_that_are_not_set_have_their_usual_values() {
    let recipe = read("test", GOOD.split("[parameters]").next().unwrap()).unwrap();
    assert_eq!(recipe.rounds, 3);
    assert_eq!(recipe.algorithm, Algorithm::Sld { preserve_iou: 0.9, asks_writer: false });
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    check("rounds", "ronds", &["8:1: unknown key `ronds` (did you mean `rounds`?)"]);
    check(
        "title =",
        "titel = \"x\"\ntitle =",
        &["2:1: unknown key `titel` (did you mean `title`?)"],
    );
    check(
        "rounds",
        "qqq",
        &["8:1: unknown key `qqq` (known are `rounds`, `preserve-iou`, `asks-writer`)"],
    );
    check(
        "preserve-iou = 0.8",
        "stop-early = true",
        &["9:1: unknown key `stop-early` (known are `rounds`, `preserve-iou`, `asks-writer`)"],
    );
}

#[test]
fn values_out_of_range_are_refused_with_the_range() {
    let rounds = "(`rounds` is a whole number from 0 to 1000)";
    for bad in ["1001", "-1", "2.5", "\"3\"", "99999999999999999999", "true", "[1]"] {
        check("= 2", &format!("= {bad}"), &[&format!("8:10: `rounds` cannot be `{bad}` {rounds}")]);
    }
    let iou = "(`preserve-iou` is a number from 0.5 to 0.99)";
    for bad in ["0.4", "1.0", "nan", "inf", "1"] {
        check("0.8", bad, &[&format!("9:16: `preserve-iou` cannot be `{bad}` {iou}")]);
    }
    check("\"Mine\"", "7", &["2:9: `title` cannot be `7` (`title` is a text that is not empty)"]);
    check(
        "\"mine\"",
        "\"../x\"",
        &[
            "1:8: `name` cannot be `\"../x\"` (`name` is 1 to 64 characters of `a-z`, `0-9` and `-`)",
        ],
    );
}

#[test]
fn unknown_algorithms_and_missing_keys_are_named() {
    check("\"sld\"", "\"slt\"", &["4:13: unknown algorithm `slt` (did you mean `sld`?)"]);
    check(
        "detector = \"critic-detector\"\n",
        "",
        &["1:1: the key `detector` is missing (add a line `detector = \"…\"` at the top)"],
    );
}

#[test]
fn an_examiner_brings_its_parameters_and_nothing_else_has_them() {
    let with = |lines: &str, parameters: &str| {
        GOOD.replace("detector =", &format!("{lines}detector =")) + parameters
    };
    let dsg = with("examiner = \"dsg\"\n", "questions = 4\ntogether = true\n");
    let recipe = read("test", &dsg).unwrap();
    assert_eq!(recipe.examiner, Some(Examiner::Dsg { questions: 4, together: true }));
    assert_eq!(read("test", &recipe.to_toml()).unwrap(), recipe);
    assert_eq!(recipe.words(false), [(Role::Writer, 3), (Role::Seer, 3)]);
    let samples = with("examiner = \"dsg\"\n", "samples = 4\n");
    let known = "(known are `rounds`, `preserve-iou`, `asks-writer`, `questions`, `together`)";
    assert_eq!(problems(&samples), [format!("11:1: unknown key `samples` {known}")]);
    assert_eq!(problems(&with("", "questions = 4\n")).len(), 1);
    let misspelled = with("examiner = \"dgs\"\n", "");
    let near = "5:12: unknown examiner `dgs` (did you mean `dsg`?)";
    assert_eq!(problems(&misspelled), [near.to_owned()]);
    let missing = dsg.replace("\"sld\"", "\"textmatch\"").replace("examiner", "examine");
    let found = problems(&missing);
    assert!(found.iter().any(|one| one.contains("the key `examiner` is missing")), "{found:?}");
}

#[test]
fn another_examiner_keeps_the_rest_of_the_recipe() {
    let plain = find("best-of-n").unwrap();
    for name in Examiner::NAMES {
        let examined = plain.with_examiner(name).unwrap();
        assert_eq!(examined.examiner.unwrap().name(), name);
        assert_eq!(Recipe { examiner: None, ..examined.clone() }, plain);
        assert_eq!(read("test", &examined.to_toml()).unwrap(), examined);
    }
    let own = find("opt2i").unwrap();
    assert_eq!(own.with_examiner("dsg").unwrap(), own, "its settings stay");
    let error = plain.with_examiner("sdl").unwrap_err();
    assert_eq!(
        error.hint(),
        Some(
            "known are `dsg`, `tifa`, `vqascore`, `textnorm`, `cycle`, `rich`, `map`, `lettering`"
        )
    );
}

#[test]
fn an_assessor_can_be_held_out_and_the_detector_cannot() {
    let with = |name: &str| GOOD.replace("detector =", &format!("held-out = {name}\ndetector ="));
    let recipe = read("test", &with("\"verify-count\"")).unwrap();
    assert_eq!(recipe.held_out.as_deref(), Some("verify-count"));
    assert_eq!(read("test", &recipe.to_toml()).unwrap(), recipe);
    let told = problems(&with("\"critic-detector\""));
    let hint = "(name another assessor, or leave it out)";
    let wrong = "`critic-detector` is the detector, and cannot be held out";
    assert_eq!(told, [format!("5:12: {wrong} {hint}")]);
    assert_eq!(problems(&with("7")).len(), 1);
    let plain = find("sld").unwrap();
    assert_eq!(plain.with_held_out("verify-count").unwrap().held_out, recipe.held_out);
    let error = plain.with_held_out("critic-detector").unwrap_err();
    assert!(error.hint().is_some() && error.to_string().contains("cannot be held out"));
}

#[test]
fn somebody_else_may_say_what_is_in_the_pictures_where_somebody_says_it() {
    let plain = find("sld").unwrap();
    assert_eq!((plain.detecting_role(), plain.needs(Role::Detector)), (None, false));
    let by_model = plain.with_detector("detector").unwrap();
    assert_eq!(
        (by_model.detecting_role(), by_model.needs(Role::Detector)),
        (Some(Role::Detector), true)
    );
    assert_eq!(read("test", &by_model.to_toml()).unwrap(), by_model);
    let models = find("sld-models").unwrap();
    assert!(models.needs(Role::Seer));
    assert_eq!(models.words(false), [(Role::Writer, 4), (Role::Seer, 3)]);
    let models = models.with_detector("detector").unwrap();
    assert!(!models.needs(Role::Seer));
    assert_eq!(models.words(false), [(Role::Writer, 4)], "a detector is not asked in words");
    let error = find("idea2img").unwrap().with_detector("detector").unwrap_err();
    assert!(error.hint().is_some() && error.to_string().contains("no detector to replace"));
    let watched = plain.with_held_out("verify-count").unwrap();
    assert!(watched.with_detector("verify-count").is_err());
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_text() {
    let text = GOOD.replace("title", "titel").replace("= 2", "= 1001").replace("0.8", "0.1");
    let found = problems(&text);
    let places: Vec<_> = found.iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["1:1", "2:1", "8:10", "9:16"]);
}

#[test]
fn broken_toml_is_told_with_its_place() {
    let found = problems("name = \"mine\ntitle = 3");
    assert!(found.iter().any(|line| line.starts_with("1:")), "{found:?}");
    assert_eq!(problems(&" ".repeat(70_000)).len(), 1);
}

#[test]
fn every_embedded_recipe_is_good_and_named_as_its_file() {
    for (name, text) in embedded() {
        let recipe = read(name, text).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(recipe.name, *name);
        assert_eq!(find(name).unwrap(), recipe);
    }
}

#[test]
fn a_recipe_written_down_reads_as_the_same_recipe() {
    for (name, text) in embedded() {
        let recipe = read(name, text).unwrap();
        let other = recipe.with_rounds(7).unwrap();
        assert_eq!(read(name, &recipe.to_toml()).unwrap(), recipe);
        assert_eq!(read(name, &other.to_toml()).unwrap(), other);
    }
}

#[test]
fn a_parameter_that_came_later_is_written_down_only_where_it_is_unusual() {
    for name in ["self-refine", "plan-verify", "multi-turn-correct"] {
        let (_, text) = embedded().iter().find(|(known, _)| *known == name).unwrap();
        let usual = read(name, text).unwrap();
        assert!(
            text.contains("history = 1000") && !usual.to_toml().contains("history ="),
            "{name}"
        );
        let short = read(name, &text.replace("history = 1000", "history = 2")).unwrap();
        assert!(short.to_toml().contains("history = 2"), "{name}");
        assert_eq!(read(name, &short.to_toml()).unwrap(), short);
    }
}

#[test]
fn who_is_asked_by_sld_is_what_its_text_says() {
    let by_rules = find("sld").unwrap();
    let by_models = find("sld-models").unwrap();
    let needs = |recipe: &Recipe| {
        let all = [Role::Parser, Role::Painter, Role::Controller, Role::Writer, Role::Seer];
        all.into_iter().filter(|role| recipe.needs(*role)).collect::<Vec<_>>()
    };
    assert_eq!(needs(&by_rules), [Role::Parser, Role::Painter, Role::Controller]);
    assert_eq!(needs(&by_models), [Role::Painter, Role::Writer, Role::Seer]);
    assert_eq!(by_rules.words(false), []);
    // The idea is read once; each of three pictures is looked at and planned for.
    assert_eq!(by_models.words(false), [(Role::Writer, 4), (Role::Seer, 3)]);
    assert_eq!(by_models.paints_by(), [pentimento_model::Ability::Inpaint]);
}

#[test]
fn a_recipe_nobody_has_is_named_with_the_nearest() {
    let error = find("best-of-m").unwrap_err();
    assert_eq!(error.to_string(), "there is no recipe `best-of-m`");
    assert_eq!(error.hint(), Some("did you mean `best-of-n`?"));
    assert_eq!(find("sdl").unwrap_err().hint(), Some("did you mean `sld`?"));
    let told = find("zzz").unwrap_err().hint().unwrap_or_default().to_owned();
    assert!(told.starts_with("`pentimento recipe list` tells all "), "{told}");
}

#[test]
fn rounds_from_elsewhere_obey_the_same_range() {
    let recipe = find("sld").unwrap();
    assert_eq!(recipe.with_rounds(0).unwrap().budget().images, 1);
    assert_eq!(recipe.with_rounds(1001), None);
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC*") {
        let _ = read("test", &text);
    }

    #[test]
    fn a_damaged_recipe_never_panics(at in 0..GOOD.len(), by in "\\PC{0,3}") {
        let text = format!("{}{by}{}", &GOOD[..at], &GOOD[at + 1..]);
        let _ = read("test", &text);
    }
}
