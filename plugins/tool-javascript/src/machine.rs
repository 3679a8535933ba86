//! The interpreter with its two realms: the program's, and ours, whose functions show values and tell
//! errors whatever the program did to its own.
//!
//! How a program is run in it stands in `run`.

use std::{cell::RefCell, rc::Rc};

use rquickjs::{
    Array, CatchResultExt, Context, Ctx, Error, Exception, Function, Object, Persistent, Runtime,
    String, Value, context::EvalOptions, promise::PromiseState,
};

use crate::{
    bounds::Bounds,
    clock,
    limits::{MOST_MEMORY, MOST_STACK},
};

type Result<T, E = Error> = std::result::Result<T, E>;

/// A value that outlives a visit to its realm.
pub(crate) type Saved = Persistent<Value<'static>>;

const INSPECT: &str = include_str!("js/inspect.js");
const TELL: &str = include_str!("js/tell.js");
const SURROUNDINGS: &str = include_str!("js/surroundings.js");
/// What is read when a program first needs it.
const LATER: [(&str, &str); 3] = [
    ("assert", include_str!("js/assert.js")),
    ("clone", include_str!("js/clone.js")),
    ("modules", include_str!("js/modules.js")),
];

/// Promises that were rejected and that nobody has looked after yet, with their reasons.
type Rejected = Rc<RefCell<Vec<(Saved, Saved)>>>;

/// An interpreter for one program.
pub(crate) struct Machine {
    pub(crate) runtime: Runtime,
    pub(crate) ours: Context,
    pub(crate) theirs: Context,
    pub(crate) bounds: Rc<Bounds>,
    pub(crate) rejected: Rejected,
    /// Shows values and tells errors: what `tell.js` returns.
    pub(crate) tell: Persistent<Object<'static>>,
    /// Runs the next timer, and says what the program wants to leave with: what `surroundings.js`
    /// returns.
    pub(crate) around: Persistent<Object<'static>>,
}

/// Why there is no interpreter.
#[derive(Debug)]
pub(crate) struct Unready(pub(crate) std::string::String);

impl From<Error> for Unready {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl Machine {
    /// An interpreter in which a program finds this input.
    pub(crate) fn new(input: &str, bounds: Rc<Bounds>) -> Result<Self, Unready> {
        let runtime = Runtime::new()?;
        runtime.set_memory_limit(MOST_MEMORY);
        runtime.set_max_stack_size(MOST_STACK);
        let (ours, theirs) = (Context::full(&runtime)?, Context::full(&runtime)?);
        let tell = made(&ours, |ctx| {
            let inspect: Function = source(ctx, INSPECT)?;
            let shown: Object = inspect.call((Function::new(ctx.clone(), state_of)?,))?;
            source::<Function>(ctx, TELL)?.call((shown,))
        })?;
        let around = made(&theirs, |ctx| {
            let natives = natives(ctx, input, &tell, &bounds)?;
            source::<Function>(ctx, SURROUNDINGS)?.call((natives,))
        })?;
        let rejected = Rejected::default();
        let (heard, counted) = (Rc::clone(&rejected), Rc::clone(&bounds));
        runtime.set_host_promise_rejection_tracker(Some(Box::new(
            move |ctx, promise, reason, is_handled| {
                note_rejection(&heard, &ctx, promise, reason, is_handled);
            },
        )));
        // From here on: what was needed to get ready is nobody's step.
        runtime.set_interrupt_handler(Some(Box::new(move || counted.count())));
        Ok(Self { runtime, ours, theirs, bounds, rejected, tell, around })
    }
}

/// Makes an object in a realm.
fn made(
    realm: &Context,
    make: impl for<'js> FnOnce(&Ctx<'js>) -> Result<Object<'js>>,
) -> Result<Persistent<Object<'static>>, Unready> {
    realm.with(|ctx| {
        let object = make(&ctx).catch(&ctx).map_err(|error| Unready(error.to_string()))?;
        Ok(Persistent::save(&ctx, object))
    })
}

/// Evaluates one of our own scripts.
fn source<'js, V: rquickjs::FromJs<'js>>(ctx: &Ctx<'js>, text: &str) -> Result<V> {
    let mut options = EvalOptions::default();
    options.filename = Some("sandbox".to_owned());
    ctx.eval_with_options(text, options)
}

/// What `surroundings.js` is made of.
fn natives<'js>(
    ctx: &Ctx<'js>,
    input: &str,
    tell: &Persistent<Object<'static>>,
    bounds: &Rc<Bounds>,
) -> Result<Object<'js>> {
    let natives = Object::new(ctx.clone())?;
    let tell = tell.clone().restore(ctx)?;
    for name in ["format", "show"] {
        natives.set(name, tell.get::<_, Function>(name)?)?;
    }
    natives.set("input", input)?;
    natives.set("begin", clock::BEGIN)?;
    natives.set("passed", Function::new(ctx.clone(), clock::passed)?)?;
    natives.set("pass", Function::new(ctx.clone(), clock::pass)?)?;
    let writing = Rc::clone(bounds);
    let write = move |ctx: Ctx<'js>, stream: usize, text: String<'js>| -> Result<()> {
        let written = writing.write(stream, &text.to_string()?);
        written.map_err(|why| Exception::throw_internal(&ctx, &why))
    };
    natives.set("write", Function::new(ctx.clone(), write)?)?;
    let leaving = Rc::clone(bounds);
    let leave = move |ctx: Ctx<'js>, status: i32| -> Result<()> {
        leaving.leave(status);
        Err(Exception::throw_internal(&ctx, "the program is over"))
    };
    natives.set("leave", Function::new(ctx.clone(), leave)?)?;
    let load = |ctx: Ctx<'js>, name: std::string::String| -> Result<Value<'js>> {
        let (_, text) = LATER.iter().find(|(known, _)| *known == name).ok_or(Error::Unknown)?;
        source(&ctx, text)
    };
    natives.set("load", Function::new(ctx.clone(), load)?)?;
    Ok(natives)
}

/// How a promise stands, and with what; nothing for other values.
#[expect(clippy::needless_pass_by_value, reason = "the interpreter hands values over")]
fn state_of<'js>(ctx: Ctx<'js>, value: Value<'js>) -> Result<Option<Array<'js>>> {
    let Some(promise) = value.as_promise() else { return Ok(None) };
    let told = Array::new(ctx.clone())?;
    let name = match promise.state() {
        PromiseState::Pending => "pending",
        PromiseState::Resolved => "fulfilled",
        PromiseState::Rejected => "rejected",
    };
    told.set(0, name)?;
    match promise.result::<Value>() {
        None => {}
        Some(Ok(value)) => told.set(1, value)?,
        Some(Err(_)) => told.set(1, ctx.catch())?,
    }
    Ok(Some(told))
}

fn note_rejection<'js>(
    rejected: &Rejected,
    ctx: &Ctx<'js>,
    promise: Value<'js>,
    reason: Value<'js>,
    is_handled: bool,
) {
    let mut rejected = rejected.borrow_mut();
    if is_handled {
        rejected.retain(|(saved, _)| {
            saved.clone().restore(ctx).is_ok_and(|other: Value| other != promise)
        });
    } else {
        rejected.push((Persistent::save(ctx, promise), Persistent::save(ctx, reason)));
    }
}
