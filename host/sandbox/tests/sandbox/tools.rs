//! Plugins that call one another: what honest ones get, and every way of asking for too much.

use std::{sync::LazyLock, time::Duration};

use pentimento_model::{Brief, Capability, FaultKind, Grant, Seed};
use pentimento_sandbox::{
    Limits, LoadedPlugin, Quarantine, Roster, RunLimits, RunScope, Sandbox, SandboxSettings,
};

use tokio::task::JoinSet;

use crate::{
    guest::Guest,
    guests::{COURIER, ECHO, HOSTILE, WITNESS, ask, everything, picture, proof_of, wait},
};

/// A `plugin.toml` of this name and these wishes.
fn manifest(guest: &Guest, name: &str, wants: &str) -> String {
    let role = guest.manifest.lines().find(|line| line.starts_with("role")).unwrap();
    let world = guest.manifest.lines().find(|line| line.starts_with("world")).unwrap();
    let limits = if name == "brief" { "[limits]\nwall-ms = 200\n" } else { "" };
    format!("name = \"{name}\"\nversion = \"1\"\n{role}\n{world}\n{limits}[wants]\n{wants}")
}

/// The wish to call these, four times a call. A courier can ask models too.
fn calls(plugins: &str) -> String {
    let models = "models = { reason = \"asks\", names = [\"eye\"] }";
    format!("tools = {{ reason = \"asks\", plugins = [{plugins}] }}\n{models}\n")
}

/// Compiled once for all tests.
static COMPILED: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

struct Host {
    sandbox: Sandbox,
}

impl Host {
    fn with(wall_time: Duration) -> Self {
        let limits = Limits { wall_time, memory: 16 << 20 };
        let quarantine = Quarantine::NEVER;
        let cache_dir = Some(COMPILED.path().to_owned());
        let settings =
            SandboxSettings { cache_dir, limits, quarantine, ..SandboxSettings::default() };
        Self { sandbox: Sandbox::new(settings).unwrap() }
    }

    fn load(&self, guest: &Guest, name: &str, wants: &str, grant: &Grant) -> LoadedPlugin {
        let manifest = manifest(guest, name, wants);
        self.sandbox.load(&manifest, &guest.component, grant).unwrap()
    }

    /// `a` among all the others.
    fn cast(&self) -> (LoadedPlugin, Roster) {
        let all = r#""a", "b", "c", "d", "witness", "hostile", "brief", "echo", "nobody""#;
        let couriers =
            ["a", "b", "c", "d"].map(|name| self.load(&COURIER, name, &calls(all), &everything()));
        let critic =
            |name| self.load(&HOSTILE, name, "artifacts = \"x\"\nlog = \"x\"", &everything());
        let witness = &WITNESS.manifest.split_once("[wants]").unwrap().1;
        let others = [
            critic("hostile"),
            critic("brief"),
            self.load(&ECHO, "echo", "artifacts = \"quotes\"", &everything()),
            self.load(&WITNESS, "witness", witness, &everything()),
        ];
        let [first, ..] = couriers.clone();
        let roster = Roster::of(couriers.into_iter().chain(others));
        (first.among(&roster), roster)
    }
}

/// A proof, or the kind and message of a fault.
type Said<'a> = Result<&'a str, (FaultKind, &'a str)>;

fn check_rows(plugin: &LoadedPlugin, rows: &[(&str, Said<'_>)]) {
    for (question, expected) in rows {
        let answer = proof_of(ask(plugin, question, &picture()));
        let answer = answer.as_deref().map_err(|(kind, message)| (*kind, message.as_str()));
        assert_eq!(answer, *expected, "{question}");
        let next = proof_of(ask(plugin, "ask b say hello", &picture()));
        assert_eq!(next.as_deref(), Ok("b says hello"), "after {question}");
    }
}

fn failed(message: &str) -> Said<'_> {
    Err((FaultKind::Failed, message))
}

#[test]
fn plugins_work_for_one_another_with_powers_of_their_own() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    let bytes = picture().bytes.len();
    let echoed = format!("greeting=hello image/png of {bytes} bytes: this artifact is not a text");
    check_rows(
        &first,
        &[
            (
                "ask witness picture",
                Ok("witness says 8x4 Some([0, 0, 0, 255]) Some([10, 20, 30, 40])"),
            ),
            ("ask b ask c say hello", Ok("b says c says hello")),
            ("critic hostile behave", Ok("Some(1.0) None nothing")),
            ("critic hostile control characters", Ok("None None [31mred  alert")),
            ("tool echo 1", Ok(&echoed)),
        ],
    );
}

#[test]
fn the_caller_hears_why_another_one_gave_no_answer() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    check_rows(
        &first,
        &[
            (
                "critic hostile trap",
                failed(
                    "the plugin `hostile` gave no answer (trap): wasm trap: wasm `unreachable` \
                     instruction executed (callee-failed)",
                ),
            ),
            (
                "critic hostile nan score",
                failed(
                    "the plugin `hostile` gave no answer (lie): it returned the score NaN, which \
                     is not within 0..1 (callee-failed)",
                ),
            ),
            (
                "critic brief loop",
                failed(
                    "the plugin `brief` gave no answer (timeout): it did not answer within 200ms \
                     (callee-failed)",
                ),
            ),
            (
                "critic hostile memory",
                failed(
                    "the plugin `hostile` gave no answer (limit): it needs more than the 16 MiB of \
                     memory it may have (callee-failed)",
                ),
            ),
            (
                "ask b unheard",
                failed(
                    "the plugin `b` gave no answer (failed): unheard (unknown-errand) \
                     (callee-failed)",
                ),
            ),
        ],
    );
}

#[test]
fn calls_that_go_in_circles_too_deep_or_to_nobody_are_refused() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    check_rows(
        &first,
        &[
            ("ask a say hello", failed("calls must not go in circles: a → a (too-deep)")),
            (
                "ask b ask a say hello",
                failed(
                    "the plugin `b` gave no answer (failed): calls must not go in circles: \
                     a → b → a (too-deep) (callee-failed)",
                ),
            ),
            (
                "ask b ask c ask d say hello",
                failed(
                    "the plugin `b` gave no answer (failed): the plugin `c` gave no answer \
                     (failed): at most 3 plugins may be at work for one another: a → b → c → d \
                     (too-deep) (callee-failed) (callee-failed)",
                ),
            ),
            (
                "ask nobody say hello",
                failed("there is no plugin `nobody` in this run (unavailable)"),
            ),
            ("critic b say hello", failed("the plugin `b` is no critic (bad-argument)")),
            ("tool b 1", failed("the plugin `b` is no tool (bad-argument)")),
            ("ask echo say hello", failed("the plugin `echo` is no verifier (bad-argument)")),
            (
                "ask stranger say hello",
                failed(
                    "its `plugin.toml` asks for no plugin `stranger`; its author must add it to \
                     the `plugins` of `tools` (not-wanted)",
                ),
            ),
        ],
    );
}

#[test]
fn only_granted_plugins_are_called() {
    let host = Host::with(Duration::from_mins(1));
    let (_, roster) = host.cast();
    let wants = calls(r#""b", "c""#);
    let plain = Grant::of([Capability::Log]);
    let nothing = host.load(&COURIER, "a", &wants, &plain).among(&roster);
    let refused = "the operator did not grant `tools`; to allow it, run `pentimento plugin grant a \
                   --allow tools` (refused)";
    assert_eq!(
        proof_of(ask(&nothing, "ask b say hello", &picture())),
        Err((FaultKind::Failed, refused.to_owned()))
    );
    let one = plain.with_powers(["tools b, 4 times a call".to_owned()]);
    let one = host.load(&COURIER, "a", &wants, &one).among(&roster);
    check_rows(
        &one,
        &[(
            "ask c say hello",
            failed(
                "the operator did not grant `tools c, 4 times a call`; to allow it, run \
                 `pentimento plugin grant a --allow tools` (refused)",
            ),
        )],
    );
}

#[test]
fn storms_of_calls_end_at_the_quota_of_the_call_and_of_the_run() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    check_rows(
        &first,
        &[
            (
                "storm b say hello",
                failed(
                    "after 4: 4 calls of other plugins in one call were made, which is what \
                     `plugin.toml` asks for (quota)",
                ),
            ),
            // Its own calls end when those of `b` do.
            (
                "storm b storm c say hello",
                failed(
                    "after 0: the plugin `b` gave no answer (failed): after 4: 4 calls of other \
                     plugins in one call were made, which is what `plugin.toml` asks for (quota) \
                     (callee-failed)",
                ),
            ),
        ],
    );
    let short = RunScope::new(RunLimits { calls: 3, ..RunLimits::default() });
    let in_run = first.clone().in_run(&short);
    let (kind, message) = proof_of(ask(&in_run, "storm b say hello", &picture())).unwrap_err();
    let most = "after 3: the plugins of this run have called each other 3 times (quota)";
    assert_eq!((kind, message.as_str()), (FaultKind::Failed, most));
    check_rows(&first, &[]);
}

#[test]
fn a_flood_of_handles_is_stopped() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    check_rows(
        &first,
        &[
            (
                "tool echo 65",
                failed("65 artifacts for one tool; at most 64 are handed over (too-large)"),
            ),
            (
                "tool echo 100000",
                Err((FaultKind::Limit, "it hands over more than 1024 KiB at once")),
            ),
        ],
    );
}

#[test]
fn one_that_loops_leaves_its_caller_time_to_say_so() {
    let (first, _) = Host::with(Duration::from_millis(800)).cast();
    let (kind, message) = proof_of(ask(&first, "critic hostile loop", &picture())).unwrap_err();
    let late = "the plugin `hostile` gave no answer (timeout): it did not answer in the time its \
                caller had left (callee-failed)";
    assert_eq!((kind, message.as_str()), (FaultKind::Failed, late));
}

#[test]
fn whether_a_helper_was_cut_short_is_known_beside_the_answer() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    let assessor = first.assessor().unwrap();
    let rows = [
        ("ask b say hello", 0),
        // It says so itself, and would again.
        ("ask b unheard", 0),
        ("critic brief loop", 1),
        ("ask b critic brief loop", 1),
    ];
    for (errand, expected) in rows {
        let before = assessor.mishaps();
        drop(ask(&first, errand, &picture()));
        assert_eq!(assessor.mishaps() - before, expected, "{errand}");
    }
}

#[test]
fn the_same_seed_gives_those_that_are_called_the_same_numbers() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    let once = proof_of(ask(&first, "ask witness random", &picture())).unwrap();
    assert_eq!(proof_of(ask(&first, "ask witness random", &picture())).unwrap(), once);
    let own = proof_of(ask(&first, "ask b ask witness random", &picture())).unwrap();
    assert_ne!(format!("b says {once}"), own);
}

#[test]
fn calls_that_all_wait_for_others_do_not_wait_for_ever() {
    let (first, _) = Host::with(Duration::from_mins(1)).cast();
    let brief = Brief::from_idea("ask b ask c say hello");
    let assessor = first.assessor().unwrap();
    let all = async {
        let mut calls = JoinSet::new();
        for _ in 0..200 {
            let (assessor, brief) = (assessor.clone(), brief.clone());
            calls.spawn(async move { assessor.assess(&brief, &picture(), Seed(1)).await });
        }
        calls.join_all().await
    };
    for answer in wait(all) {
        assert_eq!(proof_of(answer).as_deref(), Ok("b says c says hello"));
    }
}

#[test]
fn private_input_is_not_carried_to_one_that_sends() {
    let host = Host::with(Duration::from_mins(1));
    let fetch = "fetch = { reason = \"asks\", rules = [{ host = \"example.org\" }] }\n";
    let sees = "artifacts = \"looks\"\n";
    let tools = |name: &str| calls(&format!("\"{name}\""));
    let plain = Grant::of(Capability::ALL);
    let consenting = everything();
    let load = |name: &str, whom: &str, more: &str, grant: &Grant| {
        host.load(&COURIER, name, &format!("{}{more}", tools(whom)), grant)
    };
    let roster = Roster::of([
        load("sender", "nobody", fetch, &consenting),
        load("between", "sender", "", &consenting),
        load("eye", "nobody", sees, &plain),
    ]);
    let blind = Roster::of([load("eye", "nobody", "", &plain)]);
    // What it has among its settings is seen as well.
    let holder = load("eye", "nobody", "", &plain).holding_private().unwrap();
    let holding = Roster::of([holder]);
    assert!(load("a", "eye", fetch, &plain).holding_private().is_err());
    let refused = |who: &str, whom: &str| {
        format!(
            "`{who}` and `{whom}` together could see private input and send requests, which needs \
             a second consent for `{who}` (refused)"
        )
    };
    let caller =
        |whom: &str, more: &str, grant: &Grant| load("a", whom, more, grant).among(&roster);
    let wrapped = format!(
        "the plugin `between` gave no answer (failed): {} (callee-failed)",
        refused("a", "sender")
    );
    let rows = [
        (caller("sender", sees, &plain), "ask sender say x", Err(refused("a", "sender"))),
        (caller("sender", "", &plain), "ask sender say x", Err(refused("a", "sender"))),
        (caller("between", sees, &plain), "ask between ask sender say x", Err(wrapped)),
        // Who can send is told no idea, and asks `eye` then.
        (caller("eye", fetch, &plain), "ignored", Err(refused("a", "eye"))),
        (caller("sender", sees, &consenting), "ask sender say x", Ok(())),
        (load("a", "eye", fetch, &plain).among(&blind), "ignored", Ok(())),
        (load("a", "eye", fetch, &plain).among(&holding), "ignored", Err(refused("a", "eye"))),
    ];
    for (plugin, question, expected) in rows {
        let answer = proof_of(ask(&plugin, question, &picture()));
        let answer = answer.map(drop).map_err(|(_, message)| message);
        assert_eq!(answer, expected, "{question}");
    }
}
