use pentimento_model::Ability;

use super::*;

fn parse(text: &str) -> UserOptions {
    toml::from_str(text).unwrap()
}

/// Settles a project's file and a user's, with these variables set.
fn settle(project: &str, user: &str, set: &[(&str, &str)]) -> Result<Providers, AppError> {
    let environment =
        |name: &str| set.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned());
    Providers::settle(&parse(project), &parse(user), &environment)
}

#[track_caller]
fn refused(project: &str, user: &str, words: &str) {
    let error = settle(project, user, &[]).unwrap_err();
    assert!(error.to_string().contains(words), "{error}");
    assert!(error.hint().is_some());
}

#[test]
fn everyone_has_the_usual_providers() {
    let providers = settle("", "", &[]).unwrap();
    let shown: Vec<_> = providers
        .known()
        .map(|one| (one.name.as_str(), one.reach.to_string(), one.key_env.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            ("anthropic", "https://api.anthropic.com".to_owned(), Some("ANTHROPIC_API_KEY")),
            ("comfyui", "http://127.0.0.1:8188".to_owned(), None),
            ("ollama", "http://127.0.0.1:11434".to_owned(), None),
            ("openai", "https://api.openai.com/v1".to_owned(), Some("OPENAI_API_KEY")),
            ("sdwebui", "http://127.0.0.1:7860".to_owned(), None),
        ]
    );
}

#[test]
fn the_environment_moves_a_maker_with_its_key() {
    let set = [("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")];
    let providers = settle("", "", &set).unwrap();
    let openai = providers.find("openai").unwrap();
    assert_eq!(openai.reach.to_string(), "http://127.0.0.1:9/v1");
    assert_eq!(openai.key_env.as_deref(), Some("OPENAI_API_KEY"));
    let error = settle("", "", &[("OPENAI_BASE_URL", "nonsense")]).unwrap_err();
    assert!(error.to_string().contains("OPENAI_BASE_URL"), "{error}");
}

#[test]
fn a_key_does_not_go_to_another_server_by_itself() {
    for url in ["http://127.0.0.1:8080/v1", "https://api.openai.com.evil.example/v1"] {
        let user = format!("providers.mine = {{ kind = \"openai\", url = \"{url}\" }}");
        let providers = settle("", &user, &[]).unwrap();
        assert_eq!(providers.find("mine").unwrap().key_env, None, "{url}");
    }
    // A key that the environment sends elsewhere is no longer the maker's.
    let set = [("OPENAI_BASE_URL", "https://mine.example/v1")];
    let user = r#"providers.maker = { kind = "openai", url = "https://api.openai.com/v1" }"#;
    assert_eq!(settle("", user, &set).unwrap().find("maker").unwrap().key_env, None);
}

#[test]
fn a_project_cannot_send_a_key_where_it_does_not_belong() {
    let provider = |url: &str, key: &str| {
        format!("providers.x = {{ kind = \"openai\", url = \"{url}\", key-env = \"{key}\" }}")
    };
    for (url, key) in [
        ("http://127.0.0.1:8080/v1", "OPENAI_API_KEY"),
        ("http://127.0.0.1:8080/v1", "AWS_SECRET_ACCESS_KEY"),
        ("https://api.openai.com/v1", "ANTHROPIC_API_KEY"),
        ("https://api.openai.com:444/v1", "OPENAI_API_KEY"),
        ("https://evil.example/v1", "OPENAI_API_KEY"),
        ("http://api.openai.com/v1", "OPENAI_API_KEY"),
    ] {
        let project = provider(url, key);
        let error = settle(&project, "", &[]).unwrap_err().to_string();
        assert!(error.contains("would have"), "{url}: {error}");
        // The user's own word is enough, for this pair alone.
        assert!(settle("", &project, &[]).is_ok(), "{url}");
        let user = project.replace("providers.x", "providers.own");
        assert!(settle(&project, &user, &[]).is_ok(), "{url}");
    }
    let project = provider("https://api.openai.com/v1", "OPENAI_API_KEY");
    assert!(settle(&project, "", &[]).is_ok());
}

#[test]
fn a_project_cannot_take_over_a_name_or_the_way_to_it() {
    let project = r#"providers.openai = { url = "http://127.0.0.1:1/v1" }"#;
    let user = r#"providers.openai = { url = "https://mine.example/v1", key-env = "MY_KEY" }"#;
    let providers = settle(project, user, &[]).unwrap();
    assert_eq!(providers.find("openai").unwrap().reach.to_string(), "https://mine.example/v1");
    // A name that only the environment moved does not carry its key along either.
    let providers = settle(project, "", &[]).unwrap();
    assert_eq!(providers.find("openai").unwrap().key_env, None);
    refused(r#"providers.openai = { proxy = "http://127.0.0.1:1" }"#, "", "`proxy`");
    refused(r#"providers.openai = { ca-file = "ca.pem" }"#, "", "`ca-file`");
}

#[test]
fn a_project_cannot_send_pictures_to_a_stranger() {
    let project = r#"providers.x = { kind = "sdwebui", url = "https://evil.example" }"#;
    refused(project, "", "https://evil.example");
    let lan = r#"providers.x = { kind = "ollama", url = "http://10.0.0.7:11434" }"#;
    refused(lan, "", "http://10.0.0.7:11434");
    let user = lan.replace("providers.x", "providers.desk");
    assert!(settle(lan, &user, &[]).is_ok());
}

#[test]
fn what_cannot_be_is_said_with_its_place() {
    for (file, words) in [
        ("providers.x = {}", "no `kind`"),
        (r#"providers.x = { kind = "oracle" }"#, "`oracle`"),
        (r#"providers."X y" = { kind = "openai" }"#, "no name for a provider"),
        (r#"providers.x = { kind = "openai", url = "nonsense" }"#, "`url` of provider `x`"),
        ("providers.openai = { attempts = 0 }", "`attempts` of provider `openai` is 0"),
        ("providers.openai = { attempts = 21 }", "`attempts` of provider `openai` is 21"),
        ("providers.openai = { deadline = 100000 }", "`deadline`"),
        ("providers.openai = { answer-tokens = 131073 }", "`answer-tokens` of provider `openai`"),
        (r#"providers.openai = { reasoning-effort = "lots" }"#, "`openai` is `lots`"),
        (r#"providers.ollama = { reasoning-effort = "low" }"#, "means nothing to `ollama`"),
        ("providers.sdwebui = { send-seed = true }", "`send-seed` of provider `sdwebui`"),
        (r#"roles.dancer = "openai/m""#, "no role `dancer`"),
        (r#"roles.writer = "m""#, "names no provider and model"),
        (r#"roles.writer = "openai/""#, "names no provider and model"),
        (r#"roles.writer = "nobody/m""#, "no such provider"),
        (r#"roles.painter = "anthropic/m""#, "cannot play the role `painter`"),
        (r#"roles.writer = "sdwebui/m""#, "cannot play the role `writer`"),
    ] {
        refused(file, "", words);
        refused("", file, words);
    }
    assert!(toml::from_str::<UserOptions>("providers.x = { keyenv = \"A\" }").is_err());
}

#[test]
fn a_model_may_have_slashes_and_a_project_binds_roles_before_the_user() {
    let user = "roles = { writer = \"openai/a\", seer = \"openai/b\" }";
    let project = r#"roles.writer = "ollama/library/llava:7b""#;
    let providers = settle(project, user, &[]).unwrap();
    let bound = |role| providers.binding(role).unwrap().to_string();
    assert_eq!(bound(ModelRole::Writer), "ollama/library/llava:7b");
    assert_eq!(bound(ModelRole::Seer), "openai/b");
    assert!(providers.binding(ModelRole::Painter).is_err());
}

#[test]
fn a_seed_is_sent_only_where_settings_say_so() {
    let user = "providers.mine = { kind = \"openai\", send-seed = true }";
    let providers = settle("", user, &[]).unwrap();
    let sends = |name: &str| providers.find(name).unwrap().sends_seed;
    assert_eq!((sends("mine"), sends("openai")), (true, false));
    let seeded = |name: &str| providers.find(name).unwrap().abilities.has(Ability::Seeded);
    assert_eq!(
        (seeded("mine"), seeded("openai")),
        (true, false),
        "the same seed, the same picture"
    );
}

#[test]
fn the_easel_is_bound_by_its_own_word() {
    let mine = "roles.painter = \"openai/p\"";
    let easel = "roles.painter = \"embedded\"";
    for (project, user, bound) in
        [("", easel, None), (easel, mine, None), (mine, easel, Some("openai/p"))]
    {
        let providers = settle(project, user, &[]).unwrap();
        let painter = providers.binding(ModelRole::Painter).ok().map(ToString::to_string);
        assert_eq!(painter.as_deref(), bound, "{project}, {user}");
    }
    refused("roles.painter = \"embedded/perfect\"", "", "cannot play the role `painter`");
}

#[test]
fn what_models_may_write_and_think_is_taken_over() {
    let user = "providers.openai = { answer-tokens = 131072, reasoning-effort = \"low\" }\n\
                providers.anthropic = { longest-wait = 600 }";
    let providers = settle("", user, &[]).unwrap();
    let openai = providers.find("openai").unwrap();
    assert_eq!(openai.manner.answer_tokens.map(u32::from), Some(131_072));
    assert_eq!(openai.effort, Some(pentimento_provider::Effort::Low));
    let wait = providers.find("anthropic").unwrap().limits.retry_after;
    assert_eq!(wait, std::time::Duration::from_mins(10));
    // Results from before are found by the keys they had; others by another one.
    let lasting = |user: &str| settle("", user, &[]).unwrap().lasting("openai").unwrap();
    assert_ne!(lasting(user), lasting(""));
    assert_eq!(lasting("providers.openai = { answer-tokens = 9 }"), lasting(""));
}

#[test]
fn limits_are_taken_over() {
    let user = "providers.openai = { deadline = 7, calls-at-once = 3, calls-per-minute = 60 }";
    let providers = settle("", user, &[]).unwrap();
    let limits = &providers.find("openai").unwrap().limits;
    assert_eq!(limits.deadline, std::time::Duration::from_secs(7));
    assert_eq!((limits.in_flight, limits.per_minute.map(u32::from)), (3, Some(60)));
}

const PROGRAM: &str =
    r#"providers.mine = { kind = "command", command = ["/bin/sh"], can = ["chat"] }"#;

#[test]
fn a_program_is_the_users_own_word_and_does_what_the_user_says() {
    let roles = "\n[roles]\nwriter = \"mine/m\"\n";
    let providers = settle("", &format!("{PROGRAM}{roles}"), &[]).unwrap();
    let mine = providers.find("mine").unwrap();
    assert_eq!((mine.reach.to_string().as_str(), mine.reach.is_at_home()), ("/bin/sh", true));
    assert_eq!((mine.limits.in_flight, mine.likelihoods), (1, false));
    // A project may choose among what is there.
    assert!(settle(roles, PROGRAM, &[]).is_ok());
    refused("roles.seer = \"mine/m\"", PROGRAM, "cannot play the role `seer`");
    assert!(providers.find("command").is_err(), "no program is anybody's by itself");
}

#[test]
fn a_project_runs_no_program() {
    for project in [
        PROGRAM,
        r#"providers.command = { command = ["/bin/sh"], can = ["chat"] }"#,
        r#"providers.openai = { kind = "command", command = ["/bin/sh"], can = ["chat"] }"#,
        r#"providers.openai = { command = ["/bin/sh"] }"#,
        r#"providers.x = { kind = "openai", environment = ["HOME"] }"#,
        r#"providers.x = { kind = "command" }"#,
    ] {
        refused(project, "", "would have a program run on this machine");
        // Not even one that the user has under another name.
        let user = PROGRAM.replace("mine", "own");
        refused(project, &user, "would have a program run on this machine");
    }
    // The user's own word counts for the name that it is of.
    let project = PROGRAM.replace("/bin/sh", "/bin/rm");
    let providers = settle(&project, PROGRAM, &[]).unwrap();
    assert_eq!(providers.find("mine").unwrap().reach.to_string(), "/bin/sh");
}

#[test]
fn what_is_no_program_is_said_with_its_place() {
    let with = |rest: &str| format!("providers.x = {{ kind = \"command\", {rest} }}");
    for (rest, words) in [
        (r#"can = ["chat"]"#, "has no `command`"),
        (r#"command = [], can = ["chat"]"#, "names no program"),
        (r#"command = ["m.py"], can = ["chat"]"#, "not the whole path"),
        (r#"command = ["/bin/sh"]"#, "does not say what it `can`"),
        (r#"command = ["/bin/sh"], can = ["fly"]"#, "`fly`, which no program can"),
        (
            r#"command = ["/bin/sh"], can = ["embed-images"]"#,
            "`embed-images`, which no program can",
        ),
        (r#"command = ["/bin/sh"], can = ["chat"], url = "http://a""#, "`url` of provider `x`"),
        (r#"command = ["/bin/sh"], can = ["chat"], proxy = "http://a""#, "`proxy`"),
        (r#"command = ["/bin/sh"], can = ["chat"], environment = ["A=b"]"#, "`A=b`"),
        (r#"command = ["/bin/sh"], can = ["chat"], key-env = "1A""#, "`key-env` of provider"),
    ] {
        refused("", &with(rest), words);
    }
    for rest in [r#"command = ["/bin/sh"]"#, "environment = []", r#"can = ["chat"]"#] {
        let user = format!("providers.x = {{ kind = \"openai\", {rest} }}");
        refused("", &user, "means nothing to a `openai` server");
    }
}

#[test]
fn a_provider_is_set_up_once_for_all_who_use_it() {
    let providers = settle("", PROGRAM, &[]).unwrap();
    let made = std::cell::Cell::new(0);
    let set_up = || {
        made.set(made.get() + 1);
        providers.clone().set_up("mine", None)
    };
    for _ in 0..3 {
        providers.clone().opened.get("mine", set_up).unwrap();
    }
    assert_eq!(made.get(), 1);
    assert!(providers.open("nobody").is_err() && providers.open("nobody").is_err());
}

#[test]
fn workflows_are_the_users_own_files_or_those_that_come_along() {
    let providers = settle("", "", &[]).unwrap();
    let abilities =
        |providers: &Providers| providers.find("comfyui").unwrap().abilities.to_string();
    assert_eq!(abilities(&providers), "generate, edit, inpaint, seeded");
    assert!(providers.open("comfyui").is_ok(), "those that come along can be read");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("flow.json");
    let user = format!("providers.comfyui = {{ workflow = {:?} }}", file.to_str().unwrap());
    let providers = settle("", &user, &[]).unwrap();
    assert_eq!(abilities(&providers), "generate, seeded", "what has no workflow cannot be done");
    for (text, words) in [
        (None, "flow.json"),
        (Some("{"), "is no workflow: it is no JSON: EOF"),
        (Some(r#"{"1":{"class_type":"C","inputs":{}}}"#), "`{{prompt}}` stands nowhere"),
    ] {
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        let error = providers.open("comfyui").unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let flow = r#"{"1":{"class_type":"C","inputs":{"text":"{{prompt}}"}}}"#;
    fs::write(&file, flow).unwrap();
    assert!(providers.open("comfyui").is_ok());
    refused(&user, "", "the project would have a workflow run");
    refused("", "providers.comfyui = { edit-workflow = \"a\" }", "none that paints");
    refused("", "providers.sdwebui = { workflow = \"a\" }", "means nothing to `sdwebui`");
}

const LOCAL: &str =
    r#"providers.onnx.models.coco = { family = "centernet", file = "/m/centernet.onnx" }"#;

#[test]
fn a_model_in_a_file_plays_the_role_that_its_family_can() {
    let bound = format!("{LOCAL}\n[roles]\ndetector = \"onnx/coco\"\n");
    let providers = settle("", &bound, &[]).unwrap();
    let onnx = providers.find("onnx").unwrap();
    assert_eq!((onnx.limits.in_flight, onnx.limits.attempts.get()), (1, 1));
    assert_eq!(onnx.files().collect::<Vec<_>>(), [("coco", Path::new("/m/centernet.onnx"))]);
    assert!(onnx.reach.is_at_home());
    // A project may choose among what is there.
    assert!(settle("roles.detector = \"onnx/coco\"", LOCAL, &[]).is_ok());
    refused("roles.detector = \"onnx/other\"", LOCAL, "there is no such model");
    refused("roles.seer = \"onnx/coco\"", LOCAL, "cannot play the role `seer`");
    refused("roles.detector = \"openai/gpt\"", "", "cannot play the role `detector`");
    assert!(settle("", "", &[]).unwrap().find("onnx").is_err(), "no file is anybody's by itself");
}

#[test]
fn an_embedder_in_a_file_is_as_old_as_the_younger_of_its_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (graph, tokenizer) = (at("m.onnx"), at("t.json"));
    let user = format!(
        "providers.onnx.models.m = {{ family = \"sentence-bert\", file = {graph:?}, tokenizer = \
         {tokenizer:?}, pooling = \"cls\" }}\n[roles]\nembedder = \"onnx/m\"\n"
    );
    let providers = settle("", &user, &[]).unwrap();
    let lasting = || providers.lasting_of(providers.binding(ModelRole::Embedder).unwrap());
    fs::write(&graph, "graph").unwrap();
    assert!(lasting().unwrap_err().to_string().contains("t.json"), "a file is missing");
    fs::write(&tokenizer, "one").unwrap();
    let one = lasting().unwrap();
    fs::write(&tokenizer, "two").unwrap();
    assert_ne!(lasting().unwrap(), one);
    fs::write(&tokenizer, "one").unwrap();
    assert_eq!(lasting().unwrap(), one);
    let project = "roles.detector = \"onnx/m\"";
    refused(project, &user, "cannot play the role `detector`");
}

#[test]
fn a_project_names_no_models_file() {
    for project in [
        LOCAL,
        r#"providers.x = { kind = "onnx" }"#,
        r#"providers.openai.models.a = { family = "centernet", file = "a.onnx" }"#,
    ] {
        refused(project, "", "would have a model's file read");
    }
}

#[test]
fn what_is_no_model_in_a_file_is_said_with_its_place() {
    let with = |rest: &str| {
        format!("providers.onnx.models.m = {{ family = \"centernet\", file = \"m.onnx\", {rest} }}")
    };
    for (rest, words) in [
        ("threshold = 1.5", "`threshold` of model `m` of provider `onnx` is 1.5"),
        ("threshold = nan", "`threshold` of model `m` of provider `onnx` is NaN"),
        ("overlap = -0.1", "`overlap`"),
        ("labels = []", "`labels`"),
        ("labels = \"voc\"", "`labels`"),
        ("labels = [\"a\\nb\"]", "`labels`"),
    ] {
        refused("", &with(rest), words);
    }
    let words = |rest: &str| with(rest).replace("centernet", "sentence-bert");
    for (rest, complaint) in [
        ("pooling = \"cls\"", "has no `tokenizer`, which a `sentence-bert` needs"),
        (
            "tokenizer = \"t\", pooling = \"max\"",
            "`pooling` of model `m` of provider `onnx` is `max`",
        ),
        (
            "tokenizer = \"t\", labels = \"coco\"",
            "`labels` of model `m` of provider `onnx` means nothing",
        ),
        ("tokenizer = \"t\", threshold = 0.5", "`threshold`"),
    ] {
        refused("", &words(rest), complaint);
    }
    let reader = |rest: &str| with(rest).replace("centernet", "paddle-ocr");
    refused("", &reader("recognizer = \"r\""), "has no `characters`, which a `paddle-ocr` needs");
    let both = "recognizer = \"r\", characters = \"c\"";
    refused("", &reader(&format!("{both}, tokenizer = \"t\"")), "`tokenizer` of model `m`");
    assert!(settle("", &reader(both), &[]).is_ok());
    refused("", &with("tokenizer = \"t\""), "means nothing to a `centernet`");
    refused("", &with("pooling = \"cls\""), "means nothing to a `centernet`");
    for (user, words) in [
        (r#"providers.onnx.kind = "onnx""#, "describes no model"),
        (r#"providers.onnx.models.m = { family = "yolo", file = "m" }"#, "of no family"),
        (r#"providers.onnx.models.m = { family = "centernet", file = "" }"#, "has no `file`"),
        (r#"providers.onnx.models."a/b" = { family = "centernet", file = "m" }"#, "has no name"),
        (r#"providers.openai.models.m = { family = "centernet", file = "m" }"#, "means nothing to"),
        (&format!("{LOCAL}\nproviders.onnx.url = \"http://a\""), "means nothing to models"),
        (&format!("{LOCAL}\nproviders.onnx.key-env = \"A\""), "means nothing to models"),
        (&format!("{LOCAL}\nproviders.onnx.deadline = 601"), "is 601"),
    ] {
        refused("", user, words);
    }
    assert!(settle("", &format!("{LOCAL}\nproviders.onnx.deadline = 600"), &[]).is_ok());
}

#[test]
fn a_files_every_byte_and_setting_counts_and_not_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let lasting = |name: &str, bytes: &str, rest: &str| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let user = format!(
            "providers.onnx.models.m = {{ family = \"centernet\", file = {file:?}{rest} }}"
        );
        let binding = Binding::read("onnx/m").unwrap();
        settle("", &user, &[]).unwrap().lasting_of(&binding).unwrap().unwrap()
    };
    let one = lasting("a", "one", "");
    assert_eq!(lasting("b", "one", ""), one);
    assert_ne!(lasting("b", "two", ""), one);
    assert_ne!(lasting("b", "one", ", threshold = 0.9"), one);
    let missing = settle("", LOCAL, &[]).unwrap().open("onnx").unwrap_err();
    assert!(missing.to_string().contains("/m/centernet.onnx") && missing.hint().is_some());
}
