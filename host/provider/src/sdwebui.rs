//! AUTOMATIC1111's API: pictures from words, from pictures, and within a mask.

use pentimento_model::Usage;
use serde::Deserialize;
use serde_json::json;

use crate::{
    at_most::AtMost,
    error::ProviderError,
    limits, picture,
    question::Question,
    reply::{Painted, Painting},
    transport::{Call, Transport},
};

/// Seeds the server takes: it counts in 32 bits, and -1 means any.
const SEEDS: u64 = 0x7FFF_FFFF;
/// Sampling steps, as the server's own page offers them; left out, its API takes 50.
const STEPS: u32 = 20;
/// How much of a picture may change: the server's own default.
const STRENGTH: f64 = 0.75;
/// What is under a mask is painted over the original, so that light and perspective carry on.
const FILL_WITH_ORIGINAL: u32 = 1;

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    images: Option<AtMost<String, 1>>,
}

pub(crate) async fn paint(
    transport: &Transport,
    model: &str,
    painting: &Painting<'_>,
) -> Result<Painted, ProviderError> {
    let (path, body) = question(model, painting).await?;
    let reply: Reply = transport.ask(&Call::json(path, body, limits::PICTURE_BYTES)).await?;
    let Some(data) = reply.images.and_then(|images| images.0.into_iter().next()) else {
        return Err(transport.bad("holds no picture"));
    };
    let made = picture::from_base64(transport.name(), data.into()).await?;
    Ok(Painted { made, usage: Usage::PICTURE })
}

async fn question(
    model: &str,
    painting: &Painting<'_>,
) -> Result<(&'static str, Question), ProviderError> {
    let mut body = Question::with([
        ("prompt", json!(painting.prompt)),
        ("steps", json!(STEPS)),
        ("seed", json!(painting.seed.0 & SEEDS)),
        ("batch_size", json!(1)),
        ("n_iter", json!(1)),
        ("do_not_save_grid", json!(true)),
    ]);
    // Loading another model takes long, so the server is told only if one is named.
    if !model.is_empty() && model != "default" {
        body.set("override_settings", json!({ "sd_model_checkpoint": model }));
    }
    if let Some((width, height)) = painting.size {
        body.set("width", width);
        body.set("height", height);
    }
    // stable-diffusion.cpp's own word; a server that does not know it takes no notice.
    if !painting.liked.is_empty() {
        let liked: Vec<_> = painting.liked.iter().map(|one| body.base64(one)).collect();
        body.set("extra_images", liked);
    }
    let Some(picture) = painting.picture else { return Ok(("sdapi/v1/txt2img", body)) };
    let picture = body.base64(picture);
    body.set("init_images", json!([picture]));
    body.set("denoising_strength", STRENGTH);
    if let Some(mask) = painting.mask {
        let mask = picture::white_where_transparent(mask.clone()).await?;
        let mask = body.base64(&mask);
        body.set("mask", mask);
        body.set("inpainting_fill", FILL_WITH_ORIGINAL);
        body.set("inpaint_full_res", false);
    }
    Ok(("sdapi/v1/img2img", body))
}

/// The names of the models on the server's disk.
pub(crate) async fn models(transport: &Transport) -> Result<Vec<String>, ProviderError> {
    #[derive(Deserialize)]
    struct Model {
        title: String,
    }
    let list: AtMost<Model, { limits::LISTED_MODELS }> =
        transport.ask(&Call::get("sdapi/v1/sd-models", limits::WORDS_BYTES)).await?;
    Ok(list.0.iter().map(|model| transport.shown(&model.title)).collect())
}
