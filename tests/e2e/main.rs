//! The real program with real guests, from the outside. One binary, a module for each surface.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking"
)]

mod answers;
mod bad_input;
mod bare;
mod batch;
mod bench;
mod cassette;
mod climbs;
mod compiling;
mod conformance;
mod costs;
mod disk;
mod editing;
mod evidence;
mod examiners;
mod golden_journals;
mod helped;
mod idea2img;
mod interpreters;
mod interrupt;
mod killed;
mod leaks;
mod likeness;
mod live;
mod local;
mod lost;
mod model;
mod more;
mod plugin;
mod plugin_dev;
mod plugin_new;
mod program;
mod programs;
mod real;
mod real_painter;
mod recipe_files;
mod refine;
mod refusals;
mod replay;
mod runs;
mod screens;
mod serve;
mod shared;
mod shelf;
mod sights;
mod signing;
mod sources;
mod stream;
mod texts;
mod tools;
#[cfg(feature = "otel")]
mod traced;
