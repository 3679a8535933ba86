//! Budgets, and what was spent of them. Money is in nano-dollars.

use std::time::Duration;

use pentimento_model::{Bounds, Budget, Money, Spending, Usage};
use serde::{Deserialize, Serialize};

use super::nanos;

#[derive(Serialize, Deserialize)]
pub(super) struct BudgetV1 {
    rounds: u32,
    images: u32,
    #[serde(flatten)]
    bounds: BoundsV1,
}

impl BudgetV1 {
    pub(super) fn from_model(budget: &Budget) -> Self {
        let bounds = BoundsV1::from_model(&budget.bounds);
        Self { rounds: budget.rounds, images: budget.images, bounds }
    }

    pub(super) fn into_model(self) -> Budget {
        let bounds = self.bounds.into_model();
        Budget { bounds, ..Budget::new(self.rounds, self.images) }
    }
}

/// Bounds, in a budget or alone. One that is not there is none; the first journals had none of these.
#[derive(Serialize, Deserialize)]
pub(super) struct BoundsV1 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calls: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model_images: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    money_nanos: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_ns: Option<u64>,
}

impl BoundsV1 {
    pub(super) fn from_model(bounds: &Bounds) -> Self {
        let Bounds { calls, tokens, images: model_images, money, time } = *bounds;
        let (money_nanos, time_ns) = (money.map(Money::nanos), time.map(nanos));
        Self { calls, tokens, model_images, money_nanos, time_ns }
    }

    pub(super) fn into_model(self) -> Bounds {
        Bounds {
            calls: self.calls,
            tokens: self.tokens,
            images: self.model_images,
            money: self.money_nanos.map(Money::from_nanos),
            time: self.time_ns.map(Duration::from_nanos),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SpendingV1 {
    calls: u32,
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    cached_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
    #[serde(default)]
    images: u32,
    #[serde(default)]
    money_nanos: u64,
    /// Those of the calls whose price nobody typed. Journals from before tell none: there, no price is
    /// written like a price of nothing.
    #[serde(default, skip_serializing_if = "is_none")]
    unpriced: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

impl SpendingV1 {
    /// What cost nothing is not written.
    pub(super) fn from_model(spending: &Spending) -> Option<Self> {
        let Usage { calls, input_tokens, cached_tokens, output_tokens, images } = spending.usage;
        let money_nanos = spending.money.nanos();
        (*spending != Spending::NONE).then_some(Self {
            calls,
            input_tokens,
            cached_tokens,
            output_tokens,
            images,
            money_nanos,
            unpriced: spending.unpriced,
        })
    }

    pub(super) fn into_model(written: Option<Self>) -> Spending {
        written.map_or(Spending::NONE, |one| Spending {
            usage: Usage {
                calls: one.calls,
                input_tokens: one.input_tokens,
                cached_tokens: one.cached_tokens,
                output_tokens: one.output_tokens,
                images: one.images,
            },
            money: Money::from_nanos(one.money_nanos),
            unpriced: one.unpriced,
        })
    }
}
