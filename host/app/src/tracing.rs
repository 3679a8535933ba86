//! Spans of runs, for whoever collects them. How a run becomes spans is `spans`' business.
//!
//! Built without the feature `otel`, this program knows of none and sends none.

#[cfg(feature = "otel")]
mod sender;
#[cfg(any(test, feature = "otel"))]
mod wanted;

#[cfg(feature = "otel")]
pub(crate) use sender::Tracing;

/// Without the feature there is nobody who sends.
#[cfg(not(feature = "otel"))]
#[derive(Debug, Default)]
pub(crate) struct Tracing;

#[cfg(not(feature = "otel"))]
impl Tracing {
    pub(crate) const fn open() -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "with the feature it takes one")]
    pub(crate) fn watch(
        &self,
        _settings: &crate::Settings,
        _request: &pentimento_engine::RunRequest,
        _n_known: usize,
    ) -> Option<std::sync::Arc<dyn pentimento_engine::ports::Watch>> {
        None
    }

    #[expect(clippy::unused_self, reason = "with the feature it takes one")]
    pub(crate) const fn finish(&self) -> Option<String> {
        None
    }
}
