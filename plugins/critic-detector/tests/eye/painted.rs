//! Pictures as the painter makes them behind the engine's ports, with their truth.

use std::fs;
use std::path::PathBuf;

use pentimento_easel::{Easel, Oracle, Preset, Truth};
use pentimento_engine::ports::Made;
use pentimento_model::{Artifact, EditOp, Seed};
use tokio::runtime::Runtime;

/// A painter and the only one who knows what it did.
pub struct Studio {
    easel: Easel,
    oracle: Oracle,
    runtime: Runtime,
}

impl Studio {
    /// A painter this good.
    pub fn new(preset: Preset) -> Self {
        let (easel, oracle) = Easel::with_oracle(preset);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { easel, oracle, runtime }
    }

    /// Paints a prompt.
    pub fn paint(&self, prompt: &str, seed: Seed) -> (Artifact, Truth) {
        let made = self.runtime.block_on(self.easel.generate(prompt, seed)).unwrap();
        self.known(made)
    }

    /// Changes a picture.
    pub fn edit(&self, picture: &Artifact, ops: &[EditOp], seed: Seed) -> (Artifact, Truth) {
        let edited = self.runtime.block_on(self.easel.edit(picture, ops, seed)).unwrap();
        self.known(edited.made)
    }

    fn known(&self, made: Made) -> (Artifact, Truth) {
        let picture = Artifact::new(made.media_type, made.bytes);
        let truth = self.oracle.truth(picture.id).unwrap();
        (picture, truth)
    }
}

/// The prompts of a benchmark file: one JSON object a line, with a `prompt`.
pub fn prompts(file: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/benchmarks");
    let text = fs::read_to_string(folder.join(file)).unwrap();
    let field = |line: &str| {
        let start = line.find("\"prompt\": \"").unwrap() + "\"prompt\": \"".len();
        let length = line[start..].find('"').unwrap();
        line[start..start + length].to_owned()
    };
    text.lines().map(field).collect()
}
