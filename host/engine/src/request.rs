//! Everything that settles a run, besides who carries it out.

use pentimento_model::{Brief, Budget, RunId, Seed};
use pentimento_recipe::Settled;

/// One run, fully settled: the same request over the same ports gives the same run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRequest {
    /// Its name.
    pub run: RunId,
    /// What the user asked.
    pub brief: Brief,
    /// What is done.
    pub recipe: Settled,
    /// The painter's preset or the provider's model name, as it shall stand in the journal.
    pub painter: String,
    /// Where all randomness comes from.
    pub seed: Seed,
    /// What the run may spend; usually [`Recipe::budget`].
    pub budget: Budget,
}
