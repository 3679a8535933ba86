//! Primitive *detect*: the seer finds objects in a picture, where no plugin does.
//!
//! What it finds is an assessment like a detector plugin's: one observation for each object. What the
//! observations mean is for the controller to say.

use pentimento_model::{
    Assessment, Candidate, Critique, Evidence, Fault, FaultKind, Finding, MediaType, Opinion,
    Place, PluginId, Score, Severity, StepKey,
};
use pentimento_prompts::sld::{Seen, Sighting, Sld};
use pentimento_recipe::Role;
use pentimento_world::seen::{
    ATTRIBUTE_EVIDENCE, CLASS_EVIDENCE, CONFIDENCE_EVIDENCE, NATURAL_EVIDENCE, OBJECT_CODE,
};

use crate::{
    RunError,
    ask::Question,
    assess::Said,
    parse::question,
    run::{Run, load},
};

/// Changes whenever the same answers would come to other findings.
const VERSION: &str = "1";

impl Run<'_> {
    /// What the seer finds in a candidate; `None` if that is somebody else's business.
    pub(crate) async fn detect(&mut self, candidate: &Candidate) -> Result<Option<Said>, RunError> {
        if !self.request.recipe.seer_detects() {
            return Ok(None);
        }
        let picture = load(&self.made, self.ports, candidate.artifact)?;
        let before = self.asked;
        let names = self.names();
        let asked = Sld::Detect { names: &names };
        let plain = question(Role::Seer, &asked, "nobody knows what is in the picture")?;
        let found = if picture.media_type == MediaType::Text {
            None
        } else {
            let pictures = std::slice::from_ref(&picture);
            self.put(Question { pictures, ..plain }, &Seen).await?
        };
        let assessment = assessment(self.seer(), found);
        let key = StepKey::of([
            b"detect".as_slice(),
            assessment.assessor().digest.as_bytes(),
            candidate.artifact.as_bytes(),
            &candidate.id.0.to_le_bytes(),
            &before.to_le_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        self.remember(key, candidate.id, assessment).await.map(Some)
    }

    /// True if this is whoever says what is in pictures. No plugin passes for the seer by its name.
    pub(crate) fn is_detector(&self, assessor: &PluginId) -> bool {
        let recipe = &self.request.recipe;
        if recipe.seer_detects() {
            return *assessor == self.seer();
        }
        recipe.detector.as_ref() == Some(&assessor.name)
    }

    /// The seer as an assessor.
    fn seer(&self) -> PluginId {
        let identity = self.ports.models.of(Role::Seer).map(|seer| seer.identity());
        PluginId::of(Role::Seer.as_str(), format!("{VERSION} detects {identity:?}").as_bytes())
    }

    /// What to look for: the kinds that the idea names, each once.
    fn names(&self) -> Vec<String> {
        let wanted = self.constraints.objects.iter().map(|object| &object.noun);
        let mut names: Vec<String> = wanted.chain(&self.constraints.absent).cloned().collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn assessment(assessor: PluginId, found: Option<Vec<Sighting>>) -> Assessment {
    let Some(found) = found else {
        let message = "its answer was of no use".to_owned();
        let fault = Fault { kind: FaultKind::Failed, message, log: Vec::new() };
        return Assessment::Missing { assessor, fault };
    };
    let findings = found.iter().map(observation).collect();
    let (score, confidence, abstained) = (None, Score::ONE, None);
    let critique = Critique { score, confidence, abstained, findings };
    Assessment::Given { assessor, opinion: Opinion::Critique(critique) }
}

/// One object, in the words in which the bundled eye tells of it (`wit/CODES.md`).
fn observation(seen: &Sighting) -> Finding {
    let evidence = |kind: &str, text: String| Evidence { kind: kind.to_owned(), text, value: None };
    let look = seen.attribute.map(|attribute| evidence(ATTRIBUTE_EVIDENCE, attribute.to_string()));
    let usual = if seen.usual { "yes" } else { "no" };
    let sure = Score::clamped(seen.sure);
    let mut all = vec![evidence(CLASS_EVIDENCE, seen.noun.clone())];
    all.extend(look);
    all.push(evidence(NATURAL_EVIDENCE, usual.to_owned()));
    let value = Some(f64::from(sure.value()));
    all.push(Evidence { value, ..evidence(CONFIDENCE_EVIDENCE, sure.to_string()) });
    let look = seen.attribute.map(|attribute| format!("{attribute} ")).unwrap_or_default();
    Finding {
        code: OBJECT_CODE.to_owned(),
        severity: Severity::Note,
        message: format!("{look}{}", seen.noun),
        place: Some(Place::Region(seen.region)),
        evidence: all,
        suggestion: None,
    }
}
