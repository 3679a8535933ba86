//! Texts with disguises, and where their parts came from.

use super::*;

#[test]
fn a_plain_text_is_what_a_reader_sees() {
    let rows = [
        ("plain", "plain"),
        ("ｗｉｄｅ", "wide"),
        ("𝐛𝐨𝐥𝐝 ⓒⓘⓡⓒⓛⓔⓢ", "bold circles"),
        ("z\u{200b}e\u{200d}r\u{ad}o", "zero"),
        ("e\u{301}te\u{301}", "été"),
        ("ﬁne", "fine"),
        ("½", "1⁄2"),
        ("", ""),
        ("한글", "한글"),
    ];
    for (written, wanted) in rows {
        assert_eq!(Plain::of(written).text(), wanted, "{written}");
    }
}

#[test]
fn every_part_knows_the_bytes_it_came_from() {
    let rows = [
        ("a z\u{200b}ero b", "zero", "z\u{200b}ero"),
        ("x ｗｉｄｅ y", "wide", "ｗｉｄｅ"),
        ("x ﬁne", "fine", "ﬁne"),
        ("x e\u{301}t", "ét", "e\u{301}t"),
        ("abc", "b", "b"),
        ("été", "té", "té"),
    ];
    for (written, part, wanted) in rows {
        let plain = Plain::of(written);
        let at = plain.text().find(part).unwrap();
        let found = plain.written(&(at..at + part.len()));
        assert_eq!(&written[found], wanted, "{written}");
    }
}
