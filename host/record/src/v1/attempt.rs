//! Candidates: where they came from and which operations made them.

use pentimento_model::{
    AppliedOp, ArtifactId, Candidate, CandidateId, EditOp, Origin, RoundNumber,
};
use serde::{Deserialize, Serialize};

use super::{
    layout::{ItemNameV1, RegionV1},
    list, seed, words,
};
use crate::RecordError;

#[derive(Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub(super) enum EditOpV1 {
    Delete { item: ItemNameV1, region: RegionV1 },
    Add { item: ItemNameV1, region: RegionV1 },
    Move { item: ItemNameV1, from: RegionV1, to: RegionV1 },
    Restyle { item: ItemNameV1, region: RegionV1, attribute: String },
    Inpaint { region: RegionV1, prompt: String },
}

impl EditOpV1 {
    pub(super) fn from_model(op: &EditOp) -> Self {
        let (name, box_of) = (ItemNameV1::from_model, RegionV1::from_model);
        match op {
            EditOp::Delete { item, region } => {
                Self::Delete { item: name(item), region: box_of(region) }
            }
            EditOp::Add { item, region } => Self::Add { item: name(item), region: box_of(region) },
            EditOp::Move { item, from, to } => {
                Self::Move { item: name(item), from: box_of(from), to: box_of(to) }
            }
            EditOp::Restyle { item, region, attribute } => Self::Restyle {
                item: name(item),
                region: box_of(region),
                attribute: words::attribute_word(*attribute).to_owned(),
            },
            EditOp::Inpaint { region, prompt } => {
                Self::Inpaint { region: box_of(region), prompt: prompt.clone() }
            }
        }
    }

    pub(super) fn into_model(self) -> Result<EditOp, RecordError> {
        Ok(match self {
            Self::Delete { item, region } => {
                EditOp::Delete { item: item.into_model()?, region: region.into_model()? }
            }
            Self::Add { item, region } => {
                EditOp::Add { item: item.into_model()?, region: region.into_model()? }
            }
            Self::Move { item, from, to } => EditOp::Move {
                item: item.into_model()?,
                from: from.into_model()?,
                to: to.into_model()?,
            },
            Self::Restyle { item, region, attribute } => EditOp::Restyle {
                item: item.into_model()?,
                region: region.into_model()?,
                attribute: words::attribute(&attribute)?,
            },
            Self::Inpaint { region, prompt } => {
                EditOp::Inpaint { region: region.into_model()?, prompt }
            }
        })
    }
}

#[derive(Serialize, Deserialize)]
struct AppliedOpV1 {
    #[serde(flatten)]
    op: EditOpV1,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
enum OriginV1 {
    Generated { prompt: String, seed: String },
    Given,
    Corrected { ops: Vec<AppliedOpV1>, seed: String },
    Written { step: String },
}

impl OriginV1 {
    fn from_model(origin: &Origin) -> Self {
        let applied = |applied: &AppliedOp| AppliedOpV1 {
            op: EditOpV1::from_model(&applied.op),
            refused: applied.refused.clone(),
        };
        match origin {
            Origin::Generated { prompt, seed } => {
                Self::Generated { prompt: prompt.clone(), seed: seed.to_string() }
            }
            Origin::Given => Self::Given,
            Origin::Corrected { ops, seed } => {
                Self::Corrected { ops: ops.iter().map(applied).collect(), seed: seed.to_string() }
            }
            Origin::Written { step } => Self::Written { step: step.to_string() },
        }
    }

    fn into_model(self) -> Result<Origin, RecordError> {
        let applied = |applied: AppliedOpV1| {
            Ok(AppliedOp { op: applied.op.into_model()?, refused: applied.refused })
        };
        Ok(match self {
            Self::Generated { prompt, seed: text } => {
                Origin::Generated { prompt, seed: seed(&text)? }
            }
            Self::Given => Origin::Given,
            Self::Corrected { ops, seed: text } => {
                Origin::Corrected { ops: list(ops, applied)?, seed: seed(&text)? }
            }
            Self::Written { step } => Origin::Written { step: step.into() },
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct CandidateV1 {
    id: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<u32>,
    round: u32,
    artifact: String,
    origin: OriginV1,
}

impl CandidateV1 {
    pub(super) fn from_model(candidate: &Candidate) -> Self {
        Self {
            id: candidate.id.0,
            parent: candidate.parent.map(|parent| parent.0),
            round: candidate.round.0,
            artifact: candidate.artifact.to_hex(),
            origin: OriginV1::from_model(&candidate.origin),
        }
    }

    pub(super) fn into_model(self) -> Result<Candidate, RecordError> {
        let artifact = ArtifactId::from_hex(&self.artifact)
            .ok_or_else(|| RecordError::bad("artifact", &self.artifact))?;
        Ok(Candidate {
            id: CandidateId(self.id),
            parent: self.parent.map(CandidateId),
            round: RoundNumber(self.round),
            artifact,
            origin: self.origin.into_model()?,
        })
    }
}
