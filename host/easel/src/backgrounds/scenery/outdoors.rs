//! Places under the open sky.

use super::SIDE;
use super::parts::Sheet;

/// Green hills under a mild sky.
pub(super) fn meadow(sheet: &mut Sheet) {
    let horizon = sheet.between(235.0, 285.0);
    let (high, low) = (sheet.varied([116, 172, 216]), sheet.varied([176, 208, 218]));
    sheet.band(0.0, SIDE, &[high, low]);
    sheet.clouds([206, 212, 212], horizon - 110.0);
    let far = sheet.varied([148, 186, 150]);
    sheet.hills(horizon - 18.0, 22.0, &[far, [140, 182, 128]]);
    let middle = sheet.varied([128, 178, 98]);
    sheet.hills(horizon + 26.0, 20.0, &[middle, [116, 168, 86]]);
    let near = sheet.varied([112, 164, 78]);
    sheet.hills(horizon + 84.0, 16.0, &[near, [92, 142, 66]]);
}

/// Sand, sea and a clear sky.
pub(super) fn beach(sheet: &mut Sheet) {
    let horizon = sheet.between(185.0, 225.0);
    let shore = horizon + sheet.between(75.0, 105.0);
    let (high, low) = (sheet.varied([112, 180, 214]), sheet.varied([182, 210, 208]));
    sheet.band(0.0, horizon, &[high, low]);
    sheet.clouds([208, 212, 208], horizon - 70.0);
    let (deep, shallow) = (sheet.varied([62, 142, 176]), sheet.varied([124, 196, 196]));
    sheet.band(horizon, SIDE, &[deep, shallow, shallow, shallow]);
    sheet.hills(shore - 9.0, 6.0, &[[172, 208, 200], [180, 204, 186]]);
    let (wet, dry) = (sheet.varied([196, 168, 122]), sheet.varied([210, 184, 134]));
    sheet.hills(shore, 6.0, &[wet, dry, [198, 168, 118]]);
}

/// Dunes in the heat.
pub(super) fn desert(sheet: &mut Sheet) {
    let horizon = sheet.between(220.0, 265.0);
    let (high, low) = (sheet.varied([122, 172, 196]), sheet.varied([212, 196, 158]));
    sheet.band(0.0, SIDE * 0.6, &[high, low]);
    let x = sheet.between(80.0, 430.0);
    sheet.glow((x, horizon - 120.0), (90.0, 90.0), [212, 204, 170], 0.8);
    let far = sheet.varied([212, 168, 112]);
    sheet.hills(horizon, 26.0, &[far, [204, 156, 98]]);
    let middle = sheet.varied([204, 152, 92]);
    sheet.hills(horizon + 62.0, 30.0, &[middle, [190, 136, 80]]);
    let near = sheet.varied([192, 138, 82]);
    sheet.hills(horizon + 140.0, 24.0, &[near, [172, 118, 68]]);
}

/// Snowy slopes on a blue winter afternoon.
pub(super) fn snow(sheet: &mut Sheet) {
    let horizon = sheet.between(225.0, 270.0);
    let (high, low) = (sheet.varied([108, 140, 186]), sheet.varied([176, 190, 212]));
    sheet.band(0.0, SIDE, &[high, low, low]);
    sheet.clouds([196, 202, 212], horizon - 130.0);
    let mountains = sheet.varied([140, 160, 196]);
    sheet.hills(horizon - 40.0, 46.0, &[mountains, [164, 180, 208]]);
    pines(sheet, horizon + 6.0, [112, 142, 158]);
    let far = sheet.varied([186, 200, 208]);
    sheet.hills(horizon + 12.0, 14.0, &[far, [176, 192, 208]]);
    let near = sheet.varied([176, 194, 210]);
    sheet.hills(horizon + 84.0, 20.0, &[near, [150, 172, 200]]);
}

/// A quiet street: houses, pavement, road.
pub(super) fn street(sheet: &mut Sheet) {
    let ground = sheet.between(262.0, 292.0);
    let (high, low) = (sheet.varied([132, 176, 206]), sheet.varied([188, 204, 206]));
    sheet.band(0.0, SIDE, &[high, low]);
    houses(sheet, ground);
    let pavement = sheet.varied([172, 166, 158]);
    sheet.band(ground, ground + 46.0, &[pavement, [160, 154, 148]]);
    sheet.band(ground + 46.0, ground + 53.0, &[[132, 130, 132], [124, 122, 126]]);
    let road = sheet.varied([116, 118, 124]);
    sheet.band(ground + 53.0, SIDE, &[road, [100, 102, 110]]);
    let start = sheet.between(-60.0, 0.0);
    for index in 0..7u8 {
        let x = start + 92.0 * f32::from(index);
        sheet.block((x, ground + 128.0), (50.0, 7.0), [164, 158, 138]);
    }
}

/// A row of house fronts of slightly different height and color, standing on `ground`.
fn houses(sheet: &mut Sheet, ground: f32) {
    let tones =
        [[188, 158, 138], [170, 168, 150], [186, 172, 142], [158, 164, 172], [184, 152, 146]];
    let mut left = sheet.between(-60.0, -10.0);
    for tone in tones.iter().cycle().take(7) {
        let (width, height) = (sheet.between(78.0, 118.0), sheet.between(120.0, 190.0));
        let front = sheet.varied(*tone);
        sheet.block((left, ground - height), (width + 1.0, height + 4.0), front);
        let pane = front.map(|channel| channel.saturating_sub(18));
        for (column, row) in [(0u8, 0u8), (1, 0), (0, 1), (1, 1)] {
            let x = left + width * (0.2 + 0.36 * f32::from(column));
            let y = ground - height + 24.0 + 48.0 * f32::from(row);
            sheet.block((x, y), (width * 0.22, 26.0), pane);
        }
        left += width;
    }
}

/// A clearing between rows of hazy trees.
pub(super) fn forest(sheet: &mut Sheet) {
    let floor = sheet.between(300.0, 335.0);
    let (high, low) = (sheet.varied([150, 190, 166]), sheet.varied([192, 206, 168]));
    sheet.band(0.0, SIDE, &[high, low, low]);
    for (depth, tone) in [[158, 190, 154], [138, 176, 138], [120, 160, 118]].into_iter().enumerate()
    {
        let tone = sheet.varied(tone);
        let depth = crate::numbers::float(depth);
        trunks(sheet, floor + depth * 12.0, 9.0 + 5.0 * depth, tone);
        sheet.hills(floor - 6.0 + depth * 16.0, 7.0, &[tone, tone]);
    }
    let near = sheet.varied([108, 146, 84]);
    sheet.hills(floor + 44.0, 10.0, &[near, [88, 124, 70]]);
}

/// Tree trunks that leave the picture at the top, with a hint of foliage there.
fn trunks(sheet: &mut Sheet, foot: f32, width: f32, tone: [u8; 3]) {
    let mut x = sheet.between(-20.0, 60.0);
    while x < SIDE {
        let top = width * sheet.between(0.5, 0.7);
        let path = format!(
            "M{:.1} {foot:.1}L{:.1} -4L{:.1} -4L{:.1} {foot:.1}Z",
            x - width,
            x - top,
            x + top,
            x + width
        );
        sheet.shape(&path, tone);
        let spread = sheet.between(60.0, 100.0);
        sheet.glow((x, 0.0), (spread, spread * 0.8), tone, 0.9);
        x += sheet.between(90.0, 170.0);
    }
}

/// Small pines in a loose row on `foot`.
fn pines(sheet: &mut Sheet, foot: f32, tone: [u8; 3]) {
    let mut x = sheet.between(-10.0, 30.0);
    while x < SIDE {
        let height = sheet.between(34.0, 70.0);
        let half = height * 0.26;
        let tone = sheet.varied(tone);
        let path = format!(
            "M{x:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
            foot + 8.0 - height,
            x + half,
            foot + 14.0,
            x - half,
            foot + 14.0
        );
        sheet.shape(&path, tone);
        x += sheet.between(24.0, 86.0);
    }
}

/// The sun going down over the sea.
pub(super) fn sunset(sheet: &mut Sheet) {
    let horizon = sheet.between(270.0, 310.0);
    let (high, middle) = (sheet.varied([106, 88, 150]), sheet.varied([198, 116, 136]));
    let low = sheet.varied([230, 164, 104]);
    sheet.band(0.0, horizon, &[high, middle, low]);
    let x = sheet.between(120.0, 390.0);
    sheet.glow((x, horizon), (190.0, 130.0), [240, 190, 120], 0.7);
    sheet.disc((x, horizon - 6.0), (40.0, 40.0), [242, 196, 124]);
    let (shine, deep) = (sheet.varied([206, 138, 118]), sheet.varied([104, 84, 138]));
    sheet.band(horizon, SIDE, &[shine, [158, 104, 128], deep]);
    for index in 0..5u8 {
        let y = horizon + 10.0 + 13.0 * f32::from(index);
        let half = 46.0 - 6.0 * f32::from(index) + sheet.between(-6.0, 6.0);
        sheet.glow((x, y), (half * 1.6, 4.0), [238, 190, 136], 0.8);
    }
}

/// Hills under a moonlit sky.
pub(super) fn night(sheet: &mut Sheet) {
    let horizon = sheet.between(300.0, 340.0);
    let (high, low) = (sheet.varied([66, 82, 142]), sheet.varied([112, 130, 182]));
    sheet.band(0.0, SIDE * 0.75, &[high, low]);
    let x = sheet.between(70.0, 440.0);
    sheet.glow((x, 78.0), (120.0, 120.0), [150, 164, 206], 0.7);
    sheet.disc((x, 78.0), (26.0, 26.0), [200, 204, 206]);
    for _ in 0..26u8 {
        let star = (sheet.between(0.0, SIDE), sheet.between(0.0, horizon - 60.0));
        let radius = sheet.between(1.0, 2.0);
        sheet.disc(star, (radius, radius), [148, 160, 204]);
    }
    let far = sheet.varied([84, 108, 148]);
    sheet.hills(horizon - 26.0, 30.0, &[far, [80, 106, 140]]);
    let near = sheet.varied([70, 104, 116]);
    sheet.hills(horizon + 30.0, 22.0, &[near, [66, 92, 104]]);
}
