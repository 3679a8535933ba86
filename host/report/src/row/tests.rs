use super::*;
use crate::testing::{self, Sample};

fn row(sample: &Sample) -> Row {
    Row::of(&Summary::of(&sample.events).unwrap())
}

#[test]
fn a_line_says_where_a_run_stands() {
    for (sample, standing, stop, usd, perhaps) in [
        (testing::accepted(), Standing::Accepted, Some("accepted"), None, false),
        (testing::without_means(), Standing::GivenUp, Some("money"), Some("0.03"), true),
        (testing::start(), Standing::Unfinished, None, None, false),
    ] {
        let row = row(&sample);
        assert_eq!((row.standing, row.perhaps_twice), (standing, perhaps), "{row:?}");
        assert_eq!((row.stop.as_deref(), row.usd.as_deref()), (stop, usd), "{row:?}");
    }
    let row = row(&testing::accepted());
    assert!(!row.plugins.is_empty() && row.plugins.iter().all(|one| one.digest.len() == 64));
}

#[test]
fn an_index_comes_back_and_lines_of_no_use_are_passed_over() {
    let line = |row| Indexed { bytes: 9, changed: u64::MAX, row };
    let lines = [
        line(row(&testing::accepted())),
        line(Row::unread("old", Standing::Damaged, "line 3 is damaged\n\u{1b}[2J".to_owned())),
    ];
    let text = index_to_json(&lines).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert_eq!(index_from_json(&text), lines);
    let (first, rest) = text.split_at(text.find('\n').unwrap() / 2);
    assert_eq!(index_from_json(&format!("{first}\u{0}{rest}")), lines[1..]);
    let newer = text.replace("\"format\":1", "\"format\":2");
    assert_eq!(index_from_json(&newer), []);
    assert_eq!(index_from_json("\n\n[]\nnull\n{\"bytes\":1}\n"), []);
}
