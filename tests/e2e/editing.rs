//! `refine --image`: a picture of the user's is changed as they say, here and over the wire; what is no
//! picture, or of no use, is refused before anything is done.

use std::fs;

use crate::{
    program::{Place, Said},
    refine::{artifacts, events},
    serve::Server,
};

/// A picture of the closed world, in a file of this place.
pub(crate) fn paint(place: &Place, idea: &str) {
    let painter = Place::new();
    let words = ["refine", idea, "--preset", "perfect", "--rounds", "0", "--format", "json"];
    let said = painter.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let made = painter.path().join(said.json()["picture"].as_str().unwrap());
    place.write("mine.png", fs::read(made).unwrap());
}

fn edit(place: &Place, instruction: &str, more: &[&str]) -> Said {
    let words = ["refine", instruction, "--image", "mine.png", "--format", "json"];
    place.say(&[&words[..], more].concat()).without_panic()
}

const CHANGES: &str = "make the cup blue, remove the cat and add a dog";

#[test]
fn a_picture_is_changed_as_it_is_said_and_nothing_is_painted() {
    let place = Place::new();
    paint(&place, "a red cup and a cat");
    let said = edit(&place, CHANGES, &["--preset", "careful"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let told = format!("{:?}", events(&place.run_folder()));
    assert!(told.contains("given") && !told.contains("generated"), "{told}");
    let best = place.path().join(said.json()["picture"].as_str().unwrap());
    assert_ne!(fs::read(best).unwrap(), fs::read(place.path().join("mine.png")).unwrap());
    let again = place.say(&["replay", "--format", "json"]).without_panic();
    assert_eq!((again.code, &again.json()["same"]), (Some(0), &true.into()), "{again:?}");
}

#[test]
fn editing_over_the_wire_makes_the_pictures_of_editing_in_process() {
    let server = Server::start();
    let (here, there) = (Place::new(), server.caller());
    for place in [&here, &there] {
        paint(place, "a red cup and a cat");
    }
    let by_rules = edit(&here, CHANGES, &["--preset", "dalle3-like"]);
    let painter = ["--recipe", "sld-models", "--rounds", "3", "--painter", "world/dalle3-like"];
    let by_models = edit(&there, CHANGES, &painter);
    assert_eq!(by_rules.code, by_models.code, "{by_rules:?} {by_models:?}");
    assert_eq!(artifacts(&here.run_folder()), artifacts(&there.run_folder()));
}

#[test]
fn what_cannot_be_changed_is_told_before_a_folder_is_made() {
    let place = Place::new();
    paint(&place, "a red cup");
    let bomb = {
        // The header of a PNG that says it is 50,000 pixels wide and high.
        let mut png = fs::read(place.path().join("mine.png")).unwrap();
        png[16..24].copy_from_slice(&[0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50]);
        let sum = crc32fast::hash(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        png
    };
    let torn = fs::read(place.path().join("mine.png")).unwrap()[..200].to_vec();
    for (name, bytes) in [("bomb.png", bomb), ("torn.png", torn), ("text.png", b"a cat".to_vec())] {
        place.write(name, bytes);
    }
    for (file, words, complaint) in [
        ("bomb.png", &["remove the cup"][..], "50000×50000 pixels"),
        ("torn.png", &["remove the cup"], "`torn.png`"),
        ("text.png", &["remove the cup"], "is neither PNG nor JPEG"),
        ("nowhere.png", &["remove the cup"], "nowhere.png"),
        ("mine.png", &["two red cups"], "does not say what to do"),
        ("mine.png", &["remove the unicorn"], "`the unicorn`"),
        (
            "mine.png",
            &["remove the cup", "--recipe", "best-of-n"],
            "begins with a picture of its own",
        ),
        ("mine.png", &["remove the cup", "--facts", "mine.png"], "is not UTF-8 text"),
    ] {
        let said = place.say(&[&["refine", "--image", file][..], words].concat()).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(complaint) && said.err.contains("hint"), "{file}: {said:?}");
        assert!(!place.path().join("runs").exists(), "{file}: no folder is left behind");
    }
    // What is not there is found out by looking.
    let said = edit(&place, "remove the cat", &[]);
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.out.contains("there is no cat in the picture"), "{said:?}");
}

#[test]
fn a_paid_edit_sends_the_picture_with_a_mask_and_is_held_like_a_picture() {
    use pentimento_scripted::{Act, Scripted};

    let (server, place) =
        (Scripted::start(), Place::of_user("[prices]\n\"openai/p\" = { image = 0.04 }\n"));
    paint(&place, "a red cup");
    let changed = fs::read(place.path().join("mine.png")).unwrap();
    server.always(Act::picture(&changed));
    let words = ["refine", "make the cup blue", "--image", "mine.png", "--rounds", "2"];
    let more = ["--painter", "openai/p", "--format", "json"];
    for (usd, code, calls) in [("0.03", 4, 0), ("0.05", 4, 1)] {
        let before = server.stats().calls;
        let budget = ["--budget-usd", usd];
        let said = place.say_to(&server, &[&words[..], &more, &budget].concat());
        assert_eq!((said.code, server.stats().calls - before), (Some(code), calls), "{said:?}");
    }
    let body = &server.stats().asked[0].body;
    for part in ["name=\"image\"", "name=\"mask\"", "make the red cup at ["] {
        assert!(body.contains(part), "{part}");
    }
}

#[test]
fn marked_regions_are_repaired_over_the_wire() {
    let server = Server::start();
    let place = server.caller();
    let words = ["bench", "lmd", "--recipe", "rich-feedback", "--rounds", "2", "--limit", "4"];
    let said = place.say(&[&words[..], &["--quiet", "--format", "json"]].concat()).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.json();
    let overall = value["categories"].as_array().unwrap().last().unwrap();
    let after = overall["after"][1].as_f64().unwrap();
    assert!(after > overall["before"].as_f64().unwrap(), "{overall}");
    assert!(after >= overall["against"]["mean"].as_f64().unwrap(), "as many pictures: {overall}");
}
