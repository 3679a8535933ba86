//! Primitive *propose*: reads the idea once, at the start of the run.

use pentimento_model::{Constraints, RunEvent, StepKey};
use pentimento_prompts::sld::{Parsed, Sld};
use pentimento_recipe::Role;

use crate::{
    Ports, RunError, RunRequest,
    ask::{Question, unwritten},
    run::Run,
    trace::Trace,
};

/// What the idea asks for, and the key under which that is remembered.
pub(crate) async fn parse(
    request: &RunRequest,
    ports: &Ports,
    trace: &mut Trace<'_>,
) -> Result<(Constraints, StepKey), RunError> {
    let parser = ports.parser.identity();
    let key = StepKey::of([b"parse".as_slice(), parser.as_bytes(), request.brief.idea.as_bytes()]);
    let work = async {
        let read = ports.parser.parse(&request.brief).await;
        read.map_err(|source| RunError::Port { role: "parser", source })
    };
    let event = |constraints, took| RunEvent::Parsed { key, constraints, took };
    match trace.perform(key, work, event).await? {
        RunEvent::Parsed { constraints, .. } => Ok((constraints, key)),
        _ => Err(trace.diverged()),
    }
}

impl Run<'_> {
    /// The same by a question to the writer. Without an answer of use nothing is known of the idea
    /// but its words.
    pub(crate) async fn parse_by_writer(&mut self) -> Result<(), RunError> {
        let (idea, before) = (self.request.brief.idea.clone(), self.asked);
        let asked = Sld::Parse { idea: &idea };
        let instead = "seer and writer go by the idea's words alone";
        let written = self.put(question(Role::Writer, &asked, instead)?, &Parsed).await?;
        let constraints = written.unwrap_or_default();
        let key = StepKey::of([
            b"parse by questions".as_slice(),
            idea.as_bytes(),
            &before.to_le_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        let event = |constraints, took| RunEvent::Parsed { key, constraints, took };
        match self.trace.perform(key, async { Ok(constraints) }, event).await? {
            RunEvent::Parsed { constraints, .. } => {
                (self.constraints, self.parsed) = (constraints, key);
                Ok(())
            }
            _ => Err(self.trace.diverged()),
        }
    }
}

/// A question of SLD, without a picture.
pub(crate) fn question(
    role: Role,
    asked: &Sld<'_>,
    instead: &'static str,
) -> Result<Question<'static>, RunError> {
    let text = asked.render().map_err(unwritten)?;
    Ok(Question { role, step: asked.step(), text, pictures: &[], likelihood: false, instead })
}
