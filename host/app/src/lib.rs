//! Settings, wiring and sessions: the only place that knows everyone.
//!
//! Options become [`Settings`] once; [`Workshop`] picks who stands behind the engine's ports;
//! [`Session`] carries out runs; [`Stored`] tells of runs on disk; [`workbench`] is for plugins'
//! authors. No decision about pictures is made here.

mod batch;
mod bound;
mod bundled;
pub mod cassette;
pub mod catalog;
mod clock;
mod codes;
mod conformance;
mod detector;
pub mod doctor;
mod embedder;
mod error;
mod figures;
mod forecast;
mod found;
mod handed;
mod inside;
mod pace;
mod painter;
pub mod paths;
mod pause;
mod plugins;
mod prices;
mod products;
pub mod providers;
mod reader;
pub mod recipes;
mod replay;
pub mod results;
mod roster;
mod session;
mod settings;
mod sources;
mod speaker;
mod stored;
mod tracing;
pub mod trial;
mod wire_up;
pub mod workbench;

pub use batch::{Answered, Batch};
pub use bundled::Bundled;
pub use catalog::Catalog;
pub use clock::SystemClock;
pub use codes::{RegisteredCode, registered_codes};
pub use conformance::{Compared, Conformity};
pub use detector::open as open_detector;
pub use doctor::Ailment;
pub use error::{AppError, Blame, in_words};
pub use figures::{check_sheet, write_sheet};
pub use forecast::{Forecast, Words};
pub use handed::Handed;
pub use inside::check_idea;
pub use jiff::Timestamp;
pub use painter::Painter;
pub use pentimento_cache::{Held, Kind, Pruned};
pub use pentimento_easel::Preset;
pub use pentimento_engine::{RunRequest, StopFlag, lines_without_fact, ports::Watch};
pub use pentimento_journal::Checked;
pub use pentimento_manifest::{Change, Power};
pub use pentimento_model::Mode;
pub use pentimento_recipe::Medium;
pub use pentimento_report::{
    Line, Makes, Row, Sheet, Span, Standing, Style, Summary, dollars, gap_in_words, quotation,
    to_text,
};
pub use pentimento_sandbox::{COMPILE_COMMAND, compile_for_parent};
pub use pentimento_shelf::{
    Conformance, Consent, Difference, LockedPlugin, Offer, Shelf, ShelfError, Signature,
    SigningKey, State, Update,
};
pub use plugins::Plugins;
pub use prices::{Amount, BudgetOptions, PriceOptions, Prices};
pub use providers::Providers;
pub use replay::{Difference as RunDifference, ReplayEnd, Replayed};
pub use session::{Ended, Session, open_makers, open_models, picture_of_user};
pub use settings::{PluginOptions, RawOptions, SeedOption, Settings};
pub use sources::{Offered, Wanted, restore};
pub use stored::{Files, Stored};
pub use trial::TrialError;
pub use wire_up::{PainterPorts, Workshop};
pub use workbench::WorkbenchError;
