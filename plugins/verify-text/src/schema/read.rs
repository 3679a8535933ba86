//! From a schema's JSON to rules.
//!
//! Keywords that only describe are passed over; those that would need more than this schema
//! (`$dynamicRef`, `unevaluatedItems`, remote references) are errors, never ignored.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{ArrayRule, Node, NumberRule, ObjectRule, Part, Rule, Schema, Type};
use crate::{
    pattern::Pattern,
    reader::{Fields, Malformed, Reader},
};

/// Subschemas in one schema. The schema of JSON Schema itself has some hundred.
const MOST_NODES: usize = 1000;

/// How deep subschemas may be inside others.
const DEEPEST: usize = 64;

/// The draft that is understood. Others give some keywords another meaning.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Keywords that describe and demand nothing (`format` is one, by the standard's default), and
/// those that only hold what `$ref` points to.
const DESCRIBING: [&str; 18] = [
    "$schema",
    "$id",
    "$comment",
    "$defs",
    "definitions",
    "$vocabulary",
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "examples",
    "format",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$anchor",
];

const TYPES: [(&str, Type); 7] = [
    ("null", Type::Null),
    ("boolean", Type::Boolean),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("string", Type::String),
    ("array", Type::Array),
    ("object", Type::Object),
];

impl Schema {
    /// Reads a schema.
    pub fn read(reader: &Reader) -> Result<Self, Malformed> {
        let mut reading =
            Reading { root: reader.clone(), nodes: Vec::new(), known: BTreeMap::new() };
        reading.part(reader, 0)?;
        Ok(Self { nodes: reading.nodes })
    }
}

/// How the parts of `allOf` and its like become a rule.
type Combine = fn(Vec<Part>) -> Rule;

struct Reading<'a> {
    root: Reader<'a>,
    nodes: Vec<Node>,
    /// The parts read so far, by path, so that references may form circles.
    known: BTreeMap<String, Part>,
}

impl<'a> Reading<'a> {
    /// Reads a subschema, or finds it among those read before.
    fn part(&mut self, reader: &Reader<'a>, depth: usize) -> Result<Part, Malformed> {
        if let Some(part) = self.known.get(reader.path()) {
            return Ok(*part);
        }
        let part = self.nodes.len();
        if part >= MOST_NODES || depth >= DEEPEST {
            let limits = format!("over {MOST_NODES} subschemas, or over {DEEPEST} deep");
            return Err(reader.malformed(limits));
        }
        self.known.insert(reader.path().to_owned(), part);
        self.nodes.push(Node::default());
        let rules = match reader.value() {
            Value::Bool(true) => Vec::new(),
            Value::Bool(false) => vec![Rule::Never],
            _ => self.rules(reader, depth + 1)?,
        };
        if let Some(node) = self.nodes.get_mut(part) {
            node.rules = rules;
        }
        Ok(part)
    }

    fn rules(&mut self, reader: &Reader<'a>, depth: usize) -> Result<Vec<Rule>, Malformed> {
        let mut fields = reader.fields()?;
        fields.pass_over(&DESCRIBING);
        if depth > 1 && fields.present("$id").is_some() {
            return Err(reader.malformed("`$id` is only supported for the whole schema"));
        }
        if let Some(draft) = fields.present("$schema").filter(|draft| draft.value() != DRAFT) {
            return Err(draft.malformed(format!("only draft 2020-12 is understood: `{DRAFT}`")));
        }
        let mut rules = Vec::new();
        if let Some(types) = fields.present("type") {
            rules.push(Rule::Types(read_types(&types)?));
        }
        if let Some(values) = fields.present("enum") {
            let values = values.list()?.iter().map(|item| item.value().clone()).collect();
            rules.push(Rule::Enum(values));
        }
        if let Some(value) = fields.present("const") {
            rules.push(Rule::Enum(vec![value.value().clone()]));
        }
        if let Some(reference) = fields.present("$ref") {
            rules.push(Rule::Reference(self.reference(&reference, depth)?));
        }
        self.combinations(&mut fields, &mut rules, depth)?;
        rules.extend(self.object(&mut fields, depth)?);
        rules.extend(self.array(&mut fields, depth)?);
        let (least, most) = (count(&mut fields, "minLength")?, count(&mut fields, "maxLength")?);
        let pattern =
            fields.present("pattern").map(|pattern| read_pattern(&pattern)).transpose()?;
        if least.is_some() || most.is_some() || pattern.is_some() {
            rules.push(Rule::String { least, most, pattern });
        }
        rules.extend(read_number(&mut fields)?);
        fields.close()?;
        Ok(rules)
    }

    fn combinations(
        &mut self,
        fields: &mut Fields<'a>,
        rules: &mut Vec<Rule>,
        depth: usize,
    ) -> Result<(), Malformed> {
        let kinds: [(_, Combine); 3] =
            [("allOf", Rule::AllOf), ("anyOf", Rule::AnyOf), ("oneOf", Rule::OneOf)];
        for (key, rule) in kinds {
            if let Some(list) = fields.present(key) {
                let parts = list.items()?;
                let parts = parts.iter().map(|item| self.part(item, depth));
                rules.push(rule(parts.collect::<Result<_, _>>()?));
            }
        }
        if let Some(part) = self.optional(fields, "not", depth)? {
            rules.push(Rule::Not(part));
        }
        let condition = self.optional(fields, "if", depth)?;
        let then = self.optional(fields, "then", depth)?;
        let otherwise = self.optional(fields, "else", depth)?;
        rules.extend(condition.map(|condition| Rule::If { condition, then, otherwise }));
        Ok(())
    }

    fn object(&mut self, fields: &mut Fields<'a>, depth: usize) -> Result<Option<Rule>, Malformed> {
        let mut rule = ObjectRule {
            properties: self.named(fields, "properties", depth)?,
            dependent_schemas: self.named(fields, "dependentSchemas", depth)?,
            additional: self.optional(fields, "additionalProperties", depth)?,
            names: self.optional(fields, "propertyNames", depth)?,
            least: count(fields, "minProperties")?,
            most: count(fields, "maxProperties")?,
            ..ObjectRule::default()
        };
        if let Some(required) = fields.present("required") {
            rule.required = read_names(&required)?;
        }
        if let Some(patterns) = fields.present("patternProperties") {
            for (name, reader) in patterns.entries()? {
                let pattern = Pattern::new(name).map_err(|cause| reader.malformed(cause))?;
                rule.patterns.push((pattern, self.part(&reader, depth)?));
            }
        }
        if let Some(dependent) = fields.present("dependentRequired") {
            for (name, reader) in dependent.entries()? {
                rule.dependent_required.insert(name.to_owned(), read_names(&reader)?);
            }
        }
        let says_nothing = rule.properties.is_empty()
            && rule.patterns.is_empty()
            && rule.required.is_empty()
            && rule.dependent_required.is_empty()
            && rule.dependent_schemas.is_empty()
            && (rule.additional, rule.names, rule.least, rule.most) == (None, None, None, None);
        Ok((!says_nothing).then_some(Rule::Object(rule)))
    }

    fn array(&mut self, fields: &mut Fields<'a>, depth: usize) -> Result<Option<Rule>, Malformed> {
        let (least, most) = (count(fields, "minItems")?, count(fields, "maxItems")?);
        let items = self.optional(fields, "items", depth)?;
        let unique = fields.flag("uniqueItems", false)?;
        let few = count(fields, "minContains")?.unwrap_or(1);
        let many = count(fields, "maxContains")?;
        let contains = self.optional(fields, "contains", depth)?.map(|part| (part, few, many));
        let prefix = match fields.present("prefixItems") {
            Some(list) => {
                let parts = list.items()?;
                parts.iter().map(|item| self.part(item, depth)).collect::<Result<_, _>>()?
            }
            None => Vec::new(),
        };
        let rule = ArrayRule { prefix, items, contains, least, most, unique };
        let says_nothing = rule.prefix.is_empty()
            && (rule.items, rule.contains, rule.least, rule.most) == (None, None, None, None)
            && !unique;
        Ok((!says_nothing).then_some(Rule::Array(rule)))
    }

    fn optional(
        &mut self,
        fields: &mut Fields<'a>,
        key: &'static str,
        depth: usize,
    ) -> Result<Option<Part>, Malformed> {
        fields.present(key).map(|reader| self.part(&reader, depth)).transpose()
    }

    fn named(
        &mut self,
        fields: &mut Fields<'a>,
        key: &'static str,
        depth: usize,
    ) -> Result<BTreeMap<String, Part>, Malformed> {
        let Some(map) = fields.present(key) else { return Ok(BTreeMap::new()) };
        let entries = map.entries()?.into_iter();
        entries.map(|(name, reader)| Ok((name.to_owned(), self.part(&reader, depth)?))).collect()
    }

    /// `#` and `#/$defs/name`: a place in this schema.
    fn reference(&mut self, reader: &Reader<'a>, depth: usize) -> Result<Part, Malformed> {
        let text = reader.text()?;
        let pointer =
            text.strip_prefix('#').filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let pointer = pointer.ok_or_else(|| {
            reader.malformed(format!("`{text}` points out of this schema; only `#/…` is supported"))
        })?;
        let decoded = percent_decoded(pointer)
            .ok_or_else(|| reader.malformed(format!("`{text}` is wrongly encoded")))?;
        let target = self.root.at_pointer(&decoded);
        let target =
            target.ok_or_else(|| reader.malformed(format!("`{text}` points to nothing")))?;
        self.part(&target, depth)
    }
}

fn read_types(reader: &Reader) -> Result<Vec<Type>, Malformed> {
    if reader.value().is_array() {
        return reader.items()?.iter().map(|item| item.choice(&TYPES)).collect();
    }
    Ok(vec![reader.choice(&TYPES)?])
}

fn read_names(reader: &Reader) -> Result<Vec<String>, Malformed> {
    reader.list()?.iter().map(|item| item.any_text().map(str::to_owned)).collect()
}

fn read_pattern(reader: &Reader) -> Result<Pattern, Malformed> {
    Pattern::new(reader.any_text()?).map_err(|cause| reader.malformed(cause))
}

fn read_number(fields: &mut Fields) -> Result<Option<Rule>, Malformed> {
    let multiple = fields.present("multipleOf");
    let mut number = |key| fields.present(key).map(|reader| reader.number()).transpose();
    let (least, above) = (number("minimum")?, number("exclusiveMinimum")?);
    let (most, below) = (number("maximum")?, number("exclusiveMaximum")?);
    let multiple_of = multiple
        .map(|reader| match reader.number()? {
            number if number > 0.0 => Ok(number),
            _ => Err(reader.malformed("a number above 0 is needed")),
        })
        .transpose()?;
    let says_nothing = [least, above, most, below, multiple_of].iter().all(Option::is_none);
    let rule = NumberRule { least, above, most, below, multiple_of };
    Ok((!says_nothing).then_some(Rule::Number(rule)))
}

fn count(fields: &mut Fields, key: &'static str) -> Result<Option<u64>, Malformed> {
    fields.present(key).map(|reader| reader.count()).transpose()
}

/// A pointer's `%25` and the like, decoded.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
