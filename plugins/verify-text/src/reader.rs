//! Reading JSON values with their path, so that an error says where and why.
//!
//! What the values mean is `read`'s and `ifeval`'s business.

use std::fmt;

use serde_json::{Map, Value};

/// Constraints that cannot be used: where, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Such as `constraints[2].unit`.
    pub path: String,
    /// What is wrong there.
    pub cause: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.path, self.cause)
    }
}

/// A value and where it was found.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    path: String,
    value: &'a Value,
}

impl<'a> Reader<'a> {
    /// The value at `path`.
    pub fn new(path: impl Into<String>, value: &'a Value) -> Self {
        Self { path: path.into(), value }
    }

    /// The value itself.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// Where it was found.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An error at this place.
    pub fn malformed(&self, cause: impl Into<String>) -> Malformed {
        Malformed { path: self.path.clone(), cause: cause.into() }
    }

    /// A text that is not blank.
    pub fn text(&self) -> Result<&'a str, Malformed> {
        match self.value.as_str() {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(self.malformed("a text that is not blank is needed")),
            None => Err(self.unlike("a text")),
        }
    }

    /// One of some words.
    pub fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, Malformed> {
        let word = self.text()?;
        let found = choices.iter().find(|(name, _)| *name == word);
        found.map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.malformed(format!("`{word}` is none of {}", names.join(", ")))
        })
    }

    /// A whole number that is not negative. `3.0` is one, as tables of data often write it.
    pub fn count(&self) -> Result<u64, Malformed> {
        let whole = self.value.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0);
        let whole = whole.and_then(|number| format!("{number}").parse().ok());
        self.value.as_u64().or(whole).ok_or_else(|| self.unlike("a count (0, 1, 2 …)"))
    }

    /// A number.
    pub fn number(&self) -> Result<f64, Malformed> {
        self.value.as_f64().ok_or_else(|| self.unlike("a number"))
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Result<bool, Malformed> {
        self.value.as_bool().ok_or_else(|| self.unlike("true or false"))
    }

    /// A text, which may be blank.
    pub fn any_text(&self) -> Result<&'a str, Malformed> {
        self.value.as_str().ok_or_else(|| self.unlike("a text"))
    }

    /// The items of a list that has some.
    pub fn items(&self) -> Result<Vec<Reader<'a>>, Malformed> {
        let items = self.list()?;
        if items.is_empty() { Err(self.malformed("the list is empty")) } else { Ok(items) }
    }

    /// The items of a list.
    pub fn list(&self) -> Result<Vec<Reader<'a>>, Malformed> {
        let items = self.value.as_array().ok_or_else(|| self.unlike("a list"))?;
        let numbered = items.iter().enumerate();
        Ok(numbered.map(|(at, value)| Self::new(format!("{}[{at}]", self.path), value)).collect())
    }

    /// A list of texts.
    pub fn texts(&self) -> Result<Vec<String>, Malformed> {
        self.items()?.iter().map(|item| item.text().map(str::to_owned)).collect()
    }

    /// An object's keys with their values, whatever the keys are.
    pub fn entries(&self) -> Result<Vec<(&'a str, Reader<'a>)>, Malformed> {
        let map = self.value.as_object().ok_or_else(|| self.unlike("an object"))?;
        let reader = |name: &str, value| Self::new(format!("{}.{name}", self.path), value);
        Ok(map.iter().map(|(name, value)| (name.as_str(), reader(name, value))).collect())
    }

    /// The value that a JSON pointer leads to from here.
    pub fn at_pointer(&self, pointer: &str) -> Option<Reader<'a>> {
        let value = self.value.pointer(pointer)?;
        let mut path = self.path.clone();
        let mut above = self.value;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            path = match above {
                Value::Array(_) => format!("{path}[{step}]"),
                _ => format!("{path}.{step}"),
            };
            above = match above {
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                other => other.get(&step)?,
            };
        }
        Some(Self::new(path, value))
    }

    /// The keys of an object.
    pub fn fields(&self) -> Result<Fields<'a>, Malformed> {
        let map = self.value.as_object().ok_or_else(|| self.unlike("an object"))?;
        Ok(Fields { path: self.path.clone(), map, known: Vec::new() })
    }

    fn unlike(&self, wanted: &str) -> Malformed {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.malformed(format!("{wanted} is needed, found {found}"))
    }
}

/// An object's keys, of which each must be known.
#[derive(Debug)]
pub struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The value of a key, if it is there. `null` counts as absent.
    pub fn optional(&mut self, key: &'static str) -> Option<Reader<'a>> {
        self.present(key).filter(|reader| !reader.value.is_null())
    }

    /// The value of a key, `null` included, if it is there.
    pub fn present(&mut self, key: &'static str) -> Option<Reader<'a>> {
        self.known.push(key);
        let value = self.map.get(key)?;
        Some(Reader::new(format!("{}.{key}", self.path), value))
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Result<Reader<'a>, Malformed> {
        self.optional(key).ok_or_else(|| self.malformed(format!("`{key}` is missing")))
    }

    /// A flag, or what it is if it is not there.
    pub fn flag(&mut self, key: &'static str, default: bool) -> Result<bool, Malformed> {
        self.optional(key).map_or(Ok(default), |reader| reader.flag())
    }

    /// Marks keys as known without reading them.
    pub fn pass_over(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    /// Marks keys as known where their value is null.
    pub fn pass_over_null(&mut self, keys: &[&'static str]) {
        let map = self.map;
        let is_null = |key: &&&'static str| map.get(**key).is_some_and(Value::is_null);
        self.known.extend(keys.iter().filter(is_null));
    }

    /// Refuses keys that nobody asked for.
    pub fn close(self) -> Result<(), Malformed> {
        match self.map.keys().find(|key| !self.known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let known = self.known.join(", ");
                Err(self.malformed(format!("unknown key `{key}`; known here: {known}")))
            }
        }
    }

    /// An error at this object.
    pub fn malformed(&self, cause: impl Into<String>) -> Malformed {
        Malformed { path: self.path.clone(), cause: cause.into() }
    }
}
