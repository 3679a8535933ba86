//! What a line says: the reader's steps, the likeliest character of each, what is said twice once.

use image::{RgbImage, imageops::FilterType};

use super::other;
use crate::{
    error::LocalError,
    graph::{Graph, Input, tensor},
    limits::LINE_COLUMNS,
    pixels,
};

/// A line is so high for the reader, in pixels (`rec_img_shape`).
const HEIGHT: u32 = 48;
/// And at least so wide: what is shorter has gray at its end.
const LEAST_COLUMNS: u32 = 320;

/// The reader's graph, and what its numbers stand for.
pub(super) struct Reader {
    graph: Graph,
    input: Input,
    characters: Vec<String>,
}

impl Reader {
    pub(super) fn read(bytes: Vec<u8>, characters: Vec<String>) -> Result<Self, LocalError> {
        let graph = Graph::read(bytes)?;
        let fits = |side: Option<usize>| side.is_none_or(|side| side == 48);
        let input = graph.only_input().filter(|input| match input.shape[..] {
            [None | Some(1), Some(3), height, None] => fits(height),
            _ => false,
        });
        let input = input.ok_or_else(|| {
            other("the graph in `recognizer` does not take one line: 1 × 3 × 48 × any")
        })?;
        Ok(Self { graph, input, characters })
    }

    /// The text of a line, and the mean probability of its characters: 0 of none.
    pub(super) fn line(&self, picture: &RgbImage) -> Result<(String, f32), LocalError> {
        let shown = level(picture);
        let [columns, rows] =
            [shown.width(), HEIGHT].map(|side| usize::try_from(side).unwrap_or_default());
        let (numbers, columns) = widened(pixels::blue_first(&shown), columns);
        let outputs =
            self.graph.run(vec![(&self.input, tensor(&[1, 3, rows, columns], numbers)?)])?;
        let steps = outputs.into_iter().find_map(|output| {
            let ([1, _, count], numbers) = output.into_shape_vec::<f32, 3>().ok()? else {
                return None;
            };
            Some((count, numbers))
        });
        let (count, steps) = steps.ok_or_else(|| {
            other("the graph in `recognizer` gives no probabilities: 1 × steps × characters")
        })?;
        // The first stands for none, and one more at the end for a blank.
        let known = self.characters.len();
        if count != known + 1 && count != known + 2 {
            return Err(LocalError::Characters(format!(
                "its `recognizer` knows {count} characters with none and a blank, and its \
                 `characters` are {known}"
            )));
        }
        self.decoded(&steps, count)
    }

    /// Greedy decoding of CTC (Graves et al., ICML 2006).
    fn decoded(&self, steps: &[f32], count: usize) -> Result<(String, f32), LocalError> {
        let (mut text, mut sum, mut told) = (String::new(), 0.0, 0.0);
        let mut before = 0;
        for step in steps.chunks_exact(count) {
            if step.iter().any(|number| !number.is_finite()) {
                let what = "a number that is none (NaN or infinite)";
                return Err(LocalError::Numbers(what.to_owned()));
            }
            let likeliest = step.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
            let Some((index, sure)) = likeliest else { continue };
            if index != 0 && index != before {
                let blank = index == self.characters.len() + 1;
                let character = self.characters.get(index - 1).map_or(" ", String::as_str);
                text.push_str(if blank { " " } else { character });
                sum += sure.clamp(0.0, 1.0);
                told += 1.0;
            }
            before = index;
        }
        Ok((text, if told > 0.0 { sum / told } else { 0.0 }))
    }
}

/// A line at the reader's height, as wide as its proportions want it, within bounds.
fn level(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let wide = f64::from(HEIGHT) * f64::from(width) / f64::from(height.max(1));
    let columns = pixels::whole(wide.ceil().clamp(1.0, f64::from(LINE_COLUMNS)));
    image::imageops::resize(picture, columns, HEIGHT, FilterType::Triangle)
}

/// The same rows with gray at their ends, if they are shorter than the least.
fn widened(numbers: Vec<f32>, columns: usize) -> (Vec<f32>, usize) {
    let least = usize::try_from(LEAST_COLUMNS).unwrap_or_default();
    if columns >= least || columns == 0 {
        return (numbers, columns);
    }
    let mut wide = Vec::with_capacity(numbers.len() / columns * least);
    for row in numbers.chunks_exact(columns) {
        wide.extend_from_slice(row);
        wide.extend(std::iter::repeat_n(0.0, least - columns));
    }
    (wide, least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_proportions_within_bounds() {
        for ((width, height), columns) in
            [((480, 24), 960), ((10, 48), 10), ((1, 4000), 1), ((4000, 1), LINE_COLUMNS)]
        {
            assert_eq!(level(&RgbImage::new(width, height)).dimensions(), (columns, HEIGHT));
        }
        let (numbers, columns) = widened(vec![1.0; 2 * 3 * 10], 10);
        assert_eq!((numbers.len(), columns), (2 * 3 * 320, 320));
        assert_eq!(numbers.iter().filter(|number| **number > 0.5).count(), 60);
        assert_eq!(widened(vec![1.0; 330], 330).1, 330);
    }
}
