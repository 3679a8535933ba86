use super::*;

#[test]
fn a_world_imports_what_is_wanted_and_nothing_else() {
    let world =
        "world critic {\n    import artifacts;\n    import log;\n    export critiquing;\n}\n";
    let rows: [(&[&str], &str); 3] = [
        (&["artifacts", "log"], world),
        (&["log"], "world critic {\n    import log;\n    export critiquing;\n}\n"),
        (&[], "world critic {\n    export critiquing;\n}\n"),
    ];
    for (wants, expected) in rows {
        assert_eq!(trimmed(world, wants), expected, "{wants:?}");
    }
}

#[test]
fn handles_keep_their_types_and_lose_their_functions() {
    let text = "interface artifacts {\n    use types.{failure};\n\n    /// A doc.\n    \
                resource artifact {\n        size: func() -> u64;\n    }\n    \
                resource image {\n        width: func() -> u32;\n    }\n}\n\
                interface log {\n    write: func();\n}\n";
    assert_eq!(trimmed(text, &["artifacts"]), text);
    assert_eq!(
        trimmed(text, &["log"]),
        "interface artifacts {\n    use types.{failure};\n\n    /// A doc.\n    \
         resource artifact;\n    resource image;\n}\ninterface log {\n    write: func();\n}\n"
    );
}

#[test]
fn every_role_keeps_its_export_whatever_is_wanted() {
    let all: String = texts().map(|(_, text)| trimmed(text, &[])).collect();
    for export in ["critiquing", "verifying", "performing"] {
        assert!(all.contains(&format!("    export {export};\n")), "{export}");
    }
    assert!(!all.contains("import "), "nothing is wanted: {all}");
}
