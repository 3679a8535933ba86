//! A scripted server, a provider that talks to it, and a clock that only moves when one waits.

use std::{
    fmt::Debug,
    future::Future,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use pentimento_model::{Chat, Seed};
use pentimento_provider::{
    Address, Kind, Pace, Program, Provider, ProviderError, ProviderSettings, Reach, Secret,
    Variables,
};
use pentimento_scripted::Scripted;

pub(crate) const KEY: &str = "sk-very-secret-0123456789";

/// Nobody really waits; what was waited for is written down. Chance always says the most.
#[derive(Debug, Default)]
pub(crate) struct Steady {
    pub(crate) waits: Mutex<Vec<Duration>>,
    drawn: AtomicU64,
}

#[async_trait]
impl Pace for Steady {
    fn now(&self) -> Duration {
        Duration::from_hours(1) + self.waits.lock().unwrap().iter().sum::<Duration>()
    }

    fn ticks(&self) -> Duration {
        Duration::ZERO
    }

    async fn sleep(&self, time: Duration) {
        self.waits.lock().unwrap().push(time);
    }

    fn random(&self) -> u64 {
        u64::MAX - self.drawn.fetch_add(1, Ordering::Relaxed)
    }
}

pub(crate) struct Place {
    pub(crate) server: Scripted,
    pub(crate) pace: Arc<Steady>,
    pub(crate) settings: ProviderSettings,
}

impl Place {
    pub(crate) fn new(kind: Kind) -> Self {
        Self::at(Scripted::start(), kind)
    }

    pub(crate) fn at(server: Scripted, kind: Kind) -> Self {
        let path = if kind == Kind::OpenAi { "/v1" } else { "" };
        let settings = ProviderSettings {
            name: "p".to_owned(),
            kind,
            reach: Reach::Server(Address::new(&format!("{}{path}", server.url())).unwrap()),
            environment: Variables::default(),
            key: Some(Secret::new(KEY).unwrap()),
            limits: pentimento_provider::Limits::default(),
            extra_roots: None,
            proxy: None,
            sends_seed: false,
            effort: None,
            workflows: None,
        };
        Self { server, pace: Arc::default(), settings }
    }

    /// A shell in place of a server: it runs this script, with these words as `$1`, `$2`, ….
    pub(crate) fn program(script: &str, words: &[&str]) -> Self {
        let mut place = Self::new(Kind::Command);
        let words = [&["/bin/sh", "-c", script, "sh"], words].concat();
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        place.settings.reach = Reach::Program(Program::new(&words).unwrap());
        place.settings.key = None;
        place
    }

    /// The same server elsewhere.
    pub(crate) fn move_to(&mut self, url: &str) {
        self.settings.reach = Reach::Server(Address::new(url).unwrap());
    }

    pub(crate) fn provider(&self) -> Provider {
        Provider::open(self.settings.clone(), self.pace.clone()).unwrap()
    }

    /// The waits so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.pace.waits.lock().unwrap().clone()
    }

    /// Asks for the list of models: the simplest call there is.
    pub(crate) fn list(&self) -> Result<Vec<String>, ProviderError> {
        wait(self.provider().models())
    }

    /// How the simplest call fails.
    #[track_caller]
    pub(crate) fn failure(&self) -> ProviderError {
        failed(self.list())
    }
}

pub(crate) fn ask(text: &str) -> Chat {
    Chat::ask(text, 100, Seed(7))
}

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(future)
}

/// An error that says what to do and tells no key.
#[track_caller]
pub(crate) fn failed<T: Debug>(result: Result<T, ProviderError>) -> ProviderError {
    let error = result.unwrap_err();
    let told = whole(&error);
    assert!(!told.contains(KEY), "{told}");
    assert!(error.hint.is_some(), "{told}");
    error
}

/// Everything an error could show anywhere.
pub(crate) fn whole(error: &ProviderError) -> String {
    let mut texts = vec![format!("{error} {error:?} {error:#?}")];
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        texts.push(format!("caused by: {one} {one:?}"));
        cause = one.source();
    }
    texts.join("\n")
}
