//! The Python tool: held against native Python, and against programs that mean harm.

mod hostile;

use std::time::Duration;

use crate::interpreter::{Compared, Interpreter};

/// The tool in a sandbox of its own.
struct Python;

impl Python {
    fn patient() -> Interpreter {
        Interpreter::patient("tool-python")
    }

    fn within(wall_time: Duration) -> Interpreter {
        Interpreter::within("tool-python", wall_time)
    }
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn programs_do_what_they_do_in_native_python() {
    let compared = Compared::of("tool-python", "#%");
    println!("{}", compared.differing.join("\n"));
    println!("{} of {} programs differ", compared.differing.len(), compared.tried());
    assert!(compared.tried() >= 200 && compared.holds());
}
