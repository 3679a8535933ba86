//! What was measured, beside what was promised.

use std::{fmt, time::Duration};

use comfy_table::{CellAlignment, Table, presets::NOTHING};

/// A figure.
#[derive(Clone, Copy)]
pub(crate) enum Figure {
    Time(Duration),
    Ratio(f64),
    PerSecond(f64),
    Bytes(i64),
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => write!(formatter, "{}", Rounded(*time)),
            Self::Ratio(ratio) => write!(formatter, "{ratio:.3} x"),
            Self::PerSecond(rate) => write!(formatter, "{rate:.0} /s"),
            #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
            Self::Bytes(bytes) => write!(formatter, "{:.1} MiB", *bytes as f64 / 1_048_576.0),
        }
    }
}

/// A time with three digits.
struct Rounded(Duration);

impl fmt::Display for Rounded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs_f64();
        let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
        let found = units.into_iter().find(|(unit, _)| seconds >= *unit);
        let (unit, name) = found.unwrap_or((1e-9, "ns"));
        let digits = usize::from(seconds / unit < 100.0) + usize::from(seconds / unit < 10.0);
        write!(formatter, "{:.digits$} {name}", seconds / unit)
    }
}

/// What was promised of a figure.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    AtMost(Figure),
    AtLeast(Figure),
    /// Nothing: the figure is there to compare with.
    None,
}

impl Bar {
    fn is_kept_by(self, figure: Figure) -> Option<bool> {
        let kept =
            |wanted: Figure, order: fn(f64, f64) -> bool| order(figure.value(), wanted.value());
        match self {
            Self::AtMost(most) => Some(kept(most, |one, other| one <= other)),
            Self::AtLeast(least) => Some(kept(least, |one, other| one >= other)),
            Self::None => None,
        }
    }
}

impl Figure {
    #[expect(clippy::cast_precision_loss, reason = "bytes of one process")]
    fn value(self) -> f64 {
        match self {
            Self::Time(time) => time.as_secs_f64(),
            Self::Ratio(value) | Self::PerSecond(value) => value,
            Self::Bytes(bytes) => bytes as f64,
        }
    }
}

/// All figures, in the order in which they were measured.
pub(crate) struct Figures {
    table: Table,
    pub(crate) missed: usize,
}

impl Figures {
    pub(crate) fn new() -> Self {
        let mut table = Table::new();
        table.load_style(NOTHING).set_header(["what", "measured", "promised", ""]);
        for column in [1, 2] {
            table.column_mut(column).unwrap().set_cell_alignment(CellAlignment::Right);
        }
        Self { table, missed: 0 }
    }

    pub(crate) fn add(&mut self, what: &str, figure: Figure, bar: Bar) {
        let promised = match bar {
            Bar::AtMost(most) => format!("≤ {most}"),
            Bar::AtLeast(least) => format!("≥ {least}"),
            Bar::None => String::new(),
        };
        let kept = bar.is_kept_by(figure);
        self.missed += usize::from(kept == Some(false));
        let verdict = kept.map_or("", |kept| if kept { "kept" } else { "MISSED" });
        self.table.add_row([what, &figure.to_string(), &promised, verdict]);
    }

    /// A figure that there is none of.
    pub(crate) fn not_run(&mut self, what: &str, why: &str) {
        self.table.add_row([what, "not run", "", why]);
    }

    pub(crate) fn time(&mut self, what: &str, time: Duration) {
        self.add(what, Figure::Time(time), Bar::None);
    }

    pub(crate) fn time_at_most(&mut self, what: &str, time: Duration, most: Duration) {
        self.add(what, Figure::Time(time), Bar::AtMost(Figure::Time(most)));
    }

    pub(crate) fn ratio(&mut self, what: &str, ratio: f64) {
        self.add(what, Figure::Ratio(ratio), Bar::None);
    }

    pub(crate) fn ratio_at_most(&mut self, what: &str, ratio: f64, most: f64) {
        self.add(what, Figure::Ratio(ratio), Bar::AtMost(Figure::Ratio(most)));
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table.fmt(formatter)
    }
}
