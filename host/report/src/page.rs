//! The self-contained page: one HTML file, no network, readable without script.
//!
//! The template and its style live in `assets/report/`. Every value is cleaned and escaped on its
//! way into the page, whatever the template says; only our own files are trusted. What is drawn
//! over the pictures is `page/figure.rs`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use minijinja::{
    Environment, Error, Output, State, Value, context, escape_formatter, value::Serde,
};
use pentimento_model::{Artifact, ArtifactId, TimedEvent};
use sha2::{Digest, Sha256};

use crate::{
    ReportError,
    chart::Placed,
    shown,
    summary::{Summary, gap_chart, gap_in_words},
    trace::{Start, Trace},
};
use gallery::Gallery;

mod figure;
mod gallery;
mod label;
mod picture;
mod sheet;

pub use sheet::{Part, Sheet, Table, to_sheet};

const TEMPLATE: &str = include_str!("../../../assets/report/page.html");
const FIGURE: &str = include_str!("../../../assets/report/figure.html");
const ROUND: &str = include_str!("../../../assets/report/round.html");
const STYLE: &str = include_str!("../../../assets/report/page.css");
const PICTURE_STYLE: &str = include_str!("../../../assets/report/picture.css");
const CHART: &str = include_str!("../../../assets/report/chart.html");
const SHEET: &str = include_str!("../../../assets/report/sheet.html");
const CHART_STYLE: &str = include_str!("../../../assets/report/chart.css");
const SCRIPT: &str = include_str!("../../../assets/report/page.js");
const LOGO: &str = include_str!("../../../assets/brand/logo.svg");

/// The longest text the page shows, in characters: some ten screens.
const TEXT_LIMIT: usize = 20_000;

/// The longest idea that still works as a heading, in characters.
const HEADING_LIMIT: usize = 240;

/// Hexadecimal digits of a digest that tell two apart for a person.
const DIGEST_DIGITS: usize = 12;

/// Renders a run as one HTML page. `load` gives an artifact's bytes, or `None` if they are lost;
/// the page then says which picture is missing.
pub fn to_page(
    events: &[TimedEvent],
    load: &dyn Fn(ArtifactId) -> Option<Artifact>,
) -> Result<String, ReportError> {
    let trace = Trace::of(events)?;
    let summary = Summary::of(events)?;
    let gallery = Gallery::of(&trace, load);
    let start = &trace.start;
    let (makers, settings) = ((start.recipe, start.painter), (start.seed, start.budget.rounds));
    let command = shown::command(start.idea, makers, settings, &typed(start));
    let long = start.idea.chars().count() > HEADING_LIMIT;
    let page = environment()?.get_template("page.html")?.render(context! {
        heading => shown::line(start.idea, HEADING_LIMIT),
        whole_idea => long.then_some(start.idea),
        recipe_text => start.recipe_text,
        plugins => Serde(plugins(&summary)),
        went_on => shown::went_on(summary.went_on),
        perhaps_twice => summary.perhaps_twice.as_ref().map(shown::perhaps_twice),
        from_cache => summary.from_cache.as_ref().map(shown::from_cache),
        under_way => summary.under_way.as_ref().map(shown::under_way),
        summary => Serde(&summary),
        gallery => Serde(&gallery),
        gaps => Serde(gaps(&summary)),
        command,
        style => Value::from_safe_string([STYLE, PICTURE_STYLE, CHART_STYLE].concat()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        script_hash => STANDARD.encode(Sha256::digest(SCRIPT)),
        logo => Value::from_safe_string(LOGO.to_owned()),
        icon => STANDARD.encode(LOGO),
    })?;
    Ok(page)
}

/// Of every assessor in shadow mode: what is to be said of it, and its chart.
fn gaps(summary: &Summary) -> Vec<(String, Placed)> {
    let Some(judges) = &summary.judges else { return Vec::new() };
    let told = |apart| {
        let words = gap_in_words(&judges.judge, apart);
        (words, gap_chart(&judges.judge, apart).placed())
    };
    judges.gaps.iter().map(told).collect()
}

/// Flags that name whom the recipe of that name does not name by itself.
fn typed<'t>(start: &Start<'t>) -> [(&'static str, Option<&'t str>); 3] {
    let embedded = pentimento_recipe::embedded().iter().find(|(known, _)| *known == start.recipe);
    let own = |key| embedded.and_then(|(_, text)| named(text, key));
    ["detector", "examiner", "held-out"]
        .map(|key| (key, named(start.recipe_text, key).filter(|name| own(key) != Some(*name))))
}

/// Who a recipe's text names for something: one of its own, or one that was typed.
fn named<'t>(recipe_text: &'t str, key: &str) -> Option<&'t str> {
    let value = |line: &'t str| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"');
    recipe_text.lines().find_map(value)
}

/// Every assessor that answered or broke, as (name, digest), once.
fn plugins(summary: &Summary) -> Vec<(String, String)> {
    let candidates = summary.rounds.iter().flat_map(|round| &round.candidates);
    let assessments = candidates.flat_map(|candidate| &candidate.assessments);
    let short = |digest: &str| digest.chars().take(DIGEST_DIGITS).collect();
    let mut plugins: Vec<_> =
        assessments.map(|given| (given.assessor.clone(), short(&given.digest))).collect();
    plugins.sort();
    plugins.dedup();
    plugins
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_formatter(clean);
    environment.add_filter("counted", |count: usize, noun: &str| shown::counted(count, noun));
    environment.add_filter("dollars", |usd: Option<String>, unpriced: Option<u32>| {
        shown::dollars(usd.as_deref(), unpriced.unwrap_or(0))
    });
    environment.add_filter("time", shown::seconds);
    environment.add_filter("moment", shown::moment);
    environment.add_template("page.html", TEMPLATE)?;
    environment.add_template("figure.html", FIGURE)?;
    environment.add_template("round.html", ROUND)?;
    environment.add_template("chart.html", CHART)?;
    environment.add_template("sheet.html", SHEET)?;
    Ok(environment)
}

/// Cleans every text that is not ours before it is escaped.
fn clean(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            let shown = Value::from(shown::block(text, TEXT_LIMIT));
            escape_formatter(out, state, &shown)
        }
        _ => escape_formatter(out, state, value),
    }
}

#[cfg(test)]
mod tests;
