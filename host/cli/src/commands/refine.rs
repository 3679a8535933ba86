//! `refine`: an idea becomes a picture or a text, which is corrected until it is what was asked.

use std::{
    fmt::Write as _,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use pentimento_app::{Amount, AppError, Ended, Forecast, Medium, RawOptions, Session, StopFlag};
use pentimento_model::{Artifact, MediaType, Money, NoMoney, StopReason, Usage, Verdict};
use serde_json::{Value, json};

use crate::{
    args::{CacheFlags, CassetteFlags, GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output, picture,
    progress::RunProgress,
    signals,
};

mod attach;
mod forecast;

/// An idea longer than this is not read to its end; the grammar refuses it in words.
const MOST_IDEA_BYTES: u64 = 1 << 20;

/// What to make, and how.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// What the picture shall show, or the question; `-` reads it from standard input
    #[arg(required_unless_present = "idea_file")]
    idea: Option<String>,
    /// Read the idea from a file
    #[arg(long, value_name = "FILE", conflicts_with = "idea")]
    idea_file: Option<PathBuf>,
    /// Change this picture (PNG or JPEG) as the idea says, in place of painting a new one, or answer a
    /// question about it
    #[arg(long, value_name = "FILE")]
    image: Option<PathBuf>,
    /// Facts about what the idea names, one a line: subject | relation | object
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    #[command(flatten)]
    settings: SettingFlags,
    /// Who paints: `embedded`, or PROVIDER/MODEL [default: the role `painter`, else the embedded
    /// painter]
    #[arg(long, value_name = "WHO", conflicts_with = "preset")]
    painter: Option<String>,
    #[command(flatten)]
    cassette: CassetteFlags,
    #[command(flatten)]
    cache: CacheFlags,
    /// Dollars that the run's models may cost at most; prices stand in your own settings file
    #[arg(long, value_name = "USD", value_parser = dollars)]
    budget_usd: Option<Money>,
    /// Only say how many pictures would be made, and what they may cost
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let idea = idea(flags.idea, flags.idea_file.as_deref())?;
    let picture = flags.image.as_deref().map(attach::picture).transpose()?;
    let facts = flags.facts.as_deref().map(attach::facts).transpose()?;
    let attached: Vec<Artifact> = picture.into_iter().chain(facts).collect();
    let mut options = RawOptions::from(flags.settings);
    options.painter = flags.painter;
    options.cache = flags.cache.typed();
    options.budget.usd = flags.budget_usd.map(Amount);
    let settings = commands::settle(options)?;
    let tape = flags.cassette.tape()?;
    let settings = commands::on_tape(settings, tape.as_ref());
    let progress = Arc::new(RunProgress::new(global.quiet));
    let stop = stop_on_ctrl_c(RESUME);
    let session = Session::open(settings)?;
    if flags.dry_run {
        progress.finish();
        let forecast = commands::runtime()?.block_on(session.forecast(&idea, &attached))?;
        commands::tell_notices(&session.notices());
        let (text, value) = told_forecast(&forecast);
        output::result(global.format, &text, &value)?;
        return Ok(Exit::Done);
    }
    let refined = session.refine(&idea, &attached, progress.clone(), &stop);
    let ended = commands::runtime()?.block_on(refined);
    progress.finish();
    commands::tell_notices(&session.notices());
    if ended.is_ok() {
        commands::tell_unplayed(tape.as_ref());
    }
    tell(ended, global)
}

/// What a run would cost at most: for a person, and for a program.
pub(super) fn told_forecast(forecast: &Forecast) -> (String, Value) {
    let Forecast { painter, medium, pictures, most, allowed, cap, priced, words } = forecast;
    let Usage { calls, input_tokens, output_tokens, .. } = most.usage;
    let cost = match (calls, priced) {
        (0, _) => "nothing is paid for them".to_owned(),
        (_, true) => format!("{calls} calls, which may cost ${} in all", most.money.told()),
        (_, false) => format!("{calls} calls; the price of `{painter}` is not known"),
    };
    let mut text = match medium {
        Medium::Picture => format!("at most {pictures} pictures by {painter}: {cost}\n"),
        Medium::Text => format!("at most {pictures} texts\n"),
    };
    if allowed < pictures {
        let _ = writeln!(text, "the budget is sure to allow {allowed} of them");
    }
    for one in words {
        forecast::tell(&mut text, one);
    }
    let words: Vec<_> = words.iter().map(forecast::in_json).collect();
    let value = json!({
        "painter": painter,
        "words": words,
        "pictures": if *medium == Medium::Picture { *pictures } else { 0 },
        "texts": if *medium == Medium::Text { *pictures } else { 0 },
        "calls": calls,
        "input-tokens": input_tokens,
        "output-tokens": output_tokens,
        "usd": priced.then(|| most.money.to_string()),
        "budget-usd": cap.map(|cap| cap.to_string()),
        "pictures-allowed": allowed,
    });
    (text, value)
}

/// Tells how a run ended: its picture, what happened, and where everything is.
pub(crate) fn tell(ended: Result<Ended, AppError>, global: GlobalFlags) -> Result<Exit, Failure> {
    let ended = ended?;
    let summary = ended.stored.summary()?;
    picture::show_best(&ended.stored, global);
    let files = ended.stored.files();
    let best = ended.stored.best();
    let written = best.as_ref().and_then(written);
    let (what, quoted) = match &written {
        Some(text) => {
            ("text   ", format!("\n{}\n", output::painted(&pentimento_app::quotation(text))))
        }
        None => ("picture", String::new()),
    };
    let report = ended.unwritten.is_none().then_some(&files.report);
    let none = Path::new("none");
    let text = format!(
        "{}\n{quoted}  {what}  {}\n  report   {}\n",
        output::painted(&pentimento_app::to_text(&summary)).trim_end(),
        files.best.as_deref().unwrap_or(none).display(),
        report.map_or(none, PathBuf::as_path).display(),
    );
    let best_file = files.best.as_deref().map(output::path);
    let value = json!({
        "run": ended.stored.run().as_str(),
        "folder": output::path(&files.folder),
        "picture": best_file.as_ref().filter(|_| written.is_none()),
        "text": best_file.as_ref().filter(|_| written.is_some()),
        "report": report.map(|report| output::path(report)),
        "summary": summary,
    });
    output::result(global.format, &text, &value)?;
    if ended.was_there {
        let run = ended.stored.run();
        let why = match ended.outcome.stop {
            stop if stop.is_budget() && ended.outcome.verdict != Verdict::Accept => {
                let stop = stop.as_str();
                format!(" for want of means ({stop}), and a further step is not allowed now either")
            }
            _ => String::new(),
        };
        output::note(&format!("note: run `{run}` had ended before{why}; nothing was done"));
    }
    if let Some(error) = ended.unwritten {
        return Err(error.into());
    }
    Ok(match (ended.outcome.verdict, ended.outcome.stop) {
        (Verdict::Accept, _) => Exit::Done,
        (_, stop) if stop.is_budget() => Exit::Budget,
        (_, StopReason::NoOpinion) => Exit::Missing,
        _ => Exit::NotAccepted,
    })
}

/// What an artifact says, if it is a text.
fn written(best: &Artifact) -> Option<String> {
    let is_text = best.media_type == MediaType::Text;
    is_text.then(|| String::from_utf8_lossy(&best.bytes).into_owned())
}

/// How a run of its own is gone on with.
pub(crate) const RESUME: &str = "`pentimento resume` goes on";

/// The first Ctrl-C, or SIGTERM, stops the run between two steps; the second one ends the program, and says
/// how to go on.
pub(crate) fn stop_on_ctrl_c(how: &'static str) -> StopFlag {
    let stop = StopFlag::default();
    let flag = stop.clone();
    let installed = signals::on_request_to_end(move || {
        if flag.is_raised() {
            output::note(&format!(
                "stopped at once: {how}; calls that were under way are made again, under their \
                 names, and counted as perhaps paid twice"
            ));
            std::process::exit(i32::from(Exit::Interrupted.number()));
        }
        flag.raise();
        output::note("stopping after this step; press Ctrl-C again to stop at once");
    });
    if !installed {
        output::note("note: Ctrl-C will end the program at once");
    }
    stop
}

pub(crate) fn dollars(text: &str) -> Result<Money, NoMoney> {
    text.parse()
}

fn idea(words: Option<String>, file: Option<&Path>) -> Result<String, Failure> {
    match (words, file) {
        (_, Some(path)) => {
            let opened = File::open(path);
            let bytes = opened.and_then(|file| read(&mut file.take(MOST_IDEA_BYTES)));
            text(bytes, &path.display().to_string())
        }
        (Some(word), None) if word == "-" => {
            text(read(&mut io::stdin().lock().take(MOST_IDEA_BYTES)), "standard input")
        }
        (words, None) => Ok(words.unwrap_or_default()),
    }
}

fn read(source: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(bytes: io::Result<Vec<u8>>, name: &str) -> Result<String, Failure> {
    let bytes = bytes.map_err(|error| Failure::unreadable(name, error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("`{name}` is not UTF-8 text: byte {at} starts no character");
        Failure::new(message, Exit::WrongUse).with_hint("save the idea as UTF-8 and try again")
    })
}
