//! What stands behind the API: the easel, the mind and the simulation with their eye, and the time.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use hyper::StatusCode;
use pentimento_easel::{Easel, Preset};
use pentimento_engine::{
    PortError,
    ports::{Assess, Clock, Edited, Made, Paid, References},
};
use pentimento_mind::{RuleSpeaker, Simulated};
use pentimento_model::{Answer, AppliedOp, Artifact, Chat, EditOp, Seed};
use tokio::{
    sync::{Semaphore, oneshot},
    task::JoinSet,
};

use crate::{models::ChatModel, refusal::Refusal};

/// The embedded world, shared by all connections.
pub(crate) struct World {
    mind: RuleSpeaker,
    eye: Option<Arc<dyn Assess>>,
    clock: Arc<dyn Clock>,
    /// Where the seeds of calls without one come from.
    seed: Seed,
    unseeded: AtomicU64,
    /// Pictures that are worked on at a time. A place is kept until the work is done, also when its
    /// caller hung up.
    easels: Arc<Semaphore>,
    under_way: Mutex<JoinSet<()>>,
}

impl fmt::Debug for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("World").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl World {
    pub(crate) fn new(eye: Option<Arc<dyn Assess>>, clock: Arc<dyn Clock>, seed: Seed) -> Self {
        let mind = eye.clone().map_or_else(RuleSpeaker::default, RuleSpeaker::through);
        let easels = std::thread::available_parallelism().map_or(1, usize::from);
        let easels = Arc::new(Semaphore::new(easels));
        let (unseeded, under_way) = (AtomicU64::new(0), Mutex::default());
        Self { mind, eye, clock, seed, unseeded, easels, under_way }
    }

    /// Seconds since the Unix epoch.
    pub(crate) fn now(&self) -> u64 {
        self.clock.now().as_secs()
    }

    /// The seed of a call that brings none: the next one, so that the same calls in the same order
    /// get the same answers.
    pub(crate) fn next_seed(&self) -> Seed {
        self.seed.derive("unseeded", self.unseeded.fetch_add(1, Ordering::Relaxed))
    }

    /// A picture of a prompt.
    pub(crate) async fn paint(
        &self,
        preset: Preset,
        prompt: String,
        seed: Seed,
    ) -> Result<Made, Refusal> {
        let easel = Easel::new(preset);
        let made = self.work(async move { easel.generate(&prompt, seed).await }).await?;
        made.map_err(|error| Refusal::from_port(&error, "prompt"))
    }

    /// A picture of a prompt after others that were liked, and others that were not.
    pub(crate) async fn paint_after(
        &self,
        preset: Preset,
        prompt: String,
        (liked, disliked): (Vec<Artifact>, Vec<Artifact>),
        seed: Seed,
    ) -> Result<Made, Refusal> {
        let easel = Easel::new(preset);
        let work = async move {
            let feedback = References { liked: &liked, disliked: &disliked };
            easel.generate_after(&prompt, feedback, seed).await
        };
        self.work(work).await?.map_err(|error| Refusal::from_port(&error, "image"))
    }

    /// A picture that was changed. A part that cannot be painted anew is refused.
    pub(crate) async fn repaint(
        &self,
        preset: Preset,
        picture: Artifact,
        ops: Vec<EditOp>,
        seed: Seed,
    ) -> Result<Made, Refusal> {
        let easel = Easel::new(preset);
        let edited = self.work(async move { easel.edit(&picture, &ops, seed).await }).await?;
        let Edited { made, applied } =
            edited.map_err(|error| Refusal::from_port(&error, "image"))?;
        match applied.as_slice() {
            [AppliedOp { op: EditOp::Inpaint { .. }, refused: Some(why) }] => {
                Err(Refusal::of("prompt", why.clone()))
            }
            // Of several changes, a painter does what it can.
            _ => Ok(made),
        }
    }

    /// An answer in words.
    pub(crate) async fn answer(
        &self,
        model: ChatModel,
        chat: &Chat,
    ) -> Result<Paid<Answer>, PortError> {
        let temper = match model {
            ChatModel::Mind => return self.mind.answer(chat).await.map(Paid::free),
            ChatModel::Simulated(temper) => temper,
        };
        let looks = chat.images().next().is_some();
        let simulated = Simulated::of(temper);
        match self.eye.as_ref().filter(|_| looks) {
            Some(eye) => simulated.through(eye.clone()).speak(chat).await,
            None => simulated.speak(chat).await,
        }
    }

    /// Begins work that goes on whoever waits for it, to its end or the world's.
    fn begin(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        while under_way.try_join_next().is_some() {}
        under_way.spawn(work);
    }

    /// Work that takes a place at an easel.
    async fn work<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, PortError>> + Send + 'static,
    ) -> Result<Result<T, PortError>, Refusal> {
        let lost = |_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the work was cut off");
        let (tell, told) = oneshot::channel();
        let place = self.easels.clone().acquire_owned().await.map_err(|_| {
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "the server is about to end")
        })?;
        self.begin(async move {
            let done = work.await;
            drop(place);
            // A caller that hung up is told nothing.
            let _ = tell.send(done);
        });
        told.await.map_err(lost)
    }
}

/// Time that stands still, for tests.
#[cfg(test)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Still;

#[cfg(test)]
impl Clock for Still {
    fn now(&self) -> std::time::Duration {
        std::time::Duration::from_secs(7)
    }
}
