//! `PaddleOCR`'s pair of graphs (PP-OCR, arXiv:2009.09941; PP-OCRv4): one finds lines of text, the other
//! reads them.
//!
//! The finder gives each pixel a probability to be in the middle of a line (DB, arXiv:1911.08947), the
//! reader each of some steps along a line a probability for every character (CTC). What is done around them
//! is as in `RapidOCR` 1.4, with its numbers. The third graph of that family, which turns pictures that stand
//! on their heads, is not asked: what is upside down is not read, or read as something else.

mod find;
mod line;
mod quad;

use image::RgbImage;
use pentimento_local::{Companion, LocalModel};
use pentimento_prompts::Written;

use self::{find::Finder, line::Reader};
use crate::{
    error::{LocalError, shown},
    limits::LINES,
};

/// Lines whose characters have a lower mean probability are left out (`text_score` of `RapidOCR`).
const LEAST_SURE: f32 = 0.5;

/// The lines of a picture, from top to bottom, and from left to right where they stand beside each other.
pub(crate) fn read(model: &LocalModel, picture: &RgbImage) -> Result<Vec<Written>, LocalError> {
    let finder = Finder::read(model.file.bytes()?)?;
    let mut places = finder.places(picture)?;
    places.truncate(LINES);
    let reader = Reader::read(companion(model, Companion::Recognizer)?, characters(model)?)?;
    let mut lines = Vec::new();
    for place in places {
        let (text, sure) = reader.line(&place.cut_out(picture))?;
        let region = place.region(picture);
        if let Some(region) = region.filter(|_| sure >= LEAST_SURE && !text.trim().is_empty()) {
            lines.push(Written { text: text.trim().to_owned(), sure, region });
        }
    }
    Ok(lines)
}

fn companion(model: &LocalModel, which: Companion) -> Result<Vec<u8>, LocalError> {
    let file = model
        .companions
        .get(&which)
        .ok_or_else(|| LocalError::Characters(format!("settings name no `{}`", which.as_str())))?;
    Ok(file.bytes()?)
}

/// What the reader's numbers stand for: a character a line, from 1 on.
fn characters(model: &LocalModel) -> Result<Vec<String>, LocalError> {
    let bytes = companion(model, Companion::Characters)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| LocalError::Characters("its `characters` are not in UTF-8".to_owned()))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let characters: Vec<String> =
        text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect();
    // Some of the tables in use have an ideographic space, or nothing but a joiner, on a line.
    match characters.iter().find(|one| one.chars().count() > 8) {
        Some(long) => Err(LocalError::Characters(format!(
            "a line of its `characters` is no character: {}",
            shown(long)
        ))),
        None => Ok(characters),
    }
}

fn other(why: &str) -> LocalError {
    LocalError::OtherFamily { family: "paddle-ocr", why: why.to_owned() }
}

#[cfg(test)]
mod tests;
