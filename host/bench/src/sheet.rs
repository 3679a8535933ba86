//! The page of figures of a benchmark of pictures: what the terminal tells.

use pentimento_measure::statistics::Interval;
use pentimento_report::{Axis, Chart, Dot, Part, Series, Sheet, Table, Unit};

use crate::{BenchResult, CategoryResult, words::chance};

/// Lays a result out; `command` is what measures it again.
pub fn sheet(result: &BenchResult, command: &str) -> Sheet {
    let BenchResult { task, recipe, painter, seeds, .. } = result;
    let lead = format!(
        "Painter: {painter}. Every prompt was painted with {} seeds. Pictures are scored against what \
         is really in them, which nobody in the loop sees; intervals are 95 % bootstrap intervals over \
         prompts.",
        seeds.len()
    );
    Sheet {
        title: format!("{recipe} on {task}"),
        lead: vec![lead],
        parts: vec![right(result), rounds(result)],
        command: command.to_owned(),
    }
}

fn right(result: &BenchResult) -> Part {
    let mut head = vec!["category", "prompts", "before", "in the end", "95 %", "flips"];
    let against = result.against.as_deref();
    head.extend(against);
    head.extend(against.map(|_| "95 %"));
    let row = |line: &CategoryResult| {
        let mut cells = vec![
            line.name.clone(),
            line.prompts.to_string(),
            one(line.before),
            one(line.right.mean),
            between(line.right),
            one(line.flips),
        ];
        cells.extend(line.against.map(|other| one(other.mean)));
        cells.extend(line.against.map(between));
        cells
    };
    let mut words = Vec::new();
    if let (Some(compared), Some(other)) = (&result.comparison, against) {
        words.push(format!(
            "Gain over {other}: {:+.1} points (95 % {:+.1} to {:+.1}). Prompts with more seeds right for {}: \
             {}, for {other}: {}; McNemar's exact test over these prompts: {}.",
            100.0 * compared.gain.mean,
            100.0 * compared.gain.low,
            100.0 * compared.gain.high,
            result.recipe,
            compared.ahead,
            compared.behind,
            chance(compared.mcnemar_p),
        ));
    }
    let rows = result.categories.iter().map(row).collect();
    let head = head.into_iter().map(str::to_owned).collect();
    let heading = "Right pictures, in percent".to_owned();
    Part { heading, words, table: Table { head, rows }, charts: Vec::new() }
}

fn rounds(result: &BenchResult) -> Part {
    let series = result.categories.iter().map(|line| {
        let shares = std::iter::once(line.before).chain(line.after.iter().copied());
        let dot = |(round, percent): (u32, f64)| Dot {
            x: f64::from(round),
            y: percent / 100.0,
            ends: None,
        };
        Series { name: line.name.clone(), dots: (0..).zip(shares).map(dot).collect() }
    });
    let series: Vec<Series> = series.collect();
    let (overall, categories) =
        series.split_last().map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
    let chart = |title: &str, series: Vec<Series>| Chart {
        title: title.to_owned(),
        note: "Round 0 is before any correction.".to_owned(),
        x: Axis::of("round", Unit::Count),
        y: Axis::shares("right"),
        series,
        diagonal: false,
    };
    // Four series can be told apart.
    let mut charts: Vec<Chart> =
        overall.map(|one| chart("All pictures by round", vec![one.clone()])).into_iter().collect();
    charts.extend(categories.chunks(4).map(|some| chart("By round and category", some.to_vec())));
    Part { heading: "By round".to_owned(), charts, ..Part::default() }
}

fn one(percent: f64) -> String {
    format!("{percent:.1}")
}

fn between(interval: Interval) -> String {
    format!("{}–{}", one(interval.low), one(interval.high))
}
