//! A thousand faults of servers and programs, each of which repeats the key that it was given in some
//! form: no error, journal, report, result, cassette, archive, span or line on the terminal shows it.
//!
//! Whole batches are run, so that one program meets hundreds of faults. Everything that it leaves behind is
//! searched afterwards, by decoders that the program does not share.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE},
};
use pentimento_scripted::{Act, Asked, Scripted};
use serde_json::json;

use crate::program::{Place, Said};

/// Whose characters every kind of text writes in another way.
const KEY: &str = r#"sk-Very_Secret/Key+01"23\456789<x>&=%7e"#;
const VARIABLE: &str = "MY_KEY";

/// Every protocol with the name of its kind, the recipe whose only calls go there, and how many runs.
const PROTOCOLS: [(&str, &str, usize); 6] = [
    ("openai", "best-of-n", 200),
    ("openai", "self-refine", 200),
    ("anthropic", "self-refine", 180),
    ("ollama", "self-refine", 180),
    ("sdwebui", "best-of-n", 140),
    ("comfyui", "best-of-n", 100),
];
const PROGRAMS: usize = 60;

/// Numbers that are the same in every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

fn every(text: &str, each: impl Fn(u8) -> String) -> String {
    text.bytes().map(each).collect()
}

fn wrapped(text: &str, width: usize, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = letters.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join(between)
}

/// Ways to write a key so that whoever reads it has it.
fn written(chance: &mut Chance) -> String {
    let (key, width) = (KEY, 1 + chance.below(12));
    let swapped = |byte: u8| {
        let letter = char::from(byte);
        let other = if letter.is_ascii_uppercase() {
            letter.to_ascii_lowercase()
        } else {
            letter.to_ascii_uppercase()
        };
        other.to_string()
    };
    match chance.below(20) {
        0 => key.to_owned(),
        1 => every(key, swapped),
        2 => key.to_uppercase(),
        3 => format!("Bearer {key}"),
        4 => json!(key).to_string(),
        5 => every(key, |byte| format!("\\u{byte:04x}")),
        6 => every(key, |byte| format!("%{byte:02X}")),
        7 => every(key, |byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02x}"),
        }),
        8 => STANDARD.encode(key),
        9 => URL_SAFE.encode(format!("x{key}")),
        10 => STANDARD_NO_PAD.encode(format!("Bearer {key} or so")),
        11 => wrapped(&STANDARD.encode(format!("user:{key}")), 20 + width, "\r\n"),
        12 => every(key, |byte| format!("{byte:02x}")),
        13 => every(key, |byte| format!("&#{byte};")),
        14 => key.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;"),
        15 => wrapped(key, width, "\n"),
        16 => wrapped(key, width, "=\r\n"),
        17 => wrapped(key, width, "\u{200B}"),
        18 => wrapped(key, width, "\\n"),
        _ => wrapped(key, width, " \t"),
    }
}

/// A body that holds it: JSON of any shape, broken JSON, HTML, or a long text.
fn body(chance: &mut Chance) -> String {
    let key = written(chance);
    match chance.below(9) {
        0 => json!({ "error": { "message": format!("bad key {key}!"), "code": key } }).to_string(),
        1 => json!({ "error": key }).to_string(),
        2 => json!({ "detail": [{ "msg": key }] }).to_string(),
        3 => json!({ "error": json!({ "inner": key }).to_string() }).to_string(),
        4 => format!(r#"{{"error":{{"message":"{key}"}}"#),
        5 => format!("<html><body>{key}</body></html>"),
        6 => format!("{}{key}{}", "x".repeat(chance.below(300)), "y".repeat(chance.below(300))),
        7 => format!("{}{key}", "long ".repeat(13_000 + chance.below(200))),
        _ => json!({ &key: &key, "data": &key, "images": &key, "message": &key }).to_string(),
    }
}

/// What a server does to a call.
fn fault(chance: &mut Chance) -> Act {
    let status = [400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503][chance.below(11)];
    match chance.below(10) {
        0..4 => {
            let wish = (status == 429).then(|| written(chance));
            // What is no header is none of a server's.
            let wish = wish.filter(|wish| wish.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            Act::Status(status, wish, body(chance))
        }
        4 => Act::Body(body(chance)),
        5 => Act::Typed(format!("text/{}", every(KEY, |byte| format!("{byte:02x}"))), body(chance)),
        6 => Act::Redirect(format!("https://example.com/?key={}", STANDARD.encode(KEY))),
        7 => Act::Echo(status),
        8 => Act::CutOff,
        _ => Act::Challenge(format!("Bearer realm=\"{}\"", STANDARD.encode(KEY))),
    }
}

/// A good answer that says the key, where the protocol has words; a good answer of any kind elsewhere.
fn good(asked: &Asked, chance: &mut Chance) -> Act {
    let text = format!("The answer is {}, I think.", written(chance));
    let said = |value: serde_json::Value| Act::Body(value.to_string());
    let path = asked.call.split(' ').nth(1).unwrap_or_default();
    match path {
        "/v1/chat/completions" => said(json!({ "model": KEY, "choices": [
            { "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }] })),
        "/v1/responses" => said(json!({ "model": KEY, "status": "completed", "output": [
            { "type": "message", "content": [{ "type": "output_text", "text": text }] }] })),
        "/v1/messages" => said(json!({ "model": KEY, "stop_reason": "end_turn",
            "content": [{ "type": "text", "text": text }] })),
        "/api/chat" => said(json!({ "model": KEY, "message": { "content": text }, "done": true })),
        _ => Act::Answer,
    }
}

/// Everything in a text that somebody could read: as it stands, and with each kind of escape taken out,
/// once and twice; without what separates or cannot be seen, and in one case.
fn readings(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    for round in 0..2 {
        for known in all.clone().into_iter().skip(usize::from(round > 0)) {
            all.extend([unslashed(&known), decoded(&known, '%', "", 2, 16), unmarked(&known)]);
        }
        all.dedup();
    }
    let plain = |text: &String| {
        let seen = |letter: &char| letter.is_ascii_graphic();
        text.replace("=\r\n", "").chars().filter(seen).collect::<String>().to_ascii_lowercase()
    };
    all.iter().map(plain).collect()
}

/// JSON's and C's escapes.
fn unslashed(text: &str) -> String {
    let text = text.replace("\\n", "").replace("\\r", "").replace("\\t", "");
    let text = decoded(&decoded(&text, '\\', "u", 4, 16), '\\', "x", 2, 16);
    let mut letters = text.chars();
    let mut plain = String::new();
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap_or('\\') } else { letter });
    }
    plain
}

/// HTML's.
fn unmarked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        plain.push_str(before);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let code = digits.parse::<u32>().ok().and_then(char::from_u32);
        plain.push_str(&code.map_or_else(|| "&#".to_owned(), String::from));
        rest = after[digits.len()..].strip_prefix(';').unwrap_or(&after[digits.len()..]);
    }
    plain + rest
}

/// Characters written as `mark`, `kind` and so many digits.
fn decoded(text: &str, mark: char, kind: &str, digits: usize, radix: u32) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        plain.push_str(before);
        let number = after.strip_prefix(kind).and_then(|after| after.get(..digits));
        let code = number.and_then(|number| u32::from_str_radix(number, radix).ok());
        if let Some(letter) = code.and_then(char::from_u32) {
            plain.push(letter);
            rest = &after[kind.len() + digits..];
        } else {
            plain.push(mark);
            rest = after;
        }
    }
    plain + rest
}

/// What no reading may contain: the key, most of it, and either in base64 or hexadecimal digits.
fn forbidden() -> Vec<String> {
    let lower = KEY.to_ascii_lowercase();
    let mut all = vec![lower.clone(), lower[..20].to_owned(), lower[19..].to_owned()];
    all.push(every(KEY, |byte| format!("{byte:02x}")));
    for before in ["", "x", "xx"] {
        let encoded = STANDARD_NO_PAD.encode(format!("{before}{KEY}"));
        let own = encoded[4..encoded.len() - 4].to_ascii_lowercase();
        all.extend([own.replace('+', "-").replace('/', "_"), own]);
    }
    all
}

/// Every file below, but what the user wrote, by its place.
fn left_behind(place: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![place.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with(".config") && !path.ends_with("faults") {
                folders.push(path);
            } else if path.is_file() {
                found.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[track_caller]
fn check(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for reading in readings(&text) {
        for key in forbidden() {
            let at = reading.find(&key);
            let near = at.map(|at| &reading[at.saturating_sub(60)..(at + 60).min(reading.len())]);
            assert!(near.is_none(), "{what} shows `{key}`: …{near:?}…");
        }
    }
}

/// A program of the place, told of the key and of a collector of spans.
fn say(place: &Place, server: &Scripted, words: &[&str]) -> Said {
    let mut command = place.command(words);
    command.env(VARIABLE, KEY).env("OTEL_EXPORTER_OTLP_ENDPOINT", server.url());
    Said::of(command.output().unwrap()).without_panic()
}

/// Runs of a batch: twenty that fail in a row would stop it.
const FEWER_THAN_STOP: usize = 19;

/// What batches and everything that looks at their runs print and leave behind.
fn carry_out(place: &Place, server: &Scripted, recipe: &str, runs: usize) {
    let idea = |number| match recipe {
        "best-of-n" => json!({ "idea": "two red apples", "seed": number }),
        _ => json!({ "idea": format!("How many eggs are {number} eggs?"), "seed": number }),
    };
    let briefs: Vec<String> = (0..runs).map(|number| idea(number).to_string()).collect();
    let mut printed = Vec::new();
    for (number, briefs) in briefs.chunks(FEWER_THAN_STOP).enumerate() {
        let [file, tape, results] =
            ["briefs", "tape", "results"].map(|it| format!("{it}-{number}"));
        place.write(&file, briefs.join("\n"));
        let batch = ["run", &file, "--recipe", recipe, "--rounds", "0", "--sync", "never"];
        let kept = ["--record", &tape, "--results", &results];
        printed.push(say(place, server, &[&batch[..], &kept].concat()));
    }
    let folders = fs::read_dir(place.path().join("runs"));
    let folders = folders.unwrap_or_else(|error| panic!("{error}: {printed:?}"));
    let name = |one: io::Result<fs::DirEntry>| one.unwrap().file_name().into_string().unwrap();
    let names: Vec<_> = folders.map(name).filter(|name| !name.starts_with('.')).collect();
    assert_eq!(names.len(), runs, "{printed:?}");
    for name in names.iter().step_by(runs / 3) {
        let (page, archive) = (format!("{name}.html"), format!("{name}.tar"));
        printed.push(say(place, server, &["resume", name, "--quiet"]));
        printed.push(say(place, server, &["show", name]));
        printed.push(say(place, server, &["report", name, "-o", &page]));
        printed.push(say(place, server, &["runs", "export", name, "-o", &archive]));
    }
    for said in printed {
        check("the terminal", format!("{}\n{}", said.out, said.err).as_bytes());
    }
    for (path, bytes) in left_behind(place.path()) {
        check(&path.display().to_string(), &bytes);
    }
    // A program that was built with the feature `otel` tells its spans.
    for asked in server.stats().asked.iter().filter(|asked| asked.call.contains("/v1/traces")) {
        check("a span", asked.body.as_bytes());
    }
}

#[test]
fn what_is_searched_for_is_found_however_it_is_written() {
    let mut chance = Chance(1);
    for number in 0..2000 {
        let text = written(&mut chance);
        let found =
            readings(&text).iter().any(|one| forbidden().iter().any(|key| one.contains(key)));
        assert!(found, "{number}: {text}");
    }
}

#[test]
fn a_thousand_faults_of_servers_and_programs_show_the_key_nowhere() {
    let all: usize = PROTOCOLS.iter().map(|(_, _, runs)| runs).sum();
    assert!(all + PROGRAMS >= 1000);
    for (number, (kind, recipe, runs)) in PROTOCOLS.into_iter().enumerate() {
        let server = Scripted::start();
        let calls = AtomicU64::new(0);
        server.answer_by(move |asked| {
            let call = calls.fetch_add(1, Ordering::Relaxed);
            let mut chance = Chance(call ^ (number as u64) << 32);
            if call.is_multiple_of(3) { good(asked, &mut chance) } else { fault(&mut chance) }
        });
        let path = if kind == "openai" { "/v1" } else { "" };
        let place = Place::of_user(&format!(
            "[providers.p]\nkind = \"{kind}\"\nurl = \"{}{path}\"\nkey-env = \"{VARIABLE}\"\n\
             attempts = 1\n{}[roles]\n{} = \"p/m\"\n",
            server.url(),
            if kind == "openai" { "send-seed = true\n" } else { "" },
            if recipe == "best-of-n" { "painter" } else { "writer" },
        ));
        carry_out(&place, &server, recipe, runs);
    }
}

#[test]
fn faults_of_programs_show_the_key_nowhere() {
    let server = Scripted::start();
    let program = "n=$(($(cksum | cut -d ' ' -f 1) % 60)); cat \"$1/$n.err\" >&2; cat \"$1/$n.out\"; \
                   exit $((n % 3))";
    let place = Place::new();
    fs::create_dir_all(place.path().join(".config/pentimento")).unwrap();
    fs::create_dir(place.path().join("faults")).unwrap();
    let faults = place.path().join("faults");
    let words = json!(["/bin/sh", "-c", program, "sh", faults]);
    place.write(
        ".config/pentimento/settings.toml",
        format!(
            "[providers.p]\nkind = \"command\"\ncan = [\"chat\"]\ncommand = {words}\n\
             environment = [\"PATH\"]\nkey-env = \"{VARIABLE}\"\nattempts = 1\n\
             [roles]\nwriter = \"p/m\"\n"
        ),
    );
    let mut chance = Chance(7);
    for number in 0..PROGRAMS {
        let said = json!({ "text": format!("it is {}", written(&mut chance)) }).to_string();
        let out = if number % 3 == 0 { said } else { body(&mut chance) };
        fs::write(faults.join(format!("{number}.out")), out).unwrap();
        fs::write(faults.join(format!("{number}.err")), body(&mut chance)).unwrap();
    }
    carry_out(&place, &server, "self-refine", PROGRAMS);
}
