use super::*;

/// Distance between two colors in linear steps of 0 to 255 per channel.
fn apart(one: Rgb, other: Rgb) -> f32 {
    let squares = one.iter().zip(other).map(|(a, b)| (f32::from(*a) - f32::from(b)).powi(2));
    squares.sum::<f32>().sqrt()
}

/// Asserts the tone of a luminance for a sprite with the luminances 0, 10, … 200.
fn check(luminance: f32, tone: f32) {
    let tones = Tones::measure((0..=20u8).map(|step| f32::from(step) * 10.0).collect());
    assert!((tones.tone(luminance) - tone).abs() < 1e-4, "{}", tones.tone(luminance));
}

#[test]
fn tones_run_from_the_dark_twentieth_to_the_light_one() {
    for (luminance, tone) in [(0.0, 0.0), (10.0, 0.0), (100.0, 0.5), (145.0, 0.75), (200.0, 1.0)] {
        check(luminance, tone);
    }
}

#[test]
fn a_flat_sprite_stays_flat() {
    let tones = Tones::measure(vec![90.0; 50]);
    assert!((tones.tone(90.0) - 0.5).abs() < f32::EPSILON);
    assert!((tones.tone(93.0) - 0.5).abs() < 0.1, "faint shading is not blown up");
}

#[test]
fn nothing_to_measure_is_no_problem() {
    assert!(Tones::measure(Vec::new()).tone(127.5).is_finite());
}

#[test]
fn the_middles_of_all_attributes_lie_far_apart() {
    let all: Vec<Attribute> = Attribute::all().collect();
    for (index, one) in all.iter().enumerate() {
        for other in &all[index + 1..] {
            let distance = apart(ramp(*one).mid, ramp(*other).mid);
            assert!(distance > 38.0, "{one} and {other} are {distance} apart");
        }
    }
}

#[test]
fn every_ramp_rises() {
    for attribute in Attribute::all() {
        let Ramp { dark, mid, light } = ramp(attribute);
        assert!(luminance(dark) < luminance(mid), "{attribute}");
        assert!(luminance(mid) < luminance(light), "{attribute}");
    }
}

#[test]
fn a_color_tints_a_middle_tone_to_its_middle() {
    for color in Color::ALL {
        let attribute = Attribute::Color(color);
        assert_eq!(tint(attribute, 0.5, (0.3, 0.8)), ramp(attribute).mid);
    }
}

#[test]
fn a_material_stays_close_to_its_middle_on_average() {
    for material in Material::ALL {
        let attribute = Attribute::Material(material);
        let places =
            (0..400u16).map(|step| (f32::from(step % 20) / 20.0, f32::from(step / 20) / 20.0));
        let mut sums = [0.0_f32; 3];
        for place in places {
            let color = tint(attribute, 0.5, place);
            sums.iter_mut().zip(color).for_each(|(sum, channel)| *sum += f32::from(channel));
        }
        let mean = sums.map(|sum| byte(sum / 400.0));
        assert!(apart(mean, ramp(attribute).mid) < 30.0, "{attribute}: {mean:?}");
    }
}
