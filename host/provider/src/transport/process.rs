//! A process of one call: fed, heard to its end within a limit, and ended with its whole group when
//! it is done or nobody waits for it any more.

use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    mem,
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use tokio::task::spawn_blocking;

use crate::limits;

/// How often a process that says nothing is asked whether it has ended.
const LOOK: Duration = Duration::from_millis(5);

/// A process that came to its end.
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    /// All of its standard output.
    pub(super) said: Vec<u8>,
    /// The end of its standard error.
    pub(super) complaint: Vec<u8>,
    /// True if that is all of it.
    pub(super) whole: bool,
}

/// It did not.
pub(super) enum Broken {
    /// It cannot be started.
    Start(io::Error),
    /// It cannot be heard or waited for.
    Pipe(io::Error),
    /// It says more than it may.
    TooLarge,
    /// It ended, and somebody outside its group holds its output.
    HeldOpen,
}

/// Runs a process to its end, or until this future is dropped. The command's three pipes must be
/// piped, and where there are groups it must lead one.
pub(super) async fn run(
    mut command: Command,
    question: Vec<u8>,
    most: usize,
) -> Result<Ended, Broken> {
    let process = Process::default();
    let watched = Watched(process.clone());
    let work = spawn_blocking(move || process.run(&mut command, question, most));
    let ended = work.await.map_err(|error| Broken::Pipe(io::Error::other(error)))?;
    drop(watched);
    ended
}

/// Ends the process when nobody waits for it any more.
struct Watched(Process);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.kill();
    }
}

#[derive(Debug, Default)]
enum State {
    /// Not started yet.
    #[default]
    Ahead,
    Running(Child),
    /// Ended, with its status if there is one: it may have been given up before it was started.
    Over(Option<ExitStatus>),
}

/// Shared by whoever runs it and whoever waits for it.
#[derive(Clone, Debug, Default)]
struct Process(Arc<Mutex<State>>);

type Pipes = (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>);

impl Process {
    /// Takes as long as the process does.
    fn run(&self, command: &mut Command, question: Vec<u8>, most: usize) -> Result<Ended, Broken> {
        let (input, output, errors) = self.start(command).map_err(Broken::Start)?;
        let heard = self.hear(input, output, errors, question, most);
        if heard.is_err() {
            self.kill();
        }
        // Ended by itself, or by whoever does not wait any longer.
        let status = loop {
            if let Some(status) = self.status().map_err(Broken::Pipe)? {
                break status;
            }
            thread::sleep(LOOK);
        };
        let (said, complaint) = heard?;
        // All writers are gone, or else it is taken as far as it came.
        complaint.done.recv_timeout(limits::HELD_OPEN).ok();
        let mut tail = lock(&complaint.tail);
        Ok(Ended { status, said, whole: tail.whole, complaint: mem::take(&mut tail.bytes).into() })
    }

    fn start(&self, command: &mut Command) -> io::Result<Pipes> {
        let mut state = lock(&self.0);
        if matches!(*state, State::Over(_)) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        *state = State::Running(child);
        Ok(pipes)
    }

    /// Feeds the process and hears it to its end.
    fn hear(
        &self,
        input: Option<ChildStdin>,
        output: Option<ChildStdout>,
        errors: Option<ChildStderr>,
        question: Vec<u8>,
        most: usize,
    ) -> Result<(Vec<u8>, Complaint), Broken> {
        let no_pipe = || Broken::Pipe(io::ErrorKind::BrokenPipe.into());
        let (mut input, output) = (input.ok_or_else(no_pipe)?, output.ok_or_else(no_pipe)?);
        let thread = thread::Builder::new();
        // A process that does not listen has its reasons, which its status tells.
        thread.spawn(move || input.write_all(&question).ok()).map_err(Broken::Pipe)?;
        let complaint = Complaint::listen(errors.ok_or_else(no_pipe)?).map_err(Broken::Pipe)?;
        let (say, said) = mpsc::channel();
        let bound = most as u64 + 1;
        let read = move || {
            let mut answer = Vec::new();
            let read = output.take(bound).read_to_end(&mut answer);
            say.send(read.map(|_| answer)).ok();
        };
        thread::Builder::new().spawn(read).map_err(Broken::Pipe)?;
        let answer = self.answer(&said)?;
        if answer.len() > most { Err(Broken::TooLarge) } else { Ok((answer, complaint)) }
    }

    /// Everything it says, until it closes its output or has ended.
    fn answer(&self, said: &Receiver<io::Result<Vec<u8>>>) -> Result<Vec<u8>, Broken> {
        loop {
            match said.recv_timeout(LOOK) {
                Ok(answer) => return answer.map_err(Broken::Pipe),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Broken::Pipe(io::ErrorKind::BrokenPipe.into()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.status().map_err(Broken::Pipe)?.is_some() {
                // Its group is gone with it, so what it said is all in the pipe.
                let rest = said.recv_timeout(limits::HELD_OPEN).map_err(|_| Broken::HeldOpen)?;
                return rest.map_err(Broken::Pipe);
            }
        }
    }

    /// How it ended, if it has. Whatever it left running ends with it.
    fn status(&self) -> io::Result<Option<ExitStatus>> {
        let mut state = lock(&self.0);
        let status = match &mut *state {
            State::Running(child) => {
                let Some(status) = child.try_wait()? else { return Ok(None) };
                // At once: while any of the group are left, nobody else gets its number.
                kill_group(child);
                status
            }
            State::Over(Some(status)) => return Ok(Some(*status)),
            State::Ahead | State::Over(None) => return Err(io::ErrorKind::Interrupted.into()),
        };
        *state = State::Over(Some(status));
        Ok(Some(status))
    }

    /// Ends it and its group. Whoever runs it sees that it has ended.
    fn kill(&self) {
        let mut state = lock(&self.0);
        match &mut *state {
            State::Ahead => *state = State::Over(None),
            State::Running(child) => kill_group(child),
            State::Over(_) => {}
        }
    }
}

/// A group has the number of its leader. This fails only where nobody is left.
#[cfg(unix)]
fn kill_group(leader: &mut Child) {
    use nix::{
        sys::signal::{Signal, killpg},
        unistd::Pid,
    };
    if let Ok(group) = i32::try_from(leader.id()) {
        killpg(Pid::from_raw(group), Signal::SIGKILL).ok();
    }
}

/// Where there are no groups, the process alone is ended.
#[cfg(not(unix))]
fn kill_group(leader: &mut Child) {
    leader.kill().ok();
}

/// What a process writes to its standard error, of which only the end is kept.
struct Complaint {
    tail: Arc<Mutex<Tail>>,
    done: Receiver<()>,
}

struct Tail {
    bytes: VecDeque<u8>,
    whole: bool,
}

impl Complaint {
    fn listen(mut errors: ChildStderr) -> io::Result<Self> {
        let tail = Arc::new(Mutex::new(Tail { bytes: VecDeque::new(), whole: true }));
        let (say, done) = mpsc::channel();
        let kept = tail.clone();
        let read = move || {
            let mut chunk = [0; limits::STDERR_BYTES];
            while let Ok(count @ 1..) = errors.read(&mut chunk) {
                lock(&kept).add(chunk.get(..count).unwrap_or_default());
            }
            say.send(()).ok();
        };
        thread::Builder::new().spawn(read)?;
        Ok(Self { tail, done })
    }
}

impl Tail {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        let surplus = self.bytes.len().saturating_sub(limits::STDERR_BYTES);
        self.whole &= surplus == 0;
        self.bytes.drain(..surplus);
    }
}

/// Nothing between lock and unlock can panic, so a poisoned lock still guards whole contents.
fn lock<T>(contents: &Mutex<T>) -> MutexGuard<'_, T> {
    contents.lock().unwrap_or_else(PoisonError::into_inner)
}
