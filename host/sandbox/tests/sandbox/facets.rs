//! What honest guests get through the facets, and what they are told when one is refused.

use image::{Rgba, RgbaImage};
use pentimento_model::{Argument, Artifact, Capability, FaultKind, Grant, MediaType, Seed};
use pentimento_sandbox::{RunLimits, RunScope, SandboxSettings};

use crate::guests::{
    ECHO, TRIVIAL, WITNESS, ask, encoded, everything, fault_of, load, picture, proof_of, text, wait,
};

/// A proof, or the kind and message of a fault.
type Said<'a> = Result<&'a str, (FaultKind, &'a str)>;

fn check(grant: &Grant, candidate: &Artifact, rows: &[(&str, Said<'_>)]) {
    let settings = SandboxSettings {
        time: std::time::Duration::from_millis(1_234),
        ..SandboxSettings::default()
    };
    let plugin = load(settings, &WITNESS, grant);
    for (question, expected) in rows {
        let answer = proof_of(ask(&plugin, question, candidate));
        let answer = answer.as_deref().map_err(|(kind, message)| (*kind, message.as_str()));
        assert_eq!(answer, *expected, "{question}");
    }
}

#[test]
fn a_critic_without_wishes_still_gets_its_candidate() {
    let plugin = load(SandboxSettings::default(), &TRIVIAL, &Grant::default());
    let answer = format!("{:?}", ask(&plugin, "anything", &picture()));
    assert!(answer.contains("this critic has no opinion on anything"), "{answer}");
}

#[test]
fn pictures_are_seen_by_rows_tiles_crops_and_scaled() {
    check(
        &everything(),
        &picture(),
        &[
            ("type", Ok(&format!("image/png {}", picture().bytes.len()))),
            ("picture", Ok("8x4 Some([0, 0, 0, 255]) Some([10, 20, 30, 40])")),
            ("scaled 4", Ok("4x2 Some([0, 0, 0, 255])")),
            ("scaled 100", Ok("8x4 Some([0, 0, 0, 255])")),
        ],
    );
}

#[test]
fn every_byte_of_a_large_picture_arrives() {
    let pixels = RgbaImage::from_fn(1_300, 1_100, |x, y| {
        Rgba([x.to_le_bytes()[0], y.to_le_bytes()[0], 7, 255])
    });
    let sum: u64 = pixels.as_raw().iter().map(|byte| u64::from(*byte)).sum();
    check(&everything(), &encoded(&pixels), &[("sum", Ok(&sum.to_string()))]);
}

#[test]
fn texts_are_seen_piece_by_piece_between_characters() {
    check(
        &everything(),
        &text("über Äpfel"),
        &[
            ("type", Ok("text/plain 12")),
            ("text 0 100", Ok("über Äpfel")),
            ("text 0 1", Ok("")),
            ("text 2 3", Ok("ber")),
            ("text 12 100", Ok("")),
            (
                "picture",
                Err((FaultKind::Failed, "this artifact is not a picture (unsupported-media)")),
            ),
        ],
    );
}

#[test]
fn broken_pictures_are_told_not_crashed_on() {
    let whole = picture().bytes;
    let truncated = Artifact::new(MediaType::Png, &whole[..whole.len() / 2]);
    let mislabeled = Artifact::new(MediaType::Jpeg, &*whole);
    for broken in [truncated, mislabeled, Artifact::new(MediaType::Png, &b""[..])] {
        let plugin = load(SandboxSettings::default(), &WITNESS, &everything());
        let (kind, message) = proof_of(ask(&plugin, "picture", &broken)).unwrap_err();
        assert_eq!(kind, FaultKind::Failed);
        assert!(message.starts_with("the picture cannot be decoded"), "{message}");
    }
}

#[test]
fn a_picture_bomb_is_refused_by_its_header() {
    let mut bomb = picture().bytes.to_vec();
    // Width and height of a PNG are bytes 16 to 24, their check sum bytes 29 to 33.
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    let message = "a picture of 65536×65536 cannot be had: it must have 1 to 16000000 pixels, and \
                   all pictures made in one call at most 64 MiB (too-large)";
    let bomb = Artifact::new(MediaType::Png, bomb);
    check(&everything(), &bomb, &[("picture", Err((FaultKind::Failed, message)))]);
}

/// The check sum of PNG chunks (CRC-32), bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[test]
fn clock_and_random_repeat_themselves() {
    let plugin = load(SandboxSettings::default(), &WITNESS, &everything());
    let first = proof_of(ask(&plugin, "random", &picture())).unwrap();
    check(&everything(), &picture(), &[("time", Ok("1234")), ("random", Ok(&first))]);
}

fn refused(message: &str) -> Said<'_> {
    Err((FaultKind::Failed, message))
}

#[test]
fn refused_facets_say_what_to_add() {
    let message = |facet: &str| {
        format!(
            "the operator did not grant `{facet}`; to allow it, run `pentimento plugin grant \
             witness --allow {facet}` (refused)"
        )
    };
    let [artifacts, clock, random, settings, memory, fetch] =
        ["artifacts", "clock", "random", "settings", "memory", "fetch"].map(message);
    check(
        &Grant::of([Capability::Log]),
        &picture(),
        &[
            ("type", Ok(&format!("image/png {}", picture().bytes.len()))),
            ("picture", refused(&artifacts)),
            ("text 0 1", refused(&artifacts)),
            ("time", refused(&clock)),
            ("random", refused(&random)),
            ("keep a 1", refused(&memory)),
            ("kept a", refused(&memory)),
            ("forget a", refused(&memory)),
            ("keys", refused(&memory)),
            ("setting a", refused(&settings)),
            ("fetch GET https://witness.example/", refused(&fetch)),
        ],
    );
}

#[test]
fn a_plugin_sees_its_own_settings() {
    let plugin = load(SandboxSettings::default(), &WITNESS, &everything());
    let settings = [("limit".to_owned(), "at most 3".to_owned())].into();
    let configured = plugin.clone().configured(settings);
    let proof = |plugin, question| proof_of(ask(plugin, question, &picture())).unwrap();
    assert_eq!(proof(&configured, "setting limit"), "Some(\"at most 3\")");
    assert_eq!(proof(&configured, "setting other"), "None");
    assert_eq!(proof(&plugin, "setting limit"), "None");
}

#[test]
fn a_fault_carries_the_log_if_logging_was_granted() {
    for (grant, log) in
        [(everything(), vec!["info: asked for nonsense"]), (Grant::default(), vec![])]
    {
        let plugin = load(SandboxSettings::default(), &WITNESS, &grant);
        assert_eq!(fault_of(ask(&plugin, "nonsense", &picture())).log, log);
    }
}

#[test]
fn tools_get_arguments_and_artifacts_and_answer_in_text() {
    let tool = load(SandboxSettings::default(), &ECHO, &everything()).tool().unwrap();
    let argument = |name: &str, value: &str| Argument { name: name.into(), value: value.into() };
    let call = |arguments: &[Argument]| {
        wait(tool.perform(arguments, &[text("one\u{7}"), picture()], Seed(1)))
    };
    let size = picture().bytes.len();
    assert_eq!(
        call(&[argument("a", "b")]).unwrap(),
        format!(
            "a=b\ntext/plain of 4 bytes: one\nimage/png of {size} bytes: this artifact is not a text"
        )
    );
    let fault = call(&[argument("repeat", "5000")]).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Lie);
    assert!(fault.message.starts_with("it returned a text of"), "{}", fault.message);
}

#[test]
fn a_tool_is_no_assessor_and_an_assessor_no_tool() {
    let tool = load(SandboxSettings::default(), &ECHO, &everything());
    let critic = load(SandboxSettings::default(), &TRIVIAL, &everything());
    assert_eq!(
        tool.assessor().err().unwrap().to_string(),
        "the plugin `echo` is a tool, which cannot be used here"
    );
    assert!(critic.tool().is_err());
}

#[test]
fn a_plugin_remembers_within_its_run_and_within_its_quota() {
    let quota = "101 bytes to remember; `plugin.toml` asked for 100 (quota)";
    let key = "a key of 257 bytes; at most 256 are kept (quota)";
    check(
        &everything(),
        &text(""),
        &[
            ("kept a", Ok("None")),
            ("keep a 3", Ok("kept")),
            ("kept a", Ok("Some([7, 7, 7])")),
            ("keep b 96", Err((FaultKind::Failed, quota))),
            ("keep b 95", Ok("kept")),
            ("keep a 4", Err((FaultKind::Failed, quota))),
            (&format!("keep {} 1", "k".repeat(257)), Err((FaultKind::Failed, key))),
            ("keys", Ok("a b")),
            ("forget b", Ok("forgotten")),
            ("keep a 99", Ok("kept")),
            ("keys", Ok("a")),
        ],
    );
}

#[test]
fn another_run_remembers_nothing() {
    let plugin = load(SandboxSettings::default(), &WITNESS, &everything());
    let (one, two) = (RunScope::default(), RunScope::default());
    let say = |run: &RunScope, question: &str| {
        proof_of(ask(&plugin.clone().in_run(run), question, &text(""))).unwrap()
    };
    say(&one, "keep a 1");
    assert_eq!([say(&one, "keys"), say(&two, "keys")], ["a", ""]);
}

#[test]
fn a_run_that_used_up_its_time_calls_no_plugin() {
    let run = RunScope::new(RunLimits {
        time: std::time::Duration::from_nanos(1),
        ..RunLimits::default()
    });
    let plugin = load(SandboxSettings::default(), &WITNESS, &everything()).in_run(&run);
    // A call that never waits ends before anybody looks at the clock.
    let _ = ask(&plugin, "time", &text(""));
    let message = "the plugins of this run have used up their 1ns together".to_owned();
    assert_eq!(proof_of(ask(&plugin, "time", &text(""))), Err((FaultKind::Limit, message)));
}
