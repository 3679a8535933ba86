//! `serve --fake-openai`: recipes over the real wire come to the same as in one process.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use pentimento_scripted::Scripted;
use serde_json::Value;

use crate::{
    program::{Place, Said},
    texts::THINK_AGAIN,
};

/// The program as a server, in a place of its own. It ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    url: String,
    _place: Place,
}

impl Server {
    pub(crate) fn start() -> Self {
        let place = Place::new();
        let words = ["serve", "--fake-openai", "--listen", "127.0.0.1:0", "--quiet"];
        let mut child = place.command(&words).stderr(Stdio::null()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned(), _place: place }
    }

    /// A place whose user calls it `world`.
    pub(crate) fn caller(&self) -> Place {
        self.caller_with("")
    }

    /// The same with more settings of the provider. Nothing costs anything there.
    fn caller_with(&self, more: &str) -> Place {
        let url = &self.url;
        Place::of_user(&format!(
            "providers.world = {{ kind = \"openai\", url = \"{url}\", send-seed = true{more} }}\n\
             roles = {{ writer = \"world/mind\", seer = \"world/mind\" }}\n\
             prices.\"world/*\" = {{ image = 0, input = 0, output = 0 }}\n"
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn who_is_tried_there_says_something_in_every_role() {
    let server = Server::start();
    for (model, words) in [
        ("mind", "there is at least one apple"),
        ("simulated/typical", "Answer:"),
        ("simulated/vain", "Answer:"),
    ] {
        let place = server.caller();
        place.write(
            "pentimento.toml",
            format!("roles = {{ writer = \"world/{model}\", seer = \"world/{model}\" }}\n"),
        );
        let said = place.say(&["model", "test", "writer"]).without_panic();
        assert!(said.code == Some(0) && said.out.contains(words), "{said:?}");
        let said = place.say(&["model", "test", "seer"]).without_panic();
        assert!(said.code == Some(0) && said.out.contains("shown a black picture"), "{said:?}");
    }
}

/// Everything a benchmark measures but who painted and how long it took.
fn measured(said: &Said) -> Value {
    assert_eq!(said.code, Some(0), "{said:?}");
    let mut value = said.json();
    let table = value.as_object_mut().unwrap();
    table.remove("painter").unwrap();
    for cost in ["cost", "against_cost"] {
        table[cost].as_object_mut().map(|cost| cost.remove("seconds"));
    }
    value
}

#[test]
fn a_benchmark_over_the_wire_has_the_numbers_of_the_one_in_process() {
    let server = Server::start();
    let words = [
        "bench",
        "geneval",
        "--recipe",
        "best-of-n",
        "--rounds",
        "2",
        "--limit",
        "2",
        "--quiet",
        "--format",
        "json",
    ];
    let here = measured(&Place::new().say(&words).without_panic());
    let wire = [&words[..], &["--painter", "world/dalle3-like"]].concat();
    let there = measured(&server.caller().say(&wire).without_panic());
    assert_eq!(here, there);
    assert_eq!(here["preset"], "dalle3-like");
    assert!(here["cost"]["images"].as_u64().unwrap() > 12, "some needed more than one: {here}");
}

/// Recipes that need what a painter must be said to take: pictures as feedback, and seeds.
#[test]
fn recipes_that_choose_seeds_and_show_pictures_have_the_same_numbers_over_the_wire() {
    let server = Server::start();
    let caller = server.caller_with(", references = true");
    for recipe in ["fabric", "initno"] {
        let words = ["bench", "lmd", "--recipe", recipe, "--limit", "3", "--rounds", "2"];
        let words = [&words[..], &["--seeds", "1", "--quiet", "--format", "json"]].concat();
        let here = measured(&Place::new().say(&words).without_panic());
        let wire = [&words[..], &["--painter", "world/dalle3-like"]].concat();
        let there = measured(&caller.say(&wire).without_panic());
        assert_eq!(here, there, "{recipe}");
        assert!(here["cost"]["images"].as_u64().unwrap() > 12, "more than one round: {here}");
    }
}

#[test]
fn a_picture_that_cannot_be_decoded_is_the_callers_to_mend() {
    let server = Server::start();
    // The beginning of a PNG, and nothing more.
    let body = r#"{"model": "simulated/typical", "messages": [{"role": "user", "content": [
        {"type": "text", "text": "How many cats are in the picture?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]}]}"#;
    let address = server.url.strip_prefix("http://").unwrap().strip_suffix("/v1").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("could not look at the picture"), "{answer}");
}

/// Recipes that make texts and ask no tool, beside those that think again or search.
const PLAIN: [&str; 7] = [
    "best-of-n-text",
    "self-refine",
    "self-consistency",
    "critic",
    "critic-cot",
    "backtrack",
    "if-or-else",
];

/// The simulated writer behind the wire.
#[test]
fn recipes_for_texts_over_the_wire_have_the_numbers_of_those_in_process() {
    let server = Server::start();
    let caller = server.caller();
    caller.write("pentimento.toml", "[roles]\nwriter = \"world/simulated/typical\"\n");
    for recipe in PLAIN.into_iter().chain(THINK_AGAIN) {
        let words = ["bench", "arithmetic", "--recipe", recipe, "--plugin", "verify-steps"];
        let few = ["--limit", "2", "--seeds", "1", "--quiet", "--format", "json"];
        let of = |place: &Place| {
            let said = place.say(&[&words[..], &few].concat()).without_panic();
            assert_eq!(said.code, Some(0), "{said:?}");
            let mut value = said.json();
            value.as_object_mut().unwrap().remove("writer").unwrap();
            value
        };
        assert_eq!(of(&Place::new()), of(&caller), "{recipe}");
    }
}

/// Every role of SLD over the wire: the painter changes pictures, the seer says what is in them, the
/// writer reads the idea and plans.
#[test]
fn sld_by_models_over_the_wire_has_the_numbers_of_sld_by_rules_in_process() {
    let server = Server::start();
    for task in ["lmd", "geneval"] {
        let words = ["bench", task, "--rounds", "2", "--limit", "3", "--quiet", "--format", "json"];
        let with = |place: &Place, more: &[&str]| {
            let mut value = measured(&place.say(&[&words[..], more].concat()).without_panic());
            value.as_object_mut().unwrap().remove("recipe").unwrap();
            value
        };
        let here = with(&Place::new(), &["--recipe", "sld"]);
        let painter = ["--painter", "world/dalle3-like"];
        let caller = server.caller();
        let models = with(&caller, &[&["--recipe", "sld-models"][..], &painter].concat());
        assert_eq!(here, models, "{task}");
        let edits = with(&caller, &[&["--recipe", "sld"][..], &painter].concat());
        assert_eq!(here, edits, "{task}");
        let overall = here["categories"].as_array().unwrap().last().unwrap();
        assert_ne!(overall["before"], overall["after"][1], "something was corrected: {here}");
    }
}

#[test]
fn a_run_over_the_wire_paints_the_pictures_of_the_one_in_process() {
    let server = Server::start();
    let best = |place: &Place, painter: &[&str]| {
        let words = ["refine", "three red apples", "--recipe", "best-of-n", "--quiet"];
        let said = place.say(&[&words[..], painter].concat()).without_panic();
        assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
        crate::refine::artifacts(&place.run_folder())
    };
    let here = best(&Place::new(), &["--preset", "hopeless"]);
    let there = best(&server.caller(), &["--painter", "world/hopeless"]);
    assert_eq!(here, there);
    assert!(here.len() > 1, "{here:?}");
}

#[test]
fn models_of_the_embedded_world_are_tried_with_what_they_know() {
    let server = Server::start();
    let caller = server.caller();
    let tried = |roles: &str, role: &str| {
        caller.write("pentimento.toml", roles);
        let said = caller.say(&["model", "test", role]).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out
    };
    let mind = "[roles]\npainter = \"world/careful\"\n";
    for (role, words) in
        [("writer", "apple"), ("seer", "said: {\"answer\":\"no\"}"), ("painter", "image/png")]
    {
        let out = tried(mind, role);
        assert!(out.contains(words), "{out}");
    }
    let simulated = "[roles]\nwriter = \"world/simulated/typical\"\n";
    assert!(tried(simulated, "writer").contains("23"));
}

#[test]
fn idea2img_runs_on_the_embedded_world_alone() {
    let server = Server::start();
    let place = server.caller();
    let words = ["refine", "three red apples to the left of a blue cup", "--recipe", "idea2img"];
    let more = ["--painter", "world/dalle3-like", "--quiet", "--format", "json"];
    let said = place.say(&[&words[..], &more].concat()).without_panic();
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    let events = crate::refine::events(&place.run_folder());
    let told = format!("{events:?}");
    assert!(told.contains("scores") && told.contains("prompts"), "{told}");
    assert!(!told.contains("fell-back"), "every answer was of use: {told}");

    // An idea of another world is declined, and the recipe does without.
    let place = server.caller();
    let words = ["refine", "the sound of rain", "--recipe", "idea2img", "--rounds", "0"];
    let said = place.say(&[&words[..], &more].concat()).without_panic();
    assert_eq!(said.code, Some(2), "the easel cannot paint it: {said:?}");
    assert!(said.err.contains("`sound`"), "{said:?}");
}

#[test]
fn a_server_that_is_not_the_embedded_world_is_not_measured() {
    let server = Scripted::start();
    let url = format!("{}/v1", server.url());
    let settings =
        format!("providers.world = {{ kind = \"openai\", url = \"{url}\", send-seed = true }}");
    let place = Place::of_user(&settings);
    let bench = ["bench", "lmd", "--recipe", "best-of-n", "--limit", "1", "-j", "1", "--quiet"];
    let with = |painter: &str| {
        let said = place.say(&[&bench[..], &["--painter", painter]].concat()).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        said.err
    };
    assert!(with("world/gpt-image-1").contains("nobody knows what is really in the pictures"));
    assert_eq!(server.stats().asked.len(), 0, "nothing was sent");
    assert!(with("world/dalle3-like").contains("the server is not the embedded world"));
    assert_eq!(server.stats().asked.len(), 1);
    let said = with("world/dalle3-like --recipe sld".split(' ').next().unwrap());
    assert!(said.contains("send-seed"), "{said}");
}

#[test]
fn pictures_that_were_liked_lead_the_embedded_painter_and_others_are_told_that_they_take_none() {
    let server = Server::start();
    let place = server.caller();
    let bench = ["bench", "lmd", "--recipe", "fabric", "--examiner", "rich", "--against", "rank"];
    let more = ["--limit", "3", "--rounds", "2", "--seeds", "1", "--json"];
    let value = place.say(&[&bench[..], &more].concat()).without_panic().json();
    let used = |what: &str| value[what]["images"].as_u64().unwrap();
    assert!(used("against_cost") <= used("cost"), "as many pictures on each prompt: {value}");
    assert!(used("cost") > 12, "more than a first picture of each prompt: {value}");
    let words = ["refine", "a cat", "--recipe", "fabric", "--painter", "world/careful"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("ability `references`, which `world/careful` has not"), "{said:?}");
    assert!(said.err.contains("say `references = true` under `[providers.world]`"), "{said:?}");
    let place =
        Place::of_user("providers.plain = { kind = \"openai\", url = \"http://127.0.0.1:1/v1\" }");
    let words = ["refine", "a cat", "--recipe", "initno", "--painter", "plain/p"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("say `send-seed = true` under `[providers.plain]`"), "{said:?}");
}

#[test]
fn what_a_painter_cannot_do_is_told_before_anything_is_sent() {
    let server = Scripted::start();
    let url = format!("{}/v1", server.url());
    let place = Place::of_user(&format!(
        "providers.world = {{ kind = \"openai\", url = \"{url}\", edits = false }}"
    ));
    for words in [&["bench", "lmd", "--limit", "1"][..], &["refine", "a cat"]] {
        let said = place.say(&[words, &["--painter", "world/careful"]].concat()).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(
            said.err.contains("with the ability `inpaint`, which `world/careful` has not"),
            "{said:?}"
        );
    }
    assert_eq!(server.stats().asked.len(), 0);
}

#[test]
fn a_server_tells_where_it_is_and_ends_well() {
    let mut server = Server::start();
    let taken = server.url.trim_start_matches("http://").trim_end_matches("/v1").to_owned();
    let said = Place::new().say(&["serve", "--fake-openai", "--listen", &taken]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains(&taken) && said.err.contains("127.0.0.1:0"), "{said:?}");
    let said = Place::new().say(&["serve"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    let listed = server.caller().say(&["model", "list", "world"]).without_panic();
    assert!(listed.out.contains("dalle3-like") && listed.out.contains("mind"), "{listed:?}");

    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
