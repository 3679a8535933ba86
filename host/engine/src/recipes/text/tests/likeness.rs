//! Whom an embedder has a say about: which answers are contrasted, which instructions are shown.

use pentimento_recipe::{Reflection, Search};

use super::*;
use crate::testing::{self, ScriptedModel};

fn contrast(perspectives: u32, contrasted: u32) -> Recipe {
    let reflection = Reflection::SelfContrast { perspectives, contrasted };
    let algorithm = Algorithm::Text(TextAlgorithm::Reflection(reflection));
    Recipe { algorithm, ..recipe("self-contrast", 1) }
}

/// Four sides, four answers; then what differs, a checklist, and every answer again.
fn writer(sides: &[&str]) -> Arc<ScriptedWriter> {
    let names: Vec<String> = (0..sides.len()).map(|side| format!("\"side {side}\"")).collect();
    let mut replies = vec![format!(r#"{{"items": [{}]}}"#, names.join(", "))];
    replies.extend(sides.iter().map(|side| answer(side)));
    replies.push(r#"{"items": ["x"]}"#.to_owned());
    replies.push(r#"{"items": ["y"]}"#.to_owned());
    replies.push(answer("12"));
    ScriptedWriter::new("w", replies)
}

/// 13 and 14 lie near each other, 40 far away.
fn by_answer(text: &str) -> Vec<f32> {
    let number: f32 = text.rsplit("Answer: ").next().unwrap().parse().unwrap();
    let angle = (number / 30.0).min(1.5);
    vec![angle.cos(), angle.sin()]
}

fn models(writer: &Arc<ScriptedWriter>, embedder: &Arc<ScriptedEmbedder>) -> Models {
    let (writer, embedder) = (writer.clone(), embedder.clone());
    Models { writer: Some(writer), embedder: Some(embedder), ..Models::default() }
}

/// The answers that were held against each other first.
fn contrasted(writer: &ScriptedWriter) -> Vec<String> {
    let asked = writer.asked();
    let (_, first) = asked.iter().find(|(form, _)| form == "differences").unwrap();
    let answers = first.split("Answer: ").skip(1);
    answers.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect()).collect()
}

#[test]
fn self_contrast_holds_answers_against_each_other_that_are_far_apart() {
    let sides = ["13", "14", "12", "40"];
    let (w, e) = (writer(&sides), Arc::new(ScriptedEmbedder::by(by_answer)));
    let ended = perform_with(&contrast(4, 2), models(&w, &e), None).unwrap();
    assert_eq!(contrasted(&w), ["13", "40"], "the center of three near ones, and the far one");
    let asked = e.asked();
    assert_eq!(asked.len(), 1, "read back, it is not asked again");
    assert!(asked[0].len() == 4 && asked[0][3].ends_with("Answer: 40"), "{asked:?}");
    let told = ended.events.iter().find_map(|timed| match &timed.event {
        RunEvent::Answered { exchange, .. } if exchange.role == "embedder" => Some(exchange),
        _ => None,
    });
    let told = told.unwrap();
    assert_eq!(told.step, "choose-sides");
    assert_eq!(told.answer.split(' ').count(), 6);
    assert!(told.answer.starts_with("0.9994 0.9994 0.62"), "{}", told.answer);
    let asked = told.asked.words();
    assert!(asked.contains("how alike are these 4 texts?"), "{asked}");
    // With nobody to ask, the earliest of as many votes.
    let w = writer(&sides);
    perform(&contrast(4, 2), &w, None).unwrap();
    assert_eq!(contrasted(&w), ["13", "14"]);
}

#[test]
fn self_contrast_asks_nobody_where_there_is_nothing_to_choose() {
    for (recipe, sides) in [
        (contrast(4, 4), ["13", "14", "12", "40"]),
        (contrast(4, 2), ["12", "13", "12", "13"]),
        (contrast(4, 2), ["12", "12", "12", "12"]),
    ] {
        let (w, e) = (writer(&sides), Arc::new(ScriptedEmbedder::by(by_answer)));
        perform_with(&recipe, models(&w, &e), None).unwrap();
        assert!(e.asked().is_empty(), "{sides:?}");
    }
    // What a verifier proves is the answer, however near it lies to others.
    let (w, e) = (writer(&["13", "14", "12", "40"]), Arc::new(ScriptedEmbedder::by(by_answer)));
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform_with(&contrast(4, 2), models(&w, &e), Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    assert!(e.asked().is_empty());
}

#[test]
fn votes_weigh_in_where_the_centers_are() {
    // 14 was said five times: the center of its cluster.
    let sides = ["13", "14", "14", "14", "14", "14", "12", "40"];
    let (w, e) = (writer(&sides), Arc::new(ScriptedEmbedder::by(by_answer)));
    perform_with(&contrast(8, 2), models(&w, &e), None).unwrap();
    assert_eq!(contrasted(&w), ["14", "40"]);
}

#[test]
fn vectors_that_cannot_be_compared_end_the_run_and_lose_nothing() {
    let sides = ["13", "14", "12", "40"];
    let rules: [fn(&str) -> Vec<f32>; 4] = [
        |_| vec![f32::NAN, 1.0],
        |_| vec![0.0; 3],
        |_| Vec::new(),
        |text| vec![1.0; if text.ends_with("40") { 2 } else { 3 }],
    ];
    for rule in rules {
        let (w, e) = (writer(&sides), Arc::new(ScriptedEmbedder::by(rule)));
        let error = perform_with(&contrast(4, 2), models(&w, &e), None).err().unwrap();
        let RunError::Port { role: "embedder", source } = error else { panic!("{error}") };
        assert!(source.hint.is_some() && source.cause.is_some(), "{source}");
    }
}

#[test]
fn an_embedder_is_paid_for_and_a_budget_that_does_not_allow_it_ends_the_run_well() {
    let price = Price { input: Money::from_nanos(1_000_000_000), ..Price::FREE };
    let sides = ["13", "14", "12", "40"];
    let with_budget = |money: u64| {
        let (w, e) = (writer(&sides), Arc::new(ScriptedEmbedder::by(by_answer).with_price(price)));
        let keep = Arc::new(Memory::default());
        let mut scripted = ScriptedPorts::over(&Script::new("", &[]), keep.clone());
        scripted.ports.models = models(&w, &e);
        scripted.ports.assessors = Vec::new();
        let recipe = contrast(4, 2);
        let mut budget = recipe.budget();
        budget.bounds.money = Some(Money::from_nanos(money));
        let request = RunRequest {
            run: RunId::new("test").unwrap(),
            brief: brief("How much is 3 * 4?", &recipe, &keep),
            budget,
            recipe: recipe.into(),
            painter: "none".to_owned(),
            seed: Seed(7),
        };
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        let spent: u64 = keep.events().iter().map(|one| one.event.spending().money.nanos()).sum();
        (outcome.stop, e.asked().len(), spent, outcome.images)
    };
    let (stop, asked, spent, _) = with_budget(1_000_000_000_000);
    assert_eq!((stop, asked), (StopReason::Accepted, 1));
    // Ten tokens at a thousandth of a cent each.
    assert_eq!(spent, price.of(Usage::of_tokens(10, 0)).money.nanos());
    assert_eq!(with_budget(1), (StopReason::Money, 0, 0, 4), "the four answers are kept");
}

/// Instructions that begin alike are alike, and each call's vectors are longer than those before.
#[test]
fn promptbreeder_shows_no_instruction_that_is_like_an_earlier_one() {
    let search = Search::Promptbreeder { units: 4, answers: 1, temperature: 0.7, stop_worth: 0.9 };
    let recipe = Recipe {
        algorithm: Algorithm::Text(TextAlgorithm::Search(search)),
        ..recipe("promptbreeder", 12)
    };
    let said = std::sync::atomic::AtomicUsize::new(0);
    let w = Arc::new(ScriptedModel::by("w", move |chat| {
        let form = chat.contract.as_ref().map_or("", |form| &*form.name);
        testing::answer(match form {
            "instruction" => {
                let at = said.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let more = ["be quick", "be quick and clean", "look twice", "be quick again"];
                format!(r#"{{"text": "{}"}}"#, more[at % 4])
            }
            "hints" => r#"{"items": ["be quick as well"]}"#.to_owned(),
            "solution" => answer("13"),
            _ => r#"{"score": 2}"#.to_owned(),
        })
    }));
    let calls = std::sync::atomic::AtomicUsize::new(0);
    let e = Arc::new(ScriptedEmbedder::by(move |text| {
        let more = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) / 64;
        let mut vector = if text.starts_with("be quick") { vec![1.0, 0.1] } else { vec![0.0, 1.0] };
        vector.resize(2 + more, 0.0);
        vector
    }));
    let models = Models { writer: Some(w.clone()), embedder: Some(e.clone()), ..Models::default() };
    perform_with(&recipe, models, None).unwrap();
    let lists: Vec<String> = w
        .asked()
        .into_iter()
        .filter(|text| text.contains("<findings author=\"list\">") && !text.contains("ascending"))
        .collect();
    let (mut shorter, asked) = (0, e.asked());
    for list in &lists {
        let quick = list.matches("be quick").count();
        assert!(quick <= 1, "{list}");
        shorter += usize::from(list.matches("look twice").count() + quick == 2);
    }
    assert!(!asked.is_empty() && asked.iter().all(|texts| texts.len() > 1), "{asked:?}");
    assert!(lists.len() >= asked.len() && shorter > 0, "{lists:?}");
}
