//! What questions in words would cost, as `--dry-run` tells it: an estimate, since what is said in a run
//! is told in its later questions.

use std::fmt::Write as _;

use pentimento_app::Words;
use pentimento_model::{Spending, Usage};
use serde_json::{Value, json};

/// Who says how alike texts are reads nothing of earlier rounds, and owes no form.
const EMBEDDER: &str = "embedder";

/// Tells what questions to one model would cost: one of them, and all.
pub(super) fn tell(text: &mut String, words: &Words) {
    let Words { role, model, calls, one, priced, at_most } = words;
    let most = if *at_most { "up to " } else { "" };
    let model = model.strip_prefix("model/").unwrap_or(model);
    let Usage { input_tokens: read, output_tokens: written, .. } = one.usage;
    let again = match *role {
        EMBEDDER => "",
        _ => ", up to twice as many if answers are of no use",
    };
    let _ = writeln!(text, "{most}{calls} questions to {model} ({role}){again}");
    let cost = match (one.usage == Usage::NONE, priced) {
        (true, _) => "  nothing is paid for them".to_owned(),
        (_, true) => {
            let (one, all) = (one.money.told(), words.all().money.told());
            format!(
                "  about {read} tokens read and up to {written} written for each, ${one}; about ${all} \
                 for all of them"
            )
        }
        (_, false) => format!(
            "  about {read} tokens read and up to {written} written for each; the price of `{model}` is \
             not known"
        ),
    };
    let _ = writeln!(text, "{cost}");
    if one.usage != Usage::NONE && *role != EMBEDDER {
        let _ = writeln!(
            text,
            "  (an estimate: questions that tell of earlier rounds read more; a budget is a bound)"
        );
    }
}

/// The same for programs.
pub(super) fn in_json(words: &Words) -> Value {
    let told = |Spending { usage, money, .. }: Spending| {
        json!({
            "input-tokens": usage.input_tokens,
            "output-tokens": usage.output_tokens,
            "usd": words.priced.then(|| money.to_string()),
        })
    };
    json!({
        "role": words.role,
        "model": words.model,
        "calls": words.calls,
        "one": told(words.one),
        "all": told(words.all()),
    })
}
