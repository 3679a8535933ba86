//! Calls that may be paid: held, announced, made, and settled or told as lost.

use std::{sync::Arc, time::Duration};

use pentimento_model::{Loss, RunEvent, Spending, StepKey};

use super::{Recalled, Trace, UnderWay};
use crate::{
    PortErrorKind, Refused, Reservation, RunError, Turn,
    attempts::Attempts,
    ports::Paid,
    share::{Product, Step},
    turn::Waiting,
};

/// What is still to be done after a call.
enum Rest<'a> {
    /// It was answered: to wait until that is durable.
    Answered(UnderWay<'a>),
    /// It brought nothing: to tell so.
    Lost(Box<RunError>),
}

impl<'a> Trace<'a> {
    /// The same for a primitive that may cost up to `most`, and that is begun when its turn comes. If the
    /// budget does not allow that, it is not begun; that it begins is remembered before it does. If it
    /// fails and may have been paid, or was under way when the program ended, that is remembered too.
    #[expect(clippy::manual_async_fn, reason = "an `async fn` keeps room for its arguments twice")]
    pub(crate) fn buy<P: Product, Work>(
        &mut self,
        step: Step,
        most: Spending,
        turn: Option<Waiting<'_>>,
        work: impl FnOnce(Arc<Reservation>) -> Work + Send,
        event: impl FnOnce(P, Spending, Duration) -> RunEvent + Send,
    ) -> impl Future<Output = Result<RunEvent, RunError>> + Send
    where
        Work: Future<Output = Result<Paid<P>, RunError>> + Send,
    {
        async move {
            let key = step.key;
            self.go_on()?;
            let mut failed = 0;
            if let Some(told) = self.look_back(key, most) {
                match told.await? {
                    Recalled::Done(event) => return Ok(*event),
                    Recalled::NotYet { failed: before } => failed = before,
                }
            }
            let shared = match self.borrow::<P>(step) {
                Some(shared) => shared.await?,
                None => None,
            };
            if let Some(product) = shared {
                let event = Box::new(event(*product, Spending::NONE, Duration::ZERO));
                return self.tell(event).await;
            }
            let leave = match turn {
                None => self.leave((key, failed), most, None),
                Some(turn) => Box::pin(self.leave_in_turn((key, failed), most, turn)).await?,
            };
            let leave = match leave {
                Ok(leave) => leave,
                Err(refused) => return Box::pin(self.refuse(key, refused)).await,
            };
            if most != Spending::NONE
                && let Some(under_way) = self.append(RunEvent::CallBegun { key, most })?
            {
                self.landed(under_way).await?;
            }
            let started = self.ports.clock.ticks();
            let result = work(leave.clone()).await;
            let took = self.ports.clock.ticks().saturating_sub(started);
            self.position += leave.told()?;
            let rest = match self.paid(&leave, result, |made, cost| event(made, cost, took))? {
                Ok(event) => return Ok(event),
                Err(rest) => rest,
            };
            let under_way = match rest {
                Rest::Answered(under_way) => under_way,
                Rest::Lost(error) => return Box::pin(self.lose(key, &leave, took, error)).await,
            };
            let event = self.landed(under_way).await?;
            Ok(self.made(event))
        }
    }

    /// Leave for a call under its name, if the budget allows it.
    fn leave(
        &self,
        call: (StepKey, u64),
        most: Spending,
        turn: Option<Turn>,
    ) -> Result<Arc<Reservation>, Refused> {
        let attempts = Attempts::at(&self.audience, call, turn);
        Ok(Arc::new(self.ledger.reserve(most)?.announcing(attempts)))
    }

    /// The same when its turn has come. Whoever waits holds no money, and goes when somebody says stop.
    async fn leave_in_turn(
        &self,
        call: (StepKey, u64),
        most: Spending,
        turn: Waiting<'_>,
    ) -> Result<Result<Arc<Reservation>, Refused>, RunError> {
        if let Err(refused) = self.ledger.allows(most) {
            return Ok(Err(refused));
        }
        let turn = self.stop.unless_raised(turn).await.ok_or(RunError::Interrupted)?;
        Ok(self.leave(call, most, Some(turn)))
    }

    /// Ends a step that the budget does not allow.
    async fn refuse(
        &mut self,
        key: StepKey,
        Refused { stop }: Refused,
    ) -> Result<RunEvent, RunError> {
        if let Some(under_way) = self.append(RunEvent::BudgetReached { key, stop })? {
            self.landed(under_way).await?;
        }
        Err(RunError::Spent { stop })
    }

    /// Settles a call that was answered, and hands over what came of it.
    fn paid<P>(
        &mut self,
        leave: &Reservation,
        result: Result<Paid<P>, RunError>,
        event: impl FnOnce(P, Spending) -> RunEvent,
    ) -> Result<Result<RunEvent, Rest<'a>>, RunError> {
        Ok(match result {
            Ok(Paid { value, cost }) => match self.hand_over(event(value, leave.settle(cost)))? {
                Ok(event) => Ok(self.made(event)),
                Err(under_way) => Err(Rest::Answered(under_way)),
            },
            Err(error) => Err(Rest::Lost(Box::new(error))),
        })
    }

    /// Ends a call that brought nothing.
    async fn lose(
        &mut self,
        key: StepKey,
        leave: &Reservation,
        took: Duration,
        error: Box<RunError>,
    ) -> Result<RunEvent, RunError> {
        let spending = leave.keep();
        // What could not be kept was not the call's failure: it stays under way, so that it is made again
        // under its name, and a server that knows it charges once.
        if leave.most() != Spending::NONE && !matches!(*error, RunError::Keep(_)) {
            // If that cannot be written either, the first error is the one to tell.
            let how = Loss::Failed;
            let under_way = self.append(RunEvent::CallLost { key, how, spending, took });
            if let Ok(Some(under_way)) = under_way {
                let _ = self.landed(under_way).await;
            }
        }
        Err(match *error {
            RunError::Port { source, .. } if source.kind == PortErrorKind::Interrupted => {
                RunError::Interrupted
            }
            error => error,
        })
    }
}
