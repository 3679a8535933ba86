//! Facet `tools`: other plugins of the run, at work for this one.
//!
//! The other plugin gets a store and powers of its own, and what it answers is checked like
//! anybody's. Who may be called is decided in `tools/partner.rs`.

mod partner;

use pentimento_manifest::Role;
use pentimento_model::{Argument, Artifact, Assessment, Brief, Capability, Fault, Opinion};
use wasmtime::component::{Linker, Resource};

use super::{
    Answer, Refused, Served, ToRefuse, ToServe, artifacts::HeldArtifact, failure, refused, served,
};
use crate::{
    bindings::{
        tools,
        types::{self, Failure},
    },
    call::CallState,
    handed_on, limits,
};

use partner::Partner;

type Answered<T> = wasmtime::Result<Result<T, Failure>>;

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => tools::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => tools::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

/// The failure of a plugin that called one that broke.
fn callee_failed(name: &str, fault: &Fault) -> Failure {
    let (kind, message) = (fault.kind.as_str(), &fault.message);
    let message = format!("the plugin `{name}` gave no answer ({kind}): {message}");
    failure("callee-failed", message)
}

impl Served<'_> {
    fn held(&self, handle: &Resource<HeldArtifact>) -> wasmtime::Result<Artifact> {
        Ok(self.0.table.get(handle)?.0.clone())
    }

    /// What an assessor says of a candidate.
    async fn opinion(
        &mut self,
        (name, role): (&str, Role),
        brief: types::Brief,
        candidate: Artifact,
    ) -> Result<Opinion, Failure> {
        let Partner { plugin, seed } = self.partner(name, role)?;
        let assessor = plugin.assessor().map_err(|_| partner::not_a(name, role))?;
        let brief = Brief::from_idea(brief.idea);
        match assessor.assess(&brief, &candidate, seed).await {
            Assessment::Given { opinion, .. } => Ok(opinion),
            Assessment::Missing { fault, .. } => Err(callee_failed(name, &fault)),
        }
    }
}

impl tools::Host for Served<'_> {
    async fn perform(
        &mut self,
        name: String,
        arguments: Vec<types::Argument>,
        inputs: Vec<Resource<HeldArtifact>>,
    ) -> Answered<String> {
        if inputs.len() > limits::TOOL_INPUTS {
            let (many, most) = (inputs.len(), limits::TOOL_INPUTS);
            let message = format!("{many} artifacts for one tool; at most {most} are handed over");
            return Ok(Err(failure("too-large", message)));
        }
        let inputs = inputs.iter().map(|handle| self.held(handle));
        let inputs = inputs.collect::<wasmtime::Result<Vec<_>>>()?;
        let Partner { plugin, seed } = match self.partner(&name, Role::Tool) {
            Ok(partner) => partner,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Ok(tool) = plugin.tool() else { return Ok(Err(partner::not_a(&name, Role::Tool))) };
        let told = |one| {
            let types::Argument { name, value } = one;
            Argument { name, value }
        };
        let arguments: Vec<_> = arguments.into_iter().map(told).collect();
        let answer = tool.perform(&arguments, &inputs, seed).await;
        Ok(answer.map_err(|fault| callee_failed(&name, &fault)))
    }

    async fn assess(
        &mut self,
        name: String,
        brief: types::Brief,
        candidate: Resource<HeldArtifact>,
    ) -> Answered<types::Critique> {
        let candidate = self.held(&candidate)?;
        let opinion = self.opinion((&name, Role::Critic), brief, candidate).await;
        Ok(opinion.and_then(|opinion| match opinion {
            Opinion::Critique(critique) => Ok(handed_on::critique(critique)),
            Opinion::Check(_) => Err(partner::not_a(&name, Role::Critic)),
        }))
    }

    async fn verify(
        &mut self,
        name: String,
        brief: types::Brief,
        candidate: Resource<HeldArtifact>,
    ) -> Answered<types::Check> {
        let candidate = self.held(&candidate)?;
        let opinion = self.opinion((&name, Role::Verifier), brief, candidate).await;
        Ok(opinion.and_then(|opinion| match opinion {
            Opinion::Check(check) => Ok(handed_on::check(check)),
            Opinion::Critique(_) => Err(partner::not_a(&name, Role::Verifier)),
        }))
    }
}

impl tools::Host for Refused<'_> {
    async fn perform(
        &mut self,
        _name: String,
        _arguments: Vec<types::Argument>,
        _inputs: Vec<Resource<HeldArtifact>>,
    ) -> Answered<String> {
        Ok(Err(self.refusal(Capability::Tools)))
    }

    async fn assess(
        &mut self,
        _name: String,
        _brief: types::Brief,
        _candidate: Resource<HeldArtifact>,
    ) -> Answered<types::Critique> {
        Ok(Err(self.refusal(Capability::Tools)))
    }

    async fn verify(
        &mut self,
        _name: String,
        _brief: types::Brief,
        _candidate: Resource<HeldArtifact>,
    ) -> Answered<types::Check> {
        Ok(Err(self.refusal(Capability::Tools)))
    }
}
