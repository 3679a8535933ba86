use super::*;
use crate::providers::UserOptions;

fn prices(text: &str) -> Prices {
    toml::from_str(text).unwrap()
}

fn painter() -> Binding {
    Binding { provider: "openai".to_owned(), model: "p".to_owned() }
}

fn dollars(text: &str) -> Bounds {
    Bounds { money: Some(text.parse().unwrap()), ..Bounds::NONE }
}

#[test]
fn an_amount_is_what_was_typed() {
    for (typed, money) in
        [("2", "2.00"), ("0.04", "0.04"), ("\"0.040\"", "0.04"), ("1e-7", "0.0000001")]
    {
        let options: BudgetOptions = toml::from_str(&format!("usd = {typed}")).unwrap();
        assert_eq!(options.usd.unwrap().0.to_string(), money, "{typed}");
    }
    for bad in ["-1", "-0.5", "nan", "inf", "\"$2\"", "true", "1e-12", "1e30"] {
        assert!(toml::from_str::<BudgetOptions>(&format!("usd = {bad}")).is_err(), "{bad}");
    }
}

#[test]
fn an_unknown_price_is_told_only_where_money_is_bounded() {
    let nothing = prices("");
    assert_eq!(picture(&nothing, &painter(), &Bounds::NONE).unwrap().most("x").money, Money::ZERO);
    let error = picture(&nothing, &painter(), &dollars("1")).unwrap_err();
    assert!(error.to_string().contains("`openai/p`"), "{error}");
    assert!(error.hint().unwrap().contains("\"openai/p\" = {"), "{:?}", error.hint());
}

#[test]
fn the_line_of_a_model_is_stronger_than_that_of_its_provider() {
    let prices = prices("\"openai/*\" = { image = 1 }\n\"openai/p\" = { image = 0.04 }");
    let quote = picture(&prices, &painter(), &dollars("1")).unwrap();
    assert_eq!(quote.most("x").money.to_string(), "0.04");
    let other = Binding { model: "q".to_owned(), ..painter() };
    assert_eq!(
        picture(&prices, &other, &dollars("1")).unwrap().most("x").money.to_string(),
        "1.00"
    );
}

/// What is said to be missing of a line, where money is bounded.
fn missing(result: Result<(), AppError>) -> String {
    result.map_or_else(
        |error| format!("{error} {}", error.hint().unwrap()),
        |()| "nothing".to_owned(),
    )
}

/// A line, and what is said to be missing for a painter, a seer, a writer and an embedder.
const LINES: [[&str; 5]; 10] = [
    ["", "{ image = … }", "{ input = …, output = … }", "{ input = …, output", "{ input = … }"],
    [
        "\"openai/p\" = {}",
        "add `image = …`",
        "add `input = …, output = …`",
        "add `input = …, output = …`",
        "add `input = …`",
    ],
    [
        "\"openai/p\" = { input = 2 }",
        "add `output = …`",
        "add `output = …`",
        "add `output = …`",
        "nothing",
    ],
    [
        "\"openai/p\" = { output = 2 }",
        "add `input = …`",
        "add `input = …`",
        "add `input = …`",
        "add `input = …`",
    ],
    [
        "\"openai/p\" = { image = 2 }",
        "nothing",
        "add `input = …, output = …`",
        "add `input",
        "add `input = …`",
    ],
    [
        "\"openai/p\" = { tokens-per-image = 10 }",
        "add `input = …, output = …`",
        "add `input",
        "add `input",
        "add `input",
    ],
    [
        "\"openai/p\" = { image = 2, output = 1 }",
        "add `input = …`",
        "add `input",
        "add `input",
        "add `input",
    ],
    [
        "\"openai/p\" = { input = 2, output = 1 }",
        "tokens-per-image",
        "tokens-per-image",
        "nothing",
        "nothing",
    ],
    ["\"openai/p\" = { input = 0, output = 0 }", "nothing", "nothing", "nothing", "nothing"],
    [
        "\"openai/p\" = { input = 2, output = 1, tokens-per-image = 9 }",
        "nothing",
        "nothing",
        "nothing",
        "nothing",
    ],
];

#[test]
fn a_line_without_a_price_that_calls_are_charged_by_bounds_nothing() {
    let model = painter();
    for [typed, pictures, sight, texts, vectors] in LINES {
        let (prices, dollars) = (prices(typed), dollars("1"));
        let told = missing(picture(&prices, &model, &dollars).map(drop));
        assert!(told.contains(pictures), "{typed}: a painter: {told}");
        for (reads, expected) in
            [(Reads::Pictures, sight), (Reads::Words, texts), (Reads::Vectors, vectors)]
        {
            let told = missing(words(&prices, &model, &dollars, reads).map(drop));
            assert!(told.contains(expected), "{typed}: {reads:?}: {told}");
            assert!(words(&prices, &model, &Bounds::NONE, reads).is_ok(), "{typed}");
        }
        assert!(picture(&prices, &model, &Bounds::NONE).is_ok(), "{typed}");
    }
}

#[test]
fn what_nobody_priced_costs_what_nobody_knows() {
    let chat = Chat::ask("x", 10, pentimento_model::Seed(1));
    for (typed, known) in [
        ("", false),
        ("\"openai/p\" = { input = 2 }", false),
        ("\"openai/p\" = { input = 0, output = 0 }", true),
    ] {
        let quote = words(&prices(typed), &painter(), &Bounds::NONE, Reads::Words).unwrap();
        let spent = quote.of(Some(Usage::of_tokens(5, 5)), &chat);
        assert_eq!((spent.money, spent.unpriced), (Money::ZERO, u32::from(!known)), "{typed}");
        assert_eq!(quote.most(&chat).unpriced, spent.unpriced, "{typed}");
    }
    // By the token, and neither the server nor the user tells how many.
    let typed = prices("\"openai/p\" = { input = 1, output = 1 }");
    let quote = picture(&typed, &painter(), &Bounds::NONE).unwrap();
    assert_eq!(quote.of(Usage::PICTURE, "x"), Spending::unpriced(Usage::PICTURE));
    let counted = Usage { output_tokens: 1_000_000, ..Usage::PICTURE };
    assert_eq!(quote.of(counted, "x").money.to_string(), "1.00");
}

#[test]
fn lines_of_nobody_are_told() {
    for bad in ["*", "sp", "/x", "x/", "*/x"] {
        let error = check(&prices(&format!("{bad:?} = {{ image = 1 }}"))).unwrap_err();
        assert!(error.to_string().contains("names no provider and model"), "{bad}: {error}");
        assert!(error.hint().unwrap().contains("PROVIDER/*"), "{bad}");
    }
    assert!(check(&prices("\"openai/*\" = {}\n\"a/b/c\" = {}")).is_ok());
    let none = UserOptions::default();
    let providers = Providers::settle(&none, &none, &|_| None).unwrap();
    let told = of_nobody(&prices("\"nope/x\" = {}\n\"openai/x\" = {}"), &providers);
    assert_eq!(told, ["the price of `nope/x` is nobody's: there is no provider `nope`"]);
    for typed in ["openai/P", "OPENAI/P"] {
        let line = format!("\"{typed}\" = {{ image = 1 }}");
        let near = picture(&prices(&line), &painter(), &dollars("1")).unwrap_err().hint().unwrap();
        assert!(near.starts_with(&format!("did you mean `{typed}`?")), "{near}");
    }
}

#[test]
fn a_painter_paid_by_the_token_needs_a_bound_on_them() {
    let bare = prices("\"openai/p\" = { input = 5, output = 40 }");
    let error = picture(&bare, &painter(), &dollars("1")).unwrap_err();
    assert!(error.hint().unwrap().contains("tokens-per-image"), "{error}");
    assert!(picture(&bare, &painter(), &Bounds::NONE).is_ok());
    let whole = prices("\"openai/p\" = { input = 5, output = 40, tokens-per-image = 1000 }");
    let quote = picture(&whole, &painter(), &dollars("1")).unwrap();
    let most = quote.most("x");
    assert!(most.money >= "0.04".parse().unwrap(), "{most:?}");
    let real = quote.of(Usage { output_tokens: 272, input_tokens: 9, ..Usage::PICTURE }, "x");
    assert!(real.money <= most.money && real.money > Money::ZERO);
    assert_eq!(quote.of(Usage::PICTURE, "x"), most, "a server that does not count");
}
