//! Who may spend what: a call's worst case is held before it is made, and settled afterwards.
//!
//! All calls of a run share one ledger, so that many on their way at once cannot overdraw
//! together; runs of a batch share a second one in the same way. What a call may cost at most,
//! whoever makes it says; what it did cost, the provider.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use pentimento_model::{Bounds, Spending, StepKey, StopReason};

use crate::{KeepError, Turn, attempts::Attempts};

/// What a run spent, what it may still have to pay, and its bounds.
#[derive(Debug)]
pub struct Ledger {
    bounds: Bounds,
    books: Mutex<Books>,
    /// That of all runs which pay together.
    shared: Option<Arc<Self>>,
    terms: Terms,
}

/// How a run pays that has a past.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    /// If it ended because a step might have cost too much, and that step is allowed now, it goes on.
    pub goes_on: bool,
    /// What it spent before, and may have, is in the shared books already.
    pub is_counted: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Books {
    /// Paid, or perhaps paid.
    spent: Spending,
    /// The worst case of all calls on their way.
    held: Spending,
    time: Duration,
}

/// A call would break a bound; nothing was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which bound.
    pub stop: StopReason,
}

impl Ledger {
    /// Nothing spent yet.
    pub fn new(bounds: Bounds) -> Arc<Self> {
        Self::of(bounds, None, Terms::default())
    }

    /// Nothing spent yet, and everything is spent out of another one too. Its time is its own.
    pub fn within(bounds: Bounds, shared: Arc<Self>) -> Arc<Self> {
        Self::of(bounds, Some(shared), Terms::default())
    }

    /// The same on these terms, alone or within another one.
    pub fn of(bounds: Bounds, shared: Option<Arc<Self>>, terms: Terms) -> Arc<Self> {
        Arc::new(Self { bounds, books: Mutex::default(), shared, terms })
    }

    /// Its own bounds.
    pub(crate) const fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// True if a run that had ended for want of means may go on.
    pub(crate) const fn goes_on(&self) -> bool {
        self.terms.goes_on
    }

    /// Its run is told from its beginning once more; what it spent is not booked again.
    pub(crate) fn rewind(&self) {
        self.books().time = Duration::ZERO;
    }

    /// Says whether a call of this worst case would be allowed now. Nothing is held.
    pub fn allows(&self, most: Spending) -> Result<(), Refused> {
        if let Some(shared) = &self.shared {
            shared.allows(most)?;
        }
        self.check(&self.books(), most)
    }

    /// Holds the worst case of a call, if all bounds hold even then. What costs nothing is always
    /// allowed.
    pub fn reserve(self: &Arc<Self>, most: Spending) -> Result<Reservation, Refused> {
        self.hold(most)?;
        let attempt = Mutex::new(Attempt { lost: Spending::NONE, open: true, begun: false });
        Ok(Reservation { ledger: self.clone(), most, call: Call::Nameless, attempt })
    }

    /// Books what the journal says was spent before.
    pub fn charge(&self, spending: Spending) {
        if let Some(shared) = self.shared.as_ref().filter(|_| !self.terms.is_counted) {
            shared.charge(spending);
        }
        let mut books = self.books();
        books.spent = books.spent.plus(spending);
    }

    /// Books time.
    pub fn pass(&self, took: Duration) {
        let mut books = self.books();
        books.time = books.time.saturating_add(took);
    }

    /// Everything paid so far, or perhaps paid.
    pub fn spent(&self) -> Spending {
        self.books().spent
    }

    /// Time spent so far.
    pub fn time(&self) -> Duration {
        self.books().time
    }

    fn hold(&self, most: Spending) -> Result<(), Refused> {
        if let Some(shared) = &self.shared {
            shared.hold(most)?;
        }
        let held = self.hold_alone(most);
        if let (Err(_), Some(shared)) = (held, &self.shared) {
            shared.settle(most, Spending::NONE);
        }
        held
    }

    fn hold_alone(&self, most: Spending) -> Result<(), Refused> {
        let mut books = self.books();
        self.check(&books, most)?;
        books.held = books.held.plus(most);
        Ok(())
    }

    /// Refuses what would break one of this ledger's own bounds. What costs nothing breaks none.
    fn check(&self, books: &Books, most: Spending) -> Result<(), Refused> {
        if most == Spending::NONE {
            return Ok(());
        }
        if self.bounds.time.is_some_and(|most| books.time >= most) {
            return Err(Refused { stop: StopReason::Time });
        }
        let all = books.spent.plus(books.held).plus(most);
        broken(&self.bounds, &all, &most).map_or(Ok(()), |stop| Err(Refused { stop }))
    }

    /// Takes what was held for one attempt, and books what it cost.
    fn settle(&self, held: Spending, cost: Spending) {
        if let Some(shared) = &self.shared {
            shared.settle(held, cost);
        }
        let mut books = self.books();
        books.held = books.held.minus(held);
        books.spent = books.spent.plus(cost);
    }

    /// No code between lock and unlock can panic, so a poisoned lock still guards whole books.
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first bound that `all` would break, of those that `more` counts for.
fn broken(bounds: &Bounds, all: &Spending, more: &Spending) -> Option<StopReason> {
    let over =
        |most: Option<u64>, all: u64, more: u64| more > 0 && most.is_some_and(|most| all > most);
    let (sum, usage) = (&all.usage, &more.usage);
    let money = bounds.money.map(pentimento_model::Money::nanos);
    [
        (over(money, all.money.nanos(), more.money.nanos()), StopReason::Money),
        (
            over(bounds.calls.map(u64::from), sum.calls.into(), usage.calls.into()),
            StopReason::Calls,
        ),
        (over(bounds.tokens, sum.tokens(), usage.tokens()), StopReason::Tokens),
        (
            over(bounds.images.map(u64::from), sum.images.into(), usage.images.into()),
            StopReason::Images,
        ),
    ]
    .into_iter()
    .find_map(|(broken, stop)| broken.then_some(stop))
}

/// Leave to make one call. Whoever makes it says how each attempt ended; an attempt of which
/// nothing is said counts as paid in full.
pub struct Reservation {
    ledger: Arc<Ledger>,
    most: Spending,
    call: Call,
    attempt: Mutex<Attempt>,
}

/// What is known of a call.
enum Call {
    Nameless,
    /// It is not made for a run.
    Named(StepKey),
    /// Its attempts are told one by one, under its name in its run.
    Told(Attempts),
}

#[derive(Debug)]
struct Attempt {
    /// What earlier attempts may have cost.
    lost: Spending,
    /// The worst case of the latest one is held.
    open: bool,
    /// The latest one is on its way.
    begun: bool,
}

impl Reservation {
    /// The same for a call with a name: the same whenever the same call is made again.
    #[must_use]
    pub fn called(mut self, name: StepKey) -> Self {
        self.call = Call::Named(name);
        self
    }

    /// The same for a call with a name whose attempts are told one by one: what an earlier one may have
    /// cost is no part of what the call is said to have cost in the end.
    #[must_use]
    pub(crate) fn announcing(mut self, announce: Attempts) -> Self {
        self.call = Call::Told(announce);
        self
    }

    /// How many events told of attempts, or why one could not be told.
    pub(crate) fn told(&self) -> Result<usize, KeepError> {
        match &self.call {
            Call::Told(attempts) => attempts.told(),
            Call::Nameless | Call::Named(_) => Ok(0),
        }
    }

    /// The worst case of each attempt.
    pub(crate) const fn most(&self) -> Spending {
        self.most
    }

    /// The call's name, if it has one. That of a call of a run is made when it is asked for.
    pub fn name(&self) -> Option<StepKey> {
        match &self.call {
            Call::Nameless => None,
            Call::Named(name) => Some(*name),
            Call::Told(attempts) => Some(attempts.name()),
        }
    }

    /// The turn that the call waited for before it was announced, once.
    pub fn turn(&self) -> Option<Turn> {
        match &self.call {
            Call::Told(attempts) => attempts.turn(),
            Call::Nameless | Call::Named(_) => None,
        }
    }

    /// What a wait between attempts comes to, or `None` if somebody says stop before: nothing is under
    /// way then.
    pub async fn unless_stopped<T>(&self, wait: impl Future<Output = T>) -> Option<T> {
        match &self.call {
            Call::Told(attempts) => attempts.stop().unless_raised(wait).await,
            Call::Nameless | Call::Named(_) => Some(wait.await),
        }
    }

    /// Asks for leave to begin an attempt. The first one has it; each later one holds as much once
    /// more, and the one before counts as paid unless it was released.
    pub fn begin(&self) -> Result<(), Refused> {
        let mut attempt = self.attempt();
        if attempt.open && !attempt.begun {
            attempt.begun = true;
            return Ok(());
        }
        self.ledger.hold(self.most)?;
        if attempt.open {
            self.ledger.settle(self.most, self.most);
            match &self.call {
                Call::Nameless | Call::Named(_) => attempt.lost = attempt.lost.plus(self.most),
                // What costs nothing is not told, and nothing is lost by it.
                Call::Told(_) if self.most == Spending::NONE => {}
                Call::Told(attempts) if attempts.again(self.most) => {}
                Call::Told(_) => {
                    // Nothing was begun, and what was held for it is free again.
                    self.ledger.settle(self.most, Spending::NONE);
                    attempt.open = false;
                    return Err(Refused { stop: StopReason::Calls });
                }
            }
        }
        (attempt.open, attempt.begun) = (true, true);
        Ok(())
    }

    /// The latest attempt was surely not paid.
    pub fn release(&self) {
        self.close(Spending::NONE);
    }

    /// The call was answered and cost this much. Says what it cost with all that was lost on the
    /// way.
    pub fn settle(&self, cost: Spending) -> Spending {
        self.close(cost)
    }

    /// Nobody knows whether the latest attempt was paid. Says what the call may have cost.
    pub fn keep(&self) -> Spending {
        self.close(self.most)
    }

    /// Ends the latest attempt, unless that is done.
    fn close(&self, cost: Spending) -> Spending {
        let mut attempt = self.attempt();
        if attempt.open {
            attempt.open = false;
            self.ledger.settle(self.most, cost);
            attempt.lost = attempt.lost.plus(cost);
        }
        attempt.lost
    }

    fn attempt(&self) -> MutexGuard<'_, Attempt> {
        self.attempt.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Reservation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { most, attempt, .. } = self;
        formatter
            .debug_struct("Reservation")
            .field("most", most)
            .field("name", &self.name())
            .field("attempt", attempt)
            .finish_non_exhaustive()
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.keep();
    }
}

#[cfg(test)]
mod tests;
