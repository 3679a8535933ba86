//! A layout in words, for painters that are told what there is: SLD's final prompt. Pure.

use pentimento_model::Layout;

/// What stands behind everything, where the idea does not say (SLD, section 3.1).
const BACKGROUND: &str = "A realistic image";

/// `A realistic image with a red apple, an orange` (SLD's code: background, then every item).
pub(crate) fn in_words(background: Option<&str>, layout: &Layout) -> String {
    let background = background.unwrap_or(BACKGROUND);
    let item = |kind: String| {
        let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
        format!("{} {kind}", if vowel { "an" } else { "a" })
    };
    let items: Vec<String> = layout.items.iter().map(|one| item(one.name.kind())).collect();
    if items.is_empty() {
        return background.to_owned();
    }
    format!("{background} with {}", items.join(", "))
}

#[cfg(test)]
mod tests {
    use pentimento_model::{ItemName, LayoutItem, Region, Score};

    use super::*;

    #[test]
    fn every_item_is_named_behind_its_article() {
        let layout = |names: &[&str]| Layout {
            items: names
                .iter()
                .map(|name| LayoutItem {
                    name: ItemName::read(name).unwrap(),
                    region: Region::WHOLE,
                    confidence: Score::ONE,
                })
                .collect(),
        };
        for (background, names, words) in [
            (None, &[][..], "A realistic image"),
            (
                Some("a beach"),
                &["red cup", "apple #1", "apple #2"],
                "a beach with a red cup, an apple, an apple",
            ),
        ] {
            assert_eq!(in_words(background, &layout(names)), words);
        }
    }
}
