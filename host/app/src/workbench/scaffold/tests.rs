use pentimento_manifest::Manifest;

use super::*;

const ROLES: [Role; 3] = [Role::Critic, Role::Verifier, Role::Tool];

fn every_scaffold() -> impl Iterator<Item = Scaffold> {
    let pairs = Language::ALL.into_iter().flat_map(|one| ROLES.map(|role| (one, role)));
    pairs.map(|(language, role)| Scaffold::new("first-try", language, role).unwrap())
}

#[test]
fn every_language_and_role_has_a_whole_project() {
    for scaffold in every_scaffold() {
        let files = scaffold.files();
        let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
        let manifest = Manifest::parse(&text("plugin.toml")).unwrap();
        assert_eq!((manifest.name.as_str(), manifest.role), ("first-try", scaffold.role));
        let source = needs_of(scaffold.language)[1].1;
        for file in ["README.md", ".gitignore", source] {
            assert!(files.contains_key(file), "{scaffold:?} lacks {file}");
        }
        let ends =
            |path: &str, ending| Path::new(path).extension().is_some_and(|end| end == ending);
        let cases = files.keys().filter(|path| path.starts_with("cases/") && ends(path, "toml"));
        assert!(cases.count() >= 2, "{scaffold:?}");
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("{{name}}") && !ends(path, "in"), "{scaffold:?} {path}");
        }
        assert!(!text("README.md").contains("{{"), "{scaffold:?}");
    }
}

#[test]
fn the_copied_sdk_finds_its_own_wit_and_the_same_bindgen() {
    let files = Scaffold::new("first-try", Language::Rust, Role::Critic).unwrap().files();
    let bindings = String::from_utf8(files["sdk/src/bindings.rs"].clone()).unwrap();
    assert!(bindings.contains("path: \"wit\"") && !bindings.contains("../"), "{bindings}");
    assert!(files.contains_key("sdk/wit/worlds.wit"));
    let ours = include_str!("../../../../../plugins/Cargo.toml");
    let copied = String::from_utf8(files["sdk/Cargo.toml"].clone()).unwrap();
    let wanted = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("wit-bindgen")).unwrap().to_owned();
        line.replace("\"=", "\"")
    };
    assert_eq!(wanted(&copied), wanted(ours));
}

#[test]
fn names_that_no_folder_package_or_code_can_have_are_refused() {
    let long = "a".repeat(41);
    let rows = [
        ("", "it must begin with a letter from a to z"),
        ("9lives", "it must begin with a letter from a to z"),
        ("../up", "it must begin with a letter from a to z"),
        ("Critic", "it must begin with a letter from a to z"),
        ("my_critic", "it may have a-z, 0-9 and - only"),
        ("über", "it must begin with a letter from a to z"),
        ("a/b", "it may have a-z, 0-9 and - only"),
        (&long, "it has more than 40 letters"),
        ("critic-", "each - must stand between letters or digits"),
        ("a--b", "each - must stand between letters or digits"),
        ("critic-detector", "a bundled plugin has this name"),
        ("pentimento-sdk", "the program needs this name itself"),
    ];
    for (name, problem) in rows {
        assert_eq!(problem_of(name), Some(problem), "{name}");
    }
    assert_eq!(problem_of("critic-2"), None);
}

#[test]
fn a_project_is_made_whole_and_never_over_something() {
    let place = tempfile::tempdir().unwrap();
    let scaffold = Scaffold::new("first-try", Language::Python, Role::Tool).unwrap();
    let folder = place.path().join("deep/er/first-try");
    scaffold.write(&folder).unwrap();
    assert!(folder.join("src/plugin.py").is_file());
    fs::remove_file(folder.join("README.md")).unwrap();
    let again = scaffold.write(&folder).unwrap_err();
    assert!(matches!(again, WorkbenchError::Exists { .. }), "{again}");
    assert!(!folder.join("README.md").exists());
    let left: Vec<_> = fs::read_dir(folder.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
}
