//! Where one call makes a whole file system durable, and may be believed when it says that it did.
//!
//! That is so on Linux since 5.8, which tells whoever holds a file open of each failure to write back,
//! and on ext4, where it was looked at. Other file systems may keep failures to themselves (overlayfs
//! leaves them with the file system below); there, every run syncs its own files.

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::{volume_of, volume_of_new};
#[cfg(target_os = "linux")]
pub(crate) use linux::{volume_of, volume_of_new};

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        collections::BTreeMap,
        fs::{self, File},
        io,
        os::unix::fs::MetadataExt,
        path::Path,
        sync::{Arc, LazyLock, Mutex, PoisonError, Weak},
    };

    use nix::{
        sys::{
            statfs::{EXT4_SUPER_MAGIC, fstatfs},
            utsname::uname,
        },
        unistd::syncfs,
    };

    use crate::{
        names,
        volume::{Commit, Volume},
    };

    /// Since which version of Linux `syncfs` tells of failures: syncfs(2), "History".
    const TELLS: (u32, u32) = (5, 8);

    static TELLS_HERE: LazyLock<bool> = LazyLock::new(|| {
        let system = uname();
        system.is_ok_and(|it| version(&it.release().to_string_lossy()).is_some_and(|v| v >= TELLS))
    });

    /// File systems with runs that are open, by their devices.
    static VOLUMES: LazyLock<Mutex<BTreeMap<u64, Weak<Volume>>>> = LazyLock::new(Mutex::default);

    /// The file system that a run is on, with its name in the folder of runs; `None` if its files are to
    /// be synced one by one. Must be asked before the run writes: failures are told of what is written
    /// after the folder was opened here.
    pub(crate) fn volume_of(run: &Path, journal: &File) -> Option<Arc<Volume>> {
        let device = fs::metadata(run).ok()?.dev();
        let others = [fs::metadata(names::runs(run)), journal.metadata()];
        let is_here = |other: &io::Result<fs::Metadata>| {
            other.as_ref().is_ok_and(|other| other.dev() == device)
        };
        // Until it is there, it will be made here.
        let artifacts = fs::metadata(names::artifacts(run));
        let are_artifacts_here = is_here(&artifacts)
            || artifacts.is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        if !others.iter().all(is_here) || !are_artifacts_here {
            return None;
        }
        volume(device, run)
    }

    /// The same for a run whose folder and journal have just been made: both are where the folder of runs
    /// is.
    pub(crate) fn volume_of_new(run: &Path, journal: &File) -> Option<Arc<Volume>> {
        volume(journal.metadata().ok()?.dev(), run)
    }

    /// The file system on a device, which this run is on.
    fn volume(device: u64, run: &Path) -> Option<Arc<Volume>> {
        let mut volumes = VOLUMES.lock().unwrap_or_else(PoisonError::into_inner);
        let known = volumes.get(&device).and_then(Weak::upgrade);
        if let Some(volume) = known.filter(|volume| !volume.is_broken()) {
            return Some(volume);
        }
        volumes.retain(|_, volume| volume.strong_count() > 0);
        let folder = File::open(run).ok()?;
        let is_ext4 = fstatfs(&folder).is_ok_and(|it| it.filesystem_type() == EXT4_SUPER_MAGIC);
        if !*TELLS_HERE || !is_ext4 {
            return None;
        }
        let volume = Volume::new(FileSystem { folder });
        volumes.insert(device, Arc::downgrade(&volume));
        Some(volume)
    }

    /// The first two numbers of a version such as `6.1.0-13-amd64`.
    fn version(release: &str) -> Option<(u32, u32)> {
        let mut numbers = release.split(|letter: char| !letter.is_ascii_digit());
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    }

    #[derive(Debug)]
    struct FileSystem {
        /// Of a run: nobody but that run makes new names in it, for which it would have to wait.
        folder: File,
    }

    impl Commit for FileSystem {
        fn commit(&self) -> io::Result<()> {
            syncfs(&self.folder)?;
            // Where a failure makes a file system read-only, as older versions of ext4 do,
            // there is nothing to commit, and `syncfs` is content with that. A sync of one file is not.
            self.folder.sync_all()
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn versions_are_read_from_what_systems_call_themselves() {
            let rows = [
                ("6.1.0-13-amd64", Some((6, 1))),
                ("5.8.0", Some((5, 8))),
                ("4.19.128-microsoft-standard", Some((4, 19))),
                ("5.10-rc1", Some((5, 10))),
                ("6", None),
                ("", None),
                ("next.1", None),
            ];
            for (release, expected) in rows {
                assert_eq!(version(release), expected, "{release}");
            }
            assert!((5, 10) > TELLS && (4, 19) < TELLS);
        }

        #[test]
        fn runs_on_one_file_system_share_it_and_what_is_elsewhere_does_not() {
            let runs = tempfile::tempdir().unwrap();
            let (one, other) = (runs.path().join("one"), runs.path().join("other"));
            let made = [&one, &other].map(|run| {
                fs::create_dir(run).unwrap();
                File::create(names::journal(run)).unwrap()
            });
            let volumes = [
                volume_of(&one, &made[0]),
                volume_of(&other, &made[1]),
                volume_of_new(&other, &made[1]),
            ];
            let same = |left: &Volume, right: &Volume| std::ptr::eq(left, right);
            if let [Some(one), Some(other), Some(new)] = &volumes {
                assert!(same(one, other) && same(one, new));
            } else {
                assert!(volumes.iter().all(Option::is_none), "{volumes:?}");
            }
            // A journal that was put on another file system is none of this one's.
            let elsewhere = File::open("/proc/self/stat").unwrap();
            assert!(volume_of(&one, &elsewhere).is_none());
            assert!(volume_of(Path::new("/proc/self"), &elsewhere).is_none());
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::{fs::File, path::Path, sync::Arc};

    use crate::volume::Volume;

    /// No file system is known to keep what it says of all its files.
    pub(crate) fn volume_of(_run: &Path, _journal: &File) -> Option<Arc<Volume>> {
        None
    }

    pub(crate) fn volume_of_new(_run: &Path, _journal: &File) -> Option<Arc<Volume>> {
        None
    }
}
