//! What the eye saw: the findings of `critic-detector` as items.

use pentimento_sdk::{Artifact, Critique, Failure, Finding, Place, Region, tools};

/// The plugin that sees. Those that use this crate ask for it in their `plugin.toml`.
const EYE: &str = "critic-detector";

/// One object in the picture.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its class.
    pub noun: String,
    /// Its color or material; `None` if it looks natural or the eye cannot tell.
    pub look: Option<String>,
    /// True if it looks as it naturally does.
    pub natural: bool,
    /// Where it is.
    pub region: Region,
    /// How sure the eye is, 0 to 1.
    pub confidence: f32,
}

/// What came of looking.
#[derive(Clone, Debug)]
pub enum Sight {
    /// These are there.
    Seen(Vec<Item>),
    /// The eye declined, for this reason.
    Blind(String),
}

/// Has the eye look at a candidate, if it is a picture.
pub fn look(candidate: &Artifact) -> Result<Sight, Failure> {
    let media_type = candidate.media_type();
    if !media_type.starts_with("image/") {
        return Ok(Sight::Blind(format!("objects are seen in pictures, not in {media_type}")));
    }
    // The eye does not read the idea, so it is not told one.
    tools::assess(EYE, "", candidate).map(seen)
}

/// The items of the eye's critique. Findings that are no objects are passed over.
pub fn seen(critique: Critique) -> Sight {
    if let Some(reason) = critique.abstain {
        return Sight::Blind(reason);
    }
    let mut items: Vec<Item> = Vec::new();
    for finding in &critique.findings {
        let Some((noun, region)) = object(finding) else { continue };
        #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits")]
        let confidence =
            evidence(finding, "confidence").and_then(|one| one.value).unwrap_or(1.0) as f32;
        items.push(Item {
            noun: noun.to_owned(),
            look: evidence(finding, "attribute").map(|one| one.text.clone()),
            natural: evidence(finding, "natural").is_some_and(|one| one.text == "yes"),
            region,
            confidence: confidence.clamp(0.0, 1.0),
        });
    }
    Sight::Seen(items)
}

fn object(finding: &Finding) -> Option<(&str, Region)> {
    let Some(Place::Region(region)) = finding.place else { return None };
    let class = evidence(finding, "class").filter(|_| finding.code == "object")?;
    Some((&class.text, region))
}

fn evidence<'a>(finding: &'a Finding, kind: &str) -> Option<&'a pentimento_sdk::Evidence> {
    finding.evidence.iter().find(|one| one.kind == kind)
}

/// A box in words, as evidence of the kind `box` has it.
pub fn in_words(region: Region) -> String {
    let Region { x, y, width, height } = region;
    format!("x {x:.2} y {y:.2} width {width:.2} height {height:.2}")
}
