//! Cuts a picture into silhouettes: everything that a white border and an ink contour enclose.
//!
//! The background is flooded from the picture's edges up to the white die-cut borders; from there
//! the borders are peeled inwards up to the ink. What is left over, and has ink all around, is a
//! silhouette. What a silhouette shows is not decided here.

use pentimento_sdk::Pixels;

/// The color of contours, as the easel draws them (`INK` in host/easel).
pub const INK: [u8; 3] = [0x2b, 0x21, 0x40];

/// A pixel whose darkest channel is at least this bright is taken for the paper of a border.
/// Backgrounds stay at or below 215.
const PAPER_FLOOR: u8 = 220;

/// Half-way between ink (luma 42) and paper (255): where a contour's outer edge is.
const CONTOUR_EDGE: u8 = 148;

/// A pixel is ink to the flood if no channel differs by more than this.
const INK_TOLERANCE: u8 = 14;

/// How dark the darkest pixel near a silhouette's rim must be for that rim to count as inked.
const INKED_LUMA: u8 = 112;

/// How light the lightest pixel just outside a rim must be for a white border to be there.
const BORDER_LUMA: u8 = 190;

/// How far from a rim ink and border are looked for, in pixels.
const NEAR: usize = 2;

/// The part of a rim that must have both.
const INKED_PART: f32 = 0.6;

/// Silhouettes smaller than this, in pixels of either side, cannot be told apart.
const SMALLEST_SIDE: usize = 10;

/// One connected thing bounded by ink, contour included.
#[derive(Clone, Debug)]
pub struct Silhouette {
    /// Left edge of its tight box, in pixels.
    pub left: usize,
    /// Top edge of its tight box, in pixels.
    pub top: usize,
    /// Width of its tight box, in pixels.
    pub width: usize,
    /// Height of its tight box, in pixels.
    pub height: usize,
    /// Which pixels of the box belong to it, row by row.
    pub inside: Vec<bool>,
}

impl Silhouette {
    /// Whether a pixel of the picture, given by its index, belongs to it.
    fn holds(&self, at: usize, picture_width: usize) -> bool {
        let (x, y) = (at % picture_width, at / picture_width);
        let within = x >= self.left && y >= self.top;
        let (x, y) = (x.wrapping_sub(self.left), y.wrapping_sub(self.top));
        within && x < self.width && y < self.height && self.inside[y * self.width + x]
    }
}

/// What is known of a pixel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Neither paper nor ink, not reached yet.
    Open,
    /// White enough for a border.
    Paper,
    /// The contour's color.
    Ink,
    /// Background or border.
    Outside,
    /// Already part of a silhouette.
    Taken,
}

/// All silhouettes of a picture, in reading order of their topmost pixels.
pub fn silhouettes(picture: &Pixels) -> Vec<Silhouette> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let lumas: Vec<u8> = picture.iter().copied().map(luma).collect();
    let mut zones: Vec<Zone> = picture.iter().copied().map(zone).collect();
    let seeds = edge_seeds((width, height), &zones, &lumas);
    let background = flood(&mut zones, width, seeds, |zone, _| zone == Zone::Open);
    flood(&mut zones, width, background, |zone, at| {
        zone != Zone::Outside && lumas[at] > CONTOUR_EDGE
    });
    let mut found = Vec::new();
    for start in 0..zones.len() {
        if matches!(zones[start], Zone::Outside | Zone::Taken) {
            continue;
        }
        let pixels = take(&mut zones, width, start);
        let silhouette = enclose(&pixels, width);
        found.extend(silhouette.filter(|one| cut_out(one, &lumas, width)));
    }
    found
}

/// Perceived brightness by ITU-R BT.601, in 0..=255.
fn luma([red, green, blue, _]: [u8; 4]) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

fn zone([red, green, blue, _]: [u8; 4]) -> Zone {
    let color = [red, green, blue];
    let near_ink =
        color.iter().zip(INK).all(|(channel, ink)| channel.abs_diff(ink) <= INK_TOLERANCE);
    if near_ink {
        Zone::Ink
    } else if color.iter().all(|channel| *channel >= PAPER_FLOOR) {
        Zone::Paper
    } else {
        Zone::Open
    }
}

/// Edge pixels of the picture that belong to the background.
///
/// Where a sticker hangs over the edge, its white border cuts the edge into stretches; the stretch
/// between two crossings starts with ink and is no background.
fn edge_seeds((width, height): (usize, usize), zones: &[Zone], lumas: &[u8]) -> Vec<usize> {
    let edge = edge_loop(width, height);
    let Some(first) = edge.iter().position(|at| zones[*at] == Zone::Paper) else {
        return edge.into_iter().filter(|at| zones[*at] == Zone::Open).collect();
    };
    let rotated: Vec<usize> = edge[first..].iter().chain(&edge[..first]).copied().collect();
    let stretches = rotated.split(|at| zones[*at] == Zone::Paper);
    let background = stretches.filter(|stretch| {
        let rim = stretch.iter().take(3).chain(stretch.iter().rev().take(3));
        stretch.len() > 2 && rim.copied().all(|at| lumas[at] > INKED_LUMA / 2)
    });
    background.flatten().copied().filter(|at| zones[*at] == Zone::Open).collect()
}

/// The indices of the picture's edge pixels, once around.
fn edge_loop(width: usize, height: usize) -> Vec<usize> {
    if width == 0 || height == 0 {
        return Vec::new();
    }
    if width == 1 || height == 1 {
        return (0..width * height).collect();
    }
    let top = 0..width - 1;
    let right = (0..height - 1).map(|y| y * width + width - 1);
    let bottom = (1..width).rev().map(|x| (height - 1) * width + x);
    let left = (1..height).rev().map(|y| y * width);
    top.chain(right).chain(bottom).chain(left).collect()
}

/// Marks as outside whatever can be reached from the seeds by steps to side neighbors that
/// `passes` allows. Returns all pixels of the flood, seeds included.
fn flood(
    zones: &mut [Zone],
    width: usize,
    seeds: Vec<usize>,
    passes: impl Fn(Zone, usize) -> bool,
) -> Vec<usize> {
    let mut reached = seeds;
    for at in &reached {
        zones[*at] = Zone::Outside;
    }
    let mut next = 0;
    while next < reached.len() {
        for neighbor in neighbors(reached[next], width, zones.len()) {
            if zones[neighbor] != Zone::Outside && passes(zones[neighbor], neighbor) {
                zones[neighbor] = Zone::Outside;
                reached.push(neighbor);
            }
        }
        next += 1;
    }
    reached
}

/// The side neighbors of a pixel.
fn neighbors(at: usize, width: usize, pixels: usize) -> impl Iterator<Item = usize> {
    let x = at % width;
    let left = (x > 0).then(|| at - 1);
    let right = (x + 1 < width).then(|| at + 1);
    let up = at.checked_sub(width);
    let down = (at + width < pixels).then(|| at + width);
    [left, right, up, down].into_iter().flatten()
}

/// The connected pixels around `start` that are not outside; they are taken off the map.
fn take(zones: &mut [Zone], width: usize, start: usize) -> Vec<usize> {
    let mut pixels = vec![start];
    zones[start] = Zone::Taken;
    let mut next = 0;
    while next < pixels.len() {
        for neighbor in neighbors(pixels[next], width, zones.len()) {
            if !matches!(zones[neighbor], Zone::Outside | Zone::Taken) {
                zones[neighbor] = Zone::Taken;
                pixels.push(neighbor);
            }
        }
        next += 1;
    }
    pixels
}

/// The tight box and mask of some pixels; none if they are too few to show anything.
fn enclose(pixels: &[usize], picture_width: usize) -> Option<Silhouette> {
    let left = pixels.iter().map(|at| at % picture_width).min()?;
    let right = pixels.iter().map(|at| at % picture_width).max()?;
    let top = pixels.iter().map(|at| at / picture_width).min()?;
    let bottom = pixels.iter().map(|at| at / picture_width).max()?;
    let (width, height) = (right - left + 1, bottom - top + 1);
    if width.min(height) < SMALLEST_SIDE {
        return None;
    }
    let mut inside = vec![false; width * height];
    for at in pixels {
        inside[(at / picture_width - top) * width + at % picture_width - left] = true;
    }
    Some(Silhouette { left, top, width, height, inside })
}

/// Whether most of the rim is a cut-out's: ink on this side, white border on the other.
fn cut_out(silhouette: &Silhouette, lumas: &[u8], width: usize) -> bool {
    let (mut rim, mut inked) = (0_u32, 0_u32);
    for at in rim_of(silhouette, width) {
        let (mut darkest, mut lightest) = (u8::MAX, 0);
        for near in around(at, width, lumas.len()) {
            if silhouette.holds(near, width) {
                darkest = darkest.min(lumas[near]);
            } else {
                lightest = lightest.max(lumas[near]);
            }
        }
        rim += 1;
        inked += u32::from(darkest <= INKED_LUMA && lightest >= BORDER_LUMA);
    }
    f64::from(inked) >= f64::from(INKED_PART) * f64::from(rim.max(1))
}

/// The silhouette's pixels, as indices into the picture, that have a side neighbor outside it.
fn rim_of(silhouette: &Silhouette, width: usize) -> impl Iterator<Item = usize> {
    let cells = (0..silhouette.inside.len()).filter(|cell| silhouette.inside[*cell]);
    let pixels = cells.map(move |cell| {
        let (x, y) = (cell % silhouette.width, cell / silhouette.width);
        (silhouette.top + y) * width + silhouette.left + x
    });
    pixels.filter(move |at| {
        let (x, y) = (at % width - silhouette.left, at / width - silhouette.top);
        let inner = x > 0 && y > 0 && x + 1 < silhouette.width && y + 1 < silhouette.height;
        !inner || {
            let cell = y * silhouette.width + x;
            let sides = [cell - 1, cell + 1, cell - silhouette.width, cell + silhouette.width];
            sides.iter().any(|side| !silhouette.inside[*side])
        }
    })
}

/// The pixels at most [`NEAR`] columns and rows away.
fn around(at: usize, width: usize, pixels: usize) -> impl Iterator<Item = usize> {
    let (x, y, height) = (at % width, at / width, pixels / width);
    let columns = x.saturating_sub(NEAR)..(x + NEAR + 1).min(width);
    let rows = y.saturating_sub(NEAR)..(y + NEAR + 1).min(height);
    rows.flat_map(move |y| columns.clone().map(move |x| y * width + x))
}

#[cfg(test)]
mod tests;
