//! A line chart as places: where axes, ticks, lines, whiskers and marks go. Colors are the style
//! sheet's business, and drawing is the template's.
//!
//! Lengths are in drawing units. A series is told apart by its mark as well as by its color.

use serde::Serialize;

/// The drawing, and the place that axes and their words take at its edges.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 46.0;
/// About so many ticks on an axis.
const TICKS: f64 = 5.0;
/// How far the points of two series at one place stand apart, so that no whisker hides another.
const APART: f64 = 5.0;

/// What an axis measures, which settles how its numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole things.
    Count,
    /// Shares from 0 to 1, written in percent.
    Share,
    /// Grades and differences of grades.
    Grade,
}

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it says beside it.
    pub label: String,
    /// What its numbers are.
    pub unit: Unit,
    /// From where to where; as far as the points go if absent.
    pub range: Option<(f64, f64)>,
}

impl Axis {
    /// An axis as far as its points go.
    pub fn of(label: &str, unit: Unit) -> Self {
        Self { label: label.to_owned(), unit, range: None }
    }

    /// Shares, from none to all.
    pub fn shares(label: &str) -> Self {
        Self { range: Some((0.0, 1.0)), ..Self::of(label, Unit::Share) }
    }
}

/// A point, with its interval if it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where on the axis along.
    pub x: f64,
    /// Where on the axis up.
    pub y: f64,
    /// The interval's ends.
    pub ends: Option<(f64, f64)>,
}

/// Points that belong together, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// The points.
    pub dots: Vec<Dot>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it shows, in a few words.
    pub title: String,
    /// What one should see in it, or know of it; may be empty.
    pub note: String,
    /// Along.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// What is drawn.
    pub series: Vec<Series>,
    /// A line from corner to corner, where both axes would agree.
    pub diagonal: bool,
}

/// A chart, placed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Placed {
    width: f64,
    height: f64,
    title: String,
    note: String,
    x: PlacedAxis,
    y: PlacedAxis,
    /// Left, right, top and bottom of the field that points lie in.
    field: [f64; 4],
    diagonal: bool,
    series: Vec<PlacedSeries>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct PlacedAxis {
    label: String,
    ticks: Vec<(f64, String)>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct PlacedSeries {
    name: String,
    /// The points of the line through all dots.
    line: String,
    dots: Vec<PlacedDot>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct PlacedDot {
    x: f64,
    y: f64,
    ends: Option<(f64, f64)>,
    /// What one reads when pointing at it, and in the table below: along, up, the interval.
    words: [String; 3],
}

impl Chart {
    /// Settles where everything goes. What is no number is left out.
    pub(crate) fn placed(&self) -> Placed {
        let dots =
            || self.series.iter().flat_map(|series| &series.dots).filter(|dot| dot.is_whole());
        let x = Scale::of(&self.x, dots().map(|dot| dot.x), (LEFT, WIDTH - RIGHT));
        let heights = dots().flat_map(|dot| {
            let (low, high) = dot.ends.unwrap_or((dot.y, dot.y));
            [dot.y, low, high]
        });
        let y = Scale::of(&self.y, heights, (HEIGHT - BOTTOM, TOP));
        let placed = |(number, series): (usize, &Series)| self.series(series, number, &x, &y);
        Placed {
            width: WIDTH,
            height: HEIGHT,
            title: self.title.clone(),
            note: self.note.clone(),
            field: [LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM],
            diagonal: self.diagonal,
            series: self.series.iter().enumerate().map(placed).collect(),
            x: x.axis(&self.x),
            y: y.axis(&self.y),
        }
    }

    fn has_whiskers(&self) -> bool {
        self.series.iter().flat_map(|series| &series.dots).any(|dot| dot.ends.is_some())
    }

    fn series(&self, series: &Series, number: usize, x: &Scale, y: &Scale) -> PlacedSeries {
        let off = (float(number) - (float(self.series.len()) - 1.0) / 2.0) * APART;
        let off = if self.has_whiskers() { off } else { 0.0 };
        let dot = |dot: &Dot| {
            let interval = dot.ends.map_or_else(String::new, |(low, high)| {
                format!("{} to {}", written(self.y.unit, low), written(self.y.unit, high))
            });
            PlacedDot {
                x: tenth(x.place(dot.x) + off),
                y: tenth(y.place(dot.y)),
                ends: dot.ends.map(|(low, high)| (tenth(y.place(low)), tenth(y.place(high)))),
                words: [written(self.x.unit, dot.x), written(self.y.unit, dot.y), interval],
            }
        };
        let dots: Vec<_> = series.dots.iter().filter(|one| one.is_whole()).map(dot).collect();
        let line: Vec<_> = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect();
        PlacedSeries { name: series.name.clone(), line: line.join(" "), dots }
    }
}

impl Dot {
    fn is_whole(&self) -> bool {
        let (low, high) = self.ends.unwrap_or((self.y, self.y));
        [self.x, self.y, low, high].iter().all(|number| number.is_finite())
    }
}

/// From an axis' numbers to places on the drawing.
struct Scale {
    /// The numbers at both ends.
    from: (f64, f64),
    /// Their places.
    to: (f64, f64),
    /// The distance of two ticks.
    step: f64,
}

impl Scale {
    /// An axis without a range goes from tick to tick, and is never empty.
    fn of(axis: &Axis, numbers: impl Iterator<Item = f64>, to: (f64, f64)) -> Self {
        let (low, high) = axis.range.unwrap_or_else(|| {
            numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
                (low.min(number), high.max(number))
            })
        });
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        let least = if axis.unit == Unit::Count { 1.0 } else { 0.01 };
        let high = if high - low < least { low + least } else { high };
        let step = nice((high - low) / TICKS).max(if axis.unit == Unit::Count { 1.0 } else { 0.0 });
        let from = match axis.range {
            Some(range) => range,
            None => ((low / step).floor() * step, (high / step).ceil() * step),
        };
        Self { from, to, step }
    }

    fn place(&self, number: f64) -> f64 {
        let share = (number - self.from.0) / (self.from.1 - self.from.0);
        self.to.0 + share.clamp(0.0, 1.0) * (self.to.1 - self.to.0)
    }

    fn axis(&self, axis: &Axis) -> PlacedAxis {
        /// No axis has more, whatever its numbers.
        const MOST_TICKS: u32 = 20;
        let first = (self.from.0 / self.step).ceil();
        let tick = |number: u32| (first + f64::from(number)) * self.step;
        // Half a step's hundredth is what rounding may take away from the last tick.
        let within = |number: &f64| *number <= self.from.1 + self.step / 100.0;
        let ticks = (0..MOST_TICKS).map(tick).take_while(within);
        let ticks = ticks.map(|number| (tenth(self.place(number)), written(axis.unit, number)));
        PlacedAxis { label: axis.label.clone(), ticks: ticks.collect() }
    }
}

/// A step of 1, 2 or 5 times a power of ten (Heckbert, *Nice Numbers for Graph Labels*, 1990).
fn nice(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= step * 0.999);
    times.unwrap_or(10.0) * power
}

/// A number as it is read.
fn written(unit: Unit, number: f64) -> String {
    // No minus stands before nothing.
    let plain = |number: f64| if number == 0.0 { 0.0 } else { number };
    match unit {
        Unit::Count => format!("{:.0}", plain(number.round())),
        Unit::Share => {
            let percent = plain((number * 1000.0).round() / 10.0);
            format!("{percent} %")
        }
        Unit::Grade => format!("{}", plain((number * 100.0).round() / 100.0)),
    }
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[expect(clippy::cast_precision_loss, reason = "a chart has few series")]
const fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(x: Axis, y: Axis, dots: &[(f64, f64)]) -> Placed {
        let dots = dots.iter().map(|(x, y)| Dot { x: *x, y: *y, ends: None }).collect();
        let series = vec![Series { name: "one".to_owned(), dots }];
        let (title, note, diagonal) = (String::new(), String::new(), false);
        Chart { title, note, x, y, series, diagonal }.placed()
    }

    fn labels(axis: &PlacedAxis) -> Vec<&str> {
        axis.ticks.iter().map(|(_, label)| label.as_str()).collect()
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        let counts = Axis::of("rounds", Unit::Count);
        let placed = chart(counts.clone(), Axis::shares("right"), &[(0.0, 0.5), (3.0, 0.9)]);
        assert_eq!(labels(&placed.x), ["0", "1", "2", "3"]);
        assert_eq!(labels(&placed.y), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]);
        let placed = chart(counts, Axis::of("gap", Unit::Grade), &[(10.0, -0.12), (870.0, 0.31)]);
        assert_eq!(labels(&placed.x), ["0", "200", "400", "600", "800", "1000"]);
        assert_eq!(labels(&placed.y), ["-0.2", "-0.1", "0", "0.1", "0.2", "0.3", "0.4"]);
    }

    #[test]
    fn points_lie_in_the_field_and_what_is_no_number_nowhere() {
        let dots = [(0.0, 0.0), (1.0, 1.0), (f64::NAN, 0.5), (2.0, f64::INFINITY)];
        let placed = chart(Axis::of("x", Unit::Grade), Axis::shares("y"), &dots);
        let [left, right, top, bottom] = placed.field;
        let [first, last] = placed.series[0].dots.as_slice() else { panic!("two are numbers") };
        assert_eq!((first.x, first.y), (left, bottom));
        assert_eq!((last.x, last.y), (right, top));
        assert_eq!(placed.series[0].line, format!("{left},{bottom} {right},{top}"));
    }

    #[test]
    fn a_chart_of_nothing_or_of_one_point_still_has_its_axes() {
        for dots in [&[][..], &[(3.0, 0.5)]] {
            let placed = chart(Axis::of("x", Unit::Count), Axis::of("y", Unit::Grade), dots);
            assert!(placed.x.ticks.len() > 1 && placed.y.ticks.len() > 1, "{placed:?}");
            assert_eq!(placed.series[0].dots.len(), dots.len());
        }
    }
}
