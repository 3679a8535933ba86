//! What a run would cost at most, told without making it.

use std::{num::NonZeroU32, sync::Arc};

use pentimento_engine::{ANSWER_TOKENS, EMBEDDED_BYTES, Ledger, Models, ports::Generate};
use pentimento_model::{Artifact, Budget, Chat, Contract, MediaType, Money, Part, Seed, Spending};
use pentimento_recipe::{Medium, Recipe, Role};

use crate::providers::Binding;

/// What a run may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Who paints.
    pub painter: String,
    /// What is made.
    pub medium: Medium,
    /// Pictures or texts that are made at most.
    pub pictures: u32,
    /// What all of them cost at most, if each is painted at the first attempt.
    pub most: Spending,
    /// How many of them the budget allows, if each costs the most.
    pub allowed: u32,
    /// What the run may cost; `None` for no bound.
    pub cap: Option<Money>,
    /// True if the painter's price was typed, or if it takes none.
    pub priced: bool,
    /// Questions to models in words. What they cost grows with what is said, and is in none of the
    /// other numbers.
    pub words: Vec<Words>,
}

/// Questions to one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// In which role.
    pub role: &'static str,
    /// Who it is.
    pub model: String,
    /// How many, if every answer is of use at once; up to twice as many otherwise.
    pub calls: u32,
    /// What one of them costs at most that tells of no earlier round: the longest text there is, the
    /// idea, the pictures that are shown, and the longest answer that is asked for.
    pub one: Spending,
    /// True if its price was typed, or if it takes none.
    pub priced: bool,
    /// How many there are depends on what an examiner or a tool finds: fewer, perhaps.
    pub at_most: bool,
}

impl Words {
    /// What all of them cost at most that tell of no earlier round.
    pub fn all(&self) -> Spending {
        self.one.times(self.calls)
    }
}

impl Forecast {
    /// What both come to; questions to the same model are told at the length of the longer.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.pictures = self.pictures.saturating_add(other.pictures);
        self.allowed = self.allowed.saturating_add(other.allowed);
        self.most = self.most.plus(other.most);
        self.priced &= other.priced;
        for more in other.words {
            let same = |one: &&mut Words| (one.role, &one.model) == (more.role, &more.model);
            match self.words.iter_mut().find(same) {
                None => self.words.push(more),
                Some(one) => {
                    one.calls = one.calls.saturating_add(more.calls);
                    one.at_most |= more.at_most;
                    if more.one.usage.tokens() > one.one.usage.tokens() {
                        one.one = more.one;
                    }
                }
            }
        }
        self
    }

    /// The same where all runs together may cost no more.
    #[must_use]
    pub fn within(self, cap: Option<Money>) -> Self {
        let Some(cap) = cap else { return self };
        let (pictures, most) = (u128::from(self.pictures), u128::from(self.most.money.nanos()));
        let fit = (pictures * u128::from(cap.nanos())).checked_div(most);
        let fit = fit.and_then(|fit| u32::try_from(fit).ok()).unwrap_or(u32::MAX);
        Self { allowed: self.allowed.min(fit), cap: Some(cap), ..self }
    }
}

/// Bytes of the form of an answer and its name, at most.
const FORM_BYTES: usize = 4096;

/// Everyone who is asked in words about this idea by a run of this recipe.
pub(crate) fn words(recipe: &Recipe, models: &Models, idea: &str) -> Vec<Words> {
    let words = |(role, calls): (Role, u32)| {
        let (model, one) = match (role, models.of(role)) {
            (Role::Embedder, _) => {
                let asked = models.embedder.as_ref()?;
                (asked.identity(), asked.most(&compared(recipe)))
            }
            (_, asked) => {
                let asked = asked?;
                let most = asked.manner().answer_tokens.map_or(ANSWER_TOKENS, NonZeroU32::get);
                (asked.identity(), asked.most(&sample(recipe, role, (idea, most))))
            }
        };
        let bound = model.strip_prefix(MODEL).and_then(Binding::read);
        let priced = one.unpriced == 0;
        // What a tool finds in an answer decides how often it is asked for again.
        let at_most = recipe.examiner.is_some() || recipe.tool.is_some() || role == Role::Embedder;
        // Whoever is no provider's is known by its first two words; versions and digests follow.
        let model = if bound.is_some() { model } else { within(&model) };
        Some(Words { role: role.as_str(), model, calls, one, priced, at_most })
    };
    let judge = models.judge.is_some();
    recipe.words(judge).into_iter().filter_map(words).collect()
}

/// `embedded/mind` of everything that its answers depend on.
fn within(identity: &str) -> String {
    identity.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
}

/// What stands before the name of a model behind a provider.
const MODEL: &str = "model/";

/// A question as long as any that tells of no earlier round.
fn sample(recipe: &Recipe, role: Role, (idea, most): (&str, u32)) -> Chat {
    let text = " ".repeat(pentimento_prompts::longest_text(idea));
    let mut chat = Chat::ask(text, most, Seed(0));
    if let (Role::Seer | Role::Judge, Some(message)) = (role, chat.messages.first_mut()) {
        let picture = Part::Image(Artifact::new(MediaType::Png, Vec::new()));
        let shown = usize::try_from(recipe.most_shown()).unwrap_or(usize::MAX);
        message.parts.extend(std::iter::repeat_n(picture, shown));
    }
    let contract = Contract { name: "".into(), schema: " ".repeat(FORM_BYTES).into() };
    Chat { contract: Some(contract), ..chat }
}

/// Texts as long and as many as any that are compared at once.
fn compared(recipe: &Recipe) -> Vec<String> {
    let count = usize::try_from(recipe.most_likened()).unwrap_or(usize::MAX);
    vec![" ".repeat(EMBEDDED_BYTES); count]
}

impl Forecast {
    pub(crate) fn of(
        painter: String,
        generator: &Arc<dyn Generate>,
        (recipe, idea): (&Recipe, &str),
        budget: &Budget,
    ) -> Self {
        let shown = recipe.most_references();
        let one = if shown > 0 { generator.most_after(idea, shown) } else { generator.most(idea) };
        let ledger = Ledger::new(budget.bounds);
        let fits = |_: &u32| ledger.reserve(one).is_ok_and(|leave| leave.keep() == one);
        let allowed = (0..budget.images).take_while(fits).count();
        Self {
            painter,
            medium: Medium::Picture,
            pictures: budget.images,
            most: one.times(budget.images),
            allowed: u32::try_from(allowed).unwrap_or(u32::MAX),
            cap: budget.bounds.money,
            priced: one.unpriced == 0,
            words: Vec::new(),
        }
    }
}
