//! Workflows of `ComfyUI` with places in them: what is asked for, put into a template.
//!
//! A template is a workflow in the server's API form. A text that is a place and nothing else becomes
//! what belongs there, with its type; a place within a text becomes text. What is put in is a value
//! of JSON, never a piece of it, and is not searched for places itself.

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::{DISLIKED, LIKED, Places};
use crate::limits;

/// All places there are.
const NAMES: [&str; 7] = ["prompt", "model", "seed", "width", "height", "picture", "mask"];

/// A workflow with places, that asks for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow(Map<String, Value>);

/// Why a text is no template.
#[derive(Debug, Error)]
pub enum BadWorkflow {
    /// Longer than any workflow.
    #[error("it has more than {} bytes", limits::WORKFLOW_BYTES)]
    Long,
    /// No JSON.
    #[error("it is no JSON")]
    Json(#[from] serde_json::Error),
    /// No object of nodes, each with a class and inputs.
    #[error("it is not in the form of the API: in ComfyUI, choose `Export (API)`")]
    Form,
    /// The prompt goes nowhere.
    #[error("`{{{{prompt}}}}` stands nowhere in it")]
    Deaf,
    /// A place that nothing belongs to.
    #[error("`{{{{{0}}}}}` stands in it, and nothing is called so")]
    Unknown(String),
}

impl Workflow {
    /// Reads a template.
    pub fn read(text: &str) -> Result<Self, BadWorkflow> {
        if text.len() > limits::WORKFLOW_BYTES {
            return Err(BadWorkflow::Long);
        }
        let Value::Object(nodes) = serde_json::from_str(text)? else {
            return Err(BadWorkflow::Form);
        };
        let is_node = |node: &Value| {
            node.get("class_type").is_some_and(Value::is_string)
                && node.get("inputs").is_some_and(Value::is_object)
        };
        if nodes.is_empty() || !nodes.values().all(is_node) {
            return Err(BadWorkflow::Form);
        }
        let workflow = Self(nodes);
        let mut named = Vec::new();
        workflow.0.values().for_each(|node| places_in(node, &mut named));
        if let Some(unknown) = named.iter().find(|name| !is_known(name)) {
            return Err(BadWorkflow::Unknown(unknown.clone()));
        }
        if !named.iter().any(|name| name == "prompt") {
            return Err(BadWorkflow::Deaf);
        }
        Ok(workflow)
    }

    /// True if something is put there.
    pub(super) fn has(&self, name: &str) -> bool {
        let mut named = Vec::new();
        self.0.values().for_each(|node| places_in(node, &mut named));
        named.iter().any(|one| one == name)
    }

    /// The workflow with everything in its place.
    pub(super) fn filled(&self, places: &Places<'_>) -> Value {
        let nodes = self.0.iter().map(|(name, node)| (name.clone(), filled(node, places)));
        Value::Object(nodes.collect())
    }
}

fn is_known(name: &str) -> bool {
    [NAMES.as_slice(), &LIKED, &DISLIKED].concat().contains(&name)
}

fn filled(value: &Value, places: &Places<'_>) -> Value {
    match value {
        Value::String(text) => {
            let whole = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
            match whole.and_then(|name| places.get(name)) {
                Some(value) => value,
                None => json!(spoken(text, places)),
            }
        }
        Value::Array(list) => list.iter().map(|one| filled(one, places)).collect(),
        Value::Object(map) => {
            let all = map.iter().map(|(name, one)| (name.clone(), filled(one, places)));
            Value::Object(all.collect())
        }
        plain => plain.clone(),
    }
}

/// A text with words in place of its places.
fn spoken(text: &str, places: &Places<'_>) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_place(rest) {
        told.push_str(before);
        match places.get(name) {
            Some(Value::String(words)) => told.push_str(&words),
            Some(number) => told.push_str(&number.to_string()),
            None => {}
        }
        rest = after;
    }
    told.push_str(rest);
    told
}

/// What stands before a place, its name, and what stands behind it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

fn places_in(value: &Value, named: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let mut rest = text.as_str();
            while let Some((_, name, after)) = next_place(rest) {
                named.push(name.to_owned());
                rest = after;
            }
        }
        Value::Array(list) => list.iter().for_each(|one| places_in(one, named)),
        Value::Object(map) => map.values().for_each(|one| places_in(one, named)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODE: &str = r#"{"1":{"class_type":"C","inputs":{"text":"{{prompt}}","seed":"{{seed}}",
        "said":"a photo of {{prompt}}, {{width}} wide","link":["2",0],"deep":[{"a":"{{mask}}"}]}}}"#;

    #[test]
    fn values_keep_their_types_and_are_never_read_again() {
        let hostile = "\"}, {{seed}} {{prompt}} \\";
        let places = Places {
            prompt: hostile,
            model: "m",
            seed: 7,
            size: (64, 32),
            picture: None,
            mask: Some("mask.png"),
            liked: &[],
            disliked: &[],
        };
        let workflow = Workflow::read(NODE).unwrap();
        let filled = workflow.filled(&places);
        let inputs = &filled["1"]["inputs"];
        assert_eq!((&inputs["text"], &inputs["seed"]), (&json!(hostile), &json!(7)));
        assert_eq!(inputs["said"], format!("a photo of {hostile}, 64 wide"));
        assert_eq!(
            (&inputs["link"], &inputs["deep"][0]["a"]),
            (&json!(["2", 0]), &json!("mask.png"))
        );
        assert!(workflow.has("mask") && !workflow.has("picture"));
    }

    #[test]
    fn what_is_no_template_says_why() {
        for (text, words) in [
            ("{", "no JSON"),
            ("[]", "form of the API"),
            ("{}", "form of the API"),
            (r#"{"nodes":[],"links":[]}"#, "form of the API"),
            (r#"{"1":{"class_type":"C","inputs":{}}}"#, "`{{prompt}}` stands nowhere"),
            (&NODE.replace("{{mask}}", "{{cfg}}"), "`{{cfg}}` stands in it"),
            (&" ".repeat(limits::WORKFLOW_BYTES + 1), "bytes"),
        ] {
            let error = Workflow::read(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
