//! The real program with real guests, from the outside. One binary, a module for each surface.

mod bad_input;
mod bench;
mod interrupt;
mod program;
mod refine;
mod screens;
