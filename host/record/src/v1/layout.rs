//! Places, item names and layouts.

use pentimento_model::{ItemName, Layout, LayoutItem, Place, Region, Score};
use serde::{Deserialize, Serialize};

use super::{list, words};
use crate::RecordError;

/// `[x, y, width, height]`, in fractions of the picture.
#[derive(Serialize, Deserialize)]
pub(super) struct RegionV1([f32; 4]);

impl RegionV1 {
    pub(super) fn from_model(region: &Region) -> Self {
        Self([region.x(), region.y(), region.width(), region.height()])
    }

    pub(super) fn into_model(self) -> Result<Region, RecordError> {
        let [x, y, width, height] = self.0;
        Region::exact(x, y, width, height)
            .ok_or_else(|| RecordError::bad("region", &format!("{:?}", self.0)))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PlaceV1 {
    Region(RegionV1),
    TextSpan([u32; 2]),
    Step(u32),
}

impl PlaceV1 {
    pub(super) fn from_model(place: &Place) -> Self {
        match place {
            Place::Region(region) => Self::Region(RegionV1::from_model(region)),
            Place::TextSpan { start, end } => Self::TextSpan([*start, *end]),
            Place::Step(step) => Self::Step(*step),
        }
    }

    pub(super) fn into_model(self) -> Result<Place, RecordError> {
        Ok(match self {
            Self::Region(region) => Place::Region(region.into_model()?),
            Self::TextSpan([start, end]) => Place::TextSpan { start, end },
            Self::Step(step) => Place::Step(step),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ItemNameV1 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    noun: String,
    number: u32,
}

impl ItemNameV1 {
    pub(super) fn from_model(name: &ItemName) -> Self {
        let attribute = name.attribute.map(|noun| words::attribute_word(noun).to_owned());
        Self { attribute, noun: name.noun.clone(), number: name.number }
    }

    pub(super) fn into_model(self) -> Result<ItemName, RecordError> {
        let attribute = self.attribute.as_deref().map(words::attribute).transpose()?;
        Ok(ItemName { attribute, noun: self.noun, number: self.number })
    }
}

#[derive(Serialize, Deserialize)]
struct LayoutItemV1 {
    name: ItemNameV1,
    region: RegionV1,
    confidence: f32,
}

/// The items, in order.
#[derive(Serialize, Deserialize)]
pub(super) struct LayoutV1(Vec<LayoutItemV1>);

impl LayoutV1 {
    pub(super) fn from_model(layout: &Layout) -> Self {
        let item = |item: &LayoutItem| LayoutItemV1 {
            name: ItemNameV1::from_model(&item.name),
            region: RegionV1::from_model(&item.region),
            confidence: item.confidence.value(),
        };
        Self(layout.items.iter().map(item).collect())
    }

    pub(super) fn into_model(self) -> Result<Layout, RecordError> {
        let item = |item: LayoutItemV1| {
            Ok(LayoutItem {
                name: item.name.into_model()?,
                region: item.region.into_model()?,
                confidence: score(item.confidence)?,
            })
        };
        Ok(Layout { items: list(self.0, item)? })
    }
}

/// A number between 0 and 1.
pub(super) fn score(value: f32) -> Result<Score, RecordError> {
    Score::new(value).ok_or_else(|| RecordError::bad("score", &value))
}
