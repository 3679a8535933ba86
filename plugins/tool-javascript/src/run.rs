//! Runs a program: first its code, then whatever it has waiting, then what is to be run after it.

use std::rc::Rc;

use rquickjs::{
    CatchResultExt, CaughtError, Ctx, Error, Function, Object, Persistent, Promise, Value,
    context::EvalOptions, promise::PromiseState,
};

use crate::{
    bounds::{Bounds, Closed, Limit, has_filled_memory},
    limits::{ENOUGH_MEMORY, MEMORY_AFTERWARDS, MOST_MEMORY, STEPS_AFTERWARDS},
    machine::{Machine, Saved, Unready},
    task::{PROGRAM, THEN, Task},
};

type Result<T, E = Error> = std::result::Result<T, E>;

/// What came of a program.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ran {
    /// Its last value, in words; none for `undefined`.
    pub(crate) value: Option<String>,
    /// The same as it would be printed, if it can be.
    pub(crate) text: Option<String>,
    /// What ended it.
    pub(crate) blame: Option<Blame>,
    pub(crate) limit: Option<Limit>,
    /// The number that it left with, if it left by itself.
    pub(crate) status: Option<i32>,
    pub(crate) steps: u64,
    /// Its two outputs, and whether each is whole.
    pub(crate) outputs: [(String, bool); 2],
}

/// Something thrown, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blame {
    pub(crate) kind: String,
    pub(crate) message: String,
    /// The place in the program's own code, if one is known.
    pub(crate) place: Option<(String, u64)>,
    pub(crate) traceback: String,
}

/// How a program ended.
enum End {
    Value(Saved),
    Thrown(Saved),
    /// It waits for something that never comes.
    Stuck,
}

/// Runs a program. Nothing it does is an error of ours.
pub(crate) fn run(task: &Task) -> Result<Ran, Unready> {
    let bounds = Rc::new(Bounds::new(task.steps));
    let machine = Machine::new(&task.stdin, Rc::clone(&bounds))?;
    let end = machine.evaluate(task)?;
    let mut closed = bounds.close(STEPS_AFTERWARDS);
    machine.runtime.set_memory_limit(MOST_MEMORY + MEMORY_AFTERWARDS);
    let mut ran = machine.told(end, &mut closed)?;
    if let Some(blame) = &mut ran.blame {
        blame.explain(task);
    }
    ran.outputs = [bounds.output(0), bounds.output(1)];
    // The instance ends with the call; taking the interpreter apart would only take time.
    std::mem::forget(machine);
    Ok(ran)
}

impl Machine {
    fn evaluate(&self, task: &Task) -> Result<End> {
        let end = self.execute(&task.code, PROGRAM)?;
        match (&task.then, &end) {
            (Some(then), End::Value(_)) if !self.bounds.is_over() => self.execute(then, THEN),
            _ => Ok(end),
        }
    }

    /// Runs a script and all that it leaves waiting.
    fn execute(&self, code: &str, file: &str) -> Result<End> {
        let mut options = EvalOptions::default();
        (options.strict, options.promise) = (false, true);
        options.filename = Some(file.to_owned());
        let begun = self.theirs.with(|ctx| {
            let promise = ctx.eval_with_options::<Promise, _>(code, options);
            caught(&ctx, promise).map(|caught| caught.map(|it| Persistent::save(&ctx, it)))
        })?;
        let promise = match begun {
            Ok(promise) => promise,
            Err(thrown) => return Ok(End::Thrown(thrown)),
        };
        if let Some(thrown) = self.settle()? {
            return Ok(End::Thrown(thrown));
        }
        self.theirs.with(|ctx| {
            let promise = promise.restore(&ctx)?;
            if promise.state() == PromiseState::Pending {
                return Ok(End::Stuck);
            }
            let came = promise.result::<Object>().unwrap_or(Err(Error::Unknown));
            Ok(match caught(&ctx, came.and_then(|came| came.get::<_, Value>("value")))? {
                Ok(value) => End::Value(Persistent::save(&ctx, settled(value))),
                Err(thrown) => End::Thrown(thrown),
            })
        })
    }

    /// Does what the program left waiting, until there is nothing more; what one of it threw.
    fn settle(&self) -> Result<Option<Saved>> {
        loop {
            loop {
                match self.runtime.execute_pending_job() {
                    Ok(true) if !self.bounds.is_over() => {}
                    Ok(_) => break,
                    Err(job) => {
                        let thrown = |ctx: Ctx| Persistent::save(&ctx, ctx.catch());
                        return Ok(Some(job.0.with(thrown)));
                    }
                }
            }
            if let Some((_, reason)) = self.rejected.borrow_mut().drain(..).next() {
                return Ok(Some(reason));
            }
            if self.bounds.is_over() {
                return Ok(None);
            }
            let turned = self.theirs.with(|ctx| {
                let turn: Function = self.around.clone().restore(&ctx)?.get("turn")?;
                caught(&ctx, turn.call::<_, bool>(()))
            })?;
            match turned {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(thrown) => return Ok(Some(thrown)),
            }
        }
    }

    /// An end in words.
    fn told(&self, end: End, closed: &mut Closed) -> Result<Ran> {
        let mut ran = Ran { steps: closed.steps, status: closed.left, ..Ran::default() };
        match end {
            End::Value(value) => (ran.value, ran.text) = self.value(value)?,
            End::Thrown(thrown) if closed.left.is_none() => ran.blame = Some(self.blame(thrown)?),
            End::Stuck if closed.left.is_none() => ran.blame = Some(stuck()),
            End::Thrown(_) | End::Stuck => {}
        }
        if let (None, None) = (closed.limit, closed.left)
            && ran.blame.as_ref().is_some_and(Blame::is_want_of_memory)
        {
            closed.limit = Some(Limit::Memory);
        }
        ran.limit = closed.limit;
        if let Some(limit) = ran.limit {
            (ran.value, ran.text) = (None, None);
            ran.blame.get_or_insert_default().name(limit, closed.steps);
        }
        if ran.status.is_none() && ran.blame.is_none() {
            ran.status = self.status()?.filter(|status| *status != 0);
        }
        Ok(ran)
    }

    /// A value as it is shown, and as it would be printed.
    fn value(&self, value: Saved) -> Result<(Option<String>, Option<String>)> {
        self.ours.with(|ctx| {
            let value = value.restore(&ctx)?;
            if value.is_undefined() {
                return Ok((None, None));
            }
            let tell = self.tell.clone().restore(&ctx)?;
            let (show, print): (Function, Function) = (tell.get("value")?, tell.get("text")?);
            let shown = caught(&ctx, show.call::<_, String>((value.clone(),)))?;
            let printed = caught(&ctx, print.call::<_, Option<String>>((value,)))?;
            let shown = shown.unwrap_or_else(|_| "<unprintable value>".to_owned());
            Ok((Some(shown), printed.ok().flatten()))
        })
    }

    fn blame(&self, thrown: Saved) -> Result<Blame> {
        self.ours.with(|ctx| {
            let tell: Function = self.tell.clone().restore(&ctx)?.get("blame")?;
            let Ok(told) = caught(&ctx, tell.call::<_, Object>((thrown.restore(&ctx)?,)))? else {
                return Ok(Blame { kind: "Error".to_owned(), ..Blame::default() });
            };
            let (file, line): (String, u32) = (told.get("file")?, told.get("line")?);
            Ok(Blame {
                kind: told.get("kind")?,
                message: told.get("message")?,
                place: (line > 0).then_some((file, line.into())),
                traceback: told.get("traceback")?,
            })
        })
    }

    /// What the program set to leave with.
    fn status(&self) -> Result<Option<i32>> {
        self.theirs.with(|ctx| {
            let status: Function = self.around.clone().restore(&ctx)?.get("status")?;
            Ok(caught(&ctx, status.call::<_, i32>(()))?.ok())
        })
    }
}

impl Blame {
    /// Whether the interpreter had no memory left for the program. Where there is not even enough to
    /// say so, it throws `null`.
    fn is_want_of_memory(&self) -> bool {
        match self.kind.as_str() {
            "InternalError" => self.message == "out of memory",
            "null" => has_filled_memory(),
            _ => false,
        }
    }

    /// Says why there are no modules to a program that wants some.
    fn explain(&mut self, task: &Task) {
        const WHY: &str = "; this sandbox imports and exports no modules, but `require` has a few";
        let line = self.place.as_ref().and_then(|(file, line)| task.line(file, *line));
        let is_module =
            ["import", "export"].iter().any(|word| line.is_some_and(|line| line.starts_with(word)));
        if (self.kind == "SyntaxError" && is_module)
            || self.message.starts_with("could not load module")
        {
            let told = self.message.clone() + WHY;
            self.traceback = self.traceback.replacen(&self.message, &told, 1);
            self.message = told;
        }
    }

    /// Says which limit it was: the interpreter only knows that it was interrupted.
    fn name(&mut self, limit: Limit, steps: u64) {
        let message = match limit {
            Limit::Steps => format!("the program took more than {steps} steps"),
            Limit::Memory => format!("the program filled {} MiB of memory", ENOUGH_MEMORY >> 20),
            // The message is that of whoever refused to write more.
            Limit::Output => return,
        };
        let mut frames: Vec<_> = self.traceback.lines().skip(1).map(str::to_owned).collect();
        if self.message == "interrupted" {
            // Of loops the interpreter notes no lines: it knows the function it was in, and the lines
            // of those that called it.
            self.place = None;
            if let Some(frame) = frames.first_mut() {
                *frame = without_line(frame);
            }
        }
        frames.insert(0, format!("InternalError: {message}"));
        self.traceback = frames.join("\n");
        (self.kind, self.message) = ("InternalError".to_owned(), message);
    }
}

/// A line of a stack without the place in its file.
fn without_line(frame: &str) -> String {
    match frame.split_once(".js:") {
        Some((before, _)) => format!("{before}.js)"),
        None => frame.to_owned(),
    }
}

fn stuck() -> Blame {
    let message = "the program awaits something that never comes".to_owned();
    let traceback = format!("Error: {message}");
    Blame { kind: "Error".to_owned(), message, place: None, traceback }
}

/// Tells what a program threw from what did not work on our side.
fn caught<T>(ctx: &Ctx<'_>, result: Result<T>) -> Result<Result<T, Saved>> {
    match result.catch(ctx) {
        Ok(value) => Ok(Ok(value)),
        Err(CaughtError::Exception(thrown)) => {
            Ok(Err(Persistent::save(ctx, thrown.into_object().into_value())))
        }
        Err(CaughtError::Value(thrown)) => Ok(Err(Persistent::save(ctx, thrown))),
        Err(CaughtError::Error(error)) => Err(error),
    }
}

/// What a promise came to, if it is one that came to something.
fn settled(value: Value<'_>) -> Value<'_> {
    let came = value.as_promise().and_then(|promise| match promise.state() {
        PromiseState::Resolved => promise.result::<Value>()?.ok(),
        _ => None,
    });
    came.unwrap_or(value)
}
