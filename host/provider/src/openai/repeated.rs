//! What a server repeats of how a text was to be: whether a form is among it. That form is as long as a short
//! answer, so nothing is made of it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// What stands in an answer beside its words, under `text`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repeated {
    /// There is an object with the field `format`.
    pub(super) a_form: bool,
}

/// A field's name, as far as it matters.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Format,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Repeated {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Anything)
    }
}

/// Passes over whatever else a server may put there.
struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Repeated;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Repeated, A::Error> {
        let mut repeated = Repeated::default();
        while let Some((field, IgnoredAny)) = map.next_entry()? {
            repeated.a_form |= matches!(field, Field::Format);
        }
        Ok(repeated)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Repeated, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Repeated::default())
    }

    fn visit_unit<E: Error>(self) -> Result<Repeated, E> {
        Ok(Repeated::default())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Repeated, E> {
        Ok(Repeated::default())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Repeated, E> {
        Ok(Repeated::default())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Repeated, E> {
        Ok(Repeated::default())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Repeated, E> {
        Ok(Repeated::default())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Repeated, E> {
        Ok(Repeated::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_seen_and_everything_else_passed_over() {
        for (text, a_form) in [
            (r#"{"format":{"type":"json_schema","schema":{"a":[1]}},"verbosity":"low"}"#, true),
            (r#"{"verbosity":"low","format":null}"#, true),
            (r#"{"verbosity":{"format":1}}"#, false),
            ("{}", false),
            ("null", false),
            ("true", false),
            ("-1", false),
            ("7", false),
            ("0.5", false),
            ("\"format\"", false),
            ("[{\"format\":1}]", false),
        ] {
            let repeated: Repeated = serde_json::from_str(text).unwrap();
            assert_eq!(repeated, Repeated { a_form }, "{text}");
        }
        assert!(serde_json::from_str::<Repeated>("{\"format\"").is_err());
    }
}
