//! What is kept of a talkative plugin.

use super::*;

fn check(written: impl IntoIterator<Item = String>, kept: usize, first: &str) {
    let mut log = LogTail::default();
    for line in written {
        log.push(Level::Info, &line);
    }
    let lines = log.into_lines();
    assert_eq!(lines.len(), kept);
    assert_eq!(lines[0], first);
    assert!(lines.iter().map(String::len).sum::<usize>() < limits::LOG_BYTES + 64);
}

#[test]
fn a_few_lines_are_all_kept() {
    check(["one".to_owned(), "two".to_owned()], 2, "info: one");
}

#[test]
fn the_last_lines_survive_a_flood() {
    let flood = (0..100_000).map(|n| n.to_string());
    check(flood, limits::LOG_LINES + 1, "(99968 earlier lines are gone)");
}

#[test]
fn long_lines_are_cut_between_characters() {
    let long = "ä".repeat(10_000);
    let cut = format!("info: {}", "ä".repeat(limits::LOG_LINE_BYTES / 2));
    check([long], 1, &cut);
}

#[test]
fn a_line_cannot_command_the_terminal() {
    check(["\u{1b}[2J\u{1b}]0;owned\u{7}\nnext".to_owned()], 1, "info: [2J]0;owned next");
}
