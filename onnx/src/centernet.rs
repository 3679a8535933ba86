//! `CenterNet` (arXiv:1904.07850): a detector by the middles of objects.
//!
//! The graph takes the whole picture squeezed into a square, red, green and blue from 0 to 255, and gives
//! up to a hundred boxes as left, top, right and bottom in the square's pixels, how sure it is, and the
//! number of the kind: the form of `610265158/mobilenetv3_centernet`, with the sigmoid, the search for
//! peaks and their choice within the graph.

use image::RgbImage;
use pentimento_local::LocalModel;
use pentimento_model::Region;
use pentimento_prompts::sld::Sighting;
use rten::Value;

use crate::{
    error::LocalError,
    graph::{Graph, Input, tensor},
    limits::{BOXES, OBJECTS, SIDE},
    pixels,
};

/// Numbers of one box.
const ROW: usize = 6;

/// The objects of a picture, the surest first.
pub(crate) fn detect(model: &LocalModel, picture: &RgbImage) -> Result<Vec<Sighting>, LocalError> {
    let graph = Graph::read(model.file.bytes()?)?;
    let input = graph.only_input().ok_or_else(|| other("it has not one input of known rank"))?;
    let frame = Frame::of(&input, model.side)?;
    let pixels = pixels::squeezed(picture, frame.side);
    let pixels = if frame.channels_first { pixels::channels_first(&pixels) } else { pixels };
    let outputs = graph.run(vec![(&input, tensor(&frame.shape(), pixels)?)])?;
    let boxes = outputs.into_iter().find_map(rows);
    let boxes = boxes.ok_or_else(|| {
        other(&format!("no output holds boxes: a tensor of 32-bit floats, 1 × boxes × {ROW}"))
    })?;
    kept(model, &boxes, frame.side)
}

/// How the graph takes pictures.
#[derive(Debug, PartialEq)]
struct Frame {
    side: usize,
    channels_first: bool,
}

impl Frame {
    fn of(input: &Input, wanted: Option<usize>) -> Result<Self, LocalError> {
        let (channels_first, sides) = match *input.shape.as_slice() {
            [None | Some(1), height, width, Some(3)] => (false, [height, width]),
            [None | Some(1), Some(3), height, width] => (true, [height, width]),
            _ => return Err(other("its input is not one picture of three channels")),
        };
        let mut known = sides.into_iter().flatten().chain(wanted);
        let side = known.next().ok_or_else(|| {
            other("it takes pictures of any size, and settings do not say which: set `size`")
        })?;
        if known.any(|other| other != side) {
            return Err(other("its picture is no square of the size in settings"));
        }
        if !(1..=SIDE).contains(&side) {
            return Err(other(&format!("its picture has {side} pixels a side")));
        }
        Ok(Self { side, channels_first })
    }

    const fn shape(&self) -> [usize; 4] {
        let Self { side, channels_first } = *self;
        if channels_first { [1, 3, side, side] } else { [1, side, side, 3] }
    }
}

/// The rows of a tensor of 1 × any × 6.
fn rows(value: Value) -> Option<Vec<[f32; ROW]>> {
    let ([1, _, ROW], numbers) = value.into_shape_vec::<f32, 3>().ok()? else { return None };
    let (rows, _) = numbers.as_chunks::<ROW>();
    Some(rows.iter().take(BOXES).copied().collect())
}

/// What is told of the boxes. Nobody says how the things look, so they look as such things do.
fn kept(
    model: &LocalModel,
    boxes: &[[f32; ROW]],
    side: usize,
) -> Result<Vec<Sighting>, LocalError> {
    if boxes.iter().flatten().any(|number| !number.is_finite()) {
        return Err(LocalError::Numbers("a number that is none (NaN or infinite)".to_owned()));
    }
    #[expect(clippy::cast_precision_loss, reason = "a side has a few thousand pixels")]
    let side = side as f32;
    let mut sure: Vec<&[f32; ROW]> =
        boxes.iter().filter(|[.., sure, _]| *sure >= model.least_sure).collect();
    sure.sort_by(|[.., one, _], [.., other, _]| other.total_cmp(one));
    let mut found: Vec<Sighting> = Vec::new();
    for [left, top, right, bottom, sure, kind] in sure.into_iter().copied() {
        let noun = label(&model.labels, kind)?;
        let edges = [left, top, right - left, bottom - top].map(|number| number / side);
        let Some(region) = Region::new(edges[0], edges[1], edges[2], edges[3]) else { continue };
        let again =
            |known: &Sighting| known.noun == noun && known.region.iou(&region) > model.most_overlap;
        if found.len() < OBJECTS && !found.iter().any(again) {
            let (noun, sure) = (noun.to_owned(), sure.min(1.0));
            found.push(Sighting { noun, attribute: None, usual: true, sure, region });
        }
    }
    Ok(found)
}

fn label(labels: &[String], kind: f32) -> Result<&str, LocalError> {
    let unknown = || {
        LocalError::Numbers(format!(
            "an object of kind {kind}, and there are {} labels",
            labels.len()
        ))
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is checked to be a small whole number"
    )]
    let number = (kind >= 0.0 && kind.fract() == 0.0).then_some(kind as usize);
    number.and_then(|number| labels.get(number)).map(String::as_str).ok_or_else(unknown)
}

fn other(why: &str) -> LocalError {
    LocalError::OtherFamily { family: "centernet", why: why.to_owned() }
}

#[cfg(test)]
mod tests;
