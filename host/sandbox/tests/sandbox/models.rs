//! Plugins that ask models: what they are answered, what they may not ask, and what it counts.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use pentimento_model::{Artifact, Brief, Capability, FaultKind, Grant, Seed};
use pentimento_sandbox::{
    Complete, Completion, InUse, Limits, LoadedPlugin, Prompt, RunLimits, RunScope, Sandbox,
    SandboxSettings, Unanswered,
};

use crate::guests::{COURIER, ask, everything, picture, proof_of, text};

/// A model that answers by script, in the order it is asked; the last answer stays.
#[derive(Default)]
struct Scripted {
    answers: Vec<Result<Completion, Unanswered>>,
    asked: AtomicU32,
    seen: Mutex<Vec<Prompt>>,
}

#[async_trait]
impl Complete for Scripted {
    async fn complete(&self, prompt: &Prompt) -> Result<Completion, Unanswered> {
        self.seen.lock().unwrap().push(prompt.clone());
        let asked = self.asked.fetch_add(1, Ordering::Relaxed) as usize;
        if prompt.text == "sleep" {
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
        let answer = self.answers.get(asked).or(self.answers.last());
        answer.cloned().unwrap_or(Err(Unanswered("it has no script".to_owned())))
    }
}

fn says(words: &str) -> Completion {
    Completion { text: words.to_owned(), input_tokens: 7, output_tokens: 2 }
}

fn scripted(answers: Vec<Result<Completion, Unanswered>>) -> Arc<Scripted> {
    Arc::new(Scripted { answers, ..Scripted::default() })
}

/// A courier that may ask `eye` and `ear`, three times, for 100 tokens each.
fn courier(grant: &Grant, sees: bool) -> LoadedPlugin {
    let limits = Limits { wall_time: Duration::from_secs(5), ..Limits::default() };
    let settings = SandboxSettings { limits, ..SandboxSettings::default() };
    courier_in(&Sandbox::new(settings).unwrap(), grant, sees)
}

fn courier_in(sandbox: &Sandbox, grant: &Grant, sees: bool) -> LoadedPlugin {
    let sees = if sees { "artifacts = \"shows them\"\n" } else { "" };
    let manifest = format!(
        "name = \"courier\"\nversion = \"1\"\nrole = \"verifier\"\n\
         world = \"pentimento:plugin/verifier@0.1.0\"\n[wants]\n{sees}\
         tools = {{ reason = \"x\", plugins = [\"b\"] }}\n\
         models = {{ reason = \"x\", names = [\"eye\", \"ear\"], calls = 3, tokens = 100 }}\n"
    );
    sandbox.load(&manifest, &COURIER.component, grant).unwrap()
}

fn bound(plugin: LoadedPlugin, model: &Arc<Scripted>) -> LoadedPlugin {
    let model: Arc<dyn Complete> = Arc::<Scripted>::clone(model);
    plugin.with_models(BTreeMap::from([("eye".to_owned(), model)]))
}

fn check(plugin: &LoadedPlugin, candidate: &Artifact, rows: &[(&str, Result<&str, &str>)]) {
    for (errand, expected) in rows {
        let answer = proof_of(ask(plugin, errand, candidate));
        let answer = answer.as_deref().map_err(|(kind, message)| {
            assert_eq!(*kind, FaultKind::Failed, "{message}");
            message.as_str()
        });
        assert_eq!(answer, *expected, "{errand}");
    }
}

#[test]
fn a_model_answers_and_its_tokens_are_counted() {
    let model = scripted(vec![Ok(says("a cat")), Err(Unanswered("\u{1b}[31mgone".to_owned()))]);
    let run = RunScope::default();
    let plugin = bound(courier(&everything(), true), &model).in_run(&run);
    check(
        &plugin,
        &picture(),
        &[
            ("model eye 1 100 2 what is this", Ok("a cat (7 + 2)")),
            (
                "model eye 1 100 0 what is this",
                Err("after 0: the model `eye` gave no answer: [31mgone (model-failed)"),
            ),
        ],
    );
    assert_eq!(run.tokens_spent(), 9, "what a question that failed took is given back");
    let seen = model.seen.lock().unwrap();
    let [first, second] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((first.text.as_str(), first.max_tokens), ("what is this", 100));
    assert_eq!((first.images.len(), second.images.len()), (2, 0));
    assert!(first.images.iter().all(|image| image.id == picture().id));
}

#[test]
fn questions_that_were_not_asked_for_are_refused() {
    let model = scripted(vec![Ok(says("yes"))]);
    let plugin = bound(courier(&everything(), true), &model);
    let long = format!("model eye 1 10 0 {}", "x".repeat(300 << 10));
    check(
        &plugin,
        &picture(),
        &[
            (
                "model nose 1 10 0 x",
                Err("after 0: its `plugin.toml` asks for no model `nose`; its author must add it \
                     to the `names` of `models` (not-wanted)"),
            ),
            (
                "model ear 1 10 0 x",
                Err("after 0: no provider is bound to the model `ear`; the operator binds one to \
                     each name a plugin asks for (unavailable)"),
            ),
            (
                "model eye 1 101 0 x",
                Err("after 0: an answer of 101 tokens; `plugin.toml` asks for 1 to 100 (quota)"),
            ),
            (
                "model eye 1 0 0 x",
                Err("after 0: an answer of 0 tokens; `plugin.toml` asks for 1 to 100 (quota)"),
            ),
            (
                "model eye 4 10 0 x",
                Err("after 3: 3 questions to models in one call were asked, which is what \
                     `plugin.toml` asks for (quota)"),
            ),
            (
                "model eye 1 10 17 x",
                Err("after 0: 17 pictures in one prompt; at most 16 are handed over (too-large)"),
            ),
            (
                &long,
                Err(
                    "after 0: a prompt of 307200 bytes; at most 262144 are handed over (too-large)",
                ),
            ),
            ("model eye 1 10 0 x", Ok("yes (7 + 2)")),
        ],
    );
    check(
        &plugin,
        &text("words"),
        &[(
            "model eye 1 10 1 x",
            Err("after 0: a text is no picture; put it into the prompt (unsupported-media)"),
        )],
    );
    let asked = model.asked.load(Ordering::Relaxed);
    assert_eq!(asked, 4, "what is refused is not asked");
}

#[test]
fn models_and_pictures_are_granted_one_by_one() {
    let model = scripted(vec![Ok(says("yes"))]);
    let refused = |power: &str, facet: &str| {
        format!(
            "after 0: the operator did not grant `{power}`; to allow it, run `pentimento plugin \
             grant courier --allow {facet}` (refused)"
        )
    };
    let eye = "models eye, 3 times a call, up to 100 tokens";
    let grants = [
        (Grant::default(), true, 0, refused("models", "models")),
        (
            Grant::default()
                .with_powers(["models ear, 3 times a call, up to 100 tokens".to_owned()]),
            true,
            0,
            refused(eye, "models"),
        ),
        (Grant::of([Capability::Models]), true, 1, refused("artifacts", "artifacts")),
        (everything(), false, 1, refused("artifacts", "artifacts")),
    ];
    for (grant, sees, images, message) in grants {
        let plugin = bound(courier(&grant, sees), &model);
        let errand = format!("model eye 1 10 {images} x");
        check(&plugin, &picture(), &[(&errand, Err(&message))]);
    }
    let granted = Grant::default().with_powers([eye.to_owned()]);
    check(
        &bound(courier(&granted, true), &model),
        &picture(),
        &[("model eye 1 10 0 x", Ok("yes (7 + 2)"))],
    );
    assert_eq!(model.asked.load(Ordering::Relaxed), 1);
}

#[test]
fn the_plugins_of_a_run_share_questions_and_tokens() {
    let model = scripted(vec![Ok(says("yes"))]);
    let plugin = bound(courier(&everything(), true), &model);
    let few = RunScope::new(RunLimits { model_calls: 2, ..RunLimits::default() });
    check(
        &plugin.clone().in_run(&few),
        &picture(),
        &[(
            "model eye 3 10 0 x",
            Err("after 2: the plugins of this run have asked models 2 times (quota)"),
        )],
    );
    // One byte is one token, and the answer may have ten.
    let short = RunScope::new(RunLimits { model_tokens: 28, ..RunLimits::default() });
    check(
        &plugin.clone().in_run(&short),
        &picture(),
        &[(
            "model eye 3 10 0 x",
            Err("after 2: 10 tokens are left to the plugins of this run, and this question may \
                 take 11 (quota)"),
        )],
    );
    assert_eq!(short.tokens_spent(), 18);
    let greedy = Ok(Completion { text: "!".into(), input_tokens: 0, output_tokens: u32::MAX });
    let greedy = bound(courier(&everything(), true), &scripted(vec![greedy]));
    check(
        &greedy,
        &picture(),
        &[(
            "model eye 2 10 0 x",
            Err("after 1: 0 tokens are left to the plugins of this run, and this question may \
                 take 11 (quota)"),
        )],
    );
}

/// A model that is asked and never answers.
struct Silent;

#[async_trait]
impl Complete for Silent {
    async fn complete(&self, _prompt: &Prompt) -> Result<Completion, Unanswered> {
        std::future::pending().await
    }
}

#[test]
fn a_model_that_never_answers_holds_no_call_beyond_its_deadline() {
    let limits = Limits { wall_time: Duration::from_millis(200), ..Limits::default() };
    let sandbox = Sandbox::new(SandboxSettings { limits, ..SandboxSettings::default() }).unwrap();
    let run = RunScope::default();
    let plugin = courier_in(&sandbox, &everything(), true).in_run(&run);
    let model: Arc<dyn Complete> = Arc::new(Silent);
    let plugin = plugin.with_models(BTreeMap::from([("eye".to_owned(), model)]));
    // One byte and an answer of ten: what was set aside stays spent, since it may have been sold.
    for asked in 1..=3_u64 {
        let answer = proof_of(ask(&plugin, "model eye 1 10 0 x", &picture()));
        assert_eq!(answer, Err((FaultKind::Timeout, "it did not answer within 200ms".to_owned())));
        assert_eq!(run.tokens_spent(), asked * 11);
        assert_eq!(sandbox.in_use(), InUse::default());
    }
    let plugin = bound(plugin, &scripted(vec![Ok(says("yes"))]));
    check(&plugin, &picture(), &[("model eye 1 10 0 x", Ok("yes (7 + 2)"))]);
}

#[test]
fn those_who_wait_for_a_model_keep_nobody_from_asking_another() {
    // More than may compute at once on most machines, and as many as may be called.
    const MANY: usize = 32;

    let limits = Limits { wall_time: Duration::from_mins(1), ..Limits::default() };
    let sandbox = Sandbox::new(SandboxSettings { limits, ..SandboxSettings::default() }).unwrap();
    let model: Arc<dyn Complete> = Arc::new(Silent);
    let models = BTreeMap::from([("eye".to_owned(), model)]);
    let plugin = courier_in(&sandbox, &everything(), true).with_models(models);
    let assessor = plugin.assessor().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().unwrap();
    for _ in 0..MANY {
        let assessor = Arc::clone(&assessor);
        runtime.spawn(async move {
            assessor.assess(&Brief::from_idea("model eye 1 10 0 x"), &picture(), Seed(1)).await
        });
    }
    let begun = std::time::Instant::now();
    while sandbox.in_use().calls < MANY {
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", sandbox.in_use());
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn an_answer_too_long_is_not_handed_on_and_a_slow_one_ends_with_the_call() {
    let flood = Completion { text: "x".repeat(2 << 20), input_tokens: 1, output_tokens: 1 };
    let plugin = bound(courier(&everything(), true), &scripted(vec![Ok(flood), Ok(says("yes"))]));
    let run = RunScope::default();
    let plugin = plugin.in_run(&run);
    check(
        &plugin,
        &picture(),
        &[(
            "model eye 1 10 0 x",
            Err("after 0: an answer of 2097152 bytes; at most 1048576 are handed on (too-large)"),
        )],
    );
    let (kind, message) = proof_of(ask(&plugin, "model eye 1 10 0 sleep", &picture())).unwrap_err();
    assert_eq!((kind, message.as_str()), (FaultKind::Timeout, "it did not answer within 5s"));
    assert_eq!(run.tokens_spent(), 2 + 12, "what was set aside for it stays spent");
    check(&plugin, &picture(), &[("model eye 1 10 0 x", Ok("yes (7 + 2)"))]);
}
