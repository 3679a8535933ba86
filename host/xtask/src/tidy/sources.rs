//! Rules on Rust files: a page on top, sizes one can read, words we do not use, powers that have
//! one door.

use syn::visit::Visit;

/// A file without tests is at most this long.
const FILE_LINES: usize = 500;
/// A function is at most this long, signature and braces included.
const FUNCTION_LINES: usize = 60;

/// Words that announce unfinished work. Split, so that this file does not accuse itself.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
];

/// Names that say nothing (house rule: find the word in the glossary).
const EMPTY_NAMES: &[&str] = &["Manager", "Helper", "Util", "Handler", "Processor"];

/// Calls that only these paths may make, and why.
const DOORS: &[(&str, &[&str], &str)] = &[
    (concat!("std::env::", "var("), &["host/app/src/settings", "host/app/src/paths"], "settings"),
    (
        concat!("env::", "var("),
        &["host/app/src/settings", "host/app/src/paths", "host/forge/"],
        "settings",
    ),
    (concat!("fs::", "write("), &["host/journal/"], "the journal's atomic write"),
    (concat!("SystemTime::", "now("), &["host/app/src/clock"], "the clock port"),
    (
        concat!("unsafe", " {"),
        &["host/sandbox/src/", "plugins/sdk/src/heap.rs"],
        "the sandbox and the guests' heap",
    ),
];

/// Complaints about one Rust file.
pub(super) fn problems(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let is_test = is_test(name);
    let has_page = ["//!", "#![doc = include_str!("].iter().any(|page| text.starts_with(page));
    if !is_test && !has_page {
        problems.push(format!("{name}: open the file with `//!`: its job, and what it leaves out"));
    }
    if !is_test && text.lines().count() > FILE_LINES {
        let lines = text.lines().count();
        problems.push(format!("{name}: {lines} lines, at most {FILE_LINES}: split by noun"));
    }
    if !is_test {
        problems.extend(words(name, text));
    }
    if !is_test && !name.ends_with("build.rs") {
        problems.extend(doors(name, text));
    }
    match syn::parse_file(text) {
        Ok(file) if !is_test => problems.extend(functions(name, &file)),
        Ok(_) => {}
        Err(error) => problems.push(format!("{name}: {error}")),
    }
    problems
}

fn is_test(name: &str) -> bool {
    name.starts_with("tests/")
        || name.ends_with("/tests.rs")
        || ["/tests/", "/benches/", "/examples/"].iter().any(|folder| name.contains(folder))
}

fn words(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for word in UNFINISHED.iter().filter(|word| line.contains(**word)) {
            problems.push(format!("{name}:{number}: `{word}`: finish it or leave it out"));
        }
        let declares = ["struct ", "enum ", "trait "].iter().any(|keyword| line.contains(keyword));
        for word in EMPTY_NAMES.iter().filter(|word| declares && line.contains(**word)) {
            problems.push(format!("{name}:{number}: `{word}` says nothing: see the glossary"));
        }
    }
    problems
}

fn doors(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    for (number, line) in (1..).zip(code.lines()) {
        for (call, owners, door) in DOORS {
            let comment = line.trim_start().starts_with("//");
            if !comment
                && line.contains(call)
                && !owners.iter().any(|owner| name.starts_with(owner))
            {
                problems.push(format!("{name}:{number}: `{call}` goes through {door}"));
                break;
            }
        }
    }
    problems
}

fn functions(name: &str, file: &syn::File) -> Vec<String> {
    let mut long = LongFunctions { name, problems: Vec::new() };
    long.visit_file(file);
    long.problems
}

struct LongFunctions<'a> {
    name: &'a str,
    problems: Vec<String>,
}

impl LongFunctions<'_> {
    fn check(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (start, end) =
            (signature.fn_token.span.start().line, block.brace_token.span.close().end().line);
        let lines = end.saturating_sub(start) + 1;
        if lines > FUNCTION_LINES {
            let (name, function) = (self.name, &signature.ident);
            self.problems.push(format!(
                "{name}:{start}: `{function}` has {lines} lines, at most {FUNCTION_LINES}"
            ));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests;
