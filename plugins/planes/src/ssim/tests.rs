//! Similarities against the formula, a slow reference, and another program.

use super::*;

const WIDTH: usize = 37;
const HEIGHT: usize = 29;

/// Numbers from 0 to 255 by a linear congruence.
fn noise(seed: u32, length: usize) -> Vec<f32> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7fff_ffff;
        f32::from(u8::try_from(state >> 16 & 0xff).unwrap())
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Brighter to the right and a little downwards, 0 to 244.
fn ramp() -> Vec<f32> {
    let sample = |at| u8::try_from(at % WIDTH * 6 + at / WIDTH).map(f32::from).unwrap();
    (0..WIDTH * HEIGHT).map(sample).collect()
}

fn map(plane: &[f32], change: impl Fn(f32) -> f32) -> Vec<f32> {
    plane.iter().map(|sample| change(*sample)).collect()
}

/// The formula of the paper, window by window, in double precision.
fn slow(first: &[f32], second: &[f32], width: usize) -> f64 {
    let height = first.len() / width;
    let mut kernel = Vec::new();
    for at in 0..121_i32 {
        let (x, y) = (f64::from(at % 11 - 5), f64::from(at / 11 - 5));
        kernel.push((-(x * x + y * y) / 4.5).exp());
    }
    let sum: f64 = kernel.iter().sum();
    let (mut total, mut windows) = (0.0, 0.0);
    for (top, left) in (0..=height - 11).flat_map(|y| (0..=width - 11).map(move |x| (y, x))) {
        let mean_of = |value: &dyn Fn(f64, f64) -> f64| {
            let weighted = kernel.iter().enumerate().map(|(at, weight)| {
                let at = (top + at / 11) * width + left + at % 11;
                weight / sum * value(f64::from(first[at]), f64::from(second[at]))
            });
            weighted.sum::<f64>()
        };
        let (one, other) = (mean_of(&|x, _| x), mean_of(&|_, y| y));
        let own = mean_of(&|x, _| (x - one) * (x - one));
        let others = mean_of(&|_, y| (y - other) * (y - other));
        let shared = mean_of(&|x, y| (x - one) * (y - other));
        let (c1, c2) = (6.5025, 58.5225);
        total += (2.0 * one * other + c1) * (2.0 * shared + c2)
            / ((one * one + other * other + c1) * (own + others + c2));
        windows += 1.0;
    }
    total / windows
}

fn pairs() -> [(&'static str, Vec<f32>, Vec<f32>, f64); 5] {
    let noise_one = noise(1, WIDTH * HEIGHT);
    let spoiled = ramp().into_iter().zip(&noise_one);
    let spoiled = spoiled.map(|(ramp, noise)| ramp * 0.75 + (noise / 8.0).floor()).collect();
    let dark = map(&ramp(), |sample| sample * 0.5);
    let brighter = map(&dark, |sample| sample + 7.0);
    [
        ("two noises", noise_one.clone(), noise(2, WIDTH * HEIGHT), 0.023_754_664),
        ("a ramp and noise", ramp(), noise_one.clone(), 0.008_714_577),
        ("a ramp and a spoiled one", ramp(), spoiled, 0.676_871_813),
        (
            "noise and its negative",
            noise_one.clone(),
            map(&noise_one, |one| 255.0 - one),
            -0.962_053_622,
        ),
        ("a ramp and a brighter one", dark, brighter, 0.990_247_056),
    ]
}

/// The last column is scikit-image 0.26.0's: `structural_similarity(…, data_range=255,
/// gaussian_weights=True, sigma=1.5, use_sample_covariance=False)`.
#[test]
fn similarities_are_those_of_the_paper() {
    for (name, first, second, known) in pairs() {
        let found = ssim(&first, &second, WIDTH).unwrap();
        let reference = slow(&first, &second, WIDTH);
        assert!((found - reference).abs() < 2e-6, "{name}: {found}, slowly {reference}");
        assert!((found - known).abs() < 2e-6, "{name}: {found}, elsewhere {known}");
    }
}

#[test]
fn planes_without_detail_follow_from_their_means_alone() {
    // (2·100·150 + 6.5025) / (100² + 150² + 6.5025)
    let found = ssim(&[100.0; 400], &[150.0; 400], 20).unwrap();
    assert!((found - 30_006.502_5 / 32_506.502_5).abs() < 1e-5, "{found}");
    // 6.5025 / (255² + 6.5025): no less alike without being opposed.
    let found = ssim(&[0.0; 121], &[255.0; 121], 11).unwrap();
    assert!((found - 0.000_099_990).abs() < 1e-6, "{found}");
}

#[test]
fn the_same_plane_is_alike_to_the_last_bit() {
    for plane in [noise(5, WIDTH * HEIGHT), ramp(), vec![0.0; WIDTH * HEIGHT]] {
        assert_eq!(ssim(&plane, &plane, WIDTH).map(f64::to_bits), Some(1.0_f64.to_bits()));
    }
}

#[test]
fn order_does_not_matter() {
    for (name, first, second, _) in pairs() {
        let (one, other) = (ssim(&first, &second, WIDTH), ssim(&second, &first, WIDTH));
        assert!((one.unwrap() - other.unwrap()).abs() < 1e-9, "{name}");
    }
}

#[test]
fn a_plane_without_a_whole_window_has_no_similarity() {
    let rows = [(110, 10), (110, 11), (0, 0), (0, 11), (130, 12)];
    for (length, width) in rows {
        let plane = vec![1.0; length];
        assert_eq!(ssim(&plane, &plane, width), None, "{length} {width}");
    }
    assert_eq!(ssim(&[1.0; 121], &[1.0; 132], 11), None);
    assert!(ssim(&[1.0; 121], &[1.0; 121], 11).is_some());
}

#[test]
fn the_window_adds_up_to_one() {
    let weights = weights();
    assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    // exp(-0) / sum and exp(-25/4.5) / sum, with sum 3.758 852 8.
    assert!((weights[5] - 0.266_012).abs() < 1e-5 && (weights[0] - 0.001_028).abs() < 1e-5);
}
