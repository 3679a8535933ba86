//! Primitive *detect*: a model finds objects in a picture, where no plugin does: the seer, who is asked
//! in words, or a detector, who knows nothing else.
//!
//! What it finds is an assessment like a detector plugin's: one observation for each object. What the
//! observations mean is for the controller to say.

use pentimento_model::{
    Assessment, Candidate, Critique, Evidence, Fault, FaultKind, Finding, MediaType, Mode, Opinion,
    Place, PluginId, RunEvent, Score, Severity, StepKey,
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
    share::Step,
};

/// Changes whenever the same answers would come to other findings.
const VERSION: &str = "1";

impl Run<'_> {
    /// What a model finds in a candidate; `None` if that is somebody else's business.
    pub(crate) async fn detect(&mut self, candidate: &Candidate) -> Result<Option<Said>, RunError> {
        match self.request.recipe.detecting_role() {
            Some(Role::Seer) => self.detect_by_seer(candidate).await.map(Some),
            Some(_) => self.detect_by_detector(candidate).await.map(Some),
            None => Ok(None),
        }
    }

    async fn detect_by_seer(&mut self, candidate: &Candidate) -> Result<Said, RunError> {
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
        let assessment = assessment(self.detecting_model(Role::Seer), found);
        let key = StepKey::of([
            b"detect".as_slice(),
            assessment.assessor().digest.as_bytes(),
            candidate.artifact.as_bytes(),
            &candidate.id.0.to_le_bytes(),
            &before.to_le_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        self.remember(key, candidate.id, assessment).await
    }

    /// A detector that cannot look ends the run, which can go on once it can: a picture that nobody
    /// looked at would be corrected by nobody.
    async fn detect_by_detector(&mut self, candidate: &Candidate) -> Result<Said, RunError> {
        let (recipe, role) = (&self.request.recipe.name, Role::Detector.as_str());
        let missing = || RunError::MissingRole { recipe: recipe.clone(), role };
        let ports = self.ports;
        let detector = ports.models.detector.as_ref().ok_or_else(missing)?;
        let (assessor, names) = (self.detecting_model(Role::Detector), self.names());
        let (id, mode) = (candidate.id, Mode::Enforce);
        let key = StepKey::of([
            b"detect".as_slice(),
            assessor.digest.as_bytes(),
            candidate.artifact.as_bytes(),
            &id.0.to_le_bytes(),
            names.join("\n").as_bytes(),
        ]);
        let (stored, stop) = (&self.made, self.trace.stop());
        let work = async {
            let picture = load(stored, ports, candidate.artifact)?;
            let found = match picture.media_type {
                MediaType::Text => None,
                MediaType::Png | MediaType::Jpeg => {
                    let found = stop.unless_raised(detector.detect(&picture, &names)).await;
                    let found = found.ok_or(RunError::Interrupted)?;
                    Some(found.map_err(|source| RunError::Port { role, source })?)
                }
            };
            Ok(assessment(assessor, found))
        };
        let event = |assessment, took| RunEvent::Assessed {
            key,
            candidate: id,
            mode: Some(mode),
            assessment,
            took,
        };
        match self.trace.perform(Step::lasting(key, detector.lasting()), work, event).await? {
            RunEvent::Assessed { assessment, .. } => {
                self.trace.lend();
                Ok(Said { key, mode, assessment })
            }
            _ => Err(self.trace.diverged()),
        }
    }

    /// True if this is whoever says what is in pictures. No plugin passes for a model by its name.
    pub(crate) fn is_detector(&self, assessor: &PluginId) -> bool {
        let recipe = &self.request.recipe;
        match recipe.detecting_role() {
            Some(role) => *assessor == self.detecting_model(role),
            None => recipe.detector.as_ref() == Some(&assessor.name),
        }
    }

    /// The model that detects, as an assessor.
    fn detecting_model(&self, role: Role) -> PluginId {
        let models = &self.ports.models;
        let identity = match role {
            Role::Detector => models.detector.as_ref().map(|detector| detector.identity()),
            _ => models.of(role).map(|model| model.identity()),
        };
        PluginId::of(role.as_str(), format!("{VERSION} detects {identity:?}").as_bytes())
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
pub fn observation(seen: &Sighting) -> Finding {
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
