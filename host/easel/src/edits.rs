//! Changes pictures in their pixels, imperfectly by preset.
//!
//! Whatever is given is looked at anew: no scene is stored between drawing and editing. What was
//! really done is told to the oracle's ledger as [`Effect`]s; the caller only hears what a painter
//! would say.

mod fill;
mod inpaint;
mod lift;
mod restyle;
mod sheet;

use image::RgbImage;
use pentimento_model::{AppliedOp, Attribute, EditOp, ItemName, Region, Seed};
use pentimento_world::noun;

use crate::{
    dice::Dice,
    draw::{draw_item, pixel_box},
    faults::{is_usual, wrong_attribute},
    fit::{fit, place},
    preset::EditRates,
    scene::SceneItem,
};
use lift::{Lifted, lift};
use sheet::{Found, Sheet};

/// A moved object that misses its place lands this far off, in fractions of the picture.
const OFF_BY: f32 = 0.03;

/// What an operation really did.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// The sticker there is gone.
    Removed(Region),
    /// A new sticker, as it was really drawn.
    Painted(SceneItem),
    /// Stickers went elsewhere, all at once: where each was and where it is.
    Moved(Vec<(Region, Region)>),
    /// The sticker there has another look.
    Restyled(Region, Attribute),
}

/// A picture after its operations.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The pixels.
    pub(crate) picture: RgbImage,
    /// What the painter says it did, one for each operation.
    pub(crate) applied: Vec<AppliedOp>,
    /// What it really did.
    pub(crate) effects: Vec<Effect>,
}

/// Carries out operations in order. Moves that follow one another happen at once: all are lifted
/// before any is put down, so that two things can change places.
pub(crate) fn apply(picture: RgbImage, ops: &[EditOp], rates: &EditRates, seed: Seed) -> Changed {
    let mut changed = Changed { picture, applied: Vec::new(), effects: Vec::new() };
    let mut in_hand = Vec::new();
    for (index, op) in (0..).zip(ops) {
        if !matches!(op, EditOp::Move { .. }) {
            put_down(&mut changed, &mut in_hand);
        }
        let mut brush = Brush {
            picture: &mut changed.picture,
            effects: &mut changed.effects,
            in_hand: &mut in_hand,
            rates,
            dice: Dice::new(seed, "edit", index),
        };
        let refused = brush.carry_out(op).err();
        changed.applied.push(AppliedOp { op: op.clone(), refused });
    }
    put_down(&mut changed, &mut in_hand);
    changed
}

/// A sticker that was lifted and not put down yet.
struct InHand {
    lifted: Lifted,
    /// Width and height in pixels it will have.
    fitted: (u32, u32),
    from: Option<Region>,
    to: Region,
}

/// Puts down what was lifted, in the order in which it was lifted.
fn put_down(changed: &mut Changed, in_hand: &mut Vec<InHand>) {
    let mut moves = Vec::new();
    for InHand { lifted, fitted, from, to } in in_hand.drain(..) {
        let (left, top, ..) = pixel_box(&to, changed.picture.dimensions());
        lifted.put_down(&mut changed.picture, (left, top), fitted);
        moves.extend(from.map(|from| (from, to)));
    }
    if !moves.is_empty() {
        changed.effects.push(Effect::Moved(moves));
    }
}

/// Why an operation was not carried out, for the user.
type Refusal = String;

/// Everything one operation works with.
struct Brush<'a> {
    picture: &'a mut RgbImage,
    effects: &'a mut Vec<Effect>,
    in_hand: &'a mut Vec<InHand>,
    rates: &'a EditRates,
    dice: Dice,
}

impl Brush<'_> {
    fn carry_out(&mut self, op: &EditOp) -> Result<(), Refusal> {
        match op {
            EditOp::Delete { item, region } => self.delete(item, region),
            EditOp::Add { item, region } => self.add(item, region),
            EditOp::Move { item, from, to } => self.take_up(item, from, to),
            EditOp::Restyle { item, region, attribute } => self.restyle(item, region, *attribute),
            EditOp::Inpaint { region, prompt } => self.inpaint(region, prompt),
        }
    }

    fn delete(&mut self, item: &ItemName, region: &Region) -> Result<(), Refusal> {
        let (sheet, found) = self.find(item, region)?;
        if !self.dice.happens(self.rates.delete_nothing) {
            self.clear(&sheet, &found);
        }
        Ok(())
    }

    fn add(&mut self, item: &ItemName, region: &Region) -> Result<(), Refusal> {
        let noun = noun(&item.noun)
            .ok_or_else(|| format!("the painter does not know what `{}` looks like", item.noun))?;
        let region = fit(noun.name, region, self.picture.dimensions())
            .ok_or_else(|| format!("there is too little room for `{item}`"))?;
        if self.dice.happens(self.rates.add_nothing) {
            return Ok(());
        }
        let attribute = match item.attribute {
            Some(wanted) if self.dice.happens(self.rates.add_wrong_attribute) => {
                wrong_attribute(wanted, is_usual(noun.name, wanted), &mut self.dice)
            }
            as_wanted => as_wanted,
        };
        let flipped = self.dice.happens(0.5);
        self.paint(SceneItem { noun: noun.name.to_owned(), attribute, region, flipped });
        Ok(())
    }

    fn take_up(&mut self, item: &ItemName, from: &Region, to: &Region) -> Result<(), Refusal> {
        let (sheet, found) = self.find(item, from)?;
        if self.dice.happens(self.rates.move_nothing) {
            return Ok(());
        }
        let size = self.picture.dimensions();
        let lifted = lift(self.picture, &sheet, &found);
        let (_, _, width, height) = pixel_box(to, size);
        let fitted = lifted.fitted((width, height));
        let off = if self.dice.happens(self.rates.move_off) { OFF_BY } else { 0.0 };
        let (x, y) = to.center();
        let center = (x + off * self.dice.swing(), y + off * self.dice.swing());
        let target =
            place(fitted, center, size).ok_or_else(|| format!("there is no room for `{item}`"))?;
        self.clear_pixels(&sheet, &found);
        self.in_hand.push(InHand { lifted, fitted, from: sheet.region(&found), to: target });
        Ok(())
    }

    fn restyle(
        &mut self,
        item: &ItemName,
        region: &Region,
        attribute: Attribute,
    ) -> Result<(), Refusal> {
        let (sheet, found) = self.find(item, region)?;
        if self.dice.happens(self.rates.restyle_nothing) {
            return Ok(());
        }
        let mut lifted = lift(self.picture, &sheet, &found);
        let width = self.picture.width();
        restyle::restyle(&mut lifted, &item.noun, width, attribute);
        lifted.repaint(self.picture, (found.left, found.top));
        if let Some(region) = sheet.region(&found) {
            self.effects.push(Effect::Restyled(region, attribute));
        }
        Ok(())
    }

    /// The sticker a region means.
    fn find(&self, item: &ItemName, region: &Region) -> Result<(Sheet, Found), Refusal> {
        let sheet = Sheet::read(self.picture);
        let found = sheet.at(region).ok_or_else(|| format!("no `{item}` was found there"))?;
        Ok((sheet, found))
    }

    /// Takes a sticker away, and says so.
    fn clear(&mut self, sheet: &Sheet, found: &Found) {
        self.clear_pixels(sheet, found);
        if let Some(region) = sheet.region(found) {
            self.effects.push(Effect::Removed(region));
        }
    }

    fn clear_pixels(&mut self, sheet: &Sheet, found: &Found) {
        fill::clear(self.picture, sheet, found.label, &mut self.dice);
    }

    /// Draws a sticker, and says so.
    fn paint(&mut self, item: SceneItem) {
        if draw_item(self.picture, &item) {
            self.effects.push(Effect::Painted(item));
        }
    }
}

#[cfg(test)]
mod tests;
