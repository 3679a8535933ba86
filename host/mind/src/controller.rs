//! Role `controller` by rules: the whole updated layout, and in words what is wrong with the one
//! that was seen.
//!
//! It changes as little as it can (SLD's guideline): what fits stays exactly where it is. How the
//! change is found is said in `revision`, how it is worded in `wording`.

use async_trait::async_trait;
use pentimento_engine::{
    PortError,
    ports::{Control, Proposal},
};
use pentimento_model::{Brief, Constraints, Layout};
use pentimento_world::{instruction::instruction, judge};

use crate::{edited, revision, wording};

/// Compares what was seen with what was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleController;

#[async_trait]
impl Control for RuleController {
    fn identity(&self) -> String {
        concat!("mind-controller/", env!("CARGO_PKG_VERSION")).to_owned()
    }

    async fn propose(
        &self,
        brief: &Brief,
        constraints: &Constraints,
        seen: &Layout,
    ) -> Result<Proposal, PortError> {
        if brief.attached.is_empty() {
            return Ok(propose(constraints, seen));
        }
        // A picture that the user brought along is changed as they say.
        let steps = instruction(&brief.idea)
            .map_err(|error| PortError::wrong_use(error.to_string(), error.hint()))?;
        Ok(edited(&steps, seen))
    }
}

/// The proposal for a layout: same arguments, same proposal. It has no findings, and the layout as
/// it was seen, if everything asked for is there and nothing else.
pub fn propose(constraints: &Constraints, seen: &Layout) -> Proposal {
    let judgement = judge(constraints, seen);
    if judgement.unmet.is_empty() {
        return Proposal { layout: seen.clone(), findings: Vec::new() };
    }
    let revision = revision::revise(constraints, seen, &judgement);
    let findings = wording::findings(constraints, seen, &judgement, &revision);
    Proposal { layout: revision.layout(), findings }
}

#[cfg(test)]
mod tests;
