//! `bench detector`: how well a detector sees photographs that a person marked.

use std::{fmt::Write, num::NonZeroUsize, sync::Arc};

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use pentimento_app::RawOptions;
use pentimento_bench::{
    BenchError,
    photographs::{self, Judged, NAME, PhotographsRequest, PhotographsResult},
};

use super::Flags;
use crate::{
    args::GlobalFlags, commands, exit::Exit, fail::Failure, output, progress::BenchProgress,
};

/// Blanks between two columns of the table, besides the one that joins them.
const GAP: u16 = 2;

/// Has whoever plays the role `detector` look at all of them.
pub(super) fn run(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let folder = flags.words.data.ok_or(BenchError::NoPhotographs { task: NAME })?;
    let settings = commands::settle(RawOptions { painter: None, ..flags.settings.into() })?;
    let detector = pentimento_app::open_detector(&settings)?;
    let request =
        PhotographsRequest { detector, folder, painted: flags.limit.map_or(0, NonZeroUsize::get) };
    let progress =
        Arc::new(BenchProgress::new(photographs::pictures(&request)? as u64, global.quiet));
    let advance = |what: &str| progress.advance(what);
    let result = commands::runtime()?.block_on(photographs::photographs(&request, &advance));
    progress.finish();
    let result = result?;
    output::result(global.format, &text(&result), &result)?;
    Ok(Exit::Done)
}

fn text(result: &PhotographsResult) -> String {
    let PhotographsResult { detector, photographs, objects, .. } = result;
    let photographs = commands::counted(*photographs, "photograph");
    // The digest of its file, which follows, stands in the JSON.
    let name = detector.trim_start_matches("model/").split(' ').next().unwrap_or_default();
    let mut text = format!("{NAME} · {name} · {photographs}\n\n");
    let _ = writeln!(
        text,
        "  objects   {} marked · {} told · {} found · {} misnamed",
        objects.marked, objects.told, objects.found, objects.misnamed
    );
    let _ = writeln!(
        text,
        "  boxes     precision {:.2} · recall {:.2} · box IoU {:.2}\n",
        result.precision, result.recall, result.mean_iou
    );
    text.push_str("  statements, by GenEval's rules: how many are judged rightly\n\n");
    let _ = writeln!(text, "{}", table(&result.statements).trim_fmt());
    if let Some(painted) = result.painted {
        let _ = writeln!(
            text,
            "\n  the closed world: {} pictures · {} objects · precision {:.3} · recall {:.3}",
            painted.pictures, painted.objects, painted.precision, painted.recall
        );
    }
    text
}

fn table(statements: &[Judged]) -> Table {
    let mut table = Table::new();
    let ruled = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
    table
        .load_style(ruled)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(["", "true", "said so", "false", "said so"]);
    for one in statements {
        let [holds, right, fails, refuted] =
            [one.holds, one.holds_right, one.fails, one.fails_right].map(|count| count.to_string());
        table.add_row([one.category.to_owned(), holds, right, fails, refuted]);
    }
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, GAP));
        if number > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
