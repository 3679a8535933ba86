//! Every plugin of ours, built, in the sandbox, on its golden cases.
//!
//! What a case is and how it is compared is told in `trial`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on panics")]

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use pentimento_app::{
    Bundled,
    trial::{self, CASES},
    workbench::{Project, load_on_trial},
};
use pentimento_forge::Guests;
use pentimento_model::Grant;
use pentimento_sandbox::{Limits, LoadedPlugin, Roster, Sandbox, SandboxSettings};

/// Cases a plugin of ours has at least: some it must find, some it must not, some it cannot use.
const FEWEST_CASES: usize = 6;

/// It calls plugins that are built by other means.
const NEEDS_LANGUAGES: &str = "verify-unit-tests";

/// It needs a C compiler for WebAssembly.
const NEEDS_CLANG: &str = "tool-javascript";

fn plugins() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins")
}

/// The plugins that have cases, by name. Those that are no crates are tried by
/// `scripts/test-languages`.
fn with_cases() -> Vec<Project> {
    let folders = fs::read_dir(plugins()).unwrap().map(|entry| entry.unwrap().path());
    let is_tried =
        |folder: &PathBuf| folder.join(CASES).is_dir() && folder.join("Cargo.toml").is_file();
    let mut folders: Vec<_> = folders.filter(is_tried).collect();
    folders.sort();
    folders.iter().map(|folder| Project::open(folder).unwrap()).collect()
}

/// Tries the cases of one plugin whose names are asked for, and returns what does not hold.
async fn broken_cases(
    plugin: &LoadedPlugin,
    project: &Project,
    is_asked: impl Fn(&str) -> bool,
) -> String {
    let name = &project.manifest().name;
    let cases = trial::cases_in(&project.folder().join(CASES), project.manifest().role);
    let mut cases = cases.unwrap_or_else(|error| panic!("{name}: {error}: {:?}", error.hint()));
    cases.retain(|case| is_asked(case.name()));
    let mut broken = String::new();
    if cases.len() < FEWEST_CASES {
        let _ = writeln!(broken, "{name} has {} cases; {FEWEST_CASES} are needed", cases.len());
    }
    for case in &cases {
        let tried = trial::attempt(plugin, case).await.unwrap();
        for mismatch in &tried.mismatches {
            let _ = writeln!(broken, "{name}/{}: {mismatch}", tried.name);
        }
        if !tried.holds() {
            let _ = writeln!(broken, "    it said: {}", tried.came.join("\n    "));
        }
    }
    broken
}

#[tokio::test]
async fn every_golden_case_holds() {
    let mut projects = with_cases();
    projects.retain(|project| {
        ![NEEDS_LANGUAGES, NEEDS_CLANG].contains(&project.manifest().name.as_str())
    });
    let names: Vec<_> = projects.iter().map(|one| one.manifest().name.as_str()).collect();
    for bundled in Bundled::ALL {
        assert!(names.contains(&bundled.name), "{} has no cases", bundled.name);
    }
    let components = built(&names);
    let sandbox = patient();
    let mut broken = String::new();
    for (project, component) in projects.iter().zip(components) {
        let plugin = load_on_trial(&sandbox, project.manifest_text(), &component).unwrap();
        broken += &broken_cases(&plugin, project, |_| true).await;
    }
    assert!(broken.is_empty(), "{broken}");
}

/// The components of these plugins.
fn built(names: &[&str]) -> Vec<Vec<u8>> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("guests");
    let components = Guests::new(plugins(), target).build(names);
    let components = components.unwrap_or_else(|error| panic!("{error}\nhint: {}", error.hint()));
    components.iter().map(|component| fs::read(component).unwrap()).collect()
}

fn patient() -> Sandbox {
    // A minute, so that a busy machine does not look like a slow plugin.
    let limits = Limits { wall_time: std::time::Duration::from_mins(1), ..Limits::default() };
    let cache_dir = Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache/components"));
    let settings = SandboxSettings { limits, cache_dir, ..SandboxSettings::default() };
    Sandbox::new(settings).unwrap()
}

/// Tries the verifier of programs with one language's tool, on the cases of that language.
async fn tests_are_run_in(tool: &str, is_asked: impl Fn(&str) -> bool) {
    let sandbox = patient();
    let tool = Project::open(&plugins().join(tool)).unwrap();
    let component = fs::read(tool.component_path()).unwrap();
    let tool = sandbox.load(tool.manifest_text(), &component, &Grant::default()).unwrap();
    let project = Project::open(&plugins().join(NEEDS_LANGUAGES)).unwrap();
    let component = built(&[NEEDS_LANGUAGES]).remove(0);
    let plugin = load_on_trial(&sandbox, project.manifest_text(), &component).unwrap();
    let broken = broken_cases(&plugin.among(&Roster::of([tool])), &project, is_asked).await;
    assert!(broken.is_empty(), "{broken}");
}

/// How the names of cases in JavaScript begin.
const IN_JAVASCRIPT: &str = "javascript-";

#[tokio::test]
#[ignore = "run by scripts/test-languages, which builds the tool"]
async fn python_tests_are_run_in_their_tool() {
    tests_are_run_in("tool-python", |name| !name.starts_with(IN_JAVASCRIPT)).await;
}

#[tokio::test]
#[ignore = "run by scripts/test-languages, which builds the tool"]
async fn javascript_tests_are_run_in_their_tool() {
    tests_are_run_in("tool-javascript", |name| name.starts_with(IN_JAVASCRIPT)).await;
}

/// A case that the courier's idea makes, and what must come of it.
fn case_of(folder: &Path, idea: &str, code: &str) -> trial::Case {
    let path = folder.join("case.toml");
    let text =
        format!("about = 'an errand'\nidea = '{idea}'\ntext = 'x'\n[expect]\nfails = '{code}'\n");
    fs::write(&path, text).unwrap();
    trial::Case::read(&path, pentimento_app::workbench::Role::Verifier).unwrap()
}

#[tokio::test]
async fn on_trial_only_bundled_plugins_are_there() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("guests");
    let component = Guests::new(plugins(), target).build(&["courier"]).unwrap().remove(0);
    let component = fs::read(component).unwrap();
    let manifest = fs::read_to_string(plugins().join("courier/plugin.toml")).unwrap();
    let asked = "plugins = [\"echo\", \"hostile\", \"witness\"]";
    let asking = "plugins = [\"courier\", \"critic-layout\", \"echo\", \"tool-calculator\"]";
    assert!(manifest.contains(asked));
    let manifest = manifest.replace(asked, asking);
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    let plugin = load_on_trial(&sandbox, &manifest, &component).unwrap();
    assert_eq!(plugin.missing_partners().collect::<Vec<_>>(), ["echo"]);
    let folder = tempfile::tempdir().unwrap();
    for (idea, code) in [
        ("ask echo say x", "unavailable"),
        // It may not call itself, whatever it asks for.
        ("ask courier say x", "too-deep"),
        // Bundled and of another role.
        ("ask tool-calculator x", "bad-argument"),
        // Bundled, and not asked for.
        ("critic critic-detector x", "not-wanted"),
        // There, and at work: it knows no such argument.
        ("tool tool-calculator 0", "callee-failed"),
        ("model eye 1 1 0 x", "refused"),
    ] {
        let tried = trial::attempt(&plugin, &case_of(folder.path(), idea, code)).await.unwrap();
        assert!(tried.holds(), "{idea}: {:?} {:?}", tried.mismatches, tried.came);
    }
    // The one that is called has its own helper, the eye, which this plugin did not ask for.
    let picture = plugins().join("critic-layout/cases/dog-left-cat-right.jpg");
    fs::copy(picture, folder.path().join("picture.jpg")).unwrap();
    let text = "about = 'an errand'\nidea = 'critic critic-layout a dog on the left'\n\
                candidate = 'picture.jpg'\n[expect]\noutcome = 'pass'\n";
    let path = folder.path().join("helped.toml");
    fs::write(&path, text).unwrap();
    let case = trial::Case::read(&path, pentimento_app::workbench::Role::Verifier).unwrap();
    let tried = trial::attempt(&plugin, &case).await.unwrap();
    assert!(tried.holds() && tried.came[0].contains("Some(1.0)"), "{:?}", tried.came);
}
