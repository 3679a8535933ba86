//! Sample runs for tests, here and in the crates above: accepted after two corrections, given up,
//! interrupted, and with an assessor that broke.
//!
//! The idea is `three red apples left of a blue cup`; the first picture has one red and one
//! green apple, both to the right of the cup. Times, names and digests are fixed.

use std::time::Duration;

use pentimento_model::{
    AppliedOp, Argument, Artifact, ArtifactId, Assessment, Attribute, Budget, Candidate,
    CandidateId, Color, Constraints, Count, Critique, EditOp, Errand, Evidence, Exchange, Fault,
    FaultKind, Finding, Finish, ItemName, Layout, LayoutItem, Loss, MediaType, Mode, Money,
    Opinion, Origin, Place, PluginId, Region, Relation, RelationKind, RelationTarget, RoundNumber,
    RunEvent, RunId, RunOutcome, Score, Seed, Severity, Spending, StepKey, StopReason, Suggestion,
    TimedEvent, Usage, Verdict, WantedObject,
};

/// What the sample runs were asked.
pub const IDEA: &str = "three red apples left of a blue cup";

/// The moment the sample runs begin: 2026-01-02 03:04:05 UTC.
const BEGIN: Duration = Duration::from_secs(1_767_323_045);

/// A run with the artifacts its events name.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What happened, in order.
    pub events: Vec<TimedEvent>,
    /// Every picture.
    pub artifacts: Vec<Artifact>,
}

impl Sample {
    /// The artifact with this id.
    pub fn load(&self, id: ArtifactId) -> Option<Artifact> {
        self.artifacts.iter().find(|artifact| artifact.id == id).cloned()
    }

    /// Changes the idea, wherever it stands.
    #[must_use]
    pub fn with_idea(mut self, text: &str) -> Self {
        for timed in &mut self.events {
            if let RunEvent::RunStarted { idea, .. } = &mut timed.event {
                text.clone_into(idea);
            }
        }
        self
    }

    /// Appends an event, ten milliseconds after the last.
    pub fn push(&mut self, event: RunEvent) {
        let last = self.events.last().map_or(BEGIN, |timed| timed.at);
        self.events.push(TimedEvent { at: last + Duration::from_millis(10), event });
    }
}

/// Accepted after two corrections; an operation of the first one was refused.
pub fn accepted() -> Sample {
    let mut sample = unfinished();
    let on_c1 = [restyle(), EditOp::Add { item: red_apple(3), region: HIGH_APPLE.region() }];
    let ops = on_c1.iter().cloned().map(done).collect();
    sample.push(RunEvent::RoundStarted { round: RoundNumber(2) });
    sample.push(RunEvent::CorrectionPlanned { candidate: CandidateId(1), ops: on_c1.to_vec() });
    candidate(&mut sample, 2, Some((CandidateId(1), ops)));
    let seen = layout(&[
        (red_apple(1), MIDDLE_APPLE),
        (red_apple(2), LEFT_APPLE),
        (red_apple(3), HIGH_APPLE),
        cup(RIGHT_CUP),
    ]);
    look(&mut sample, 2, &seen, Vec::new());
    decided(&mut sample, (2, Verdict::Accept, 2), "everything that was asked for is there");
    finished(&mut sample, Verdict::Accept, (2, StopReason::Accepted));
    sample
}

/// Given up after one correction that made nothing better.
pub fn gave_up() -> Sample {
    let mut sample = unfinished();
    finished(&mut sample, Verdict::GiveUp, (1, StopReason::Rounds));
    sample
}

/// Interrupted after the first correction was decided.
pub fn unfinished() -> Sample {
    let mut sample = first_round();
    let to_cup = [
        EditOp::Delete { item: bare("banana"), region: HIGH_APPLE.region() },
        EditOp::Move { item: cup(LEFT_CUP).0, from: LEFT_CUP.region(), to: RIGHT_CUP.region() },
    ];
    let refused = Some("nothing was found there".to_owned());
    let ops = vec![AppliedOp { op: to_cup[0].clone(), refused }, done(to_cup[1].clone())];
    sample.push(RunEvent::RoundStarted { round: RoundNumber(1) });
    sample.push(RunEvent::CorrectionPlanned { candidate: CandidateId(0), ops: to_cup.to_vec() });
    candidate(&mut sample, 1, Some((CandidateId(0), ops)));
    let seen = layout(&[(red_apple(1), MIDDLE_APPLE), (bare("apple"), LEFT_APPLE), cup(RIGHT_CUP)]);
    look(&mut sample, 1, &seen, vec![wrong_color()]);
    decided(&mut sample, (1, Verdict::Revise, 1), "one finding is left of two");
    sample
}

/// Ends after the first round because the eye broke.
pub fn faulty() -> Sample {
    let mut sample = start();
    candidate(&mut sample, 0, None);
    let fault = Fault {
        kind: FaultKind::Timeout,
        message: "it did not answer within 5 s".to_owned(),
        log: vec!["looking at 512×512 pixels".to_owned(), "segmenting".to_owned()],
    };
    let assessment = Assessment::Missing { assessor: eye(), fault };
    let (candidate, took) = (CandidateId(0), Duration::from_secs(5));
    let mode = Some(Mode::Enforce);
    sample.push(RunEvent::Assessed { key: key("assess", 0), candidate, mode, assessment, took });
    let reason = "the detector gave no opinion";
    decided(&mut sample, (0, Verdict::GiveUp, 0), reason);
    finished(&mut sample, Verdict::GiveUp, (0, StopReason::NoOpinion));
    sample
}

/// Models and a tool were asked: one answered, with a text that would break a page; one was of no use.
pub fn talked() -> Sample {
    let mut sample = start();
    sample.push(RunEvent::RoundStarted { round: RoundNumber(0) });
    let exchange = |role: &str, answer: &str| Exchange {
        role: role.to_owned().into(),
        step: "select".into(),
        asked: "user: which is best? <b>\nPicture 0: [00ff]".into(),
        answer: answer.to_owned(),
        finish: Finish::Stop,
        model: "model-1".to_owned(),
        tokens: Vec::new(),
    };
    let money = Money::from_nanos(10_000_000);
    let cent = Spending { usage: Usage::of_tokens(300, 20), money, unpriced: 0 };
    let took = Duration::from_millis(1500);
    candidate(&mut sample, 0, None);
    let hostile = "</pre><script>alert(1)</script>\u{202e}\u{1b}[2J";
    for (number, answer) in [(0, hostile), (1, "the first")] {
        let (key, exchange) = (key("ask", number), exchange("seer", answer));
        sample.push(RunEvent::Answered { key, exchange, spending: cent, took });
    }
    for (number, answer) in [(0, r#"{"outcome":"ok","value":"42"}"#), (1, hostile)] {
        let (key, step) = (key("perform", number), "execute".to_owned());
        let (arguments, answer) = (vec![Argument::new("code", "6 * 7")], Ok(answer.to_owned()));
        let errand = Errand { tool: eye(), step, arguments, answer };
        sample.push(RunEvent::Performed { key, errand, took });
    }
    sample.push(RunEvent::FellBack {
        step: "select".to_owned(),
        reason: "the answer names no picture by its number".to_owned(),
        instead: "the first picture is kept".to_owned(),
    });
    decided(&mut sample, (0, Verdict::Accept, 0), "c0 has no score: all rounds were used");
    finished(&mut sample, Verdict::Accept, (0, StopReason::Rounds));
    sample
}

/// Ends without money for a second picture; a call was lost on the way to the first.
pub fn without_means() -> Sample {
    let mut sample = start();
    let money = Money::from_nanos(10_000_000);
    let cent = Spending { usage: Usage::PICTURE, money, unpriced: 0 };
    let took = Duration::from_secs(1);
    for how in [Loss::Failed, Loss::Interrupted] {
        let key = key("paint", 0);
        sample.push(RunEvent::CallBegun { key, most: cent });
        sample.push(RunEvent::CallLost { key, how, spending: cent, took });
    }
    sample.push(RunEvent::CallBegun { key: key("paint", 0), most: cent });
    candidate(&mut sample, 0, None);
    if let Some(RunEvent::CandidateReady { spending, .. }) =
        sample.events.last_mut().map(|timed| &mut timed.event)
    {
        *spending = Spending { usage: Usage { output_tokens: 272, ..Usage::PICTURE }, ..cent };
    }
    decided(&mut sample, (0, Verdict::Revise, 0), "another round may help");
    sample.push(RunEvent::RoundStarted { round: RoundNumber(1) });
    sample.push(RunEvent::BudgetReached { key: key("paint", 1), stop: StopReason::Money });
    decided(&mut sample, (1, Verdict::GiveUp, 0), "the budget does not allow it");
    finished(&mut sample, Verdict::GiveUp, (0, StopReason::Money));
    sample
}

/// Nothing but the first event.
pub fn start() -> Sample {
    let mut sample = Sample { events: Vec::new(), artifacts: Vec::new() };
    sample.push(RunEvent::RunStarted {
        run: RunId::from_words(IDEA, "7f3a"),
        idea: IDEA.to_owned(),
        recipe: "sld".to_owned(),
        recipe_text: "name = \"sld\"\nrounds = 3\n".to_owned(),
        painter: "dalle3-like".to_owned(),
        seed: Seed(7),
        budget: Budget::new(3, 4),
        attached: Vec::new(),
        cast: Vec::new(),
    });
    sample.push(RunEvent::RoundStarted { round: RoundNumber(0) });
    let wanted = |noun: &str, color, count| WantedObject {
        noun: noun.to_owned(),
        attribute: Some(Attribute::Color(color)),
        count: Count(count),
    };
    let target = RelationTarget::Object(1);
    let constraints = Constraints {
        objects: vec![wanted("apple", Color::Red, 3), wanted("cup", Color::Blue, 1)],
        relations: vec![Relation { subject: 0, kind: RelationKind::LeftOf, target }],
        ..Constraints::default()
    };
    let took = Duration::from_micros(120);
    sample.push(RunEvent::Parsed { key: key("parse", 0), constraints, took });
    sample
}

/// The first candidate, looked at and found wanting.
fn first_round() -> Sample {
    let mut sample = start();
    candidate(&mut sample, 0, None);
    let seen = layout(&[(red_apple(1), MIDDLE_APPLE), (bare("apple"), RIGHT_APPLE), cup(LEFT_CUP)]);
    let misplaced = Finding {
        code: "relation.violated".to_owned(),
        severity: Severity::Major,
        message: "red apple #1 should lie left of blue cup #1".to_owned(),
        place: Some(Place::Region(LEFT_CUP.region())),
        evidence: Vec::new(),
        suggestion: Some(Suggestion {
            action: "move".to_owned(),
            text: "move blue cup #1 to the right".to_owned(),
            place: Some(Place::Region(RIGHT_CUP.region())),
        }),
    };
    let mut other = wrong_color();
    other.place = Some(Place::Region(RIGHT_APPLE.region()));
    look(&mut sample, 0, &seen, vec![misplaced, other]);
    decided(&mut sample, (0, Verdict::Revise, 0), "two findings are open");
    sample
}

fn wrong_color() -> Finding {
    Finding {
        code: "attribute.wrong".to_owned(),
        severity: Severity::Major,
        message: "asked for 3 red apples, saw 1".to_owned(),
        place: Some(Place::Region(LEFT_APPLE.region())),
        evidence: Vec::new(),
        suggestion: None,
    }
}

/// Where something is in the sample pictures: center and half sizes, in fractions.
#[derive(Clone, Copy)]
struct Spot(f32, f32, f32, f32);

const LEFT_APPLE: Spot = Spot(0.215, 0.604, 0.115, 0.114);
const MIDDLE_APPLE: Spot = Spot(0.498, 0.623, 0.115, 0.114);
const RIGHT_APPLE: Spot = Spot(0.781, 0.604, 0.115, 0.114);
const HIGH_APPLE: Spot = Spot(0.352, 0.274, 0.104, 0.103);
const LEFT_CUP: Spot = Spot(0.25, 0.584, 0.152, 0.142);
const RIGHT_CUP: Spot = Spot(0.865, 0.584, 0.135, 0.142);

impl Spot {
    fn region(self) -> Region {
        Region::around((self.0, self.1), 2.0 * self.2, 2.0 * self.3).unwrap_or(Region::WHOLE)
    }
}

fn bare(noun: &str) -> ItemName {
    ItemName { attribute: None, noun: noun.to_owned(), number: 1 }
}

fn red_apple(number: u32) -> ItemName {
    let attribute = Some(Attribute::Color(Color::Red));
    ItemName { attribute, noun: "apple".to_owned(), number }
}

fn cup(spot: Spot) -> (ItemName, Spot) {
    let attribute = Some(Attribute::Color(Color::Blue));
    (ItemName { attribute, noun: "cup".to_owned(), number: 1 }, spot)
}

fn restyle() -> EditOp {
    let (region, attribute) = (LEFT_APPLE.region(), Attribute::Color(Color::Red));
    EditOp::Restyle { item: bare("apple"), region, attribute }
}

fn layout(items: &[(ItemName, Spot)]) -> Layout {
    let confidence = Score::clamped(0.97);
    let item = |(name, spot): &(ItemName, Spot)| LayoutItem {
        name: name.clone(),
        region: spot.region(),
        confidence,
    };
    Layout { items: items.iter().map(item).collect() }
}

fn done(op: EditOp) -> AppliedOp {
    AppliedOp { op, refused: None }
}

fn eye() -> PluginId {
    PluginId::of("critic-detector", b"sample component")
}

fn key(primitive: &str, index: u32) -> StepKey {
    StepKey::of([primitive.as_bytes(), &index.to_le_bytes()])
}

/// Adds candidate `index`, made in round `index`: painted if nothing was applied.
fn candidate(sample: &mut Sample, index: u32, made: Option<(CandidateId, Vec<AppliedOp>)>) {
    let pictures: [&[u8]; 3] = [
        include_bytes!("testing/first.png"),
        include_bytes!("testing/second.png"),
        include_bytes!("testing/best.png"),
    ];
    let bytes = pictures.get(index as usize).copied().unwrap_or_default();
    let artifact = Artifact::new(MediaType::Png, bytes);
    let (seed, parent) =
        (Seed(7).derive("paint", u64::from(index)), made.as_ref().map(|made| made.0));
    let origin = match made {
        None => Origin::Generated { prompt: IDEA.to_owned(), seed },
        Some((_, ops)) => Origin::Corrected { ops, seed },
    };
    let (id, round, took) = (CandidateId(index), RoundNumber(index), Duration::from_millis(41));
    let candidate = Candidate { id, parent, round, artifact: artifact.id, origin };
    sample.artifacts.push(artifact);
    sample.push(RunEvent::CandidateReady {
        key: key("paint", index),
        candidate,
        spending: Spending::NONE,
        took,
    });
}

/// The eye sees the layout's boxes, the controller finds what is given.
fn look(sample: &mut Sample, index: u32, seen: &Layout, findings: Vec<Finding>) {
    let object = |item: &LayoutItem| Finding {
        code: "object".to_owned(),
        severity: Severity::Note,
        message: format!("a {}", item.name.noun),
        place: Some(Place::Region(item.region)),
        evidence: vec![Evidence {
            kind: "class".to_owned(),
            text: item.name.noun.clone(),
            value: None,
        }],
        suggestion: None,
    };
    let objects = seen.items.iter().map(object).collect();
    let confidence = Score::clamped(0.97);
    let critique = Critique { score: None, confidence, abstained: None, findings: objects };
    let (assessor, opinion) = (eye(), Opinion::Critique(critique));
    let assessment = Assessment::Given { assessor, opinion };
    let (candidate, took) = (CandidateId(index), Duration::from_millis(28));
    let mode = Some(Mode::Enforce);
    sample.push(RunEvent::Assessed {
        key: key("assess", index),
        candidate,
        mode,
        assessment,
        took,
    });
    let (seen, took) = (seen.clone(), Duration::from_micros(300));
    let (key, proposed) = (key("propose", index), seen.clone());
    sample.push(RunEvent::Reviewed { key, candidate, seen, proposed, findings, took });
}

fn decided(sample: &mut Sample, (round, verdict, draft): (u32, Verdict, u32), reason: &str) {
    let (round, draft, reason) = (RoundNumber(round), CandidateId(draft), reason.to_owned());
    sample.push(RunEvent::Decided { round, verdict, draft, reason });
}

fn finished(sample: &mut Sample, verdict: Verdict, (best, stop): (u32, StopReason)) {
    let images = u32::try_from(sample.artifacts.len()).unwrap_or(u32::MAX);
    let outcome = RunOutcome { verdict, best: CandidateId(best), stop, images };
    sample.push(RunEvent::RunFinished { outcome });
}
