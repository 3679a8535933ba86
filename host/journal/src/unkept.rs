//! Lines at the end of a journal whose pictures did not get to the disk.
//!
//! Lines and files may be made durable together, and the file system picks the order. If the power fails
//! meanwhile, a line may be there and the picture that it names not. Nobody has acted on such a line: what
//! leaves the program waits for both. So it is left out like a line that was not written to its end. A
//! picture that got to the disk and was lost later is damage, and told as that when it is read.

use std::path::Path;

use pentimento_model::{RunEvent, TimedEvent};

use crate::{
    FolderError, Torn,
    artifacts::Artifacts,
    durability::{When, staged},
    recover::{self, Readable},
    texts::named_by,
};

/// The same without what follows a picture that never got to the disk.
pub(crate) fn left_out(folder: &Path, journal: &[u8], readable: Readable) -> Readable {
    let Some(first) = first_unkept(folder, &readable) else { return readable };
    let lines = journal.split_inclusive(|&byte| byte == b'\n');
    let kept: usize = lines.take(first).map(<[u8]>::len).sum();
    // What was read whole once is read whole again.
    let Ok(before) = recover::read(journal.get(..kept).unwrap_or(journal)) else { return readable };
    let bytes = (journal.len() - kept) as u64;
    let torn = Torn { line: first + 1, bytes, lacks_picture: true };
    Readable { torn: Some(torn), newer: readable.newer, ..before }
}

/// The first event whose picture is not there, among those that nobody can have acted on.
fn first_unkept(folder: &Path, readable: &Readable) -> Option<usize> {
    let events = &readable.events;
    // What a newer program waits for, this one does not know; a run that is done is not gone on with.
    let is_done = |last: &TimedEvent| matches!(last.event, RunEvent::RunFinished { .. });
    if readable.newer.is_some() || events.last().is_none_or(is_done) {
        return None;
    }
    let artifacts = Artifacts::of(folder);
    let from = n_waited_for(events);
    let unkept = |event: &TimedEvent| {
        let named = named_by(&event.event).filter(|id| readable.texts.get(*id).is_none());
        named.is_some_and(|id| {
            let lost = artifacts.load(id).err();
            lost.is_some_and(|error| {
                use FolderError::{ArtifactDamaged, ArtifactMissing};
                matches!(error, ArtifactMissing { .. } | ArtifactDamaged { .. })
            })
        })
    };
    events.iter().skip(from).position(unkept).map(|at| from + at)
}

/// How many events were on the disk, with what they name, before the last one was written: another event
/// follows only when one that is waited for has got there.
fn n_waited_for(events: &[TimedEvent]) -> usize {
    let followed = events.len().saturating_sub(1);
    let before = events.get(..followed).unwrap_or_default();
    before.iter().rposition(|event| staged(&event.event) == When::Now).map_or(0, |last| last + 1)
}
