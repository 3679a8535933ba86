//! `images/edits`: the easel changes a picture.
//!
//! A prompt in the form in which this program instructs painters (`prompts::instruct`) deletes, moves,
//! restyles and adds single objects, wherever the mask is. With any other prompt a part is painted
//! anew: the box around what the mask leaves transparent; without a mask, the whole picture. Several
//! pictures are none to be changed: a new one is painted after them. They were liked, unless the prompt
//! tells which were not, in the form in which this program does (`prompts::after`).

use futures::stream;
use hyper::{
    StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderMap},
};
use multer::{Constraints, Field, Multipart, SizeLimit};
use pentimento_easel::Preset;
use pentimento_engine::PortError;
use pentimento_model::{Artifact, EditOp, MediaType, Region};
use pentimento_prompts::{After, instructed, told_after};
use serde_json::Value;

use crate::{
    ask,
    images::{self, Wish},
    limits, models,
    refusal::Refusal,
    world::World,
};

/// A form with pictures.
#[derive(Debug, Default)]
struct Form {
    wish: Wish,
    image: Option<Artifact>,
    /// Those of the field for several.
    images: Vec<Artifact>,
    mask: Option<Artifact>,
}

/// Changes a picture as the form says.
pub(crate) async fn edit(
    world: &World,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Value, Refusal> {
    let Form { wish, image, mut images, mask } = read(headers, body).await?;
    let (preset, prompt) = (models::painter(wish.model.as_deref())?, wish.prompt()?);
    let count = wish.count()?;
    images.splice(0..0, image);
    if let Some(after) = after(&prompt, images.len()) {
        if mask.is_some() {
            return Err(Refusal::of("mask", "a new picture after others has no `mask`"));
        }
        return paint_after(world, &wish, (preset, count), after, images).await;
    }
    let image = images.pop().ok_or_else(|| Refusal::of("image", "there is no `image`"))?;
    let ops = match (instructed(&prompt, limits::CHANGES), mask) {
        (Some(ops), _) => ops,
        (None, None) => vec![EditOp::Inpaint { region: Region::WHOLE, prompt }],
        (None, Some(mask)) => {
            vec![EditOp::Inpaint { region: opening(image.clone(), mask).await?, prompt }]
        }
    };
    let mut pictures = Vec::new();
    for seed in wish.seeds(world, count) {
        pictures.push(world.repaint(preset, image.clone(), ops.clone(), seed).await?);
    }
    Ok(images::shown(world, &pictures))
}

/// What is told of a new picture after others; `None` if one is to be changed.
fn after(prompt: &str, pictures: usize) -> Option<After> {
    let plain = || After { prompt: prompt.to_owned(), liked: pictures, disliked: 0 };
    told_after(prompt).or_else(|| (pictures > 1).then(plain))
}

async fn paint_after(
    world: &World,
    wish: &Wish,
    (preset, count): (Preset, u32),
    After { prompt, liked, disliked }: After,
    mut pictures: Vec<Artifact>,
) -> Result<Value, Refusal> {
    let (told, sent) = (liked.saturating_add(disliked), pictures.len());
    if told != sent {
        let message = format!("the prompt speaks of {told} pictures, and there are {sent}");
        return Err(Refusal::of("image", message));
    }
    let disliked = pictures.split_off(liked);
    let mut made = Vec::new();
    for seed in wish.seeds(world, count) {
        let shown = (pictures.clone(), disliked.clone());
        made.push(world.paint_after(preset, prompt.clone(), shown, seed).await?);
    }
    Ok(images::shown(world, &made))
}

async fn opening(image: Artifact, mask: Artifact) -> Result<Region, Refusal> {
    let wrong = |error| Refusal::from_port(&PortError::from(error), "mask");
    ask::elsewhere(move || pentimento_easel::opening(&image, &mask).map_err(wrong)).await
}

async fn read(headers: &HeaderMap, body: Bytes) -> Result<Form, Refusal> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = multer::parse_boundary(media_type.unwrap_or_default()).map_err(|_| {
        let message = "send a form, with `content-type: multipart/form-data; boundary=…`";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
    })?;
    let size = SizeLimit::new().whole_stream(limits::PICTURES_BYTES as u64);
    let constraints = Constraints::new().size_limit(size);
    let whole = stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut fields = Multipart::with_constraints(whole, boundary, constraints);
    let mut form = Form::default();
    for _ in 0..limits::FIELDS {
        match fields.next_field().await.map_err(|error| broken(&error))? {
            Some(field) => form.take(field).await?,
            None => return Ok(form),
        }
    }
    let most = limits::FIELDS;
    Err(Refusal::new(StatusCode::BAD_REQUEST, format!("a form has at most {most} fields")))
}

impl Form {
    async fn take(&mut self, field: Field<'_>) -> Result<(), Refusal> {
        let name = field.name().unwrap_or_default().to_owned();
        let wish = &mut self.wish;
        match name.as_str() {
            "image" => put(&mut self.image, "image", picture(field, "image").await?),
            "image[]" if self.images.len() >= limits::PICTURES_SHOWN => {
                let most = limits::PICTURES_SHOWN;
                Err(Refusal::of("image", format!("there are more than {most} pictures")))
            }
            "image[]" => {
                self.images.push(picture(field, "image").await?);
                Ok(())
            }
            "mask" => put(&mut self.mask, "mask", picture(field, "mask").await?),
            "prompt" => put(&mut wish.prompt, "prompt", text(field).await?),
            "model" => put(&mut wish.model, "model", text(field).await?),
            "size" => put(&mut wish.size, "size", text(field).await?),
            "response_format" => {
                put(&mut wish.response_format, "response_format", text(field).await?)
            }
            "output_format" => put(&mut wish.output_format, "output_format", text(field).await?),
            "n" => put(&mut wish.n, "n", number(&text(field).await?, "n")?),
            "seed" => put(&mut wish.seed, "seed", number(&text(field).await?, "seed")?),
            "stream" => put(&mut wish.stream, "stream", text(field).await? == "true"),
            _ => Ok(()),
        }
    }
}

/// A field that may stand once.
fn put<T>(place: &mut Option<T>, name: &'static str, value: T) -> Result<(), Refusal> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Refusal::of(name, format!("there is more than one `{name}`"))),
    }
}

async fn text(field: Field<'_>) -> Result<String, Refusal> {
    let bytes = field.bytes().await.map_err(|error| broken(&error))?;
    let no_text = |_| Refusal::new(StatusCode::BAD_REQUEST, "a field of the form is not UTF-8");
    String::from_utf8(bytes.to_vec()).map_err(no_text)
}

fn number<T: std::str::FromStr>(text: &str, field: &'static str) -> Result<T, Refusal> {
    text.trim().parse().map_err(|_| Refusal::of(field, format!("`{field}` is no whole number")))
}

/// A picture by its first bytes, whatever its field says it is. It is decoded by the easel.
async fn picture(field: Field<'_>, name: &'static str) -> Result<Artifact, Refusal> {
    let bytes = field.bytes().await.map_err(|error| broken(&error))?;
    recognized(bytes.to_vec())
        .ok_or_else(|| Refusal::of(name, format!("`{name}` is neither PNG nor JPEG")))
}

/// The bytes under the name of what they begin like.
pub(crate) fn recognized(bytes: Vec<u8>) -> Option<Artifact> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let media_type = match () {
        () if starts(b"\x89PNG\r\n\x1a\n") => MediaType::Png,
        () if starts(b"\xFF\xD8\xFF") => MediaType::Jpeg,
        () => return None,
    };
    Some(Artifact::new(media_type, bytes))
}

fn broken(error: &multer::Error) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, format!("the form cannot be read: {error}"))
}
