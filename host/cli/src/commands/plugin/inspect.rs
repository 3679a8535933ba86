//! `plugin inspect`: what a component says of itself, and why it would not be let in.
//!
//! Reading it out of the bytes is left to the sandbox; here it is only laid out.

use std::{fmt::Write, path::Path};

use clap::Args;
use pentimento_app::workbench::{CoreModule, Found, Inspection, Interface};
use serde_json::{Value, json};

use crate::{
    args::GlobalFlags,
    commands::layout::{self, Sheet},
    exit::Exit,
    fail::Failure,
    output,
};

/// Which plugin.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// A component, a plugin's folder, or the name of a bundled or added plugin
    #[arg(value_name = "FILE|DIR|NAME")]
    what: String,
}

/// Entries of one list that people are shown; programs get all of them.
const MOST_SHOWN: usize = 40;

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let found = Found::or_added(&flags.what, Path::new("."))?;
    let inspection = Inspection::of(&found.component, found.manifest.as_deref());
    output::result(
        global.format,
        &text(&found.place, &inspection),
        &value(&found.place, &inspection),
    )?;
    Ok(Exit::Done)
}

fn text(place: &str, inspection: &Inspection) -> String {
    let mut sheet = Sheet::new(match &inspection.manifest {
        Some(manifest) => format!("{} {}, a {}", manifest.name, manifest.version, manifest.role),
        None => "a component without a valid plugin.toml".to_owned(),
    });
    sheet.line("place", place);
    sheet.line("sha256", &inspection.digest);
    sheet.line("size", &layout::bytes(inspection.bytes as u64));
    if let Some(world) = inspection.world() {
        sheet.line("world", &world);
    }
    let wants = inspection.wants().into_iter();
    sheet.lines("wants", wants.map(|(power, reason)| format!("{power}: {reason}")));
    sheet.lines("imports", shown(&inspection.imports, interface));
    sheet.lines("exports", shown(&inspection.exports, interface));
    sheet.lines("modules", shown(&inspection.modules, module));
    sheet.lines(
        "made by",
        shown(&inspection.producers, |one| {
            format!("{} {}", one.name, one.version).trim_end().to_owned()
        }),
    );
    let refusals = inspection.refusals.iter().flat_map(|refusal| {
        let hint = refusal.hint.as_ref().map(|hint| format!("hint: {hint}"));
        [Some(refusal.message.clone()), hint].into_iter().flatten()
    });
    let refusals: Vec<String> = refusals.collect();
    if refusals.is_empty() {
        sheet.line("refused", "no: nothing seen here speaks against it");
    } else {
        sheet.lines("refused", refusals.into_iter());
    }
    sheet.into_text()
}

/// At most so many of a list as a person reads, in words.
fn shown<T>(list: &[T], words: impl Fn(&T) -> String) -> impl Iterator<Item = String> {
    let more = list.len().saturating_sub(MOST_SHOWN);
    let rest = (more > 0).then(|| format!("and {more} more (see --format json)"));
    let told: Vec<String> = list.iter().take(MOST_SHOWN).map(words).collect();
    told.into_iter().chain(rest)
}

fn interface(interface: &Interface) -> String {
    let Interface { name, functions } = interface;
    match functions.as_slice() {
        [] => format!("{name} (types only)"),
        functions => {
            let bare: Vec<_> = functions.iter().take(MOST_SHOWN).map(|one| bare(one)).collect();
            let more = functions.len().saturating_sub(MOST_SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{name}: {}{more}", bare.join(", "))
        }
    }
}

/// A function's name without what kind of function it is.
fn bare(name: &str) -> &str {
    name.split_once(']').map_or(name, |(_, name)| name)
}

fn module(module: &CoreModule) -> String {
    let CoreModule { bytes, functions, memories, has_start } = module;
    let mut text = format!("{}, {functions} functions", layout::bytes(*bytes as u64));
    for memory in memories {
        let most = memory.max.map_or("no bound of its own".to_owned(), layout::bytes);
        let _ = write!(text, ", memory from {} to {most}", layout::bytes(memory.min));
    }
    if *has_start {
        text.push_str(", runs a start function");
    }
    text
}

fn value(place: &str, inspection: &Inspection) -> Value {
    let interfaces = |list: &[Interface]| -> Vec<Value> {
        let one = |one: &Interface| json!({ "name": one.name, "functions": one.functions });
        list.iter().map(one).collect()
    };
    let modules = inspection.modules.iter().map(|module| {
        let memories = module.memories.iter();
        let memories: Vec<_> =
            memories.map(|one| json!({ "min-bytes": one.min, "max-bytes": one.max })).collect();
        json!({
            "bytes": module.bytes, "functions": module.functions, "memories": memories,
            "has-start": module.has_start,
        })
    });
    let producers = inspection
        .producers
        .iter()
        .map(|one| json!({ "part": one.part, "name": one.name, "version": one.version }));
    let refusals =
        inspection.refusals.iter().map(|one| json!({ "message": one.message, "hint": one.hint }));
    let manifest = inspection.manifest.as_ref().map(|manifest| {
        let wants = inspection.wants().into_iter();
        let wants = wants.map(|(power, reason)| json!({ "power": power, "reason": reason }));
        json!({
            "name": manifest.name, "version": manifest.version, "role": manifest.role.as_str(),
            "world": inspection.world(), "wants": wants.collect::<Vec<_>>(),
        })
    });
    json!({
        "place": place,
        "sha256": inspection.digest,
        "bytes": inspection.bytes,
        "manifest": manifest,
        "imports": interfaces(&inspection.imports),
        "exports": interfaces(&inspection.exports),
        "modules": modules.collect::<Vec<_>>(),
        "producers": producers.collect::<Vec<_>>(),
        "refusals": refusals.collect::<Vec<_>>(),
    })
}
