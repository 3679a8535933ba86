//! One sprite's drawing → the bytes of its template.
//!
//! Layout, per class: aspect (f32, little endian), then for every cell of the grid the silhouette's
//! coverage, the share of bare paper, the tone, and the natural red, green and blue.

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree};

use crate::grid::{Axis, CELLS, Sums, byte};
use crate::silhouette::silhouette;

/// Longer side of the raster that is measured, in pixels; the easel's own.
const LONGER_SIDE: f32 = 256.0;

/// Gaps narrower than twice this share of the longer side are closed (easel: `CLOSING`).
const CLOSING: f32 = 0.02;

/// A pixel belongs to the sprite above this opacity (easel: `SOLID`).
const SOLID: u8 = 127;

/// Least spread of luminance to either side of the median (easel: `Tones::LEAST_SPREAD`).
const LEAST_SPREAD: f32 = 24.0;

/// A raster in straight alpha.
struct Raster {
    width: usize,
    pixels: Vec<[u8; 4]>,
}

/// The template of a sprite given as SVG text.
pub fn template(text: &str) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(text, &Options::default()).map_err(|error| error.to_string())?;
    let raster = tight(&tree).ok_or("nothing solid is drawn")?;
    let height = raster.pixels.len() / raster.width;
    let solid: Vec<bool> = raster.pixels.iter().map(|pixel| pixel[3] > SOLID).collect();
    let inside = silhouette(&solid, raster.width, CLOSING * LONGER_SIDE);
    let tone = tones(&raster);
    let (across, down) = (Axis::new(0.0, raster.width as f32), Axis::new(0.0, height as f32));
    let columns: Vec<Vec<_>> = (0..raster.width).map(|x| across.shares(x).collect()).collect();
    let mut sums = Sums::<6>::new();
    for y in 0..height {
        let row: Vec<_> = down.shares(y).collect();
        for (x, column) in columns.iter().enumerate() {
            let at = y * raster.width + x;
            if inside[at] {
                sums.add(&row, column, channels(raster.pixels[at], &tone));
            }
        }
    }
    Ok(written(raster.width as f32 / height as f32, &sums))
}

/// Coverage, opacity, opacity times tone, and the color on white paper.
fn channels(pixel: [u8; 4], tone: &impl Fn([u8; 4]) -> f32) -> [f32; 6] {
    let opacity = f32::from(pixel[3]) / 255.0;
    let on_paper = |channel: u8| f32::from(channel) * opacity + 255.0 * (1.0 - opacity);
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(on_paper);
    [1.0, opacity, opacity * tone(pixel) * 255.0, red, green, blue]
}

fn written(aspect: f32, sums: &Sums<6>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 + 6 * CELLS);
    bytes.extend(aspect.to_le_bytes());
    bytes.extend(sums.cells.iter().map(|cell| byte(cell[0] * 255.0)));
    let part = |value: f32, whole: f32| if whole > 0.0 { value / whole } else { 0.0 };
    bytes.extend(sums.cells.iter().map(|cell| byte((1.0 - part(cell[1], cell[0])) * 255.0)));
    bytes.extend(sums.cells.iter().map(|cell| byte(part(cell[2], cell[1]))));
    let natural = |cell: &[f32; 6]| [cell[3], cell[4], cell[5]].map(|sum| byte(part(sum, cell[0])));
    bytes.extend(sums.cells.iter().flat_map(natural));
    bytes
}

/// The drawing's solid part, its longer side scaled to [`LONGER_SIDE`].
fn tight(tree: &Tree) -> Option<Raster> {
    let size = tree.size();
    let scale = LONGER_SIDE / size.width().max(size.height());
    let whole = [0.0, 0.0, size.width(), size.height()];
    let rough = render(tree, whole, [size.width() * scale, size.height() * scale])?;
    let solid = || (0..rough.pixels.len()).filter(|at| rough.pixels[*at][3] > SOLID);
    let (left, right) =
        (solid().map(|at| at % rough.width).min()?, solid().map(|at| at % rough.width).max()?);
    let (top, bottom) = (solid().next()? / rough.width, solid().next_back()? / rough.width);
    let bounds = [left, top, right - left + 1, bottom - top + 1].map(|cells| cells as f32 / scale);
    let longer = bounds[2].max(bounds[3]);
    let pixels = [bounds[2], bounds[3]].map(|side| side / longer * LONGER_SIDE);
    render(tree, bounds, pixels)
}

fn render(tree: &Tree, [left, top, across, down]: [f32; 4], size: [f32; 2]) -> Option<Raster> {
    let [width, height] = size.map(|side| side.round().max(1.0));
    let mut pixels = Pixmap::new(width as u32, height as u32)?;
    let (sx, sy) = (width / across, height / down);
    let transform = Transform::from_row(sx, 0.0, 0.0, sy, -left * sx, -top * sy);
    resvg::render(tree, transform, &mut pixels.as_mut());
    let straight = pixels.pixels().iter().map(PremultipliedColorU8::demultiply);
    let pixels = straight.map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]);
    Some(Raster { width: width as usize, pixels: pixels.collect() })
}

/// A pixel's tone, 0 to 1, on this sprite's own scale (easel: `Tones`).
fn tones(raster: &Raster) -> impl Fn([u8; 4]) -> f32 {
    let solid = raster.pixels.iter().filter(|pixel| pixel[3] > SOLID);
    let mut luminances: Vec<f32> = solid.map(|pixel| luminance(*pixel)).collect();
    luminances.sort_by(f32::total_cmp);
    let last = luminances.len().saturating_sub(1);
    let percentile = |hundredths: usize| luminances.get(last * hundredths / 100).copied();
    let median = percentile(50).unwrap_or(127.5);
    let low = percentile(5).unwrap_or(0.0).min(median - LEAST_SPREAD);
    let high = percentile(95).unwrap_or(255.0).max(median + LEAST_SPREAD);
    move |pixel| {
        let above = luminance(pixel) - median;
        let spread = if above < 0.0 { median - low } else { high - median };
        (0.5 + 0.5 * above / spread).clamp(0.0, 1.0)
    }
}

fn luminance([red, green, blue, _]: [u8; 4]) -> f32 {
    0.2126 * f32::from(red) + 0.7152 * f32::from(green) + 0.0722 * f32::from(blue)
}
