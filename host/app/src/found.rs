//! In which state folders were found that were gone on with, told once all is done.

use std::collections::BTreeMap;

use pentimento_journal::RunFolder;

/// Runs of one dead writer that are told one by one, and other sentences that are told in all.
const MOST_TOLD: usize = 20;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The runs in whose middle somebody ended.
    left: BTreeMap<String, Vec<String>>,
    /// What else there is to say, a sentence each.
    others: Vec<String>,
}

impl Found {
    /// Remembers what a folder's last writer left behind, if that ended in the middle.
    pub(crate) fn take_in(&mut self, folder: &RunFolder) {
        let run = folder.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(torn) = folder.torn() {
            self.others.push(format!("`{run}`: {torn}"));
        }
        let lost = folder.n_unexplained();
        if lost > 0 {
            let artifacts = if lost == 1 { "artifact" } else { "artifacts" };
            self.others.push(format!(
                "`{run}`: its journal does not name {lost} {artifacts} that it made; what is made in \
                 their place may be paid twice"
            ));
        }
        if let Some(owner) = folder.stale_owner() {
            self.left.entry(owner.to_string()).or_default().push(run);
        }
    }

    /// All of it, in sentences.
    pub(crate) fn notices(&self) -> Vec<String> {
        let mut told = Vec::new();
        for (owner, runs) in &self.left {
            if runs.len() > MOST_TOLD {
                told.push(format!(
                    "{owner} ended in the middle of {} runs; the locks it left were taken over",
                    runs.len()
                ));
                continue;
            }
            told.extend(runs.iter().map(|run| {
                format!("{owner} ended in the middle of `{run}`; the lock it left was taken over")
            }));
        }
        let shown = self.others.len().min(MOST_TOLD);
        told.extend(self.others.iter().take(shown).cloned());
        if self.others.len() > shown {
            told.push(format!("and so in {} more runs", self.others.len() - shown));
        }
        told
    }
}
