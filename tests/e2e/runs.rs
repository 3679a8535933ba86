//! `runs`: listed, checked, pruned, moved to another machine and gone on with there.

use std::fs;

use pentimento_scripted::{Act, Scripted};

use crate::{
    idea2img::{IDEA, place as paid_place},
    program::{Place, Said},
    refine::events,
};

/// A folder with three runs: one accepted, two given up.
fn place() -> Place {
    let place = Place::new();
    for (idea, preset) in [
        ("three red apples to the left of a blue cup", "perfect"),
        ("a dog on top of a car", "hopeless"),
        ("two zebras", "hopeless"),
    ] {
        let words = ["refine", idea, "--preset", preset, "--rounds", "0", "--quiet"];
        let said = place.say(&words).without_panic();
        assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    }
    place
}

fn names(place: &Place, words: &[&str]) -> Vec<String> {
    let words = [&["runs", "list", "--format", "json"], words].concat();
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let rows = said.json();
    rows.as_array().unwrap().iter().map(|row| row["run"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn runs_are_listed_and_chosen_without_reading_their_journals() {
    let place = place();
    let all = names(&place, &[]);
    assert_eq!(
        all,
        ["two-zebras-1", "a-dog-on-top-of-a-car-1", "three-red-apples-to-the-left-of-a-blue-c-1"]
    );
    assert_eq!(names(&place, &["--state", "accepted"]), all[2..]);
    assert_eq!(names(&place, &["--state", "given-up", "-n", "1"]), all[..1]);
    assert_eq!(names(&place, &["--idea", "DOG"]), all[1..2]);
    assert_eq!(names(&place, &["--painter", "embedded"]), all);
    assert_eq!(names(&place, &["--painter", "hopeless"]), all[..2]);
    for score in ["nan", "2", "-1", "half"] {
        let said = place.say(&["runs", "list", "--score-from", score]).without_panic();
        assert!(said.code == Some(2) && said.err.contains("not a number from 0 to 1"), "{said:?}");
    }
    assert_eq!(names(&place, &["--plugin", "critic-detector", "--since", "1h"]), all);
    assert_eq!(names(&place, &["--before", "1h"]), Vec::<String>::new());
    // What is in the index is not read again: nobody notices that the journal was swapped.
    let index = place.path().join("runs/.index.jsonl");
    let text = fs::read_to_string(&index).unwrap();
    fs::write(&index, text.replace("two zebras", "two giraffes")).unwrap();
    assert_eq!(names(&place, &["--idea", "giraffes"]), all[..1]);
    fs::remove_file(&index).unwrap();
    assert_eq!(names(&place, &["--idea", "giraffes"]), Vec::<String>::new());

    let said = place.say(&["runs", "list"]).without_panic();
    assert!(said.out.ends_with("3 runs\n"), "{said:?}");
    let idea = "three red apples to the left of a blue cup";
    assert!(said.out.contains(idea), "whole, for whoever searches in a pipe: {said:?}");
    assert!(said.out.contains("✗ 20") && said.out.contains("two-zebras-1"), "{said:?}");
}

#[test]
fn a_recipe_of_which_there_is_no_run_is_told_with_those_that_there_are() {
    let place = place();
    let said = place.say(&["runs", "list", "--recipe", "sl"]).without_panic();
    assert_eq!((said.code, said.out.contains("0 runs of ")), (Some(0), true), "{said:?}");
    assert!(said.err.contains("no run here is of the recipe `sl`; there are: "), "{said:?}");
    assert_eq!(place.say(&["runs", "list", "--recipe", "sld"]).err, "");
}

#[test]
fn a_wrong_time_or_a_folder_without_runs_is_told() {
    let place = Place::new();
    let said = place.say(&["runs", "list", "--since", "yesterday"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("`yesterday` is neither a moment nor how long ago"), "{said:?}");
    let said = place.say(&["runs", "list"]).without_panic();
    assert_eq!((said.code, said.out.as_str()), (Some(0), "0 runs\n"), "{said:?}");
    assert!(!place.path().join("runs").exists(), "looking makes nothing");
}

#[test]
fn damage_is_found_and_named() {
    let place = place();
    let said = place.say(&["runs", "verify"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.out.matches("✓ ").count(), 3, "{said:?}");
    let zebras = place.path().join("runs/two-zebras-1");
    let mut pictures = fs::read_dir(zebras.join("artifacts")).unwrap();
    let picture = pictures.next().unwrap().unwrap().path();
    fs::write(&picture, b"not a picture").unwrap();
    let dog = place.path().join("runs/a-dog-on-top-of-a-car-1/journal.jsonl");
    let journal = fs::read_to_string(&dog).unwrap();
    fs::write(&dog, journal.replacen("dog", "cat", 1)).unwrap();
    let said = place.say(&["runs", "verify"]).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("2 of 3 runs damaged"), "{said:?}");
    assert!(said.out.contains("its checksum does not fit its bytes"), "{said:?}");
    assert!(said.out.contains("the artifact file"), "{said:?}");
    assert_eq!(names(&place, &["--state", "damaged"]), ["a-dog-on-top-of-a-car-1"]);
    let said = place.say(&["runs", "verify", "three"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
}

#[test]
fn a_run_moves_to_another_machine_and_is_the_same_there() {
    let (here, there) = (place(), Place::new());
    let file = there.path().join("run.tar");
    let words = ["runs", "export", "three", "-o", file.to_str().unwrap()];
    let said = here.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let again = here.say(&words).without_panic();
    assert_eq!(again.code, Some(2), "a file that is there is not written over: {again:?}");
    assert!(again.err.contains("is there already"), "{again:?}");
    let said = here.say(&["runs", "export", "three", "-o", "runs"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    let hint = "hint: it is a folder: name a file in it, such as `runs/three-red-apples-";
    assert!(said.err.contains(hint), "{said:?}");
    let said = there.say(&["runs", "import", "run.tar"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let name = "three-red-apples-to-the-left-of-a-blue-c-1";
    let folders = [&here, &there].map(|place| place.path().join("runs").join(name));
    assert_eq!(events(&folders[0]), events(&folders[1]));
    assert!(folders[1].join("report.html").is_file());
    assert_eq!(there.say(&["runs", "verify"]).code, Some(0));
    let again = there.say(&["runs", "import", "run.tar"]).without_panic();
    assert!(again.err.contains("exists already"), "{again:?}");

    let whole = fs::read(&file).unwrap();
    let piped = here.command(&["runs", "export", "three", "-o", "-"]).output().unwrap();
    assert!(piped.status.success() && piped.stdout == whole, "the same bytes, and no others");
    assert!(!here.path().join("-").exists());
    let mut command = there.command(&["runs", "import", "-", "--runs-dir", "piped"]);
    command.stdin(fs::File::open(&file).unwrap());
    let said = Said::of(command.output().unwrap()).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(events(&there.path().join("piped").join(name)), events(&folders[0]));

    there.write("padded.tar", [whole.as_slice(), &[0; 9000]].concat());
    there.write("more.tar", [whole.as_slice(), b"more"].concat());
    there.write("twice.tar", [whole.as_slice(), &whole].concat());
    for (name, code) in [("padded.tar", 0), ("more.tar", 2), ("twice.tar", 2)] {
        let said =
            there.say(&["runs", "import", name, "--runs-dir", name.trim_end_matches(".tar")]);
        assert_eq!(said.code, Some(code), "{name}: {said:?}");
    }

    let mut torn = whole;
    torn.truncate(torn.len() / 2);
    there.write("torn.tar", torn);
    there.write("page.tar", "<html>");
    for wrong in ["torn.tar", "page.tar", "nothing.tar", "runs"] {
        let before = fs::read_dir(there.path().join("runs")).unwrap().count();
        let said = there.say(&["runs", "import", wrong]).without_panic();
        assert!(matches!(said.code, Some(1 | 2)), "{said:?}");
        assert!(said.err.starts_with("error: "), "{said:?}");
        assert_eq!(fs::read_dir(there.path().join("runs")).unwrap().count(), before, "{wrong}");
    }
}

#[test]
fn pruning_tells_first_and_never_takes_what_is_not_finished() {
    let place = place();
    let said = place.say(&["runs", "prune"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("needs to be told which runs"), "{said:?}");
    let journal = place.path().join("runs/a-dog-on-top-of-a-car-1/journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    fs::write(&journal, lines[..lines.len() - 1].concat()).unwrap();
    let said = place.say(&["runs", "prune", "--keep", "1"]).without_panic();
    assert!(said.out.contains("1 run would be removed"), "{said:?}");
    assert!(said.err.contains("1 run not finished, which stays"), "{said:?}");
    assert_eq!(names(&place, &[]).len(), 3);
    let said = place.say(&["runs", "prune", "--keep", "1", "--yes"]).without_panic();
    assert!(said.out.contains("1 run removed"), "{said:?}");
    assert_eq!(names(&place, &[]), ["two-zebras-1", "a-dog-on-top-of-a-car-1"]);
    let words = ["runs", "prune", "--state", "unfinished", "--yes"];
    assert!(place.say(&words).out.contains("1 run removed"));
    assert_eq!(names(&place, &[]), ["two-zebras-1"]);
}

#[test]
fn all_runs_that_were_interrupted_go_on_with_one_command() {
    let place = Place::new();
    for idea in ["two zebras", "a dog on top of a car", "a cat"] {
        place.say(&["refine", idea, "--preset", "perfect", "--quiet"]);
    }
    let unbroken = ["two-zebras-1", "a-dog-on-top-of-a-car-1"].map(|name| {
        let folder = place.path().join("runs").join(name);
        let whole = events(&folder);
        let text = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
        let half: Vec<_> = text.split_inclusive('\n').take(2).collect();
        fs::write(folder.join("journal.jsonl"), half.concat()).unwrap();
        (folder, whole)
    });
    let said = place.say(&["resume", "--all"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("two-zebras-1") && said.out.contains("a-dog-on-top"), "{said:?}");
    assert!(!said.out.contains("a-cat-1"), "what is finished is left alone: {said:?}");
    for (folder, whole) in unbroken {
        assert_eq!(events(&folder), whole);
    }
    let said = place.say(&["resume", "--all"]).without_panic();
    assert_eq!((said.code, said.out.as_str()), (Some(0), "no run is unfinished\n"), "{said:?}");
}

#[test]
fn a_call_that_was_under_way_when_the_program_died_is_told_wherever_a_run_is_told() {
    let (server, place) = (Scripted::start(), paid_place());
    server.always(Act::Hang);
    let words = ["refine", IDEA, "--recipe", "idea2img", "--rounds", "1", "--quiet"];
    place.kill_at_call(&server, &words, 1);
    let said = place.say(&["show"]).without_panic();
    assert!(said.out.contains("1 call was under way when this was read"), "{said:?}");
    server.always(Act::status(400, "no more"));
    place.say_to(&server, &["resume", "--quiet"]);
    let said = place.say(&["show"]).without_panic();
    let told = "1 call was under way when the program ended, and was made again";
    assert!(said.out.contains(told), "{said:?}");
    assert_eq!(server.stats().duplicates, 1, "under the same name");
    place.say(&["report"]).without_panic();
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains(told));
}
