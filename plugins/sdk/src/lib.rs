//! Write critics, verifiers and tools for Pentimento in Rust.
