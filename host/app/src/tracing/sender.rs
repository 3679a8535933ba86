//! The one who sends spans, for all runs of a session.

use std::sync::Arc;

use pentimento_engine::{RunRequest, ports::Watch};
use pentimento_spans::{Cast, Collector, Exporter, Player, Told};

use super::wanted::{Place, Wanted};
use crate::{
    Painter, Settings,
    error::in_words,
    paths,
    providers::{Binding, EMBEDDED, ModelRole, SIMULATED},
};

/// What conventions call this program where it plays a role itself.
const OURSELVES: &str = "pentimento";

/// Tells runs in spans, if that is wanted.
#[derive(Debug, Default)]
pub(crate) struct Tracing {
    exporter: Option<Arc<Exporter>>,
    with_words: bool,
    /// Why not, though it was wanted.
    notice: Option<String>,
}

impl Tracing {
    /// Gets ready. Nothing is sent before a run has something to tell.
    pub(crate) fn open() -> Self {
        match Wanted::read(&paths::variable) {
            Wanted::Off => Self::default(),
            Wanted::Not(why) => Self { notice: Some(why), ..Self::default() },
            Wanted::To(Place { url, headers, service, with_words }) => {
                match Exporter::start(Collector { url, headers, service }) {
                    Ok(exporter) => {
                        Self { exporter: Some(Arc::new(exporter)), with_words, notice: None }
                    }
                    Err(error) => {
                        let notice = format!("no spans are sent: {}", in_words(&error));
                        Self { notice: Some(notice), ..Self::default() }
                    }
                }
            }
        }
    }

    /// Whoever tells this run, whose journal holds so many events already.
    pub(crate) fn watch(
        &self,
        settings: &Settings,
        request: &RunRequest,
        n_known: usize,
    ) -> Option<Arc<dyn Watch>> {
        let exporter = self.exporter.clone()?;
        let told = Told::new(exporter, cast(settings, request), self.with_words, n_known);
        Some(Arc::new(told))
    }

    /// Sends what is left. Says what went wrong.
    pub(crate) fn finish(&self) -> Option<String> {
        self.exporter
            .as_ref()
            .and_then(|exporter| exporter.finish())
            .or_else(|| self.notice.clone())
    }
}

fn cast(settings: &Settings, request: &RunRequest) -> Cast {
    let roles = [
        ModelRole::Writer,
        ModelRole::Seer,
        ModelRole::Judge,
        ModelRole::Auditor,
        ModelRole::Embedder,
    ]
    .into_iter();
    let bound = |role: ModelRole| {
        let binding = settings.providers.binding(role).ok()?;
        Some((role.as_str().to_owned(), player(settings, binding)))
    };
    let painter = match Painter::of_run(request) {
        Ok(Painter::Embedded(preset)) => {
            let (provider, model) = (OURSELVES.to_owned(), preset.as_str().to_owned());
            Some(Player { provider, model })
        }
        Ok(Painter::Model(binding)) => Some(player(settings, &binding)),
        Ok(Painter::Nobody) | Err(_) => None,
    };
    Cast { painter, roles: roles.filter_map(bound).collect() }
}

fn player(settings: &Settings, binding: &Binding) -> Player {
    let known = settings.providers.find(&binding.provider);
    let provider = match &known {
        _ if [SIMULATED, EMBEDDED].contains(&binding.provider.as_str()) => OURSELVES,
        Ok(known) => known.kind.as_str(),
        Err(_) => &binding.provider,
    };
    Player { provider: provider.to_owned(), model: binding.model.clone() }
}
