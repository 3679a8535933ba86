//! Applies a schema to JSON and tells the first rule that does not hold.
//!
//! Steps and depth are bounded: schemas may refer to themselves.

use std::{cell::Cell, collections::BTreeSet};

use serde_json::{Map, Value};

use super::{
    ArrayRule, NumberRule, ObjectRule, Part, Rule, Schema, Type,
    equal::{canonical, is_multiple},
};
use crate::{
    pattern::{Pattern, TooCostly},
    report::brief,
    ruling::{Ruling, Standing},
};

/// Rules applied to values. A large document and schema need some ten thousand.
const MOST_STEPS: u32 = 1_000_000;

/// How deep schemas may lead into others. Each level takes stack, of which a guest has 2 MiB.
const DEEPEST: u32 = 200;

/// Why a value does not fit.
enum Misfit {
    /// At this JSON pointer, for this reason.
    Broken { at: String, cause: String },
    /// Too much work to tell.
    Endless,
}

/// What one rule says about one value.
type Fit = Result<(), Misfit>;

struct Walk<'a> {
    schema: &'a Schema,
    left: Cell<u32>,
}

/// Where the walk is in the document.
#[derive(Clone, Copy)]
struct Spot<'a> {
    above: Option<&'a Spot<'a>>,
    step: Step<'a>,
    depth: u32,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Whole,
    Key(&'a str),
    Index(usize),
}

impl Schema {
    /// The ruling on a document.
    pub fn judge(&self, document: &Value) -> Ruling {
        let wanted = "JSON as the schema asks";
        let walk = Walk { schema: self, left: Cell::new(MOST_STEPS) };
        match walk.part(0, document, Spot { above: None, step: Step::Whole, depth: 0 }) {
            Ok(()) => Ruling::new(true, wanted, "all rules hold"),
            Err(Misfit::Broken { at, cause }) => {
                let at = if at.is_empty() { "the whole".to_owned() } else { format!("`{at}`") };
                Ruling::new(false, wanted, format!("{at}: {cause}"))
            }
            Err(Misfit::Endless) => Ruling {
                standing: Standing::Undecided,
                ..Ruling::new(false, wanted, "telling would take too many steps")
            },
        }
    }
}

impl<'a> Spot<'a> {
    fn below(&'a self, step: Step<'a>) -> Self {
        Self { above: Some(self), step, depth: self.depth }
    }

    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// As a JSON pointer.
    fn pointer(&self) -> String {
        let above = self.above.map(Spot::pointer).unwrap_or_default();
        match self.step {
            Step::Whole => above,
            Step::Key(key) => {
                format!("{above}/{}", brief(&key.replace('~', "~0").replace('/', "~1")))
            }
            Step::Index(index) => format!("{above}/{index}"),
        }
    }

    fn broken(&self, cause: impl Into<String>) -> Misfit {
        Misfit::Broken { at: self.pointer(), cause: cause.into() }
    }

    fn unless(&self, holds: bool, cause: impl FnOnce() -> String) -> Fit {
        if holds { Ok(()) } else { Err(self.broken(cause())) }
    }

    /// A count between two bounds.
    fn within(&self, count: usize, bounds: (Option<u64>, Option<u64>), what: &str) -> Fit {
        let count = count as u64;
        if let Some(least) = bounds.0.filter(|least| count < *least) {
            return Err(self.broken(format!("{count} {what}, wanted at least {least}")));
        }
        if let Some(most) = bounds.1.filter(|most| count > *most) {
            return Err(self.broken(format!("{count} {what}, wanted at most {most}")));
        }
        Ok(())
    }
}

impl Walk<'_> {
    fn part(&self, part: Part, value: &Value, spot: Spot) -> Fit {
        let left = self.left.get().checked_sub(1).ok_or(Misfit::Endless)?;
        self.left.set(left);
        if spot.depth >= DEEPEST {
            return Err(Misfit::Endless);
        }
        let node = self.schema.nodes.get(part).ok_or(Misfit::Endless)?;
        node.rules.iter().try_for_each(|rule| self.rule(rule, value, spot.deeper()))
    }

    /// Whether a part fits; only endless work is an error.
    fn fits(&self, part: Part, value: &Value, spot: Spot) -> Result<bool, Misfit> {
        match self.part(part, value, spot) {
            Ok(()) => Ok(true),
            Err(Misfit::Broken { .. }) => Ok(false),
            Err(Misfit::Endless) => Err(Misfit::Endless),
        }
    }

    fn how_many(&self, parts: &[Part], value: &Value, spot: Spot) -> Result<usize, Misfit> {
        let mut count = 0;
        for part in parts {
            count += usize::from(self.fits(*part, value, spot)?);
        }
        Ok(count)
    }

    fn rule(&self, rule: &Rule, value: &Value, spot: Spot) -> Fit {
        match rule {
            Rule::Never => Err(spot.broken("nothing is allowed here")),
            Rule::Types(types) => types_fit(types, value, spot),
            Rule::Enum(values) => {
                let found = canonical(value);
                let fits = values.iter().any(|allowed| canonical(allowed) == found);
                let list = || values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ");
                spot.unless(fits, || format!("{} is not {}", brief(&found), brief(&list())))
            }
            Rule::Reference(part) => self.part(*part, value, spot),
            Rule::AllOf(parts) => parts.iter().try_for_each(|part| self.part(*part, value, spot)),
            Rule::AnyOf(parts) => {
                let count = self.how_many(parts, value, spot)?;
                spot.unless(count > 0, || format!("fits none of the {} in `anyOf`", parts.len()))
            }
            Rule::OneOf(parts) => {
                let count = self.how_many(parts, value, spot)?;
                let all = parts.len();
                spot.unless(count == 1, || format!("fits {count} of the {all} in `oneOf`"))
            }
            Rule::Not(part) => {
                let fits = self.fits(*part, value, spot)?;
                spot.unless(!fits, || "fits what `not` excludes".to_owned())
            }
            Rule::If { condition, then, otherwise } => {
                let branch = if self.fits(*condition, value, spot)? { then } else { otherwise };
                branch.map_or(Ok(()), |part| self.part(part, value, spot))
            }
            Rule::Object(rule) => {
                value.as_object().map_or(Ok(()), |object| self.object(rule, value, object, spot))
            }
            Rule::Array(rule) => {
                value.as_array().map_or(Ok(()), |array| self.array(rule, array, spot))
            }
            Rule::String { least, most, pattern } => value
                .as_str()
                .map_or(Ok(()), |text| string(text, (*least, *most), pattern.as_ref(), spot)),
            Rule::Number(rule) => number(rule, value, spot),
        }
    }

    fn object(
        &self,
        rule: &ObjectRule,
        value: &Value,
        object: &Map<String, Value>,
        spot: Spot,
    ) -> Fit {
        spot.within(object.len(), (rule.least, rule.most), "properties")?;
        let has_all = |names: &[String]| {
            let absent = names.iter().find(|name| !object.contains_key(*name));
            absent.map_or(Ok(()), |name| Err(spot.broken(format!("`{}` is missing", brief(name)))))
        };
        has_all(&rule.required)?;
        for (name, names) in &rule.dependent_required {
            if object.contains_key(name) {
                has_all(names)?;
            }
        }
        for (name, part) in &rule.dependent_schemas {
            if object.contains_key(name) {
                self.part(*part, value, spot)?;
            }
        }
        for (name, inner) in object {
            let below = spot.below(Step::Key(name));
            let own = rule.properties.get(name);
            let mut parts: Vec<Part> = own.copied().into_iter().collect();
            for (pattern, part) in &rule.patterns {
                if is_in(pattern, name)? {
                    parts.push(*part);
                }
            }
            let parts =
                if parts.is_empty() { rule.additional.into_iter().collect() } else { parts };
            for part in parts {
                self.part(part, inner, below)?;
            }
            if let Some(part) = rule.names {
                self.part(part, &Value::String(name.clone()), below)?;
            }
        }
        Ok(())
    }

    fn array(&self, rule: &ArrayRule, array: &[Value], spot: Spot) -> Fit {
        spot.within(array.len(), (rule.least, rule.most), "items")?;
        for (index, item) in array.iter().enumerate() {
            if let Some(part) = rule.prefix.get(index).copied().or(rule.items) {
                self.part(part, item, spot.below(Step::Index(index)))?;
            }
        }
        if let Some((part, least, most)) = rule.contains {
            let mut count = 0;
            for (index, item) in array.iter().enumerate() {
                count += usize::from(self.fits(part, item, spot.below(Step::Index(index)))?);
            }
            spot.within(count, (Some(least), most), "items that `contains` asks for")?;
        }
        if rule.unique {
            let mut seen = BTreeSet::new();
            let again = array.iter().position(|item| !seen.insert(canonical(item)));
            if let Some(index) = again {
                return Err(spot.below(Step::Index(index)).broken("was there before"));
            }
        }
        Ok(())
    }
}

fn is_in(pattern: &Pattern, text: &str) -> Result<bool, Misfit> {
    pattern.is_in(text).map_err(|TooCostly| Misfit::Endless)
}

fn types_fit(types: &[Type], value: &Value, spot: Spot) -> Fit {
    let integral = |number: f64| number.is_finite() && number.fract() == 0.0;
    let found = match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) if number.as_f64().is_some_and(integral) => Type::Integer,
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::String,
        Value::Array(_) => Type::Array,
        Value::Object(_) => Type::Object,
    };
    let fits = types
        .iter()
        .any(|wanted| *wanted == found || (*wanted == Type::Number && found == Type::Integer));
    let names = || types.iter().map(|wanted| wanted.name()).collect::<Vec<_>>().join(" or ");
    spot.unless(fits, || format!("wanted {}, found {}", names(), found.name()))
}

fn string(
    text: &str,
    bounds: (Option<u64>, Option<u64>),
    pattern: Option<&Pattern>,
    spot: Spot,
) -> Fit {
    spot.within(text.chars().count(), bounds, "characters")?;
    pattern.map_or(Ok(()), |pattern| {
        spot.unless(is_in(pattern, text)?, || {
            format!("`{}` does not match `{}`", brief(text), brief(pattern.as_str()))
        })
    })
}

fn number(rule: &NumberRule, value: &Value, spot: Spot) -> Fit {
    let Some(number) = value.as_f64() else { return Ok(()) };
    let compare = |bound: Option<f64>, holds: fn(f64, f64) -> bool, words: &str| {
        bound
            .filter(|bound| !holds(number, *bound))
            .map_or(Ok(()), |bound| Err(spot.broken(format!("{number} is not {words} {bound}"))))
    };
    compare(rule.least, |a, b| a >= b, "at least")?;
    compare(rule.above, |a, b| a > b, "above")?;
    compare(rule.most, |a, b| a <= b, "at most")?;
    compare(rule.below, |a, b| a < b, "below")?;
    compare(rule.multiple_of, is_multiple, "a multiple of")
}
