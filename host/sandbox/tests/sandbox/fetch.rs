//! The facet `fetch` against real servers on this machine: what an honest plugin gets, and what a
//! hostile plugin, server or resolver is stopped by, with the exact words.

mod bounds;
mod places;
#[cfg(target_os = "linux")]
mod reach;
mod secrets;
mod servers;
mod set_up;
mod trust;
