//! Rules on `Cargo.toml`: the crate graph is a one-way street, heavy dependencies have owners, and
//! the lints of the workspace hold everywhere.

use toml::Table;

/// Which crates of `host/` stand on which floor. A crate may use lower floors only.
const FLOORS: &[(u8, &[&str])] = &[
    (0, &["model", "forge", "lanes", "tls"]),
    (1, &["local", "manifest", "measure", "prompts", "recipe", "record", "world"]),
    (2, &["engine", "report"]),
    (3, &["cache", "depot", "easel", "journal", "mind", "provider", "sandbox", "shelf", "spans"]),
    (4, &["app"]),
    (5, &["bench", "serve"]),
    (6, &["cli"]),
];

/// Crates that may use anything.
const OUTSIDE: &[&str] = &["xtask"];

/// Heavy or risky dependencies, and the only crates that may know them.
const OWNERS: &[(&str, &[&str])] = &[
    ("wasmtime", &["sandbox"]),
    ("wasmparser", &["manifest", "sandbox"]),
    ("hyper", &["sandbox", "serve"]),
    ("multer", &["serve"]),
    ("tokio-rustls", &["sandbox"]),
    ("tokio-tungstenite", &["provider"]),
    ("opentelemetry", &["spans"]),
    ("opentelemetry-otlp", &["spans"]),
    ("opentelemetry_sdk", &["spans"]),
    ("reqwest", &["depot", "provider", "spans", "tls"]),
    ("rustls", &["tls"]),
    ("oci-spec", &["depot"]),
    ("http-auth", &["depot"]),
    ("icu_properties", &["model"]),
    ("governor", &["provider"]),
    ("resvg", &["easel"]),
    ("rusqlite", &["cache"]),
    ("similar", &["record"]),
    ("image", &["easel", "provider", "sandbox", "cli"]),
    ("minijinja", &["prompts", "report"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("viuer", &["cli"]),
    ("mimalloc", &["cli", "scripted"]),
    ("ctrlc", &["cli"]),
    ("signal-hook", &["cli"]),
    ("anstream", &["cli"]),
    ("comfy-table", &["cli"]),
    ("toml", &["app", "manifest", "recipe", "shelf"]),
    (
        "serde_json",
        &[
            "depot", "local", "mind", "prompts", "provider", "record", "report", "bench", "serve",
            "cli",
        ],
    ),
    ("nix", &["journal", "provider"]),
    ("notify", &["app"]),
    ("crc32fast", &["journal"]),
    ("tar", &["journal"]),
    ("sha2", &["manifest", "model", "report", "sandbox"]),
];

/// Complaints about one manifest.
pub(super) fn problems(name: &str, text: &str) -> Vec<String> {
    let manifest: Table = match text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![format!("{name}: {error}")],
    };
    if !manifest.contains_key("package") {
        return Vec::new();
    }
    let mut problems = lints(name, &manifest);
    if let Some(folder) =
        name.strip_prefix("host/").and_then(|rest| rest.strip_suffix("/Cargo.toml"))
    {
        problems.extend(wrong_way(folder, &manifest));
        problems.extend(not_owner(folder, &manifest));
    } else if name.starts_with("plugins/") {
        problems.extend(plugin_uses_host(name, &manifest));
    }
    problems
}

fn lints(name: &str, manifest: &Table) -> Vec<String> {
    let inherits = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    let inherits = inherits.and_then(toml::Value::as_bool).unwrap_or(false);
    if inherits { Vec::new() } else { vec![format!("{name}: add `[lints] workspace = true`")] }
}

fn floor_of(folder: &str) -> Option<u8> {
    let mut floors = FLOORS.iter();
    floors.find(|(_, names)| names.contains(&folder)).map(|(floor, _)| *floor)
}

fn dependencies(manifest: &Table) -> Vec<String> {
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

fn wrong_way(folder: &str, manifest: &Table) -> Vec<String> {
    if OUTSIDE.contains(&folder) {
        return Vec::new();
    }
    let Some(from) = floor_of(folder) else {
        return vec![format!("host/{folder}: give the crate a floor in xtask's `FLOORS`")];
    };
    let mut problems = Vec::new();
    for dependency in dependencies(manifest) {
        let Some(used) = dependency.strip_prefix("pentimento-") else { continue };
        match floor_of(used) {
            Some(to) if to < from => {}
            Some(to) => problems
                .push(format!("`{folder}` (floor {from}) must not use `{used}` (floor {to})")),
            None => problems.push(format!("`{folder}` uses `{used}`, which has no floor")),
        }
    }
    problems
}

fn not_owner(folder: &str, manifest: &Table) -> Vec<String> {
    if OUTSIDE.contains(&folder) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for dependency in dependencies(manifest) {
        let owners = OWNERS.iter().find(|(name, _)| *name == dependency);
        if let Some((name, owners)) = owners
            && !owners.contains(&folder)
        {
            let owners = owners.join("`, `");
            problems.push(format!("`{folder}` must not use `{name}`: it belongs to `{owners}`"));
        }
    }
    problems
}

fn plugin_uses_host(name: &str, manifest: &Table) -> Vec<String> {
    let ours = |dependency: &String| {
        dependency.starts_with("pentimento-") && dependency != "pentimento-sdk"
    };
    let used = dependencies(manifest).into_iter().filter(ours);
    used.map(|used| format!("{name}: a plugin must not use the host's `{used}`")).collect()
}

#[cfg(test)]
mod tests;
