//! Models in files, from the outside: a run whose pictures one looks at, and files that do harm.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use pentimento_local::testing;
use serde_json::Value;

use crate::program::{Place, Said};

/// A dog in the middle of every picture that is not black all over.
const DOG: [f32; 6] = [2.0, 2.0, 6.0, 6.0, 9.0, 16.0];

/// A user with this file as detector.
fn place(file: &[u8], settings: &str) -> Place {
    let runtime =
        std::env::var("PENTIMENTO_LOCAL_RUNTIME").expect("scripts/test-local-models sets it");
    let place = Place::of_user(&format!(
        "[providers.onnx]\nruntime = {runtime:?}\n{settings}\n[providers.onnx.models.m]\nfamily = \"centernet\"\n\
         file = \"m.onnx\"\n[roles]\ndetector = \"onnx/m\"\n"
    ));
    place.write(".config/pentimento/m.onnx", file);
    place
}

const TEST: [&str; 3] = ["model", "test", "detector"];
const REFINE: [&str; 6] = ["refine", "a dog", "--recipe", "best-of-n", "--detector", "detector"];

/// A user with these files as embedder.
fn with_embedder(graph: &[u8], tokenizer: &str) -> Place {
    let runtime =
        std::env::var("PENTIMENTO_LOCAL_RUNTIME").expect("scripts/test-local-models sets it");
    let place = Place::of_user(&format!(
        "[providers.onnx]\nruntime = {runtime:?}\n[providers.onnx.models.w]\n\
         family = \"sentence-bert\"\nfile = \"w.onnx\"\ntokenizer = \"t.json\"\n[roles]\n\
         embedder = \"onnx/w\"\n"
    ));
    place.write(".config/pentimento/w.onnx", graph);
    place.write(".config/pentimento/t.json", tokenizer);
    place
}

/// A user whose detector is a file that holds none.
fn of_nothing() -> Place {
    let place = Place::of_user(
        "[providers.onnx.models.m]\nfamily = \"centernet\"\nfile = \"m.onnx\"\n[roles]\n\
         detector = \"onnx/m\"\n",
    );
    place.write(".config/pentimento/m.onnx", "x");
    place
}

/// An error with a cause and a hint, and with this exit code.
#[track_caller]
fn refused(said: Said, code: i32, words: &str) {
    let said = said.without_panic();
    assert_eq!(said.code, Some(code), "{said:?}");
    assert!(said.err.contains(words), "{words}: {said:?}");
    assert!(said.err.contains("hint:"), "{said:?}");
}

#[test]
fn without_the_program_that_carries_models_out_it_is_missed() {
    let place = of_nothing();
    // The same program where nothing lies beside it, whatever else was built into its own folder.
    let elsewhere = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let alone = elsewhere.path().join("pentimento");
    fs::hard_link(env!("CARGO_BIN_EXE_pentimento"), &alone).unwrap();
    let mut command = Command::new(alone);
    command.args(TEST).current_dir(place.path()).env_clear().env("HOME", place.path());
    refused(Said::of(command.output().unwrap()), 6, "cannot be started");
    let stranger = Place::new();
    stranger.write(
        "pentimento.toml",
        "[providers.onnx.models.m]\nfamily = \"centernet\"\nfile = \"m.onnx\"\n",
    );
    refused(stranger.say(&TEST), 2, "would have a model's file read");
}

#[test]
fn what_a_detector_cannot_be_measured_on_is_told() {
    let place = of_nothing();
    let bench = ["bench", "detector", "--data", "."];
    refused(place.say(&bench[..2]), 2, "needs a folder with photographs");
    refused(place.say(&bench), 2, "astronaut.png` cannot be read");
    place.write("astronaut.png", "x");
    refused(place.say(&bench), 2, "astronaut.png` is neither PNG nor JPEG");
    refused(Place::new().say(&bench), 2, "no model is bound to the role `detector`");
}

mod carried_out {
    use super::*;

    #[test]
    #[ignore = "needs pentimento-onnx: scripts/test-local-models builds it"]
    fn a_detector_in_a_file_looks_at_the_pictures_of_a_run() {
        let place = place(&testing::detector(&[DOG]), "");
        let said = place.say(&TEST).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        let told = "detector (onnx/m) looked at a black picture and found 0 objects\n";
        assert_eq!(said.out, told);
        let listed = place.say(&["model", "list"]).without_panic();
        assert!(listed.out.contains("onnx         onnx       m: /"), "{listed:?}");
        assert_eq!(place.say(&["model", "list", "onnx"]).out, "  m\n");
        let said = place.say(&REFINE).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        let shown = place.say(&["show", "--format", "json"]).json().to_string();
        assert!(shown.contains("\"detector\""), "{shown}");
        assert_eq!(place.say(&["replay"]).without_panic().code, Some(0));
        assert_eq!(place.say(&["resume"]).without_panic().code, Some(0));
        // Another file under the same name is another model: a run of its own, beside which the first one
        // is still what its journal says.
        place.write(".config/pentimento/m.onnx", testing::detector(&[DOG, DOG]));
        assert_eq!(place.say(&["replay"]).without_panic().code, Some(0));
        place.say(&REFINE).without_panic();
        let cast = |run: &str| {
            let journal = place.path().join(format!("runs/{run}/journal.jsonl"));
            let journal = fs::read_to_string(journal).unwrap();
            let first: Value = serde_json::from_str(journal.lines().next().unwrap()).unwrap();
            first["record"]["event"]["cast"].clone()
        };
        let [one, other] = ["a-dog-1", "a-dog-2"].map(cast);
        assert!(one.to_string().contains("onnx/m"), "{one}");
        assert_ne!(one, other);
    }

    #[test]
    #[ignore = "needs pentimento-onnx: scripts/test-local-models builds it"]
    fn a_reader_in_three_files_is_tried_and_told_of_what_is_wrong_with_one() {
        const TRY: [&str; 3] = ["model", "test", "reader"];
        let place = place(b"", "");
        let file = place.path().join(".config/pentimento/settings.toml");
        let settings = fs::read_to_string(&file).unwrap();
        let settings = settings.replace(
            "centernet\"",
            "paddle-ocr\"\nrecognizer = \"r.onnx\"\ncharacters = \"c.txt\"",
        );
        fs::write(&file, settings.replace("detector", "reader")).unwrap();
        let write =
            |name: &str, bytes: &[u8]| place.write(&format!(".config/pentimento/{name}"), bytes);
        refused(place.say(&TRY), 2, "cannot be read");
        write("m.onnx", &testing::finder());
        write("r.onnx", &testing::reader(&[[0.1_f32, 0.9, 0.0]]));
        write("c.txt", b"a\nb");
        let said = place.say(&TRY).without_panic();
        assert_eq!(said.out, "reader (onnx/m) looked at a black picture and read 0 lines\n");
        write("r.onnx", b"x");
        refused(place.say(&TRY), 2, "could not work");
        write("r.onnx", &testing::reader(&[[0.1_f32, 0.9, 0.0]]));
        write("c.txt", b"\xff");
        refused(place.say(&TRY), 2, "not in UTF-8");
    }

    #[test]
    #[ignore = "needs pentimento-onnx: scripts/test-local-models builds it"]
    fn an_embedder_in_files_is_asked_in_runs_for_nothing() {
        const BREED: [&str; 8] = [
            "refine",
            "How much is ((3 + 4) * 5) - 6?",
            "--recipe",
            "promptbreeder",
            "--rounds",
            "4",
            "--budget-usd",
            "1",
        ];
        const TRY: [&str; 3] = ["model", "test", "embedder"];
        let graph = testing::encoder(&[[0.0_f32, 1.0], [1.0, 2.0], [1.0, 0.0], [0.0, 1.0]]);
        let place = with_embedder(&graph, &testing::tokenizer(&[]));
        let said = place.say(&TRY).without_panic();
        let told = "embedder (onnx/w) turned a text into 2 numbers\n";
        assert_eq!(said.out, format!("{told}it counts 5 tokens read and 0 written\n"));
        let said = place.say(&BREED).without_panic();
        assert!(said.code.is_some_and(|code| [0, 3].contains(&code)), "{said:?}");
        let shown = place.say(&["show", "--format", "json"]).json().to_string();
        assert!(shown.contains("leave-out-alike"), "{shown}");
        assert_eq!(place.say(&["replay"]).without_panic().code, Some(0));
        // Another tokenizer makes another model; who played in the run stands in its journal.
        place.write(".config/pentimento/t.json", testing::tokenizer(&["apple"]));
        assert_eq!(place.say(&["replay"]).without_panic().code, Some(0));
        refused(place.say(&TRY), 2, "could not be carried out");
        for (tokenizer, words) in [("", "`tokenizer` cannot be used"), ("{}", "`tokenizer` cannot")]
        {
            place.write(".config/pentimento/t.json", tokenizer);
            refused(place.say(&TRY), 2, words);
        }
        let none = with_embedder(&testing::encoder(&[[f32::NAN; 2]; 4]), &testing::tokenizer(&[]));
        refused(none.say(&TRY), 2, "without a direction");
        refused(none.say(&BREED), 2, "without a direction");
    }

    #[test]
    #[ignore = "needs pentimento-onnx: scripts/test-local-models builds it"]
    fn a_file_that_cannot_be_used_is_told_with_a_cause_and_a_hint() {
        let whole = testing::detector(&[DOG]);
        let nan = testing::detector(&[[f32::NAN; 6]]);
        for (file, words) in [
            (&b"\x7fELF and so on"[..], "could not work"),
            (&whole[..whole.len() / 2], "could not work"),
            (b"", "could not work"),
            (&nan, "the graph computed"),
        ] {
            let place = place(file, "");
            refused(place.say(&TEST), 2, words);
            refused(place.say(&REFINE), 2, words);
        }
        let place = place(&whole, "");
        let path = place.path().join(".config/pentimento/m.onnx");
        fs::remove_file(&path).unwrap();
        refused(place.say(&TEST), 2, "cannot be read");
        fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
        refused(place.say(&REFINE), 2, "has more than 512 MiB");
        fs::remove_file(&path).unwrap();
        // Whoever opened it would wait for ever.
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        refused(place.say(&TEST), 2, "is no file");
    }

    #[test]
    #[ignore = "needs pentimento-onnx: scripts/test-local-models builds it"]
    fn a_graph_that_wants_all_memory_is_ended_and_told() {
        let place = place(&testing::glutton(8 << 10), "");
        let said = place.say(&TEST);
        // The process that was ended says how it could say more, which is quoted.
        assert_eq!(said.code, Some(6), "{said:?}");
        assert!(said.err.contains("memory allocation") && said.err.contains("hint:"), "{said:?}");
        let place = self::place(&testing::glutton(8), "");
        refused(place.say(&TEST), 2, "no output holds boxes");
    }

    #[test]
    #[ignore = "needs pentimento-onnx: scripts/test-local-models builds it"]
    fn a_graph_that_works_for_hours_is_ended_at_its_deadline() {
        let place = place(&testing::sluggard(4096, 1000), "deadline = 1");
        let begun = Instant::now();
        refused(place.say(&TEST), 6, "within 1s");
        assert!(begun.elapsed() < Duration::from_mins(1), "it was waited for");
    }
}

mod measured {
    use super::*;

    #[test]
    #[ignore = "needs a real detector: scripts/test-local-models gets it"]
    fn a_real_detector_is_measured_on_photographs_and_on_the_closed_world() {
        let models = std::env::var("PENTIMENTO_LOCAL_MODELS").expect("the script sets it");
        let place = place(&fs::read(format!("{models}/centernet.onnx")).unwrap(), "");
        let photographs = format!("{models}/photographs");
        let words = ["bench", "detector", "--data", photographs.as_str(), "--limit", "1"];
        let said = place.say(&[&words[..], &["--format", "json"]].concat()).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        let told = said.json();
        assert_eq!((&told["photographs"], &told["objects"]["marked"]), (&13.into(), &40.into()));
        // The figures of docs/results.md, give or take two objects: another processor rounds otherwise.
        let found = told["objects"]["found"].as_u64().unwrap();
        assert!((21..=25).contains(&found), "{told}");
        assert_eq!(told["statements"].as_array().unwrap().len(), 4, "{told}");
        assert!(told["painted"]["pictures"].as_u64().unwrap() >= 4, "{told}");
        let shown = place.say(&words[..4]).without_panic();
        assert!(shown.out.contains("single_object") && shown.out.contains("recall"), "{shown:?}");
        assert!(shown.out.lines().all(|line| line.chars().count() <= 80), "{shown:?}");
    }
}
