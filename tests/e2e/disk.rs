//! Disks that are full, and disks that nobody may write to: an error that says so, nothing lost, and
//! a run that goes on.
//!
//! The disks are real ones, mounted by the tests: as root, or in a name space of their own. Where
//! neither is allowed, that is said aloud and nothing is tested; the crate `journal` tries full disks
//! without one.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use pentimento_scripted::{Act, Scripted};

use crate::{
    batch::CENTS,
    idea2img::place,
    killed::{REFINE, RESUME, Unbroken, server},
    program::{Place, Said},
};

/// Set where a test goes on in a name space of its own.
const INSIDE: &str = "PENTIMENTO_TEST_NAMESPACE";
/// A page of memory, in which sizes of such a disk are counted.
const PAGE_KIB: usize = 4;
/// Enough for everything.
const ROOMY_KIB: usize = 16 << 10;
const FULL: &str = "No space left on device";
const READ_ONLY: &str = "Read-only file system";

/// A disk in memory, mounted until it is dropped.
struct Disk {
    path: PathBuf,
}

impl Disk {
    /// One of this size where the runs of a place are.
    fn for_runs(place: &Place, kib: usize) -> Self {
        let path = place.path().join("runs");
        fs::create_dir(&path).unwrap();
        assert!(mount(&path, &format!("size={kib}k")), "a disk can be mounted");
        Self { path }
    }

    fn now(&self, options: &str) {
        assert!(mount(&self.path, &format!("remount,{options}")), "{options}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.path).status();
    }
}

fn mount(path: &Path, options: &str) -> bool {
    let mut command = Command::new("mount");
    command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(path);
    command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// True if disks can be mounted here. Where only a name space of its own allows it, the test is run
/// in one, and what it comes to counts.
fn may_mount(test: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    if mount(folder.path(), "size=64k") {
        drop(Disk { path: folder.path().to_owned() });
        return true;
    }
    let apart = |command: &mut Command| {
        command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let is_inside = env::var_os(INSIDE).is_some();
    if !is_inside && apart(Command::new("unshare").args(["-Urm", "true"])) {
        let mut again = Command::new("unshare");
        again.arg("-Urm").arg(env::current_exe().unwrap());
        again.args(["--exact", &format!("disk::{test}")]).env(INSIDE, "yes");
        let said = Said::of(again.output().unwrap());
        assert_eq!(said.code, Some(0), "{said:?}");
        return false;
    }
    // Not by `eprintln`, which a passing test's reader never sees.
    let _ = writeln!(io::stderr(), "SKIPPED: {test}: no disk can be mounted on this machine");
    false
}

/// What must be said of a disk: the cause, and what to do.
#[track_caller]
fn check_told(said: &Said, cause: &str) {
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.starts_with("error: ") && said.err.contains("\nhint: "), "{said:?}");
    assert!(said.err.contains(&format!("caused by: {cause}")), "{said:?}");
}

#[test]
fn a_disk_that_fills_up_anywhere_ends_a_run_that_goes_on_when_there_is_room() {
    if !may_mount("a_disk_that_fills_up_anywhere_ends_a_run_that_goes_on_when_there_is_room") {
        return;
    }
    let unbroken = Unbroken::run();
    let (mut stopped, mut not_begun) = (0, 0);
    for pages in 1.. {
        let (server, place) = (server(), place());
        let disk = Disk::for_runs(&place, pages * PAGE_KIB);
        let said = place.say_to(&server, &REFINE);
        let when = format!("{pages} pages: {said:?}");
        if said.code == Some(3) {
            break;
        }
        check_told(&said, FULL);
        disk.now(&format!("size={ROOMY_KIB}k"));
        let begun = !said.err.contains("type the same command again");
        let left = fs::read_dir(place.path().join("runs")).unwrap().count();
        assert_eq!(left, usize::from(begun), "what could not begin leaves nothing: {when}");
        let said = place.say_to(&server, if begun { &RESUME } else { &REFINE });
        assert_eq!(said.code, Some(3), "{when}: {said:?}");
        unbroken.check(&place, &server, &when);
        (stopped, not_begun) = (stopped + 1, not_begun + usize::from(!begun));
    }
    assert!(not_begun > 0 && stopped > not_begun + 5, "{stopped} in all, {not_begun} at once");
}

#[test]
fn a_disk_without_room_for_the_users_own_picture_lets_no_run_begin() {
    if !may_mount("a_disk_without_room_for_the_users_own_picture_lets_no_run_begin") {
        return;
    }
    let place = Place::new();
    assert_eq!(place.say(&["refine", "two red apples", "--preset", "perfect"]).code, Some(0));
    let mut pictures = fs::read_dir(place.run_folder().join("artifacts")).unwrap();
    let picture = pictures.next().unwrap().unwrap().path();
    let own = place.path().join("own.png");
    fs::copy(picture, &own).unwrap();
    fs::remove_dir_all(place.path().join("runs")).unwrap();
    let room = usize::try_from(fs::metadata(&own).unwrap().len()).unwrap() / 1024;
    // A few pages for folders, and then not enough for the picture.
    let disk = Disk::for_runs(&place, room.min(4 * PAGE_KIB));
    let refine = ["refine", "add a cup", "--image", "own.png", "--preset", "perfect"];
    let said = place.say(&refine).without_panic();
    check_told(&said, FULL);
    assert!(said.err.starts_with("error: the run could not begin"), "{said:?}");
    assert!(said.err.contains("type the same command again"), "{said:?}");
    disk.now(&format!("size={ROOMY_KIB}k"));
    let again = place.say(&refine).without_panic();
    assert!(matches!(again.code, Some(0 | 3)), "{again:?}");
}

#[test]
fn a_disk_that_nobody_may_write_to_can_be_read_and_is_told() {
    if !may_mount("a_disk_that_nobody_may_write_to_can_be_read_and_is_told") {
        return;
    }
    let place = Place::new();
    let disk = Disk::for_runs(&place, ROOMY_KIB);
    let refine = ["refine", "two red apples", "--preset", "perfect", "--quiet"];
    assert_eq!(place.say(&refine).code, Some(0));
    let journal = place.run_folder().join("journal.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    let half: String = whole.split_inclusive('\n').take(3).collect();
    fs::write(&journal, &half).unwrap();
    place.write(
        "briefs.jsonl",
        "{\"idea\":\"a cat\"}\n{\"idea\":\"a dog\"}\n{\"idea\":\"a cup\"}\n",
    );
    disk.now("ro");

    for words in [&refine[..], &["resume", "--quiet"]] {
        check_told(&place.say(words).without_panic(), READ_ONLY);
    }
    let words = ["run", "briefs.jsonl", "--preset", "perfect", "--concurrency", "1"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains(READ_ONLY) && said.out.lines().count() == 1, "{said:?}");
    assert!(said.err.contains("nothing that they bring could be kept"), "{said:?}");
    for words in [&["show"][..], &["runs", "verify"], &["runs", "list"], &["replay"]] {
        let said = place.say(words).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(!said.err.contains("error: "), "{said:?}");
    }
    assert_eq!(fs::read_to_string(&journal).unwrap(), half);

    disk.now("rw");
    let said = place.say(&["resume", "--quiet"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(fs::read_to_string(&journal).unwrap().lines().count(), whole.lines().count());
}

#[test]
fn a_run_whose_page_finds_no_room_is_told_and_so_is_one_that_had_ended() {
    if !may_mount("a_run_whose_page_finds_no_room_is_told_and_so_is_one_that_had_ended") {
        return;
    }
    let mut unwritten = 0;
    for pages in 2.. {
        let place = Place::new();
        let disk = Disk::for_runs(&place, pages * PAGE_KIB);
        let words = ["refine", "two red apples", "--preset", "perfect", "--quiet"];
        let said = place.say(&words).without_panic();
        if said.code == Some(0) {
            disk.now("ro");
            let said = place.say(&["resume", "--quiet"]).without_panic();
            assert_eq!(said.code, Some(0), "{said:?}");
            assert!(said.out.contains("accepted"), "{said:?}");
            assert!(said.err.contains("had ended before; nothing was done"), "{said:?}");
            break;
        }
        check_told(&said, FULL);
        if said.err.contains("could not write the report") {
            unwritten += 1;
            assert!(said.out.contains("accepted") && said.out.contains("artifacts/"), "{said:?}");
            assert!(said.out.contains("report   none"), "{said:?}");
        }
    }
    assert!(unwritten > 0, "some disks have room for all but the page");
}

#[test]
fn a_batch_whose_disk_fills_up_stops_paying_and_goes_on_when_there_is_room() {
    if !may_mount("a_batch_whose_disk_fills_up_stops_paying_and_goes_on_when_there_is_room") {
        return;
    }
    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    server.always(Act::Slow(5));
    let brief = |seed| format!("{{\"idea\":\"two red apples\",\"seed\":{seed}}}\n");
    place.write("briefs.jsonl", (0..40).map(brief).collect::<String>());
    let disk = Disk::for_runs(&place, 200);
    let words = ["run", "briefs.jsonl", "--recipe", "best-of-n", "--concurrency", "3"];
    let said = place.say_to(&server, &words);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains(FULL), "{said:?}");
    assert!(said.err.contains("nothing that they bring could be kept"), "{said:?}");
    let before = server.stats();
    assert!(before.calls < 4 * 40, "it stopped: {}", before.calls);

    disk.now(&format!("size={ROOMY_KIB}k"));
    let said = place.say_to(&server, &words);
    assert_eq!(said.code, Some(3), "{said:?}");
    assert_eq!(said.out.lines().count(), 40, "{said:?}");
    let stats = server.stats();
    let names: BTreeSet<_> = stats.asked.iter().map(|asked| asked.key.clone().unwrap()).collect();
    assert_eq!(names.len(), 4 * 40, "four pictures a brief, each under one name");
    assert!(stats.duplicates <= 3, "{} calls were under way at most", stats.duplicates);
}

#[test]
fn results_that_find_no_room_stop_the_batch_and_lose_no_run() {
    if !may_mount("results_that_find_no_room_stop_the_batch_and_lose_no_run") {
        return;
    }
    let place = Place::new();
    let folder = place.path().join("out");
    fs::create_dir(&folder).unwrap();
    assert!(mount(&folder, "size=4k"));
    let disk = Disk { path: folder };
    let brief = |seed| format!("{{\"idea\":\"two red apples\",\"seed\":{seed}}}\n");
    place.write("briefs.jsonl", (0..60).map(brief).collect::<String>());
    let words = ["run", "briefs.jsonl", "--preset", "perfect", "--results", "out/results.jsonl"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains(FULL) && said.err.contains("make room for"), "{said:?}");
    disk.now(&format!("size={ROOMY_KIB}k"));
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let results = fs::read_to_string(disk.path.join("results.jsonl")).unwrap();
    assert_eq!(results.lines().count(), 60);
    assert!(results.contains("\"was-there\":true"), "what was done is only read");
}
