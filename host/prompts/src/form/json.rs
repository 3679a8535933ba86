//! JSON as it stands in an answer: texts are read where they are, so that an answer is not copied piece by
//! piece before anybody knows what of it is wanted.
//!
//! What is JSON and what is not, `serde_json` says.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::{Number, Value};

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Self>),
    /// Values by name. Of several with one name, the last counts.
    Map(Vec<(Cow<'a, str>, Self)>),
}

impl Json<'_> {
    /// The value of this name, if this is a map that has one.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(all) = self else { return None };
        all.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// True for a map.
    pub const fn is_object(&self) -> bool {
        matches!(self, Self::Map(_))
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The values, if this is a list.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::List(all) = self { Some(all) } else { None }
    }

    /// True or false, if this is one of them.
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(is_so) = self { Some(*is_so) } else { None }
    }

    /// The number, if this is a whole one that is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number, if this is a whole one.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number, if this is one.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    const fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }
}

impl<'a> From<&'a Value> for Json<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(is_so) => Self::Bool(*is_so),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(all) => Self::List(all.iter().map(Self::from).collect()),
            Value::Object(all) => {
                let named = |(name, value): (&'a String, &'a Value)| {
                    (Cow::Borrowed(name.as_str()), Self::from(value))
                };
                Self::Map(all.iter().map(named).collect())
            }
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

/// A text that is read where it is.
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(NameReader).map(Self)
    }
}

struct NameReader;

impl<'de> Visitor<'de> for NameReader {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Values that a map is given room for with its first: most answers to our questions have no more.
const NAMES: usize = 6;

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, is_so: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(is_so))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(value) = from.next_element()? {
            all.push(value);
        }
        Ok(Json::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some((Name(name), value)) = from.next_entry()? {
            if all.is_empty() {
                all.reserve_exact(NAMES);
            }
            all.push((name, value));
        }
        Ok(Json::Map(all))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What both readers make of a text: the same, or nothing.
    fn check(text: &str) {
        let ours: Option<Json<'_>> = serde_json::from_str(text).ok();
        let theirs: Option<Value> = serde_json::from_str(text).ok();
        match (&ours, &theirs) {
            (Some(ours), Some(theirs)) => same(ours, theirs),
            _ => assert_eq!(ours.is_some(), theirs.is_some(), "{text}"),
        }
    }

    fn same(ours: &Json<'_>, theirs: &Value) {
        match theirs {
            Value::Array(all) => {
                let list = ours.as_array().unwrap();
                assert_eq!(list.len(), all.len());
                list.iter().zip(all).for_each(|(one, other)| same(one, other));
            }
            Value::Object(all) => {
                assert!(ours.is_object());
                all.iter().for_each(|(name, value)| same(ours.get(name).unwrap(), value));
            }
            scalar => {
                assert_eq!(*ours, Json::from(scalar));
                assert_eq!(ours.as_str(), scalar.as_str());
                assert_eq!(ours.as_bool(), scalar.as_bool());
                let numbers = (ours.as_u64(), ours.as_i64(), ours.as_f64());
                assert_eq!(numbers, (scalar.as_u64(), scalar.as_i64(), scalar.as_f64()));
            }
        }
    }

    #[test]
    fn odd_texts_are_read_as_serde_json_reads_them() {
        let deep = |levels| "[".repeat(levels) + &"]".repeat(levels);
        for text in [
            r#"{"a": 1, "a": {"b": [1, -2, 3.5, 1e3, "x\né"]}, "\u0061": null}"#,
            r#"{"a": "\ud800"}"#,
            r#"{"a": "\ud83d\ude00"}"#,
            "1e999",
            "18446744073709551616",
            "-0",
            "{1: 2}",
            r#"{"a": 1,}"#,
            "[true, false, null, []]",
            &deep(127),
            &deep(128),
        ] {
            check(text);
        }
        let twice: Json<'_> = serde_json::from_str(r#"{"a": 1, "a": 2}"#).unwrap();
        assert_eq!(twice.get("a").and_then(Json::as_u64), Some(2), "the last counts");
        let plain: Json<'_> = serde_json::from_str(r#"{"a": "b"}"#).unwrap();
        assert!(matches!(plain.get("a"), Some(Json::Text(Cow::Borrowed("b")))));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_reads_it(text in r#"[\[\]{}:,"a-c0-9.\\u \-]{0,24}"#) {
            check(&text);
        }
    }
}
