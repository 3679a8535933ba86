//! Closes and fills a sprite's solid pixels, so that every sprite has one silhouette.
//!
//! The same rules as the easel's `silhouette.rs`, by counting instead of by distances.

/// The silhouette of `solid` pixels (rows of `width`): gaps narrower than twice `radius` closed,
/// holes filled. The grid keeps its size.
pub fn silhouette(solid: &[bool], width: usize, radius: f32) -> Vec<bool> {
    let margin = radius.ceil() as usize + 2;
    let height = solid.len() / width;
    let (wide, high) = (width + 2 * margin, height + 2 * margin);
    let mut roomy = vec![false; wide * high];
    for (y, row) in solid.chunks(width).enumerate() {
        let start = (y + margin) * wide + margin;
        roomy[start..start + width].copy_from_slice(row);
    }
    let grown = grow(&roomy, wide, radius);
    let empty: Vec<bool> = grown.iter().map(|solid| !solid).collect();
    let deep = grow(&empty, wide, radius);
    let mut closed: Vec<bool> = deep.iter().map(|near| !near).collect();
    fill(&mut closed, wide);
    let rows = closed.chunks(wide).skip(margin).take(height);
    rows.flat_map(|row| row[margin..margin + width].to_vec()).collect()
}

/// Every pixel within `radius` of a solid one.
fn grow(solid: &[bool], width: usize, radius: f32) -> Vec<bool> {
    let height = solid.len() / width;
    let sums: Vec<Vec<u32>> = solid.chunks(width).map(running_sums).collect();
    let reach = radius.floor() as usize;
    let mut grown = vec![false; solid.len()];
    for other in 0..=2 * reach {
        let apart = other as f32 - reach as f32;
        let half = (radius * radius - apart * apart).sqrt().floor() as usize;
        for y in 0..height {
            let Some(row) = (y + other).checked_sub(reach).and_then(|row| sums.get(row)) else {
                continue;
            };
            for x in 0..width {
                let (from, to) = (x.saturating_sub(half), (x + half + 1).min(width));
                grown[y * width + x] |= row[to] > row[from];
            }
        }
    }
    grown
}

fn running_sums(row: &[bool]) -> Vec<u32> {
    let mut sums = vec![0];
    let mut sum = 0;
    for solid in row {
        sum += u32::from(*solid);
        sums.push(sum);
    }
    sums
}

/// Makes every empty area solid that cannot be reached from the grid's corner.
fn fill(solid: &mut [bool], width: usize) {
    let height = solid.len() / width;
    let mut outside = vec![false; solid.len()];
    let mut open = vec![(0, 0)];
    while let Some((x, y)) = open.pop() {
        if x >= width || y >= height || solid[y * width + x] || outside[y * width + x] {
            continue;
        }
        outside[y * width + x] = true;
        open.extend([(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))]);
    }
    for (solid, outside) in solid.iter_mut().zip(outside) {
        *solid = !outside;
    }
}
