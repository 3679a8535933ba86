use super::*;

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

#[test]
fn a_painter_paid_by_the_token_needs_a_bound_on_them() {
    let bare = prices("\"openai/p\" = { output = 40 }");
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
