//! Pictures: what is sent, and what comes back.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, Chat, MediaType, Region, Seed, Usage};
use pentimento_provider::{Failure, Kind, Painting, mask};
use pentimento_scripted::{Act, bomb, png};
use serde_json::{Value, json};

use crate::place::{Place, failed, wait, whole};

const PAINTERS: [Kind; 2] = [Kind::OpenAi, Kind::SdWebUi];

fn words(prompt: &str) -> Painting<'_> {
    Painting {
        prompt,
        size: Some((64, 32)),
        seed: Seed(7),
        picture: None,
        mask: None,
        liked: &[],
        disliked: &[],
    }
}

#[test]
fn every_painter_paints() {
    for kind in PAINTERS {
        let place = Place::new(kind);
        let painted = wait(place.provider().paint("m", &words("a cat"))).unwrap();
        assert_eq!((painted.made.media_type, painted.usage), (MediaType::Png, Usage::PICTURE));
        let asked = &place.server.stats().asked[0];
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        assert_eq!(body["prompt"], "a cat", "{kind}");
        match kind {
            Kind::OpenAi => assert_eq!(body["size"], "64x32"),
            _ => assert_eq!((&body["width"], &body["height"]), (&json!(64), &json!(32))),
        }
    }
}

#[test]
fn only_models_that_know_the_word_are_told_how_to_send_pictures() {
    for (model, told) in [("gpt-image-1", false), ("dall-e-3", true), ("flux", true)] {
        let place = Place::new(Kind::OpenAi);
        wait(place.provider().paint(model, &words("a cat"))).unwrap();
        let body = &place.server.stats().asked[0].body;
        assert_eq!(body.contains("b64_json"), told, "{model}");
    }
}

#[test]
fn a_picture_is_changed_within_its_mask() {
    let picture = Artifact::new(MediaType::Png, png([9, 9, 9]));
    let mask = mask(8, 8, &[Region::new(0.0, 0.0, 0.5, 0.5).unwrap()]).unwrap();
    let painting = Painting { picture: Some(&picture), mask: Some(&mask), ..words("a dog") };

    let place = Place::new(Kind::OpenAi);
    wait(place.provider().paint("gpt-image-1", &painting)).unwrap();
    let asked = &place.server.stats().asked[0];
    assert_eq!(asked.call, "POST /v1/images/edits");
    assert!(asked.headers["content-type"].starts_with("multipart/form-data"));
    for part in ["name=\"image\"; filename=\"picture.png\"", "name=\"mask\"", "a dog"] {
        assert!(asked.body.contains(part), "{part}");
    }

    let place = Place::new(Kind::SdWebUi);
    wait(place.provider().paint("default", &painting)).unwrap();
    let asked = &place.server.stats().asked[0];
    assert_eq!(asked.call, "POST /sdapi/v1/img2img");
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(body["init_images"][0], STANDARD.encode(&picture.bytes));
    assert!(body["mask"].as_str().unwrap().starts_with("iVBORw0KGgo"));
    assert_eq!(body.get("override_settings"), None);
}

#[test]
fn pictures_that_were_liked_and_disliked_come_along() {
    let pictures = [1, 2, 3].map(|one| Artifact::new(MediaType::Png, png([one, one, one])));
    let painting = Painting { liked: &pictures[..2], disliked: &pictures[2..], ..words("a cat") };
    let place = Place::new(Kind::OpenAi);
    wait(place.provider().paint("gpt-image-1", &painting)).unwrap();
    let asked = &place.server.stats().asked[0];
    assert_eq!(asked.call, "POST /v1/images/edits");
    assert_eq!(asked.body.matches("name=\"image[]\"").count(), 3, "liked ones first");
    // This API knows none that were disliked.
    let place = Place::new(Kind::SdWebUi);
    wait(place.provider().paint("default", &painting)).unwrap();
    let asked = &place.server.stats().asked[0];
    assert_eq!(asked.call, "POST /sdapi/v1/txt2img");
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    let liked = pictures[..2].iter().map(|one| json!(STANDARD.encode(&one.bytes)));
    assert_eq!(body["extra_images"], liked.collect::<Value>());
    assert!(body.get("init_images").is_none());
}

#[test]
fn the_whole_seed_is_sent_to_servers_that_take_one_and_to_no_others() {
    let picture = Artifact::new(MediaType::Png, png([9, 9, 9]));
    let painting = Painting { seed: Seed(u64::MAX), ..words("a cat") };
    let changed = Painting { picture: Some(&picture), ..painting.clone() };
    for sends_seed in [false, true] {
        let mut place = Place::new(Kind::OpenAi);
        place.settings.sends_seed = sends_seed;
        wait(place.provider().paint("m", &painting)).unwrap();
        wait(place.provider().paint("m", &changed)).unwrap();
        // The newer of the two calls takes no seed, and no `stop` either.
        let stop = vec!["END".to_owned()];
        let chat = Chat { stop, ..Chat::ask("hello", 8, Seed(u64::MAX)) };
        wait(place.provider().complete("m", &chat)).unwrap();
        let asked = place.server.stats().asked;
        let words = asked.last().map(|one| one.body.as_str()).unwrap_or_default();
        // Every server takes 31 bits with a question in words.
        let seed = if sends_seed { u64::MAX } else { 0x7FFF_FFFF };
        assert!(words.contains(&format!("\"seed\":{seed},")), "{words}");
        assert_eq!(asked[0].body.contains("\"seed\":18446744073709551615"), sends_seed);
        let form = "name=\"seed\"\r\n\r\n18446744073709551615\r\n";
        assert_eq!(asked[1].body.contains(form), sends_seed, "{}", asked[1].body);
        assert_eq!(asked[0].body.contains("seed"), sends_seed);
    }
}

#[test]
fn a_form_is_sent_again_whole() {
    let picture = Artifact::new(MediaType::Png, png([9, 9, 9]));
    let painting = Painting { picture: Some(&picture), ..words("a dog") };
    let place = Place::new(Kind::OpenAi);
    place.server.script([Act::status(503, "busy")]);
    wait(place.provider().paint("m", &painting)).unwrap();
    let asked = place.server.stats().asked;
    assert_eq!(asked.len(), 2);
    assert!(asked.iter().all(|asked| asked.body.contains("a dog")));
}

#[test]
fn pictures_that_are_none_are_refused_and_not_paid_for_again() {
    let encoded = |bytes: &[u8]| STANDARD.encode(bytes);
    for (data, failure, said) in [
        ("*no base64*".to_owned(), Failure::BadAnswer, "base64"),
        (String::new(), Failure::BadAnswer, "empty"),
        (encoded(b"<html>"), Failure::BadAnswer, "neither PNG nor JPEG"),
        (encoded(&bomb(50_000, 50_000)), Failure::TooLarge, "50000×50000"),
        (encoded(&png([1, 1, 1])[..60]), Failure::BadAnswer, "breaks off"),
        (
            encoded(&[png([1, 1, 1]), vec![0; 1000]].concat()),
            Failure::BadAnswer,
            "something else behind its end",
        ),
    ] {
        for kind in PAINTERS {
            let place = Place::new(kind);
            let body = match kind {
                Kind::OpenAi => json!({ "data": [{ "b64_json": data }] }),
                _ => json!({ "images": [data] }),
            };
            place.server.always(Act::Body(body.to_string()));
            let error = failed(wait(place.provider().paint("m", &words("a cat"))));
            assert_eq!(error.failure, failure, "{kind}: {}", whole(&error));
            assert!(error.to_string().contains(said), "{kind}: {}", whole(&error));
            assert_eq!(place.server.stats().calls, 1);
        }
    }
}

#[test]
fn an_address_in_place_of_a_picture_is_not_called() {
    let place = Place::new(Kind::OpenAi);
    let url = format!("{}/v1/models", place.server.url());
    place.server.always(Act::Body(json!({ "data": [{ "url": url }] }).to_string()));
    let error = failed(wait(place.provider().paint("m", &words("a cat"))));
    assert_eq!((error.failure, place.server.stats().calls), (Failure::BadAnswer, 1));
    assert!(error.hint.unwrap().contains("b64_json"));
}

#[test]
fn talkers_do_not_paint() {
    for kind in [Kind::Anthropic, Kind::Ollama] {
        let place = Place::new(kind);
        let error = failed(wait(place.provider().paint("m", &words("a cat"))));
        assert_eq!((error.failure, place.server.stats().calls), (Failure::Unsupported, 0));
    }
}

#[test]
fn a_picture_in_lines_or_in_the_alphabet_of_urls_is_not_thrown_away() {
    let bytes = png([250, 251, 252]);
    let plain = STANDARD.encode(&bytes);
    let lines = plain.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line));
    let lines = lines.collect::<Vec<_>>().join("\r\n");
    let url = plain.replace('+', "-").replace('/', "_");
    for data in [format!("{lines}\r\n"), url.trim_end_matches('=').to_owned()] {
        let place = Place::new(Kind::OpenAi);
        place.server.always(Act::Body(json!({ "data": [{ "b64_json": data }] }).to_string()));
        let painted = wait(place.provider().paint("m", &words("a cat"))).unwrap();
        assert_eq!(&*painted.made.bytes, bytes.as_slice());
    }
}
