//! Findings in a prompt: no text closes its block, opens another, or stands outside its line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pentimento_model::quote;

fuzz_target!(|words: (&str, Vec<&str>)| {
    let (author, texts) = words;
    let block = quote(author, &texts);
    let lines: Vec<_> = block.lines().collect();
    let [first, inner @ .., "</findings>"] = lines.as_slice() else { panic!("{block}") };
    assert!(first.starts_with("<findings author=\"") && first.ends_with("\">"), "{block}");
    for line in inner {
        assert!(line.starts_with('"') && line.ends_with('"'), "{block}");
        assert!(!line.contains(['<', '>', '`']), "{block}");
    }
});
