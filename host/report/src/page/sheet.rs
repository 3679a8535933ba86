//! A page of figures: tables and charts of what was measured, in one file as self-contained as a
//! run's page.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use minijinja::{Value, context, value::Serde};
use serde::Serialize;

use super::{CHART_STYLE, LOGO, STYLE, environment};
use crate::{
    ReportError,
    chart::{Chart, Placed},
};

/// What stands on such a page, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What was measured.
    pub title: String,
    /// How, in sentences.
    pub lead: Vec<String>,
    /// What came of it.
    pub parts: Vec<Part>,
    /// The command that measures it again; may be empty.
    pub command: String,
}

/// A part of the page under its own heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// In sentences.
    pub words: Vec<String>,
    /// A table; none if it has no head.
    pub table: Table,
    /// Charts, in order.
    pub charts: Vec<Chart>,
}

/// A table. Every row has as many cells as the head.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// The head's cells.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct PlacedPart<'a> {
    heading: &'a str,
    words: &'a [String],
    table: &'a Table,
    charts: Vec<Placed>,
}

/// Renders a page of figures.
pub fn to_sheet(sheet: &Sheet) -> Result<String, ReportError> {
    let placed =
        |part: &'_ Part| -> Vec<Placed> { part.charts.iter().map(Chart::placed).collect() };
    let parts: Vec<_> = sheet
        .parts
        .iter()
        .map(|part| PlacedPart {
            heading: &part.heading,
            words: &part.words,
            table: &part.table,
            charts: placed(part),
        })
        .collect();
    let page = environment()?.get_template("sheet.html")?.render(context! {
        title => &sheet.title,
        lead => &sheet.lead,
        parts => Serde(&parts),
        command => &sheet.command,
        style => Value::from_safe_string([STYLE, CHART_STYLE].concat()),
        logo => Value::from_safe_string(LOGO.to_owned()),
        icon => STANDARD.encode(LOGO),
    })?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, Dot, Series, Unit};

    fn sheet(hostile: &str) -> Sheet {
        let dots = vec![
            Dot { x: 0.0, y: 0.4, ends: Some((0.3, 0.5)) },
            Dot { x: 1.0, y: 0.6, ends: Some((0.5, 0.7)) },
        ];
        let chart = Chart {
            title: hostile.to_owned(),
            note: hostile.to_owned(),
            x: Axis::of("rounds", Unit::Count),
            y: Axis::shares("right"),
            series: vec![Series { name: hostile.to_owned(), dots }],
            diagonal: true,
        };
        let table = Table { head: vec!["a".to_owned()], rows: vec![vec![hostile.to_owned()]] };
        let words = vec![hostile.to_owned()];
        let part = Part { heading: hostile.to_owned(), words, table, charts: vec![chart] };
        Sheet {
            title: hostile.to_owned(),
            lead: vec![hostile.to_owned()],
            parts: vec![part],
            command: hostile.to_owned(),
        }
    }

    #[test]
    fn a_page_of_figures_is_well_formed_and_alone() {
        let page = to_sheet(&sheet("percent right")).unwrap();
        let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
        roxmltree::Document::parse(body).unwrap();
        assert!(
            page.contains("<polyline") && page.contains("40 %") && page.contains("30 % to 50 %")
        );
        assert!(!page.contains("http://") || !page.contains("src=\"http"), "nothing is fetched");
        assert!(!page.contains("<script"));
    }

    #[test]
    fn what_strangers_named_is_shown_and_not_obeyed() {
        let page = to_sheet(&sheet("</svg><script>alert(1)</script>\u{1b}[2J\u{202e}")).unwrap();
        assert!(
            !page.contains("<script") && !page.contains('\u{1b}') && !page.contains('\u{202e}')
        );
        roxmltree::Document::parse(page.strip_prefix("<!DOCTYPE html>\n").unwrap()).unwrap();
    }
}
