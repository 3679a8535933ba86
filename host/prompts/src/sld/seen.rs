//! Objects that a seer finds in a picture, each in its box.

use pentimento_model::{Attribute, Contract, Region};
use serde_json::{Value, json};

use crate::{
    Form, Json, Unusable,
    form::contract,
    query::{list, object, word},
};

/// Objects that are read of one picture.
const MOST: usize = 64;

/// One object that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Its class, in lower case.
    pub noun: String,
    /// Its color or material, if one was named.
    pub attribute: Option<Attribute>,
    /// Such things usually look like this one.
    pub usual: bool,
    /// How sure the seer is, from 0 to 1.
    pub sure: f32,
    /// Where it is.
    pub region: Region,
}

/// The form of all objects of a picture.
#[derive(Clone, Copy, Debug)]
pub struct Seen;

impl Form for Seen {
    type Value = Vec<Sighting>;

    fn contract(&self) -> Contract {
        let (text, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
        let region = json!({ "type": "array", "items": number });
        let found = object(&json!({
            "name": text, "attribute": text, "usual": { "type": "boolean" }, "sure": number,
            "box": region,
        }));
        contract("seen", &json!({ "objects": { "type": "array", "items": found } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Sighting>, Unusable> {
        list(value, "objects")?.iter().take(MOST).map(sighting).collect()
    }

    fn of_words(&self, _text: &str) -> Result<Vec<Sighting>, Unusable> {
        Err(Unusable::new("the answer holds no list of objects with boxes"))
    }
}

fn sighting(value: &Json<'_>) -> Result<Sighting, Unusable> {
    let text = |key: &str| value.get(key).and_then(Json::as_str).unwrap_or_default().to_lowercase();
    let noun = word(&text("name")).ok_or_else(|| Unusable::new("an object has no name"))?;
    Ok(Sighting {
        attribute: Attribute::from_word(text("attribute").trim()),
        usual: value.get("usual").and_then(Json::as_bool).unwrap_or(false),
        sure: sure(value),
        region: region(&noun, value.get("box"))?,
        noun,
    })
}

/// How sure somebody says to be, from 0 to 1; quite sure who does not say.
pub(crate) fn sure(value: &Json<'_>) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits")]
    let sure = value.get("sure").and_then(Json::as_f64).unwrap_or(1.0) as f32;
    if sure.is_nan() { 0.0 } else { sure.clamp(0.0, 1.0) }
}

/// The box of this thing. Boxes in pixels, or in thousandths, would lie elsewhere.
pub(crate) fn region(of: &str, value: Option<&Json<'_>>) -> Result<Region, Unusable> {
    let wrong = |what: &str| Unusable::new(format!("the box of `{of}` {what}"));
    let numbers = value.and_then(Json::as_array).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, reason = "boxes are kept in 32 bits")]
    let numbers: Vec<f32> =
        numbers.iter().filter_map(Json::as_f64).map(|number| number as f32).collect();
    let [x, y, width, height] = numbers[..] else {
        return Err(wrong("is not four numbers"));
    };
    if [x, y, width, height].iter().any(|number| !(-0.1..=1.1).contains(number)) {
        return Err(wrong("is not in fractions of the picture, from 0 to 1"));
    }
    Region::read([x, y, width, height]).ok_or_else(|| wrong("is empty"))
}

/// Objects as an answer of this form: what whoever stands in for a seer says.
pub fn seen_in_json(seen: &[Sighting]) -> Value {
    let one = |one: &Sighting| {
        let attribute = one.attribute.map_or("", Attribute::as_str);
        let region = &one.region;
        json!({
            "name": one.noun, "attribute": attribute, "usual": one.usual, "sure": one.sure,
            "box": [region.x(), region.y(), region.width(), region.height()],
        })
    };
    json!({ "objects": seen.iter().map(one).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use pentimento_model::Color;
    use proptest::prelude::*;

    use super::*;
    use crate::read;

    #[test]
    fn what_is_wrong_with_a_box_is_told_to_who_wrote_it() {
        let why = |text: &str| read(&Seen, text).unwrap_err().reason;
        let of = |region: &str| format!(r#"{{"objects": [{{"name": "Cup", "box": {region}}}]}}"#);
        for (region, reason) in [
            (
                "[10, 20, 300, 400]",
                "the box of `cup` is not in fractions of the picture, from 0 to 1",
            ),
            ("[0.1, 0.2, 0.3]", "the box of `cup` is not four numbers"),
            ("[0.1, 0.2, 0.3, \"x\"]", "the box of `cup` is not four numbers"),
            ("[0.1, 0.2, 0, 0.4]", "the box of `cup` is empty"),
            ("null", "the box of `cup` is not four numbers"),
        ] {
            assert_eq!(why(&of(region)), reason);
        }
        assert_eq!(why("a cup"), "the answer holds no list of objects with boxes");
        assert_eq!(why(r#"{"objects": [{"box": [0, 0, 1, 1]}]}"#), "an object has no name");
        let plain = read(&Seen, &of("[0, 0, 1.05, 0.5]")).unwrap();
        assert_eq!((plain[0].attribute, plain[0].usual), (None, false));
        assert!(plain[0].region.right() <= 1.0, "what goes a little beyond is clipped");
        assert_eq!(read(&Seen, r#"{"objects": []}"#), Ok(Vec::new()), "nothing is an answer too");
    }

    proptest! {
        #[test]
        fn what_is_seen_is_told_to_the_last_digit(
            x in 0.0_f32..0.9, y in 0.0_f32..0.9, w in 0.01_f32..1.0, h in 0.01_f32..1.0,
            sure in 0.0_f32..=1.0, usual: bool,
        ) {
            let seen = vec![Sighting {
                noun: "cup".to_owned(),
                attribute: Some(Attribute::Color(Color::Blue)),
                usual,
                sure,
                region: Region::new(x, y, w, h).unwrap(),
            }];
            prop_assert_eq!(read(&Seen, &seen_in_json(&seen).to_string()), Ok(seen));
        }
    }
}
