//! The compiling process: takes its powers away, reads a component, hands over compiled code.
//!
//! It is started with no environment and is trusted with nothing else: it can write no file and
//! gain no rights. Wall time is left to the process that started it.

use std::io::{self, Read, Write};

use super::CompileError;
use crate::{Allocation, engine, error, limits};

/// The word by which a program is asked to compile: `PROGRAM compile-component ALLOCATION`, the
/// component on standard input, the answer on standard output.
pub const COMPILE_COMMAND: &str = "compile-component";

/// In front of compiled code.
const CODE: &[u8] = b"code\n";

/// In front of the reason why there is none.
const REFUSED: &[u8] = b"refused\n";

/// What a program does when it is asked to compile. `allocation` is the word that came with
/// [`COMPILE_COMMAND`]; an error means that nobody will read the answer.
pub fn compile_for_parent(
    allocation: &str,
    input: impl Read,
    mut output: impl Write,
) -> io::Result<()> {
    confine()?;
    let unknown = || io::Error::new(io::ErrorKind::InvalidInput, "no such kind of allocation");
    let allocation = Allocation::from_word(allocation).ok_or_else(unknown)?;
    let mut component = Vec::new();
    input.take(limits::COMPONENT_BYTES as u64 + 1).read_to_end(&mut component)?;
    let (mark, answer) = match compiled(allocation, &component) {
        Ok(code) => (CODE, code),
        Err(why) => (REFUSED, error::words_of(&why).into_bytes()),
    };
    output.write_all(mark)?;
    output.write_all(&answer)?;
    output.flush()
}

fn compiled(allocation: Allocation, component: &[u8]) -> wasmtime::Result<Vec<u8>> {
    engine::for_compiling(allocation)?.precompile_component(component)
}

/// The answer of such a process, told apart.
pub(super) fn understand(mut answer: Vec<u8>) -> Result<Vec<u8>, CompileError> {
    if answer.starts_with(CODE) {
        answer.drain(..CODE.len());
        return Ok(answer);
    }
    let why = answer.strip_prefix(REFUSED).ok_or(CompileError::Garbage)?;
    let text = String::from_utf8_lossy(why.get(..limits::TEXT_BYTES).unwrap_or(why));
    Err(CompileError::Refused(pentimento_model::clean(&text)))
}

/// Takes away what compiling does not need, for good: a bug in the compiler must not become a
/// stranger's foothold, nor a bomb the machine's end.
#[cfg(unix)]
fn confine() -> io::Result<()> {
    use rlimit::Resource;

    let bounds = [
        (Resource::CPU, limits::COMPILE_CPU.as_secs()),
        (Resource::AS, limits::COMPILE_MEMORY),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
    ];
    for (resource, most) in bounds.into_iter().filter(|(resource, _)| resource.is_supported()) {
        let (_, allowed) = resource.get()?;
        let bound = most.min(allowed);
        resource.set(bound, bound)?;
    }
    gain_no_rights()
}

#[cfg(not(unix))]
fn confine() -> io::Result<()> {
    Ok(())
}

/// No program started from here could have more rights than this one.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "a setting of the process")]
fn gain_no_rights() -> io::Result<()> {
    // SAFETY: this call takes numbers and changes nothing in memory.
    let done = unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn gain_no_rights() -> io::Result<()> {
    Ok(())
}
