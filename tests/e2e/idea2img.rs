//! `refine --recipe idea2img` over the wire: who is asked what, in which order, and what is done
//! when answers are of no use.

use std::fs;

use pentimento_scripted::{Act, Scripted};
use serde_json::json;

use crate::{
    answers::{asked, fallbacks, picture, prompts, refusal, words},
    program::{KEY, Place, Said},
};

pub(crate) const IDEA: &str = "a small band of musicians under a huge umbrella";
const ROLES: &str = "[roles]\npainter = \"openai/p\"\nwriter = \"openai/w\"\nseer = \"openai/s\"\n";
/// Words are free here: their prices would depend on every word of the prompts.
const CENTS: &str =
    "[prices]\n\"openai/p\" = { image = 0.04 }\n\"openai/*\" = { input = 0, output = 0 }\n";

pub(crate) fn place() -> Place {
    Place::of_user(&format!("{ROLES}{CENTS}"))
}

fn refine(place: &Place, server: &Scripted, more: &[&str]) -> Said {
    let words = ["refine", IDEA, "--recipe", "idea2img", "--rounds", "1", "--format", "json"];
    place.say_to(server, &[&words, more].concat())
}

fn choice(best: usize, scores: &[u32]) -> Act {
    words(&json!({ "check": "…", "scores": scores, "best": best }).to_string())
}

fn reason(text: &str) -> Act {
    words(&json!({ "reason": text }).to_string())
}

/// Two rounds of two pictures each: the second picture of the second round is best.
fn good_run() -> Vec<Act> {
    vec![
        prompts(&["a band", "an umbrella"]),
        picture(1),
        picture(2),
        choice(1, &[3, 5]),
        reason("the umbrella is too small"),
        prompts(&["a band below a huge umbrella", "four musicians"]),
        picture(3),
        picture(4),
        choice(1, &[6, 7]),
        choice(1, &[5, 9]),
    ]
}

#[test]
fn the_steps_come_in_the_order_of_the_paper() {
    let (server, place) = (Scripted::start(), place());
    server.script(good_run());
    let said = refine(&place, &server, &["--budget-usd", "1"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(
        asked(&server),
        [
            "w prompts",
            "paint a band",
            "paint an umbrella",
            "s choice",
            "s reason",
            "w prompts",
            "paint a band below a huge umbrella",
            "paint four musicians",
            "s choice",
            "s choice",
        ]
    );
    let bodies: Vec<String> = server.stats().asked.into_iter().map(|asked| asked.body).collect();
    assert!(bodies[5].contains("the umbrella is too small"), "the writer is told the reason");
    assert_eq!(bodies[3].matches("data:image/png;base64").count(), 2);
    assert_eq!(bodies[4].matches("data:image/png;base64").count(), 1);
    assert!(bodies[4].contains("an umbrella") && !bodies[4].contains("a band\\\\n"));
    let summary = &said.json()["summary"];
    assert_eq!(
        (&summary["outcome"]["best"], &summary["cost"]["usd"]),
        (&"c3".into(), &"0.16".into())
    );
    assert_eq!(summary["cost"]["calls"], 10);
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("the umbrella is too small") && page.contains("the seer was asked"));
}

#[test]
fn answers_of_no_use_are_asked_for_once_more_and_then_done_without() {
    let (server, place) = (Scripted::start(), place());
    server.script([
        // Repaired at the second attempt.
        words("Here you go: a band!"),
        words("<START>a band<END><START>an umbrella<END>"),
        picture(1),
        picture(2),
        // Never repaired.
        words("the second one"),
        choice(7, &[1, 1]),
        // Declined: not asked again.
        refusal(),
        words("{\"prompts\": []}"),
        words("\u{1b}[2J"),
        picture(3),
        words("null"),
        words("{}"),
        words("[1]"),
        words("{\"best\": \"0\"}"),
    ]);
    let said = refine(&place, &server, &[]);
    assert_eq!(said.code, Some(3), "{said:?}");
    let summary = &said.json()["summary"];
    assert_eq!(
        fallbacks(summary),
        [
            "the pictures are numbered from 0 to 1: the first picture is kept",
            "the model declined to answer: the writer is not told what is wrong",
            "the answer holds no prompt: the last prompt is painted again with another seed",
            "the answer names no picture by its number: the first picture is kept",
            "the answer names no picture by its number: the picture with the best score so far is kept",
        ]
    );
    let asked = server.stats().asked;
    assert!(asked[1].body.contains("Here you go: a band!"), "the bad answer is quoted");
    assert!(asked[1].body.contains("the answer holds no prompt"), "and what is wrong with it");
    assert_eq!((asked.len(), &summary["outcome"]["best"]), (14, &"c0".into()));
}

#[test]
fn a_budget_that_is_reached_keeps_the_best_so_far() {
    for (usd, best, calls) in [("0.09", "c1", 6), ("0.05", "c0", 2)] {
        let (server, place) = (Scripted::start(), place());
        server.script(good_run());
        let said = refine(&place, &server, &["--budget-usd", usd]);
        assert_eq!((said.code, server.stats().calls), (Some(4), calls), "{said:?}");
        let outcome = &said.json()["summary"]["outcome"];
        assert_eq!((&outcome["stop"], &outcome["best"]), (&"money".into(), &best.into()));
    }
}

#[test]
fn a_program_that_is_killed_repeats_no_call_that_was_answered() {
    // The call that is on its way: each kind of question, a picture, and the final choice.
    for killed_at in [1, 4, 5, 6, 8, 10] {
        let (server, place) = (Scripted::start(), place());
        let mut acts = good_run();
        let rest = acts.split_off(killed_at - 1);
        server.script(acts);
        server.script([Act::Hang]);
        let words = ["refine", IDEA, "--recipe", "idea2img", "--rounds", "1", "--quiet"];
        place.kill_at_call(&server, &words, killed_at);
        server.script(rest);
        let again = place.say_to(&server, &["resume", "--format", "json"]);
        assert_eq!((again.code, server.stats().calls), (Some(0), 11), "{killed_at}: {again:?}");
        let summary = &again.json()["summary"];
        assert_eq!((&summary["outcome"]["best"], &summary["pictures"]), (&"c3".into(), &4.into()));
    }
}

#[test]
fn nothing_is_spent_where_a_role_is_missing() {
    for (settings, complaint, hint) in [
        ("[roles]\npainter = \"openai/p\"\nseer = \"openai/s\"\n", "role `writer`", "writer = "),
        ("[roles]\npainter = \"openai/p\"\nwriter = \"openai/w\"\n", "role `seer`", "seer = "),
    ] {
        let (server, place) = (Scripted::start(), place());
        place.write(".config/pentimento/settings.toml", settings);
        let said = refine(&place, &server, &[]);
        assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
        assert!(said.err.contains(complaint) && said.err.contains(hint), "{said:?}");
        assert!(!place.path().join("runs").exists(), "no folder is left behind");
    }
}

#[test]
fn a_project_alone_cannot_bind_who_is_paid_for_words() {
    let place = Place::new();
    place.write("pentimento.toml", ROLES);
    let words = ["refine", IDEA, "--recipe", "idea2img", "--painter", "embedded"];
    let mut command = place.command(&words);
    command.env("OPENAI_API_KEY", KEY);
    let said = Said::of(command.output().unwrap()).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("would spend your money at `openai/w` (role `writer`)"), "{said:?}");
}

#[test]
fn a_dry_run_counts_the_questions() {
    let (server, place) = (Scripted::start(), place());
    let words = ["refine", IDEA, "--recipe", "idea2img", "--dry-run"];
    let said = place.say_to(&server, &words);
    assert_eq!((said.code, server.stats().calls), (Some(0), 0), "{said:?}");
    assert!(said.out.contains("at most 9 pictures by openai/p"), "{said:?}");
    assert!(said.out.contains("3 questions to openai/w (writer)"), "{said:?}");
    assert!(said.out.contains("6 questions to openai/s (seer)"), "{said:?}");
    assert!(
        said.out.contains("up to 2048 written for each, $0.00; about $0.00 for all of them"),
        "{said:?}"
    );
}

#[test]
fn a_dry_run_prices_questions_and_no_first_one_costs_more() {
    let (server, place) = (Scripted::start(), place());
    let settings = |prices: &str| {
        let prices = format!("{ROLES}[prices]\n\"openai/p\" = {{ image = 0.04 }}\n{prices}");
        place.write(".config/pentimento/settings.toml", prices);
    };
    // A dollar for a token read or written, and a hundred tokens for a picture.
    settings("\"openai/*\" = { input = 1e6, output = 1e6, tokens-per-image = 100 }\n");
    let words = ["refine", IDEA, "--recipe", "idea2img", "--dry-run", "--format", "json"];
    let told = place.say_to(&server, &words).json();
    let (writer, seer) = (&told["words"][0], &told["words"][1]);
    // What is held is rounded up.
    let usd = |one: &serde_json::Value| {
        let (whole, _) = one["usd"].as_str().unwrap().split_once('.').unwrap();
        whole.parse::<u64>().unwrap()
    };
    let tokens = |one: &serde_json::Value, key: &str| one[key].as_u64().unwrap();
    for (who, calls) in [(writer, 3), (seer, 6)] {
        let (one, all) = (&who["one"], &who["all"]);
        assert_eq!(tokens(one, "output-tokens"), 2048);
        assert_eq!(usd(one), tokens(one, "input-tokens") + 2048, "{told}");
        assert_eq!((usd(all), who["calls"].as_u64()), (usd(one) * calls, Some(calls)), "{told}");
    }
    // The seer is shown three pictures at once: as many as a round has.
    assert_eq!(tokens(&seer["one"], "input-tokens"), tokens(&writer["one"], "input-tokens") + 300);
    // What is really asked first reads no more than that.
    server.script(good_run());
    assert_eq!(refine(&place, &server, &[]).code, Some(0));
    let first = server.stats().asked.into_iter().next().unwrap();
    assert!((first.body.len() as u64) < tokens(&writer["one"], "input-tokens"), "{}", first.body);
    // A model without a price is told as such.
    settings("\"openai/w\" = { input = 0, output = 0 }\n");
    let said = place.say_to(&server, &words[..5]);
    assert!(said.out.contains("the price of `openai/s` is not known"), "{said:?}");
    let told = place.say_to(&server, &words).json();
    let usd = |who: usize| told["words"][who]["one"]["usd"].clone();
    assert_eq!((usd(0), usd(1)), (json!("0.00"), serde_json::Value::Null), "{told}");
}

#[test]
fn a_judge_chooses_in_the_seers_place_and_words_are_paid_by_the_token() {
    let (server, place) = (Scripted::start(), place());
    let (roles, prices) = (
        format!("{ROLES}judge = \"openai/j\"\n"),
        "[prices]\n\"openai/p\" = { image = 0.04 }\n\
         \"openai/*\" = { input = 1000, output = 0, tokens-per-image = 100 }\n",
    );
    place.write(".config/pentimento/settings.toml", format!("{roles}{prices}"));
    server.script(good_run());
    let said = refine(&place, &server, &["--budget-usd", "100"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let asked = asked(&server);
    let by = |who: &str| asked.iter().filter(|call| call.starts_with(who)).count();
    assert_eq!((by("w prompts"), by("s reason"), by("j choice")), (2, 1, 3), "{asked:?}");
    // Four pictures, and eleven tokens for each of six questions.
    assert_eq!(said.json()["summary"]["cost"]["usd"], "0.226");
}

#[test]
fn a_run_is_not_gone_on_with_by_another_writer() {
    let (server, place) = (Scripted::start(), place());
    server.script(good_run().into_iter().take(2));
    server.always(Act::status(400, "no more"));
    let said = refine(&place, &server, &[]);
    assert_eq!((said.code, server.stats().calls), (Some(2), 3), "{said:?}");
    let other = ROLES.replace("openai/w", "openai/other");
    place.write(".config/pentimento/settings.toml", format!("{other}{CENTS}"));
    let again = place.say_to(&server, &["resume"]);
    assert_eq!((again.code, server.stats().calls), (Some(2), 3), "{again:?}");
    assert!(again.err.contains("goes on differently"), "{again:?}");
}

#[test]
fn a_bound_on_tokens_needs_the_tokens_of_a_picture_that_is_shown() {
    let (server, place) = (Scripted::start(), place());
    let prices = "[prices]\n\"openai/*\" = { image = 0.04, input = 1, output = 2 }\n\
                  \"openai/p\" = { image = 0.04 }\n";
    place.write(".config/pentimento/settings.toml", format!("{ROLES}{prices}"));
    let said = refine(&place, &server, &["--budget-usd", "1"]);
    assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
    assert!(said.err.contains("tokens of `openai/s` are bounded"), "{said:?}");
}
