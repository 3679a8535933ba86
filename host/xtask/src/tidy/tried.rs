//! Rules on `docs/hostile.md`: every test it names is there, and it leaves out no limit.

/// The page.
pub(super) const PAGE: &str = "docs/hostile.md";
/// The files whose public constants are limits.
pub(super) const LIMITS: &[&str] = &[
    "host/cache/src/limits.rs",
    "host/depot/src/limits.rs",
    "host/sandbox/src/limits.rs",
    "host/serve/src/limits.rs",
];

/// Complaints about tests that are not there. `read` gives the text of a file of the tree.
pub(super) fn gone(page: &str, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let named = code_spans(page).filter_map(|span| span.split_once(".rs: "));
    let mut problems = Vec::new();
    for (file, test) in named {
        let file = format!("{file}.rs");
        let Some(text) = read(&file) else {
            problems.push(format!("{PAGE}: there is no `{file}`"));
            continue;
        };
        let is_there = [format!("fn {test}("), format!("\"{test}\"")];
        if !is_there.iter().any(|words| text.contains(words)) {
            problems.push(format!("{PAGE}: `{file}` has no test `{test}`"));
        }
    }
    problems
}

/// Complaints about limits of one file that the page does not name.
pub(super) fn untold(page: &str, file: &str, limits: &str) -> Vec<String> {
    let names = limits.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub const ").or(line.strip_prefix("pub(crate) const "))?;
        rest.split_once(':').map(|(name, _)| name)
    });
    let untold = names.filter(|name| !code_spans(page).any(|span| span == *name));
    untold.map(|name| format!("{PAGE}: say what tries the limit `{name}` of {file}")).collect()
}

/// What stands between backticks, line by line.
fn code_spans(page: &str) -> impl Iterator<Item = &str> {
    page.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str = "fn it_holds() {}\nMode::assess(\"a tight loop\", …)";

    fn read(file: &str) -> Option<String> {
        (file == "a/b.rs").then(|| TESTS.to_owned())
    }

    #[test]
    fn tests_that_are_there_are_no_problem() {
        let page = "| `LIMIT` | `a/b.rs: it_holds`, `a/b.rs: a tight loop` | not `code`";
        assert_eq!(gone(page, read), Vec::<String>::new());
    }

    #[test]
    fn a_test_or_file_that_went_is_named() {
        for (span, problem) in [
            ("a/b.rs: it_hold", "docs/hostile.md: `a/b.rs` has no test `it_hold`"),
            ("a/b.rs: a tight", "docs/hostile.md: `a/b.rs` has no test `a tight`"),
            ("a/c.rs: it_holds", "docs/hostile.md: there is no `a/c.rs`"),
        ] {
            assert_eq!(gone(&format!("`{span}`"), read), [problem]);
        }
    }

    #[test]
    fn a_limit_the_page_leaves_out_is_named() {
        let limits = "const KIB: usize = 1;\n/// x\npub(crate) const ONE: usize = 1;\n\
                      pub const TWO: u32 = 2;\n    pub const INNER: u8 = 3;\n";
        let problem = "docs/hostile.md: say what tries the limit `TWO` of l.rs";
        assert_eq!(untold("`ONE`, TWO", "l.rs", limits), [problem]);
    }
}
