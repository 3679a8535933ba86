//! How expressions are cut.

use super::*;

fn columns(expression: &str) -> Vec<usize> {
    let found = tokens(expression, &mut Budget::new()).unwrap();
    found.iter().map(|placed| placed.column).collect()
}

#[test]
fn columns_count_characters_from_one() {
    let rows: [(&str, &[usize]); 4] = [
        ("", &[1]),
        ("1+2", &[1, 2, 3, 4]),
        ("  12 ≤ 3.5e2", &[3, 6, 8, 13]),
        ("−1 × max(2)", &[1, 2, 4, 6, 9, 10, 11, 12]),
    ];
    for (expression, wanted) in rows {
        assert_eq!(columns(expression), wanted, "{expression}");
    }
}

#[test]
fn an_exponent_needs_digits() {
    let found = tokens("2e", &mut Budget::new()).unwrap();
    assert_eq!(found[1].token, Token::Name("e".into()));
    let found = tokens("2e+1", &mut Budget::new()).unwrap();
    assert_eq!(found[0].token, Token::Number(BigRational::from_integer(20.into())));
}
