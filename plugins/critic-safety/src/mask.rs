//! What was found, hidden: the first and the last letter and nothing between.

/// Stands for the letters between, however many.
const HIDDEN: &str = "•••";

/// Parts with fewer letters keep their first one only.
const SHORT: usize = 5;

/// A quotation that does not repeat what it quotes.
pub fn masked(found: &str) -> String {
    let visible = |letter: &char| !letter.is_control() && !letter.is_whitespace();
    let mut letters = found.chars().filter(visible);
    let Some(first) = letters.next() else { return HIDDEN.to_owned() };
    match letters.next_back() {
        Some(last) if found.chars().filter(visible).count() >= SHORT => {
            format!("{first}{HIDDEN}{last}")
        }
        _ => format!("{first}{HIDDEN}"),
    }
}

#[cfg(test)]
mod tests;
