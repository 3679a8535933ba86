//! A program in place of a server: started for one call, asked over its standard input, heard over
//! its standard output, and ended with everything that it started.
//!
//! It finds nothing of our environment but what settings name, and is not in our folder. How long it
//! may take is bounded above: whoever stops waiting ends it.

use std::process::{Command, Stdio};

use reqwest::{Response, header::CONTENT_TYPE};

use super::{Call, Failed, Sent, process, process::Broken, retry::Again, too_large};
use crate::{
    error::{Because, Failure, ProviderError},
    reach::Program,
    secret::shown_end,
    settings::{Kind, ProviderSettings},
};

/// "Try again later", by the convention of `sysexits.h` (`EX_TEMPFAIL`).
const TRY_AGAIN: i32 = 75;

/// Asks, and hands on what it wrote as if a server had sent it.
pub(super) async fn ask(
    settings: &ProviderSettings,
    program: &Program,
    call: &Call,
) -> Result<Response, Failed> {
    let question = match &call.sent {
        Sent::Json { body, .. } => body.whole(),
        Sent::Nothing | Sent::Form(_) => Vec::new(),
    };
    let ended = process::run(command(settings, program), question, call.most).await;
    let ended = ended.map_err(|broken| failed(settings, program, call, broken))?;
    if ended.status.success() {
        let mut answer = http::Response::new(ended.said);
        let json = http::HeaderValue::from_static("application/json");
        answer.headers_mut().insert(CONTENT_TYPE, json);
        return Ok(answer.into());
    }
    let key = settings.key.as_ref();
    let name = &settings.name;
    let words = shown_end(&ended.complaint, ended.whole, key);
    let cause = if words.is_empty() {
        Because::new("it wrote nothing to its standard error", key)
    } else {
        Because::new(&format!("it says: {words}"), key)
    };
    let message = format!("the program of provider `{name}` failed ({})", ended.status);
    let hint = match settings.kind {
        Kind::Onnx => {
            "a model's file may hold a graph that needs more memory than it gets, or one \
                       that the runtime cannot carry out: try the file that its maker hands out"
                .to_owned()
        }
        _ => format!(
            "run `{}` by hand with a question such as those in docs/models.md",
            program.path().display()
        ),
    };
    let error = ProviderError::new(Failure::ServerBroken, message).because(cause).hint(hint);
    let later = ended.status.code() == Some(TRY_AGAIN);
    Err(Failed { error, again: if later { Again::Sometime } else { Again::Never } })
}

fn command(settings: &ProviderSettings, program: &Program) -> Command {
    let mut command = Command::new(program.path());
    let variables = settings.environment.0.iter().map(|(name, value)| (name, value));
    command.args(program.arguments()).env_clear().envs(variables);
    if let (Some(name), Some(key)) = (program.key_as(), &settings.key) {
        command.env(name, key.exposed());
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // Not in the current folder, which may be a stranger's: some programs load what lies there.
        command.current_dir("/").process_group(0);
    }
    command
}

fn failed(settings: &ProviderSettings, program: &Program, call: &Call, broken: Broken) -> Failed {
    let (name, path) = (&settings.name, program.path().display());
    let because = |error: &std::io::Error| Because::of(error, settings.key.as_ref());
    let error = match broken {
        Broken::Start(error) => {
            let message = format!("the program of provider `{name}` cannot be started");
            ProviderError::new(Failure::Unreachable, message)
                .because(because(&error))
                .hint(format!("see that `{path}` is there and may be executed"))
                .unpaid(true)
        }
        Broken::Pipe(error) => {
            let message = format!("the program of provider `{name}` cannot be heard");
            ProviderError::new(Failure::Unreachable, message)
                .because(because(&error))
                .hint("the system is short of something: see its own log")
        }
        Broken::TooLarge => too_large(name, call.most),
        Broken::HeldOpen => {
            let message = format!(
                "the program of provider `{name}` ended, but something it started holds its output"
            );
            ProviderError::new(Failure::BadAnswer, message)
                .hint("what it leaves running must close its standard output first")
        }
    };
    Failed { error, again: Again::Never }
}
