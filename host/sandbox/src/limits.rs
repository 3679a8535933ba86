//! Every bound a plugin runs into, named, with its unit and its reason.
//!
//! Each has a hostile guest in `tests/hostile/` or `plugins/hostile` that trips it. Two kinds: those a program may
//! tighten ([`Limits`]), and those that are part of what plugins can rely on (the constants).

use std::{num::NonZeroUsize, thread, time::Duration};

use pentimento_manifest::AskedLimits;

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// How often running guests are looked at. Short enough that a deadline is kept to within a few
/// percent, long enough that looking costs nothing.
pub(crate) const EPOCH_TICK: Duration = Duration::from_millis(10);

/// Bytes of a component. Python with its library is 20 MiB; anything larger is a mistake or an
/// attack on the compiler.
pub(crate) const COMPONENT_BYTES: usize = 32 * MIB;

/// Functions in one component. Python has 13,500, `JavaScript` with its debug build 20,000.
pub(crate) const FUNCTIONS: usize = 40_000;

/// Bytes of one function. Python's largest has 427,000; compiling takes longer than in proportion.
pub(crate) const FUNCTION_BYTES: usize = MIB;

/// How deep components and modules may lie in one another. Python and `JavaScript` have 2.
pub(crate) const NESTING: usize = 8;

/// Wall time of compiling one component in a process of its own. `JavaScript`, the slowest known,
/// takes 32 s where eight programs share two cores.
pub(crate) const COMPILE_TIME: Duration = Duration::from_mins(2);

/// Processor time of the same, over all its threads. Python takes 12 s, `JavaScript` 15 s; a bomb of
/// 370 KB (one function, 20,000 loops, 1,000 variables) would take more than 24 s and 4 GiB.
pub(crate) const COMPILE_CPU: Duration = Duration::from_mins(2);

/// Bytes of addresses of the same. Python takes 450 MiB with two threads, `JavaScript` 540 MiB, and
/// every further thread may reserve some 100 MiB.
pub(crate) const COMPILE_MEMORY: u64 = 4 << 30;

/// Bytes of compiled code. Python has 34 MiB, `JavaScript` 36 MiB.
pub(crate) const COMPILED_BYTES: usize = 256 * MIB;

/// Bytes of WebAssembly stack. Python allows a thousand calls of functions in one another, each of
/// which may go through the interpreter's own code: with 1 MiB a recursion with a cache ends the call
/// at 600, with 2 MiB Python's own limit comes first and is an exception like any other.
pub(crate) const WASM_STACK: usize = 2 * MIB;

/// Bytes of the native stack a call runs on: the guest's part, and 512 KiB for host functions, which
/// would abort the process if they ran out.
pub(crate) const NATIVE_STACK: usize = WASM_STACK + 512 * KIB;

/// Calls in progress at once, over all plugins. Those that plugins make of one another go
/// with their caller's. More wait their turn, and their deadline starts when it comes. The pool is
/// sized by it; with two to sixteen cores more would only swap.
pub(crate) const LIVE_CALLS: u32 = 32;

/// Those of them in progress at once that only compute, for each thread that the machine has at once: one
/// at work, and one whose picture is being decoded. More would take turns, so that all of them ended late,
/// each with its memory touched.
const COMPUTING_CALLS_PER_THREAD: usize = 2;

/// The same in all.
pub(crate) fn computing_calls() -> usize {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    (COMPUTING_CALLS_PER_THREAD * threads).min(LIVE_CALLS as usize)
}

/// Plugins that may be at work for one another at once, the first one included. A critic that asks
/// a verifier that asks a detector is as deep as anybody can follow.
pub(crate) const CALL_DEPTH: u32 = 3;

/// Tenths of the time a caller has left that the plugin it calls may take, so that it can still
/// answer if that one does not.
pub(crate) const LENT_TENTHS: u32 = 9;

/// Artifacts one plugin may hand to another in one call: before and after, or the pictures of a
/// round.
pub(crate) const TOOL_INPUTS: usize = 64;

/// Bytes of one prompt: a long document.
pub(crate) const PROMPT_BYTES: usize = 256 * KIB;

/// Pictures in one prompt: those of a round.
pub(crate) const PROMPT_IMAGES: usize = 16;

/// Bytes of a model's answer: far more than the tokens anybody is granted.
pub(crate) const REPLY_BYTES: usize = MIB;

/// Bytes of a prompt that are set aside as one token before it is known how many it has. English
/// has four letters a token (OpenAI, "What are tokens"); three stay on the safe side.
pub(crate) const BYTES_PER_TOKEN: usize = 3;

/// Tokens that are set aside for a picture: what the largest one costs before it is scaled down
/// (Anthropic, "Vision": about 1,600).
pub(crate) const TOKENS_PER_IMAGE: usize = 1_600;

/// Core instances in one component: its module, shims, adapters. Rust needs 3, Python 38: its
/// library is made of modules that are linked when the component starts.
pub(crate) const CORE_INSTANCES: u32 = 64;

/// Linear memories in one component. Rust has 1; adapters may add one each.
pub(crate) const MEMORIES: u32 = 4;

/// Bytes of all linear memories of all calls in progress together: what one program may take from
/// the machine for strangers.
pub(crate) const LIVE_MEMORY: usize = 1 << 30;

/// Keys in the facet `memory`, for each plugin in a run.
pub(crate) const MEMORY_KEYS: usize = 1_000;

/// Bytes of one key in the facet `memory`.
pub(crate) const MEMORY_KEY_BYTES: usize = 256;

/// Requests in one call. A critic asks one service; one that pages through results asks some more.
pub(crate) const FETCH_REQUESTS: u32 = 8;

/// Bytes of URLs, headers and bodies sent in one call: a question and a small picture.
pub(crate) const FETCH_SENT_BYTES: usize = MIB;

/// Bytes of headers and bodies received in one call: long lists and a picture or two.
pub(crate) const FETCH_RECEIVED_BYTES: usize = 4 * MIB;

/// Bytes of a URL: what most servers take.
pub(crate) const FETCH_URL_BYTES: usize = 8 * KIB;

/// Headers a plugin adds to a request.
pub(crate) const FETCH_HEADERS: usize = 32;

/// Bytes of all headers of a request: what most servers take.
pub(crate) const FETCH_HEADER_BYTES: usize = 8 * KIB;

/// Headers of an answer; browsers see some 30.
pub(crate) const FETCH_RESPONSE_HEADERS: usize = 100;

/// Bytes of an answer held before they are counted, its headers among them.
pub(crate) const FETCH_BUFFER: usize = 64 * KIB;

/// Addresses of one host that are tried.
pub(crate) const FETCH_ADDRESSES: usize = 4;

/// The time for one address to take a connection: six times around the world and back.
pub(crate) const FETCH_CONNECT_TIME: Duration = Duration::from_secs(2);

/// Names looked up at once, over all plugins.
pub(crate) const LOOKUPS: usize = 8;

/// Tables in one component. Rust has 2.
pub(crate) const TABLES: u32 = 16;

/// Entries of one table: functions a guest can call indirectly. Python has some 10,000.
pub(crate) const TABLE_ELEMENTS: usize = 100_000;

/// Handles to artifacts and pictures alive at once in one call. One critic needs a handful; tiles
/// of a large picture some hundred.
pub(crate) const HANDLES: usize = 1_000;

/// Bytes a guest may hand over in one host call or one answer, as wasmtime counts them. 256
/// findings of ordinary length are a tenth of it.
pub(crate) const HANDED_OVER_BYTES: usize = MIB;

/// Findings in one answer. A person reads ten; a detector in a crowd sees a hundred.
pub(crate) const FINDINGS: usize = 256;

/// Pieces of evidence for one finding.
pub(crate) const EVIDENCE: usize = 16;

/// Bytes of one message, proof or piece of evidence: a long paragraph.
pub(crate) const TEXT_BYTES: usize = 2 * KIB;

/// Bytes of a code such as `count.missing`.
pub(crate) const CODE_BYTES: usize = 64;

/// Bytes of a tool's answer, which may be a program's output or a page of search results.
pub(crate) const TOOL_TEXT_BYTES: usize = 64 * KIB;

/// Log lines kept of one call: the last ones, for a fault's report.
pub(crate) const LOG_LINES: usize = 32;

/// Bytes of one log line; the rest is cut.
pub(crate) const LOG_LINE_BYTES: usize = 512;

/// Bytes of log kept of one call.
pub(crate) const LOG_BYTES: usize = 4 * KIB;

/// Pixels of a picture that is decoded or made by scaling: 16 million, 64 MiB as RGBA. Checked
/// against the picture's header, before memory is taken for it.
pub(crate) const IMAGE_PIXELS: u64 = 16_000_000;

/// Bytes of the pictures one call may hold by cropping and scaling, beside the candidate itself.
pub(crate) const DERIVED_BYTES: usize = 64 * MIB;

/// Bytes of one answer to `rows`, `tile` or `text`: a 2048×2048 picture in one piece.
pub(crate) const VIEW_BYTES: usize = 16 * MIB;

/// Bytes of decoded pictures kept for the next assessor of the same candidate: a few dozen
/// pictures of usual size.
pub(crate) const DECODED_BYTES: usize = 64 * MIB;

/// The same as long as only one plugin looks at pictures: for one that compares a few with each other.
pub(crate) const OWN_DECODED_BYTES: usize = 8 * MIB;

/// Compiled components kept on disk; the oldest go first. Far more than anyone has plugins.
pub(crate) const CACHED_COMPONENTS: usize = 64;

/// The bounds a program may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall time of one call, from when it has its turn, what the host does for it included; at
    /// least one tick of 10 ms. Default
    /// 5 s: the slowest honest critic needs 0.2 s on an idle machine, and a machine can be 20
    /// times busier than that without losing an opinion.
    pub wall_time: Duration,
    /// Bytes of all linear memories of one call together. Default 128 MiB: a 4-megapixel picture
    /// with several working copies. Growth beyond it is refused, so a guest can deal with it.
    pub memory: usize,
}

impl Limits {
    /// These limits or the author's, whichever are tighter.
    pub(crate) fn tightened(self, asked: AskedLimits) -> Self {
        let AskedLimits { wall_ms, memory_mib } = asked;
        let wall_time = wall_ms.map_or(self.wall_time, |ms| Duration::from_millis(ms.into()));
        let memory = memory_mib.map_or(self.memory, |mib| (mib as usize).saturating_mul(MIB));
        Self { wall_time: wall_time.min(self.wall_time), memory: memory.min(self.memory) }
    }
}

/// When a plugin that keeps breaking is no longer called: a critic that traps on every picture
/// only costs time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarantine {
    /// So many broken calls …
    pub broken: u32,
    /// … among the last so many.
    pub of_the_last: u32,
}

impl Quarantine {
    /// Calls go on whatever happens.
    pub const NEVER: Self = Self { broken: u32::MAX, of_the_last: 1 };
}

impl Default for Quarantine {
    /// Five of twenty: a critic that trips over one odd picture in ten stays, a broken one goes
    /// within its first run.
    fn default() -> Self {
        Self { broken: 5, of_the_last: 20 }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { wall_time: Duration::from_secs(5), memory: 128 * MIB }
    }
}
