//! Files that are written into projects, embedded as they were when the program was built.
//!
//! The lists are made by the build script; what is written where is left to `scaffold.rs` and
//! `contract.rs`.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
