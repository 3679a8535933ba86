//! Answers as models write them: which are the same, and which are not.

use proptest::prelude::*;

use super::*;

/// Both ways, and as votes.
#[track_caller]
fn check(one: &str, other: &str, alike: bool) {
    for (one, other) in [(one, other), (other, one)] {
        assert_eq!(same(one, other), alike, "{one} and {other}");
        let kinds = Kinds::of([one, other]);
        assert_eq!(kinds.at(0) == kinds.at(1), alike, "{one} and {other}, as votes");
    }
}

#[test]
fn the_same_answer_in_another_form_is_the_same() {
    for (one, other) in [
        ("18", "18.0"),
        ("$1,200.00", "1200 dollars"),
        ("-3", "The answer is -3."),
        ("0", "-0"),
        ("Paris", " paris. "),
        ("(B)", "b"),
        ("ant bee cat", "Ant, bee, cat"),
        ("1.2 million", "1,200,000 people"),
    ] {
        check(one, other, true);
    }
    for (one, other) in [
        ("18", "81"),
        ("3", "-3"),
        ("3/4", "3"),
        ("5-3", "5 3 2"),
        ("route66", "66"),
        ("In 1914, as everybody knows, a great war began.", "1914"),
        ("bee ant", "ant bee"),
        ("18", "18 thousand"),
    ] {
        check(one, other, false);
    }
}

/// Sentences as models write them: what is final in each is one vote with the bare answer.
#[test]
fn an_answer_in_a_sentence_is_one_vote_with_the_bare_one() {
    for (sentence, bare) in [
        ("The answer is 42.", "42"),
        ("So the answer is: 42 apples. I checked it twice.", "42"),
        ("After all 3 days of work, the final answer is **$1,200.50**.", "1200.5"),
        (
            "Janet sells 16 - 3 - 4 = 9 duck eggs a day.\nShe makes 9 * 2 = 18 dollars.\n#### 18",
            "18",
        ),
        ("Hence \\boxed{42}.", "42"),
        ("The value is \\boxed{\\text{north}} of here", "north"),
        ("Since he bought 3 boxes with 4 eggs in each of them, Tom has 12 eggs.", "12"),
        ("Altogether, Tom and Ann and all of their friends have a total of 12 eggs.", "12"),
        ("The total number of eggs in all of the boxes that Tom has is 12.", "12"),
        ("3 boxes with 4 eggs in each of them make 3 * 4 = 12 eggs", "12"),
        (
            "The train's average speed over the whole of the distance was about 80 miles per hour.",
            "80",
        ),
        ("The answer is Paris.", "paris"),
        ("Therefore the answer is the Eiffel Tower", "Eiffel tower"),
        ("The answer is (B).", "B"),
        ("Answer: yes", "Yes."),
        ("The answer is St. Petersburg", "St Petersburg"),
        ("The answer is 3/4.", "3/4"),
        ("She lives in the old house by a river.", "she lives in old house by river"),
        (
            "The cat sat on the mat, and nobody minded it at all!",
            "A cat sat on a mat and nobody minded it at all",
        ),
    ] {
        check(sentence, bare, true);
    }
    let votes =
        ["The answer is 42.", "42", "So it is 42 in all.", "43", "The answer is 43, I think."];
    assert_eq!(Kinds::of(votes).count(), [(0, 3), (3, 2)]);
}

#[test]
fn sentences_that_say_other_things_are_other_votes() {
    for (one, other) in [
        ("The answer is 42.", "The answer is 24."),
        ("The answer is A.", "The answer is B."),
        ("A, C", "C"),
        ("vitamin A deficiency", "vitamin deficiency"),
        ("The answer is not known.", "The answer is known."),
        ("Tom has between 10 and 12 eggs in the boxes that he bought there.", "12"),
        ("The war that everybody in the room still talked about began in 1914.", "1914"),
        ("Of the 12 eggs that were in the boxes in the morning none is left.", "12"),
        ("the", ""),
        ("answer:", "answer: 7"),
    ] {
        check(one, other, false);
    }
    for odd in [
        "",
        "####",
        "\\boxed{",
        "\\boxed{}",
        "answer is",
        "答案是 42。",
        "ANSWER IS É",
        "…answer:…",
    ] {
        same(odd, "");
    }
}

#[test]
fn the_same_sentence_is_the_same_and_a_sign_makes_another() {
    assert_eq!(plain("She  wrote notes."), plain("she wrote notes"));
    assert_ne!(plain("5 - 8 = -3"), plain("5 - 8 = 3"));
    assert_ne!(plain("3 + 4 = 12"), plain("3 * 4 = 12"));
}

#[test]
fn the_heaviest_answer_wins_and_the_first_of_equals() {
    let kinds = Kinds::of(["7", "8", "7.0", "9"]);
    let weights = [0.5, 0.9, 0.5, 1.0];
    assert_eq!(heaviest(&kinds.weigh(|place| weights[place])), Some(0));
    assert_eq!(heaviest(&Kinds::of([]).weigh(|_| 1.0)), None);
}

#[test]
fn votes_are_counted_in_the_order_of_the_first_of_each() {
    let kinds = Kinds::of(["7", "8", "7.0", "seven"]);
    assert_eq!(kinds.count(), [(0, 2), (1, 1), (3, 1)]);
}

#[test]
fn what_a_number_is_a_number_of_and_every_sign_make_another_answer() {
    for (one, other) in [
        ("less than 10", "more than 10"),
        ("less than 10", "10"),
        ("at least 5", "at most 5"),
        ("no more than 5", "more than 5"),
        ("5 or more", "5"),
        ("10+", "10"),
        ("5 am", "5 pm"),
        ("5 a.m.", "5 p.m."),
        ("<", ">"),
        ("%", "$"),
        ("x < 2", "x > 2"),
        ("x < 2", "x = 2"),
        ("x <= 2", "2"),
        ("x + y", "x - y"),
        ("(1 + 2) * 3", "1 + (2 * 3)"),
        ("[0, 1)", "(0, 1]"),
        ("C++", "C#"),
        ("C++", "C"),
        ("1 hour", "1 minute"),
        ("5 km", "5 m"),
        ("5km", "5m"),
        ("1,5", "15"),
        ("1,500", "1,5"),
        ("€5", "$5"),
        ("It is €5.", "It is $5."),
        ("\u{2212}5", "5"),
        ("\u{2013}5", "5"),
        ("x = \u{2212}5", "x = 5"),
        ("minus 5", "5"),
        ("-$5", "$5"),
        (".5", "5"),
        ("1e5", "1"),
        ("2x", "2"),
        ("5\u{b2}", "5"),
        ("May 5", "June 5"),
        ("5 boys", "5 girls"),
        ("1.2.3", "123"),
        ("10\u{2013}12", "10 12"),
        ("It is not 5", "5"),
        ("\\boxed{\\frac{1}{2}}", "\\boxed{\\frac{1}{3}}"),
        ("\u{1f44d}", "\u{1f44e}"),
        ("x^2", "x2"),
        ("5 m/s", "5 km/h"),
        ("12:30", "12.30"),
        ("5 5", "55"),
        ("+", "-"),
        ("price \u{2191}", "price \u{2193}"),
    ] {
        check(one, other, false);
    }
}

#[test]
fn how_a_number_is_written_makes_no_difference() {
    let eighteen = [
        "18",
        "18.0",
        "18.00",
        "**18**",
        "\\boxed{18}",
        "The answer is 18.",
        "$18",
        "18 dollars",
        "18 USD",
        "$18.00",
        "It is $18.",
        "\u{ff11}\u{ff18}",
        "\u{a0}18\u{a0}",
        "+18",
        "USD 18",
        "\\$18",
        "$18$",
        "18 \\text{ dollars}",
    ];
    for one in eighteen {
        check(one, "18", true);
        check(one, "18 dollars", true);
    }
    assert_eq!(Kinds::of(eighteen).count().len(), 1);
    for (one, other) in [
        ("1,000", "1000"),
        ("1 000", "1000"),
        ("1\u{202f}000", "1,000.0"),
        ("1.000.000", "1,000,000"),
        ("1,5", "1.5"),
        ("\u{2212}5", "-5"),
        ("\u{2013}5", "-5"),
        ("-$5", "\u{2212}5 dollars"),
        ("minus 5", "-5"),
        ("5 km", "5 kilometers"),
        ("5km", "5 km"),
        ("5 a.m.", "5 AM"),
        ("50%", "50 percent"),
        ("60 mph", "60 miles per hour"),
        ("18 eggs", "18 duck eggs"),
        ("1 hour", "It is 1 hr."),
        ("x = 5", "5"),
        ("x \u{2264} 2", "x <= 2"),
        ("3 \u{d7} 4", "3 * 4"),
        ("less than 10", "Less than 10."),
        ("2 dozen", "24"),
        ("- 18", "18"),
        ("~18", "about 18"),
        ("=> 18", "18"),
        ("\u{2192} 18", "18"),
        ("A)", "(A)"),
        ("18 (eighteen)", "18"),
        ("$1.5 million", "1,500,000 dollars"),
    ] {
        check(one, other, true);
    }
}

#[test]
fn what_latex_does_to_a_number_and_the_brackets_of_a_pair_make_another_answer() {
    for (one, other) in [
        ("\\sqrt{2}", "2"),
        ("2\\sqrt{3}", "2\\sqrt{5}"),
        ("\\sin 2", "2"),
        ("\\log_2 8", "8"),
        ("\\overline{3}", "3"),
        ("0.3\\ldots", "0.3"),
        ("\\pm 5", "5"),
        ("\\leq 5", "5"),
        ("\\leq 5", "\\geq 5"),
        ("\\neq 5", "5"),
        ("-\\infty", "\\infty"),
        ("-\u{221e}", "\u{221e}"),
        ("-\\sqrt{2}", "\\sqrt{2}"),
        ("-\\$5", "\\$5"),
        ("2\\pi", "2"),
        ("2 \u{3c0}", "2"),
        ("x_2", "2"),
        ("x_2", "x_3"),
        ("(1,2)", "1.2"),
        ("(1,2)", "(2,1)"),
        ("[0,1]", "(0,1)"),
        ("[0, 1]", "[0, 1)"),
        ("(-\\infty, 3)", "(-\\infty, 3]"),
        ("\u{664}\u{662}", "\u{664}\u{663}"),
    ] {
        check(one, other, false);
    }
}

#[test]
fn latex_and_other_digits_write_the_same_number() {
    for (one, other) in [
        ("1{,}000", "1000"),
        ("12,\\!345", "12345"),
        ("\u{664}\u{662}", "42"),
        ("\u{96a}\u{968} km", "42 km"),
        ("90^\\circ", "90 degrees"),
        ("90^{\\circ}", "90\u{b0}"),
        ("\\sqrt{2}", "\u{221a}2"),
        ("2\\pi", "2 \u{3c0}"),
        ("x \\leq 2", "x <= 2"),
        ("\\approx 5", "about 5"),
        ("\\pm 5", "\u{b1}5"),
        ("x_{2}", "x_2"),
        ("(1,2)", "(1, 2)"),
        ("\\left(1,2\\right)", "(1, 2)"),
        ("[0,1)", "[0, 1)"),
        ("[1, 2, 3]", "1, 2, 3"),
        ("(1,000)", "1000"),
    ] {
        check(one, other, true);
    }
}

#[test]
fn a_fraction_is_one_answer_however_it_is_written() {
    let three_quarters = [
        "3/4",
        "3 / 4",
        "\\frac{3}{4}",
        "\\dfrac{3}{4}",
        "\\tfrac34",
        "$\\frac{3}{4}$",
        "\\(\\frac{3}{4}\\)",
        "\\boxed{\\frac{3}{4}}",
        "\\boxed{\\dfrac{3}{4}\\text{ cups}}",
        "The answer is \\frac{3}{4}.",
        "x = \\frac{3}{4}",
        "(3/4)",
        "3\u{2044}4",
        "\u{be}",
        "\u{be} cups",
        "3/4 \\text{ cups}",
        "0.75",
        "0.75 cups",
    ];
    for one in three_quarters {
        for other in three_quarters {
            check(one, other, true);
        }
    }
}

#[test]
fn fractions_of_other_worth_are_other_answers_and_so_is_what_is_calculated_with_one() {
    for (one, other) in [
        ("1\\frac{3}{4}", "1 3/4"),
        ("1\u{be}", "7/4"),
        ("-1\\frac{1}{2}", "-1.5"),
        ("\\frac{a}{b}", "a/b"),
        ("\\frac{2}{4}", "2/4"),
        ("\\frac{2}{4} \\text{ cups}", "2/4"),
        ("\\text{3}", "3"),
        ("$18$", "18 eggs"),
        ("The answer is $x + y$.", "x + y"),
    ] {
        check(one, other, true);
    }
    for (one, other) in [
        ("3/4", "4/3"),
        ("3/4", "-3/4"),
        ("3/4", "34"),
        ("3/4", "1 3/4"),
        ("1\\frac{3}{4}", "13/4"),
        ("2/4", "1/2"),
        ("page 2/4", "page 1/2"),
        ("1/3", "0.333"),
        ("(3/4)x", "3/4"),
        ("\\frac{3}{4}x", "\\frac{3}{4}"),
        ("\\frac{3}{4x}", "\\frac{3}{4}x"),
        ("\\frac{a + 1}{2}", "a + 1/2"),
        ("5 - \\frac{3}{4}", "3/4"),
        ("1/2/2024", "1/2"),
        ("9/11/2001", "9/11"),
        ("3/0", "3"),
        ("3/4 cups", "3/4 spoons"),
        ("less than 3/4", "3/4"),
        ("\\sqrt{\\frac{3}{4}}", "3/4"),
        ("2^{3/4}", "3/4"),
    ] {
        check(one, other, false);
    }
}

#[test]
fn a_bare_number_joins_the_only_unit_and_stands_alone_among_several() {
    for (answers, kinds) in [
        (&["5", "5 km", "5"][..], &[0, 0, 0][..]),
        (&["5 km", "5", "5 m"], &[0, 1, 2]),
        (&["5 m", "5 km", "5 m", "5", "5"], &[0, 1, 0, 3, 3]),
        (&["18 eggs", "18", "18 duck eggs", "18 per day"], &[0, 1, 0, 3]),
        (&["18 eggs", "18 eggs per day", "18 per day", "18"], &[0, 0, 0, 0]),
        (&["less than 10", "more than 10", "more than 10", "more than 10"], &[0, 1, 1, 1]),
    ] {
        assert_eq!(Kinds::of(answers.iter().copied()), Kinds::from(kinds), "{answers:?}");
    }
}

proptest! {
    /// The vote needs one relation for all answers, whatever the order in which they were given.
    #[test]
    fn being_the_same_does_not_depend_on_the_order(
        answers in prop::collection::vec("(less than )?[56]( ?(km|m|km per day|per day))?", 0..6),
    ) {
        let texts = || answers.iter().map(String::as_str);
        let (forth, back) = (Kinds::of(texts()), Kinds::of(texts().rev()));
        let last = answers.len();
        for (one, other) in (0..last).flat_map(|one| (0..last).map(move |other| (one, other))) {
            let alike = forth.at(one) == forth.at(other);
            prop_assert_eq!(alike, back.at(last - 1 - one) == back.at(last - 1 - other));
            // `18 eggs` and `18 per day` are one where somebody says `18 eggs per day`.
            let both = |full: &String| same(&answers[one], full) && same(full, &answers[other]);
            prop_assert!(!alike || answers.iter().any(both));
        }
    }

    #[test]
    fn every_answer_is_the_same_as_itself(answer in "\\PC{0,30}") {
        prop_assert!(Form::of(&answer).is_like(&Form::of(&answer)));
    }
}
