//! Caches on disk, used, filled, shared and maltreated.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use pentimento_engine::{Shared, ports::Share};
use pentimento_model::*;
use tempfile::TempDir;

use super::*;

const ROOMY: u64 = 1 << 20;

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("below/results.sqlite");
    (folder, path)
}

fn overwrite(path: &Path, bytes: &[u8]) {
    fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

fn name(number: u64) -> StepKey {
    StepKey::of([number.to_le_bytes().as_slice()])
}

fn answer(text: &str) -> Shared {
    let exchange = Exchange {
        role: "writer".into(),
        step: "solve".into(),
        asked: "user: how much?\n".into(),
        answer: text.to_owned(),
        finish: Finish::Stop,
        model: "m-1".to_owned(),
        tokens: Vec::new(),
    };
    let spending = Spending {
        usage: Usage::of_tokens(10, 5),
        money: Money::from_nanos(20_000_000),
        unpriced: 0,
    };
    let event = RunEvent::Answered { key: name(0), exchange, spending, took: Duration::ZERO };
    Shared { event, artifact: None }
}

fn picture(bytes: &[u8]) -> Shared {
    let artifact = Artifact::new(MediaType::Png, bytes.to_vec());
    let origin = Origin::Generated { prompt: "a cat".to_owned(), seed: Seed(7) };
    let (id, round) = (CandidateId(0), RoundNumber(0));
    let candidate = Candidate { id, parent: None, round, artifact: artifact.id, origin };
    let (spending, took) = (Spending::NONE, Duration::ZERO);
    let event = RunEvent::CandidateReady { key: name(0), candidate, spending, took };
    Shared { event, artifact: Some(artifact) }
}

fn errand() -> Shared {
    let argument = |name: &str, value: &str| Argument { name: name.into(), value: value.into() };
    let errand = Errand {
        tool: PluginId::of("tool-search", b"its bytes"),
        step: "search".to_owned(),
        arguments: vec![argument("query", "a cat")],
        answer: Ok("it is on the mat".to_owned()),
    };
    let event = RunEvent::Performed { key: name(0), errand, took: Duration::ZERO };
    Shared { event, artifact: None }
}

#[test]
fn what_was_put_in_is_found_by_its_name_also_by_another_process() {
    let (_folder, path) = place();
    let cache = Cache::open(&path, ROOMY).unwrap();
    assert_eq!(cache.find(name(1)), None);
    cache.keep(name(1), &answer("12"));
    cache.keep(name(2), &picture(b"a picture"));
    cache.keep(name(4), &errand());
    let other = Cache::open(&path, ROOMY).unwrap();
    for cache in [&cache, &other] {
        assert_eq!(cache.find(name(1)), Some(answer("12")));
        assert_eq!(cache.find(name(2)), Some(picture(b"a picture")));
        assert_eq!(cache.find(name(3)), None);
        assert_eq!(cache.find(name(4)), Some(errand()));
    }
    // The first one who made it counts.
    other.keep(name(1), &answer("13"));
    assert_eq!(cache.find(name(1)), Some(answer("12")));
    assert_eq!(cache.notices(), Vec::<String>::new());
    let held = cache.held().unwrap();
    let kinds: Vec<_> = held.kinds.iter().map(|one| (one.kind.as_str(), one.count)).collect();
    assert_eq!(kinds, [("answer", 1), ("errand", 1), ("picture", 1)]);
    let answers = &held.kinds[0];
    assert_eq!((answers.hits, answers.cost.nanos()), (3, 20_000_000));
    assert_eq!(answers.saved.nanos(), 60_000_000);
    assert!(held.bytes > 0 && held.file_bytes >= held.bytes);
}

#[test]
fn what_nobody_knows_the_price_of_is_not_counted_as_free() {
    let (_folder, path) = place();
    let cache = Cache::open(&path, ROOMY).unwrap();
    // Words that look like a price that is not known are none.
    let told = answer(r#""unpriced":7"#);
    let mut unknown = answer("12");
    let RunEvent::Answered { spending, .. } = &mut unknown.event else { unreachable!() };
    *spending = Spending::unpriced(spending.usage);
    for (number, result) in [(1, &told), (2, &told), (3, &unknown)] {
        cache.keep(name(number), result);
        assert!(cache.find(name(number)).is_some());
    }
    cache.find(name(3)).unwrap();
    let held = cache.held().unwrap().kinds.remove(0);
    assert_eq!((held.count, held.cost.nanos(), held.unpriced), (3, 40_000_000, 1));
    assert_eq!((held.hits, held.saved.nanos(), held.unpriced_hits), (4, 40_000_000, 2));
}

#[test]
fn what_is_no_result_is_not_kept() {
    let (_folder, path) = place();
    let cache = Cache::open(&path, ROOMY).unwrap();
    let event = RunEvent::RoundStarted { round: RoundNumber(0) };
    cache.keep(name(1), &Shared { event, artifact: None });
    assert_eq!(cache.held().unwrap().kinds, []);
}

#[test]
fn the_least_recently_used_make_room_and_the_size_is_never_exceeded() {
    let (_folder, path) = place();
    let most = 100_000;
    let cache = Cache::open(&path, most).unwrap();
    for number in 0..100 {
        cache.keep(name(number), &picture(&[u8::try_from(number).unwrap(); 2000]));
        assert!(cache.find(name(0)).is_some(), "it is used all the time: {number}");
        assert!(cache.held().unwrap().bytes <= most);
    }
    let there: Vec<_> = (0..100).filter(|number| cache.find(name(*number)).is_some()).collect();
    assert!(there.len() > 30 && there.len() < 50, "{there:?}");
    assert_eq!(there[0], 0);
    let newest = 101 - there.len() as u64;
    assert_eq!(there[1..], (newest..100).collect::<Vec<_>>(), "the others are the newest");
    // One that would drive out most others is not taken in.
    cache.keep(name(500), &picture(&vec![1; 30_000]));
    assert_eq!(cache.find(name(500)), None);
}

#[test]
fn pruning_leaves_what_was_used_last_and_gives_room_back() {
    let (_folder, path) = place();
    let cache = Cache::open(&path, 100 * ROOMY).unwrap();
    for number in 0..50 {
        cache.keep(name(number), &picture(&vec![u8::try_from(number).unwrap(); 20_000]));
    }
    let before = cache.held().unwrap();
    let pruned = cache.prune(205_000).unwrap();
    assert_eq!((pruned.damaged, pruned.oldest), (0, 40));
    let after = cache.held().unwrap();
    assert_eq!(after.bytes, pruned.bytes);
    assert!(after.file_bytes < before.file_bytes / 3, "{before:?} {after:?}");
    assert!(cache.find(name(49)).is_some() && cache.find(name(39)).is_none());
    assert!(Cache::clear(&path).unwrap().is_some_and(|bytes| bytes == pruned.bytes));
    assert_eq!(cache.find(name(49)), None);
    assert_eq!(cache.held().unwrap().bytes, 0);
}

#[test]
fn a_result_that_was_changed_is_not_handed_out_and_is_made_anew() {
    let (_folder, path) = place();
    Cache::open(&path, ROOMY).unwrap().keep(name(1), &picture(b"a very special picture"));
    for change in [
        "UPDATE results SET artifact = x'00'",
        "UPDATE results SET event = replace(event, 'a cat', 'a dog')",
        "UPDATE results SET media = 'image/jpeg'",
        "UPDATE results SET name = randomblob(32)",
    ] {
        let cache = Cache::open(&path, ROOMY).unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch(change).unwrap();
        if change.contains("name") {
            assert_eq!(cache.prune(ROOMY).unwrap().damaged, 1, "nobody would ever ask for it");
        } else {
            assert_eq!(cache.find(name(1)), None, "{change}");
            assert!(cache.notices()[0].contains("1 of the results"), "{:?}", cache.notices());
        }
        cache.keep(name(1), &picture(b"a very special picture"));
        assert!(cache.find(name(1)).is_some(), "{change}");
    }
}

#[test]
fn whatever_byte_of_the_file_is_changed_or_missing_nothing_but_what_was_put_in_is_handed_out() {
    let (_folder, path) = place();
    let all = [answer("12"), picture(&[7; 3000]), errand()];
    let named = || (0..).map(name).zip(&all);
    let cache = Cache::open(&path, ROOMY).unwrap();
    named().for_each(|(name, one)| cache.keep(name, one));
    drop(cache);
    let whole = fs::read(&path).unwrap();
    let mut damaged = 0;
    // A prime, so that all parts of a page are met.
    for at in (0..whole.len()).step_by(131) {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        for bytes in [&changed[..], &whole[..at]] {
            overwrite(&path, bytes);
            // It is told, or of use as far as it goes.
            let Ok(cache) = Cache::open(&path, ROOMY) else {
                damaged += 1;
                continue;
            };
            for (name, one) in named() {
                match cache.find(name) {
                    Some(found) => assert_eq!(&found, one, "byte {at}"),
                    None => damaged += 1,
                }
            }
            cache.keep(name(9), &answer("13"));
            if let Some(found) = cache.find(name(9)) {
                assert_eq!(found, answer("13"), "byte {at}");
            }
        }
    }
    assert!(damaged > 50, "{damaged} of {} bytes", whole.len());
}

#[test]
fn a_file_that_is_no_cache_is_told_and_left_alone_until_it_is_cleared() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let garbage = b"this is no database, and never was one".repeat(100);
    overwrite(&path, &garbage);
    let error = Cache::open(&path, ROOMY).unwrap_err();
    assert!(error.hint().contains("cache clear"), "{error}: {}", error.hint());
    assert_eq!(fs::read(&path).unwrap(), garbage);
    assert_eq!(Cache::clear(&path).unwrap(), None);
    Cache::open(&path, ROOMY).unwrap().keep(name(1), &answer("12"));
    assert_eq!(Cache::clear(&folder_without_one()).unwrap(), Some(0));

    fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE photos (name TEXT)").unwrap();
    let error = Cache::open(&path, ROOMY).unwrap_err();
    assert!(matches!(error, CacheError::Foreign { .. }), "{error}");
    assert!(Cache::clear(&path).is_err(), "somebody else's photos stay");

    fs::remove_file(&path).unwrap();
    drop(Cache::open(&path, ROOMY).unwrap());
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 9).unwrap();
    assert!(matches!(Cache::open(&path, ROOMY), Err(CacheError::Foreign { .. })));
}

fn folder_without_one() -> PathBuf {
    PathBuf::from("/nowhere/results.sqlite")
}

#[test]
fn a_file_that_breaks_while_it_is_used_is_told_once_and_left_alone() {
    let (_folder, path) = place();
    let cache = Cache::open(&path, 100 * ROOMY).unwrap();
    for number in 0..200 {
        cache.keep(name(number), &picture(&vec![7; 5000]));
    }
    drop(cache);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0xa5);
    overwrite(&path, &bytes);
    let cache = Cache::open(&path, 100 * ROOMY).unwrap();
    for number in 0..200 {
        assert_eq!(cache.find(name(number)), None);
        cache.keep(name(number), &answer("12"));
    }
    let notices = cache.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].contains("the run went on without it"), "{notices:?}");
    assert!(notices[0].contains("`pentimento cache clear` makes it anew"), "{notices:?}");
    assert_eq!(Cache::clear(&path).unwrap(), None);
    assert_eq!(Cache::open(&path, ROOMY).unwrap().held().unwrap().bytes, 0);
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let (_folder, path) = place();
    let writers: Vec<_> = (0..4_u64)
        .map(|writer| {
            let path = path.clone();
            // Each opens the file as a process of its own would, and the first to come makes it.
            thread::spawn(move || {
                let cache = Cache::open(&path, 100 * ROOMY).unwrap();
                for number in 0..50 {
                    cache.keep(name(writer * 40 + number), &answer(&number.to_string()));
                }
                assert_eq!(cache.notices(), Vec::<String>::new());
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let cache = Cache::open(&path, 100 * ROOMY).unwrap();
    let held = cache.held().unwrap();
    assert_eq!(held.kinds[0].count, 170, "those that two writers made are there once");
    let sizes: u64 = held.kinds.iter().map(|kind| kind.bytes).sum();
    assert_eq!(sizes, held.bytes);
}

#[tokio::test]
async fn of_all_who_want_the_same_at_once_one_makes_it() {
    let (_folder, path) = place();
    let cache = Arc::new(Cache::open(&path, ROOMY).unwrap());
    let made = Arc::new(AtomicU32::new(0));
    let mut runs = tokio::task::JoinSet::new();
    for number in 0..30 {
        let (cache, made) = (cache.clone(), made.clone());
        runs.spawn(async move {
            let name = name(number % 3);
            let turn = cache.turn(name).await;
            if cache.find(name).is_none() {
                made.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                cache.keep(name, &answer("12"));
            }
            drop(turn);
        });
    }
    while let Some(done) = runs.join_next().await {
        done.unwrap();
    }
    assert_eq!(made.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_turn_that_was_given_up_goes_to_the_next_and_is_forgotten() {
    let turns = turns::Turns::default();
    for number in 0..10_000 {
        drop(turns.wait(name(number)).await);
    }
    assert!(turns.known() < 100, "{}", turns.known());
    let first = turns.wait(name(1)).await;
    let second = turns.wait(name(1));
    let waited = tokio::time::timeout(Duration::from_millis(20), second).await;
    assert!(waited.is_err(), "it waits");
    drop(first);
    drop(turns.wait(name(1)).await);
}
