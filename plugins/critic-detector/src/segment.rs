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

/// Over how many pixels ink and border mix at most: two after resizing and JPEG.
const BLUR: usize = 2;

/// How far from a rim ink and border are looked for, in pixels.
const NEAR: usize = 2;

/// The part of a rim that must have both.
const INKED_PART: f32 = 0.5;

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
    /// Where in `inside` a pixel of the picture, given as (x, y), is found; none outside the box.
    pub fn cell(&self, (x, y): (usize, usize)) -> Option<usize> {
        let (x, y) = (x.checked_sub(self.left)?, y.checked_sub(self.top)?);
        (x < self.width && y < self.height).then(|| y * self.width + x)
    }

    /// Whether a pixel of the picture, given as (x, y), belongs to it.
    pub fn holds(&self, place: (usize, usize)) -> bool {
        self.cell(place).is_some_and(|cell| self.inside[cell])
    }

    /// Its pixels, as (x, y), that have a side neighbor outside it.
    pub fn rim(&self) -> impl Iterator<Item = (usize, usize)> {
        let cells = (0..self.inside.len()).filter(|cell| self.inside[*cell]);
        let places =
            cells.map(|cell| (self.left + cell % self.width, self.top + cell / self.width));
        places.filter(|(x, y)| {
            let sides =
                [(x.wrapping_sub(1), *y), (x + 1, *y), (*x, y.wrapping_sub(1)), (*x, y + 1)];
            sides.into_iter().any(|side| !self.holds(side))
        })
    }
}

/// What is known of a pixel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Neither paper nor ink, not reached yet.
    Open,
    /// White enough for a border.
    Paper,
    /// The contour's color, or beside it.
    Ink,
    /// Reached from the picture's edges.
    Background,
    /// White border of a sticker.
    Border,
    /// Already part of a silhouette.
    Taken,
}

/// All silhouettes of a picture, in reading order of their topmost pixels.
pub fn silhouettes(picture: &Pixels) -> Vec<Silhouette> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let lights = Lights(picture.as_bytes().as_chunks().0);
    let mut zones: Vec<Zone> = picture.iter().copied().map(zone).collect();
    thicken(&mut zones, width);
    let seeds = edge_seeds((width, height), &zones, lights);
    let border = flood(&mut zones, width, seeds);
    peel(&mut zones, width, border, lights);
    let mut found = Vec::new();
    let mut start = 0;
    loop {
        start += alike(&zones[start..], |zone| !is_left(zone));
        if start == zones.len() {
            return found;
        }
        let pixels = take(&mut zones, width, start);
        let silhouette = enclose(&pixels, width);
        found.extend(silhouette.filter(|one| cut_out(one, lights, (width, height))));
    }
}

/// True of what neither the flood nor a silhouette has reached.
fn is_left(zone: Zone) -> bool {
    matches!(zone, Zone::Open | Zone::Paper | Zone::Ink)
}

/// How bright pixels are. Few of them are asked.
#[derive(Clone, Copy)]
struct Lights<'p>(&'p [[u8; 4]]);

impl Lights<'_> {
    fn at(self, at: usize) -> u8 {
        luma(self.0[at])
    }
}

/// Pixels that are looked at together: two of WebAssembly's vectors.
const CHUNK: usize = 32;

/// How many zones are so, from the first on. Most of a picture is alike for long stretches.
fn alike(zones: &[Zone], is_so: impl Fn(Zone) -> bool) -> usize {
    // No way out within a chunk: they are compared as vectors.
    let all = |chunk: &&[Zone; CHUNK]| chunk.iter().fold(true, |all, zone| all & is_so(*zone));
    let whole = zones.as_chunks().0.iter().take_while(all).count() * CHUNK;
    whole + zones[whole..].iter().take_while(|zone| is_so(**zone)).count()
}

/// Perceived brightness by ITU-R BT.601, in 0..=255.
fn luma([red, green, blue, _]: [u8; 4]) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

fn zone([red, green, blue, _]: [u8; 4]) -> Zone {
    // No way out between the channels: pixels are taken as vectors.
    let near = |channel: u8, ink: u8| channel.abs_diff(ink) <= INK_TOLERANCE;
    let is_ink = near(red, INK[0]) & near(green, INK[1]) & near(blue, INK[2]);
    let is_paper = red.min(green).min(blue) >= PAPER_FLOOR;
    match (is_ink, is_paper) {
        (true, _) => Zone::Ink,
        (false, true) => Zone::Paper,
        (false, false) => Zone::Open,
    }
}

/// Edge pixels of the picture that belong to the background.
///
/// Where a sticker hangs over the edge, its white border cuts the edge into stretches; the stretch
/// between two crossings starts with ink and is no background.
fn edge_seeds((width, height): (usize, usize), zones: &[Zone], lights: Lights) -> Vec<usize> {
    let edge = edge_loop(width, height);
    let Some(first) = edge.iter().position(|at| zones[*at] == Zone::Paper) else {
        return edge.into_iter().filter(|at| zones[*at] == Zone::Open).collect();
    };
    let rotated: Vec<usize> = edge[first..].iter().chain(&edge[..first]).copied().collect();
    let stretches = rotated.split(|at| zones[*at] == Zone::Paper);
    let background = stretches.filter(|stretch| {
        let rim = stretch.iter().take(3).chain(stretch.iter().rev().take(3));
        stretch.len() > 2 && rim.copied().all(|at| lights.at(at) > INKED_LUMA / 2)
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

/// Counts what lies beside ink as ink, unless it is white: background never lies there, but where
/// one sticker's border crosses another's contour, the two mix and would let the flood in.
fn thicken(zones: &mut [Zone], width: usize) {
    let pixels = zones.len();
    let mut ink = Vec::new();
    let mut at = 0;
    loop {
        at += alike(&zones[at..], |zone| zone != Zone::Ink);
        if at == pixels {
            break;
        }
        ink.push(at);
        at += 1;
    }
    for neighbor in ink.into_iter().flat_map(|at| neighbors(at, width, pixels)) {
        if zones[neighbor] == Zone::Open {
            zones[neighbor] = Zone::Ink;
        }
    }
}

/// Floods the background from the seeds, and from it the white borders; from a border the flood
/// does not return to anything that is not white. Returns the borders' pixels.
///
/// Background is flooded by stretches of rows (Smith, "Tint fill", SIGGRAPH 1979): most of a picture is
/// background.
fn flood(zones: &mut [Zone], width: usize, seeds: Vec<usize>) -> Vec<usize> {
    let mut background = seeds;
    let mut border = Vec::new();
    while let Some(at) = background.pop() {
        if zones[at] != Zone::Open {
            continue;
        }
        let row = at - at % width;
        let (start, end) = stretch(&zones[row..row + width], at - row);
        zones[row + start..row + end].fill(Zone::Background);
        for beside in [start.checked_sub(1), Some(end).filter(|end| *end < width)] {
            if let Some(at) = beside.map(|x| row + x).filter(|at| zones[*at] == Zone::Paper) {
                reach(zones, at, Zone::Border, &mut border);
            }
        }
        let above = row.checked_sub(width);
        let below = Some(row + width).filter(|row| *row < zones.len());
        for row in [above, below].into_iter().flatten() {
            let (mut at, end) = (row + start, row + end);
            while at < end {
                let zone = zones[at];
                match zone {
                    Zone::Open => background.push(at),
                    Zone::Paper => {
                        reach(zones, at, Zone::Border, &mut border);
                        at += 1;
                        continue;
                    }
                    _ => {}
                }
                at += alike(&zones[at..end], |one| one == zone);
            }
        }
    }
    let mut next = 0;
    while let Some(at) = border.get(next).copied() {
        for neighbor in neighbors(at, width, zones.len()) {
            if zones[neighbor] == Zone::Paper {
                reach(zones, neighbor, Zone::Border, &mut border);
            }
        }
        next += 1;
    }
    border
}

/// The open pixels of a row around one of them: the first, and one past the last.
fn stretch(row: &[Zone], at: usize) -> (usize, usize) {
    let (before, after) = row.split_at(at);
    let start = before.iter().rposition(|zone| *zone != Zone::Open).map_or(0, |last| last + 1);
    (start, at + alike(after, |zone| zone == Zone::Open))
}

fn reach(zones: &mut [Zone], at: usize, zone: Zone, reached: &mut Vec<usize>) {
    zones[at] = zone;
    reached.push(at);
}

/// Takes the pixels in which border and ink mix for border, as far as they are more white than
/// ink. A few steps only: where a border lies across another sticker, nothing else stops it.
fn peel(zones: &mut [Zone], width: usize, mut border: Vec<usize>, lights: Lights) {
    let pixels = zones.len();
    for _ in 0..BLUR {
        let mut next = Vec::new();
        for neighbor in border.iter().flat_map(|at| neighbors(*at, width, pixels)) {
            let open = !matches!(zones[neighbor], Zone::Background | Zone::Border);
            if open && lights.at(neighbor) > CONTOUR_EDGE {
                reach(zones, neighbor, Zone::Border, &mut next);
            }
        }
        border = next;
    }
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

/// The connected pixels around `start` that were not reached; they are taken off the map.
fn take(zones: &mut [Zone], width: usize, start: usize) -> Vec<usize> {
    let mut pixels = vec![start];
    zones[start] = Zone::Taken;
    let mut next = 0;
    while next < pixels.len() {
        for neighbor in neighbors(pixels[next], width, zones.len()) {
            if !matches!(zones[neighbor], Zone::Background | Zone::Border | Zone::Taken) {
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
fn cut_out(silhouette: &Silhouette, lights: Lights, size: (usize, usize)) -> bool {
    let (mut rim, mut inked) = (0_u32, 0_u32);
    for place in silhouette.rim() {
        let (mut darkest, mut lightest) = (u8::MAX, 0);
        for (x, y) in around(place, size) {
            let luma = lights.at(y * size.0 + x);
            if silhouette.holds((x, y)) {
                darkest = darkest.min(luma);
            } else {
                lightest = lightest.max(luma);
            }
        }
        rim += 1;
        inked += u32::from(darkest <= INKED_LUMA && lightest >= BORDER_LUMA);
    }
    f64::from(inked) >= f64::from(INKED_PART) * f64::from(rim.max(1))
}

/// The pixels at most [`NEAR`] columns and rows away.
fn around((x, y): (usize, usize), size: (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    let columns = x.saturating_sub(NEAR)..(x + NEAR + 1).min(size.0);
    let rows = y.saturating_sub(NEAR)..(y + NEAR + 1).min(size.1);
    rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
}

#[cfg(test)]
mod tests;
