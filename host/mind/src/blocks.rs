//! The blocks in which prompts quote strangers (`model::quote`), read back.

/// How a block begins and ends.
const BLOCK: (&str, &str) = ("<findings author=", "</findings>");

/// Every block of a text, with its author, in order. A line that is no JSON string is left out, and so is
/// a block without an author.
pub(crate) fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let (mut found, mut lines) = (Vec::new(), text.lines());
    while let Some(line) = lines.next() {
        let Some(author) = line.strip_prefix(BLOCK.0) else { continue };
        let block = lines.by_ref().take_while(|line| *line != BLOCK.1);
        let block: Vec<String> = block.filter_map(string).collect();
        found.extend(string(author.trim_end_matches('>')).map(|author| (author, block)));
    }
    found
}

/// A JSON string.
fn string(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}
