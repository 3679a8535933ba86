//! The run's one door to its journal and its watchers.
//!
//! While the journal holds events of this run, they are read back; after that, work is done, its
//! event made durable, and only then shown.

use std::{sync::Arc, time::Duration};

use pentimento_model::{Loss, RunEvent, RunId, Spending, StepKey, TimedEvent};

use crate::{
    Ledger, Ports, Refused, Reservation, RunError, Shared, StopFlag,
    attempts::{Attempts, Audience},
    guard::{Caught, Guard},
    ports::Paid,
    share::{Lending, Product, Step},
};

/// The events of one run, from its first to wherever it is now.
pub(crate) struct Trace<'a> {
    ports: &'a Ports,
    stop: &'a StopFlag,
    run: &'a RunId,
    /// How many events have been seen; the next one's place in the journal.
    position: usize,
    /// What was spent, before and now.
    ledger: Arc<Ledger>,
    /// Watches for reward hacking, if an assessor is held out.
    guard: Option<Box<Guard>>,
    /// The result of the latest primitive, if others may have it.
    lending: Option<Lending>,
    /// To whom attempts at calls are told.
    audience: Arc<Audience>,
}

/// What a journal says of a primitive.
enum Recalled {
    /// How it ended.
    Done(Box<RunEvent>),
    /// It is still to be done; so many times before, its call failed.
    NotYet { failed: u64 },
}

impl<'a> Trace<'a> {
    /// At the start of the run.
    pub(crate) fn new(
        ports: &'a Ports,
        stop: &'a StopFlag,
        run: &'a RunId,
        ledger: Arc<Ledger>,
    ) -> Self {
        let audience = Audience::of(ports);
        Self { ports, stop, run, position: 0, ledger, guard: None, lending: None, audience }
    }

    /// The same with a guard that goes by this assessor, if there is one.
    pub(crate) fn guarded(self, held_out: Option<&str>) -> Self {
        Self { guard: held_out.map(|name| Box::new(Guard::of(name))), ..self }
    }

    /// True if the guard has stopped the run.
    pub(crate) fn is_hacked(&self) -> bool {
        self.guard.as_ref().is_some_and(|guard| guard.has_tripped())
    }

    /// What the guard saw; from here on it lets everything pass, so that the run can end.
    pub(crate) fn caught(&mut self) -> Option<Caught> {
        self.guard.take().and_then(|guard| guard.caught())
    }

    /// Time spent so far.
    pub(crate) fn time(&self) -> Duration {
        self.ledger.time()
    }

    /// Remembers something that was decided from other events. On resumption the journal must
    /// hold the very same.
    pub(crate) fn note(&mut self, event: RunEvent) -> Result<(), RunError> {
        self.go_on()?;
        match self.ports.keep.recall(self.position) {
            Some(recalled) if recalled.event == event => {
                self.read_back(&recalled);
                Ok(())
            }
            Some(_) => Err(self.diverged()),
            None => {
                let timed = self.now(event);
                self.ports.keep.append(&timed)?;
                self.show(&timed);
                Ok(())
            }
        }
    }

    /// The same for the last event of a run: others go on while the disk is waited for.
    pub(crate) async fn conclude(&mut self, event: RunEvent) -> Result<(), RunError> {
        if self.ports.keep.recall(self.position).is_some() {
            return self.note(event);
        }
        self.go_on()?;
        self.append(event).await?;
        Ok(())
    }

    /// The primitive with this key: read back, or had from another run, or else done, and turned into
    /// an event together with the time it took.
    pub(crate) async fn perform<P: Product>(
        &mut self,
        step: impl Into<Step> + Send,
        work: impl Future<Output = Result<P, RunError>> + Send,
        event: impl FnOnce(P, Duration) -> RunEvent + Send,
    ) -> Result<RunEvent, RunError> {
        let step = step.into();
        self.go_on()?;
        if let Recalled::Done(event) = self.recall(step.key).await? {
            return Ok(*event);
        }
        if let Some(product) = self.borrow(step).await? {
            return self.append(event(product, Duration::ZERO)).await;
        }
        let started = self.ports.clock.now();
        let product = work.await?;
        let took = self.ports.clock.now().saturating_sub(started);
        self.made(event(product, took)).await
    }

    /// The same for a primitive that may cost up to `most`. If the budget does not allow that, it
    /// is not begun; that it begins is remembered before it does. If it fails and may have been
    /// paid, or was under way when the program ended, that is remembered too.
    pub(crate) async fn buy<P: Product, Work>(
        &mut self,
        step: impl Into<Step> + Send,
        most: Spending,
        work: impl FnOnce(Arc<Reservation>) -> Work + Send,
        event: impl FnOnce(P, Spending, Duration) -> RunEvent + Send,
    ) -> Result<RunEvent, RunError>
    where
        Work: Future<Output = Result<Paid<P>, RunError>> + Send,
    {
        let step = step.into();
        let key = step.key;
        self.go_on()?;
        let failed = match self.recall(key).await? {
            Recalled::Done(event) => return Ok(*event),
            Recalled::NotYet { failed } => failed,
        };
        if let Some(product) = self.borrow(step).await? {
            return self.append(event(product, Spending::NONE, Duration::ZERO)).await;
        }
        let attempts = Attempts::at(&self.audience, key, most);
        let leave = match self.ledger.reserve(most) {
            Ok(leave) => Arc::new(self.announced(leave, (key, failed), &attempts)),
            Err(Refused { stop }) => {
                self.append(RunEvent::BudgetReached { key, stop }).await?;
                return Err(RunError::Spent { stop });
            }
        };
        if most != Spending::NONE {
            self.append(RunEvent::CallBegun { key, most }).await?;
        }
        let started = self.ports.clock.now();
        let result = work(leave.clone()).await;
        let took = self.ports.clock.now().saturating_sub(started);
        self.position += attempts.told()?;
        match result {
            Ok(paid) => {
                let spending = leave.settle(paid.cost);
                self.made(event(paid.value, spending, took)).await
            }
            Err(error) => {
                let spending = leave.keep();
                // What could not be kept was not the call's failure: it stays under way, so that it
                // is made again under its name, and a server that knows it charges once.
                if most != Spending::NONE && !matches!(error, RunError::Keep(_)) {
                    // If that cannot be written either, the first error is the one to tell.
                    let how = Loss::Failed;
                    let _ = self.append(RunEvent::CallLost { key, how, spending, took }).await;
                }
                Err(error)
            }
        }
    }

    /// A call's leave, under its name. Attempts that may have to be paid are told one by one.
    fn announced(
        &self,
        leave: Reservation,
        (key, failed): (StepKey, u64),
        attempts: &Arc<Attempts>,
    ) -> Reservation {
        let leave = leave.called(self.name_of_call(key, failed));
        if attempts.cost_nothing() { leave } else { leave.announcing(attempts.clone()) }
    }

    /// What another run came to in this step, journaled as such; `None` if it is to be done.
    async fn borrow<P: Product>(&mut self, step: Step) -> Result<Option<P>, RunError> {
        let ports = self.ports;
        let (Some(share), Some(name)) = (&ports.share, step.name()) else { return Ok(None) };
        let turn = share.turn(name).await;
        self.heed()?;
        let found = share.find(name);
        let product = found.as_ref().and_then(P::of_shared);
        let (Some(Shared { event, artifact }), Some(product)) = (found, product) else {
            self.lending = Some(Lending { name, event: None, _turn: turn });
            return Ok(None);
        };
        if let Some(artifact) = &artifact {
            ports.keep.store(artifact)?;
        }
        self.append(RunEvent::FromCache { key: step.key, saved: event.spending() }).await?;
        Ok(Some(product))
    }

    /// Remembers what was made here, for this run and perhaps for others.
    fn made(&mut self, event: RunEvent) -> impl Future<Output = Result<RunEvent, RunError>> + Send {
        let timed = self.now(event);
        async move {
            let event = self.appended(timed).await?;
            if let Some(lending) = &mut self.lending {
                lending.event = Some(event.clone());
            }
            Ok(event)
        }
    }

    /// Offers the latest primitive's result to other runs, if it was made here and may be had. Whoever
    /// did the primitive says so, once it has turned out to be of use.
    pub(crate) fn lend(&mut self) {
        let (Some(share), Some(lending)) = (&self.ports.share, self.lending.take()) else { return };
        let Some(event) = lending.event else { return };
        let artifact = match &event {
            RunEvent::CandidateReady { candidate, .. } => {
                let Ok(artifact) = self.ports.keep.load(candidate.artifact) else { return };
                Some(artifact)
            }
            _ => None,
        };
        share.keep(lending.name, &Shared { event, artifact });
    }

    /// What the journal tells of a primitive. A call that was under way when the program ended is told as
    /// lost, and counts as paid: nobody knows.
    async fn recall(&mut self, key: StepKey) -> Result<Recalled, RunError> {
        let (mut under_way, mut failed) = (None, 0);
        while let Some(recalled) = self.ports.keep.recall(self.position) {
            if recalled.event.key() != Some(key) {
                return Err(self.diverged());
            }
            self.read_back(&recalled);
            match recalled.event {
                RunEvent::CallBegun { most, .. } => under_way = Some(most),
                RunEvent::CallLost { how, .. } => {
                    under_way = None;
                    failed += u64::from(how == Loss::Failed);
                }
                RunEvent::BudgetReached { stop, .. } => return Err(RunError::Spent { stop }),
                // What came out of the cache stands in the next event, or was not written any more.
                RunEvent::FromCache { .. } => {}
                event => return Ok(Recalled::Done(Box::new(event))),
            }
        }
        if let Some(spending) = under_way {
            let (how, took) = (Loss::Interrupted, Duration::ZERO);
            self.append(RunEvent::CallLost { key, how, spending, took }).await?;
            self.ledger.charge(spending);
        }
        Ok(Recalled::NotYet { failed })
    }

    /// One name for a call of this run, however often the program is started: a server that knows
    /// it does not do the work, or charge for it, twice. A call that is known to have failed gets
    /// another one when it is made again, since a server may remember failures too.
    fn name_of_call(&self, key: StepKey, failed: u64) -> StepKey {
        let run = self.run.as_str().as_bytes();
        StepKey::of([b"call".as_slice(), run, key.as_bytes(), &failed.to_le_bytes()])
    }

    /// The error for a journal that goes on differently.
    pub(crate) const fn diverged(&self) -> RunError {
        RunError::Diverged { position: self.position }
    }

    /// The step before is over, whatever became of it.
    fn go_on(&mut self) -> Result<(), RunError> {
        self.lending = None;
        self.heed()
    }

    /// Nothing is begun once somebody said stop.
    fn heed(&self) -> Result<(), RunError> {
        if self.stop.is_raised() {
            return Err(RunError::Interrupted);
        }
        if self.is_hacked() { Err(RunError::Hacked) } else { Ok(()) }
    }

    /// Makes an event durable, and shows it. It goes into its box before anything is waited for: a run
    /// has room for whatever it may hold while it waits, at each place where it waits, and thousands of
    /// them wait.
    fn append(
        &mut self,
        event: RunEvent,
    ) -> impl Future<Output = Result<RunEvent, RunError>> + Send {
        let timed = self.now(event);
        self.appended(timed)
    }

    async fn appended(&mut self, timed: Box<TimedEvent>) -> Result<RunEvent, RunError> {
        if let Some(landing) = self.ports.keep.hand_over(&timed)? {
            landing.await?;
        }
        self.show(&timed);
        Ok(timed.event)
    }

    fn now(&self, event: RunEvent) -> Box<TimedEvent> {
        Box::new(TimedEvent { at: self.ports.clock.now(), event })
    }

    /// Books what an earlier part of the run spent, and shows how.
    fn read_back(&mut self, recalled: &TimedEvent) {
        self.ledger.charge(recalled.event.spending());
        self.show(recalled);
    }

    /// Counts an event that is durable, and shows it.
    fn show(&mut self, timed: &TimedEvent) {
        self.position += 1;
        self.ledger.pass(timed.event.took());
        if let Some(guard) = &mut self.guard {
            guard.see(&timed.event);
        }
        for watcher in &self.ports.watchers {
            watcher.on_event(timed);
        }
    }
}
