//! The registry of codes, read from `wit/CODES.md`: what authors read is what `explain` tells.

const REGISTRY: &str = include_str!("../../../wit/CODES.md");

/// Columns of the registry's tables that say what a code means.
const MEANINGS: [&str; 2] = ["means", "text"];

/// One row of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisteredCode {
    /// The code.
    pub code: &'static str,
    /// What it means, or what its text holds.
    pub meaning: &'static str,
}

/// Every registered code of findings, evidence, suggestions and failures.
pub fn registered_codes() -> Vec<RegisteredCode> {
    let mut codes = Vec::new();
    let mut column = 1;
    for line in REGISTRY.lines().filter_map(|line| line.strip_prefix("| ")) {
        let cells: Vec<_> = line.trim_end_matches('|').split(" | ").map(str::trim).collect();
        let code = cells.first().and_then(|cell| cell.strip_prefix('`')?.strip_suffix('`'));
        match (code, cells.get(column)) {
            (Some(code), Some(meaning)) => codes.push(RegisteredCode { code, meaning }),
            (Some(_), None) => {}
            (None, _) => {
                column = cells.iter().position(|cell| MEANINGS.contains(cell)).unwrap_or(1);
            }
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_registry_is_read() {
        let codes = registered_codes();
        let meaning = |code| codes.iter().find(|row| row.code == code).map(|row| row.meaning);
        assert_eq!(meaning("object"), Some("here is an object"));
        assert_eq!(meaning("refused").map(|text| text.starts_with("the operator")), Some(true));
        assert_eq!(meaning("seen"), Some("the number, in digits"));
        assert_eq!(meaning("add"), Some("draw the object that is named in the text"));
    }
}
