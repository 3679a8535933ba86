//! `doctor`: is everything in place? Each line is something really tried, not a guess.

use std::fmt::Write;

use pentimento_app::{Ailment, doctor};
use serde::Serialize;

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

#[derive(Serialize)]
struct Line {
    name: &'static str,
    healthy: bool,
    detail: String,
    hint: Option<String>,
}

pub(crate) fn run(global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(SettingFlags::default())?;
    let ailments = commands::runtime()?.block_on(doctor::examine(&settings));
    let lines: Vec<_> = ailments.into_iter().map(line).collect();
    let mut text = String::new();
    for line in &lines {
        let mark = if line.healthy { "ok" } else { "!!" };
        let _ = writeln!(text, "  {mark}  {:10} {}", line.name, line.detail);
        if let Some(hint) = &line.hint {
            let _ = writeln!(text, "                 hint: {hint}");
        }
    }
    output::result(global.format, &text, &lines)?;
    Ok(if lines.iter().all(|line| line.healthy) { Exit::Done } else { Exit::Missing })
}

fn line(examined: doctor::Examined) -> Line {
    let doctor::Examined { name, result } = examined;
    match result {
        Ok(detail) => Line { name, healthy: true, detail, hint: None },
        Err(Ailment { detail, hint }) => Line { name, healthy: false, detail, hint },
    }
}
