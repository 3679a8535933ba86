//! A detector on photographs: its objects against those that a person marked, and what `GenEval`'s rules
//! make of both.
//!
//! The marks are embedded, the photographs are not: `scripts/install-local-models` gets them. Beside them the
//! detector may look at pictures of the closed world, for which the painter tells the truth.

mod statements;

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use pentimento_easel::{Easel, Preset, Truth, scene::SceneItem};
use pentimento_engine::{observation, ports::Detect};
use pentimento_model::{Artifact, ArtifactId, Attribute, Region, Seed};
use pentimento_prompts::sld::Sighting;
use serde::{Deserialize, Serialize};

use self::statements::Statements;
use crate::{
    BenchError, Sight, Task,
    harness::Progress,
    sight::{MATCH_IOU, best_match, ratio},
    tally::SightResult,
};

/// The word for this benchmark.
pub const NAME: &str = "detector";

const LABELS: &str = include_str!("../../../assets/benchmarks/photographs/labels.json");

/// A detection lies where nobody could say what is there if at least so much of it does.
const UNSURE_SHARE: f32 = 0.5;
/// Bytes of a photograph, at most.
const PHOTOGRAPH_BYTES: u64 = 16 << 20;

/// What to measure.
#[derive(Clone)]
pub struct PhotographsRequest {
    /// Who finds objects.
    pub detector: Arc<dyn Detect>,
    /// The folder with the photographs.
    pub folder: PathBuf,
    /// Pictures of the embedded world to look at beside: so many prompts of each category of LMD.
    pub painted: usize,
}

impl std::fmt::Debug for PhotographsRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { folder, painted, .. } = self;
        formatter.debug_tuple("PhotographsRequest").field(&(folder, painted)).finish()
    }
}

/// One photograph as it was marked.
#[derive(Debug, Deserialize)]
struct Photograph {
    file: String,
    artifact: String,
    objects: Vec<Mark>,
    unsure: Vec<Mark>,
}

/// A thing in it: edges are left, top, right and bottom, in fractions.
#[derive(Debug, Deserialize)]
struct Mark {
    name: String,
    edges: [f32; 4],
    color: Option<String>,
}

impl Mark {
    fn region(&self) -> Option<Region> {
        let [left, top, right, bottom] = self.edges;
        Region::new(left, top, right - left, bottom - top)
    }
}

impl Photograph {
    /// What was marked, in the form in which rules read it.
    fn truth(&self) -> Truth {
        let mark = |mark: &Mark| {
            let look = mark.color.as_deref().and_then(Attribute::from_word);
            Some(thing(&mark.name, look, mark.region()?))
        };
        Truth { items: self.objects.iter().filter_map(mark).collect() }
    }
}

/// What a detector tells, in the same form.
fn truth_of(told: &[Sighting]) -> Truth {
    let thing = |one: &Sighting| thing(&one.noun, one.attribute, one.region);
    Truth { items: told.iter().map(thing).collect() }
}

fn thing(noun: &str, attribute: Option<Attribute>, region: Region) -> SceneItem {
    SceneItem { noun: noun.to_owned(), attribute, region, flipped: false }
}

/// Counts of objects over photographs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Objects {
    /// Marked by a person.
    pub marked: usize,
    /// Told by the detector, but for those in places where a person could not say.
    pub told: usize,
    /// Told and marked: the same kind in the same place.
    pub found: usize,
    /// Told in the place of a marked object of another kind.
    pub misnamed: usize,
    /// Sum of the overlaps of those found.
    iou_sum: f64,
    /// Of those found, how many a person marked with a color.
    pub colored: usize,
    /// Of those, how many were told with that color.
    pub color_right: usize,
}

impl Objects {
    /// Share of what was told that is there; 1 if nothing was told.
    pub fn precision(&self) -> f64 {
        ratio(self.found, self.told)
    }

    /// Share of what is there that was told.
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.marked)
    }

    /// Mean overlap of those found; 0 if none was.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub fn mean_iou(&self) -> f64 {
        self.iou_sum / self.found.max(1) as f64
    }

    fn look(&mut self, photograph: &Photograph, told: &[Sighting]) {
        let marked = photograph.truth();
        self.marked += marked.items.len();
        let mut taken = vec![false; marked.items.len()];
        for one in told {
            if let Some((index, item, iou)) = best_match((&one.noun, &one.region), &marked, &taken)
            {
                if let Some(taken) = taken.get_mut(index) {
                    *taken = true;
                }
                self.told += 1;
                self.found += 1;
                self.iou_sum += f64::from(iou);
                self.colored += usize::from(item.attribute.is_some());
                let is_right = item.attribute.is_some() && item.attribute == one.attribute;
                self.color_right += usize::from(is_right);
            } else if !is_unsure(photograph, one) {
                self.told += 1;
                let same_place = |item: &SceneItem| {
                    item.noun != one.noun && item.region.iou(&one.region) >= MATCH_IOU
                };
                self.misnamed += usize::from(marked.items.iter().any(same_place));
            }
        }
    }
}

fn is_unsure(photograph: &Photograph, told: &Sighting) -> bool {
    photograph.unsure.iter().filter(|mark| mark.name == told.noun).any(|mark| {
        let shared = mark.region().map_or(0.0, |region| region.overlap(&told.region));
        shared >= UNSURE_SHARE * told.region.area()
    })
}

/// Statements of one kind about photographs, and how many of them the detector's boxes judge rightly.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Judged {
    /// One of `GenEval`'s categories.
    pub category: &'static str,
    /// Statements that are true.
    pub holds: usize,
    /// Of those, judged to be true.
    pub holds_right: usize,
    /// Statements that are false.
    pub fails: usize,
    /// Of those, judged to be false.
    pub fails_right: usize,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PhotographsResult {
    /// Who found objects.
    pub detector: String,
    /// Photographs looked at.
    pub photographs: usize,
    /// Their objects.
    pub objects: Objects,
    /// Share of what was told that is there.
    pub precision: f64,
    /// Share of what is there that was told.
    pub recall: f64,
    /// Mean overlap of those found.
    pub mean_iou: f64,
    /// Statements about them.
    pub statements: Vec<Judged>,
    /// The same detector on pictures of the embedded world; `None` if it was not asked for.
    pub painted: Option<SightResult>,
}

/// Has the detector look at all photographs, and at painted pictures.
pub async fn photographs(
    request: &PhotographsRequest,
    progress: Progress<'_>,
) -> Result<PhotographsResult, BenchError> {
    let labels = labels()?;
    // Whatever is missing is told before the first one is looked at.
    let pictures = labels.iter().map(|one| read(&request.folder, one));
    let pictures = pictures.collect::<Result<Vec<_>, _>>()?;
    let mut objects = Objects::default();
    let mut statements = Statements::about(&labels);
    for (photograph, picture) in labels.iter().zip(&pictures) {
        let told = request.detector.detect(picture, &[]).await.map_err(BenchError::Model)?;
        objects.look(photograph, &told);
        statements.judge(photograph, &told);
        progress(&photograph.file);
    }
    let painted = match request.painted {
        0 => None,
        each => Some(painted(request.detector.as_ref(), each, progress).await?),
    };
    Ok(PhotographsResult {
        detector: request.detector.identity(),
        photographs: labels.len(),
        objects,
        precision: objects.precision(),
        recall: objects.recall(),
        mean_iou: objects.mean_iou(),
        statements: statements.judged(),
        painted,
    })
}

/// How many pictures will be looked at.
pub fn pictures(request: &PhotographsRequest) -> Result<usize, BenchError> {
    Ok(labels()?.len() + request.painted * Task::Lmd.categories().len())
}

fn labels() -> Result<Vec<Photograph>, BenchError> {
    serde_json::from_str(LABELS).map_err(|source| BenchError::Task {
        task: NAME,
        line: source.line(),
        source,
    })
}

/// A photograph, if it is the one that was marked.
fn read(folder: &Path, photograph: &Photograph) -> Result<Artifact, BenchError> {
    let path = folder.join(&photograph.file);
    let mut bytes = Vec::new();
    File::open(&path)
        .and_then(|file| file.take(PHOTOGRAPH_BYTES).read_to_end(&mut bytes))
        .map_err(|source| BenchError::Data { path: path.clone(), source })?;
    let picture = pentimento_app::picture_of_user(&path.display().to_string(), bytes)?;
    let wanted = ArtifactId::from_hex(&photograph.artifact);
    if wanted == Some(picture.id) { Ok(picture) } else { Err(BenchError::OtherPhotograph { path }) }
}

/// How the detector sees pictures that are painted as they should be.
async fn painted(
    detector: &dyn Detect,
    each: usize,
    progress: Progress<'_>,
) -> Result<SightResult, BenchError> {
    let mut sight = Sight::default();
    let prompts = Task::Lmd.prompts()?;
    for category in Task::Lmd.categories() {
        let own = prompts.iter().filter(|prompt| prompt.category == *category);
        for prompt in own.take(each) {
            let (easel, oracle) = Easel::with_oracle(Preset::Perfect);
            let seed = Seed(u64::try_from(prompt.number).unwrap_or_default());
            let made = easel.generate(&prompt.idea, seed).await.map_err(BenchError::Model)?;
            let picture = Artifact::new(made.media_type, made.bytes);
            let told = detector.detect(&picture, &[]).await.map_err(BenchError::Model)?;
            sight.look(
                &oracle.truth(picture.id).unwrap_or_default(),
                &told.iter().map(observation).collect::<Vec<_>>(),
            );
            progress(&prompt.idea);
        }
    }
    Ok(sight.into())
}

#[cfg(test)]
mod tests;
