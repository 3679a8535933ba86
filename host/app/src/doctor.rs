//! Is everything in place? Every line is something really tried.

use std::{fs, path::Path, sync::Arc};

use pentimento_easel::{Easel, Preset};
use pentimento_model::{Artifact, Assessment, Brief, Seed};

use crate::{AppError, Settings, SystemClock, Workshop, recipes};

/// One thing that was tried, and what came of it.
#[derive(Clone, Debug)]
pub struct Examined {
    /// What was tried, in a word.
    pub name: &'static str,
    /// What was seen, or what is wrong.
    pub result: Result<String, Ailment>,
}

/// Something is wrong.
#[derive(Clone, Debug)]
pub struct Ailment {
    /// What.
    pub detail: String,
    /// What would help.
    pub hint: Option<String>,
}

/// The picture the examination paints and looks at.
const TRIAL: &str = "a red apple";

/// Tries everything a run needs.
pub async fn examine(settings: &Settings) -> Vec<Examined> {
    vec![
        Examined { name: "recipes", result: recipes_are_readable() },
        Examined { name: "runs", result: is_writable(&settings.runs_dir) },
        Examined { name: "cache", result: is_writable(&settings.cache_dir) },
        Examined { name: "eye", result: eye_sees(settings).await },
    ]
}

fn recipes_are_readable() -> Result<String, Ailment> {
    let recipes = recipes::all().map_err(|error| ailment(&error))?;
    Ok(format!("{} recipes can be read", recipes.len()))
}

/// Makes the folder if need be, and a file in it.
fn is_writable(folder: &Path) -> Result<String, Ailment> {
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let existed = folder.is_dir();
    let tried = fs::create_dir_all(folder)
        .and_then(|()| fs::File::create_new(&probe).map(drop))
        .and_then(|()| fs::remove_file(&probe));
    if !existed {
        // Leaves nothing behind that was not there; a folder in use stays.
        let _ = fs::remove_dir(folder);
    }
    match tried {
        Ok(()) => Ok(format!("{} can be written", folder.display())),
        Err(error) => Err(Ailment {
            detail: format!("{} cannot be written: {error}", folder.display()),
            hint: Some("choose another folder (see docs/settings.md)".to_owned()),
        }),
    }
}

/// Paints a picture and lets every bundled assessor look at it, in the sandbox.
async fn eye_sees(settings: &Settings) -> Result<String, Ailment> {
    let workshop = Workshop::open(settings, Arc::new(SystemClock));
    let workshop = workshop.map_err(|error| ailment(&error))?;
    let broken = |detail: String| Ailment { detail, hint: None };
    let made = Easel::new(Preset::Perfect).generate(TRIAL, Seed(1)).await;
    let made = made.map_err(|error| broken(error.to_string()))?;
    let picture = Artifact::new(made.media_type, made.bytes);
    let brief = Brief::from_idea(TRIAL);
    for assessor in workshop.assessors() {
        match assessor.assess(&brief, &picture, Seed(1)).await {
            Assessment::Missing { assessor, fault } => {
                return Err(broken(format!("{assessor} broke: {}", fault.message)));
            }
            Assessment::Given { assessor, opinion } => {
                let seen = |word: &str| {
                    opinion.findings().iter().any(|one| one.evidence_text("class") == Some(word))
                };
                if !seen("apple") {
                    return Err(broken(format!("{assessor} looked at {TRIAL} and saw none")));
                }
            }
        }
    }
    let names: Vec<_> = workshop.assessors().iter().map(|one| one.plugin().name.as_str()).collect();
    Ok(format!("{} saw {TRIAL}, in its sandbox", names.join(", ")))
}

fn ailment(error: &AppError) -> Ailment {
    Ailment { detail: error.to_string(), hint: error.hint() }
}
