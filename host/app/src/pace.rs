//! Real time and real chance behind the providers' port.
//!
//! Chance decides here only how long to wait and how calls are told apart: no result depends on it.

use std::time::Duration;

use async_trait::async_trait;
use pentimento_engine::ports::Clock as _;
use pentimento_provider::Pace;

use crate::SystemClock;

/// The system's clock and its source of chance.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SystemPace;

#[async_trait]
impl Pace for SystemPace {
    fn now(&self) -> Duration {
        SystemClock.now()
    }

    fn ticks(&self) -> Duration {
        SystemClock.ticks()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn random(&self) -> u64 {
        // A system without chance still has a clock; calls are then told apart by that.
        getrandom::u64().unwrap_or_else(|_| u64::from(SystemClock.now().subsec_nanos()) << 32)
    }
}

/// The system's clock for whoever waits for nobody: nothing is sent, so no server needs a rest.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Impatient;

#[async_trait]
impl Pace for Impatient {
    fn now(&self) -> Duration {
        SystemClock.now()
    }

    fn ticks(&self) -> Duration {
        SystemClock.ticks()
    }

    async fn sleep(&self, _time: Duration) {}

    fn random(&self) -> u64 {
        0
    }
}
