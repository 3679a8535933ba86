//! Halves of characters: a model that is cut off within one may say the first half alone, and its server write
//! that as JSON in which no text can be read.

/// The same JSON with U+FFFD in place of every half of a surrogate pair that stands alone; `None` if none
/// does.
pub(super) fn mended(json: &[u8]) -> Option<Vec<u8>> {
    let mut mended = json.to_vec();
    let (mut at, mut changed) = (0, false);
    while let Some(next) = json.get(at..).and_then(|rest| rest.iter().position(|&b| b == b'\\')) {
        at += next;
        at += match (unit(json, at), unit(json, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                if let Some(digits) = mended.get_mut(at + 2..at + 6) {
                    digits.copy_from_slice(b"fffd");
                    changed = true;
                }
                6
            }
            // Any other escape: what it escapes begins none.
            _ => 2,
        };
    }
    changed.then_some(mended)
}

/// The code unit that is escaped here, if one is.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let is_plain = digits.iter().all(u8::is_ascii_hexdigit);
    u16::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| is_plain)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_that_stand_alone_are_replaced_and_nothing_else_is() {
        for (json, text) in [
            (r#""a \ud83d""#, Some("a \u{fffd}")),
            (r#""\ude00 b""#, Some("\u{fffd} b")),
            (r#""\ud83d\ud83d\ude00""#, Some("\u{fffd}\u{1f600}")),
            (r#""\ude00\ud83d\n\ud8""#, None),
            (r#""\ud83d\ude00 \u00e9""#, None),
            (r#""\\ud83d""#, None),
            (r#""\\\ud83d""#, Some("\\\u{fffd}")),
            (r#""plain""#, None),
            ("\"\\", None),
        ] {
            let read =
                mended(json.as_bytes()).and_then(|one| serde_json::from_slice::<String>(&one).ok());
            assert_eq!(read.as_deref(), text, "{json}");
        }
    }
}
