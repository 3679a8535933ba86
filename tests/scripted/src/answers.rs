//! Good answers, ready to be sent.
//!
//! What a protocol says is left to `protocols`, what fits a schema to `schema`. Load tests share the
//! machine with whom they measure, so pictures are neither read nor copied here: those in a question are
//! passed over, and those in an answer lie in memory that all answers share.

use std::borrow::Cow;

use hyper::body::Bytes;
use serde_json::Value;

use crate::{act::Act, pictures, protocols, schema, stats::Asked};

/// A good answer, in pieces that are sent one after the other.
pub(crate) struct Well(pub(crate) Vec<Bytes>);

impl Well {
    /// One in a single piece.
    pub(crate) fn of(text: String) -> Self {
        Self(vec![text.into()])
    }

    /// All of it as a text.
    pub(crate) fn whole(&self) -> String {
        String::from_utf8_lossy(&self.0.concat()).into_owned()
    }
}

/// Stands for a picture in an answer until that is sent.
const PICTURE: &str = "a picture of its own";

/// The protocol's own answer to this question; other ones to other questions, if the act wants that.
pub(crate) fn well(
    act: &Act,
    (method, path): (&str, &str),
    (asked, digest): (&Asked, u64),
) -> Option<Well> {
    let fits = matches!(act, Act::Fit(_) | Act::Draw(..));
    let body = if fits { without_pictures(&asked.body) } else { Cow::from(&asked.body) };
    let body = serde_json::from_str(&body).unwrap_or(Value::Null);
    let mut answer = protocols::answer(method, path, &body)?;
    if let (Act::Draw(..), Some(data)) = (act, answer.pointer_mut("/data/0/b64_json")) {
        *data = PICTURE.into();
    }
    if fits {
        answer = schema::fit(answer, &body, digest);
    }
    let text = answer.to_string();
    let Act::Draw(_, side) = act else { return Some(Well::of(text)) };
    let Some((before, after)) = text.split_once(PICTURE) else { return Some(Well::of(text)) };
    let picture = pictures::photograph(*side, digest);
    let [before, after] = [before, after].map(|text| text.to_owned().into());
    Some(Well(vec![before, picture.beginning, picture.end, after]))
}

/// A question with nothing in its data URLs.
fn without_pictures(body: &str) -> Cow<'_, str> {
    const BEFORE: &str = ";base64,";
    let mut rest = body;
    let mut kept = String::new();
    while let Some((text, url)) = rest.split_once(BEFORE) {
        kept.push_str(text);
        kept.push_str(BEFORE);
        rest = url.find('"').and_then(|end| url.get(end..)).unwrap_or_default();
    }
    if kept.is_empty() { body.into() } else { (kept + rest).into() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn an_answer_with_a_picture_is_one_json_and_differs_with_the_question() {
        let drawn = |prompt: &str| {
            let body = format!(r#"{{"prompt":"{prompt}"}}"#);
            let call = "POST /v1/images/generations".to_owned();
            let asked = Asked { call, key: None, headers: BTreeMap::new(), body };
            let call = ("POST", "/v1/images/generations");
            let answer = well(&Act::Draw(0, 16), call, (&asked, asked.digest()));
            serde_json::from_str::<Value>(&answer.unwrap().whole()).unwrap()
        };
        let one = drawn("a cat");
        assert_eq!(one, drawn("a cat"));
        assert_ne!(one, drawn("a dog"));
        assert!(one.pointer("/data/0/b64_json").unwrap().as_str().unwrap().len() > 16 * 16);
    }

    #[test]
    fn pictures_in_a_question_are_passed_over_and_nothing_else_is() {
        for (body, left) in [
            ("{}", "{}"),
            (r#"["data:image/png;base64,AAAA","b"]"#, r#"["data:image/png;base64,","b"]"#),
            (r#"[";base64,","x;base64,A","c"]"#, r#"[";base64,","x;base64,","c"]"#),
            (r#"[";base64,"#, r#"[";base64,"#),
        ] {
            assert_eq!(without_pictures(body), left);
        }
    }
}
