use std::time::Duration;

use pentimento_model::*;
use proptest::prelude::*;

use super::*;

/// One event of every kind, and together every noun with every optional part.
fn samples() -> Vec<(&'static str, RunEvent)> {
    vec![
        ("run-started", run_started()),
        ("run-started-with-bounds", run_started_with_bounds()),
        ("round-started", RunEvent::RoundStarted { round: RoundNumber(2) }),
        ("parsed", RunEvent::Parsed { key: key(), constraints: constraints(), took: took() }),
        ("candidate-generated", candidate_ready(None, generated())),
        ("candidate-paid", candidate_paid()),
        ("call-begun", RunEvent::CallBegun { key: key(), most: spending() }),
        ("from-cache", RunEvent::FromCache { key: key(), saved: spending() }),
        ("call-lost", call_lost(Loss::Failed)),
        ("call-retried", call_lost(Loss::Retried)),
        ("call-interrupted", call_lost(Loss::Interrupted)),
        ("answered", answered(Finish::Stop)),
        ("answered-with-likelihoods", with_likelihoods()),
        ("answered-otherwise", answered(Finish::Other("odd".to_owned()))),
        ("performed", performed(Ok("{\"outcome\":\"ok\"}\nline 2".to_owned()))),
        ("performed-broken", performed(Err(fault()))),
        ("fell-back", fell_back()),
        ("budget-reached", RunEvent::BudgetReached { key: key(), stop: StopReason::Money }),
        ("candidate-corrected", candidate_ready(Some(CandidateId(0)), corrected())),
        ("candidate-given", candidate_ready(None, Origin::Given)),
        ("run-started-with-a-picture", run_started_with_a_picture()),
        ("candidate-written", candidate_ready(Some(CandidateId(0)), written())),
        ("assessed-critique", assessed(given(Opinion::Critique(critique())))),
        ("assessed-abstained", assessed(given(Opinion::Critique(abstained())))),
        ("assessed-check", assessed(given(Opinion::Check(check())))),
        ("assessed-missing", assessed(missing())),
        ("assessed-with-mode", assessed_as(Some(Mode::Shadow), missing())),
        ("reviewed", reviewed()),
        ("correction-planned", correction_planned()),
        ("decided", decided()),
        ("run-finished", RunEvent::RunFinished { outcome: outcome() }),
    ]
}

fn key() -> StepKey {
    StepKey::of([b"golden".as_slice()])
}

fn took() -> Duration {
    Duration::from_micros(1_234_567)
}

fn region(x: f32, y: f32, width: f32, height: f32) -> Region {
    Region::new(x, y, width, height).unwrap()
}

fn run_started() -> RunEvent {
    RunEvent::RunStarted {
        run: RunId::new("20260102-030405-cats").unwrap(),
        idea: "two “red” cats\n</script>".to_owned(),
        recipe: "sld".to_owned(),
        recipe_text: "name = \"sld\"\n".to_owned(),
        painter: "careful".to_owned(),
        seed: Seed(u64::MAX),
        budget: Budget::new(3, 4),
        attached: Vec::new(),
        cast: Vec::new(),
    }
}

fn run_started_with_a_picture() -> RunEvent {
    let mut event = run_started();
    if let RunEvent::RunStarted { attached, .. } = &mut event {
        attached.push(Artifact::new(MediaType::Png, b"picture".as_slice()).id);
    }
    event
}

fn run_started_with_bounds() -> RunEvent {
    let mut event = run_started();
    if let RunEvent::RunStarted { budget, .. } = &mut event {
        budget.bounds = Bounds {
            calls: Some(9),
            tokens: Some(1000),
            images: Some(4),
            money: Some(Money::from_nanos(250_000_000)),
            time: Some(took()),
        };
    }
    event
}

fn spending() -> Spending {
    let tokens = Usage { cached_tokens: 7, images: 1, ..Usage::of_tokens(20, 30) };
    Spending { usage: tokens, money: Money::from_nanos(40_000_001), unpriced: 0 }
}

fn answered(finish: Finish) -> RunEvent {
    let exchange = Exchange {
        role: "seer".into(),
        step: "select".into(),
        asked: "system: choose\nuser: [picture 0]".into(),
        answer: "{\"best\": 1}\u{1b}".to_owned(),
        finish,
        model: "s-1".to_owned(),
        tokens: Vec::new(),
    };
    RunEvent::Answered { key: key(), exchange, spending: spending(), took: took() }
}

fn with_likelihoods() -> RunEvent {
    let RunEvent::Answered { key, mut exchange, spending, took } = answered(Finish::Stop) else {
        unreachable!()
    };
    exchange.answer = "Yes".to_owned();
    let alternatives = vec![("Yes".to_owned(), -0.1), ("No".to_owned(), -2.3)];
    exchange.tokens = vec![Token { text: "Yes".to_owned(), logprob: -0.1, alternatives }];
    RunEvent::Answered { key, exchange, spending, took }
}

fn performed(answer: Result<String, Fault>) -> RunEvent {
    let errand = Errand {
        tool: PluginId::of("tool-python", b"component"),
        step: "execute".to_owned(),
        arguments: vec![Argument::new("code", "answer = 6 * 7\n"), Argument::new("then", "answer")],
        answer,
    };
    RunEvent::Performed { key: key(), errand, took: took() }
}

fn fell_back() -> RunEvent {
    RunEvent::FellBack {
        step: "select".to_owned(),
        reason: "the answer names no picture".to_owned(),
        instead: "the first picture is kept".to_owned(),
    }
}

fn call_lost(how: Loss) -> RunEvent {
    RunEvent::CallLost { key: key(), how, spending: spending(), took: took() }
}

fn candidate_paid() -> RunEvent {
    let mut event = candidate_ready(None, generated());
    if let RunEvent::CandidateReady { spending: paid, .. } = &mut event {
        *paid = spending();
    }
    event
}

fn constraints() -> Constraints {
    let wanted = |noun: &str, attribute, count| WantedObject {
        noun: noun.to_owned(),
        attribute,
        count: Count(count),
    };
    Constraints {
        objects: vec![
            wanted("cat", Some(Attribute::Color(Color::Red)), 2),
            wanted("wine glass", None, 1),
        ],
        absent: vec!["dog".to_owned()],
        relations: vec![
            Relation { subject: 0, kind: RelationKind::OnTopOf, target: RelationTarget::Object(1) },
            Relation { subject: 1, kind: RelationKind::LeftOf, target: RelationTarget::Canvas },
        ],
        background: Some("beach".to_owned()),
    }
}

fn item(attribute: Option<Attribute>, noun: &str, number: u32) -> ItemName {
    ItemName { attribute, noun: noun.to_owned(), number }
}

fn ops() -> Vec<EditOp> {
    let (here, there) = (region(0.1, 0.2, 0.3, 0.4), region(0.5, 0.5, 0.25, 0.25));
    let gold = Attribute::Material(Material::Golden);
    vec![
        EditOp::Delete { item: item(None, "dog", 1), region: here },
        EditOp::Move { item: item(None, "cat", 1), from: here, to: there },
        EditOp::Restyle { item: item(None, "cat", 2), region: there, attribute: gold },
        EditOp::Add { item: item(Some(gold), "cup", 1), region: there },
        EditOp::Inpaint { region: here, prompt: "grass".to_owned() },
    ]
}

fn generated() -> Origin {
    Origin::Generated { prompt: "two red cats".to_owned(), seed: Seed(42) }
}

fn corrected() -> Origin {
    let refused = |n: usize| (n == 1).then(|| "nothing there".to_owned());
    let applied = |(n, op)| AppliedOp { op, refused: refused(n) };
    Origin::Corrected { ops: ops().into_iter().enumerate().map(applied).collect(), seed: Seed(7) }
}

fn written() -> Origin {
    Origin::Written { step: "refine".into() }
}

fn candidate_ready(parent: Option<CandidateId>, origin: Origin) -> RunEvent {
    let artifact = Artifact::new(MediaType::Text, b"a picture".as_slice()).id;
    let id = CandidateId(parent.map_or(0, |parent| parent.0 + 1));
    let candidate = Candidate { id, parent, round: RoundNumber(id.0), artifact, origin };
    RunEvent::CandidateReady { key: key(), candidate, spending: Spending::NONE, took: took() }
}

fn finding(place: Place) -> Finding {
    let evidence = |kind: &str, text: &str, value| Evidence {
        kind: kind.to_owned(),
        text: text.to_owned(),
        value,
    };
    Finding {
        code: "count.missing".to_owned(),
        severity: Severity::Major,
        message: "asked for 2 red cats, saw 1".to_owned(),
        place: Some(place),
        evidence: vec![evidence("class", "cat", None), evidence("confidence", "0.30", Some(0.3))],
        suggestion: Some(Suggestion {
            action: "add".to_owned(),
            text: "one red cat".to_owned(),
            place: Some(Place::Region(Region::WHOLE)),
        }),
    }
}

fn critique() -> Critique {
    Critique {
        score: Some(Score::clamped(0.7)),
        confidence: Score::ONE,
        abstained: None,
        findings: vec![
            finding(Place::Region(region(0.1, 0.1, 0.7, 0.7))),
            finding(Place::TextSpan { start: 3, end: 9 }),
            finding(Place::Step(4)),
        ],
    }
}

fn abstained() -> Critique {
    Critique {
        score: None,
        confidence: Score::ZERO,
        abstained: Some("not a picture".to_owned()),
        findings: Vec::new(),
    }
}

fn check() -> Check {
    Check { outcome: CheckOutcome::Fail, proof: "counted 1".to_owned(), findings: Vec::new() }
}

fn assessor() -> PluginId {
    PluginId::of("critic-detector", b"component")
}

fn given(opinion: Opinion) -> Assessment {
    Assessment::Given { assessor: assessor(), opinion }
}

fn fault() -> Fault {
    Fault {
        kind: FaultKind::Timeout,
        message: "no answer after 2 s".to_owned(),
        log: vec!["looking".to_owned()],
    }
}

fn missing() -> Assessment {
    Assessment::Missing { assessor: assessor(), fault: fault() }
}

fn assessed(assessment: Assessment) -> RunEvent {
    assessed_as(None, assessment)
}

/// As journals say it since they note how much say an assessor had.
fn assessed_as(mode: Option<Mode>, assessment: Assessment) -> RunEvent {
    let (candidate, took) = (CandidateId(1), took());
    RunEvent::Assessed { key: key(), candidate, mode, assessment, took }
}

fn reviewed() -> RunEvent {
    let layout = |attribute| Layout {
        items: vec![LayoutItem {
            name: item(attribute, "cat", 1),
            region: region(0.1, 0.2, 0.3, 0.4),
            confidence: Score::clamped(0.9),
        }],
    };
    RunEvent::Reviewed {
        key: key(),
        candidate: CandidateId(0),
        seen: layout(None),
        proposed: layout(Some(Attribute::Color(Color::Red))),
        findings: vec![finding(Place::Region(Region::WHOLE))],
        took: took(),
    }
}

fn correction_planned() -> RunEvent {
    RunEvent::CorrectionPlanned { candidate: CandidateId(0), ops: ops() }
}

fn decided() -> RunEvent {
    RunEvent::Decided {
        round: RoundNumber(1),
        verdict: Verdict::GiveUp,
        draft: CandidateId(1),
        reason: "all rounds were used".to_owned(),
    }
}

fn outcome() -> RunOutcome {
    RunOutcome {
        verdict: Verdict::Accept,
        best: CandidateId(1),
        stop: StopReason::NoOps,
        images: 2,
    }
}

fn timed(event: RunEvent) -> TimedEvent {
    TimedEvent { at: Duration::from_nanos(1_767_323_045_000_000_001), event }
}

/// The text of a golden file, without its last line break.
fn golden(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");
    let text = std::fs::read_to_string(format!("{folder}/{name}.json")).ok()?;
    Some(text.trim_end().to_owned())
}

#[test]
fn every_kind_of_event_is_written_as_its_golden_file_says() {
    for (name, event) in samples() {
        let written = event_to_json(&timed(event)).unwrap();
        assert_eq!(golden(name).as_deref(), Some(written.as_str()), "golden file `{name}`");
    }
}

#[test]
fn every_golden_file_is_read_as_the_event_it_was_written_from() {
    for (name, event) in samples() {
        let read = event_from_json(&golden(name).unwrap()).unwrap();
        assert_eq!(read, timed(event), "golden file `{name}`");
    }
}

#[test]
fn a_whole_trace_survives_the_way_there_and_back() {
    let events: Vec<_> = samples().into_iter().map(|(_, event)| timed(event)).collect();
    let written = trace_to_json(&events).unwrap();
    assert!(written.starts_with("{\"format\":1,\"events\":["));
    assert_eq!(trace_from_json(&written).unwrap(), events);
}

#[test]
fn every_word_of_every_closed_list_survives() {
    for verdict in Verdict::ALL {
        for stop in StopReason::ALL {
            let outcome = RunOutcome { verdict, stop, ..outcome() };
            survives(RunEvent::RunFinished { outcome });
        }
    }
    for kind in FaultKind::ALL {
        let fault = Fault { kind, message: String::new(), log: Vec::new() };
        survives(assessed(Assessment::Missing { assessor: assessor(), fault }));
    }
    for mode in Mode::ALL {
        survives(assessed_as(Some(mode), missing()));
    }
    for outcome in CheckOutcome::ALL {
        survives(assessed(given(Opinion::Check(Check { outcome, ..check() }))));
    }
    for severity in Severity::ALL {
        let finding = Finding { severity, ..finding(Place::Step(0)) };
        let critique = Critique { findings: vec![finding], ..critique() };
        survives(assessed(given(Opinion::Critique(critique))));
    }
    for attribute in Attribute::all() {
        let item = item(Some(attribute), "cat", 1);
        let ops = vec![EditOp::Delete { item, region: Region::WHOLE }];
        survives(RunEvent::CorrectionPlanned { candidate: CandidateId(0), ops });
    }
    for kind in RelationKind::ALL {
        let relation = Relation { subject: 0, kind, target: RelationTarget::Canvas };
        let constraints = Constraints { relations: vec![relation], ..constraints() };
        survives(RunEvent::Parsed { key: key(), constraints, took: took() });
    }
}

fn survives(event: RunEvent) {
    let event = timed(event);
    assert_eq!(event_from_json(&event_to_json(&event).unwrap()).unwrap(), event);
}

#[test]
fn a_record_from_a_newer_version_is_named_as_such() {
    let error = event_from_json("{\"format\":4,\"anything\":\"else\"}").unwrap_err();
    assert!(matches!(error, RecordError::FromTheFuture { found: 4, known: 3 }));
    assert!(error.hint().unwrap().contains("update"));
}

#[test]
fn fields_that_a_later_writer_added_are_skipped() {
    let text = golden("decided").unwrap().replace("\"reason\"", "\"mood\":\"fine\",\"reason\"");
    assert_eq!(event_from_json(&text).unwrap(), timed(decided()));
}

#[test]
fn what_is_not_a_record_is_refused_with_the_reason() {
    let decided = golden("decided").unwrap();
    let rows = [
        ("", "not a record"),
        ("[]", "not a record"),
        ("{}", "not a record"),
        ("{\"format\":0}", "`0` is not a valid format"),
        (&decided.replace("give-up", "shrug"), "`shrug` is not a valid verdict"),
        (&golden("run-finished").unwrap().replace("no-ops", "tea"), "valid stop reason"),
        (&golden("reviewed").unwrap().replace("0.2,", "0.9,"), "is not a valid region"),
        (&golden("parsed").unwrap().replace("\"subject\":1", "\"subject\":2"), "object index"),
        (&golden("run-started").unwrap().replace("20260102-", "../"), "is not a valid run"),
        (&golden("run-started").unwrap().replace("1844", "x"), "is not a valid seed"),
    ];
    for (text, reason) in rows {
        let message = event_from_json(text).unwrap_err().to_string();
        assert!(message.contains(reason), "{text}: {message}");
    }
}

proptest! {
    #[test]
    fn every_region_and_number_comes_back_bit_for_bit(
        (x, y, width, height) in (-0.5_f32..1.0, -0.5_f32..1.0, 0.0_f32..1.5, 0.0_f32..1.5),
        value in any::<f64>().prop_filter("JSON has no such number", |value| value.is_finite()),
        confidence in 0.0_f32..=1.0,
        logprob in -1e30_f32..=0.0,
    ) {
        let RunEvent::Answered { key, mut exchange, spending, took } = with_likelihoods() else {
            unreachable!()
        };
        exchange.tokens[0].alternatives[1].1 = logprob;
        survives(RunEvent::Answered { key, exchange, spending, took });
        let Some(region) = Region::new(x, y, width, height) else { return Ok(()) };
        let mut finding = finding(Place::Region(region));
        finding.evidence[0].value = Some(value);
        let critique = Critique {
            confidence: Score::clamped(confidence),
            findings: vec![finding],
            ..critique()
        };
        survives(assessed(given(Opinion::Critique(critique))));
    }

    #[test]
    fn reading_arbitrary_text_never_panics(text in "\\PC*") {
        let _ = event_from_json(&text);
    }
}

#[test]
fn a_lost_call_of_a_journal_from_before_interruptions_has_failed() {
    let now = golden("call-lost").unwrap();
    let before = now.replace("\"how\":\"failed\",", "");
    assert_ne!(before, now);
    assert_eq!(event_from_json(&before).unwrap(), timed(call_lost(Loss::Failed)));
}

#[test]
fn calls_without_a_price_are_counted_and_journals_from_before_have_none() {
    let read = |text: &str| event_from_json(text).unwrap().event.spending();
    let before = golden("call-lost").unwrap();
    assert_eq!((read(&before).unpriced, read(&before).money.nanos()), (0, 40_000_001));
    let now = before.replace("\"money_nanos\":40000001", "\"money_nanos\":0,\"unpriced\":1");
    assert_eq!((read(&now).unpriced, read(&now).money), (1, Money::ZERO));
    assert_eq!(event_to_json(&event_from_json(&now).unwrap()).unwrap(), now);
}
