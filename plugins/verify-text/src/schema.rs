//! JSON Schema, draft 2020-12, as far as it can be checked exactly and without a network.
//!
//! `schema::read` turns a schema into rules and refuses keywords it does not know; `schema::judge`
//! applies them.

mod equal;
mod judge;
mod read;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pattern::Pattern;

/// A schema, ready to be applied.
#[derive(Clone, Debug)]
pub struct Schema {
    /// All its parts; the first is the whole.
    nodes: Vec<Node>,
}

/// Which part of a schema.
type Part = usize;

/// One schema or subschema: all its rules must hold.
#[derive(Clone, Debug, Default)]
struct Node {
    rules: Vec<Rule>,
}

/// One keyword, or those that only mean something together.
#[derive(Clone, Debug)]
enum Rule {
    /// `true` and `false` as schemas.
    Never,
    Types(Vec<Type>),
    Enum(Vec<Value>),
    Reference(Part),
    AllOf(Vec<Part>),
    AnyOf(Vec<Part>),
    OneOf(Vec<Part>),
    Not(Part),
    If {
        condition: Part,
        then: Option<Part>,
        otherwise: Option<Part>,
    },
    Object(ObjectRule),
    Array(ArrayRule),
    String {
        least: Option<u64>,
        most: Option<u64>,
        pattern: Option<Pattern>,
    },
    Number(NumberRule),
}

/// What `type` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// Keywords about objects.
#[derive(Clone, Debug, Default)]
struct ObjectRule {
    properties: BTreeMap<String, Part>,
    patterns: Vec<(Pattern, Part)>,
    additional: Option<Part>,
    names: Option<Part>,
    required: Vec<String>,
    dependent_required: BTreeMap<String, Vec<String>>,
    dependent_schemas: BTreeMap<String, Part>,
    least: Option<u64>,
    most: Option<u64>,
}

/// Keywords about arrays.
#[derive(Clone, Debug, Default)]
struct ArrayRule {
    prefix: Vec<Part>,
    items: Option<Part>,
    contains: Option<(Part, u64, Option<u64>)>,
    least: Option<u64>,
    most: Option<u64>,
    unique: bool,
}

/// Keywords about numbers.
#[derive(Clone, Debug, Default)]
struct NumberRule {
    least: Option<f64>,
    above: Option<f64>,
    most: Option<f64>,
    below: Option<f64>,
    multiple_of: Option<f64>,
}
