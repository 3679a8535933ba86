//! What the simulated writer says of statements and the sentences they stand on.
//!
//! A statement is a calculation such as `3 + 4 = 7`. A text supports it if it has every number that the
//! calculation takes from outside; what an earlier statement came to is known. Or it is a fact, which a text
//! supports that says so.

use pentimento_model::Seed;
use serde_json::json;

use super::{Ability, almanac::Hop, asked::Asked, chance::happens};

/// How likely it says that a text supports a statement; `None` if that is not what it was asked.
pub(super) fn likelihood(asked: &Asked, ability: &Ability) -> Option<f64> {
    let statement = asked.block("statement").first()?;
    if asked.form == "citation" {
        return None;
    }
    let context = asked.block("context");
    let held = if let Some((hop, from, to)) = Hop::stated(statement) {
        context.iter().any(|line| hop.told(line, from).as_deref() == Some(to))
    } else {
        let given = numbers(&context.join("\n"));
        wanted(statement, &asked.kept).iter().all(|number| given.contains(number))
    };
    Some(if held { ability.entail } else { 1.0 - ability.entail })
}

/// The numbers of the sentences that it takes a statement to stand on.
pub(super) fn citation(asked: &Asked, ability: &Ability, seed: Seed) -> String {
    let statement = asked.block("statement").first().map(String::as_str).unwrap_or_default();
    let wanted = wanted(statement, &asked.kept);
    let cited = |(at, sentence): (usize, &String)| {
        let (_, said) = sentence.split_once(']').unwrap_or(("", sentence));
        let stands_on = numbers(said).iter().any(|number| wanted.contains(number));
        let noticed = happens(ability.cite, seed, "cite", at);
        (stands_on == noticed).then_some(at + 1)
    };
    let cited: Vec<usize> = asked.block("context").iter().enumerate().filter_map(cited).collect();
    json!({ "numbers": cited }).to_string()
}

/// The numbers that a calculation takes from outside: its operands, without results of those before.
fn wanted(statement: &str, before: &[String]) -> Vec<String> {
    let (operands, _) = statement.rsplit_once(" = ").unwrap_or((statement, ""));
    let result = |line: &String| Some(numbers(line.rsplit_once(" = ")?.1).first()?.clone());
    let known: Vec<String> = before.iter().filter_map(result).collect();
    numbers(operands).into_iter().filter(|number| !known.contains(number)).collect()
}

fn numbers(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calculation_stands_on_the_sentences_with_its_numbers() {
        let before = ["3 + 4 = 7".to_owned()];
        assert_eq!(wanted("7 * 12 = 84", &before), ["12"]);
        assert_eq!(wanted("3 + 4 = 7", &[]), ["3", "4"]);
    }
}
