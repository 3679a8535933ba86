//! What changed between two texts that should be the same, for people.

use similar::{ChangeTag, TextDiff};

/// Lines that did not change and are shown around those that did.
const AROUND: usize = 1;
/// Lines that are shown at most.
const LINES: usize = 40;
/// Characters of a line that are shown.
const CHARS: usize = 200;
/// Bytes and lines of each text that are compared; more is told without being shown. Comparing
/// takes at most the product of both texts' lines.
const COMPARED_BYTES: usize = 64 << 10;
const COMPARED_LINES: usize = 2000;

/// How alike two texts are, from 0 to 1.
pub fn likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    TextDiff::from_lines(beginning(one), beginning(other)).ratio()
}

/// The lines that differ: `-` as it was, `+` as it is. Empty if nothing differs.
pub fn difference(before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let diff = TextDiff::from_lines(beginning(before), beginning(after));
    let mut lines = Vec::new();
    for group in diff.grouped_ops(AROUND) {
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            lines.push(shown(sign, change.value()));
        }
    }
    if lines.is_empty() {
        lines.push("they differ only far from their beginning".to_owned());
    }
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if more > 0 {
        lines.push(format!("… and {more} lines more"));
    }
    lines.join("\n")
}

fn beginning(text: &str) -> &str {
    let text = text.get(..text.floor_char_boundary(COMPARED_BYTES)).unwrap_or(text);
    let end = text.match_indices('\n').nth(COMPARED_LINES).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// One clean line, not too long.
fn shown(sign: char, line: &str) -> String {
    let line = pentimento_model::clean(line.trim_end());
    match line.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{sign} {}…", line.get(..end).unwrap_or_default()),
        None => format!("{sign} {line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_stands_between_what_did_not() {
        let before = "{\n  \"model\": \"m\",\n  \"prompt\": \"two cats\",\n  \"seed\": 7\n}";
        let after = before.replace("two cats", "two dogs");
        assert_eq!(
            difference(before, &after),
            "    \"model\": \"m\",\n-   \"prompt\": \"two cats\",\n+   \"prompt\": \"two dogs\",\n    \
             \"seed\": 7"
        );
        assert_eq!(difference(before, before), "");
        assert!(likeness(before, &after) > likeness(before, "nothing of it"));
    }

    #[test]
    fn a_difference_is_shown_within_bounds_and_without_tricks() {
        let (before, after) = ("a\n".repeat(9000), "b\u{1b}[2J\n".repeat(9000));
        let told = difference(&before, &after);
        assert_eq!(told.lines().count(), LINES + 1);
        assert!(!told.contains('\u{1b}'), "{told}");
        let long = difference("x", &"y".repeat(9000));
        assert!(long.lines().all(|line| line.chars().count() <= CHARS + 3), "{long}");
        let (same, more) = ("z".repeat(COMPARED_BYTES), "z".repeat(COMPARED_BYTES + 1));
        assert!(difference(&same, &more).contains("far from"));
    }
}
