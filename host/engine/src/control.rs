//! The controller as a question to the writer: what was found → the whole layout it should be (SLD,
//! section 3.2).

use pentimento_model::{
    Candidate, EditOp, Evidence, Finding, ItemName, Layout, Place, Region, Severity, StepKey,
};
use pentimento_prompts::sld::{Plan, Planned, Problem, Sld, item_in_words};
use pentimento_recipe::Role;

use crate::{
    RunError,
    assess::Said,
    diff::diff,
    parse::question,
    ports::Proposal,
    review::{Reviewed, reviewed},
    run::Run,
};

/// The code of what a writer finds wrong with a layout.
const DIFFERS: &str = "layout.differs";

impl Run<'_> {
    /// The writer's opinion of what was seen; `None` if it gave none of use.
    pub(crate) async fn review_by_writer(
        &mut self,
        candidate: &Candidate,
        said: &[Said],
        seen: Layout,
    ) -> Result<Option<Reviewed>, RunError> {
        let (idea, before) = (self.request.brief.idea.clone(), self.asked);
        let objects: Vec<String> = seen.items.iter().map(item_in_words).collect();
        let (edits, idea, objects) = (self.given.is_some(), idea.as_str(), objects.as_slice());
        let asked =
            if edits { Sld::Edit { idea, objects } } else { Sld::Control { idea, objects } };
        let asked = question(Role::Writer, &asked, "the picture is not corrected")?;
        let Some(planned) = self.put(asked, &Plan { edits }).await? else { return Ok(None) };
        let id = candidate.id.0.to_le_bytes();
        let (before, after) = (before.to_le_bytes(), self.asked.to_le_bytes());
        let mut parts = vec![b"review by questions".as_slice(), self.parsed.as_bytes(), &id];
        parts.extend(said.iter().map(|one| one.key.as_bytes().as_slice()));
        parts.extend([before.as_slice(), &after]);
        let key = StepKey::of(parts);
        let proposal = proposal(&seen, planned, self.preserve_iou(), edits);
        let work = async { Ok((seen, proposal)) };
        reviewed(&mut self.trace, key, candidate.id, work).await.map(Some)
    }
}

/// What is wrong is what the writer says is; if it says nothing and changes something, then that. When
/// it edits, it says what it cannot do, and what it changes is not as it shall be.
fn proposal(seen: &Layout, planned: Planned, preserve_iou: f32, edits: bool) -> Proposal {
    let Planned { layout, problems } = planned;
    let place = |item: &ItemName| {
        let found = seen.find(item).or_else(|| layout.find(item));
        found.map(|found| found.region)
    };
    let told = |Problem { text, item }: Problem| {
        let region = item.as_ref().and_then(place);
        finding(text, item.as_ref(), region)
    };
    let mut findings: Vec<Finding> = problems.into_iter().map(told).collect();
    if findings.is_empty() || edits {
        findings.extend(changes(seen, &layout, preserve_iou));
    }
    Proposal { layout, findings }
}

/// What would be changed, as what is wrong.
pub(crate) fn changes(seen: &Layout, wanted: &Layout, preserve_iou: f32) -> Vec<Finding> {
    diff(seen, wanted, preserve_iou).iter().map(change).collect()
}

/// A change that nobody gave a reason for.
fn change(op: &EditOp) -> Finding {
    let (text, item, region) = match op {
        EditOp::Delete { item, region } => (format!("`{item}` should not be there"), item, *region),
        EditOp::Add { item, region } => (format!("`{item}` is missing"), item, *region),
        EditOp::Move { item, from, .. } => (format!("`{item}` should be elsewhere"), item, *from),
        EditOp::Restyle { item, region, attribute } => {
            (format!("`{item}` should be {attribute}"), item, *region)
        }
        // No difference of layouts is one.
        EditOp::Inpaint { region, prompt } => {
            return finding(format!("there should be: {prompt}"), None, Some(*region));
        }
    };
    finding(text, Some(item), Some(region))
}

fn finding(message: String, item: Option<&ItemName>, region: Option<Region>) -> Finding {
    let evidence =
        item.map(|item| Evidence { kind: "item".to_owned(), text: item.to_string(), value: None });
    Finding {
        code: DIFFERS.to_owned(),
        severity: Severity::Major,
        message,
        place: region.map(Place::Region),
        evidence: evidence.into_iter().collect(),
        suggestion: None,
    }
}
