//! Primitive *write*: what the writer answers becomes a candidate.

use pentimento_model::{
    Candidate, CandidateId, MediaType, Origin, RunEvent, Spending, StepKey, Temperature,
};
use pentimento_prompts::{InSteps, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    ask::{Question, unwritten},
    generate::store,
    ports::Made,
    run::Run,
};

/// A text of the pool.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub candidate: CandidateId,
    pub solution: Solution,
}

/// A question to the writer about this run's idea.
pub(crate) fn question(
    role: Role,
    prompt: TextPrompt,
    fields: &TextFields<'_>,
    instead: &'static str,
) -> Result<Question<'static>, RunError> {
    let text = prompt.render(fields).map_err(unwritten)?;
    Ok(Question { role, step: prompt.step(), text, pictures: &[], likelihood: false, instead })
}

impl Run<'_> {
    /// Asks the writer for a text; `None` if there is none of use even after asking again. `parent`
    /// is the text it was shown, if any.
    pub(crate) fn write(
        &mut self,
        question: Question<'_>,
        parent: Option<CandidateId>,
        temperature: Option<Temperature>,
    ) -> impl Future<Output = Result<Option<Text>, RunError>> {
        let (asked, chat) = self.worded(question, &InSteps, temperature);
        async move {
            let said = self.put_words(&asked, &InSteps, &chat).await?;
            match said.map(|(solution, _)| solution) {
                Some(solution) => self.admit_text(asked.step, parent, solution).await.map(Some),
                None => Ok(None),
            }
        }
    }

    /// Makes a text durable and takes it into the pool. Its key stands on the text itself: what was
    /// asked for it is in the key of the answer it was taken from.
    pub(crate) async fn admit_text(
        &mut self,
        step: &'static str,
        parent: Option<CandidateId>,
        solution: Solution,
    ) -> Result<Text, RunError> {
        let (id, round, text) = (self.next_id(), self.round, solution.text());
        let key = StepKey::of([
            b"write".as_slice(),
            step.as_bytes(),
            text.as_bytes(),
            &id.0.to_le_bytes(),
        ]);
        let (made, ports) = (&mut self.made, self.ports);
        let work = async {
            store(made, ports, Made { media_type: MediaType::Text, bytes: text.as_bytes().into() })
        };
        let event = |artifact: pentimento_model::Artifact, took| {
            let origin = Origin::Written { step: step.into() };
            let candidate = Candidate { id, parent, round, artifact: artifact.id, origin };
            // The answer it was taken from is what was paid.
            RunEvent::CandidateReady { key, candidate, spending: Spending::NONE, took }
        };
        let event = self.trace.perform(key, work, event).await?;
        let candidate = self.admit(event)?;
        Ok(Text { candidate, solution })
    }
}
