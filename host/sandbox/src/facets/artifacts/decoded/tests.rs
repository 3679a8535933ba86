//! Pictures are decoded once and forgotten in time.

use super::*;

fn picture_of(side: u32, shade: u8) -> Artifact {
    let pixels = RgbaImage::from_pixel(side, side, image::Rgba([shade; 4]));
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png).unwrap();
    Artifact::new(MediaType::Png, bytes.into_inner())
}

fn look(decoded: &Decoded, artifact: &Artifact) -> Result<Arc<RgbaImage>, Failure> {
    look_of("one", decoded, artifact)
}

fn look_of(asker: &str, decoded: &Decoded, artifact: &Artifact) -> Result<Arc<RgbaImage>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(decoded.picture(artifact.clone(), asker))
}

#[test]
fn the_second_look_gets_the_same_pixels() {
    let (decoded, artifact) = (Decoded::default(), picture_of(4, 1));
    let first = look(&decoded, &artifact).unwrap();
    assert!(Arc::ptr_eq(&first, &look(&decoded, &artifact).unwrap()));
}

#[test]
fn pixels_are_the_same_whatever_they_are_made_of() {
    use image::{GrayImage, Luma, Rgb, RgbImage, Rgba};
    let shade = |x: u32, y: u32, by: u32| u8::try_from((x * 7 + y * 13 + by * 50) % 251).unwrap();
    for (width, height) in [(1, 1), (3, 1), (64, 48), (40, 77), (1024, 1)] {
        let rgb = RgbImage::from_fn(width, height, |x, y| Rgb([0, 1, 2].map(|by| shade(x, y, by))));
        let gray = GrayImage::from_fn(width, height, |x, y| Luma([shade(x, y, 0)]));
        let rgba =
            RgbaImage::from_fn(width, height, |x, y| Rgba([0, 1, 2, 3].map(|by| shade(x, y, by))));
        for picture in [DynamicImage::from(rgb), gray.into(), rgba.into()] {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
            let artifact = Artifact::new(MediaType::Png, bytes.into_inner());
            assert_eq!(*look(&Decoded::default(), &artifact).unwrap(), picture.into_rgba8());
        }
    }
}

#[test]
fn a_failure_is_remembered_too() {
    let (decoded, broken) = (Decoded::default(), Artifact::new(MediaType::Png, &b"x"[..]));
    assert_eq!(look(&decoded, &broken).unwrap_err().code, "undecodable");
    assert_eq!(look(&decoded, &broken).unwrap_err().code, "undecodable");
    assert_eq!(decoded.recent.lock().unwrap().pictures.len(), 1);
}

#[test]
fn the_oldest_pictures_are_forgotten() {
    const SIDE: u32 = 2_048;
    let fitting = limits::DECODED_BYTES / (SIDE as usize * SIDE as usize * 4);
    let decoded = Decoded::default();
    look_of("another", &decoded, &picture_of(1, 0)).unwrap();
    for shade in 0..=fitting {
        look(&decoded, &picture_of(SIDE, u8::try_from(shade).unwrap())).unwrap();
    }
    assert_eq!(decoded.recent.lock().unwrap().pictures.len(), fitting);
}

#[test]
fn for_one_plugin_alone_only_a_few_are_kept() {
    const SIDE: u32 = 512;
    let fitting = limits::OWN_DECODED_BYTES / (SIDE as usize * SIDE as usize * 4);
    let decoded = Decoded::default();
    for shade in 0..=u8::try_from(fitting).unwrap() {
        look(&decoded, &picture_of(SIDE, shade)).unwrap();
    }
    assert_eq!(decoded.recent.lock().unwrap().pictures.len(), fitting);
    look_of("another", &decoded, &picture_of(SIDE, 0)).unwrap();
    assert_eq!(
        decoded.recent.lock().unwrap().pictures.len(),
        fitting + 1,
        "there is one to keep for"
    );
}
