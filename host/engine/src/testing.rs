//! Ports that follow a script, for whole runs in microseconds.
//!
//! A picture is a text here, said to be a PNG: one object a line, as `noun[/attribute] x y width height`. The
//! detector reads it, the controller wants it to be the script's goal, and the painter hands out
//! the script's pictures. Every port counts its calls.

mod embedder;
mod models;
mod ports;
mod texts;
mod tools;

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use pentimento_model::{Attribute, Constraints, Price, Seed};

pub use embedder::ScriptedEmbedder;
pub use models::{ScriptedModel, answer, said};
pub use ports::{ScriptedAssessor, ScriptedPorts, TickingClock, Witness};
pub use texts::{ScriptedVerifier, ScriptedWriter};
pub use tools::ScriptedTool;

/// What the scripted ports do.
#[derive(Clone, Debug)]
pub struct Script {
    /// What the parser answers.
    pub constraints: Constraints,
    /// The picture everyone wants, as a text.
    pub goal: String,
    /// What the painter paints from the idea: the first candidate, the second, and so on; the last
    /// one again if there are more.
    pub paintings: Vec<String>,
    /// What the painter's edits end as: that of round 1, of round 2, and so on; the last one again
    /// if there are more. None at all: the painter does as it is told.
    pub edits: Vec<String>,
    /// The run's seed.
    pub seed: Seed,
    /// What the painter takes for a painting; `None` if it paints for nothing.
    pub price: Option<Price>,
}

impl Script {
    /// A script with this goal and these paintings, and a painter that edits as it is told.
    pub fn new(goal: &str, paintings: &[&str]) -> Self {
        Self {
            constraints: Constraints { objects: ports::wanted(goal), ..Constraints::default() },
            goal: goal.to_owned(),
            paintings: paintings.iter().map(|&text| text.to_owned()).collect(),
            edits: Vec::new(),
            seed: Seed(7),
            price: None,
        }
    }

    /// The same script with edits that end as these pictures, whatever was asked.
    #[must_use]
    pub fn with_edits(mut self, edits: &[&str]) -> Self {
        self.edits = edits.iter().map(|&text| text.to_owned()).collect();
        self
    }

    /// The same script with a painter that takes money.
    #[must_use]
    pub fn with_price(mut self, price: Price) -> Self {
        self.price = Some(price);
        self
    }
}

/// How often each port was called. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    parsed: AtomicU32,
    generated: AtomicU32,
    edited: AtomicU32,
    assessed: AtomicU32,
    proposed: AtomicU32,
}

impl Calls {
    /// Calls so far of: parse, generate, edit, assess, propose.
    pub fn counts(&self) -> [u32; 5] {
        let Counters { parsed, generated, edited, assessed, proposed } = &*self.0;
        [parsed, generated, edited, assessed, proposed].map(|count| count.load(Ordering::Relaxed))
    }
}

/// `red apple` is written `apple/red` in a scripted picture.
pub(crate) fn noun_and_attribute(word: &str) -> (&str, Option<Attribute>) {
    match word.split_once('/') {
        Some((noun, attribute)) => (noun, Attribute::from_word(attribute)),
        None => (word, None),
    }
}
