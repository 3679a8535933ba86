use super::*;

const CRITIC: &str = r#"
name = "critic-odd"
version = "1.2.3"
role = "critic"
world = "pentimento:plugin/critic@0.1.0"

[wants]
log = "says what it saw"
"#;

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

/// A component that exports what a critic must, imports what is given, and has this core module.
fn critic(imports: &str, module: &str) -> Vec<u8> {
    wat(&format!(
        r#"(component {imports}
            (core module {module})
            (core module $m (func (export "f")))
            (core instance $i (instantiate $m))
            (func $f (canon lift (core func $i "f")))
            (instance $e (export "assess" (func $f)))
            (export "pentimento:plugin/critiquing@0.1.0" (instance $e)))"#
    ))
}

fn messages(component: &[u8], manifest: Option<&str>) -> Vec<String> {
    let refusals = Inspection::of(component, manifest).refusals;
    refusals.into_iter().map(|refusal| refusal.message).collect()
}

#[test]
fn a_component_is_taken_apart() {
    let import = r#"(import "pentimento:plugin/log@0.1.0" (instance (export "write" (func))))"#;
    let module = r"(memory 2 5) (func $s) (func) (start $s)";
    let seen = Inspection::of(&critic(import, module), Some(CRITIC));
    assert_eq!(seen.refusals, []);
    assert_eq!(seen.world().as_deref(), Some("pentimento:plugin/critic@0.1.0"));
    assert_eq!(seen.wants(), [("log".to_owned(), "says what it saw".to_owned())]);
    assert_eq!(seen.imports[0].name, "pentimento:plugin/log@0.1.0");
    assert_eq!(seen.imports[0].functions, ["write"]);
    assert_eq!(seen.exports[0].functions, ["assess"]);
    assert_eq!(seen.modules.len(), 2);
    let module = &seen.modules[0];
    let bounds = MemoryBounds { min: 2 << 16, max: Some(5 << 16) };
    assert_eq!((module.functions, &module.memories[..]), (2, &[bounds][..]));
    assert!(module.has_start && !seen.modules[1].has_start);
    assert_eq!(seen.digest.len(), 64);
}

#[test]
fn producers_are_told_once_and_cleaned() {
    let seen = Inspection::of(
        &wat(r#"(component
            (core module (@producers (language "Rust" "2024") (processed-by "rus\1btc" "1")))
            (core module (@producers (language "Rust" "2024"))))"#),
        None,
    );
    let told: Vec<_> = seen.producers.iter().map(|one| (&*one.part, &*one.name)).collect();
    assert_eq!(told, [("language", "Rust"), ("processed-by", "rustc")]);
}

#[test]
fn every_reason_against_a_plugin_is_told() {
    let wasi = r#"(import "wasi:cli/environment@0.2.0" (instance (export "get" (func))))"#;
    let clock = r#"(import "pentimento:plugin/clock@0.1.0" (instance (export "now" (func))))"#;
    let newer = r#"(import "pentimento:plugin/log@9.0.0" (instance (export "write" (func))))"#;
    let big = "(memory 3000)";
    let all = critic(&[wasi, clock, newer].concat(), big);
    assert_eq!(
        messages(&all, Some(CRITIC)),
        [
            "the plugin `critic-odd` imports `wasi:cli/environment@0.2.0`, which this host does \
             not offer",
            "the plugin `critic-odd` uses the facet `clock`, which its `plugin.toml` does not want",
            "the plugin `critic-odd` needs `pentimento:plugin/log@9.0.0`, and this host speaks \
             `0.1.0`",
            "the plugin `critic-odd` has 187 MiB of memory from the start; a call may have 128 MiB",
        ]
    );
    assert_eq!(
        messages(&wat("(component)"), Some(CRITIC)),
        ["the plugin `critic-odd` is said to be a critic, but does not export \
          `pentimento:plugin/critiquing@0.1.0`"]
    );
    let memories = "(memory 1)".repeat(5);
    assert_eq!(
        messages(&critic("", &memories), Some(CRITIC)),
        ["the plugin `critic-odd` has 5 memories; at most 4 are given"]
    );
}

#[test]
fn what_cannot_be_read_is_told_too() {
    let whole = critic("", "");
    let cut = &whole[..whole.len() - 3];
    assert!(messages(cut, Some(CRITIC))[0].contains("is damaged or uses features"));
    assert_eq!(messages(b"hello", Some(CRITIC)), ["the plugin `critic-odd` is not WebAssembly"]);
    let module = Inspection::of(&wat("(module (memory 1) (func))"), Some(CRITIC));
    assert!(module.refusals[0].message.contains("a core WebAssembly module"));
    assert_eq!((module.modules.len(), module.modules[0].functions), (1, 1));
    assert!(messages(&whole, None)[0].contains("no valid `plugin.toml`"));
    assert!(messages(&whole, Some("nmae = 1"))[0].contains("unknown field"));
}

#[test]
fn wide_memories_are_refused_like_the_engine_does() {
    let wide = wat("(component (core module (memory i64 1)))");
    assert!(messages(&wide, None)[0].contains("memory64"));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(cut in 0_usize..400, flipped in 0_usize..400, with: u8) {
        let mut bytes = critic("", "(memory 1)");
        bytes.truncate(cut);
        if let Some(byte) = bytes.get_mut(flipped) {
            *byte ^= with;
        }
        Inspection::of(&bytes, Some(CRITIC));
    }
}
