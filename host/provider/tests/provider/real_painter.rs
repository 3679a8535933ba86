//! The clients for painters against a server that nobody here wrote: stable-diffusion.cpp's, which speaks
//! two of their APIs, with a model that has learnt nothing. What it paints is noise; that it paints, by
//! which seed, in which size and from which pictures, is checked.

use std::{sync::OnceLock, time::Duration};

use pentimento_model::{Artifact, MediaType, Region, Seed, Usage};
use pentimento_provider::{Failure, Kind, Painting, Provider, mask};
use pentimento_real::Diffusion;

use crate::place::{Place, failed, wait, whole};

/// Width and height that are asked for: small, so that a picture takes a second.
const SIZE: u32 = 64;

/// A provider that talks to the server that all tests share: it ends when this process does.
fn painter(kind: Kind) -> Provider {
    static SERVER: OnceLock<Diffusion> = OnceLock::new();
    provider(SERVER.get_or_init(Diffusion::start), kind)
}

fn provider(server: &Diffusion, kind: Kind) -> Provider {
    let mut place = Place::new(kind);
    let path = if kind == Kind::OpenAi { "/v1" } else { "" };
    place.move_to(&format!("{}{path}", server.url()));
    place.settings.key = None;
    // However busy the machine is.
    place.settings.limits.deadline = Duration::from_hours(2);
    place.settings.limits.read = Duration::from_hours(2);
    place.provider()
}

fn words(seed: u64) -> Painting<'static> {
    Painting {
        prompt: "two cats under an umbrella",
        size: Some((SIZE, SIZE)),
        seed: Seed(seed),
        picture: None,
        mask: None,
        liked: &[],
        disliked: &[],
    }
}

/// The picture that is painted, if it can be decoded to its last row; with its width and height.
fn painted(kind: Kind, painting: &Painting<'_>) -> (Artifact, (u32, u32)) {
    let painted = wait(painter(kind).paint("default", painting)).unwrap();
    assert_eq!(painted.usage, Usage::PICTURE);
    let made = Artifact::new(painted.made.media_type, painted.made.bytes);
    assert_eq!(made.media_type, MediaType::Png);
    let pixels = image::load_from_memory(&made.bytes).unwrap().to_rgb8();
    let first = *pixels.get_pixel(0, 0);
    assert!(pixels.pixels().any(|pixel| *pixel != first), "it is not all of one color");
    (made, pixels.dimensions())
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn the_same_words_and_seed_paint_the_same_and_others_paint_another() {
    let (one, size) = painted(Kind::SdWebUi, &words(7));
    assert_eq!(size, (SIZE, SIZE));
    assert_eq!(painted(Kind::SdWebUi, &words(7)).0.id, one.id);
    assert_ne!(painted(Kind::SdWebUi, &words(8)).0.id, one.id);
    let other = Painting { prompt: "a red cup on a blue table", ..words(7) };
    assert_ne!(painted(Kind::SdWebUi, &other).0.id, one.id);
    // Seeds of 64 bits are cut to what the server counts in, and stay different ones.
    let (large, _) = painted(Kind::SdWebUi, &words(u64::MAX));
    assert_ne!(painted(Kind::SdWebUi, &words(u64::MAX - 1)).0.id, large.id);
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn both_apis_paint_in_the_size_that_is_asked_for() {
    for kind in [Kind::SdWebUi, Kind::OpenAi] {
        let wide = Painting { size: Some((128, 64)), ..words(7) };
        assert_eq!(painted(kind, &wide).1, (128, 64), "{kind}");
    }
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn both_apis_look_at_the_picture_that_they_change_and_at_its_mask() {
    let (one, _) = painted(Kind::SdWebUi, &words(1));
    let (other, _) = painted(Kind::SdWebUi, &words(2));
    let corner = mask(SIZE, SIZE, &[Region::new(0.0, 0.0, 0.5, 0.5).unwrap()]).unwrap();
    let from_one = Painting { picture: Some(&one), ..words(7) };
    let (changed, changed_size) = painted(Kind::SdWebUi, &from_one);
    assert_eq!(changed_size, (SIZE, SIZE));
    let from_other = Painting { picture: Some(&other), ..words(7) };
    assert_ne!(painted(Kind::SdWebUi, &from_other).0.id, changed.id, "another picture");
    let masked = Painting { mask: Some(&corner), ..from_one.clone() };
    assert_ne!(painted(Kind::SdWebUi, &masked).0.id, changed.id, "only within the mask");
    // Here a picture has the size of the one that is changed, and the seed is the server's own.
    for painting in [Painting { size: None, ..from_one }, Painting { size: None, ..masked }] {
        assert_eq!(painted(Kind::OpenAi, &painting).1, (SIZE, SIZE));
    }
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn both_apis_look_at_pictures_that_were_liked() {
    let (one, _) = painted(Kind::SdWebUi, &words(1));
    let (other, _) = painted(Kind::SdWebUi, &words(2));
    for kind in [Kind::SdWebUi, Kind::OpenAi] {
        let after = |liked: &[Artifact]| painted(kind, &Painting { liked, ..words(7) }).0.id;
        let both = [one.clone(), other.clone()];
        let (first, second) = (after(&both[..1]), after(&both[1..]));
        assert_ne!(first, second, "{kind}");
        assert_ne!(after(&both), first, "{kind}: both of two");
    }
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn its_models_are_listed() {
    assert_eq!(wait(painter(Kind::OpenAi).models()).unwrap(), ["sd-cpp-local"]);
    let listed = wait(painter(Kind::SdWebUi).models()).unwrap();
    assert!(listed.len() == 1 && listed[0].contains("painter"), "{listed:?}");
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn what_it_refuses_is_told_in_its_words_and_asked_once() {
    for kind in [Kind::SdWebUi, Kind::OpenAi] {
        let nothing = Painting { prompt: "", ..words(7) };
        let error = failed(wait(painter(kind).paint("default", &nothing)));
        assert_eq!((error.failure, error.attempts), (Failure::Rejected, 1), "{}", whole(&error));
        assert!(whole(&error).contains("prompt required"), "{kind}: {}", whole(&error));
    }
    let error = failed(wait(painter(Kind::OpenAi).embed("m", &["a".to_owned()])));
    assert_eq!(error.failure, Failure::NotFound, "{}", whole(&error));
}

#[test]
#[ignore = "needs a real server: scripts/test-servers"]
fn a_painter_that_ends_is_told_as_unreachable() {
    let server = Diffusion::start();
    let provider = provider(&server, Kind::SdWebUi);
    wait(provider.models()).unwrap();
    drop(server);
    let error = failed(wait(provider.paint("default", &words(7))));
    assert_eq!(error.failure, Failure::Unreachable, "{}", whole(&error));
}
