use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use pentimento_journal::RunFolder;
use pentimento_model::{Budget, RunEvent, RunId, Seed, TimedEvent};
use pentimento_report::Standing;

use super::*;

/// A run that has only begun.
fn begin(runs: &Path, name: &str, idea: &str, at: u64) {
    use pentimento_engine::ports::Keep as _;
    let run = RunId::new(name).unwrap();
    let event = RunEvent::RunStarted {
        run: run.clone(),
        idea: idea.to_owned(),
        recipe: "sld".to_owned(),
        recipe_text: "name = \"sld\"\n".to_owned(),
        painter: "careful".to_owned(),
        seed: Seed(7),
        budget: Budget::new(3, 4),
        attached: Vec::new(),
        cast: Vec::new(),
    };
    let folder = RunFolder::create(runs, &run).unwrap();
    folder.append(&TimedEvent { at: Duration::from_secs(at), event }).unwrap();
}

fn names(catalog: &Catalog) -> Vec<&str> {
    catalog.runs.iter().map(|one| one.row.run.as_str()).collect()
}

fn rows(catalog: &Catalog) -> Vec<&Row> {
    catalog.runs.iter().map(|one| &one.row).collect()
}

#[test]
fn only_journals_that_changed_are_read_again_and_the_index_may_be_lost() {
    let runs = tempfile::tempdir().unwrap();
    for (name, at) in [("one", 30), ("two", 50), ("three", 40)] {
        begin(runs.path(), name, "a cat", at);
    }
    let first = Catalog::open(runs.path()).unwrap();
    assert_eq!((names(&first), first.read), (vec!["two", "three", "one"], 3));
    let again = Catalog::open(runs.path()).unwrap();
    assert_eq!((&again.runs, again.read), (&first.runs, 0));

    // A byte more, or the same bytes at another time.
    let journal = runs.path().join("one/journal.jsonl");
    let file = fs::File::options().append(true).open(&journal).unwrap();
    std::io::Write::write_all(&mut &file, b"{").unwrap();
    assert_eq!(Catalog::open(runs.path()).unwrap().read, 1);
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(9)).unwrap();
    assert_eq!(Catalog::open(runs.path()).unwrap().read, 1);

    for spoilt in ["", "nonsense\n", "\u{0}\u{0}"] {
        fs::write(runs.path().join(INDEX), spoilt).unwrap();
        let anew = Catalog::open(runs.path()).unwrap();
        assert_eq!((rows(&anew), anew.read), (rows(&first), 3), "{spoilt:?}");
    }
    fs::remove_file(runs.path().join(INDEX)).unwrap();
    assert_eq!(Catalog::open(runs.path()).unwrap().read, 3);
    fs::remove_dir_all(runs.path().join("two")).unwrap();
    assert_eq!(names(&Catalog::open(runs.path()).unwrap()), ["three", "one"]);
    assert!(!fs::read_to_string(runs.path().join(INDEX)).unwrap().contains("two"));
}

#[test]
fn a_journal_that_cannot_be_read_is_listed_as_damaged() {
    let runs = tempfile::tempdir().unwrap();
    begin(runs.path(), "good", "a cat", 30);
    begin(runs.path(), "bad", "a dog", 40);
    fs::write(runs.path().join("bad/journal.jsonl"), "not\na\njournal\n").unwrap();
    let catalog = Catalog::open(runs.path()).unwrap();
    assert_eq!(names(&catalog), ["good", "bad"], "what has no time comes last");
    let bad = &catalog.runs[1].row;
    assert_eq!(bad.standing, Standing::Damaged);
    assert!(bad.problem.as_deref().unwrap().contains("line 1"), "{bad:?}");
}

#[test]
fn a_journal_that_only_a_newer_program_can_read_is_listed_as_that_and_looked_into_again() {
    let runs = tempfile::tempdir().unwrap();
    begin(runs.path(), "old", "a cat", 30);
    begin(runs.path(), "new", "a dog", 40);
    let journal = runs.path().join("new/journal.jsonl");
    let line = "{\"crc\":\"7df85938\",\"seq\":0,\"record\":{\"format\":99}}\n";
    fs::write(&journal, line).unwrap();
    let catalog = Catalog::open(runs.path()).unwrap();
    assert_eq!(names(&catalog), ["old", "new"]);
    let new = &catalog.runs[1].row;
    assert_eq!(new.standing, Standing::Newer, "{new:?}");
    assert!(new.problem.as_deref().unwrap().contains("format 99"), "{new:?}");
    assert_eq!(Catalog::open(runs.path()).unwrap().read, 1, "the next program may know it");
}

#[test]
fn a_folder_that_is_not_there_or_cannot_be_written_still_lists() {
    let runs = tempfile::tempdir().unwrap();
    let nowhere = Catalog::open(&runs.path().join("runs")).unwrap();
    assert!(nowhere.runs.is_empty() && nowhere.unwritten.is_none());
    begin(runs.path(), "one", "a cat", 30);
    // A folder in the index's place: nothing can be put there, whoever one is.
    fs::create_dir(runs.path().join(INDEX)).unwrap();
    let catalog = Catalog::open(runs.path()).unwrap();
    assert_eq!(names(&catalog), ["one"]);
    assert!(catalog.unwritten.is_some());
}

#[test]
fn runs_are_chosen_by_what_is_known_of_them() {
    let runs = tempfile::tempdir().unwrap();
    begin(runs.path(), "cats", "Two CATS\non a mat", 86_400);
    begin(runs.path(), "dogs", "a dog", 3 * 86_400);
    let catalog = Catalog::open(runs.path()).unwrap();
    let now: Timestamp = "1970-01-05T00:00:00Z".parse().unwrap();
    let chosen = |filter: Filter| -> Vec<&str> {
        let fitting = catalog.runs.iter().filter(|one| filter.fits(&one.row));
        fitting.map(|one| one.row.run.as_str()).collect()
    };
    let word = |text: &str| Some(text.to_owned());
    let moment = |text| Moment::read(text, now).ok().map(|Moment(at)| at);
    let none = Filter::default;
    assert_eq!(chosen(none()), ["dogs", "cats"]);
    assert_eq!(chosen(Filter { idea: word("cats"), ..none() }), ["cats"]);
    assert_eq!(chosen(Filter { recipe: word("idea2img"), ..none() }), Vec::<&str>::new());
    assert_eq!(chosen(Filter { painter: word("care"), ..none() }), ["dogs", "cats"]);
    let embedded = Filter { painter: word("embedded"), ..none() };
    let mut row = catalog.runs[0].row.clone();
    for (painter, fits) in [("careful", true), ("openai/p", false), ("none", false), ("", false)] {
        painter.clone_into(&mut row.painter);
        assert_eq!(embedded.fits(&row), fits, "{painter}");
    }
    assert_eq!(chosen(Filter { since: moment("1970-01-03"), ..none() }), ["dogs"]);
    assert_eq!(chosen(Filter { before: moment("2 days"), ..none() }), ["cats"]);
    assert_eq!(
        chosen(Filter { since: moment("1970-01-02T00:00:00Z"), ..none() }),
        ["dogs", "cats"]
    );
    assert_eq!(chosen(Filter { standing: Some(Standing::Accepted), ..none() }), Vec::<&str>::new());
    assert_eq!(chosen(Filter { score_from: Some(0.0), ..none() }), Vec::<&str>::new());
    for nonsense in ["", "yesterday", "-7d", "2026-13-01", "7 parsecs", "99999999999y"] {
        let error = Moment::read(nonsense, now).unwrap_err();
        assert!(error.hint().is_some(), "{nonsense}: {error}");
    }
}
