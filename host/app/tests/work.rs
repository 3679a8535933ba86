//! What plugins of ours execute, counted: the same on every machine, however busy it is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeMap;

use pentimento_app::Bundled;
use pentimento_model::{Artifact, Assessment, Brief, MediaType, Seed};
use pentimento_sandbox::{LoadedPlugin, RunLimits, RunScope, Sandbox, SandboxSettings};

/// How much more work twice as long a text may make. What looks at every pair of places makes four
/// times as much.
const MOST_FOR_TWICE: u64 = 3;

/// One of each kind of constraint that searches or counts.
const CONSTRAINTS: &str = r#"[
    {"kind":"length","unit":"sentences","at-most":1}, {"kind":"length","unit":"words","at-most":1},
    {"kind":"length","unit":"paragraphs","at-most":1}, {"kind":"length","unit":"lines","at-most":1},
    {"kind":"contains","text":"aaaaaaaab","whole-words":false},
    {"kind":"forbidden","words":["*","["]}, {"kind":"matches","pattern":"(a*)*b"},
    {"kind":"json","fenced":true}, {"kind":"case","is":"upper"}, {"kind":"language","is":"sw"},
    {"kind":"number"}, {"kind":"bullets","at-most":1}, {"kind":"headings","at-most":1},
    {"kind":"no-repetition"},
    {"instruction":"detectable_content:number_placeholders","kwargs":{"num_placeholders":1}},
    {"instruction":"detectable_format:number_highlighted_sections","kwargs":{"num_highlights":1}},
    {"instruction":"detectable_content:postscript","kwargs":{"postscript_marker":"P.P.S"}},
    {"instruction":"detectable_format:title"}, {"instruction":"combination:two_responses"},
    {"instruction":"length_constraints:nth_paragraph_first_word",
     "kwargs":{"num_paragraphs":2,"nth_paragraph":1,"first_word":"a"}}
]"#;

fn verify_text(sandbox: &Sandbox) -> LoadedPlugin {
    let bundled = Bundled::find("verify-text").unwrap();
    let settings = BTreeMap::from([("constraints".to_owned(), CONSTRAINTS.to_owned())]);
    let plugin = sandbox.admit(bundled.component, &bundled.grant()).unwrap();
    plugin.configured(settings).in_run(&RunScope::new(RunLimits::UNBOUNDED))
}

#[tokio::test]
async fn twice_as_long_a_text_is_about_twice_as_much_work_to_verify() {
    let limits = pentimento_sandbox::Limits {
        wall_time: std::time::Duration::from_mins(1),
        ..pentimento_sandbox::Limits::default()
    };
    let settings = SandboxSettings { limits, count_work: true, ..SandboxSettings::default() };
    let sandbox = Sandbox::new(settings).unwrap();
    let assessor = verify_text(&sandbox).assessor().unwrap();
    for piece in [
        "a", "[", "*", "* ", "**a", "<<", "p.p.", "p. ", "\n", "\n\n", " ", ".", "\"", "'", "[[]",
        "{\"a\":[", "İ", "\u{301}", "。", "😀", "#", "# a\n", "- ", "\u{feff}", "\0",
    ] {
        let mut work = [0; 2];
        for (count, bytes) in work.iter_mut().zip([16_usize << 10, 32 << 10]) {
            let text = piece.repeat(bytes / piece.len());
            let candidate = Artifact::new(MediaType::Text, text.into_bytes());
            let before = sandbox.work().unwrap();
            let said = assessor.assess(&Brief::from_idea("x"), &candidate, Seed(1)).await;
            assert!(matches!(said, Assessment::Given { .. }), "{piece:?}: {said:?}");
            *count = sandbox.work().unwrap() - before;
        }
        let [once, twice] = work;
        assert!(twice <= once * MOST_FOR_TWICE, "{piece:?}: {once}, then {twice}");
    }
}
