//! Starts a compiling process, feeds it, takes what it says, and ends it when it is too late or too
//! much. No process outlives the call.

use std::{
    io::{Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::{COMPILE_COMMAND, CompileError, Compiler};
use crate::{Allocation, limits};

/// How often a process that has said everything is asked whether it has ended.
const ENDING: Duration = Duration::from_millis(1);

/// A process that is ended when nobody watches it any more.
struct Watched(Child);

impl Drop for Watched {
    fn drop(&mut self) {
        // Both fail only for a process that has ended and was asked for its status.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Runs the compiler to its end and returns what it wrote.
pub(super) fn run(
    compiler: &Compiler,
    allocation: Allocation,
    component: &[u8],
) -> Result<Vec<u8>, CompileError> {
    let deadline = Instant::now() + compiler.wall_time;
    let mut process = Watched(start(compiler, allocation)?);
    let (say, said) = mpsc::channel();
    if let Some(mut input) = process.0.stdin.take() {
        let component = component.to_vec();
        // A process that does not listen has its reasons, which its status tells.
        thread::spawn(move || input.write_all(&component).ok());
    }
    if let Some(output) = process.0.stdout.take() {
        let most = limits::COMPILED_BYTES as u64 + 1;
        thread::spawn(move || {
            let mut answer = Vec::new();
            let read = output.take(most).read_to_end(&mut answer);
            say.send(read.map(|_| answer)).ok();
        });
    }
    let late = || CompileError::Late(compiler.wall_time);
    let left = deadline.saturating_duration_since(Instant::now());
    let answer = said.recv_timeout(left).map_err(|_| late())?.map_err(CompileError::Start)?;
    if answer.len() > limits::COMPILED_BYTES {
        return Err(CompileError::TooLarge(limits::COMPILED_BYTES));
    }
    let status = ended(&mut process.0, deadline)?.ok_or_else(late)?;
    if status.success() { Ok(answer) } else { Err(CompileError::Broke(status)) }
}

/// With nothing of our environment, nowhere near our files, and nothing to say but its answer.
fn start(compiler: &Compiler, allocation: Allocation) -> Result<Child, CompileError> {
    let mut command = Command::new(&compiler.program);
    command
        .args([COMPILE_COMMAND, allocation.as_word()])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    #[cfg(unix)]
    command.current_dir("/");
    command.spawn().map_err(CompileError::Start)
}

fn ended(process: &mut Child, deadline: Instant) -> Result<Option<ExitStatus>, CompileError> {
    loop {
        let status = process.try_wait().map_err(CompileError::Start)?;
        if status.is_some() || Instant::now() >= deadline {
            return Ok(status);
        }
        thread::sleep(ENDING);
    }
}
