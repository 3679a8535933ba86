//! A graph in the runtime's hands. Its errors, and its panics, become ours here.

use std::panic::{self, AssertUnwindSafe};

use rten::{Dimension, Model, ModelOptions, NodeId, Value, ValueOrView};

use crate::error::{LocalError, shown};

/// A graph that was read.
pub(crate) struct Graph(Model);

/// An input of a graph.
pub(crate) struct Input {
    id: NodeId,
    /// Sizes that the graph fixes; `None` where it takes any.
    pub(crate) shape: Vec<Option<usize>>,
}

impl Graph {
    /// Reads a file. Weights that lie in other files are not looked for: nothing but this file is read.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, LocalError> {
        let read =
            guarded(|| ModelOptions::with_all_ops().load(bytes)).map_err(LocalError::Graph)?;
        read.map(Self).map_err(|error| LocalError::Graph(shown(&error.to_string())))
    }

    /// Its only input, if there is one.
    pub(crate) fn only_input(&self) -> Option<Input> {
        let [id] = self.0.input_ids() else { return None };
        self.input_of(*id)
    }

    /// The input with this name.
    pub(crate) fn input(&self, name: &str) -> Option<Input> {
        let id = self.0.find_node(name)?;
        self.0.input_ids().contains(&id).then(|| self.input_of(id))?
    }

    /// How many inputs it has.
    pub(crate) fn inputs(&self) -> usize {
        self.0.input_ids().len()
    }

    fn input_of(&self, id: NodeId) -> Option<Input> {
        let shape = self.0.node_info(id)?.shape()?;
        let fixed = |dimension| match dimension {
            Dimension::Fixed(size) => Some(size),
            Dimension::Symbolic(_) => None,
        };
        Some(Input { id, shape: shape.into_iter().map(fixed).collect() })
    }

    /// All its outputs.
    pub(crate) fn run(&self, inputs: Vec<(&Input, Value)>) -> Result<Vec<Value>, LocalError> {
        let inputs: Vec<(NodeId, ValueOrView<'_>)> =
            inputs.into_iter().map(|(input, value)| (input.id, value.into())).collect();
        let ran = guarded(|| self.0.run(inputs, self.0.output_ids(), None));
        let ran = ran.map_err(LocalError::Run)?;
        ran.map_err(|error| LocalError::Run(shown(&error.to_string())))
    }
}

/// Numbers in this shape, for [`Graph::run`].
pub(crate) fn tensor(shape: &[usize], numbers: Vec<f32>) -> Result<Value, LocalError> {
    Value::from_shape(shape, numbers).map_err(|error| LocalError::Run(shown(&error.to_string())))
}

/// A row of whole numbers, for [`Graph::run`]: the runtime takes 64-bit ones as 32-bit ones.
pub(crate) fn row(numbers: &[i32]) -> Result<Value, LocalError> {
    Value::from_shape(&[1, numbers.len()], numbers.to_vec())
        .map_err(|error| LocalError::Run(shown(&error.to_string())))
}

/// What the work comes to; a panic of a library in words.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // Whatever the runtime was in the middle of is dropped with it: nothing is used again.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|reason| {
        let text = reason.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| reason.downcast_ref::<&str>().copied()).unwrap_or("no reason");
        format!("it broke off ({})", shown(text))
    })
}
