//! The JavaScript tool: held against Node.js, and against programs that mean harm.

mod hostile;

use std::time::Duration;

use crate::interpreter::{Compared, Interpreter};

/// The tool in a sandbox of its own.
struct JavaScript;

impl JavaScript {
    fn patient() -> Interpreter {
        Interpreter::patient("tool-javascript")
    }

    fn within(wall_time: Duration) -> Interpreter {
        Interpreter::within("tool-javascript", wall_time)
    }
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn programs_do_what_they_do_in_node() {
    let compared = Compared::of("tool-javascript", "//%");
    println!("{}", compared.differing.join("\n"));
    println!("{} of {} programs differ", compared.differing.len(), compared.tried());
    assert!(compared.tried() >= 160 && compared.holds());
}
