//! `plugin list`: the project's installed plugins and where they stand.

use pentimento_app::AppError;
use serde_json::json;

use super::review;
use crate::{args::GlobalFlags, commands::layout::Sheet, exit::Exit, fail::Failure, output};

pub(crate) fn run(global: GlobalFlags) -> Result<Exit, Failure> {
    let all = super::shelf()?.list(super::now()).map_err(AppError::from)?;
    let value = all.iter().map(|(plugin, state)| {
        json!({ "plugin": review::plugin_value(plugin), "decision": review::state_value(state) })
    });
    let value: Vec<_> = value.collect();
    let heading = match all.len() {
        0 => "No plugins are installed here. `pentimento plugin add` installs one.".to_owned(),
        1 => "1 plugin is installed here:".to_owned(),
        many => format!("{many} plugins are installed here:"),
    };
    let mut text = format!("{heading}\n");
    for (plugin, state) in &all {
        let mut sheet = Sheet::new(format!("\n{} {}", plugin.name, plugin.version));
        sheet.line("source", &plugin.source);
        sheet.line("state", &review::in_words(state));
        text.push_str(&sheet.into_text());
    }
    output::result(global.format, &text, &value)?;
    Ok(Exit::Done)
}
