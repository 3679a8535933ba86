//! What a run would cost at most, told without making it.

use std::sync::Arc;

use pentimento_engine::{Ledger, ports::Generate};
use pentimento_model::{Budget, Money, Spending, Usage};

/// What a run may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Who paints.
    pub painter: String,
    /// Pictures that are made at most.
    pub pictures: u32,
    /// What all of them cost at most, if each is painted at the first attempt.
    pub most: Spending,
    /// How many of them the budget allows, if each costs the most.
    pub allowed: u32,
    /// What the run may cost; `None` for no bound.
    pub cap: Option<Money>,
    /// True if the painter's price was typed, or if it takes none.
    pub priced: bool,
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
            pictures: budget.images,
            most: Spending { usage, money },
            allowed: u32::try_from(allowed).unwrap_or(u32::MAX),
            cap: budget.bounds.money,
            priced: priced || one.usage == Usage::NONE,
        }
    }
}
