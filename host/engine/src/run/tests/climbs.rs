//! Recipes that climb by an examiner's scores: their order of steps, what the writer is shown, when
//! they stop, and what they hand out.

use super::{
    exams::{READING, RED_DOG, carry_out, over, seer, steps, with, writer},
    *,
};
use crate::testing::{ScriptedModel, answer};

const RED_CAT: &str = "cat/red 0.1 0.1 0.3 0.3\n";

fn opt2i(prompts: u32, pictures: u32, rounds: u32) -> Recipe {
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let algorithm = Algorithm::Opt2I { prompts, pictures, history: 2, stop_score: 1.0 };
    Recipe { algorithm, examiner, rounds, ..recipe("opt2i") }
}

fn textmatch(rounds: u32) -> Recipe {
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let algorithm = Algorithm::TextMatch { edits: false, examples: 2, stop_score: 1.0 };
    Recipe { algorithm, examiner, rounds, ..recipe("textmatch") }
}

fn prompts(texts: &[&str]) -> String {
    format!(r#"{{"prompts": {texts:?}}}"#)
}

fn thought(prompt: &str) -> String {
    format!(r#"{{"thoughts": "so", "prompt": "{prompt}"}}"#)
}

/// The run's reading of the idea, and then these answers of the writer.
fn after_reading(texts: &[String]) -> Vec<&str> {
    READING.into_iter().chain(texts.iter().map(String::as_str)).collect()
}

pub(super) fn prompts_of(scripted: &ScriptedPorts) -> Vec<String> {
    let events = scripted.witness.events();
    let painted = events.iter().filter_map(|timed| match &timed.event {
        RunEvent::CandidateReady { candidate, .. } => match &candidate.origin {
            Origin::Generated { prompt, .. } => Some(prompt.clone()),
            Origin::Given | Origin::Corrected { .. } | Origin::Written { .. } => None,
        },
        _ => None,
    });
    painted.collect()
}

/// Runs a recipe with this writer; gives how it ended, and every question to the writer.
fn climb(
    recipe: &Recipe,
    paintings: &[&str],
    texts: &[String],
) -> (RunOutcome, ScriptedPorts, Vec<String>) {
    let script = Script::new(GOAL, paintings);
    let writer = Arc::new(writer(&after_reading(texts)));
    let mut scripted = with(&script, ScriptedModel::saying("unused", &[]), seer());
    scripted.ports.models.writer = Some(writer.clone());
    let outcome = carry_out(recipe, &script, &scripted);
    (outcome, scripted, writer.asked())
}

#[test]
fn opt2i_paints_every_prompt_several_times_and_stops_at_a_perfect_picture() {
    let paintings = [NOTHING, NO_DOG, NO_DOG, NO_DOG, GOAL, NOTHING, RED_DOG, GOAL];
    let texts = [prompts(&["one", "two"]), prompts(&["three", "four"])];
    let (outcome, scripted, asked) = climb(&opt2i(2, 2, 2), &paintings, &texts);
    let look = "seer answers";
    assert_eq!(
        steps(&scripted),
        [
            "c0",
            "writer facts",
            "writer parents",
            "writer questions",
            look,
            "c1",
            look,
            "writer optimise",
            "c2",
            look,
            "c3",
            look,
            "c4",
            look,
            "c5",
            look, //
            "writer optimise",
            "c6",
            look,
        ]
    );
    let idea = "a cat and a dog";
    assert_eq!(prompts_of(&scripted), [idea, idea, "one", "one", "two", "two", "three"]);
    assert_eq!((outcome.verdict, outcome.stop), (Verdict::Accept, StopReason::Accepted));
    assert_eq!((outcome.best, outcome.images), (CandidateId(6), 7));
    // The mean of a nothing and a third; then the two best, worst first.
    assert!(
        asked[3].contains("<findings author=\"examiner\">\n\"17\"\n</findings>"),
        "{}",
        asked[3]
    );
    let history = "<findings author=\"writer\">\n\"one\"\n\"two\"\n</findings>";
    let scores = "<findings author=\"examiner\">\n\"33\"\n\"33\"\n</findings>";
    assert!(asked[4].contains(history) && asked[4].contains(scores), "{}", asked[4]);
}

#[test]
fn opt2i_without_a_perfect_picture_hands_out_the_first_of_the_best() {
    let paintings = [NO_DOG, NOTHING, GOAL, GOAL, NOTHING];
    let texts = [prompts(&["one", "two"]), prompts(&["three", "four"])];
    let (outcome, _, _) = climb(&opt2i(2, 1, 2), &paintings, &texts);
    assert_eq!((outcome.verdict, outcome.stop), (Verdict::GiveUp, StopReason::Rounds));
    assert_eq!((outcome.best, outcome.images), (CandidateId(2), 5));
    let texts = [prompts(&["one", "two"])];
    let (outcome, _, _) = climb(&opt2i(2, 1, 1), &[NO_DOG, NOTHING], &texts);
    assert_eq!(outcome.best, CandidateId(0), "the idea itself takes part");
}

#[test]
fn a_prompt_that_was_tried_is_not_painted_again_unless_there_is_no_other() {
    let idea = "a cat and a dog";
    let texts = [prompts(&[idea, "one"]), prompts(&["one", idea]), "no".into(), "no".into()];
    let (_, scripted, _) = climb(&opt2i(2, 1, 3), &[NO_DOG, GOAL], &texts);
    assert_eq!(prompts_of(&scripted), [idea, "one", "one", "one"]);
    let instead = "the best prompt is painted again with other seeds";
    let fallen = format!("no optimise: {instead}");
    assert_eq!(steps(&scripted).iter().filter(|step| **step == fallen).count(), 2);
}

#[test]
fn textmatch_tells_the_writer_what_does_not_match_in_the_best_picture() {
    let paintings = [NO_DOG, NOTHING, GOAL, RED_DOG, GOAL];
    let texts = [thought("one"), thought("two"), thought("three")];
    let (outcome, scripted, asked) = climb(&textmatch(4), &paintings, &texts);
    let look = "seer answers";
    assert_eq!(
        steps(&scripted),
        [
            "c0",
            "writer facts",
            "writer parents",
            "writer questions",
            look, //
            "writer match",
            "c1",
            look,
            "writer match",
            "c2",
            look,
            "writer match",
            "c3",
            look,
        ]
    );
    assert_eq!((outcome.verdict, outcome.stop), (Verdict::Accept, StopReason::Accepted));
    assert_eq!((outcome.best, outcome.images), (CandidateId(3), 4));
    let told = |at: usize| asked[at].as_str();
    assert!(told(3).contains("\"Is there a dog? no\""), "{}", told(3));
    assert!(!told(3).contains("makes no sense"), "only what can be put right");
    // A worse picture changes nothing of what is to be put right, but is an example.
    let idea = "<findings author=\"writer\">\n\"a cat and a dog\"\n</findings>";
    assert!(told(4).contains("\"Is there a dog? no\"") && told(4).contains(idea), "{}", told(4));
    let examples = "<findings author=\"writer\">\n\"one\"\n\"a cat and a dog\"\n</findings>";
    let scores = "<findings author=\"examiner\">\n\"0\"\n\"33\"\n</findings>";
    assert!(told(4).contains(examples) && told(4).contains(scores), "{}", told(4));
    assert!(told(5).contains("\"Is there a dog/red? no\""), "{}", told(5));
    assert!(!told(5).contains("\"Is there a dog? no\""), "{}", told(5));
}

#[test]
fn textmatch_paints_the_best_prompt_again_where_no_better_one_is_written() {
    let texts = [thought("one"), "no".to_owned(), "{}".to_owned()];
    let (outcome, scripted, _) = climb(&textmatch(2), &[NO_DOG, GOAL, GOAL], &texts);
    assert_eq!(prompts_of(&scripted), ["a cat and a dog", "one", "one"]);
    assert_eq!((outcome.best, outcome.stop), (CandidateId(1), StopReason::Rounds));
}

fn lost(differences: &[&str], hint: &str, same: u8) -> String {
    format!(r#"{{"differences": {differences:?}, "hint": "{hint}", "same": {same}}}"#)
}

/// Runs `cycleprompt` with these comparisons; gives how it ended, and what the seer was asked.
fn cycle(comparisons: &[String], rounds: u32) -> (RunOutcome, ScriptedPorts, Vec<String>) {
    let script = Script::new(GOAL, &[NO_DOG, NOTHING, GOAL, RED_DOG]);
    let texts: Vec<&str> = comparisons.iter().map(String::as_str).collect();
    let seer = Arc::new(ScriptedModel::by("seer", |_| answer("a picture, in words")));
    let mut scripted = with(&script, writer(&texts), ScriptedModel::saying("unused", &[]));
    scripted.ports.models.seer = Some(seer.clone());
    let recipe = Recipe { rounds, ..recipe("cycleprompt") };
    let outcome = carry_out(&recipe, &script, &scripted);
    (outcome, scripted, seer.asked())
}

#[test]
fn cycleprompt_adds_a_hint_for_what_is_lost_until_nothing_is() {
    let comparisons = [
        lost(&["there is no dog"], "Show a dog.", 5),
        lost(&["there is no dog", "there is no cat"], "Show a cat.", 1),
        lost(&[], "", 7),
    ];
    let (outcome, scripted, asked) = cycle(&comparisons, 4);
    let steps = steps(&scripted);
    let cycle = ["seer caption", "writer compare"];
    assert_eq!(steps[..3], ["c0", cycle[0], cycle[1]]);
    assert_eq!(steps.len(), 9, "{steps:?}");
    let idea = "a cat and a dog";
    let prompts = prompts_of(&scripted);
    assert_eq!(
        prompts[1..],
        [format!("{idea}. Show a dog."), format!("{idea}. Show a dog. Show a cat."),]
    );
    assert_eq!((outcome.verdict, outcome.best), (Verdict::Accept, CandidateId(2)));
    assert!(!asked.iter().any(|text| text.contains(idea)), "the seer does not know the idea");
}

#[test]
fn cycleprompt_hands_out_the_picture_that_keeps_most_and_needs_no_hint() {
    let comparisons = [
        lost(&["no dog"], "", 6),
        lost(&["no dog"], "Show a dog.", 3),
        lost(&["no dog"], "Show a dog.", 10),
        lost(&["no dog"], "Show a dog.", 9),
    ];
    let (outcome, scripted, _) = cycle(&comparisons, 3);
    let idea = "a cat and a dog";
    let hinted = format!("{idea}. Show a dog.");
    assert_eq!(prompts_of(&scripted), [idea, idea, &hinted, &hinted], "a hint is added once");
    assert_eq!((outcome.stop, outcome.best), (StopReason::Rounds, CandidateId(2)));
    let (outcome, _, _) = cycle(&["hm".to_owned(), "hm".to_owned()], 3);
    assert_eq!((outcome.stop, outcome.images), (StopReason::NoOpinion, 1));
}

#[test]
fn rank_paints_the_idea_again_and_keeps_the_first_of_the_best() {
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let rank = |rounds| Recipe { examiner, rounds, ..recipe("rank") };
    let paintings = [NO_DOG, GOAL, NOTHING, GOAL, RED_DOG];
    for (rounds, best, stop) in
        [(0, 0, StopReason::Rounds), (3, 1, StopReason::Rounds), (9, 4, StopReason::Accepted)]
    {
        let (outcome, scripted, asked) = climb(&rank(rounds), &paintings, &[]);
        assert_eq!((outcome.best, outcome.stop), (CandidateId(best), stop));
        assert!(prompts_of(&scripted).iter().all(|prompt| prompt == "a cat and a dog"));
        assert_eq!(asked.len(), 3, "the writer only reads the idea");
    }
}

fn blackbox(start: u32, rounds: u32) -> Recipe {
    let examiner = Some(Examiner::Dsg { questions: 16, together: true });
    let algorithm = Algorithm::BlackBox { start, examples: 2, stop_score: 1.0 };
    Recipe { algorithm, examiner, rounds, ..recipe("blackbox") }
}

#[test]
fn blackbox_shows_good_and_bad_prompts_without_scores() {
    let paintings = [NO_DOG, NOTHING, GOAL, NOTHING, RED_DOG, GOAL];
    let texts = [prompts(&["one", "two", "three"]), prompts(&["four"]), prompts(&["five"])];
    let (outcome, scripted, asked) = climb(&blackbox(3, 3), &paintings, &texts);
    let idea = "a cat and a dog";
    assert_eq!(prompts_of(&scripted), [idea, "one", "two", "three", "four"]);
    assert_eq!((outcome.verdict, outcome.best), (Verdict::Accept, CandidateId(4)));
    assert_eq!(steps(&scripted)[5..7], ["writer vary", "c1"]);
    let list = |texts: [&str; 2]| {
        format!(
            "<findings author=\"writer\">\n{}\n{}\n</findings>",
            format_args!("{:?}", texts[0]),
            format_args!("{:?}", texts[1])
        )
    };
    let step = asked.last().unwrap();
    assert!(step.contains(&list([idea, "two"])), "good, the best last: {step}");
    assert!(step.contains(&list(["one", "three"])), "bad, the worst first: {step}");
}

#[test]
fn blackbox_without_other_words_begins_with_the_idea_and_climbs_from_it() {
    let texts = ["no".to_owned(), "no".to_owned(), prompts(&["one"]), "no".into(), "no".into()];
    let (outcome, scripted, asked) = climb(&blackbox(3, 2), &[NO_DOG, GOAL, NOTHING], &texts);
    assert_eq!(prompts_of(&scripted), ["a cat and a dog", "one", "one"]);
    assert_eq!((outcome.stop, outcome.best), (StopReason::Rounds, CandidateId(1)));
    assert!(!asked[5].contains("Bad prompts"), "one prompt is not good and bad at once");
}

#[test]
fn without_an_opinion_there_is_nothing_to_climb_by() {
    for recipe in [opt2i(2, 1, 2), textmatch(2)] {
        let script = Script::new(GOAL, &[GOAL]);
        let mute = ScriptedModel::by("seer", |_| answer("hm"));
        let outcome = carry_out(&recipe, &script, &with(&script, writer(&READING), mute));
        assert_eq!((outcome.stop, outcome.images), (StopReason::NoOpinion, 1));
    }
}

#[test]
fn a_climb_ends_where_its_pictures_end_with_the_best_of_them() {
    let texts = [prompts(&["one", "two", "three"])];
    for (images, best) in [(1, 0), (2, 1), (3, 2)] {
        let script = Script::new(GOAL, &[NOTHING, NO_DOG, GOAL, RED_DOG]);
        let scripted = with(&script, writer(&after_reading(&texts)), seer());
        let mut request = request(opt2i(3, 1, 1), &script);
        request.budget.images = images;
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!((outcome.images, outcome.best), (images, CandidateId(best)));
    }
    // Calls that end in the middle of a round keep what was found in it.
    let script = Script::new(GOAL, &[NOTHING, NO_DOG, GOAL, RED_DOG]);
    let price = Price { input: Money::from_nanos(1000), ..Price::FREE };
    let writer = writer(&after_reading(&texts)).with_price(price);
    let scripted = with(&script, writer, seer().with_price(price));
    let mut request = request(opt2i(3, 1, 1), &script);
    request.budget.bounds.calls = Some(7);
    let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    assert_eq!((outcome.stop, outcome.best), (StopReason::Calls, CandidateId(2)));
}

#[test]
fn a_climb_cut_off_after_any_event_goes_on_as_if_nothing_had_been() {
    let texts = [thought("one"), thought("two"), thought("three")];
    let recipe = textmatch(3);
    let script = Script::new(GOAL, &[NO_DOG, RED_CAT, GOAL, NO_DOG]);
    let memory = Arc::new(Memory::default());
    let all = after_reading(&texts);
    let outcome = carry_out(&recipe, &script, &over(&script, memory.clone(), writer(&all), seer()));
    let events = memory.events();
    for cut in 0..=events.len() {
        let half = Arc::new(memory.cut_after(cut));
        let by_writer = |timed: &&TimedEvent| matches!(&timed.event, RunEvent::Answered { exchange, .. } if exchange.role == "writer");
        let known = events[..cut].iter().filter(by_writer).count();
        let resumed = over(&script, half.clone(), writer(&all[known..]), seer());
        assert_eq!(carry_out(&recipe, &script, &resumed), outcome);
        assert_eq!(all_in_words(&half.events()), all_in_words(&events), "cut after {cut}");
    }
}

proptest! {
    #[test]
    fn no_climb_hands_out_anything_worse_than_its_first_picture(
        paintings in prop::collection::vec(0_usize..4, 1..9), which in 0..3
    ) {
        let all = [NOTHING, NO_DOG, GOAL, RED_DOG];
        let pictures: Vec<&str> = paintings.iter().map(|&at| all[at]).collect();
        let (recipe, texts) = match which {
            0 => (opt2i(2, 2, 2), vec![prompts(&["one", "two"]), prompts(&["three", "four"])]),
            1 => (textmatch(3), vec![thought("one"), thought("two"), thought("three")]),
            _ => (blackbox(2, 2), vec![prompts(&["one", "two"]), prompts(&["three"]), prompts(&["four"])]),
        };
        let (outcome, _, _) = climb(&recipe, &pictures, &texts);
        let grade = |at: u32| paintings.get(at as usize).or(paintings.last()).copied();
        let best = (0..outcome.images).map(grade).max().flatten();
        prop_assert_eq!(grade(outcome.best.0), best);
    }
}
