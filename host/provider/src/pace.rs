//! The port for time and chance: how long to wait, and how to spread those who wait.

use std::{fmt, time::Duration};

use async_trait::async_trait;

/// Time and chance.
#[async_trait]
pub trait Pace: Send + Sync + fmt::Debug {
    /// Since the Unix epoch.
    fn now(&self) -> Duration;
    /// Since some moment: by how much this grows is the time that passed, whatever clock is set.
    fn ticks(&self) -> Duration;
    /// Returns after this much time.
    async fn sleep(&self, time: Duration);
    /// Any number, each as likely as the others.
    fn random(&self) -> u64;
}
