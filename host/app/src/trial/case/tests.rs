use super::*;

/// Reads a case that lies beside a one-pixel picture and a text.
fn read_case(text: &str, role: Role) -> Result<Case, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dot.png"), b"any bytes").unwrap();
    fs::write(folder.path().join("words.txt"), "words").unwrap();
    let path = folder.path().join("one.toml");
    fs::write(&path, text).unwrap();
    Case::read(&path, role).map_err(|error| {
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            message = format!("{message}: {error}");
            cause = error.source();
        }
        message.replace(&folder.path().display().to_string(), "[HERE]")
    })
}

#[test]
fn a_case_is_read_with_everything_it_gives() {
    let case = read_case(
        "about = 'a'\nidea = 'a cup'\ncandidate = 'dot.png'\n[settings]\nk = 'v'\n[expect]\n\
         score = [0.0, 0.5]\n[[expect.findings]]\ncode = 'object'\nseverity = 'note'\ntimes = 2\n\
         place = [0.1, 0.1, 0.5, 0.5]\n",
        Role::Critic,
    )
    .unwrap();
    assert_eq!((case.name(), case.about()), ("one", "a"));
    assert_eq!(case.settings()["k"], "v");
    let given = case.task().candidate.as_ref().unwrap();
    assert_eq!((given.media_type, &*given.bytes), (MediaType::Png, &b"any bytes"[..]));
    let tool = read_case(
        "about = 'a'\ninputs = ['words.txt', 'dot.png']\n[arguments]\nb = '2'\na = '1'\n[expect]\n\
         answer = 'x'\n",
        Role::Tool,
    );
    let task = tool.unwrap().task().clone();
    assert_eq!(task.inputs.len(), 2);
    let names: Vec<_> = task.arguments.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a", "b"], "arguments come in the order of their names");
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let critic = "about = 'a'\ncandidate = 'dot.png'\n[expect]\n";
    let table = [
        (String::new(), Role::Critic, "missing field `about`"),
        ("about = 'a'\nabuot = 1\n[expect]\n".to_owned(), Role::Critic, "unknown field `abuot`"),
        (format!("{critic}nonsense = 1"), Role::Critic, "unknown field `nonsense`"),
        (critic.to_owned(), Role::Critic, "`[expect]` expects nothing"),
        (
            format!("{critic}outcome = 'pass'"),
            Role::Critic,
            "a critic gives nothing that is `outcome`",
        ),
        (format!("{critic}outcome = 'good'"), Role::Verifier, "one of pass, fail, unknown"),
        (format!("{critic}score = [0.9, 0.1]"), Role::Critic, "the lower one first"),
        (format!("{critic}fails = 'x'\nabstains = true"), Role::Critic, "says nothing else"),
        (
            format!("{critic}[[expect.findings]]\ncode = 'a'\nplace = [0.5, 0.5, 0.6, 0.1]"),
            Role::Critic,
            "is not [x, y, width, height] within 0 to 1",
        ),
        (format!("{critic}[[expect.findings]]\ncode = 'a'\ntimes = 0"), Role::Critic, "`without`"),
        (
            format!("{critic}[[expect.findings]]\ncode = 'a'\nseverity = 'bad'"),
            Role::Critic,
            "one of note, minor, major, blocking",
        ),
        (critic.replace("candidate = 'dot.png'\n", ""), Role::Critic, "needs a `candidate`"),
        (critic.replace("[expect]", "text = 'x'\n[expect]"), Role::Critic, "one is enough"),
        (
            critic.replace("[expect]", "inputs = []\n[arguments]\na = '1'\n[expect]"),
            Role::Critic,
            "are for tools",
        ),
        (critic.to_owned(), Role::Tool, "a tool has no candidate"),
        (
            critic.replace("dot.png", "../dot.png") + "abstains = true",
            Role::Critic,
            "does not lie beside the case",
        ),
        (
            critic.replace("dot.png", "/etc/passwd") + "abstains = true",
            Role::Critic,
            "does not lie beside the case",
        ),
        (
            critic.replace("dot.png", "dot.gif") + "abstains = true",
            Role::Critic,
            "must end in one of png, jpg",
        ),
        (critic.replace("dot.png", "none.png") + "abstains = true", Role::Critic, "none.png"),
        (critic.replace("'a'", "' '"), Role::Critic, "`about` must say"),
    ];
    for (text, role, words) in table {
        let said = read_case(&text, role).unwrap_err();
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn cases_come_by_name_and_none_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let said = cases_in(folder.path(), Role::Critic).unwrap_err().to_string();
    assert!(said.contains("there are no cases"), "{said}");
    assert!(cases_in(&folder.path().join("nowhere"), Role::Critic).is_err());
    for name in ["b.toml", "a.toml", "c.md"] {
        let text = "about = 'a'\ntext = ''\n[expect]\nabstains = true\n";
        fs::write(folder.path().join(name), text).unwrap();
    }
    let cases = cases_in(folder.path(), Role::Critic).unwrap();
    assert_eq!(cases.iter().map(Case::name).collect::<Vec<_>>(), ["a", "b"]);
}
