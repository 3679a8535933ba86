//! Primitive *ask*: a question to a model, and the typed answer it owes.
//!
//! A model that wants to be asked for words is asked so where the question allows it. An answer that does
//! not keep its form is sent back once, quoted, with what is wrong with it, and JSON is asked for.
//! After that, and after a refusal, the recipe does without: what it does instead is journaled.

use std::{mem, num::NonZeroU32, sync::Arc};

use pentimento_model::{
    Artifact, Chat, Exchange, Finish, Message, Part, RunEvent, Seed, Speaker, StepKey, Temperature,
};
use pentimento_prompts::{BadPrompt, Form, Repair, Unusable, in_words_alone, read};
use pentimento_recipe::Role;

use crate::{
    PortError, RunError,
    ports::{Manner, Paid},
    run::Run,
    share::Step,
};

/// Tokens of an answer, at most, unless settings say otherwise (`Idea2Img` uses 512; models that think
/// before they speak need more).
pub const ANSWER_TOKENS: u32 = 2048;
/// Likely tokens that are wanted in each token's place: `yes` and `no`, in all their spellings, are
/// among them. Providers give 20 at most.
const ALTERNATIVES: u8 = 10;
/// Tokens that are remembered of an answer. A yes or no is the first word, or soon after it.
const KEPT_TOKENS: usize = 16;

/// One thing that is wanted of a model.
#[derive(Clone)]
pub(crate) struct Question<'q> {
    pub role: Role,
    /// The recipe's word for it.
    pub step: &'static str,
    pub text: String,
    /// Shown after the text, numbered from 0.
    pub pictures: &'q [Artifact],
    /// How likely the words of the answer were is wanted too. It is in free text then: a form's
    /// braces would come first.
    pub likelihood: bool,
    /// What is done if there is no answer of use, in words.
    pub instead: &'static str,
}

/// An answer, and what is wrong with it.
type OfNoUse = Box<(Exchange, Unusable)>;

/// What is to be known of a question once its words are in a [`Chat`].
pub(crate) struct Asked {
    role: Role,
    pub step: &'static str,
    likelihood: bool,
    instead: &'static str,
}

impl Run<'_> {
    /// The answer, or `None` if there is none of use even after asking again.
    pub(crate) fn put<F: Form>(
        &mut self,
        question: Question<'_>,
        form: &F,
    ) -> impl Future<Output = Result<Option<F::Value>, RunError>> {
        self.put_freely(question, form, None)
    }

    /// The same from a model that is to choose its words so freely.
    pub(crate) fn put_freely<F: Form>(
        &mut self,
        question: Question<'_>,
        form: &F,
        temperature: Option<Temperature>,
    ) -> impl Future<Output = Result<Option<F::Value>, RunError>> {
        let (asked, chat) = self.worded(question, form, temperature);
        async move { Ok(self.put_words(&asked, form, &chat).await?.map(|(value, _)| value)) }
    }

    /// The same with everything that was said.
    pub(crate) fn put_whole<F: Form>(
        &mut self,
        question: Question<'_>,
        form: &F,
        temperature: Option<Temperature>,
    ) -> impl Future<Output = Result<Option<(F::Value, Exchange)>, RunError>> {
        let (asked, chat) = self.worded(question, form, temperature);
        async move { self.put_words(&asked, form, &chat).await }
    }

    /// A question as the model that is asked wants it.
    pub(crate) fn worded<F: Form>(
        &self,
        mut question: Question<'_>,
        form: &F,
        temperature: Option<Temperature>,
    ) -> (Asked, Arc<Chat>) {
        let manner = self.ports.models.of(question.role).map(|model| model.manner());
        let mut chat = chat(&mut question, form, (manner.unwrap_or_default(), self.next_seed()));
        chat.temperature = temperature;
        let Question { role, step, likelihood, instead, .. } = question;
        (Asked { role, step, likelihood, instead }, Arc::new(chat))
    }

    /// Asks, and once more if the answer is of no use.
    pub(crate) async fn put_words<F: Form>(
        &mut self,
        asked: &Asked,
        form: &F,
        chat: &Arc<Chat>,
    ) -> Result<Option<(F::Value, Exchange)>, RunError> {
        let first = self.exchange(asked.role, asked.step, chat).await?;
        let of_no_use = match self.of_use(form, first) {
            Ok(found) => return Ok(Some(found)),
            Err(of_no_use) => of_no_use,
        };
        // Few answers are of no use; the others need no place for what is done then.
        Box::pin(self.put_again(asked, form, chat, *of_no_use)).await
    }

    /// Sends an answer back with what is wrong with it.
    async fn put_again<F: Form>(
        &mut self,
        asked: &Asked,
        form: &F,
        chat: &Chat,
        (first, wrong): (Exchange, Unusable),
    ) -> Result<Option<(F::Value, Exchange)>, RunError> {
        if first.finish == Finish::Refusal {
            return self.fall_back(asked, wrong.reason);
        }
        let schema = form.contract().schema;
        let repair = Repair { answer: &first.answer, reason: &wrong.reason, schema: &schema };
        let again = repair.render().map_err(unwritten)?;
        let mut chat = Chat::clone(chat);
        chat.messages.push(Message::text(Speaker::User, again));
        if !asked.likelihood {
            chat.contract = Some(form.contract());
        }
        chat.seed = self.next_seed();
        let second = self.exchange(asked.role, asked.step, &Arc::new(chat)).await?;
        match self.of_use(form, second) {
            Ok(found) => Ok(Some(found)),
            Err(of_no_use) => self.fall_back(asked, of_no_use.1.reason),
        }
    }

    /// What an answer means, if it is of use; other runs may have it then.
    fn of_use<F: Form>(
        &mut self,
        form: &F,
        answered: Exchange,
    ) -> Result<(F::Value, Exchange), OfNoUse> {
        match understood(form, &answered) {
            Ok(value) => {
                self.lend_answer(&answered);
                Ok((value, answered))
            }
            Err(wrong) => Err(Box::new((answered, wrong))),
        }
    }

    /// Lets other runs have an answer of use that came to its end.
    fn lend_answer(&mut self, answered: &Exchange) {
        if answered.finish == Finish::Stop {
            self.trace.lend();
        }
    }

    fn fall_back<T>(&mut self, asked: &Asked, reason: String) -> Result<Option<T>, RunError> {
        let (step, instead) = (asked.step.to_owned(), asked.instead.to_owned());
        self.trace.note(RunEvent::FellBack { step, reason, instead })?;
        Ok(None)
    }

    /// One call: read back, or made and paid.
    async fn exchange(
        &mut self,
        role: Role,
        step: &'static str,
        chat: &Arc<Chat>,
    ) -> Result<Exchange, RunError> {
        let recipe = &self.request.recipe.name;
        let missing = || RunError::MissingRole { recipe: recipe.clone(), role: role.as_str() };
        let model = self.ports.models.of(role).ok_or_else(missing)?;
        let key = StepKey::of([
            b"ask".as_slice(),
            role.as_str().as_bytes(),
            model.identity().as_bytes(),
            step.as_bytes(),
            chat.key().as_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        self.asked += 1;
        let work = async |leave| {
            let answered = model.complete(chat, &leave).await;
            let Paid { value, cost } =
                answered.map_err(|source| RunError::Port { role: role.as_str(), source })?;
            let exchange = Exchange {
                role: role.as_str().into(),
                step: step.into(),
                asked: chat.clone().into(),
                answer: value.text,
                finish: value.finish,
                model: value.model,
                tokens: value.tokens.into_iter().take(KEPT_TOKENS).collect(),
            };
            Ok(Paid { value: exchange, cost })
        };
        let event = |exchange, spending, took| RunEvent::Answered { key, exchange, spending, took };
        let (step, most) = (Step::lasting(key, model.lasting()), model.most(chat));
        match self.trace.buy(step, most, model.turn(), work, event).await? {
            RunEvent::Answered { exchange, .. } => Ok(exchange),
            _ => Err(self.trace.diverged()),
        }
    }

    /// Every question has its own seed, drawn from the run's.
    fn next_seed(&self) -> Seed {
        self.request.seed.derive("ask", u64::from(self.asked))
    }
}

/// A text of ours that cannot be written is our mistake.
pub(crate) fn unwritten(error: BadPrompt) -> RunError {
    let source = PortError::broken("a question to a model could not be written", error);
    RunError::Port { role: "recipe", source }
}

/// What is said; the question's text goes into it.
fn chat<F: Form>(question: &mut Question<'_>, form: &F, (manner, seed): (Manner, Seed)) -> Chat {
    let most = manner.answer_tokens.map_or(ANSWER_TOKENS, NonZeroU32::get);
    let words = if manner.words { in_words_alone(&question.text) } else { None };
    let in_json = words.is_none();
    let text = words.unwrap_or_else(|| mem::take(&mut question.text));
    let mut chat = Chat::ask(text, most, seed);
    if let Some(message) = chat.messages.first_mut() {
        for (number, picture) in question.pictures.iter().enumerate() {
            message.parts.push(Part::Text(format!("Picture {number}:")));
            message.parts.push(Part::Image(picture.clone()));
        }
    }
    if question.likelihood {
        chat.alternatives = ALTERNATIVES;
    } else if in_json {
        chat.contract = Some(form.contract());
    }
    chat
}

fn understood<F: Form>(form: &F, exchange: &Exchange) -> Result<F::Value, Unusable> {
    if exchange.finish == Finish::Refusal {
        return Err(Unusable { reason: "the model declined to answer".to_owned() });
    }
    read(form, &exchange.answer).map_err(|wrong| match exchange.finish {
        Finish::Length => Unusable { reason: format!("{wrong}, and it is cut off") },
        _ => wrong,
    })
}
