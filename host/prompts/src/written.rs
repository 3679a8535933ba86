//! What is written in a picture, as somebody who reads it tells.

use pentimento_model::{Contract, Region};
use serde_json::{Value, json};

use crate::{
    Form, Json, Unusable,
    form::contract,
    query::{list, object, word},
    sld::{boxed, sure},
};

/// Lines that are read of one picture.
const MOST: usize = 200;

/// A line of text in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What it says.
    pub text: String,
    /// How sure whoever read it is, from 0 to 1.
    pub sure: f32,
    /// Where it is.
    pub region: Region,
}

/// The form of all lines of a picture, in the order in which one reads them.
#[derive(Clone, Copy, Debug)]
pub struct Writing;

impl Form for Writing {
    type Value = Vec<Written>;

    fn contract(&self) -> Contract {
        let (text, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
        let region = json!({ "type": "array", "items": number });
        let line = object(&json!({ "text": text, "sure": number, "box": region }));
        contract("writing", &json!({ "lines": { "type": "array", "items": line } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Written>, Unusable> {
        list(value, "lines")?.iter().take(MOST).map(line).collect()
    }

    fn of_words(&self, _text: &str) -> Result<Vec<Written>, Unusable> {
        Err(Unusable::new("the answer holds no list of lines with boxes"))
    }
}

fn line(value: &Json<'_>) -> Result<Written, Unusable> {
    let text = value.get("text").and_then(Json::as_str).and_then(word);
    let text = text.ok_or_else(|| Unusable::new("a line has no text, or a very long one"))?;
    Ok(Written { sure: sure(value), region: boxed(&text, value.get("box"))?, text })
}

/// Lines as [`Writing`] reads them.
pub fn written_in_json(lines: &[Written]) -> Value {
    let one = |one: &Written| {
        let region = &one.region;
        let place = [region.x(), region.y(), region.width(), region.height()];
        json!({ "text": one.text, "sure": one.sure, "box": place })
    };
    json!({ "lines": lines.iter().map(one).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read;

    #[test]
    fn lines_are_read_and_what_is_wrong_with_one_is_told() {
        let of = |line: &str| read(&Writing, &format!(r#"{{"lines": [{line}]}}"#));
        let line = of(r#"{"text": "OPEN\u0007", "sure": 7, "box": [0, 0, 0.5, 0.25]}"#).unwrap();
        assert_eq!((line[0].text.as_str(), line[0].sure), ("OPEN", 1.0));
        assert_eq!(of("").unwrap(), []);
        for (line, reason) in [
            (r#"{"box": [0, 0, 1, 1]}"#, "has no text"),
            (r#"{"text": "\u200b", "box": [0, 0, 1, 1]}"#, "has no text"),
            (r#"{"text": "a"}"#, "is not four numbers"),
            (r#"{"text": "a", "box": [0, 0, 100, 100]}"#, "not in fractions"),
            (r#"{"text": "a", "box": [0, 0, 0, 0]}"#, "is empty"),
        ] {
            assert!(of(line).unwrap_err().reason.contains(reason), "{line}");
        }
        assert!(read(&Writing, r#"{"lines": "OPEN"}"#).is_err());
        let many = vec![r#"{"text": "a", "box": [0, 0, 1, 1]}"#; MOST + 1].join(",");
        assert_eq!(of(&many).unwrap().len(), MOST);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            lines in prop::collection::vec(("[A-Za-z0-9äß][A-Za-z0-9 äß]{0,20}[A-Za-z]", 0.0_f32..1.0), 0..5),
        ) {
            let region = Region::new(0.25, 0.5, 0.5, 0.25).unwrap();
            let lines: Vec<Written> =
                lines.into_iter().map(|(text, sure)| Written { text, sure, region }).collect();
            prop_assert_eq!(read(&Writing, &written_in_json(&lines).to_string()), Ok(lines));
        }
    }
}
