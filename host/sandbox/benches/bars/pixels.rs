//! What work on pixels costs in a plugin, beside the same functions run natively in the same run.

use std::{hint::black_box, time::Duration};

use image::RgbaImage;
use kernels::{Work, sum};
use pentimento_model::{Capability, Grant};
use pentimento_sandbox::{Allocation, Limits};

use crate::{
    guests::{Asker, KERNELS, sandbox},
    table::Figures,
    timing::Timing,
};

/// Pixels along a side.
const SIDE: u32 = 1024;

/// Readings of the picture.
const READINGS: usize = 200;

/// How often the pixels are worked on within one call, and how often that is timed.
const TIMES: u32 = 8;
const ROUNDS: usize = 30;

pub(crate) fn measure(figures: &mut Figures) {
    let limits = Limits { wall_time: Duration::from_mins(1), ..Limits::default() };
    let sandbox = sandbox(Allocation::Pooled, limits);
    let plugin = KERNELS.load(&sandbox, &Grant::of([Capability::Artifacts]));
    let asker = Asker::new(&plugin, SIDE);
    reading(&asker, figures);
    kernel(&asker, figures, "similarity", 1.15);
    kernel(&asker, figures, "components", 1.5);
}

/// Reading a picture that the host has decoded, and adding up its pixels.
fn reading(asker: &Asker<'_>, figures: &mut Figures) {
    let pixels = image::load_from_memory(&asker.candidate.bytes).unwrap().to_rgba8();
    assert_eq!(asker.report("rows 1"), natively(&pixels).to_string());
    let [mut native, mut walked, mut single] = std::array::from_fn(|_| Timing::new());
    for _ in 0..READINGS {
        native.time(|| natively(&pixels));
        walked.time(|| asker.report("walk 0"));
        single.time(|| asker.report("rows 1"));
    }
    let (native, most) = (native.median(), Duration::from_micros(1500));
    let more = |timing: &Timing| timing.median().saturating_sub(native);
    figures.time("1024x1024 RGBA read by rows natively, median", native);
    figures.time_at_most("the same in a plugin: more", more(&walked), most);
    figures.time("the same with a call to the host for each row: more", more(&single));
}

/// The sum of all pixels, row by row, each copied as a reader would.
fn natively(pixels: &RgbaImage) -> u32 {
    let mut row = Vec::with_capacity(SIDE as usize * 4);
    let rows = pixels.as_raw().chunks(SIDE as usize * 4);
    rows.map(|pixels| {
        row.clear();
        row.extend_from_slice(black_box(pixels));
        sum(&row)
    })
    .fold(0, u32::wrapping_add)
}

/// One kernel, here and there in turn. What a call costs that makes the pictures and works on none
/// is taken off on both sides. The best of all rounds counts: what else the machine does only adds.
fn kernel(asker: &Asker<'_>, figures: &mut Figures, name: &str, most: f64) {
    let work = Work::named(name).unwrap();
    let (all, nothing) = (format!("{name} {TIMES}"), format!("{name} 0"));
    assert_eq!(asker.report(&all), work.done(TIMES), "both do the same");
    let [mut native, mut native_idle, mut guest, mut guest_idle] =
        std::array::from_fn(|_| Timing::new());
    for _ in 0..ROUNDS {
        native.time(|| work.done(black_box(TIMES)));
        guest.time(|| asker.report(&all));
        native_idle.time(|| work.done(black_box(0)));
        guest_idle.time(|| asker.report(&nothing));
    }
    let native = native.best().saturating_sub(native_idle.best()) / TIMES;
    let guest = guest.best().saturating_sub(guest_idle.best()) / TIMES;
    figures.time(&format!("{name} of 1024x1024 natively, best"), native);
    let ratio = guest.as_secs_f64() / native.as_secs_f64();
    figures.ratio_at_most(&format!("{name} in a plugin, against that"), ratio, most);
}
