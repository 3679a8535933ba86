//! The page's pictures: each stored once, and for every candidate what is drawn over it.
//!
//! A picture that cannot be loaded leaves an empty frame that names it.

use std::collections::BTreeMap;

use pentimento_model::{Artifact, ArtifactId, CandidateId, MediaType};
use serde::Serialize;

use super::{
    figure::{self, Overlay},
    label::WIDTH,
    picture::Picture,
};
use crate::{
    shown,
    trace::{CandidateTrace, Trace},
};

/// A picture with its overlay, or what stands in its place.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Figure {
    /// The candidate's name, such as `c1`.
    candidate: String,
    /// The name of the stored picture; absent if it is lost or is a text.
    picture: Option<String>,
    /// A text candidate's content.
    text: Option<String>,
    /// The first digits of the artifact's hash.
    artifact: String,
    /// What a screen reader says.
    alt: String,
    width: f64,
    height: f64,
    overlay: Overlay,
}

/// A candidate's figures.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Exhibit {
    /// The candidate, with what was seen in it.
    seen: Figure,
    /// The candidate it was made from, with what was to be changed.
    planned: Option<Figure>,
}

/// All pictures of a page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Gallery {
    pictures: Vec<Picture>,
    exhibits: BTreeMap<String, Exhibit>,
    first: Option<Figure>,
    best: Option<Figure>,
    /// A plan that was not carried out.
    pending: Option<Figure>,
    /// Candidates whose bytes could not be loaded.
    missing: Vec<String>,
}

impl Gallery {
    /// Loads every candidate's artifact once.
    pub(super) fn of(trace: &Trace<'_>, load: &dyn Fn(ArtifactId) -> Option<Artifact>) -> Self {
        let mut wall = Wall { loaded: BTreeMap::new() };
        for candidate in trace.candidates() {
            let id = candidate.candidate.artifact;
            wall.loaded.entry(id).or_insert_with(|| load(id).as_ref().map(Hung::of));
        }
        let exhibits = trace.candidates().map(|made| (name(made), wall.exhibit(made, trace)));
        let lost = |made: &&CandidateTrace<'_>| wall.hung(made).is_none();
        let pending = trace.pending.and_then(|plan| {
            let on = trace.candidate(plan.on)?;
            Some(wall.figure(on, |height| figure::planned(plan.ops.iter(), height)))
        });
        Self {
            exhibits: exhibits.collect(),
            first: trace.candidates().next().map(|made| wall.bare(made)),
            best: trace.best().map(|made| wall.bare(made)),
            missing: trace.candidates().filter(lost).map(name).collect(),
            pending,
            pictures: wall.loaded.into_values().flatten().filter_map(Hung::picture).collect(),
        }
    }
}

fn name(made: &CandidateTrace<'_>) -> String {
    made.candidate.id.to_string()
}

/// A loaded artifact.
enum Hung {
    Picture(Picture),
    Text(String),
}

impl Hung {
    fn of(artifact: &Artifact) -> Self {
        match Picture::of(artifact) {
            Some(picture) if artifact.media_type != MediaType::Text => Self::Picture(picture),
            _ => Self::Text(String::from_utf8_lossy(&artifact.bytes).into_owned()),
        }
    }

    fn picture(self) -> Option<Picture> {
        match self {
            Self::Picture(picture) => Some(picture),
            Self::Text(_) => None,
        }
    }
}

/// What could be loaded, by artifact.
struct Wall {
    loaded: BTreeMap<ArtifactId, Option<Hung>>,
}

impl Wall {
    fn hung(&self, made: &CandidateTrace<'_>) -> Option<&Hung> {
        self.loaded.get(&made.candidate.artifact).and_then(Option::as_ref)
    }

    fn exhibit(&self, made: &CandidateTrace<'_>, trace: &Trace<'_>) -> Exhibit {
        let parent = made.candidate.parent.filter(|_| !made.ops().is_empty());
        let ops = || made.ops().iter().map(|applied| &applied.op);
        let planned = |parent: CandidateId| {
            let parent = trace.candidate(parent)?;
            Some(self.figure(parent, |height| figure::planned(ops(), height)))
        };
        Exhibit {
            seen: self.figure(made, |height| figure::seen(made, height)),
            planned: parent.and_then(planned),
        }
    }

    fn bare(&self, made: &CandidateTrace<'_>) -> Figure {
        self.figure(made, |_| Overlay::default())
    }

    fn figure(&self, made: &CandidateTrace<'_>, overlay: impl FnOnce(f64) -> Overlay) -> Figure {
        let (mut picture, mut text, mut aspect) = (None, None, 1.0);
        match self.hung(made) {
            Some(Hung::Picture(hung)) => {
                (picture, aspect) = (Some(hung.id.clone()), hung.aspect);
            }
            Some(Hung::Text(content)) => text = Some(content.clone()),
            None => {}
        }
        // Whole units: nobody sees a fraction of one, and the page stays easy to read.
        let height = (WIDTH * aspect).round();
        let (candidate, alt) = (name(made), alt(made));
        let artifact = made.candidate.artifact.short();
        let overlay = overlay(height);
        Figure { candidate, picture, text, artifact, alt, width: WIDTH, height, overlay }
    }
}

/// `Candidate c1: red apple #1, blue cup #1`.
fn alt(made: &CandidateTrace<'_>) -> String {
    let name = name(made);
    let Some(review) = made.review else { return format!("Candidate {name}") };
    let items: Vec<_> = review.seen.items.iter().map(|item| shown::item(&item.name)).collect();
    let seen =
        if items.is_empty() { "nothing was recognized".to_owned() } else { items.join(", ") };
    format!("Candidate {name}: {}", shown::line(&seen, shown::LINE_LIMIT))
}
