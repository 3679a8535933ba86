//! Runs over scripted ports, told in spans.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use futures::executor::block_on;
use pentimento_engine::{
    Memory, RunRequest, StopFlag, run,
    testing::{Script, ScriptedPorts},
};
use pentimento_model::*;

use super::*;

/// The idea is a secret here.
const IDEA: &str = "a cat called Mephistopheles and a dog";
const GOAL: &str = "cat 0.1 0.1 0.3 0.3\ndog 0.6 0.6 0.3 0.3\n";
const NO_DOG: &str = "cat 0.1 0.1 0.3 0.3\n";

#[derive(Default)]
struct Kept(Mutex<Vec<Span>>);

impl Sink for Kept {
    fn take(&self, span: Span) {
        self.0.lock().unwrap().push(span);
    }
}

fn cast() -> Cast {
    let player = |model: &str| Player { provider: "openai".to_owned(), model: model.to_owned() };
    let roles = [("writer".to_owned(), player("w"))].into();
    Cast { painter: Some(player("p")), roles }
}

fn script() -> Script {
    let price = Price { image: Money::from_nanos(10_000_000), ..Price::FREE };
    Script::new(GOAL, &[NO_DOG, "broken", GOAL]).with_price(price)
}

fn request() -> RunRequest {
    let recipe = pentimento_recipe::find("best-of-n").unwrap();
    RunRequest {
        run: RunId::from_words(IDEA, "1"),
        brief: Brief::from_idea(IDEA),
        budget: recipe.budget(),
        recipe: recipe.into(),
        painter: "openai/p".to_owned(),
        seed: script().seed,
    }
}

/// The spans of a run whose journal holds so many events already.
fn told(memory: &Arc<Memory>, with_words: bool, n_known: usize) -> Vec<Span> {
    let kept = Arc::new(Kept::default());
    let mut scripted = ScriptedPorts::over(&script(), memory.clone());
    let told = Told::new(kept.clone(), cast(), with_words, n_known);
    scripted.ports.watchers.push(Arc::new(told));
    block_on(run(&request(), &scripted.ports, &StopFlag::default())).unwrap();
    drop(scripted);
    Arc::into_inner(kept).unwrap().0.into_inner().unwrap()
}

#[test]
fn a_run_is_told_in_the_words_of_the_conventions() {
    let spans = told(&Arc::default(), false, 0);
    let mut text = String::new();
    for span in &spans {
        let Span { name, kind, start, end, attributes, moments, failed, .. } = span;
        let _ = writeln!(text, "{name} {kind:?} {start:?}..{end:?} {failed:?}");
        for (name, value) in attributes {
            let _ = writeln!(text, "    {name} = {value:?}");
        }
        for moment in moments {
            let _ = writeln!(text, "  ! {} {:?}", moment.name, moment.attributes);
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_span_is_below_the_runs_and_within_its_time() {
    let spans = told(&Arc::default(), false, 0);
    let root = spans.last().unwrap();
    assert_eq!(root.parent, None);
    for span in &spans[..spans.len() - 1] {
        assert_eq!((span.parent, span.trace), (Some(root.id), root.trace));
        assert!(root.start <= span.start && span.end <= root.end, "{span:?}");
    }
    let ids: std::collections::BTreeSet<_> = spans.iter().map(|span| span.id.0).collect();
    assert_eq!(ids.len(), spans.len(), "each has its own name");
}

#[test]
fn no_word_of_anybody_is_told_unless_that_was_asked_for() {
    let quiet = format!("{:?}", told(&Arc::default(), false, 0));
    let loud = format!("{:?}", told(&Arc::default(), true, 0));
    for word in ["Mephistopheles", "mephistopheles", "called"] {
        assert!(!quiet.contains(word), "{word}: {quiet}");
    }
    for word in ["Mephistopheles", "mephistopheles", "gen_ai.input.messages"] {
        assert!(loud.contains(word), "{word}: {loud}");
    }
}

#[test]
fn a_run_that_is_taken_up_again_tells_only_what_is_new_in_the_same_trace() {
    let memory: Arc<Memory> = Arc::default();
    let whole = told(&memory, false, 0);
    let events = memory.events();
    let is_reviewed = |timed: &TimedEvent| matches!(timed.event, RunEvent::Reviewed { .. });
    let half = Arc::new(memory.cut_after(events.iter().position(is_reviewed).unwrap() + 1));
    let n_known = half.events().len();
    // The scripted clock begins anew: what is new happens before what was, as where a clock was set back.
    let resumed = told(&half, false, n_known);
    let ids = |spans: &[Span]| spans.iter().map(|span| span.id).collect::<Vec<_>>();
    let (whole, resumed) = (ids(&whole), ids(&resumed));
    assert!(resumed.len() > 3 && resumed.len() < whole.len(), "{resumed:?}");
    assert!(
        whole.ends_with(&resumed),
        "the same events have the same names: {whole:?} {resumed:?}"
    );
    let later = told(&memory, false, memory.events().len());
    assert_eq!(later, [], "what was told before is not told again");
}

#[test]
fn a_run_that_came_to_no_end_is_told_as_far_as_it_got() {
    let kept = Arc::new(Kept::default());
    let told = Told::new(kept.clone(), cast(), false, 0);
    let memory = Arc::new(Memory::default());
    let scripted = ScriptedPorts::over(&script(), memory.clone());
    block_on(run(&request(), &scripted.ports, &StopFlag::default())).unwrap();
    for event in memory.events().iter().take(5) {
        pentimento_engine::ports::Watch::on_event(&told, event);
    }
    drop(told);
    let spans = kept.0.lock().unwrap();
    let root = spans.last().unwrap();
    assert_eq!((root.parent, root.failed.as_deref()), (None, Some("unfinished")));
}
