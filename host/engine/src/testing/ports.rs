//! The scripted ports themselves.

use std::{
    fmt::Write as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use pentimento_model::{
    AppliedOp, Artifact, Assessment, Brief, Constraints, Count, Critique, EditOp, Evidence, Fault,
    FaultKind, Finding, Layout, MediaType, Opinion, Place, PluginId, Region, Score, Seed, Severity,
    Spending, TimedEvent, Usage, WantedObject,
};

use super::{Calls, Script, noun_and_attribute};
use crate::{
    Memory, Models, PortError, Ports, Reservation,
    diff::{PRESERVE_IOU, diff},
    ports::{
        Assess, Change, Clock, Control, Edit, Edited, Generate, Keep, Made, Paid, Parse, Proposal,
        References, Watch,
    },
};

/// A set of scripted ports over one memory, with what there is to see of them.
#[derive(Debug)]
pub struct ScriptedPorts {
    /// For [`crate::run`].
    pub ports: Ports,
    /// How often each was called.
    pub calls: Calls,
    /// The watcher.
    pub witness: Arc<Witness>,
}

impl ScriptedPorts {
    /// Ports that follow the script, over this memory.
    pub fn over(script: &Script, keep: Arc<dyn Keep>) -> Self {
        let calls = Calls::default();
        let witness = Arc::new(Witness::default());
        let scripted = Arc::new(Scripted { script: script.clone(), calls: calls.clone() });
        let detector = ScriptedAssessor::detector(calls.clone());
        let ports = Ports {
            parser: scripted.clone(),
            generator: scripted.clone(),
            editor: scripted.clone(),
            controller: scripted,
            models: Models::default(),
            assessors: vec![Arc::new(detector)],
            tools: Vec::new(),
            keep,
            share: None,
            clock: Arc::new(TickingClock::default()),
            watchers: vec![witness.clone()],
        };
        Self { ports, calls, witness }
    }

    /// Ports that follow the script, over an empty memory.
    pub fn fresh(script: &Script) -> Self {
        Self::over(script, Arc::new(Memory::default()))
    }
}

/// Remembers the events it was shown.
#[derive(Debug, Default)]
pub struct Witness(Mutex<Vec<TimedEvent>>);

impl Witness {
    /// All of them, in order.
    pub fn events(&self) -> Vec<TimedEvent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Watch for Witness {
    fn on_event(&self, event: &TimedEvent) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
    }
}

/// A clock that goes on by one millisecond whenever it is read.
#[derive(Debug, Default)]
pub struct TickingClock(AtomicU64);

impl Clock for TickingClock {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

struct Scripted {
    script: Script,
    calls: Calls,
}

impl Scripted {
    /// The scripted picture for the seed that the run draws `index`-th for this purpose.
    fn pick<'s>(&self, pictures: &'s [String], purpose: &str, seed: Seed) -> Option<&'s String> {
        let drawn = |index: &usize| self.script.seed.derive(purpose, *index as u64) == seed;
        let index = (0..=pictures.len()).find(drawn).unwrap_or(pictures.len());
        pictures.get(index).or(pictures.last())
    }
}

#[async_trait]
impl Parse for Scripted {
    fn identity(&self) -> String {
        "scripted parser".to_owned()
    }

    async fn parse(&self, brief: &Brief) -> Result<Constraints, PortError> {
        self.calls.0.parsed.fetch_add(1, Ordering::Relaxed);
        if brief.idea.is_empty() {
            return Err(PortError::wrong_use("the idea is empty", "say what to paint"));
        }
        Ok(self.script.constraints.clone())
    }
}

#[async_trait]
impl Generate for Scripted {
    fn identity(&self) -> String {
        "scripted generator".to_owned()
    }

    fn most(&self, _prompt: &str) -> Spending {
        self.script.price.map_or(Spending::NONE, |price| price.at_most(Usage::PICTURE))
    }

    async fn generate(
        &self,
        _prompt: &str,
        seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        self.calls.0.generated.fetch_add(1, Ordering::Relaxed);
        let picture = self.pick(&self.script.paintings, "generate", seed);
        let value = made(picture.map_or("", String::as_str));
        let cost = self.script.price.map_or(Spending::NONE, |price| price.of(Usage::PICTURE));
        Ok(Paid { value, cost })
    }

    async fn generate_after(
        &self,
        _prompt: &str,
        feedback: References<'_>,
        seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        self.calls.0.generated.fetch_add(1, Ordering::Relaxed);
        let cost = self.script.price.map_or(Spending::NONE, |price| price.of(Usage::PICTURE));
        Ok(Paid { value: made(&self.heeding(feedback, seed)), cost })
    }
}

impl Scripted {
    /// What it paints by its seed, and all that the newest liked picture shows.
    fn heeding(&self, feedback: References<'_>, seed: Seed) -> String {
        let own = self.pick(&self.script.paintings, "generate", seed).cloned().unwrap_or_default();
        own + &feedback.liked.last().map(text_of).unwrap_or_default()
    }
}

#[async_trait]
impl Edit for Scripted {
    fn identity(&self) -> String {
        "scripted editor".to_owned()
    }

    fn most(&self, _change: &Change<'_>) -> Spending {
        self.script.price.map_or(Spending::NONE, |price| price.at_most(Usage::PICTURE))
    }

    async fn edit(
        &self,
        picture: &Artifact,
        change: &Change<'_>,
        seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError> {
        let ops = change.ops;
        self.calls.0.edited.fetch_add(1, Ordering::Relaxed);
        // Edits are counted from round 1, so the script's first one belongs to index 1.
        let mut by_round = vec![String::new()];
        by_round.extend(self.script.edits.iter().cloned());
        let text = if self.script.edits.is_empty() {
            obey(&text_of(picture), ops)
        } else {
            self.pick(&by_round, "edit", seed).cloned().unwrap_or_default()
        };
        let applied = ops.iter().map(|op| AppliedOp { op: op.clone(), refused: None }).collect();
        let value = Edited { made: made(&text), applied };
        let cost = self.script.price.map_or(Spending::NONE, |price| price.of(Usage::PICTURE));
        Ok(Paid { value, cost })
    }
}

#[async_trait]
impl Control for Scripted {
    fn identity(&self) -> String {
        "scripted controller".to_owned()
    }

    async fn propose(
        &self,
        brief: &Brief,
        constraints: &Constraints,
        seen: &Layout,
    ) -> Result<Proposal, PortError> {
        self.calls.0.proposed.fetch_add(1, Ordering::Relaxed);
        let layout = layout_of(constraints, &self.script.goal);
        let finding = |op: EditOp| Finding {
            code: op.code().to_owned(),
            severity: Severity::Major,
            message: format!("{op:?}"),
            place: None,
            evidence: Vec::new(),
            suggestion: None,
        };
        // What is told to be changed is nothing that is wrong.
        let wrong =
            diff(seen, &layout, PRESERVE_IOU).into_iter().filter(|_| brief.attached.is_empty());
        let findings = wrong.map(finding).collect();
        Ok(Proposal { layout, findings })
    }
}

/// The layout that the detector would see in this text.
fn layout_of(constraints: &Constraints, text: &str) -> Layout {
    pentimento_world::seen::layout_from_findings(constraints, &observations(text))
}

/// An assessor that reads scripted pictures. The line `broken` makes it break, the line `abstain`
/// decline, and it finds nothing else than what its kind looks for.
#[derive(Debug)]
pub struct ScriptedAssessor {
    plugin: PluginId,
    calls: Calls,
    finds: fn(&str) -> Vec<Finding>,
}

impl ScriptedAssessor {
    /// Finds every object of the picture.
    pub fn detector(calls: Calls) -> Self {
        let plugin = PluginId::of("critic-detector", b"scripted detector");
        Self { plugin, calls, finds: observations }
    }

    /// Another critic, with its own way of finding.
    pub fn critic(name: &str, calls: Calls, finds: fn(&str) -> Vec<Finding>) -> Self {
        Self { plugin: PluginId::of(name, name.as_bytes()), calls, finds }
    }
}

#[async_trait]
impl Assess for ScriptedAssessor {
    fn plugin(&self) -> &PluginId {
        &self.plugin
    }

    async fn assess(&self, _brief: &Brief, candidate: &Artifact, _seed: Seed) -> Assessment {
        self.calls.0.assessed.fetch_add(1, Ordering::Relaxed);
        let (assessor, text) = (self.plugin.clone(), text_of(candidate));
        if text.contains("broken") {
            let message = "unreachable code was reached".to_owned();
            let fault = Fault { kind: FaultKind::Trap, message, log: Vec::new() };
            return Assessment::Missing { assessor, fault };
        }
        let opinion = Opinion::Critique(Critique {
            score: None,
            confidence: Score::ONE,
            abstained: text.contains("abstain").then(|| "not a picture".to_owned()),
            findings: (self.finds)(&text),
        });
        Assessment::Given { assessor, opinion }
    }
}

/// The objects of a scripted picture, as wanted ones.
pub(super) fn wanted(text: &str) -> Vec<WantedObject> {
    let mut objects: Vec<WantedObject> = Vec::new();
    for (word, _) in objects_in(text) {
        let (noun, attribute) = noun_and_attribute(word);
        let same =
            |object: &&mut WantedObject| object.noun == noun && object.attribute == attribute;
        match objects.iter_mut().find(same) {
            Some(object) => object.count.0 += 1,
            None => {
                objects.push(WantedObject { noun: noun.to_owned(), attribute, count: Count(1) });
            }
        }
    }
    objects
}

/// One observation for each object, as the eye makes them.
fn observations(text: &str) -> Vec<Finding> {
    let evidence = |kind: &str, text: &str| Evidence {
        kind: kind.to_owned(),
        text: text.to_owned(),
        value: None,
    };
    let observation = |(word, region): (&str, Region)| {
        let (noun, attribute) = noun_and_attribute(word);
        let mut all = vec![evidence("class", noun)];
        all.extend(attribute.map(|attribute| evidence("attribute", attribute.as_str())));
        all.push(Evidence { value: Some(1.0), ..evidence("confidence", "1.00") });
        Finding {
            code: "object".to_owned(),
            severity: Severity::Note,
            message: format!("a {noun}"),
            place: Some(Place::Region(region)),
            evidence: all,
            suggestion: None,
        }
    };
    objects_in(text).map(observation).collect()
}

/// The lines of a scripted picture that are objects.
fn objects_in(text: &str) -> impl Iterator<Item = (&str, Region)> {
    text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let word = words.next()?;
        let mut number = || words.next()?.parse::<f32>().ok();
        Some((word, Region::new(number()?, number()?, number()?, number()?)?))
    })
}

/// Does to a scripted picture what the operations say, to each object at most one thing.
fn obey(text: &str, ops: &[EditOp]) -> String {
    let change = |(word, at): (&str, Region)| {
        let mut object = Some((word.to_owned(), at));
        for op in ops {
            match op {
                EditOp::Delete { region, .. } if *region == at => object = None,
                EditOp::Move { from, to, .. } if *from == at => {
                    object = Some((word.to_owned(), *to));
                }
                EditOp::Restyle { item, region, attribute } if *region == at => {
                    object = Some((format!("{}/{attribute}", item.noun), at));
                }
                _ => {}
            }
        }
        object
    };
    let mut objects: Vec<_> = objects_in(text).filter_map(change).collect();
    for op in ops {
        if let EditOp::Inpaint { region, prompt } = op {
            objects.retain(|(_, at)| !region.contains(at.center()));
            // `a dog` is painted there; a whole idea is not.
            if let Some(noun) = prompt.strip_prefix("a ").filter(|noun| !noun.contains(' ')) {
                objects.push((noun.to_owned(), *region));
            }
        }
        if let EditOp::Add { item, region } = op {
            let attribute = item.attribute.map(|attribute| format!("/{attribute}"));
            objects.push((format!("{}{}", item.noun, attribute.unwrap_or_default()), *region));
        }
    }
    written(&objects)
}

fn written(objects: &[(String, Region)]) -> String {
    let mut text = String::new();
    for (word, region) in objects {
        let (x, y, width, height) = (region.x(), region.y(), region.width(), region.height());
        let _ = writeln!(text, "{word} {x} {y} {width} {height}");
    }
    text
}

fn text_of(artifact: &Artifact) -> String {
    String::from_utf8_lossy(&artifact.bytes).into_owned()
}

fn made(text: &str) -> Made {
    Made { media_type: MediaType::Png, bytes: text.as_bytes().into() }
}
