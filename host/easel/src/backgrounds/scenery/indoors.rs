//! Rooms: a wall, a floor, and little else.

use super::SIDE;
use super::parts::Sheet;

/// A warm wall over a wooden floor with a rug.
pub(super) fn living_room(sheet: &mut Sheet) {
    let floor = sheet.between(318.0, 350.0);
    let (high, low) = (sheet.varied([198, 172, 146]), sheet.varied([186, 158, 132]));
    sheet.band(0.0, floor, &[high, low]);
    let x = sheet.between(90.0, 420.0);
    sheet.glow((x, 90.0), (240.0, 190.0), [212, 190, 160], 0.8);
    sheet.band(floor - 70.0, floor - 65.0, &[[172, 144, 118], [172, 144, 118]]);
    sheet.band(floor - 65.0, floor - 14.0, &[[180, 152, 126], [172, 144, 118]]);
    sheet.band(floor - 14.0, floor, &[[160, 130, 104], [146, 116, 90]]);
    let (far, near) = (sheet.varied([168, 122, 82]), sheet.varied([140, 98, 64]));
    sheet.band(floor, SIDE, &[far, near]);
    for board in [18.0, 44.0, 80.0, 126.0] {
        sheet.band(floor + board, floor + board + 2.0, &[[142, 100, 66], [142, 100, 66]]);
    }
    let rug = sheet.varied([172, 98, 84]);
    let middle = (sheet.between(220.0, 290.0), floor + 96.0);
    sheet.disc(middle, (196.0, 58.0), rug);
    sheet.disc(middle, (178.0, 50.0), rug.map(|channel| channel.saturating_add(12)));
}

/// Tiles, a counter and cupboards.
pub(super) fn kitchen(sheet: &mut Sheet) {
    let counter = sheet.between(248.0, 276.0);
    let (high, low) = (sheet.varied([182, 200, 190]), sheet.varied([170, 190, 180]));
    sheet.band(0.0, counter, &[high, low]);
    let joint = [160, 182, 172];
    let rows = [0.0, 36.0, 72.0, 108.0, 144.0];
    for above in rows {
        let y = counter - 30.0 - above;
        sheet.block((0.0, y), (SIDE, 2.0), joint);
    }
    for column in 0..11u8 {
        let x = 6.0 + 50.0 * f32::from(column);
        sheet.block((x, counter - 174.0), (2.0, 174.0), joint);
    }
    let top = sheet.varied([196, 164, 124]);
    sheet.band(counter, counter + 20.0, &[top, [176, 142, 102]]);
    sheet.band(counter + 20.0, counter + 28.0, &[[118, 132, 126], [124, 142, 136]]);
    let (upper, lower) = (sheet.varied([128, 162, 156]), sheet.varied([116, 150, 144]));
    sheet.band(counter + 28.0, 470.0, &[upper, lower]);
    for column in 0..4u8 {
        let x = sheet.between(-4.0, 4.0) + 20.0 + 128.0 * f32::from(column);
        let panel = [138, 170, 164];
        sheet.block((x, counter + 46.0), (104.0, 404.0 - counter), panel);
    }
    sheet.band(470.0, SIDE, &[[164, 146, 128], [150, 132, 114]]);
}
