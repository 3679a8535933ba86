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
    /// Where it is.
    pub region: Region,
    /// How sure the eye is, 0 to 1.
    pub confidence: f32,
    /// Counts from 1 for each class.
    pub number: u32,
}

impl Item {
    /// Such as `apple #2`.
    pub fn name(&self) -> String {
        format!("{} #{}", self.noun, self.number)
    }
}

/// What came of looking.
#[derive(Clone, Debug)]
pub enum Sight {
    /// These are there.
    Seen(Vec<Item>),
    /// The eye declined, for this reason.
    Blind(String),
}

/// Has the eye look at a candidate.
pub fn look(candidate: &Artifact) -> Result<Sight, Failure> {
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
        let earlier = items.iter().filter(|item| item.noun == noun).count();
        #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits")]
        let confidence =
            evidence(finding, "confidence").and_then(|one| one.value).unwrap_or(1.0) as f32;
        items.push(Item {
            noun: noun.to_owned(),
            look: evidence(finding, "attribute").map(|one| one.text.clone()),
            region,
            confidence,
            number: u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1),
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
