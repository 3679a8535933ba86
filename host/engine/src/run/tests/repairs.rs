//! Recipes that repair, enhance and choose: their order of steps, when they stop, what they hand out,
//! and whether they do better than as many pictures painted blindly.

use pentimento_model::Chat;

use super::{
    exams::{READING, carry_out, seer, steps, with, writer},
    planned::eyes,
    *,
};
use crate::testing::{ScriptedModel, answer, said};

/// A seer that marks the place of the dog where there is none.
fn marker() -> ScriptedModel {
    ScriptedModel::by("seer", |chat| {
        let missing = r#"{"box": [0.6, 0.6, 0.3, 0.3], "problem": "no dog", "instead": "a dog"}"#;
        let regions = if shows_dog(chat) { "" } else { missing };
        answer(format!(r#"{{"overall": 4, "regions": [{regions}], "words": []}}"#))
    })
}

fn shows_dog(chat: &Chat) -> bool {
    let picture = chat.images().next().map(|picture| picture.bytes.to_vec()).unwrap_or_default();
    String::from_utf8(picture).unwrap().contains("dog")
}

fn ended(outcome: &RunOutcome) -> (Verdict, u32, StopReason, u32) {
    (outcome.verdict, outcome.best.0, outcome.stop, outcome.images)
}

fn texts(all: &[&str]) -> ScriptedModel {
    ScriptedModel::saying("writer", all)
}

/// The same run with this attached.
fn carry_out_with(
    recipe: &Recipe,
    script: &Script,
    scripted: &ScriptedPorts,
    attached: &Artifact,
) -> RunOutcome {
    scripted.ports.keep.store(attached).unwrap();
    let mut request = request(recipe.clone(), script);
    request.brief.attached = vec![attached.id];
    block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap()
}

fn picture(text: &str) -> Artifact {
    Artifact::new(MediaType::Png, text.as_bytes().to_vec())
}

#[test]
fn marked_regions_are_painted_anew_and_beat_blind_painting() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let scripted = with(&script, texts(&[]), marker());
    let outcome = carry_out(&recipe("rich-feedback"), &script, &scripted);
    assert_eq!(steps(&scripted), ["c0", "seer rich", "c1", "seer rich"]);
    assert_eq!(ended(&outcome), (Verdict::Accept, 1, StopReason::Accepted, 2));

    let blind = Recipe { rounds: 1, ..recipe("rank").with_examiner("rich").unwrap() };
    let outcome = carry_out(&blind, &script, &with(&script, texts(&[]), marker()));
    assert_eq!(ended(&outcome), (Verdict::GiveUp, 0, StopReason::Rounds, 2));
}

#[test]
fn a_repair_that_makes_nothing_better_is_not_kept() {
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[NOTHING]);
    let outcome =
        carry_out(&recipe("rich-feedback"), &script, &with(&script, texts(&[]), marker()));
    assert_eq!(ended(&outcome), (Verdict::GiveUp, 0, StopReason::Rounds, 4));
}

#[test]
fn where_only_words_are_named_the_prompt_stresses_them() {
    let script = Script::new(GOAL, &[NO_DOG, NO_DOG, GOAL]);
    let words = || {
        ScriptedModel::by("seer", |chat| {
            let words = if shows_dog(chat) { "" } else { "\"dog\"" };
            answer(format!(r#"{{"overall": 4, "regions": [], "words": [{words}]}}"#))
        })
    };
    let written = r#"{"thoughts": "so", "prompt": "a dog, a big dog, and a cat"}"#;
    let scripted = with(&script, texts(&[written, "what?", "what?"]), words());
    let outcome = carry_out(&recipe("rich-feedback"), &script, &scripted);
    assert_eq!(ended(&outcome), (Verdict::Accept, 2, StopReason::Accepted, 3));
    let fell = "no stress: the words are said again at the end of the prompt";
    assert!(steps(&scripted).contains(&fell.to_owned()), "{:?}", steps(&scripted));
    let prompts: Vec<_> = climbs::prompts_of(&scripted);
    assert_eq!(prompts, ["a cat and a dog", "a dog, a big dog, and a cat", "a cat and a dog, dog"]);
}

#[test]
fn what_does_not_match_becomes_an_instruction_for_the_editor() {
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[NOTHING, exams::RED_DOG]);
    let amend = |text: &str| format!(r#"{{"thoughts": "so", "prompt": "{text}"}}"#);
    let answers = [amend("add a dog"), amend("add a red dog")];
    let all: Vec<&str> = READING.into_iter().chain(answers.iter().map(String::as_str)).collect();
    let writer = Arc::new(writer(&all));
    let mut scripted = with(&script, texts(&[]), seer());
    scripted.ports.models.writer = Some(writer.clone());
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let editing = Recipe { examiner, ..recipe("textmatch-edit") };
    let outcome = carry_out(&editing, &script, &scripted);
    assert_eq!(ended(&outcome), (Verdict::Accept, 2, StopReason::Accepted, 3));
    assert_eq!(scripted.calls.counts()[1..3], [1, 2], "one painting, two edits");
    let asked = writer.asked();
    assert!(asked[3].contains("Is there a dog? no") && asked[4].contains("add a dog"), "{asked:?}");
}

#[test]
fn what_is_trusted_once_is_never_open_again() {
    // A cell outside the hole is doubted in the second picture, and stays closed.
    let maps = ["09 99", "90 99", "99 99"];
    let maps: Vec<String> = maps
        .iter()
        .map(|rows| format!("{{\"rows\": {:?}}}", rows.split(' ').collect::<Vec<_>>()))
        .collect();
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[GOAL]);
    let examiner = Some(Examiner::Map { cells: 2, trust: 5 });
    let recipe = Recipe { examiner, ..recipe("iterative-inpaint") };
    let run = |maps: &[&str]| {
        let maps = ScriptedModel::saying("seer", maps);
        let scripted = with(&script, texts(&[]), maps);
        let outcome = carry_out(&recipe, &script, &scripted);
        (ended(&outcome), scripted)
    };
    let [first, other, all] = [&maps[0], &maps[1], &maps[2]].map(String::as_str);
    let (end, scripted) = run(&[first, all]);
    assert_eq!(end, (Verdict::Accept, 1, StopReason::Accepted, 2));
    let planned = scripted.witness.events().into_iter().find_map(|timed| match timed.event {
        RunEvent::CorrectionPlanned { ops, .. } => Some(ops),
        _ => None,
    });
    let corner = Region::new(0.0, 0.0, 0.5, 0.5).unwrap();
    let prompt = "a cat and a dog".to_owned();
    assert_eq!(planned.unwrap(), [EditOp::Inpaint { region: corner, prompt }]);

    // The mean is the same, so the first picture stays; better ones close the hole.
    let (end, _) = run(&[first, other, other, other, other]);
    assert_eq!(end, (Verdict::GiveUp, 0, StopReason::Rounds, 5));
    let better = r#"{"rows": ["94", "99"]}"#;
    let (end, _) = run(&[first, better]);
    assert_eq!(end, (Verdict::GiveUp, 1, StopReason::NoOps, 2), "nothing is open any more");
}

#[test]
fn an_enhanced_prompt_keeps_its_constraints_or_is_made_by_rule() {
    let script = Script::new(GOAL, &[NO_DOG, GOAL]);
    let no_cat = r#"{"thoughts": "", "prompt": "a dog, intricate oil painting, calm"}"#;
    let good = r#"{"thoughts": "", "prompt": "a cat and a dog, intricate oil painting, calm"}"#;
    let yes_if_dog =
        || ScriptedModel::by("seer", |chat| answer(if shows_dog(chat) { "yes" } else { "no" }));
    let plain = "a cat and a dog, highly detailed, oil painting, warm light";
    for (answers, prompt) in [
        (&[no_cat, good][..], "a cat and a dog, intricate oil painting, calm"),
        (&[no_cat, "never"], plain),
    ] {
        let scripted = with(&script, texts(answers), yes_if_dog());
        let outcome = carry_out(&recipe("neuroprompts"), &script, &scripted);
        assert_eq!(ended(&outcome), (Verdict::Accept, 1, StopReason::Accepted, 2));
        assert_eq!(climbs::prompts_of(&scripted), ["a cat and a dog", prompt]);
    }
    // What scores no higher is not kept.
    let script = Script::new(GOAL, &[NO_DOG, NO_DOG]);
    let scripted = with(&script, texts(&[good]), yes_if_dog());
    let outcome = carry_out(&recipe("neuroprompts"), &script, &scripted);
    assert_eq!(ended(&outcome), (Verdict::GiveUp, 0, StopReason::Rounds, 2));
}

#[test]
fn facts_of_a_graph_are_said_and_asked_about() {
    let script = Script::new(GOAL, &[NO_DOG, GOAL]);
    let graph =
        Artifact::new(MediaType::Text, b"Rex | is | a dog\ndog | sits on | a chair\n".to_vec());
    let seer = || {
        ScriptedModel::by("seer", |chat| {
            let questions = said(chat).matches("Is this true").count() + 1;
            let word = if shows_dog(chat) { "yes" } else { "no" };
            answer(format!(r#"{{"answers": {:?}}}"#, vec![word; questions]))
        })
    };
    let prompt = |text: &str| format!(r#"{{"thoughts": "", "prompt": "{text}"}}"#);
    let (ground, again) = (prompt("a cat and a dog on a chair"), prompt("a dog on a chair, a cat"));
    let writer = Arc::new(texts(&[&ground, &again]));
    let mut scripted = with(&script, texts(&[]), seer());
    scripted.ports.models.writer = Some(writer.clone());
    let outcome = carry_out_with(&recipe("context-canvas"), &script, &scripted, &graph);
    assert_eq!(ended(&outcome), (Verdict::Accept, 1, StopReason::Accepted, 2));
    assert_eq!(
        steps(&scripted),
        ["writer ground", "c0", "seer answers", "writer match", "c1", "seer answers"]
    );
    let asked = writer.asked();
    assert!(asked[0].contains("dog sits on a chair") && !asked[0].contains("Rex"), "{asked:?}");
    assert!(asked[1].contains("Is this true of what the picture shows: dog sits on a chair? no"));

    // Without a graph nothing is known, and that is said.
    let scripted = with(&script, texts(&[&again]), seer());
    carry_out(&recipe("context-canvas"), &script, &scripted);
    assert_eq!(steps(&scripted)[0], "no ground: the idea alone is painted");
}

#[test]
fn the_seed_of_the_best_picture_is_kept_for_all_prompts() {
    let script = Script::new(GOAL, &[NOTHING, NO_DOG, NOTHING, NOTHING, NO_DOG]);
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let algorithm = Algorithm::InitNo { seeds: 3, examples: 2, stop_score: 1.0 };
    let recipe = Recipe { algorithm, examiner, rounds: 2, ..recipe("initno") };
    let prompt = r#"{"thoughts": "", "prompt": "a dog"}"#;
    let all: Vec<&str> = READING.into_iter().chain([prompt, prompt]).collect();
    let scripted = with(&script, writer(&all), seer());
    let outcome = carry_out(&recipe, &script, &scripted);
    assert_eq!(outcome.images, 5);
    let seeds: Vec<Seed> = scripted
        .witness
        .events()
        .iter()
        .filter_map(|timed| match &timed.event {
            RunEvent::CandidateReady { candidate, .. } => match candidate.origin {
                Origin::Generated { seed, .. } => Some(seed),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert!(seeds[0] != seeds[1] && seeds[1] != seeds[2]);
    assert_eq!(seeds[3..], [seeds[1], seeds[1]], "the second picture was best");
}

#[test]
fn a_picture_of_the_users_is_changed_by_a_plan_that_is_made_once() {
    let script = Script::new(GOAL, &[]);
    let scripted = ScriptedPorts::fresh(&script);
    let outcome = carry_out_with(&recipe("sld"), &script, &scripted, &picture(NO_DOG));
    assert_eq!(ended(&outcome), (Verdict::Accept, 1, StopReason::Accepted, 2));
    assert_eq!(scripted.calls.counts(), [0, 0, 1, 2, 1], "nothing is painted, and planned once");
    let events = scripted.witness.events();
    let origins: Vec<_> = events
        .iter()
        .filter_map(|timed| match &timed.event {
            RunEvent::CandidateReady { candidate, .. } => Some(candidate.origin.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(origins[0], Origin::Given);
    assert!(matches!(&origins[1], Origin::Corrected { ops, .. } if ops.len() == 1));

    // An edit that does not help is tried again, and the user's picture is what is handed out.
    let script = Script::new(GOAL, &[]).with_edits(&[NO_DOG]);
    let scripted = ScriptedPorts::fresh(&script);
    let outcome = carry_out_with(&recipe("sld"), &script, &scripted, &picture(NO_DOG));
    assert_eq!(ended(&outcome), (Verdict::GiveUp, 0, StopReason::Rounds, 4));
}

#[test]
fn a_writer_plans_a_change_once_and_says_what_cannot_be_done() {
    let script = Script::new(GOAL, &[]);
    let plan = r#"{"problems": [], "objects": [{"name": "cat #1", "box": [0.1, 0.1, 0.3, 0.3]},
        {"name": "dog #1", "box": [0.6, 0.6, 0.3, 0.3]}]}"#;
    let scripted = with(&script, texts(&[plan]), eyes());
    let outcome = carry_out_with(&recipe("sld-models"), &script, &scripted, &picture(NO_DOG));
    assert_eq!(ended(&outcome), (Verdict::Accept, 1, StopReason::Accepted, 2));
    assert_eq!(steps(&scripted), ["c0", "seer detect", "writer edit", "c1", "seer detect"]);

    let undone = r#"{"problems": [{"problem": "there is no bird", "item": ""}],
        "objects": [{"name": "cat #1", "box": [0.1, 0.1, 0.3, 0.3]}]}"#;
    let scripted = with(&script, texts(&[undone]), eyes());
    let outcome = carry_out_with(&recipe("sld-models"), &script, &scripted, &picture(NO_DOG));
    assert_eq!(ended(&outcome), (Verdict::GiveUp, 0, StopReason::NoOps, 1));
}
