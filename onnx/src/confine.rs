//! Takes away from the process what answering does not need, for good: a graph must not become the
//! machine's end.

use std::io;

/// Bounds on memory, processor time and files; no new rights, and no life after whoever started it.
#[cfg(unix)]
pub(crate) fn confine() -> io::Result<()> {
    use rlimit::Resource;

    use crate::limits;

    let bounds = [
        (Resource::CPU, limits::CPU_SECONDS),
        (Resource::AS, limits::MEMORY),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
    ];
    for (resource, most) in bounds.into_iter().filter(|(resource, _)| resource.is_supported()) {
        let (_, allowed) = resource.get()?;
        let bound = most.min(allowed);
        resource.set(bound, bound)?;
    }
    #[cfg(target_os = "linux")]
    {
        use nix::sys::{prctl, signal::Signal};
        prctl::set_no_new_privs()?;
        prctl::set_pdeathsig(Signal::SIGKILL)?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn confine() -> io::Result<()> {
    Ok(())
}
