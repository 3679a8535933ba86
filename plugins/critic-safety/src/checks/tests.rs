//! Personal data, and numbers that are none.

use super::*;

fn found(check: Check, text: &str) -> Vec<&str> {
    check.places(text).into_iter().map(|place| &text[place]).collect()
}

#[test]
fn data_is_found_whole() {
    let rows: [(Check, &str, &[&str]); 22] = [
        (Check::Email, "write to Jo.Doe+x@mail.host.co.uk.", &["Jo.Doe+x@mail.host.co.uk"]),
        (Check::Email, "a@b.de, c@d.fr", &["a@b.de", "c@d.fr"]),
        (Check::Email, "<jo@bücher.de>", &["jo@bücher.de"]),
        (Check::Phone, "call +49 30 1234567 now", &["+49 30 1234567"]),
        (Check::Phone, "(212) 664-7665", &["(212) 664-7665"]),
        (Check::Phone, "1-212-664-7665.", &["1-212-664-7665"]),
        (Check::Phone, "tel. 020 7946 0958", &["020 7946 0958"]),
        (Check::Phone, "0049 30 1234567", &["0049 30 1234567"]),
        (Check::Phone, "+442079460958", &["+442079460958"]),
        (Check::Phone, "(030) 123 45 67", &["(030) 123 45 67"]),
        (Check::Card, "4111 1111 1111 1111 12/27", &["4111 1111 1111 1111"]),
        (Check::Card, "card: 5500005555555559", &["5500005555555559"]),
        (Check::Card, "3782-822463-10005", &["3782-822463-10005"]),
        (Check::Card, "no. 17: 6011000990139424", &["6011000990139424"]),
        (Check::Card, "30569309025904", &["30569309025904"]),
        (Check::Card, "3530111333300000", &["3530111333300000"]),
        (Check::Iban, "DE89 3704 0044 0532 0130 00 thanks", &["DE89 3704 0044 0532 0130 00"]),
        (Check::Iban, "GB82WEST12345698765432", &["GB82WEST12345698765432"]),
        (Check::Iban, "fr1420041010050500013m02606", &["fr1420041010050500013m02606"]),
        (Check::Iban, "NO93 8601 1117 947.", &["NO93 8601 1117 947"]),
        (Check::Iban, "MT84MALT011000012345MTLCAST001S", &["MT84MALT011000012345MTLCAST001S"]),
        (Check::Iban, "an IBAN: CH9300762011623852957", &["CH9300762011623852957"]),
    ];
    for (check, text, wanted) in rows {
        assert_eq!(found(check, text), wanted, "{check:?} in {text}");
    }
}

#[test]
fn other_numbers_are_left_alone() {
    let rows = [
        (Check::Email, "user@localhost, @name, a@b, .@x.de, x@-a.de, a..b@c, 3 @ 4.5"),
        (Check::Phone, "2026-11-25 and 25.11.2026 and 01.02.2026 12:30"),
        (Check::Phone, "version 10.20.30, IP 192.168.100.200, 1234567890, 3.14159265358979"),
        (Check::Phone, "ISBN 978-3-16-148410-0 and 0-306-40615-2"),
        (Check::Phone, "costs $212 664 7665, id x212-664-7665, 1 000 000 000"),
        (Check::Phone, "+1, +12 345, 100-200-3000 + 5"),
        (Check::Card, "4111 1111 1111 1112 and 1234 5678 9012 3456"),
        (Check::Card, "0000 0000 0000 0000, 4111 1111, x4111111111111111"),
        (Check::Card, "41 11 11 11 11 11 11 11"),
        (Check::Iban, "DE89 3704 0044 0532 0130 01, XX89 3704 0044 0532 0130 00"),
        (Check::Iban, "GB82WEST123456987654321, DE89, AB12"),
    ];
    for (check, text) in rows {
        let found = found(check, text);
        assert!(found.is_empty(), "{check:?} in {text}: {found:?}");
    }
}

#[test]
fn strange_texts_are_read_to_the_end() {
    for text in ["", "@", "+", "é@é", "DE", "(((((", "٣٣٣", "@@@@.@", "日本@日本.jp", "1-", "\u{0}"]
    {
        for (_, check) in Check::NAMES {
            for place in check.places(text) {
                assert!(text.get(place.clone()).is_some(), "{check:?} in {text}: {place:?}");
            }
        }
    }
}
