//! `refine` with a model that paints for money: what is spent, what is kept, and where it ends.

use std::{fs, path::Path};

use pentimento_scripted::{Act, Scripted};
use serde_json::Value;

use crate::program::{KEY, Place, Said};

const IDEA: &str = "three red apples to the left of a blue cup";
const CENTS: &str = "[prices]\n\"openai/p\" = { image = 0.04 }\n";

/// Pictures by the embedded painter, for the server to hand out: a good one, or a wrong one.
fn painting(preset: &str) -> Vec<u8> {
    let place = Place::new();
    let words = ["refine", IDEA, "--preset", preset, "--rounds", "0", "--format", "json"];
    let picture = place.say(&words).json()["picture"].as_str().unwrap().to_owned();
    fs::read(place.path().join(picture)).unwrap()
}

/// A place whose user has bound the painter and typed prices.
fn place(prices: &str) -> Place {
    Place::of_user(&format!("[roles]\npainter = \"openai/p\"\n{prices}"))
}

fn refine(place: &Place, server: &Scripted, more: &[&str]) -> Said {
    let words = ["refine", IDEA, "--recipe", "best-of-n", "--format", "json"];
    place.say_to(server, &[&words, more].concat())
}

/// All files of a run that hold text, and the artifacts' names.
fn holds_key(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds_key(&path);
        }
        fs::read(path).unwrap().windows(KEY.len()).any(|window| window == KEY.as_bytes())
    })
}

#[test]
fn a_model_paints_and_the_best_picture_is_kept() {
    let (server, place) = (Scripted::start(), place(CENTS));
    server.script([Act::picture(&painting("hopeless")), Act::picture(&painting("perfect"))]);
    let said = refine(&place, &server, &["--budget-usd", "0.20"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(server.stats().calls, 2);
    let summary = &said.json()["summary"];
    assert_eq!(summary["painter"], "openai/p");
    assert_eq!(summary["outcome"]["best"], "c1");
    assert_eq!(summary["cost"]["usd"], "0.08");
    assert_eq!(summary["rounds"][1]["cost"]["usd"], "0.04");
    let folder = place.run_folder();
    assert!(fs::read_to_string(folder.join("report.html")).unwrap().contains("$0.08"));
    assert!(!holds_key(&folder), "no key in the run's folder");
    let shown = place.say_to(&server, &["show"]);
    assert!(shown.out.contains("$0.04, 1 call"), "{shown:?}");
}

#[test]
fn without_money_for_another_picture_the_best_so_far_is_kept() {
    let (server, place) = (Scripted::start(), place(CENTS));
    server.always(Act::picture(&painting("hopeless")));
    let said = refine(&place, &server, &["--budget-usd", "0.11"]);
    assert_eq!(said.code, Some(4), "{said:?}");
    let summary = &said.json()["summary"];
    assert_eq!(
        (&summary["outcome"]["stop"], &summary["outcome"]["best"]),
        (&"money".into(), &"c0".into())
    );
    assert_eq!((server.stats().calls, summary["cost"]["usd"].as_str()), (2, Some("0.08")));
    // Going on with it changes nothing, and pays nothing.
    let again = place.say_to(&server, &["resume", "--format", "json"]);
    assert_eq!((again.code, server.stats().calls), (Some(4), 2), "{again:?}");
}

#[test]
fn nothing_is_spent_where_something_is_missing() {
    for (prices, words, code, complaint, hint) in [
        ("", &["--budget-usd", "1"][..], 2, "price of `openai/p` is not known", "\"openai/p\" = {"),
        (
            "[prices]\n\"openai/p\" = { input = 2 }\n",
            &["--budget-usd", "1"],
            2,
            "`output` is missing",
            "add `output",
        ),
        (
            "[prices]\n\"openai\" = { image = 2 }\n",
            &[],
            2,
            "names no provider and model",
            "PROVIDER/*",
        ),
        (CENTS, &["--budget-usd", "0.03"], 4, "does not allow a first picture", "raise it"),
        (CENTS, &["--painter", "nobody/p"], 2, "no such provider", "openai"),
        (CENTS, &["--painter", "anthropic/p"], 2, "cannot play the role `painter`", "it can"),
    ] {
        let (server, place) = (Scripted::start(), place(prices));
        let mut all = vec!["refine", IDEA];
        if !words.contains(&"--recipe") {
            all.extend(["--recipe", "best-of-n"]);
        }
        all.extend(words);
        let said = place.say_to(&server, &all);
        assert_eq!(said.code, Some(code), "{said:?}");
        assert!(said.err.contains(complaint) && said.err.contains(hint), "{said:?}");
        assert_eq!(server.stats().calls, 0);
        assert!(!place.path().join("runs").exists(), "no folder is left behind");
    }
}

#[test]
fn a_failed_call_that_may_have_been_paid_counts_after_a_resumption() {
    let (server, place) = (Scripted::start(), place(CENTS));
    server.script([Act::picture(&painting("hopeless")), Act::picture(b"no picture")]);
    let said = refine(&place, &server, &["--budget-usd", "0.12"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("is neither PNG nor JPEG"), "{said:?}");
    server.always(Act::picture(&painting("hopeless")));
    let again = place.say_to(&server, &["resume", "--format", "json"]);
    assert_eq!(again.code, Some(4), "{again:?}");
    assert_eq!(server.stats().calls, 3, "the first picture is not painted again");
    assert_eq!(again.json()["summary"]["cost"]["usd"], "0.12");
}

#[test]
fn a_program_that_is_killed_during_a_call_has_kept_what_was_paid_before() {
    let (server, place) = (Scripted::start(), place(CENTS));
    server.script([Act::picture(&painting("hopeless")), Act::Hang]);
    server.always(Act::picture(&painting("perfect")));
    let words = ["refine", IDEA, "--recipe", "best-of-n", "--quiet"];
    place.kill_at_call(&server, &words, 2);
    let again = place.say_to(&server, &["resume", "--format", "json"]);
    assert_eq!((again.code, server.stats().calls), (Some(0), 3), "{again:?}");
    let summary = &again.json()["summary"];
    assert_eq!(
        (&summary["outcome"]["best"], &summary["cost"]["usd"], &summary["perhaps_twice"]["usd"]),
        (&"c1".into(), &"0.12".into(), &"0.04".into()),
        "nobody knows whether the call that hung was paid"
    );
    assert_eq!(server.stats().duplicates, 1, "it was made again under its name");
}

#[test]
fn an_attempt_is_repeated_only_if_it_could_be_paid_twice() {
    let hopeless = painting("hopeless");
    for (act, code, calls) in [
        // Surely not paid: it leaves room for the second attempt.
        (Act::too_many("0"), 4, 2),
        (Act::status(503, "busy"), 4, 2),
        // Perhaps paid: there is no money for both.
        (Act::Reset, 6, 1),
        (Act::status(500, "oops"), 6, 1),
    ] {
        let (server, place) = (Scripted::start(), place(CENTS));
        server.script([act.clone()]);
        server.always(Act::picture(&hopeless));
        let said = refine(&place, &server, &["--budget-usd", "0.05"]);
        assert_eq!((said.code, server.stats().calls), (Some(code), calls), "{act:?}: {said:?}");
        assert!(code == 4 || said.err.contains("counts as paid"), "{said:?}");
    }
}

#[test]
fn a_strangers_project_can_neither_spend_nor_raise_nor_cheapen() {
    let server = Scripted::start();
    server.always(Act::picture(&painting("perfect")));
    let stranger = Place::new();
    stranger.write("pentimento.toml", format!("[roles]\npainter = \"openai/p\"\n{CENTS}"));
    let said = refine(&stranger, &server, &[]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("may not say what models cost"), "{said:?}");
    let own = place(&format!("{CENTS}[budget]\nusd = 0.03\n"));
    own.write("pentimento.toml", "[budget]\nusd = 5\n");
    let said = refine(&own, &server, &[]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 0), "{said:?}");
    own.write("pentimento.toml", "recipe = \"best-of-n\"\n");
    let said = refine(&own, &server, &["--budget-usd", "0.04"]);
    assert_eq!((said.code, server.stats().calls), (Some(0), 1), "what is typed counts: {said:?}");
}

#[test]
fn a_project_alone_cannot_choose_a_painter_that_is_not_on_this_machine() {
    let stranger = Place::new();
    stranger.write("pentimento.toml", "recipe = \"best-of-n\"\n[roles]\npainter = \"openai/p\"\n");
    let said = stranger.say(&["refine", IDEA]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("would spend your money at `openai/p`"), "{said:?}");
    assert!(said.err.contains("--painter openai/p"), "{said:?}");
    // Whoever bounds it agrees; what is missing then is a price.
    let said = stranger.say(&["refine", IDEA, "--budget-usd", "1"]).without_panic();
    assert!(said.err.contains("price of `openai/p` is not known"), "{said:?}");
}

#[test]
fn a_dry_run_tells_the_cost_and_makes_nothing() {
    let server = Scripted::start();
    for (prices, more, words) in [
        (CENTS, &[][..], "4 calls, which may cost $0.16 in all\n"),
        (CENTS, &["--budget-usd", "0.11"], "the budget is sure to allow 2 of them\n"),
        (CENTS, &["--painter", "embedded"], "nothing is paid for them\n"),
        ("", &[], "the price of `openai/p` is not known\n"),
    ] {
        let place = place(prices);
        let all = [&["refine", IDEA, "--recipe", "best-of-n", "--dry-run"], more].concat();
        let said = place.say_to(&server, &all);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.ends_with(words), "{said:?}");
        assert!(!place.path().join("runs").exists());
    }
    let json = refine(&place(CENTS), &server, &["--dry-run", "--budget-usd", "1"]).json();
    assert_eq!((&json["usd"], &json["pictures-allowed"]), (&"0.16".into(), &4.into()));
    assert_eq!(server.stats().calls, 0);
}

#[test]
fn a_typed_preset_paints_without_a_model() {
    let (server, place) = (Scripted::start(), place(CENTS));
    let said = place.say_to(&server, &["refine", IDEA, "--preset", "perfect"]);
    assert_eq!((said.code, server.stats().calls), (Some(0), 0), "{said:?}");
    let said = place.say_to(&server, &["refine", IDEA, "--painter", "embedded", "--rounds", "0"]);
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    assert_eq!(server.stats().calls, 0);
}

#[test]
fn a_price_that_nobody_typed_is_not_told_as_nothing() {
    let (server, place) = (Scripted::start(), place(""));
    server.always(Act::picture(&painting("hopeless")));
    let said = place.say_to(&server, &["refine", IDEA, "--recipe", "best-of-n", "--rounds", "1"]);
    assert!(
        said.out.contains("round 0") && said.out.contains("1 call, price not known"),
        "{said:?}"
    );
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    let listed = place.say(&["runs", "list"]).out;
    let json = place.say(&["show", "--format", "json"]).json();
    assert!(page.contains("price not known") && !page.contains("$0.00"), "{page}");
    assert!(listed.contains("price not known") && !listed.contains('$'), "{listed}");
    assert_eq!((&json["cost"]["usd"], &json["cost"]["unpriced_calls"]), (&Value::Null, &2.into()));

    // Typed now, it is known of what is made from now on.
    place.write("briefs.jsonl", "{\"idea\": \"a red apple\"}\n");
    let said =
        place.say_to(&server, &["run", "briefs.jsonl", "--recipe", "best-of-n", "--rounds", "0"]);
    assert!(said.err.contains(", price not known; 1 picture"), "{said:?}");
}
