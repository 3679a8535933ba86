//! What is refused in a test, word for word, as one snapshot.

use std::fmt::Write;

use crate::program::Said;

/// The refusals of one test, in order.
#[derive(Default)]
pub(crate) struct Refusals {
    text: String,
}

impl Refusals {
    /// One more: a command that ended with this code, and said why and what to do.
    #[track_caller]
    pub(crate) fn add(&mut self, said: Said, code: i32) {
        let said = said.without_panic();
        assert_eq!(said.code, Some(code), "{said:?}");
        assert!(said.out.is_empty(), "nothing but results on standard output: {said:?}");
        assert!(said.err.starts_with("error: ") && said.err.contains("\nhint: "), "{said:?}");
        let _ = writeln!(self.text, "ends with {code}\n{}", said.err);
    }

    /// Compares with the snapshot; what differs from run to run is filtered out.
    #[track_caller]
    pub(crate) fn check(&self, name: &str) {
        insta::with_settings!({
            snapshot_path => "screens", prepend_module_to_snapshot => false,
            omit_expression => true,
            filters => [
                (r"\b[0-9a-f]{64}\b", "[DIGEST]"),
                (r"RW[0-9A-Za-z+/]{54}", "[KEY]"),
                (r"/\S*/\.tmp\w+", "[HERE]"),
                // Which of them it is depends on who was quicker.
                (r"  caused by: (peer closed|Connection reset).*", "  caused by: [CUT OFF]"),
                (r"\b(localhost|127\.0\.0\.1):\d+", "$1:[PORT]"),
            ],
        }, { insta::assert_snapshot!(name, self.text) });
    }
}
