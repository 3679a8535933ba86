//! Whether a text is JSON: objects, lists, numbers, words and strings without escapes.

/// Panics unless all of the text is one value.
pub fn check(text: &str) {
    assert_eq!(value(text), Some(""), "{text}");
}

/// What follows the value that the text starts with.
fn value(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('{') {
        let field = |text| value(string(text)?.strip_prefix(':')?);
        return list(rest, '}', &field);
    }
    if let Some(rest) = text.strip_prefix('[') {
        return list(rest, ']', &value);
    }
    let words = ["true", "false", "null"];
    words.iter().find_map(|word| text.strip_prefix(word)).or_else(|| string(text)).or_else(|| {
        let length = text.find(|one: char| !one.is_ascii_digit() && !"-+.e".contains(one))?;
        let (number, rest) = text.split_at(length);
        number.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| rest)
    })
}

fn string(text: &str) -> Option<&str> {
    let (inside, rest) = text.strip_prefix('"')?.split_once('"')?;
    (!inside.contains('\\')).then_some(rest)
}

fn list<'a>(
    text: &'a str,
    end: char,
    part: &dyn Fn(&'a str) -> Option<&'a str>,
) -> Option<&'a str> {
    if let Some(rest) = text.strip_prefix(end) {
        return Some(rest);
    }
    let mut rest = part(text)?;
    while let Some(next) = rest.strip_prefix(',') {
        rest = part(next)?;
    }
    rest.strip_prefix(end)
}
