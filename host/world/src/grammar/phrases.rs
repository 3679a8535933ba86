//! The grammar's tables of phrases, apart from nouns and backgrounds.
//!
//! All phrases are in lower case, words separated by single spaces.

use pentimento_model::{Color, Material, RelationKind};

use super::lexicon::Lexeme;

/// Words that are understood and change nothing: they praise or set a style that the closed world
/// neither draws nor checks. Sizes are not among them: a size would be a promise.
pub const WITHOUT_EFFECT: &[&str] = &[
    "realistic",
    "photorealistic",
    "photo realistic",
    "high quality",
    "high resolution",
    "detailed",
    "highly detailed",
    "very",
    "beautiful",
    "nice",
    "lovely",
    "pretty",
    "cute",
    "simple",
    "sharp focus",
    "intricate",
    "masterpiece",
    "oil painting",
    "watercolor",
    "pencil drawing",
    "digital art",
    "warm light",
    "soft light",
    "dramatic light",
    "calm",
    "cheerful",
    "moody",
    "wide angle",
    "close up",
    "from above",
    "eye level",
    "long shot",
    "poster",
    "portrait",
    "landscape format",
    "studio shot",
    "concept art",
    "exactly",
    "just",
    "only",
    "nothing else",
    "and nothing else",
    "in the picture",
    "in this picture",
    "in the image",
    "in the photo",
    "in the scene",
    "in total",
];

/// Other words for colors.
pub(super) const COLORS: &[(&str, Color)] =
    &[("grey", Color::Gray), ("violet", Color::Purple), ("crimson", Color::Red)];

/// Other words for materials.
pub(super) const MATERIALS: &[(&str, Material)] = &[
    ("wood", Material::Wooden),
    ("metallic", Material::Metal),
    ("steel", Material::Metal),
    ("gold", Material::Golden),
];

/// Phrases of one lexeme each.
pub(super) const PLAIN: &[(Lexeme, &[&str])] = &[
    (Lexeme::Article, &["a", "an"]),
    (Lexeme::The, &["the", "this", "that", "these", "those"]),
    (Lexeme::Another, &["another", "one more"]),
    (
        Lexeme::Vague,
        &["several", "some", "many", "few", "a few", "lots of", "a lot of", "various", "multiple"],
    ),
    (
        Lexeme::Without,
        &[
            "without",
            "with no",
            "but without",
            "and without",
            "but with no",
            "and with no",
            "but no",
            "and no",
            "no",
            "but not",
            "not",
            "there is no",
            "there are no",
            "but there is no",
            "but there are no",
            "and there is no",
            "and there are no",
            "there should be no",
            "there must be no",
            "free of",
        ],
    ),
    (Lexeme::Any, &["any"]),
    (Lexeme::Or, &["or", "nor", "and any", "or any"]),
    (
        Lexeme::And,
        &[
            "and",
            "plus",
            "also",
            "and also",
            "as well as",
            "along with",
            "together with",
            "but",
            "while",
            "then",
            "and then",
        ],
    ),
    (
        Lexeme::With,
        &[
            "with",
            "and with",
            "showing",
            "that shows",
            "which shows",
            "it shows",
            "depicting",
            "featuring",
            "containing",
            "that contains",
            "which contains",
            "contains",
            "including",
            "having",
            "that has",
            "which has",
            "where",
            "in which",
        ],
    ),
    (Lexeme::Of, &["of"]),
    (Lexeme::On, &["on", "onto", "on the surface of"]),
    (Lexeme::In, &["in", "at", "against", "during", "taken in", "taken on", "taken at"]),
    (
        Lexeme::Be,
        &[
            "is",
            "are",
            "be",
            "that is",
            "that are",
            "which is",
            "which are",
            "that's",
            "all",
            "are all",
            "both",
            "are both",
            "sits",
            "sit",
            "sitting",
            "stands",
            "stand",
            "standing",
            "lies",
            "lie",
            "lying",
            "placed",
            "located",
            "positioned",
            "resting",
            "which sits",
            "that sits",
            "which stands",
            "that stands",
            "should be",
            "must be",
        ],
    ),
    (
        Lexeme::ThereIs,
        &[
            "there is",
            "there are",
            "there's",
            "there should be",
            "there must be",
            "we see",
            "you see",
            "you can see",
            "i see",
        ],
    ),
    (
        Lexeme::Medium,
        &[
            "photo",
            "photograph",
            "picture",
            "image",
            "drawing",
            "painting",
            "illustration",
            "scene",
            "pic",
            "render",
            "rendering",
            "sticker scene",
            "background",
            "landscape",
            "in the background",
            "as background",
            "as a background",
            "as the background",
        ],
    ),
    (
        Lexeme::Request,
        &[
            "please",
            "draw",
            "draw me",
            "paint",
            "paint me",
            "sketch",
            "show",
            "show me",
            "create",
            "make",
            "make me",
            "generate",
            "give me",
            "depict",
            "imagine",
            "i want",
            "i'd like",
            "i would like",
            "i want to see",
            "i would like to see",
            "i'd like to see",
            "i need",
            "can you",
            "could you",
            "can you draw",
            "could you draw",
            "let there be",
        ],
    ),
    (Lexeme::Colored, &["colored", "coloured", "painted", "in color", "color", "colour"]),
    (Lexeme::MadeOf, &["made of", "made out of", "made from", "is made of", "are made of"]),
    (Lexeme::OfThem, &["of them", "of which", "of those"]),
    (Lexeme::Silent, WITHOUT_EFFECT),
];

/// Numbers in words. Some are larger than a scene may hold, so that the answer to `twenty cats` is
/// "too many" and not "unknown word".
const NUMBERS: [(&str, u32); 23] = [
    ("zero", 0),
    ("one", 1),
    ("a single", 1),
    ("single", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("fifty", 50),
    ("hundred", 100),
    ("thousand", 1000),
    ("million", 1_000_000),
];

/// Groups that stand for a number.
const GROUPS: [(&str, u32); 9] = [
    ("pair of", 2),
    ("couple of", 2),
    ("couple", 2),
    ("trio of", 3),
    ("group of two", 2),
    ("group of three", 3),
    ("half dozen", 6),
    ("dozen", 12),
    ("hundred", 100),
];

/// All counts.
pub(super) fn counts() -> impl Iterator<Item = (String, Lexeme)> {
    let plain = NUMBERS.into_iter().map(|(word, n)| (word.to_owned(), Lexeme::Count(n)));
    let groups = GROUPS.into_iter().flat_map(|(word, n)| {
        let forms = [word.to_owned(), format!("a {word}"), format!("one {word}")];
        forms.map(|form| (form, Lexeme::Count(n)))
    });
    plain.chain(groups).chain([("half a dozen".to_owned(), Lexeme::Count(6))])
}

/// Relations that are not built from a side.
const RELATIONS: &[(RelationKind, &[&str])] = &[
    (RelationKind::Above, &["above", "over", "directly above", "higher than", "up above"]),
    (
        RelationKind::Below,
        &["below", "under", "underneath", "beneath", "directly below", "lower than"],
    ),
    (RelationKind::OnTopOf, &["on top of", "on the top of", "atop", "upon"]),
    (
        RelationKind::NextTo,
        &["next to", "right next to", "beside", "alongside", "near", "close to", "to the side of"],
    ),
];

/// What a picture is called in `on the left of the picture`.
const CANVASES: [&str; 8] =
    ["picture", "image", "photo", "photograph", "scene", "canvas", "frame", "painting"];

/// Sides, with how they are reached.
const SIDES: [(&str, RelationKind); 4] = [
    ("left", RelationKind::LeftOf),
    ("right", RelationKind::RightOf),
    ("top", RelationKind::Above),
    ("bottom", RelationKind::Below),
];

/// All phrases for where something is: relations, and sides of the picture.
pub(super) fn directions() -> Vec<(String, Lexeme)> {
    let mut known = Vec::new();
    for (word, kind) in SIDES {
        for start in [
            format!("on the {word}"),
            format!("to the {word}"),
            format!("at the {word}"),
            format!("in the {word}"),
        ] {
            let sides = [
                start.clone(),
                format!("{start} side"),
                format!("{start} hand side"),
                format!("{start} half"),
                format!("{start} part"),
            ];
            for side in sides {
                let of_canvas = CANVASES.map(|canvas| format!("{side} of the {canvas}"));
                known.extend(of_canvas.map(|phrase| (phrase, Lexeme::Side(kind))));
                if matches!(kind, RelationKind::LeftOf | RelationKind::RightOf) {
                    known.push((format!("{side} of"), Lexeme::Relation(kind)));
                }
                known.push((side, Lexeme::Side(kind)));
            }
        }
        known.push((format!("at {word}"), Lexeme::Side(kind)));
    }
    known.push(("left of".to_owned(), Lexeme::Relation(RelationKind::LeftOf)));
    known.push(("right of".to_owned(), Lexeme::Relation(RelationKind::RightOf)));
    known.push(("on the upper side".to_owned(), Lexeme::Side(RelationKind::Above)));
    known.push(("on the lower side".to_owned(), Lexeme::Side(RelationKind::Below)));
    for (kind, phrases) in RELATIONS {
        known.extend(phrases.iter().map(|phrase| ((*phrase).to_owned(), Lexeme::Relation(*kind))));
    }
    known
}
