//! What a run would cost at most, told without making it.

use std::sync::Arc;

use pentimento_engine::{Ledger, Models, ports::Generate};
use pentimento_model::{Budget, Money, Spending, Usage};
use pentimento_recipe::{Medium, Recipe, Role};

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
    /// Questions to models in words. What they cost depends on what is said, and is in none of the
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
    /// How many there are depends on what an examiner or a tool finds: fewer, perhaps.
    pub at_most: bool,
}

/// Everyone who is asked in words by a run of this recipe.
pub(crate) fn words(recipe: &Recipe, models: &Models) -> Vec<Words> {
    let words = |(role, calls): (Role, u32)| {
        let model = models.of(role)?.identity();
        // What a tool finds in an answer decides how often it is asked for again.
        let at_most = recipe.examiner.is_some() || recipe.tool.is_some();
        Some(Words { role: role.as_str(), model, calls, at_most })
    };
    let judge = models.judge.is_some();
    recipe.words(judge).into_iter().filter_map(words).collect()
}

impl Forecast {
    pub(crate) fn of(
        painter: String,
        generator: &Arc<dyn Generate>,
        idea: &str,
        budget: &Budget,
        priced: bool,
    ) -> Self {
        let one = generator.most(idea);
        let usage = one.usage.times(budget.images);
        let money = one.money.saturating_mul(budget.images.into());
        let ledger = Ledger::new(budget.bounds);
        let fits = |_: &u32| ledger.reserve(one).is_ok_and(|leave| leave.keep() == one);
        let allowed = (0..budget.images).take_while(fits).count();
        Self {
            painter,
            medium: Medium::Picture,
            pictures: budget.images,
            most: Spending { usage, money },
            allowed: u32::try_from(allowed).unwrap_or(u32::MAX),
            cap: budget.bounds.money,
            priced: priced || one.usage == Usage::NONE,
            words: Vec::new(),
        }
    }
}
