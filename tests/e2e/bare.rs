//! A bare machine: every recipe that makes pictures runs on the embedded world, without a setting.

use crate::{program::Place, refine::artifacts, serve::Server};

/// Recipes whose questions the mind answers, every one.
const ANSWERED: [&str; 13] = [
    "blackbox",
    "context-canvas",
    "cycleprompt",
    "fabric",
    "idea2img",
    "initno",
    "iterative-inpaint",
    "neuroprompts",
    "opt2i",
    "rank",
    "rich-feedback",
    "sld-models",
    "textmatch",
];
const IDEA: &str = "three red apples left of a blue cup";

#[test]
fn every_recipe_for_pictures_runs_and_is_replayed() {
    for recipe in ANSWERED {
        let place = Place::new();
        let said = place.say(&["refine", IDEA, "--recipe", recipe, "--quiet"]).without_panic();
        assert!(matches!(said.code, Some(0 | 3)), "{recipe}: {said:?}");
        let told = format!("{:?}", crate::refine::events(&place.run_folder()));
        assert!(told.contains(r#"String("mind")"#), "{recipe}: {told}");
        // Without facts, context-canvas says that it has none.
        let fell = told.contains("fell-back") && recipe != "context-canvas";
        assert!(!fell, "{recipe}: every answer was of use: {told}");
        let replayed = place.say(&["replay"]).without_panic();
        assert_eq!(replayed.code, Some(0), "{recipe}: {replayed:?}");
        assert_eq!(place.say(&["resume"]).without_panic().code, said.code, "{recipe}");
    }
}

#[test]
fn examiners_of_every_kind_are_answered() {
    for examiner in ["dsg", "tifa", "vqascore", "cycle", "textnorm"] {
        let place = Place::new();
        let words = ["refine", IDEA, "--recipe", "rank", "--examiner", examiner, "--quiet"];
        let said = place.say(&words).without_panic();
        assert!(matches!(said.code, Some(0 | 3)), "{examiner}: {said:?}");
        let told = format!("{:?}", crate::refine::events(&place.run_folder()));
        assert!(!told.contains("fell-back"), "{examiner}: {told}");
    }
}

#[test]
fn over_the_wire_they_come_to_the_same_pictures() {
    let server = Server::start();
    for recipe in ["textmatch", "opt2i", "cycleprompt", "neuroprompts", "iterative-inpaint"] {
        let pictures = |place: &Place, painter: &[&str]| {
            let words = ["refine", IDEA, "--recipe", recipe, "--quiet"];
            let said = place.say(&[&words[..], painter].concat()).without_panic();
            assert!(matches!(said.code, Some(0 | 3)), "{recipe}: {said:?}");
            artifacts(&place.run_folder())
        };
        let here = pictures(&Place::new(), &["--preset", "careful"]);
        let there = pictures(&server.caller(), &["--painter", "world/careful"]);
        assert_eq!(here, there, "{recipe}");
    }
}

#[test]
fn an_idea_of_another_world_is_refused_before_a_run_begins() {
    let place = Place::new();
    for recipe in ["textmatch", "idea2img", "rank"] {
        let said = place.say(&["refine", "the sound of rain", "--recipe", recipe]).without_panic();
        assert_eq!(said.code, Some(2), "{recipe}: {said:?}");
        assert!(said.err.contains("`sound`") && said.err.contains("hint:"), "{said:?}");
        assert!(!said.err.contains("resume"), "{said:?}");
    }
    assert!(!place.path().join("runs").exists());
}

#[test]
fn the_mind_plays_only_what_it_can() {
    for (roles, recipe, words) in [
        ("writer = \"embedded/oracle\"", "textmatch", "`embedded/oracle`, which does not exist"),
        ("detector = \"embedded/mind\"", "sld", "cannot play the role `detector`"),
        ("writer = \"embedded/mind\"", "self-refine", "cannot be the writer of recipe"),
    ] {
        let place = Place::of_user(&format!("[roles]\n{roles}\n"));
        let said = place.say(&["refine", "2 + 2", "--recipe", recipe]).without_panic();
        assert_eq!(said.code, Some(2), "{roles}: {said:?}");
        assert!(said.err.contains(words) && said.err.contains("hint:"), "{roles}: {said:?}");
    }
    let place = Place::of_user("[roles]\nwriter = \"embedded/mind\"\nseer = \"embedded/mind\"\n");
    let said = place.say(&["model", "test", "seer"]).without_panic();
    assert!(said.code == Some(0) && said.out.contains("by rules"), "{said:?}");
    let said = place.say(&["refine", IDEA, "--recipe", "textmatch", "--dry-run"]).without_panic();
    assert!(said.out.contains("to embedded/mind (writer)"), "{said:?}");
}
