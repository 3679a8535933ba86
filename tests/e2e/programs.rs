//! Programs in place of models, from the outside: a run that one writes, and what a stranger's project
//! may not.

use std::{fs, path::Path};

use crate::program::Place;

/// Answers any question for a solution, and counts how often it is asked.
const WRITER: &str = "echo x >> \"$1\"; cat > /dev/null; \
     printf '{\"text\":\"{\\\\\"steps\\\\\":[\\\\\"3 * 4 = 12\\\\\"],\\\\\"answer\\\\\":\\\\\"12\\\\\"}\"}'";

/// A user with this program as writer.
fn place(script: &str) -> Place {
    let place = Place::of_user("");
    let count = place.path().join("count").to_str().unwrap().to_owned();
    let settings = format!(
        "[providers.mine]\nkind = \"command\"\ncan = [\"chat\"]\n\
         command = [\"/bin/sh\", \"-c\", {script:?}, \"sh\", {count:?}]\n\
         [roles]\nwriter = \"mine/m\"\n"
    );
    place.write(".config/pentimento/settings.toml", settings);
    place
}

fn calls(place: &Place) -> usize {
    fs::read_to_string(place.path().join("count")).unwrap_or_default().lines().count()
}

const REFINE: [&str; 4] =
    ["refine", "How many eggs are 3 boxes of 4 eggs?", "--recipe", "self-consistency"];

#[test]
fn a_program_writes_a_run_that_is_read_back_without_it() {
    let place = place(WRITER);
    let said = place.say(&REFINE).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("│ Answer: 12"), "{said:?}");
    let asked = calls(&place);
    assert!(asked > 1, "{said:?}");
    let again = place.say(&["resume"]).without_panic();
    assert_eq!((again.code, calls(&place)), (Some(0), asked), "{again:?}");
    let listed = place.say(&["model", "list"]);
    assert!(listed.out.contains("mine         command    /bin/sh"), "{listed:?}");
}

#[test]
fn a_cassette_of_a_program_plays_without_it() {
    let place = place(WRITER);
    let said = place.say(&[&REFINE[..], &["--record", "tape"]].concat());
    let asked = calls(&place);
    let runs = place.path().join("runs");
    fs::remove_dir_all(&runs).unwrap();
    let again = place.say(&[&REFINE[..], &["--replay", "tape"]].concat()).without_panic();
    assert_eq!((again.code, calls(&place)), (said.code, asked), "{again:?}");
    let texts = |out: &str| {
        out.lines().filter(|line| line.contains('│')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(texts(&again.out), texts(&said.out));
}

#[test]
fn one_that_fails_is_quoted_with_a_hint() {
    let place = place("echo 'no weights here' >&2; exit 4");
    for words in [&REFINE[..], &["model", "test", "writer"]] {
        let said = place.say(words).without_panic();
        assert_eq!(said.code, Some(6), "{said:?}");
        assert!(said.err.contains("failed (exit status: 4)"), "{said:?}");
        assert!(said.err.contains("it says: no weights here"), "{said:?}");
        assert!(said.err.contains("hint: run `/bin/sh` by hand"), "{said:?}");
    }
}

#[test]
fn a_strangers_project_runs_no_program() {
    let place = Place::new();
    let trace = place.path().join("trace").to_str().unwrap().to_owned();
    place.write(
        "pentimento.toml",
        format!(
            "[providers.x]\nkind = \"command\"\ncan = [\"chat\"]\n\
             command = [\"/usr/bin/touch\", {trace:?}]\n[roles]\nwriter = \"x/m\"\n"
        ),
    );
    for words in [&REFINE[..], &["model", "test", "writer"], &["model", "list", "x"], &["doctor"]] {
        let said = place.say(words).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("would have a program run on this machine"), "{said:?}");
        assert!(said.err.contains("settings.toml"), "{said:?}");
    }
    assert!(!Path::new(&trace).exists());
}

/// Paints a single pixel, and reads the same word in every picture.
const READER: &str = "echo x >> \"$1\"; case \"$(cat)\" in *'\"call\":\"paint\"'*) \
     printf '{\"picture\":\"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNQcEgAAAFEAME1cEXuAAAAAElFTkSuQmCC\"}';; *) \
     printf '{\"lines\":[{\"text\":\"OPEM\",\"sure\":0.9,\"box\":[0.1,0.2,0.5,0.1]}]}';; esac";

#[test]
fn a_program_reads_what_is_written_in_pictures_for_the_examiner_of_lettering() {
    let place = place(READER);
    let file = place.path().join(".config/pentimento/settings.toml");
    let settings = fs::read_to_string(&file).unwrap();
    let settings = settings.replace("\"chat\"", "\"generate\", \"read-text\"");
    fs::write(&file, settings.replace("writer", "reader")).unwrap();
    let tried = place.say(&["model", "test", "reader"]).without_panic();
    assert_eq!(tried.out, "reader (mine/m) looked at a black picture and read 1 line\n");
    let refine = |idea: &'static str| {
        [
            "refine",
            idea,
            "--painter",
            "mine/m",
            "--recipe",
            "rank",
            "--examiner",
            "lettering",
            "--rounds",
            "1",
        ]
    };
    let said = place.say(&refine("a cat under a sign that says \"OPEN\"")).without_panic();
    assert_eq!(said.code, Some(3), "one letter is wrong: {said:?}");
    let shown = place.say(&["show", "--format", "json"]).json().to_string();
    assert!(shown.contains("`OPEN` is written as `OPEM`"), "{shown}");
    assert_eq!(calls(&place), 1 + 2 + 2, "two pictures, each painted and read");
    let resumed = place.say(&["resume"]).without_panic();
    assert_eq!(resumed.code, Some(3), "{resumed:?}");
    assert_eq!(place.say(&["replay"]).without_panic().code, Some(0));
    assert_eq!(calls(&place), 5, "everything is read back");
    // Where no words are quoted nothing is read.
    let other = place.say(&refine("a cat")).without_panic();
    assert_eq!(calls(&place), 6, "{other:?}");
    let words = ["refine", "a cat", "--recipe", "rank", "--examiner", "lettering"];
    let nobody = Place::new().say(&words).without_panic();
    assert_eq!(nobody.code, Some(2), "{nobody:?}");
    assert!(nobody.err.contains("role `reader`"), "{nobody:?}");
}

/// Finds a dog in the middle of every picture, whatever is in it.
const FINDER: &str = "echo x >> \"$1\"; cat > /dev/null; \
     printf '{\"objects\":[{\"name\":\"dog\",\"usual\":true,\"sure\":0.9,\"box\":[0.3,0.3,0.4,0.4]}]}'";

#[test]
fn a_program_says_what_is_in_the_pictures_in_place_of_the_eye() {
    let place = place(FINDER);
    let file = place.path().join(".config/pentimento/settings.toml");
    let settings = fs::read_to_string(&file).unwrap();
    let settings = settings.replace("chat", "detect").replace("writer", "detector");
    fs::write(&file, settings).unwrap();
    let tried = place.say(&["model", "test", "detector"]).without_panic();
    assert_eq!(tried.out, "detector (mine/m) looked at a black picture and found 1 object\n");
    let refine =
        ["refine", "a cat", "--recipe", "best-of-n", "--rounds", "1", "--detector", "detector"];
    let said = place.say(&refine).without_panic();
    assert_eq!(said.code, Some(3), "it finds no cat: {said:?}");
    assert!(said.out.contains("dog"), "{said:?}");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("--detector detector"), "the command makes the same run again");
    assert_eq!(calls(&place), 3);
    // Everything is read back, and held against its journal, without it.
    assert_eq!(place.say(&["resume"]).without_panic().code, Some(3));
    assert_eq!(place.say(&["replay"]).without_panic().code, Some(0));
    assert_eq!(calls(&place), 3);
    let other = place.say(&["refine", "a cat", "--recipe", "idea2img", "--detector", "detector"]);
    assert_eq!(other.code, Some(2), "{other:?}");
    assert!(other.err.contains("has no detector to replace"), "{other:?}");
}

/// The block of this language in `docs/models.md` in which these words stand.
fn snippet(language: &str, words: &str) -> String {
    let page = include_str!("../../docs/models.md");
    let fence = format!("```{language}\n");
    let mut blocks = page.split(&fence).skip(1);
    let block =
        blocks.find_map(|rest| rest.split_once("```").filter(|(block, _)| block.contains(words)));
    block.unwrap().0.to_owned()
}

/// The page shows settings and a program for them: both work as they stand there.
#[test]
fn the_program_of_the_page_works_as_pasted() {
    let python = Path::new("/usr/bin/python3");
    if !python.exists() {
        eprintln!("SKIPPED: `{}` is not there; CI has it", python.display());
        return;
    }
    let place = Place::of_user("");
    let path = place.path().join("model.py").to_str().unwrap().to_owned();
    let settings = snippet("toml", "kind = \"command\"").replace("/home/me/model.py", &path);
    place.write(".config/pentimento/settings.toml", settings);
    place.write("model.py", snippet("python", "json.load(sys.stdin)"));
    for (words, told) in [
        (&["model", "test", "writer"][..], "you said: Say in one"),
        (&["model", "test", "writer"], "it counts 47 tokens read and 1 written"),
        (&["model", "test", "painter"], "bytes of image/png"),
        (&["model", "list", "mine"], "small\n  large"),
    ] {
        let said = place.say(words).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.contains(told), "{said:?}");
    }
    let words = ["refine", "a red apple", "--recipe", "best-of-n", "--rounds", "0", "--quiet"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(3), "it paints a red square: {said:?}");
}

#[test]
fn an_answer_of_another_form_names_the_field() {
    let place = place("printf '{\"picture\": 7}'");
    let file = place.path().join(".config/pentimento/settings.toml");
    let settings = fs::read_to_string(&file).unwrap();
    fs::write(&file, settings.replace("\"chat\"", "\"generate\"").replace("writer", "painter"))
        .unwrap();
    let said = place.say(&["model", "test", "painter"]).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("`picture` is a PNG or JPEG in base64"), "{said:?}");
}

#[test]
fn a_key_that_a_program_may_not_want_is_said_so() {
    let place = place("exit 1");
    let file = place.path().join(".config/pentimento/settings.toml");
    let settings = fs::read_to_string(&file).unwrap();
    fs::write(&file, settings.replace("can =", "key-env = \"MY_KEY\"\ncan =")).unwrap();
    let said = place.say(&["model", "test", "writer"]).without_panic();
    assert!(said.err.contains("take `key-env` out if the program wants no key"), "{said:?}");
}
