//! The run's one door to its journal and its watchers.
//!
//! While the journal holds events of this run, they are read back; after that, work is done, its
//! event made durable, and only then shown.

mod pause;
mod purchase;

use std::{pin::Pin, sync::Arc, time::Duration};

use pentimento_model::{Loss, RunEvent, RunId, Spending, StepKey, TimedEvent};

use crate::{
    Ledger, Ports, RunError, Shared, StopFlag,
    attempts::Audience,
    guard::{Caught, Guard},
    ports::Landing,
    share::{Lending, Product, Step},
};

pub(crate) use pause::Known;

/// The events of one run, from its first to wherever it is now.
pub(crate) struct Trace<'a> {
    ports: &'a Ports,
    stop: &'a StopFlag,
    /// How many events have been seen; the next one's place in the journal.
    position: usize,
    /// What was spent, before and now.
    ledger: Arc<Ledger>,
    /// Watches for reward hacking, if an assessor is held out.
    guard: Option<Box<Guard>>,
    /// The result of the latest primitive, if others may have it.
    lending: Option<Box<Lending>>,
    /// To whom attempts at calls are told.
    audience: Arc<Audience>,
    /// What was read, booked and shown before.
    known: Known,
    /// Where the journal says that a step was refused, if that is what ends the run.
    refused: Option<usize>,
}

/// What few runs wait for, in a box of its own: thousands may wait at once, each with room for whatever it
/// may ever wait for.
type Rarely<'t, T> = Pin<Box<dyn Future<Output = Result<T, RunError>> + Send + 't>>;

/// An event that is handed over, and not yet durable.
struct UnderWay<'a> {
    timed: Box<TimedEvent>,
    landing: Landing<'a>,
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
        let audience = Audience::of(run, ports, stop);
        let (known, refused) = (Known::default(), None);
        Self {
            ports,
            stop,
            position: 0,
            ledger,
            guard: None,
            lending: None,
            audience,
            known,
            refused,
        }
    }

    /// The same for a run that was carried out before.
    pub(crate) fn knowing(self, known: Known) -> Self {
        Self { known, ..self }
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
    pub(crate) async fn conclude(&mut self, event: Box<RunEvent>) -> Result<(), RunError> {
        if self.ports.keep.recall(self.position).is_some() {
            return self.note(*event);
        }
        self.go_on()?;
        if let Some(under_way) = self.append(*event)? {
            self.landed(under_way).await?;
        }
        Ok(())
    }

    /// The primitive with this key: read back, or had from another run, or else done, and turned into
    /// an event together with the time it took.
    pub(crate) fn perform<P: Product>(
        &mut self,
        step: impl Into<Step>,
        work: impl Future<Output = Result<P, RunError>> + Send,
        event: impl FnOnce(P, Duration) -> RunEvent + Send,
    ) -> impl Future<Output = Result<RunEvent, RunError>> + Send {
        let step = step.into();
        async move {
            self.go_on()?;
            if let Some(told) = self.look_back(step.key, Spending::NONE)
                && let Recalled::Done(event) = told.await?
            {
                return Ok(*event);
            }
            let shared = match self.borrow::<P>(step) {
                Some(shared) => shared.await?,
                None => None,
            };
            if let Some(product) = shared {
                let event = Box::new(event(*product, Duration::ZERO));
                return self.tell(event).await;
            }
            let started = self.ports.clock.ticks();
            let product = work.await?;
            let took = self.ports.clock.ticks().saturating_sub(started);
            let under_way = match self.hand_over(event(product, took))? {
                Ok(event) => return Ok(self.made(event)),
                Err(under_way) => under_way,
            };
            let event = self.landed(under_way).await?;
            Ok(self.made(event))
        }
    }

    /// What another run came to in this step, journaled as such; `None` if it is to be done. Nothing to
    /// wait for where nothing is shared.
    fn borrow<P: Product>(&mut self, step: Step) -> Option<Rarely<'_, Option<Box<P>>>> {
        let share = self.ports.share.as_ref()?;
        let name = step.name()?;
        Some(Box::pin(async move {
            let turn = share.turn(name).await;
            self.heed()?;
            let found = share.find(name);
            let product = found.as_ref().and_then(P::of_shared);
            let (Some(Shared { event, artifact }), Some(product)) = (found, product) else {
                self.lending = Some(Box::new(Lending { name, event: None, _turn: turn }));
                return Ok(None);
            };
            if let Some(artifact) = &artifact {
                self.ports.keep.store(artifact)?;
            }
            let told = RunEvent::FromCache { key: step.key, saved: event.spending() };
            if let Some(under_way) = self.append(told)? {
                self.landed(under_way).await?;
            }
            Ok(Some(Box::new(product)))
        }))
    }

    /// What was made here is durable, and perhaps of use to others.
    fn made(&mut self, event: RunEvent) -> RunEvent {
        if let Some(lending) = &mut self.lending {
            lending.event = Some(event.clone());
        }
        event
    }

    /// Offers the latest primitive's result to other runs, if it was made here and may be had. Whoever
    /// did the primitive says so, once it has turned out to be of use.
    pub(crate) fn lend(&mut self) {
        let (Some(share), Some(lending)) = (&self.ports.share, self.lending.take()) else { return };
        let Lending { name, event: Some(event), .. } = *lending else { return };
        let artifact = match &event {
            RunEvent::CandidateReady { candidate, .. } => {
                let Ok(artifact) = self.ports.keep.load(candidate.artifact) else { return };
                Some(artifact)
            }
            _ => None,
        };
        share.keep(name, &Shared { event, artifact });
    }

    /// What the journal tells of a primitive; nothing to wait for if it tells nothing. A call that was
    /// under way when the program ended is told as lost, and counts as paid: nobody knows.
    fn look_back(&mut self, key: StepKey, most: Spending) -> Option<Rarely<'_, Recalled>> {
        self.ports.keep.recall(self.position)?;
        Some(Box::pin(self.recall(key, most)))
    }

    async fn recall(&mut self, key: StepKey, most: Spending) -> Result<Recalled, RunError> {
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
                RunEvent::BudgetReached { stop, .. } => self.go_past(key, most, stop).await?,
                // What came out of the cache stands in the next event, or was not written any more.
                RunEvent::FromCache { .. } | RunEvent::WentOn { .. } => {}
                event => return Ok(Recalled::Done(Box::new(event))),
            }
        }
        if let Some(spending) = under_way {
            let (how, took) = (Loss::Interrupted, Duration::ZERO);
            let lost = RunEvent::CallLost { key, how, spending, took };
            if let Some(under_way) = self.append(lost)? {
                self.landed(under_way).await?;
            }
            self.ledger.charge(spending);
        }
        Ok(Recalled::NotYet { failed })
    }

    /// Raised when somebody said stop: work that costs nothing is then given up where it stands.
    pub(crate) const fn stop(&self) -> &'a StopFlag {
        self.stop
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

    /// Hands an event over, and says what is to be waited for until it is durable and shown, if anything.
    fn append(&mut self, event: RunEvent) -> Result<Option<UnderWay<'a>>, RunError> {
        self.hand_over(event).map(Result::err)
    }

    /// The same for an event that is gone on with.
    async fn tell(&mut self, event: Box<RunEvent>) -> Result<RunEvent, RunError> {
        let under_way = match self.hand_over(*event)? {
            Ok(event) => return Ok(event),
            Err(under_way) => under_way,
        };
        self.landed(under_way).await
    }

    /// Hands an event over. One that is durable at once is shown; one that is not goes into a box before
    /// it is waited for.
    fn hand_over(&mut self, event: RunEvent) -> Result<Result<RunEvent, UnderWay<'a>>, RunError> {
        let (timed, ports) = (self.now(event), self.ports);
        match ports.keep.hand_over(&timed)? {
            None => {
                self.show(&timed);
                Ok(Ok(timed.event))
            }
            Some(landing) => Ok(Err(UnderWay { timed: Box::new(timed), landing })),
        }
    }

    /// Waits until an event is durable, and shows it.
    async fn landed(
        &mut self,
        UnderWay { timed, landing }: UnderWay<'a>,
    ) -> Result<RunEvent, RunError> {
        landing.await?;
        self.show(&timed);
        Ok(timed.event)
    }

    fn now(&self, event: RunEvent) -> TimedEvent {
        TimedEvent { at: self.ports.clock.now(), event }
    }

    /// Books what an earlier part of the run spent, and shows how.
    fn read_back(&mut self, recalled: &TimedEvent) {
        if self.position >= self.known.seen {
            self.ledger.charge(recalled.event.spending());
        }
        self.show(recalled);
    }

    /// Counts an event that is durable, and shows it, unless that was done before.
    fn show(&mut self, timed: &TimedEvent) {
        let is_new = self.position >= self.known.seen;
        self.position += 1;
        let took = timed.event.took();
        if took != Duration::ZERO {
            self.ledger.pass(took);
        }
        if let Some(guard) = &mut self.guard {
            guard.see(&timed.event);
        }
        for watcher in self.ports.watchers.iter().filter(|_| is_new) {
            watcher.on_event(timed);
        }
    }
}
